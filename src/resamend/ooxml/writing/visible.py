"""What a reader will see of a document that is written, known without reading it again.

The lines are those that ``embedded.visible_line`` makes of the paragraphs once they are read: a
draft takes them along, and whoever gets it back compares. Tests hold that both are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from resamend.model import OBJECT
from resamend.ooxml.writing.values import (
    Content,
    NewDocument,
    NewParagraph,
    NewRun,
    NoteMark,
    TrackKind,
    Tracks,
    paragraphs_of,
)

_INSERTING = (TrackKind.INSERT, TrackKind.MOVE_TO)


def written_lines(document: NewDocument) -> tuple[str, ...]:
    """Return each paragraph with its tracked changes, then those of its footnotes."""
    marks = {id(note.paragraphs[0]): f"{note.label}\t" for note in document.notes}
    return tuple(_line(p, marks.get(id(p), "")) for p in paragraphs_of(document))


def _line(paragraph: NewParagraph, mark: str) -> str:
    pieces = [("", mark)] if mark else []
    pieces += [(_fate(c.tracks), _text(c)) for c in paragraph.content if not _is_anchor(c)]  # type: ignore[union-attr]
    words = ""
    for fate, some in groupby((p for p in pieces if p[1]), key=lambda piece: piece[0]):
        text = "".join(text for _, text in some)
        words += f"{{{fate}: {text}}}" if fate else text
    fate = _fate(paragraph.mark)
    return words + (f"{{{fate}: ¶}}" if fate else "")


def _is_anchor(content: Content) -> bool:
    return not isinstance(content, NewRun | NoteMark)


def _text(content: Content) -> str:
    return content.text if isinstance(content, NewRun) else OBJECT


def _fate(tracks: Tracks) -> str:
    """Return who inserts and who deletes; of several the innermost, as a reader takes it."""
    inserted = deleted = ""
    for track in tracks:
        if track.act in _INSERTING:
            inserted = f"+{track.author}"
        else:
            deleted = f"-{track.author}"
    return " ".join(filter(None, (inserted, deleted)))


def beside_text(document: NewDocument) -> tuple[str, ...]:
    """Return what stands beside the text: the comments, and the line above each page."""
    return tuple(sorted(_beside(document)))


def _beside(document: NewDocument) -> Iterator[str]:
    for comment in document.comments:
        lines = ["".join(map(_text, p.content)) for p in comment.paragraphs]
        yield "comment: " + "\n".join(filter(str.strip, lines)).strip()
    lettered = [word for word in document.header.split() if any(map(str.isalpha, word))]
    if lettered:
        yield f"header: {' '.join(lettered)}"
