"""Read a proposal from an ``amendment``: each ``mod`` with the ``textualMod`` that places it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from resamend.akn.metadata import language_of
from resamend.akn.names import FORM, NS, RS, akn, number, rs, unaddressed
from resamend.akn.proposal_parts import EditPart, edits_of, unsound
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.amendment import NoChange, Proposal, Unmarked
from resamend.errors import Invalid
from resamend.model import Proponent

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["mods_of", "proposal_of", "quoted_in", "read_proposal", "unmarked_in"]

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
    mods = mods_of(content) if content is not None else []
    return proposal_of(document, mods, _parts(document, mods, reader), reader)


def proposal_of(
    document: etree._Element,
    mods: Iterable[etree._Element],
    parts: Iterable[EditPart],
    reader: ProvisionReader,
) -> Proposal:
    """Return the proposal whose edits have these parts; the rest is in the document.

    Raises ``Invalid`` as ``read_proposal`` does.
    """
    patch = _patch(document, reader)
    reasons = {
        p.get(_KEEP): reader.phrase(p).text
        for p in document.iterfind("a:amendmentBody/a:amendmentJustification/a:p", _MAP)
    }
    return Proposal(
        id=patch.get("id", ""),
        language=language_of(document, reader.name),
        base_digest=patch.get("baseSha256", ""),
        revision=number(patch.get("revision", "0"), reader.name),
        proponents=tuple(_proponents(document)),
        date=patch.get("date", ""),
        base=patch.get("base", ""),
        edits=edits_of(parts, reader),
        keeps=tuple(_keeps(mods, reasons)),
        reasons=reasons.get(None, ""),
        illustrative=patch.get("illustrative", ""),
        unmarked=tuple(unmarked_in(patch.getparent())),
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
    for each in parent.iterchildren(rs("unmarked")) if parent is not None else ():
        yield Unmarked(each.get("target", ""), each.get("expected", ""), each.get("found", ""))


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


# -- edits ----------------------------------------------------------------------------------------


def mods_of(lines: Iterable[etree._Element]) -> list[etree._Element]:
    """Return what is asked, of the paragraphs that say it."""
    return [mod for p in lines for mod in p if mod.tag == _MOD]


def quoted_in(mod: etree._Element) -> list[etree._Element]:
    """Return the words that are quoted."""
    return [child for child in mod if child.tag == _QUOTED]


def _parts(
    document: etree._Element, mods: Iterable[etree._Element], reader: ProvisionReader
) -> Iterator[EditPart]:
    """Pair each place with its ``mod``, which it names."""
    known = {mod.get("eId"): mod for mod in mods}
    places = document.find("a:meta/a:analysis/a:activeModifications", _MAP)
    for place in places.iterchildren("*") if places is not None else ():
        ends = list(place.iterchildren("*"))  # without comments
        line: int = place.sourceline  # type: ignore[assignment]  # the stubs do not say
        if len(ends) < 2:
            raise unsound("it has no source and destination", line, reader)
        mod = known.get(ends[0].get("href", "")[1:])
        if mod is None:
            raise unsound("it names no mod", line, reader)
        target = ends[1].get("href", "").rpartition("#")[2]
        goes = place.get(_MOVED)
        adds = place.get(_OF) == "added" and goes is None
        start, end = _at(place, reader)
        yield EditPart(
            edit=place.get(_EDIT),
            of=place.get(_OF, ""),
            target=unaddressed(target),
            start=start,
            end=end,
            list=place.get(_LIST, ""),
            moved=goes,
            quoted=quoted_in(mod),
            added=_added(mod, reader) if adds else None,
            place=line,
            mod=mod.sourceline,  # type: ignore[arg-type]
        )


def _at(place: etree._Element, reader: ProvisionReader) -> tuple[int, int]:
    """Return the words or children that a part is about, where it is about any."""
    of, said = place.get(_OF), place.get(_AT, "")
    if of == "variant":
        at = number(said, reader.name)
        return at, at
    if of not in ("text", "gone", "added"):
        return 0, 0
    start, _, end = said.partition(",")
    return number(start, reader.name), number(end, reader.name)


def _added(mod: etree._Element, reader: ProvisionReader) -> ReadProvisions:
    """Read what a ``mod`` adds."""
    made = ReadProvisions(headed=True)
    structure = next(mod.iterchildren(_STRUCTURE), None)
    if structure is not None:
        reader.fill(made, structure)
    return made
