"""What two states do at once, so that they clash: rare by chance, common at conferences."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.model import Kind, Provision, Resolution, walk
from resamend.words import split
from tests import texts as ours
from tests.deeds import Deed

Sides = tuple[list[Deed], list[Deed]]

CHAIN = 3
"""Items beside each other that a quarrel needs."""


@st.composite
def quarrels(draw: st.DrawFn, base: Resolution) -> Sides:
    """Draw what two states do about the same items; nothing where there are too few of them."""
    chains = [chain for list_ in walk(base.provisions) for chain in _chains(list_)]
    if not chains:
        return [], []
    return draw(draw(st.sampled_from(_QUARRELS))(draw(st.sampled_from(chains))))


def _chains(parent: Provision) -> list[tuple[Provision, ...]]:
    """Return runs of items that can be split and joined."""
    plain = [
        p for p in parent.children
        if p.kind is Kind.ITEM and not p.children and not p.marks and len(split(p.text)) > CHAIN
    ]  # fmt: skip
    return [tuple(plain[k : k + CHAIN]) for k in range(len(plain) - CHAIN + 1)]


Chain = tuple[Provision, ...]


@st.composite
def _insertions(draw: st.DrawFn, chain: Chain) -> Sides:
    at = draw(st.integers(0, 4))
    one, other = (Deed(name="reword", target=chain[0].id, at=at, text=draw(_NEW)) for _ in "ab")
    return [one], [other]


@st.composite
def _overlaps(draw: st.DrawFn, chain: Chain) -> Sides:
    one = Deed(name="reword", target=chain[0].id, at=0, span=2, text=draw(_NEW_OR_NONE))
    other = Deed(name="reword", target=chain[0].id, at=1, span=2, text=draw(_NEW_OR_NONE))
    return [one], [other]


@st.composite
def _neighbours(draw: st.DrawFn, chain: Chain) -> Sides:
    one = Deed(name="reword", target=chain[0].id, at=1, span=1, text=draw(_NEW_OR_NONE))
    other = Deed(name="reword", target=chain[0].id, at=2, text=draw(_NEW))
    return [one], [other]


@st.composite
def _splits(draw: st.DrawFn, chain: Chain) -> Sides:
    at = draw(st.integers(0, 9))
    one = Deed(name="divide", target=chain[0].id, at=at, label="1bis")
    return [one], [replace(one, at=at + draw(st.integers(0, 2)), label=draw(_LABELS))]


@st.composite
def _joins(draw: st.DrawFn, chain: Chain) -> Sides:
    before, item, _ = chain
    one = Deed(name="join", target=before.id, at=1)
    other = draw(
        st.sampled_from(
            [
                Deed(name="join", target=item.id, at=0),
                Deed(name="join", target=item.id, at=0),
                Deed(name="strike", target=item.id),
                Deed(name="add_below", target=item.id, new=before),
                Deed(name="reword", target=item.id, text="plan", span=1),
                Deed(name="shift", target=item.id, at=0),
                Deed(name="relabel", target=item.id, label="9"),
            ]
        )
    )
    return [one], [other]


@st.composite
def _moves(draw: st.DrawFn, chain: Chain) -> Sides:
    first, item, last = chain
    one = Deed(name="move", target=item.id, host=last.id)
    other = draw(
        st.sampled_from(
            [
                Deed(name="move", target=item.id, host=first.id),
                Deed(name="move", target=last.id, host=item.id),
                Deed(name="move", target=last.id, host=item.id),
                Deed(name="strike", target=last.id),
                Deed(name="wrap", target=item.id, host=last.id, new=first),
                Deed(name="reword", target=item.id, text="plan", span=1),
            ]
        )
    )
    return [one], [other]


@st.composite
def _additions(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw the same additions in another order, number or company."""
    one, another = draw(ours.provisions("1bis")), draw(ours.provisions("1ter"))
    another = replace(another, text=f"{another.text} plan")  # two different ones
    x, y = (Deed(name="add", target=chain[0].id, at=1, new=new) for new in (one, another))
    anew = Deed(name="renumber", target=chain[0].id)
    other = draw(
        st.sampled_from(
            [[y, x], [y, x], [x], [y, replace(x, at=0)], [_relabelled(x)], [x, anew], [y, anew]]
        )
    )
    return [x, y], other


def _relabelled(deed: Deed) -> Deed:
    return replace(deed, new=replace(deed.new, label="9")) if deed.new else deed


@st.composite
def _rescues(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw the strike of a provision from which another state takes one away."""
    item, host, last = chain
    inside = Deed(name="add_below", target=item.id, new=draw(ours.provisions("i)")))
    return [Deed(name="strike", target=item.id), Deed(name="strike", target=last.id)], [
        inside,
        Deed(name="move", target=last.id, host=host.id),
    ]


@st.composite
def _citations(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw a reference to what another state takes away, or calls otherwise."""
    first, _, last = chain
    cited = f"as paragraph {first.label} above says"
    strike = Deed(name="strike", target=first.id)
    other = draw(st.sampled_from([strike, Deed(name="relabel", target=first.id, label="9")]))
    return [Deed(name="reword", target=last.id, at=9, text=cited)], [other]


_NEW = ours.texts(3).filter(bool)
_NEW_OR_NONE = st.one_of(st.just(""), _NEW)
_LABELS = st.sampled_from(["1bis", "7"])
_QUARRELS = (
    _insertions, _overlaps, _neighbours, _splits, _joins, _joins, _citations, _moves, _moves,
    _additions, _additions, _rescues,
)  # fmt: skip
