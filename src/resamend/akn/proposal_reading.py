"""Read a proposal from an ``amendment``: each ``mod`` with the ``textualMod`` that places it.

The exact places in the metadata say what is asked; of a ``mod`` only what it quotes is read, since
its other words are for people. An edit is written as several places, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.metadata import language_of
from resamend.akn.names import FORM, FORMER, NS, RS, akn, number, rs, unaddressed
from resamend.akn.phrases import words_of
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.amendment import FormerAmendment, NoChange, Proposal, Unmarked
from resamend.difference import Edit, Hunk, LabelEdit, ListEdit, ListHunk, Respelling, TextEdit
from resamend.errors import Invalid
from resamend.model import Proponent, Provision, moved

if TYPE_CHECKING:
    from lxml import etree

_MAP = {"a": NS, "rs": RS}
_MOD = akn("mod")
_QUOTED = akn("quotedText")
_STRUCTURE = akn("quotedStructure")
_EDIT, _OF, _AT, _LIST, _MOVED, _KEEP = map(rs, ("edit", "of", "at", "list", "moved", "keep"))


def read_proposal(document: etree._Element, reader: ProvisionReader) -> Proposal:
    """Return the proposal that an ``amendment`` holds.

    Raises ``Invalid`` for an ``amendment`` without our exact places: what it asks for in words of a
    language only a person can place.
    """
    content = document.find("a:amendmentBody/a:amendmentContent", _MAP)
    lines = content if content is not None else ()
    mods = [mod for line in lines for mod in line if mod.tag == _MOD]
    patch = _patch(document, reader)
    reasons = {
        p.get(_KEEP): reader.phrase(p).text
        for p in document.iterfind("a:amendmentBody/a:amendmentJustification/a:p", _MAP)
    }
    return Proposal(
        id=patch.get("id", ""),
        language=language_of(document, reader.name, reader.language),
        base_digest=patch.get("baseSha256", ""),
        revision=number(patch.get("revision", "0"), reader.name),
        proponents=tuple(_proponents(document)),
        date=patch.get("date", ""),
        base=patch.get("base", ""),
        edits=_edits(document, mods, reader),
        keeps=tuple(_keeps(mods, reasons)),
        reasons=reasons.get(None, ""),
        illustrative=patch.get("illustrative", ""),
        unmarked=tuple(unmarked_in(patch.getparent())),
        reading=patch.get("reading", ""),
        reading_by=patch.get("readingBy", ""),
        former=tuple(former_in(patch.getparent(), reader.name)),
    )


def _patch(document: etree._Element, reader: ProvisionReader) -> etree._Element:
    """Return what a proposal says of itself."""
    patch = document.find("a:meta/a:proprietary/rs:patch", _MAP)
    if patch is None or patch.get("form") is None:
        raise Invalid(
            "it does not say exactly which words of which text it changes",
            where=reader.name,
            advice="Give the whole text that its proponent wants; it will be compared.",
        )
    if patch.get("form") != FORM:
        raise Invalid(
            f"it is in form {patch.get('form')} of resamend, known here is {FORM}",
            where=reader.name,
            advice="Read it with the version of resamend that wrote it, or a later one.",
        )
    return patch


def unmarked_in(parent: etree._Element | None) -> Iterator[Unmarked]:
    """Yield the differences that a source did not mark."""
    for element in parent.iterchildren(rs("unmarked")) if parent is not None else ():
        yield Unmarked(
            element.get("target", ""), element.get("expected", ""), element.get("found", "")
        )


def former_in(parent: etree._Element | None, name: str) -> Iterator[FormerAmendment]:
    """Yield what a source asked of a former text in force."""
    for element in parent.iterchildren(rs("former")) if parent is not None else ():
        start, _, end = element.get("at", "").partition(",")
        yield FormerAmendment(
            **{field: element.get(field, "") for field in FORMER},
            start=number(start, name) if start else -1,
            end=number(end, name) if start else -1,
        )


def _proponents(document: etree._Element) -> Iterator[Proponent]:
    for who in document.iterfind("a:meta/a:proprietary/rs:proponent", _MAP):
        yield Proponent(who.get("code", ""), who.get("joined", ""), who.get("left", ""))


def _keeps(mods: Iterable[etree._Element], reasons: dict[str | None, str]) -> Iterator[NoChange]:
    kept = [mod for mod in mods if mod.get(_KEEP) is not None]
    for rank, mod in enumerate(kept):
        ref = mod.find(akn("ref"))
        target = ref.get("href", "").partition("#")[2] if ref is not None else ""
        emphasised = mod.get(_KEEP) == "emphasised"
        yield NoChange(unaddressed(target), emphasised, reasons.get(str(rank), ""))


# -- places ---------------------------------------------------------------------------------------


class EditPart(Struct, frozen=True, gc=False):
    """Hold one part of an edit: a place with its ``mod``.

    ``edit`` says which edit, ``of`` of which stream, ``target`` of which provision; ``start``,
    ``end`` and ``list`` say where, ``moved`` what moves there, ``added`` what is added. ``place``
    is the line that says so.
    """

    edit: str | None
    of: str
    target: str
    start: int
    end: int
    list: str
    moved: str | None
    added: ReadProvisions | None
    mod: etree._Element
    place: int


def _parts(
    document: etree._Element, mods: Iterable[etree._Element], reader: ProvisionReader
) -> Iterator[EditPart]:
    """Pair each place with its ``mod``, which it names."""
    # By id, not by order: the places need not stand in the order of the mods.
    mods_by_id = {mod.get("eId"): mod for mod in mods}
    places = document.find("a:meta/a:analysis/a:activeModifications", _MAP)
    for place in places.iterchildren("*") if places is not None else ():
        ends = list(place.iterchildren("*"))  # without comments
        line = _line(place)
        if len(ends) < 2:
            raise _unsound("it has no source and destination", line, reader)
        mod = mods_by_id.get(ends[0].get("href", "")[1:])
        if mod is None:
            raise _unsound("it names no mod", line, reader)
        start, end = _at(place, reader)
        yield EditPart(
            edit=place.get(_EDIT),
            of=place.get(_OF, ""),
            target=unaddressed(ends[1].get("href", "").rpartition("#")[2]),
            start=start,
            end=end,
            list=place.get(_LIST, ""),
            moved=place.get(_MOVED),
            added=_added(mod, reader) if _adds(place) else None,
            mod=mod,
            place=line,
        )


def _adds(place: etree._Element) -> bool:
    """Tell whether a part puts a new provision somewhere, not one that moves there."""
    return place.get(_OF) == "added" and place.get(_MOVED) is None


def _added(mod: etree._Element, reader: ProvisionReader) -> ReadProvisions:
    """Read what a ``mod`` adds: every ``p`` in it is a provision, none the text of one around."""
    addition = ReadProvisions(headed=True)
    structure = next(mod.iterchildren(_STRUCTURE), None)
    if structure is not None:
        reader.fill(addition, structure)
    return addition


def _line(element: etree._Element) -> int:
    return element.sourceline  # type: ignore[return-value]  # the stubs do not say


def _at(place: etree._Element, reader: ProvisionReader) -> tuple[int, int]:
    """Return the words or children that a part is about, where it is about any."""
    of, at = place.get(_OF), place.get(_AT, "")
    if of == "variant":  # one word, which no range has to be given for
        word = number(at, reader.name)
        return word, word
    if of not in ("text", "gone", "added"):
        return 0, 0
    first, _, last = at.partition(",")
    start, end = number(first, reader.name), number(last, reader.name)
    if end < start:
        raise _unsound("what it changes ends before it begins", _line(place), reader)
    return start, end


def _unsound(what: str, line: int, reader: ProvisionReader) -> Invalid:
    """Return the refusal of a part that cannot be read."""
    return Invalid(
        f"a part of the proposal cannot be read: {what}",
        where=f"{reader.name}, line {line}",
        advice="Make the proposal again from its proponent's text.",
    )


# -- edits ----------------------------------------------------------------------------------------


def _edits(
    document: etree._Element, mods: Iterable[etree._Element], reader: ProvisionReader
) -> tuple[Edit, ...]:
    """Return the edits that the places make, in their order."""
    parts = list(_parts(document, mods, reader))
    placed = {part.mod for part in parts}
    for mod in mods:
        # What it says is for people, who would take it for a part of the proposal.
        if mod not in placed and mod.get(_KEEP) is None:
            raise _unsound("no place says what a mod changes", _line(mod), reader)
    groups = groupby(parts, attrgetter("edit"))
    return tuple([_edit(list(parts), reader) for _, parts in groups])


_TEXT, _LISTED = frozenset(("text", "variant")), frozenset(("gone", "added", "list"))


def _edit(parts: list[EditPart], reader: ProvisionReader) -> Edit:
    first = parts[0]
    # One edit is of one stream: a part of another kind or for another place would be left out.
    kinds = {part.of for part in parts}
    places = {part.list if part.of in ("gone", "added") else part.target for part in parts}
    if len(places) > 1 or not (kinds <= _TEXT or kinds <= _LISTED or len(parts) == 1):
        raise _unsound("one edit is of several texts or lists", first.place, reader)
    if first.of in _LISTED:
        return _list(parts, reader)
    if not first.target or first.of not in ("text", "variant", "label"):
        raise _unsound("it names no provision", first.place, reader)
    if first.of == "label":
        old, new = [reader.phrase(quoted).text for quoted in _two(first, reader)]
        return LabelEdit(first.target, new, old)
    hunks = [_hunk(part, reader) for part in parts if part.of == "text"]
    variants = [_variant(part, reader) for part in parts if part.of == "variant"]
    return TextEdit(first.target, tuple(hunks), tuple(variants))


def _quoted(part: EditPart) -> list[etree._Element]:
    """Return the words that a part quotes: those struck, then those put in their place."""
    return [child for child in part.mod if child.tag == _QUOTED]


def _two(part: EditPart, reader: ProvisionReader) -> Sequence[etree._Element]:
    quoted = _quoted(part)
    if len(quoted) != 2:
        raise _unsound("two quotations are wanted", _line(part.mod), reader)
    return quoted


def _hunk(part: EditPart, reader: ProvisionReader) -> Hunk:
    quoted = _quoted(part)
    old = ""
    if part.start < part.end:  # what strikes words quotes them first
        if not quoted:
            raise _unsound("no words are quoted", _line(part.mod), reader)
        old = reader.phrase(quoted.pop(0)).text
    if len(quoted) > 1:
        raise _unsound("words are quoted that have no place", _line(part.mod), reader)
    return Hunk(part.start, part.end, words_of(quoted[0]) if quoted else (), old)


def _variant(part: EditPart, reader: ProvisionReader) -> Respelling:
    words = words_of(_two(part, reader)[1])
    if len(words) != 1:
        raise _unsound("one word is wanted", _line(part.mod), reader)
    return Respelling(part.start, words[0])


# -- lists ----------------------------------------------------------------------------------------


def _list(parts: Iterable[EditPart], reader: ProvisionReader) -> ListEdit:
    hunks: dict[tuple[int, int], tuple[list[str], list[Provision]]] = {}
    target = ""
    renumbered = False
    for part in parts:
        # It says that the whole list is numbered anew, and is about no child of it.
        if part.of == "list":
            renumbered, target = True, part.target
            continue
        target = part.list
        gone, items = hunks.setdefault((part.start, part.end), ([], []))
        if part.of == "gone":
            gone.append(part.target)
        else:
            items.append(_item(part, reader))
    list_hunks = [ListHunk(*at, tuple(gone), tuple(items)) for at, (gone, items) in hunks.items()]
    return ListEdit(target, tuple(list_hunks), renumbered)


def _item(part: EditPart, reader: ProvisionReader) -> Provision:
    if part.moved is not None:
        return moved(part.moved)
    added = part.added
    if added is None or len(added.children) != 1 or added.label or added.phrase is not None:
        raise _unsound("one provision is wanted", _line(part.mod), reader)
    return added.children[0]
