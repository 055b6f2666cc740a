"""The command line: parse, call, print, exit.

stdout is the product, stderr the conversation. A command imports what it uses, when it runs.
"""

from __future__ import annotations

from resamend.cli.frame import main, run

__all__ = ["main", "run"]
