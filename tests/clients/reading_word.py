"""A search index: the words of what states send in Word, place by place, and what they track."""

from __future__ import annotations

from pathlib import Path

from resamend import Kind, ResamendError, receive, walk


def entries(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return for each Word file its places with their words; of one that is refused, why."""
    index: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*.docx")):
        try:
            received = receive(path)
        except ResamendError as error:
            index[path.name] = [(error.code, error.what)]
            continue
        index[path.name] = [
            (name, provision.text)
            for name, provision in received.resolution.places.items()
            if provision.text
        ]
    return index


def lost_words(path: Path) -> int:
    """Return how many words of a file stand neither in its text nor among what was left out."""
    balance = receive(path).balance
    return balance.words_in - balance.words_placed - balance.words_left_out if balance else 0


def headings(path: Path) -> list[str]:
    """Return the headings of a text."""
    kinds = (Kind.PREAMBULAR, Kind.OPERATIVE)
    return [p.text for p in walk(receive(path).resolution) if p.kind in kinds]
