"""Start resamend where there is no Python: with nothing said, the desk in a browser.

``scripts/app`` makes one file of this. The dossiers are kept in the folder ``resamend`` of the
person's own; what is said on the command line is done as ``resamend`` does it.
"""

from __future__ import annotations

import sys
from multiprocessing import freeze_support
from pathlib import Path

from resamend.cli import main


def start() -> None:
    """Open the desk, or run a command."""
    freeze_support()  # other processes of --jobs are this file again
    if len(sys.argv) == 1:
        home = Path.home() / "resamend"
        home.mkdir(exist_ok=True)
        print(f"The dossiers are kept in {home}.", file=sys.stderr)
        print("To end, close this window or press Ctrl-C.", file=sys.stderr)
        sys.argv += ["room", str(home), "--port", "0"]
    main()


if __name__ == "__main__":
    start()
