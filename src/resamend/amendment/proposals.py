"""Make a proposal, apply it, undo it.

A proposal is a pure function of the base and one revised text; nobody else's is looked at. That
the same wish from two sources is one mark rests on this: equal texts give equal edits.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from resamend.amendment import values
from resamend.amendment.edit_applier import revise
from resamend.amendment.fitness import check
from resamend.amendment.values import NoChange, Proposal
from resamend.difference import ListPlace, diff
from resamend.matching import index_of
from resamend.model import Proponent, Resolution


def digest(base: Resolution) -> str:
    """Return the sha256 of all that a text says, without its metadata."""
    return index_of(base).digest


def propose(
    base: Resolution,
    revised: Resolution,
    id: str,
    *,
    proponents: tuple[Proponent, ...] | None = None,
    revision: int = 0,
    date: str = "",
    keeps: tuple[NoChange, ...] = (),
    reasons: str = "",
    moved: frozenset[str] = frozenset(),
    places: Sequence[ListPlace] = (),
) -> Proposal:
    """Make the proposal that turns a base into a source's revised text.

    The proponents are read from ``id`` unless given; ``moved`` are ids of the base that the source
    is known to have moved, ``places`` says where it put something. Raises ``Contradiction`` when
    the two texts are in different languages.
    """
    who = values.proponents(id) if proponents is None else tuple(sorted(proponents))
    return Proposal(
        id=id,
        revision=revision,
        proponents=who,
        language=base.language,
        date=date,
        base=base.metadata.work,
        base_digest=digest(base),
        edits=diff(base, revised, moved, places=places),
        keeps=keeps,
        reasons=reasons,
        illustrative=revised.metadata.illustrative,
    )


def apply(base: Resolution, proposal: Proposal) -> Resolution:
    """Return the text that a source asks for.

    Raises ``NotApplicable``, quoting the expected and the found words, when the proposal was made
    for another text, and ``Invalid`` when its edits contradict each other.
    """
    check(base, proposal)
    return revise(base, proposal.edits)


def invert(base: Resolution, proposal: Proposal) -> Proposal:
    """Return the proposal that, applied to the revised text, gives the base back."""
    revised = apply(base, proposal)
    return replace(
        proposal, base_digest=digest(revised), edits=diff(revised, base), keeps=(), reasons=""
    )
