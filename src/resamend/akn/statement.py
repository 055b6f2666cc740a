"""Write a statement: the frame that a text in force and a draft have in common.

The parts of a resolution go to the sections of a statement: number line and title to the
``preface``, enacting clause and recitals to the ``preamble``, operative headings to the
``mainBody``, annexes to the ``attachments``. A part out of that order goes to the section it has
reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from resamend.akn.layout import EMPTY, ElementLayout, LayoutEntry
from resamend.akn.metadata import (
    Frbr,
    identification,
    illustrative,
    references,
    remainder,
    reserved,
    statement_frbr,
)
from resamend.akn.names import FORM, OPENING, attribute, encoded, escaped
from resamend.model import Kind, Metadata, Resolution

_PREFACE, _PREAMBLE, _BODY, _ATTACHMENTS = range(4)
_SECTIONS = {
    Kind.NUMBER: _PREFACE,
    Kind.TITLE: _PREFACE,
    Kind.ENACTING: _PREAMBLE,
    Kind.PREAMBULAR: _PREAMBLE,
    Kind.OPERATIVE: _BODY,
    Kind.ITEM: _BODY,
    Kind.RESOLUTION: _BODY,
    Kind.ANNEX: _ATTACHMENTS,
}


class Apparatus(Struct, frozen=True):
    """Hold what the metadata of a draft say beyond those of its text, as lines."""

    analysis: Iterable[str] = ()
    references: Iterable[str] = ()
    own: Iterable[str] = ()


def write_resolution(resolution: Resolution) -> bytes:
    """Write a text as an Akoma Ntoso ``write_statement``, in the one canonical form.

    What is written is read back as the same value with the same ids, and written again as the same
    bytes. Raises ``Invalid`` for a character that XML cannot hold.
    """
    frbr = statement_frbr(resolution)
    layout = ElementLayout(reserved(frbr))
    top = [LayoutEntry(provision) for provision in resolution.provisions]
    lines = write_statement(layout, top, resolution.metadata, frbr, Apparatus())
    return encoded(lines, resolution.metadata.work)


def write_statement(
    layout: ElementLayout,
    top: Sequence[LayoutEntry],
    metadata: Metadata,
    frbr: Frbr,
    apparatus: Apparatus,
) -> Iterator[str]:
    """Yield the lines of a statement that holds what stands below the super-root.

    The statement is the resolution itself where there is just one; else ``rs:top`` says that it
    holds what there is instead. An attribute of our own cannot stand on it (the schema lets it
    have two of its own only), so ``rs:resolution`` bears them.
    """
    own, below = "", top
    what = attribute("rs:form", FORM)
    if len(top) == 1 and top[0].provision.kind is Kind.RESOLUTION and not top[0].added:
        whole, extra = top[0].provision, top[0].extra
        layout.taken.add(whole.id)
        what += attribute("rs:id", whole.id) if whole.id != "resolution" else ""
        what += attribute("rs:label", whole.label) if whole.label else ""
        what += extra
        own, below = layout.own(whole)
    else:
        what += ' rs:top="true"'
    _sections(layout, own, below, frbr)
    contains = "multipleVersions" if apparatus.own else "singleVersion"
    yield from OPENING
    yield f'  <statement name="resolution"{attribute("contains", contains)}>'
    yield from _meta(metadata, frbr, apparatus, f"<rs:resolution{what}/>")
    yield from layout.lines
    yield from ("  </statement>", "</akomaNtoso>")


def _meta(metadata: Metadata, frbr: Frbr, apparatus: Apparatus, what: str) -> Iterator[str]:
    """Yield the metadata of a statement."""
    yield "    <meta>"
    yield from identification(frbr, "main", 3)
    yield from apparatus.analysis
    yield from references(frbr, apparatus.references, 3)
    yield '      <proprietary source="#resamend">'
    mine = (what, remainder(metadata), illustrative(metadata.illustrative), *apparatus.own)
    yield from (f"        {line}" for line in mine if line)
    yield "      </proprietary>"
    yield "    </meta>"


def _sections(layout: ElementLayout, own: str, below: Sequence[LayoutEntry], frbr: Frbr) -> None:
    preface, preamble, body, annexes = _sorted_out(below)
    if own or preface:
        layout.line(2, "<preface>")
        if own:
            layout.line(3, f'<longTitle rs:own="true"><p>{own}</p></longTitle>')
        layout.preface(preface, 3)
        layout.line(2, "</preface>")
    if preamble:
        layout.line(2, "<preamble>")
        layout.preamble(preamble, 3)
        layout.line(2, "</preamble>")
    _main_body(layout, body, 2)
    if annexes:
        layout.line(2, "<attachments>")
        for number, entry in enumerate(annexes, 1):
            _attachment(layout, entry, frbr, number)
        layout.line(2, "</attachments>")


def _sorted_out(below: Sequence[LayoutEntry]) -> tuple[list[LayoutEntry], ...]:
    """Put each part into its section; what a draft adds stays between its neighbours."""
    sections: tuple[list[LayoutEntry], ...] = ([], [], [], [])
    usual = [_SECTIONS.get(entry.provision.kind, -1) for entry in below]
    now = 0
    for k, entry in enumerate(below):
        wanted = usual[k]
        # It must not push what is in force, and follows it, into a later section.
        if entry.added:
            after = (usual[n] for n in range(k + 1, len(below)) if not below[n].added)
            wanted = min(wanted, max(now, next((u for u in after if u >= 0), _ATTACHMENTS)))
        now = max(now, wanted)
        sections[now].append(entry)
    return sections


def _main_body(layout: ElementLayout, entries: Sequence[LayoutEntry], indent: int) -> None:
    if not entries:
        layout.line(indent, f"<mainBody><p{EMPTY}/></mainBody>")
        return
    layout.line(indent, "<mainBody>")
    layout.body(entries, indent + 1)
    layout.line(indent, "</mainBody>")


def _attachment(layout: ElementLayout, entry: LayoutEntry, frbr: Frbr, number: int) -> None:
    """Write an annex, or whatever stands among the annexes."""
    provision = entry.provision
    if provision.kind is Kind.MOVED:
        place = f"{attribute('rs:moved', provision.text)}{entry.extra}"
        layout.line(3, f'<attachment{place}><documentRef href="#" showAs=""/></attachment>')
        return
    kind = "" if provision.kind is Kind.ANNEX else attribute("rs:kind", provision.kind)
    layout.line(3, f"<attachment{layout.identity(provision.id)}{kind}{entry.extra}>")
    own, below = layout.own(provision)
    label = f"<num>{escaped(provision.label)}</num>" if provision.label else ""
    if own or label:
        layout.line(4, label + (f"<heading>{own}</heading>" if own else ""))
    layout.line(4, '<doc name="annex">')
    layout.line(5, "<meta>")
    layout.lines += identification(frbr, f"annex_{number}", 6)
    layout.line(5, "</meta>")
    _main_body(layout, below, 5)
    layout.line(4, "</doc>")
    layout.line(3, "</attachment>")
