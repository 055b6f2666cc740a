"""Read many files, each turned into its proposals before the next is opened.

So memory holds one text beside the text in force. Where there is much to read, and the person lets
it, several processes read; the answer is the same. A person who waits is told how far it is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

from msgspec import Struct

from resamend.amendment import Proposal
from resamend.dossier.parsed_input import ProposalInfo
from resamend.dossier.parsing import arrivals, form_like
from resamend.dossier.proposing import proposal_and_queries
from resamend.model import Resolution

MUCH = 5_000_000
"""Bytes from which on several processes are quicker than one: each has to start."""
_PATIENCE = 1.0
"""Seconds of work before the person is told how far it is."""

Take = Callable[[str], bytes]
_Read = tuple[list[Proposal], list[str]]


class AsSent(Struct, frozen=True, kw_only=True):
    """Say how files are to be read that do not say it themselves (`ProposalInfo.reading`)."""

    reading: str = ""
    redline_formatting: bool = False


def proposals_in(
    names: Sequence[str],
    take: Take,
    base: Resolution,
    sent: AsSent,
    jobs: int,
    tell: Callable[[str], None],
) -> list[Proposal]:
    """Return the proposals that some files hold, in the order of the files.

    ``take`` reads a file, ``tell`` is given what was repaired. Raises what reading raises.
    """
    proposals: list[Proposal] = []
    reading = _FileReading(take, base, sent)
    several = jobs > 1 and len(names) > 1 and "-" not in names and _size(names) >= MUCH
    with _by_several(reading, min(jobs, len(names))) if several else nullcontext(map) as map_names:
        read = map_names(reading, names)
        for batch, notes in _shown(read, len(names)):
            proposals += batch
            for note in notes:
                tell(note)
    return proposals


class _FileReading:
    """Read one file; in a process of its own the base is already there."""

    def __init__(self, take: Take, base: Resolution, sent: AsSent) -> None:
        self.take = take
        self.base = base
        self.sent = sent

    def __call__(self, name: str) -> _Read:
        shown = "standard input" if name == "-" else name
        form = form_like(self.base)
        parsed = arrivals(
            self.take(name),
            name=shown,
            language=self.base.language,
            form=form,
            redline_formatting=self.sent.redline_formatting,
        )
        notes = [f"{shown}: {note}" for arrival in parsed for note in arrival.notes]
        request = ProposalInfo(reading=self.sent.reading)
        pairs = [proposal_and_queries(arrival, self.base, request) for arrival in parsed]
        notes += [query for _, queries in pairs for query in queries]
        return [proposal for proposal, _ in pairs], notes


def _size(names: Iterable[str]) -> int:
    return sum(path.stat().st_size for path in map(Path, names) if path.is_file())


# -- by several processes -------------------------------------------------------------------------

_reading: _FileReading | None = None
_life = ExitStack()
"""What holds for as long as a process lives."""


@contextmanager
def _by_several(
    reading: _FileReading, jobs: int
) -> Iterator[Callable[[_FileReading, Sequence[str]], Iterator[_Read]]]:
    """Let processes read, each of which is given the base and the limits once."""
    from concurrent.futures import ProcessPoolExecutor

    from msgspec.structs import asdict

    from resamend.safe import in_force

    start = (reading, asdict(in_force()))
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=start) as pool:
        yield lambda _, names: pool.map(_read_here, names)


def _begin(reading: _FileReading, limits: Mapping[str, int]) -> None:
    global _reading
    from resamend.safe.limits import raised

    _life.enter_context(raised(limits))
    _reading = reading


def _read_here(name: str) -> _Read:
    if _reading is None:
        raise RuntimeError("the process was not given a base")
    return _reading(name)


# -- how far it is --------------------------------------------------------------------------------


def _shown(read: Iterable[_Read], total: int) -> Iterator[_Read]:
    """Tell a person at a screen who has waited for a while how many files are read."""
    if not sys.stderr.isatty():
        yield from read
        return
    began = time.monotonic()
    announced = False
    try:
        for number, reading in enumerate(read, 1):
            if time.monotonic() - began > _PATIENCE:
                announced = True
                print(f"\rresamend: {number} of {total} files read", end="", file=sys.stderr)
                sys.stderr.flush()
            yield reading
    finally:
        if announced:
            print("\r\x1b[K", end="", file=sys.stderr)
            sys.stderr.flush()
