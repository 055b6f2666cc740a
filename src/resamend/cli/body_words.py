"""Messages in the words of the base that a command is about, wherever in the program they arise.

What is deep in the program speaks of a *text in force* and says *suppressed*; of a draft before an
assembly neither is right. The base is that of the dossier, or of the stored text, that was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from resamend.errors import ResamendError
from resamend.model import Resolution


def in_words_of_base(messages: Sequence[str], arguments: Sequence[str]) -> tuple[str, ...]:
    """Return messages in the words of the base that arguments name; as they are without one."""
    from resamend.page.vocabulary import is_spoken_of, said_of

    base = _base_among(arguments) if any(map(is_spoken_of, messages)) else None
    return tuple(said_of(base, message) if base else message for message in messages)


def _base_among(arguments: Sequence[str]) -> Resolution | None:
    """Return the base of the first dossier or stored text among arguments, if it can be read."""
    from resamend.dossier.parsing import read

    for path in _paths(arguments):
        try:
            return read(path.read_bytes(), Resolution, name=path.name)
        except (OSError, ResamendError):  # the message is about that, or it is no text
            continue
    return None


def _paths(arguments: Sequence[str]) -> Iterator[Path]:
    for argument in arguments:
        folder = argument.rpartition("@")[0]
        places = [Path(name) for name in (argument, folder) if name and not name.startswith("-")]
        for place in places:
            if place.is_dir():
                yield from sorted(place.glob("base.*.xml"))
            elif place.suffix == ".xml":
                yield place
