"""Write a consolidated draft: the text in force, with everything that is asked marked on it.

Words are marked where they stand: ``del`` and ``ins`` with the sources in ``refersTo``, cut at
every boundary; a replacement stands at the end of the span it replaces, before what is only
inserted there. Whole provisions bear ``rs:struck``, ``rs:goes`` (moved), ``rs:joined`` or, with the
gap of the list they are put into, ``rs:added``; a moved provision is printed at its place in force,
and an empty element ``rs:moved`` stands where it goes. Labels, other spellings of kept words, lists
numbered anew and contradictory orders stand off, in ``otherAnalysis``. The sources are described in
the metadata, by keys in canonical order. The whole is sealed (``seal``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from resamend.akn.draft_order import added_by, canonical_rank, order_of
from resamend.akn.footnotes import noted
from resamend.akn.inline import words_inline, write_inline
from resamend.akn.layout import ElementLayout, LayoutEntry
from resamend.akn.metadata import reserved, statement_frbr
from resamend.akn.names import FORM, address, attribute, encoded, escaped
from resamend.akn.proposal_writing import former_lines, unmarked_lines
from resamend.akn.seal import sealed
from resamend.akn.statement import Apparatus, write_statement
from resamend.amendment import Proposal
from resamend.amendment.edit_references import joins
from resamend.consolidation import (
    Addition,
    AttributedHunk,
    Consolidated,
    ListMarks,
    Sources,
    TextMarks,
)
from resamend.difference import ListEdit, apart
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Kind, Provision, walk


def write_consolidated(consolidated: Consolidated, *, findings: Iterable[str] = ()) -> bytes:
    """Write a draft as a ``statement`` with ``contains="multipleVersions"``, in canonical form.

    ``findings`` are elements that are not Akoma Ntoso's own, each as it is written, to stand in
    ``otherAnalysis``.
    The base and every proposal are read back from the marks. Raises ``Invalid`` for a character
    that XML cannot hold.
    """
    base = consolidated.base
    keys = {source: f"s{n}" for n, source in enumerate(consolidated.sources, 1)}
    frbr = statement_frbr(base)
    layout = _DraftLayout(consolidated, keys, reserved(frbr) | set(keys.values()))
    apparatus = Apparatus(
        analysis=_analysis(consolidated, layout, findings),
        references=_references(keys),
        own=_sources(consolidated, keys),
    )
    top = layout.list(ROOT, base.provisions, 0)
    lines = write_statement(layout, top, base.metadata, frbr, apparatus)
    return sealed(encoded(lines, base.metadata.work))


class _DraftLayout(ElementLayout):
    """Lay out a base with its marks."""

    def __init__(
        self, consolidated: Consolidated, keys: Mapping[str, str], reserved: Iterable[str]
    ) -> None:
        super().__init__(reserved)
        self.base: ProvisionIndex = index_of(consolidated.base)
        self.keys = keys
        self.sources = consolidated.sources
        self.texts = {marks.target: marks for marks in consolidated.texts if marks.changes}
        self.lists = {marks.target: marks for marks in consolidated.lists}
        self.added = added_by(consolidated)
        self.written: dict[tuple[str, tuple[str, ...]], str] = {}
        self.moved: dict[str, set[str]] = defaultdict(set)
        self.joined: dict[str, set[str]] = defaultdict(set)
        for marks in consolidated.lists:
            for addition in marks.additions:
                for provision in walk((addition.provision,)):
                    if provision.kind is Kind.MOVED:
                        self.moved[provision.id].update(addition.sources)
        for texts in consolidated.texts:
            for change in texts.changes:
                if any([word.marks for word in change.words]):  # noqa: C419  # a list is faster
                    for id in joins(change.words):
                        self.joined[id].update(change.sources)

    def of(self, name: str, sources: Iterable[str]) -> str:
        """Write sources as an attribute; nothing where there are none."""
        who = tuple(sources)
        if not who:
            return ""
        written = self.written.get((name, who))
        if written is None:
            keys = " ".join([f"#{self.keys[source]}" for source in sorted(who)])
            written = self.written[name, who] = attribute(name, keys)
        return written

    # -- texts ----------------------------------------------------------------------------

    def text(self, provision: Provision, notes: dict[int, str]) -> str:
        marks = self.texts.get(provision.id)
        if marks is None:
            return super().text(provision, notes)
        if provision.marks:
            return "".join(self._marked(provision, notes, marks))
        return self._written(provision, marks)

    def has_words(self, provision: Provision) -> bool:
        return bool(provision.text) or provision.id in self.texts

    def _written(self, provision: Provision, marks: TextMarks) -> str:
        """Write words without marks, and what is asked of them."""
        text = provision.text
        starts = self.base.starts(self.base.at[provision.id])
        pieces: list[str] = []
        at = 0
        for change in marks.changes:
            if change.start < at:  # what some strike, others strike or amend
                return "".join(self._marked(provision, {}, marks))
            pieces.append(escaped(text[starts[at] : starts[change.start]]))
            at = change.end
            if change.start < at:
                struck = escaped(text[starts[change.start] : starts[at]])
                pieces.append(f"<del{self.of('refersTo', change.sources)}>{struck}</del>")
            if change.words:
                pieces.append(self._inserted(change))
        pieces.append(escaped(text[starts[at] :]))
        return "".join(pieces)

    def _marked(
        self, provision: Provision, notes: dict[int, str], marks: TextMarks
    ) -> Iterator[str]:
        """Yield the runs of words that the same sources strike, and what stands between them."""
        words = self.base.texts(self.base.at[provision.id])
        starts = list(accumulate(map(len, words), initial=0))
        put, begin, finish = _by_gap(marks.changes)
        places = sorted({0, len(starts) - 1, *put, *begin, *finish})
        text, worn, token = provision.text, provision.marks, noted(notes)
        striking: set[str] = set()
        for start, end in zip(places, [*places[1:], -1], strict=True):
            for change in put.get(start, ()):
                yield self._inserted(change)
            if end < 0:
                break
            striking.difference_update(finish.get(start, ()))
            striking.update(begin.get(start, ()))
            first, last = starts[start], starts[end]
            written = (
                write_inline(text, worn, token, first, last) if worn else escaped(text[first:last])
            )
            if striking:
                written = f"<del{self.of('refersTo', sorted(striking))}>{written}</del>"
            yield written

    def _inserted(self, change: AttributedHunk) -> str:
        content, how = words_inline(change.words)
        return f"<ins{self.of('refersTo', change.sources)}{how}>{content}</ins>"

    # -- lists ----------------------------------------------------------------------------

    def note(self, provision: Provision, position: int) -> LayoutEntry:
        return LayoutEntry(
            provision.children[position], self._fate(provision.id, provision, position)
        )

    def below(self, provision: Provision, first: int) -> Sequence[LayoutEntry]:
        if provision.id not in self.lists:
            return super().below(provision, first)
        return self.list(provision.id, provision.children, first)

    def list(self, id: str, children: Sequence[Provision], first: int) -> Sequence[LayoutEntry]:
        """Return the children of a base provision and what is added among them."""
        marks = self.lists.get(id)
        if marks is None:
            return [LayoutEntry(child) for child in children[first:]]
        gone = dict(marks.gone)
        gaps = {gap: tuple(here) for gap, here in groupby(marks.additions, lambda a: a.gap)}
        entries: list[LayoutEntry] = []
        for gap in range(len(children) + 1):
            if gap in gaps:
                entries += self._additions(marks, gap, gaps[gap])
            if first <= gap < len(children):
                child = children[gap]
                entries.append(LayoutEntry(child, self._out(child.id, gone.get(gap, ()))))
        return entries

    def _fate(self, id: str, provision: Provision, position: int) -> str:
        marks = self.lists.get(id)
        gone = dict(marks.gone).get(position, ()) if marks else ()
        return self._out(provision.children[position].id, gone)

    def _out(self, id: str, gone: Sources) -> str:
        """Say who takes a child out of its list, and to what end."""
        if not gone:
            return ""
        # Who puts it elsewhere moves it; who has its words follow another's joins it; others strike
        # it.
        goes = set(gone) & self.moved[id]
        joined = set(gone) & self.joined[id] - goes
        struck = set(gone) - goes - joined
        return (
            self.of("rs:struck", sorted(struck))
            + self.of("rs:goes", sorted(goes))
            + self.of("rs:joined", sorted(joined))
        )

    def _additions(
        self, marks: ListMarks, gap: int, here: Sequence[Addition]
    ) -> Iterator[LayoutEntry]:
        """Yield what is put into a gap, with what its sources do not have in common."""
        mine: dict[tuple[str, int], Provision] = {}
        together = [addition for addition in here if len(addition.sources) > 1]
        for source in {source for addition in together for source in addition.sources}:
            items = self.added[source, marks.target, gap]
            order = order_of(items, here, source, straight=gap not in marks.cycles)
            for n, provision in zip(order, items, strict=True):
                mine[source, n] = provision
        for n, addition in enumerate(here):
            extra = attribute("rs:gap", str(gap)) + self.of("rs:added", addition.sources)
            # One source alone has nothing that others call otherwise.
            if len(addition.sources) > 1:
                own = {source: mine[source, n] for source in addition.sources}
                extra += self._labels(addition, own) + self._ids(addition, own)
            yield LayoutEntry(addition.provision, extra, added=True)

    def _labels(self, addition: Addition, items: Mapping[str, Provision]) -> str:
        return "".join(
            attribute(f"rs:label.{self.keys[source]}", provision.label)
            for source, provision in items.items()
            if provision.label != addition.provision.label
        )

    def _ids(self, addition: Addition, items: Mapping[str, Provision]) -> str:
        """Name the sources that call a provision, or one below, by another id, and those ids."""
        usual = _ids(addition.provision)
        other = {
            source: ids for source, provision in items.items() if (ids := _ids(provision)) != usual
        }
        if not other:
            return ""
        return self.of("rs:ids", other) + "".join(
            attribute(f"rs:ids.{self.keys[source]}", _listed(ids)) for source, ids in other.items()
        )


def _ids(provision: Provision) -> tuple[str, ...]:
    return tuple(part.id for part in walk((provision,)))


def _listed(ids: Iterable[str]) -> str:
    """Write ids as a list; white space in one of them is percent-encoded."""
    return " ".join(map(address, ids))


def _by_gap(
    changes: Iterable[AttributedHunk],
) -> tuple[dict[int, list[AttributedHunk]], dict[int, list[str]], dict[int, list[str]]]:
    """Return, by gap, what is put there, who begins to strike words there, and who has done so.

    Replacements of what ends at a gap come before what is only inserted there.
    """
    put: dict[int, list[AttributedHunk]] = {}
    begin: dict[int, list[str]] = {}
    finish: dict[int, list[str]] = {}
    for change in changes:
        if change.words:
            put.setdefault(change.end, []).append(change)
        if change.start < change.end:
            begin.setdefault(change.start, []).extend(change.sources)
            finish.setdefault(change.end, []).extend(change.sources)
    for here in put.values():
        here.sort(key=lambda change: change.start == change.end)
    return put, begin, finish


# -- what stands off ------------------------------------------------------------------------------


def _sources(consolidated: Consolidated, keys: Mapping[str, str]) -> Iterator[str]:
    """Yield the description of the draft and of each source."""
    newest = max((proposal.date for proposal in consolidated.proposals), default="")
    values = {"form": FORM, "date": newest, "baseSha256": index_of(consolidated.base).digest}
    yield f"<rs:draft{_attributes(values)}/>"
    for proposal in consolidated.proposals:
        yield from _source(index_of(consolidated.base), proposal, keys[proposal.id])


def _source(base: ProvisionIndex, proposal: Proposal, key: str) -> Iterator[str]:
    """Yield the description of a source."""
    ranks = list(map(canonical_rank(base), proposal.edits))
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    values = {
        "key": key,
        "id": proposal.id,
        "revision": str(proposal.revision) if proposal.revision else "",
        "date": proposal.date,
        "base": proposal.base,
        "illustrative": proposal.illustrative,
        "reasons": proposal.reasons,
        "reading": proposal.reading,
        "readingBy": proposal.reading_by,
        "order": " ".join(map(str, order)) if order != sorted(order) else "",
    }
    beside = (*unmarked_lines(proposal), *former_lines(proposal))
    inside = [*_proponents(proposal), *_keeps(proposal), *beside]
    if not inside:
        yield f"<rs:source{_attributes(values)}/>"
        return
    yield f"<rs:source{_attributes(values)}>"
    yield from (f"  {line}" for line in inside)
    yield "</rs:source>"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(attribute(name, value) for name, value in values.items() if value)


def _proponents(proposal: Proposal) -> Iterator[str]:
    for who in proposal.proponents:
        dates = {"joined": who.joined, "left": who.left}
        yield f"<rs:proponent{attribute('code', who.code)}{_attributes(dates)}/>"


def _keeps(proposal: Proposal) -> Iterator[str]:
    for keep in proposal.keeps:
        values = {"emphasised": "true" if keep.emphasised else "", "reasons": keep.reasons}
        yield f"<rs:keep{attribute('target', keep.target)}{_attributes(values)}/>"


def _references(keys: Mapping[str, str]) -> Iterator[str]:
    for source, key in keys.items():
        href = f"/akn/un/amendment/modification/{key}"
        named = attribute("eId", key) + attribute("href", href) + attribute("showAs", source)
        yield f'<TLCReference name="source"{named}/>'


def _analysis(
    consolidated: Consolidated, layout: _DraftLayout, findings: Iterable[str]
) -> Iterator[str]:
    lines = [
        *_renumbered(consolidated, layout),
        *_orders(consolidated, layout),
        *_apart(consolidated, layout),
        *_labels(consolidated, layout),
        *_variants(consolidated, layout),
        *findings,
    ]
    if lines:
        yield '      <analysis source="#resamend">'
        yield '        <otherAnalysis source="#resamend">'
        yield from (f"          {line}" for line in lines)
        yield "        </otherAnalysis>"
        yield "      </analysis>"


def _renumbered(consolidated: Consolidated, layout: _DraftLayout) -> Iterator[str]:
    for marks in consolidated.lists:
        if marks.renumbered:
            who = layout.of("of", marks.renumbered)
            yield f"<rs:renumbered{attribute('list', marks.target)}{who}/>"


def _orders(consolidated: Consolidated, layout: _DraftLayout) -> Iterator[str]:
    """Yield each source's own order where the orders contradict each other."""
    for marks in consolidated.lists:
        for gap in marks.cycles:
            here = [addition for addition in marks.additions if addition.gap == gap]
            where = attribute("list", marks.target) + attribute("gap", str(gap))
            for source in layout.keys:
                items = layout.added.get((source, marks.target, gap), ())
                order = " ".join(map(str, order_of(items, here, source, straight=False)))
                if order:
                    yield f"<rs:order{where}{layout.of('of', [source])}{attribute('is', order)}/>"


def _apart(consolidated: Consolidated, layout: _DraftLayout) -> Iterator[str]:
    """Yield where what a source adds stands by itself beside what it strikes."""
    for proposal in consolidated.proposals:
        for edit in proposal.edits:
            for gap in apart(edit.hunks) if isinstance(edit, ListEdit) else ():
                where = attribute("list", edit.target) + attribute("gap", str(gap))
                yield f"<rs:apart{where}{layout.of('of', [proposal.id])}/>"


def _labels(consolidated: Consolidated, layout: _DraftLayout) -> Iterator[str]:
    for marks in consolidated.labels:
        for label, sources in marks.labels:
            who = layout.of("of", sources)
            yield f"<rs:label{attribute('target', marks.target)}{who}{attribute('is', label)}/>"


def _variants(consolidated: Consolidated, layout: _DraftLayout) -> Iterator[str]:
    for marks in consolidated.texts:
        for surface in marks.surfaces:
            where = attribute("target", marks.target) + attribute("at", str(surface.at))
            content, how = words_inline((surface.word,))
            span = f"<span{how}>{content}</span>"
            yield f"<rs:variant{where}{layout.of('of', surface.sources)}>{span}</rs:variant>"
