"""Read a proposal from an ``amendment``: each ``mod`` with the ``textualMod`` that places it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from resamend.akn.metadata import language_of
from resamend.akn.names import FORM, NS, RS, akn, number, rs, unaddressed
from resamend.akn.phrases import words_of
from resamend.akn.reading import Made, Reader
from resamend.amendment import Keep, Proposal, Unmarked
from resamend.diff import Edit, Hunk, LabelEdit, ListEdit, ListHunk, TextEdit, Variant
from resamend.errors import Invalid
from resamend.model import Proponent, Provision, moved

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_proposal", "unmarked_in"]

_MAP = {"a": NS, "rs": RS}
_MOD = akn("mod")
_QUOTED = akn("quotedText")
_STRUCTURE = akn("quotedStructure")
_EDIT, _OF, _AT, _LIST, _MOVED, _KEEP = map(rs, ("edit", "of", "at", "list", "moved", "keep"))


def read_proposal(document: etree._Element, reader: Reader) -> Proposal:
    """Return the proposal that an ``amendment`` holds.

    Raises ``Invalid`` for an ``amendment`` without our exact places: what it asks for in words of a
    language only a person can place.
    """
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
    read = _Proposal(document, reader)
    return Proposal(
        id=patch.get("id", ""),
        language=language_of(document, reader.name),
        base_digest=patch.get("baseSha256", ""),
        revision=number(patch.get("revision", "0"), reader.name),
        proponents=tuple(read.proponents()),
        date=patch.get("date", ""),
        base=patch.get("base", ""),
        edits=tuple(read.edits()),
        keeps=tuple(read.keeps()),
        reasons=read.reasons.get(None, ""),
        illustrative=patch.get("illustrative", ""),
        unmarked=tuple(unmarked_in(document.find("a:meta/a:proprietary", _MAP))),
    )


def unmarked_in(parent: etree._Element | None) -> Iterator[Unmarked]:
    """Yield the differences that a source did not mark."""
    for each in parent.iterchildren(rs("unmarked")) if parent is not None else ():
        yield Unmarked(each.get("target", ""), each.get("expected", ""), each.get("found", ""))


class _Part(NamedTuple):
    """Hold one part of an edit: of which stream, its place, its target, its ``mod``."""

    of: str
    place: etree._Element
    target: str
    mod: etree._Element

    def quoted(self) -> list[etree._Element]:
        return [child for child in self.mod if child.tag == _QUOTED]


class _Proposal:
    def __init__(self, document: etree._Element, reader: Reader) -> None:
        self.document = document
        self.reader = reader
        content = document.find("a:amendmentBody/a:amendmentContent", _MAP)
        lines = content if content is not None else ()
        self.mods = [mod for p in lines for mod in p if mod.tag == _MOD]
        self.reasons = {
            p.get(_KEEP): reader.phrase(p).text
            for p in document.iterfind("a:amendmentBody/a:amendmentJustification/a:p", _MAP)
        }

    def proponents(self) -> Iterator[Proponent]:
        for who in self.document.iterfind("a:meta/a:proprietary/rs:proponent", _MAP):
            yield Proponent(who.get("code", ""), who.get("joined", ""), who.get("left", ""))

    def keeps(self) -> Iterator[Keep]:
        kept = [mod for mod in self.mods if mod.get(_KEEP) is not None]
        for rank, mod in enumerate(kept):
            ref = mod.find(akn("ref"))
            target = ref.get("href", "").partition("#")[2] if ref is not None else ""
            emphasised = mod.get(_KEEP) == "emphasised"
            yield Keep(unaddressed(target), emphasised, self.reasons.get(str(rank), ""))

    def edits(self) -> Iterator[Edit]:
        for _, parts in groupby(self._parts(), lambda part: part.place.get(_EDIT)):
            yield self._edit(list(parts))

    def _parts(self) -> Iterator[_Part]:
        """Pair each place with its ``mod``, which it names."""
        known = {mod.get("eId"): mod for mod in self.mods}
        places = self.document.find("a:meta/a:analysis/a:activeModifications", _MAP)
        for place in places.iterchildren("*") if places is not None else ():
            ends = list(place.iterchildren("*"))  # without comments
            if len(ends) < 2:
                raise self._unsound(place, "it has no source and destination")
            mod = known.get(ends[0].get("href", "")[1:])
            if mod is None:
                raise self._unsound(place, "it names no mod")
            target = ends[1].get("href", "").rpartition("#")[2]
            yield _Part(place.get(_OF, ""), place, unaddressed(target), mod)

    def _unsound(self, element: etree._Element, what: str) -> Invalid:
        return Invalid(
            f"a part of the proposal cannot be read: {what}",
            where=f"{self.reader.name}, line {element.sourceline}",
            advice="Make the proposal anew from its proponent's text.",
        )

    def _edit(self, parts: list[_Part]) -> Edit:
        first = parts[0]
        if first.of in ("gone", "added", "list"):
            return self._list(parts)
        if not first.target or first.of not in ("text", "variant", "label"):
            raise self._unsound(first.place, "it names no provision")
        if first.of == "label":
            old, new = (self.reader.phrase(quoted).text for quoted in self._two(first))
            return LabelEdit(first.target, new, old)
        hunks = tuple(self._hunk(part) for part in parts if part.of == "text")
        variants = tuple(self._variant(part) for part in parts if part.of == "variant")
        return TextEdit(first.target, hunks, variants)

    def _hunk(self, part: _Part) -> Hunk:
        start, end = self._at(part.place)
        quoted = part.quoted()
        if start < end:
            if not quoted:
                raise self._unsound(part.mod, "no words are quoted")
            old = self.reader.phrase(quoted.pop(0)).text
        else:
            old = ""
        return Hunk(start, end, words_of(quoted[0]) if quoted else (), old)

    def _variant(self, part: _Part) -> Variant:
        words = words_of(self._two(part)[1])
        if len(words) != 1:
            raise self._unsound(part.mod, "one word is wanted")
        return Variant(number(part.place.get(_AT, ""), self.reader.name), words[0])

    def _two(self, part: _Part) -> list[etree._Element]:
        quoted = part.quoted()
        if len(quoted) != 2:
            raise self._unsound(part.mod, "two quotations are wanted")
        return quoted

    def _at(self, place: etree._Element) -> tuple[int, int]:
        start, _, end = place.get(_AT, "").partition(",")
        return number(start, self.reader.name), number(end, self.reader.name)

    # -- lists ----------------------------------------------------------------------------

    def _list(self, parts: list[_Part]) -> ListEdit:
        hunks: dict[tuple[int, int], tuple[list[str], list[Provision]]] = {}
        target = ""
        again = False
        for part in parts:
            if part.of == "list":
                again, target = True, part.target
                continue
            target = part.place.get(_LIST, "")
            gone, items = hunks.setdefault(self._at(part.place), ([], []))
            if part.of == "gone":
                gone.append(part.target)
            else:
                items.append(self._item(part))
        made = tuple(ListHunk(*at, tuple(gone), tuple(new)) for at, (gone, new) in hunks.items())
        return ListEdit(target, made, again)

    def _item(self, part: _Part) -> Provision:
        goes = part.place.get(_MOVED)
        if goes is not None:
            return moved(goes)
        structure = next(part.mod.iterchildren(_STRUCTURE), None)
        made = Made(headed=True)
        if structure is not None:
            self.reader.fill(made, structure)
        if len(made.children) != 1:
            raise self._unsound(part.mod, "one provision is wanted")
        return made.children[0]
