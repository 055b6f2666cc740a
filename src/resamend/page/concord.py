"""The languages of a dossier side by side: which provision each changes, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from resamend.amendment import Proposal, Symbol, place
from resamend.consolidation import Consolidated
from resamend.difference import ListEdit, TextEdit
from resamend.escaping import visible
from resamend.matching import ProvisionIndex, index_of
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.page.source_names import SourceNames, source_names
from resamend.page.vocabulary import phrases_for

_Asked = Mapping[str, Mapping[str, Sequence[str]]]
"""For each provision what is asked, as symbols; for each symbol the proposals that ask it."""


def concord_listing(drafts: Sequence[Consolidated], options: RenderOptions = USUAL) -> Listing:
    """Return a row for each provision that a proposal changes in some language.

    A column is a language. A row whose columns differ is marked: a change has no counterpart.
    """
    first = drafts[0]
    say = phrases_for(first.base, options.ui)
    names = source_names(say, options.shown_names, *drafts)
    asked = {draft.base.language: _asked(draft) for draft in drafts}
    index = index_of(first.base)
    ids = dict.fromkeys(id for draft in drafts for id in asked[draft.base.language])
    order = {id: index.at.get(id, len(index.nodes)) for id in ids}
    illustrative = any(draft.base.metadata.illustrative for draft in drafts)
    shares = [ListingColumn(draft.base.language, draft.base.language, 18) for draft in drafts]
    return Listing(
        key="concord",
        name=say("concord"),
        say=say,
        language=first.base.language,
        title=first_lines(first.base),
        banner=say("illustrative") if illustrative else "",
        notes=(say("concord_means"),),
        parts=(
            ListingPart(
                columns=(
                    ListingColumn("where", say("para"), 18),
                    ListingColumn("differs", "≠", 4),
                    *shares,
                ),
                rows=tuple(
                    _row(names, _name(drafts, id), [asked[d.base.language].get(id) for d in drafts])
                    for id in sorted(ids, key=lambda id: order[id])
                ),
                nothing=say("register_none"),
            ),
        ),
    )


def _name(drafts: Sequence[Consolidated], id: str) -> str:
    """Say where a provision is, in the first language that has it."""
    for draft in drafts:
        index = index_of(draft.base)
        if id in index.at:
            return visible(place(index, index.at[id]))
    return visible(id)


def _row(
    names: SourceNames, where: str, columns: Sequence[Mapping[str, Sequence[str]] | None]
) -> tuple[Cell, ...]:
    cells = [tuple(_cell(names, asked)) if asked else () for asked in columns]
    same = all(asked == columns[0] for asked in columns)
    return ((where,), () if same else ("≠",), *(cell or ("—",) for cell in cells))


def _cell(names: SourceNames, asked: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for symbol, sources in asked.items():
        sign, times, count = symbol.partition(" ")
        yield f"{names.say.sign(sign)}{times}{count}" + names.say.aside(names.who(sources))


def _asked(draft: Consolidated) -> _Asked:
    asked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    index = index_of(draft.base)
    for proposal in draft.proposals:
        for id, symbol in _symbols(index, proposal):
            if proposal.id not in asked[id][symbol]:
                asked[id][symbol].append(proposal.id)
    return {id: dict(sorted(symbols.items())) for id, symbols in asked.items()}


def _symbols(index: ProvisionIndex, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield what a proposal asks, by provision; an addition by the provision that it follows."""
    for edit in proposal.edits:
        if isinstance(edit, TextEdit):
            yield edit.target, Symbol.MOD if edit.worded else Symbol.EDITORIAL
        elif isinstance(edit, ListEdit):
            children = index.children(index.at.get(edit.target, -1))
            for hunk in edit.hunks:
                yield from ((id, str(Symbol.SUP)) for id in hunk.gone)
                after = index.nodes[children[hunk.end - 1]].id if hunk.end else edit.target
                if hunk.items:
                    count = f" × {len(hunk.items)}" if len(hunk.items) > 1 else ""
                    yield after, f"{Symbol.ADD}{count}"
    for keep in proposal.keeps:
        yield keep.target, Symbol.NOC
