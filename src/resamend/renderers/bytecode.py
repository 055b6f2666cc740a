"""Keep the byte code of our templates beside them, as Python keeps that of our modules.

To compile them takes a third of the time in which a short draft becomes a page. Where Python may
not write byte code, or the folder cannot be written, they are compiled each time.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateBytecode(BytecodeCache):
    """Read and write byte code; Jinja2 holds it against its own version and the template."""

    def __init__(self) -> None:
        templates = files("resamend.renderers").joinpath("templates")
        tag = sys.implementation.cache_tag or "python"
        self.folder = Path(str(templates), "__pycache__")
        self.ending = f"{tag}.jinja"

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.{self.ending}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if anything was."""
        with suppress(OSError), self._file(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep byte code; another run that does so too writes the same."""
        if sys.dont_write_bytecode:
            return
        file = self._file(bucket)
        written = file.with_suffix(".new")
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            written.write_bytes(bucket.bytecode_to_string())
            written.replace(file)
