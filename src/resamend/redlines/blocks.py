"""Walk the base with all its marks, and lay out blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby

from msgspec.structs import replace

from resamend.amendment import NoChange, Proposal, place
from resamend.amendment.edit_references import joins
from resamend.conflict import (
    ConflictKind,
    Findings,
    Gate,
    MovePosition,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
)
from resamend.conflict.ends import parted
from resamend.conflict.text_regions import tied
from resamend.consolidation import (
    Addition,
    Consolidated,
    ListMarks,
    Sources,
    TextMarks,
    check_draft,
)
from resamend.errors import one_of
from resamend.matching import ProvisionIndex, bound, footnotes, index_of
from resamend.model import Kind, Provision
from resamend.redlines.footnote_ids import with_footnote_ids
from resamend.redlines.labels import Labels
from resamend.redlines.memory import layout_memory, stands_alone
from resamend.redlines.options import shown_version, worded
from resamend.redlines.rival_texts import beside, rivals
from resamend.redlines.spans import in_force, joined_spans, step, within, without_space
from resamend.redlines.values import Block, Choice, OptionView, Redline, ShownSource, Span, View
from resamend.redlines.views import viewed
from resamend.redlines.wording import ProvisionWording


def redline(
    consolidated: Consolidated,
    findings: Findings,
    *,
    numbers: Mapping[str, int] | None = None,
    view: View = View.REDLINE,
    date: str = "",
) -> Redline:
    """Return what is shown of a consolidated draft.

    ``numbers`` are the points' numbers known from a dossier; without them the outstanding points
    are numbered in the order of the text. With them, a point that has none is shown by its id, and
    what has no competing proposal shows none: that somebody opposes it is the chair's to know.
    Raises ``UsageError`` for another draft's findings, and for a ``view`` that there is not.
    """
    check_draft(consolidated, findings.draft, "these are findings")
    view = one_of(View, view, "view")
    if numbers is None:
        numbers = {region.id: n for n, region in enumerate(findings.outstanding, 1)}
    quiet = {region.id for region in findings.regions if region.standing in _WITHOUT_COMPETITION}
    numbers = {id: number for id, number in numbers.items() if id not in quiet}
    shower = _BlockMaker(consolidated, findings, numbers)
    blocks = with_footnote_ids(shower.blocks())
    if view is not View.REDLINE:
        blocks = viewed(blocks, view)
    return Redline(
        base=consolidated.base,
        sources=tuple(map(_source, consolidated.proposals)),
        blocks=blocks,
        findings=findings,
        numbers=numbers,
        date=date or max((p.date for p in consolidated.proposals), default=""),
        view=view,
        draft=consolidated,
    )


def _source(proposal: Proposal) -> ShownSource:
    return ShownSource(
        id=proposal.id,
        names=tuple(sorted({who.code for who in proposal.proponents if not who.left})),
        revision=proposal.revision,
        date=proposal.date,
        reasons=proposal.reasons,
        illustrative=proposal.illustrative,
        reading=proposal.reading,
        reading_by=proposal.reading_by,
    )


_WITHOUT_COMPETITION = (Standing.SINGLE, Standing.IDENTICAL, Standing.CONSEQUENTIAL)


class _BlockMaker:
    """Walk the base with all its marks, and lay out blocks."""

    def __init__(
        self, consolidated: Consolidated, findings: Findings, numbers: Mapping[str, int]
    ) -> None:
        self.index: ProvisionIndex = index_of(consolidated.base)
        self.memory = layout_memory(self.index)
        self.numbers = numbers
        self.whole = findings.whole()
        self.texts: dict[str, TextMarks] = {
            marks.target: parted(self.index, marks) for marks in consolidated.texts
        }
        self.lists: dict[str, ListMarks] = {marks.target: marks for marks in consolidated.lists}
        self.words: dict[str, list[Region]] = defaultdict(list)
        self.provisions: dict[str, Region] = {}
        self.no_change: dict[str, Region] = {}
        self.tied: dict[str, Region] = {}
        self.items: dict[tuple[str, int, str], Region] = {}
        for region in findings.elements:
            if region.stream is Stream.TEXT:
                self.words[region.target].append(region)
                words = self.index.words(self.index.at[region.target])
                self.tied |= dict.fromkeys(tied(region, words), region)
            elif region.gate is Gate.NO_CHANGE:
                self.no_change[region.target] = region
            elif region.stream is Stream.PROVISION:
                self.provisions[region.target] = region
            elif region.stream is Stream.GAP:
                for name in region.items:
                    self.items[region.target, region.lo // 2, name] = region
        self.kept: dict[str, list[tuple[str, NoChange]]] = defaultdict(list)
        for proposal in consolidated.proposals:
            for keep in proposal.keeps:
                self.kept[keep.target].append((proposal.id, keep))
        self.revisers = {p.id: self.memory.reviser(p) for p in consolidated.proposals}
        self.labels = Labels(consolidated, findings, self.revisers, self.memory)
        self.touched = self._touched(consolidated)
        self.shown: set[str] = set()
        self.wording = ProvisionWording(
            index=self.index,
            texts=self.texts,
            regions=self.words,
            whole=self.whole,
            numbers=numbers,
            see=self._seen,
            seen=self.shown,
            memory=self.memory,
        )

    def _touched(self, consolidated: Consolidated) -> set[int]:
        """Return the nodes in which, or below which, there is anything but the text in force."""
        about = (self.texts, self.lists, self.provisions, self.no_change, self.tied, self.kept)
        ids = {id for some in about for id in some} | {m.target for m in consolidated.labels}
        nodes = {self.index.at[id] for id in ids if id}
        return nodes.union(*map(self.index.above, nodes))

    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._list("", 0, ()))

    # -- lists --------------------------------------------------------------------------------

    def _list(self, id: str, depth: int, added: Sources) -> Iterator[Block]:
        """Show the children of a provision, and what is added among them."""
        node = self.index.at[id] if id else -1
        children = self.index.children(node)
        marks = self.lists.get(id)
        if id and not children and marks is None:
            return
        gaps: dict[int, list[Addition]] = defaultdict(list)
        for addition in marks.additions if marks else ():
            gaps[addition.gap].append(addition)
        gone = dict(marks.gone) if marks else {}
        for k in range(len(children) + 1):
            notes_first = sorted(gaps.get(k, ()), key=lambda a: a.provision.kind != Kind.FOOTNOTE)
            for addition in notes_first:
                yield from self._addition(id, addition, depth)
            if k < len(children):
                yield from self._provision(children[k], depth, added, gone.get(k, ()))
                yield from self._gate(self.index.nodes[children[k]].id, depth)
        if not id:
            yield from self._gate(id, depth)

    def _gate(self, id: str, depth: int) -> Iterator[Block]:
        """Show the point that asks whether a provision may change at all."""
        region = self.no_change.get(id)
        if region and self.whole[region.id].standing is Standing.CONTESTED:
            yield from self._choice(self.whole[region.id], depth)

    def _addition(self, owner: str, addition: Addition, depth: int) -> Iterator[Block]:
        provision = addition.provision
        if provision.kind is Kind.MOVED:
            yield from self._arrival(provision.id, depth, addition.sources, owner)
            return
        region = self.items.get((owner, addition.gap, addition.name))
        whole = self.whole[region.id] if region else None
        if whole and whole.standing is Standing.CONTESTED:
            yield from self._choice(whole, depth)
        elif not (whole and whole.parts):
            sources = region.sources if region else addition.sources
            if region is None or region.sources[0] in addition.sources:  # once, not per spelling
                yield from self._new(provision, depth, sources)

    def _new(
        self, provision: Provision, depth: int, sources: Sources, *, offered: bool = False
    ) -> Iterator[Block]:
        """Show an added provision and what it holds; ``offered`` as an option."""
        if provision.kind is Kind.MOVED:
            if offered:
                yield from self._offered(provision.id, depth, sources)
            else:
                yield from self._arrival(provision.id, depth, sources)
            return
        words = bound(provision, [note.id for note in footnotes(provision)])
        yield Block(
            kind=provision.kind,
            depth=depth,
            id=provision.id,
            label=(Span(provision.label, inserted=sources),) if provision.label else (),
            pieces=joined_spans(words, inserted=sources),
            added=sources,
        )
        for child in provision.children:
            yield from self._new(child, depth + step(provision), sources, offered=offered)

    def _arrival(
        self, id: str, depth: int, sources: Sources, owner: str | None = None
    ) -> Iterator[Block]:
        """Show a moved provision at its new place, with all that others change in it.

        ``owner`` is the list of the base that it moves to.
        """
        region = self.provisions.get(id)
        if region and self.whole[region.id].standing is Standing.CONTESTED:
            return  # it stays where it is until the group has decided
        node = self.index.at[id]
        first, *rest = self._body(node, depth, sources)
        label = first.label if owner is None else self.labels.there(id, owner, sources)
        yield replace(first, label=label, added=sources, moved_from=place(self.index, node))
        yield from rest

    def _offered(self, id: str, depth: int, sources: Sources) -> Iterator[Block]:
        """Show a provision where an option moves it; what is changed in it, its own place shows."""
        node = self.index.at[id]
        first, *rest = self._plain(node, depth, sources)
        yield replace(first, moved_from=place(self.index, node))
        yield from rest

    # -- provisions ---------------------------------------------------------------------------

    def _provision(self, node: int, depth: int, added: Sources, gone: Sources) -> Iterator[Block]:
        """Show a base provision at its own place; ``gone`` names who takes it from there."""
        if not (gone or added or node in self.touched):
            yield from self._untouched(node, depth)
            return
        provision = self.index.nodes[node]
        region = self.provisions.get(provision.id)
        whole = self.whole[region.id] if region else None
        if region is None or whole is None:
            tied = self.tied.get(provision.id)
            settled = tied and self.whole[tied.id].standing is not Standing.CONTESTED
            if gone and settled:
                yield from self._leaving(node, depth, added, gone)
            else:
                yield from self._body(node, depth, added)
        elif whole.standing is Standing.CONTESTED:
            yield from self._disputed(node, depth, added, region, whole)
        else:
            yield from self._leaving(node, depth, added, region.sources)

    def _untouched(self, node: int, depth: int) -> tuple[Block, ...]:
        """Show a provision that nobody touches, and all below it: the same for each proposal."""
        blocks = self.memory.untouched.get((node, depth))
        if blocks is None:
            below = depth + step(self.index.nodes[node])
            inside = (self._untouched(child, below) for child in self.index.children(node))
            blocks = (self._in_force(node, depth, ()), *chain.from_iterable(inside))
            self.memory.untouched[node, depth] = blocks
        return blocks

    def _disputed(
        self, node: int, depth: int, added: Sources, region: Region, whole: Region
    ) -> Iterator[Block]:
        """Show the text in force, then the options for it."""
        if region.covers:
            yield from self._plain(node, depth, added, points=whole.id)
        else:
            yield from self._body(node, depth, added)
        yield from self._choice(whole, depth)

    def _leaving(
        self, node: int, depth: int, added: Sources, sources: Sources, *, along: bool = False
    ) -> Iterator[Block]:
        """Show a provision struck, moved from here, or joined to another, with what is below it.

        ``along`` says that it goes with one that is moved or joined.
        """
        block = self._in_force(node, depth, added)
        goes = self._goes_to(block.id)
        yield replace(
            block,
            label=tuple(replace(span, deleted=sources) for span in block.label),
            pieces=self._struck_words(block.id, sources),
            struck=sources,
            moved_to=goes,
            way=self._way(block.id),
            along=along,
        )
        below = depth + step(self.index.nodes[node])
        for child in self.index.children(node):
            apart = self._apart(child, below, added, "")
            if apart is None:
                along = along or bool(goes)
                yield from self._leaving(child, below, added, sources, along=along)
            else:
                yield from apart

    def _struck_words(self, id: str, sources: Sources) -> tuple[Span, ...]:
        """Show words that some strike, and in a joined text who strikes which of them anyway."""
        words = self.index.words(self.index.at[id])
        if id in self.provisions or not self._goes_to(id):
            return joined_spans(words, deleted=sources)
        who: dict[int, set[str]] = defaultdict(lambda: set(sources))
        for region in self.words.get(id, ()):
            if self.whole[region.id].standing is not Standing.CONTESTED:
                for change in self.texts[id].changes:
                    for k in range(change.start, change.end) if within(change, region) else ():
                        who[k] |= set(region.sources)
        spans: list[Span] = []
        for strikers, run in groupby(range(len(words)), lambda k: sorted(who[k])):
            spans += joined_spans([words[k] for k in run], deleted=tuple(strikers))
        return tuple(spans)

    def _goes_to(self, id: str) -> str:
        """Say where a provision moves, or into which one it is joined."""
        own, tied = self.provisions.get(id), self.tied.get(id)
        if own:
            return own.options[0].place
        if tied and any(id in joins(option.words) for option in tied.options):
            return tied.path
        return ""

    def _way(self, id: str) -> MovePosition | None:
        own = self.provisions.get(id)
        return own.options[0].way if own else None

    def _in_force(self, node: int, depth: int, added: Sources) -> Block:
        """Show a provision alone as it is in force."""
        provision = self.index.nodes[node]
        return Block(
            kind=provision.kind,
            depth=depth,
            id=provision.id,
            label=(Span(provision.label),) if provision.label else (),
            pieces=in_force(self.index, node),
            added=added,
            kept=tuple(self.kept.get(provision.id, ())),
        )

    def _plain(
        self, node: int, depth: int, added: Sources, *, points: str | None = None
    ) -> Iterator[Block]:
        """Show a provision and all below it as they are in force.

        With ``points``, the id of the point that is asked of it, other points below are shown too.
        """
        yield self._in_force(node, depth, added)
        below = depth + step(self.index.nodes[node])
        for child in self.index.children(node):
            apart = self._apart(child, below, added, points)
            yield from self._plain(child, below, added, points=points) if apart is None else apart

    def _apart(
        self, node: int, depth: int, added: Sources, points: str | None
    ) -> Iterator[Block] | None:
        """Show what somebody saves from what is struck or contested around it, if anybody does."""
        own = self.provisions.get(self.index.nodes[node].id)
        whole = self.whole[own.id] if own else None
        if own is None or whole is None:
            return None
        if whole.standing is not Standing.CONTESTED:
            return self._leaving(node, depth, added, own.sources)
        if points is None or (whole.id == points and own.covers):
            return None
        if whole.id == points:  # what others change in it is asked about apart
            return self._body(node, depth, added)
        return self._disputed(node, depth, added, own, whole)

    def _body(self, node: int, depth: int, added: Sources) -> Iterator[Block]:
        """Show a base provision with the changes to its text, then its children."""
        provision = self.index.nodes[node]
        first: Sequence[Span | Choice] = in_force(self.index, node)
        rest: list[tuple[str, list[Span | Choice], Sources]] = []
        if provision.id in self.texts:
            (_, first, _), *rest = self.wording.parts(node)
        yield Block(
            kind=provision.kind,
            depth=depth,
            id=provision.id,
            label=self.labels.of(provision),
            pieces=tuple(without_space(first)),
            added=added,
            renumbered=self.labels.renumbered(node),
            kept=tuple(self.kept.get(provision.id, ())),
        )
        yield from self._list(provision.id, depth + step(provision), added)
        for rank, (label, pieces, sources) in enumerate(rest, 2):
            yield Block(
                kind=provision.kind,
                depth=depth,
                id=f"{provision.id}-{rank}",
                label=(Span(label, sources),),
                pieces=tuple(pieces),
                added=added,
                split=sources,
            )

    # -- options ------------------------------------------------------------------------------

    def _choice(self, whole: Region, depth: int) -> Iterator[Block]:
        choice = self._seen(whole)
        if choice.again:
            return
        yield Block(kind=Kind.TEXT, depth=depth, choice=choice)
        if choice.laid_out:
            yield from beside(choice, self.index.resolution.language, depth)

    def _seen(self, region: Region) -> Choice:
        """Show a point's options the first time, and only its number after that."""
        number = self.numbers.get(region.id)
        if region.id in self.shown:
            return Choice(number=number, region=region, again=True)
        self.shown.add(region.id)
        if not stands_alone(region.options):
            return self._laid_out(region, number)
        return self.memory.kept(
            "options", region.id, (region, number), lambda: self._laid_out(region, number)
        )

    def _laid_out(self, region: Region, number: int | None) -> Choice:
        options = [self._option(n, option, region) for n, option in enumerate(region.options, 1)]
        if not region.keeps_base:
            options.append(OptionView(number=len(options) + 1, deed=region.otherwise))
        laid_out = rivals(region)
        return Choice(number=number, region=region, options=tuple(options), laid_out=laid_out)

    def _option(self, number: int, option: Option, region: Region) -> OptionView:
        blocks: tuple[Block, ...] = ()
        if option.deed is OptionKind.ADD:
            for provision in option.provisions:
                blocks += tuple(self._new(provision, 0, option.sources, offered=True))
        else:
            blocks = tuple(shown_version(self.index, self.revisers, option))
        return OptionView(
            number=number,
            deed=option.deed,
            sources=option.sources,
            spans=worded(self.index, self.revisers, option, region),
            blocks=blocks,
            place=option.place,
            way=option.way,
            moves=self._moves(option, region),
        )

    def _moves(self, option: Option, region: Region) -> str:
        if option.deed is not OptionKind.MOVE or ConflictKind.MOVE_CYCLE not in region.kinds:
            return ""
        return place(self.index, self.index.at[option.provisions[0].id])
