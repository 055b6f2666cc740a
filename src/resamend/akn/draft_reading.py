"""Read a consolidated draft: the text in force, and each proposal from the marks on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.akn.draft_edits import GapPlaces, Marks, edits_of
from resamend.akn.metadata import language_of, read_metadata
from resamend.akn.names import FORM, NS, RS, number, rs, unaddressed
from resamend.akn.phrases import words_of
from resamend.akn.proposal_reading import former_in, unmarked_in
from resamend.akn.reading import Added, ProvisionReader, ReadProvisions, has_words
from resamend.akn.text_reading import DRAFT, top
from resamend.amendment import NoChange, Proposal
from resamend.consolidation import Consolidated, merge
from resamend.errors import Invalid
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Kind, Proponent, Provision, Resolution, moved

if TYPE_CHECKING:
    from lxml import etree

_MAP = {"a": NS, "rs": RS}
_ADDED, _GAP, _MOVED, _IDS = map(rs, ("added", "gap", "moved", "ids"))
_OUT = (rs("struck"), rs("goes"), rs("joined"))
_POINT = rs("point")


def read_draft(document: etree._Element, reader: ProvisionReader) -> Consolidated:
    """Return the draft that a statement holds.

    Raises ``Invalid`` where its text in force is not the one that its proposals were made for.
    """
    drafted = _DraftReader(reader)
    base = Resolution(
        language=language_of(document, reader.name, reader.language),
        provisions=top(document, drafted),
        metadata=read_metadata(document),
    )
    _check_base(document, base, reader.name)
    index = index_of(base)
    # Only now, when all of the base is read, does each child have a position.
    for key, id in drafted.gone:
        node = index.at[id]
        drafted.marks[key].take(_id(index, index.parents[node]), index.position(node))
    for element in document.iterfind("a:meta/a:analysis/a:otherAnalysis/*", _MAP):
        for key in keys(element.get("of", "")):
            _stand_off(element, drafted.marks[key], reader.name)
        # Points are found anew from the marks; only the numbers that they were given are not in
        # those.
        if element.tag == _POINT and element.get("number"):
            reader.numbers[element.get("id", "")] = number(element.get("number", ""), reader.name)
    sources = document.iterfind("a:meta/a:proprietary/rs:source", _MAP)
    places = GapPlaces(index, reader.name)
    return merge(base, [_proposal(source, places, drafted.marks) for source in sources])


def _id(index: ProvisionIndex, node: int) -> str:
    return index.nodes[node].id if node >= 0 else ROOT


def _check_base(document: etree._Element, base: Resolution, name: str) -> None:
    draft = document.find(DRAFT, _MAP)
    form = draft.get("form") if draft is not None else None
    if form != FORM:
        raise Invalid(
            f"it is in form {form} of resamend, known here is {FORM}",
            where=name,
            advice="Read it with the version of resamend that wrote it, or a later one.",
        )
    if draft is None or draft.get("baseSha256") != index_of(base).digest:
        raise Invalid(
            "the text in force in this draft is not the one that its proposals were made for",
            where=name,
            advice="It was changed by hand: consolidate the proposals again.",
        )


class _DraftReader(ProvisionReader):
    """Read the base of a draft, and set its marks aside by the id of the provision they are on."""

    changes = True

    def __init__(self, reader: ProvisionReader) -> None:
        super().__init__(reader.name, reader.limits)
        self.plain = reader
        self.repairs = reader.repairs
        self.marks: defaultdict[str, Marks] = defaultdict(Marks)
        """What each source does, by its key."""
        self.gone: list[tuple[str, str]] = []
        """Who takes which child out of its list, by key and id."""

    def finished(
        self, element: etree._Element, kind: Kind, id: str, parts: ReadProvisions
    ) -> Provision:
        for name in _OUT:
            who = element.get(name)
            if who:
                self.gone += [(key, id) for key in keys(who)]
        if parts.phrase is not None:
            for span in parts.phrase.changes:
                for key in keys(span.sources):
                    self.marks[key].change(id, span)
        self._put(id, parts)
        return super().finished(element, kind, id, parts)

    def finished_root(self, parts: ReadProvisions) -> None:
        self._put(ROOT, parts)

    def _put(self, id: str, parts: ReadProvisions) -> None:
        for added in parts.added:
            for key, provision in added.items.items():
                self.marks[key].add(id, added.gap, provision)

    def child(self, parts: ReadProvisions, element: etree._Element, kind: Kind) -> None:
        if element.get(_ADDED) is None:
            super().child(parts, element, kind)
        else:
            parts.added.append(self._added(element, kind))

    def paragraph(self, parts: ReadProvisions, element: etree._Element) -> None:
        if element.get(_ADDED) is None:
            super().paragraph(parts, element)
        else:
            parts.added.append(self._added(element, Kind.TEXT))

    def _added(self, element: etree._Element, kind: Kind) -> Added:
        """Read an addition, as each of its sources has it."""
        provision = self._item(element, kind)
        ids = keys(element.get(_IDS, ""))
        items = {}
        for key in keys(element.get(_ADDED, "")):
            label = element.get(rs(f"label.{key}"))
            mine = provision if label is None else replace(provision, label=label)
            items[key] = _renamed(mine, element.get(rs(f"ids.{key}"), "")) if key in ids else mine
        return Added(number(element.get(_GAP, ""), self.name), items)

    def _item(self, element: etree._Element, kind: Kind) -> Provision:
        goes = element.get(_MOVED)
        if goes is not None:
            if goes and has_words(element):
                raise Invalid(
                    "words stand in a place to which a provision moves",
                    where=f"{self.name}, line {element.sourceline}",
                    advice="It was changed by hand: consolidate the proposals again.",
                )
            return moved(goes)
        # A p is its text; any other element of that kind holds its text in a p.
        if kind is Kind.TEXT and element.tag.endswith("}p"):
            return self.plain.text(element)
        return self.plain.provision(element, kind)


def keys(references: str) -> list[str]:
    """Read the keys of sources from references to them."""
    return [reference.removeprefix("#") for reference in references.split()]


def _renamed(addition: Provision, listed: str) -> Provision:
    """Give a provision and all below it other ids, listed in the order of the text."""
    ids = iter(listed.split(" "))

    def name(provision: Provision) -> Provision:
        id = unaddressed(next(ids, ""))
        return replace(provision, id=id, children=tuple(map(name, provision.children)))

    return name(addition)


def _stand_off(element: etree._Element, marks: Marks, name: str) -> None:
    """Read what stands off into the marks of a source."""
    target, list_ = element.get("target", ""), element.get("list", "")
    if element.tag == rs("renumbered"):
        marks.renumbered.append(list_)
    elif element.tag == rs("apart"):
        marks.apart[list_].append(number(element.get("gap", ""), name))
    elif element.tag == rs("label"):
        marks.labels[target] = element.get("is", "")
    elif element.tag == rs("order"):
        where = list_, number(element.get("gap", ""), name)
        marks.orders[where] = [number(n, name) for n in element.get("is", "").split()]
    elif element.tag == rs("variant") and len(element):
        at = number(element.get("at", ""), name)
        marks.variants[target].extend((at, word) for word in words_of(element[0]))


def _proposal(source: etree._Element, places: GapPlaces, marks: Mapping[str, Marks]) -> Proposal:
    edits = edits_of(places, marks[source.get("key", "")])
    order = [number(n, places.name) for n in source.get("order", "").split()]
    # It is written only where it is not the canonical one.
    if sorted(order) == list(range(len(edits))):
        edits = [edit for _, edit in sorted(zip(order, edits, strict=True), key=lambda p: p[0])]
    return Proposal(
        id=source.get("id", ""),
        language=places.base.resolution.language,
        base_digest=places.base.digest,
        revision=number(source.get("revision", "0"), places.name),
        proponents=tuple(_proponents(source)),
        date=source.get("date", ""),
        base=source.get("base", ""),
        edits=tuple(edits),
        keeps=tuple(_keeps(source)),
        reasons=source.get("reasons", ""),
        illustrative=source.get("illustrative", ""),
        unmarked=tuple(unmarked_in(source)),
        reading=source.get("reading", ""),
        reading_by=source.get("readingBy", ""),
        former=tuple(former_in(source, places.name)),
    )


def _proponents(source: etree._Element) -> Iterator[Proponent]:
    for who in source.iterfind("rs:proponent", _MAP):
        yield Proponent(who.get("code", ""), who.get("joined", ""), who.get("left", ""))


def _keeps(source: etree._Element) -> Iterator[NoChange]:
    for keep in source.iterfind("rs:keep", _MAP):
        emphasised = keep.get("emphasised") is not None
        yield NoChange(keep.get("target", ""), emphasised, keep.get("reasons", ""))
