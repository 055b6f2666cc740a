"""A room that is served, for tests: the command itself, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct


class Served(Struct):
    """A room that is served: its links by role, and its process."""

    links: dict[str, str]
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return self.links["viewer"].rpartition("/enter/")[0]


@contextmanager
def served(*dossiers: Path) -> Iterator[Served]:
    """Serve dossiers until the test is over."""
    command = [sys.executable, "-m", "resamend", "room", *map(str, dossiers), "--port", "0"]
    with started([*command, "--no-browser"]) as room:
        yield room


@contextmanager
def started(command: Sequence[str | Path], **environment: str) -> Iterator[Served]:
    """Run a command that serves a room until the test is over."""
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        start_new_session=True,  # a file that unpacks itself is two processes
    )
    try:
        assert process.stderr is not None
        links: dict[str, str] = {}
        while len(links) < 3:
            line = process.stderr.readline()
            assert line, "the room did not start"
            if said := re.fullmatch(r"(\w+): (http://\S+)\n", line):
                links[said[1]] = said[2]
        yield Served(links, process)
    finally:
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.communicate()
