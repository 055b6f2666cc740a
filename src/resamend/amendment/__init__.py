"""A proposal: what one source asks of one base, exact, portable, withdrawable.

A proposal holds edits anchored on the base and the sha256 of the base they were made for. It is
applied exactly or refused. For delegates the same edits are *amendments*: ADD, MOD, (MOD), SUP,
NOC, each at a provision.

*The invariant.* ``apply(base, propose(base, revised)) == revised``, and ``invert`` undoes it. An
edit names words by their place in the base and quotes them, so a proposal cannot drift: where the
base reads otherwise it is refused, with the words that were expected and those that are there.
"""

from __future__ import annotations

from resamend.amendment.descriptions import (
    amendments,
    path_of_added,
    place,
    place_of_added,
)
from resamend.amendment.edit_applier import revise
from resamend.amendment.evidence import Tracked, follow
from resamend.amendment.excerpts import (
    completed,
    is_part,
    is_unlike,
    shown_in,
    with_part,
    without_part,
)
from resamend.amendment.fitness import check
from resamend.amendment.proposals import apply, digest, invert, propose
from resamend.amendment.unmarked import described_unmarked, find_unmarked
from resamend.amendment.values import (
    Amendment,
    FormerAmendment,
    NoChange,
    Proposal,
    Symbol,
    Unmarked,
    proponents,
)
