"""Make the edits of a proposal from their parts: a place in the metadata, and what its mod quotes.

A part comes from elements or from lines; what is quoted is an element, or its text where it has
nothing but text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.phrases import words_of
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.difference import Edit, Hunk, LabelEdit, ListEdit, ListHunk, Respelling, TextEdit
from resamend.errors import Invalid
from resamend.model import Provision, Word, moved
from resamend.words import split

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["EditPart", "Quote", "edits_of", "unsound"]

if TYPE_CHECKING:
    Quote = etree._Element | str


class EditPart(Struct, frozen=True, gc=False):
    """Hold one part of an edit.

    ``edit`` says which one, ``of`` of which stream, ``target`` of which provision; ``start``,
    ``end`` (where it has one) and ``list`` say where, ``moved`` what moves there. ``quoted`` are
    words, ``added`` is a provision. ``place`` and ``mod`` are the lines that say so.
    """

    edit: str | None
    of: str
    target: str
    start: int
    end: int
    list: str
    moved: str | None
    quoted: Sequence[Quote]
    added: ReadProvisions | None
    place: int = 0
    mod: int = 0


def edits_of(parts: Iterable[EditPart], reader: ProvisionReader) -> tuple[Edit, ...]:
    """Return the edits that parts make, in their order.

    Raises ``Invalid`` for parts that make none.
    """
    return tuple([_edit(list(of_one), reader) for _, of_one in groupby(parts, _EDIT)])


_EDIT = attrgetter("edit")


def unsound(what: str, line: int, reader: ProvisionReader) -> Invalid:
    """Return the refusal of a part that cannot be read."""
    return Invalid(
        f"a part of the proposal cannot be read: {what}",
        where=f"{reader.name}, line {line}",
        advice="Make the proposal anew from its proponent's text.",
    )


def _edit(parts: list[EditPart], reader: ProvisionReader) -> Edit:
    first = parts[0]
    of = first.of
    if of in ("gone", "added", "list"):
        return _list(parts, reader)
    if not first.target or of not in ("text", "variant", "label"):
        raise unsound("it names no provision", first.place, reader)
    if of == "label":
        old, new = [_text(quoted, reader) for quoted in _two(first, reader)]
        return LabelEdit(first.target, new, old)
    hunks = [_hunk(part, reader) for part in parts if part.of == "text"]
    if len(hunks) == len(parts):
        return TextEdit(first.target, tuple(hunks))
    variants = [_variant(part, reader) for part in parts if part.of == "variant"]
    return TextEdit(first.target, tuple(hunks), tuple(variants))


def _hunk(part: EditPart, reader: ProvisionReader) -> Hunk:
    start, end, quoted = part.start, part.end, part.quoted
    old, new = "", quoted[0] if quoted else ""
    if start < end:
        if not quoted:
            raise unsound("no words are quoted", part.mod, reader)
        old, new = _text(new, reader), quoted[1] if len(quoted) > 1 else ""
    return Hunk(start, end, _words(new), old)


def _variant(part: EditPart, reader: ProvisionReader) -> Respelling:
    words = _words(_two(part, reader)[1])
    if len(words) != 1:
        raise unsound("one word is wanted", part.mod, reader)
    return Respelling(part.start, words[0])


def _text(quoted: Quote, reader: ProvisionReader) -> str:
    return quoted if isinstance(quoted, str) else reader.phrase(quoted).text


def _words(quoted: Quote) -> tuple[Word, ...]:
    return split(quoted) if isinstance(quoted, str) else words_of(quoted)


def _two(part: EditPart, reader: ProvisionReader) -> Sequence[Quote]:
    if len(part.quoted) != 2:
        raise unsound("two quotations are wanted", part.mod, reader)
    return part.quoted


# -- lists ------------------------------------------------------------------------------------


def _list(parts: Iterable[EditPart], reader: ProvisionReader) -> ListEdit:
    hunks: dict[tuple[int, int], tuple[list[str], list[Provision]]] = {}
    target = ""
    again = False
    for part in parts:
        if part.of == "list":
            again, target = True, part.target
            continue
        target = part.list
        gone, items = hunks.setdefault((part.start, part.end), ([], []))
        if part.of == "gone":
            gone.append(part.target)
        else:
            items.append(_item(part, reader))
    made = tuple([ListHunk(*at, tuple(gone), tuple(new)) for at, (gone, new) in hunks.items()])
    return ListEdit(target, made, again)


def _item(part: EditPart, reader: ProvisionReader) -> Provision:
    if part.moved is not None:
        return moved(part.moved)
    if part.added is None or len(part.added.children) != 1:
        raise unsound("one provision is wanted", part.mod, reader)
    return part.added.children[0]
