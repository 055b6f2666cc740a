"""What two states do at once, so that they clash: rare by chance, common at conferences."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.model import Kind, Provision, Resolution, walk
from resamend.words import split
from tests import texts as ours
from tests.deeds import Deed
from tests.texts import picked, upto

Sides = tuple[list[Deed], list[Deed]]

CHAIN = 3
"""Items beside each other that a quarrel needs."""


def quarrel(draw: st.DrawFn, base: Resolution) -> Sides:
    """Draw what two states do about the same items; nothing where there are too few of them."""
    chains = [chain for list_ in walk(base.provisions) for chain in _chains(list_)]
    if not chains:
        return [], []
    return picked(draw, _QUARRELS)(draw, picked(draw, chains))


def _chains(parent: Provision) -> list[tuple[Provision, ...]]:
    """Return runs of items that can be split and joined."""
    plain = [
        p for p in parent.children
        if p.kind is Kind.ITEM and not p.children and not p.marks and len(split(p.text)) > CHAIN
    ]  # fmt: skip
    return [tuple(plain[k : k + CHAIN]) for k in range(len(plain) - CHAIN + 1)]


Chain = tuple[Provision, ...]


def _insertions(draw: st.DrawFn, chain: Chain) -> Sides:
    at = draw(upto(4))
    one, other = (Deed(name="reword", target=chain[0].id, at=at, text=_new(draw)) for _ in "ab")
    return [one], [other]


def _overlaps(draw: st.DrawFn, chain: Chain) -> Sides:
    one = Deed(name="reword", target=chain[0].id, at=0, span=2, text=_new_or_none(draw))
    other = Deed(name="reword", target=chain[0].id, at=1, span=2, text=_new_or_none(draw))
    return [one], [other]


def _neighbours(draw: st.DrawFn, chain: Chain) -> Sides:
    one = Deed(name="reword", target=chain[0].id, at=1, span=1, text=_new_or_none(draw))
    other = Deed(name="reword", target=chain[0].id, at=2, text=_new(draw))
    return [one], [other]


def _splits(draw: st.DrawFn, chain: Chain) -> Sides:
    at = draw(upto(9))
    one = Deed(name="divide", target=chain[0].id, at=at, label="1bis")
    return [one], [replace(one, at=at + draw(upto(2)), label=picked(draw, _LABELS))]


def _joins(draw: st.DrawFn, chain: Chain) -> Sides:
    before, item, _ = chain
    one = Deed(name="join", target=before.id, at=1)
    others = (
        Deed(name="join", target=item.id, at=0),
        Deed(name="join", target=item.id, at=0),
        Deed(name="join", target=before.id, at=0),
        Deed(name="strike", target=item.id),
        Deed(name="add_below", target=item.id, new=before),
        Deed(name="reword", target=item.id, text="plan", span=1),
        Deed(name="shift", target=item.id, at=0),
        Deed(name="relabel", target=item.id, label="9"),
    )
    return [one], [picked(draw, others)]


def _moves(draw: st.DrawFn, chain: Chain) -> Sides:
    first, item, last = chain
    one = Deed(name="move", target=item.id, host=last.id)
    others = (
        Deed(name="move", target=item.id, host=first.id),
        Deed(name="move", target=last.id, host=item.id),
        Deed(name="move", target=last.id, host=item.id),
        Deed(name="strike", target=last.id),
        Deed(name="wrap", target=item.id, host=last.id, new=first),
        Deed(name="reword", target=item.id, text="plan", span=1),
    )
    return [one], [picked(draw, others)]


def _additions(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw the same additions in another order, number or company."""
    one, another = ours.item(draw, "1bis"), ours.item(draw, "1ter")
    another = replace(another, text=f"{another.text} plan")  # two different ones
    x, y = (Deed(name="add", target=chain[0].id, at=1, new=new) for new in (one, another))
    anew = Deed(name="renumber", target=chain[0].id)
    others = (
        [y, x], [y, x], [x], [y, replace(x, at=0)], [_relabelled(x)], [x, anew], [y, anew],
    )  # fmt: skip
    return [x, y], picked(draw, others)


def _relabelled(deed: Deed) -> Deed:
    return replace(deed, new=replace(deed.new, label="9")) if deed.new else deed


def _rescues(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw the strike of a provision from which another state takes one away."""
    item, host, last = chain
    inside = Deed(name="add_below", target=item.id, new=ours.item(draw, "i)"))
    return [Deed(name="strike", target=item.id), Deed(name="strike", target=last.id)], [
        inside,
        Deed(name="move", target=last.id, host=host.id),
    ]


def _burials(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw the strike of a provision to which another state moves, joins or adds something."""
    first, item, last = chain
    others = (
        Deed(name="move", target=last.id, host=item.id),
        Deed(name="move", target=first.id, host=item.id),
        Deed(name="wrap", target=last.id, host=item.id, new=first),
        Deed(name="join", target=item.id, at=1),
        Deed(name="divide", target=item.id, at=draw(upto(9)), label="1bis"),
    )
    return [Deed(name="strike", target=item.id)], [picked(draw, others)]


def _cuts(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw a paragraph that one divides, and the other joins, divides twice, or moves."""
    first, item, last = chain
    cut = Deed(name="divide", target=item.id, at=draw(upto(9)), label="1bis")
    again = replace(cut, at=draw(upto(9)), label="7")
    others = (
        [again, cut],
        [Deed(name="join", target=item.id, at=draw(upto(1)))],
        [Deed(name="join", target=first.id, at=draw(upto(1)))],
        [Deed(name="move", target=item.id, host=last.id)],
        [cut, Deed(name="reword", target=item.id, at=2, text=_new(draw))],
        [Deed(name="annotate", target=item.id, at=20, text="plan")],
    )
    return [cut], picked(draw, others)


def _citations(draw: st.DrawFn, chain: Chain) -> Sides:
    """Draw a reference to what another state takes away, or calls otherwise."""
    first, _, last = chain
    cited = f"as paragraph {first.label} above says"
    strike = Deed(name="strike", target=first.id)
    other = picked(draw, (strike, Deed(name="relabel", target=first.id, label="9")))
    return [Deed(name="reword", target=last.id, at=9, text=cited)], [other]


def _new(draw: st.DrawFn) -> str:
    return ours.text(draw, 3) or "plan"


def _new_or_none(draw: st.DrawFn) -> str:
    return _new(draw) if draw(st.booleans()) else ""


_LABELS = ("1bis", "7")
_QUARRELS = (
    _insertions, _overlaps, _neighbours, _splits, _joins, _joins, _citations, _citations, _moves,
    _moves, _additions, _additions, _rescues, _burials, _cuts,
)  # fmt: skip
