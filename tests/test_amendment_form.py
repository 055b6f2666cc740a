"""A proposal in another form than the one that a difference has is refused; ids are never twice."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from resamend.amendment import Proposal, apply, check, propose
from resamend.difference import Edit, Hunk, LabelEdit, ListEdit, ListHunk, TextEdit
from resamend.errors import Invalid
from resamend.model import ROOT, Kind, Language, Mark, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.words import split
from tests import build

BASE = build.resolution("resolves", "1 to meet every year;", "2 to report")
MADE = build.proposal(BASE, "RUS", "resolves", "1 to meet each year;", "2 to report")
WORDS = TextEdit("dvs_1__para_1", (Hunk(2, 3, split(" each"), " every"),))


def of(*edits: Edit) -> Proposal:
    return replace(MADE, edits=edits)


@pytest.mark.parametrize(
    "proposal",
    [
        of(TextEdit(ROOT, (Hunk(0, 0, split("x")),))),
        of(LabelEdit(ROOT, "1")),
        of(TextEdit("dvs_1__para_1")),
        of(ListEdit("dvs_1")),
        of(ListEdit("dvs_1", (ListHunk(1, 1, (), ()),))),
        of(WORDS, WORDS),
        of(LabelEdit("dvs_1__para_1", "3", "1"), LabelEdit("dvs_1__para_1", "4", "1")),
    ],
)
def test_what_no_difference_is_like_is_refused(proposal: Proposal) -> None:
    with pytest.raises(Invalid, match=r"twice|changes nothing|does not say of what"):
        check(BASE, proposal)


def test_what_a_difference_is_like_is_not() -> None:
    check(BASE, of(WORDS))
    assert MADE.edits == (WORDS,)


def test_what_is_split_off_never_gets_an_id_of_the_base() -> None:
    words = [f"word{n}" for n in range(12)]
    long, rest, other = " ".join(words), " ".join(words[6:]), "another text altogether"
    base = build.resolution("resolves", f"1 {long}", f"9 {other}")
    taken = {p.id: p for p in walk(base.provisions)}["dvs_1__para_9"]
    base = _renamed(base, taken.id, "dvs_1__para_1-2")
    wanted = build.resolution("resolves", f"1 {' '.join(words[:6])}", f"2 {rest}", f"9 {other}")
    proposal = propose(base, wanted, "RUS/1/1")
    ids = [provision.id for provision in walk(apply(base, proposal).provisions)]
    assert len(ids) == len(set(ids)) == 5


def _renamed(resolution: Resolution, old: str, new: str) -> Resolution:
    def renamed(provision: Provision) -> Provision:
        children = tuple(map(renamed, provision.children))
        return replace(
            provision, id=new if provision.id == old else provision.id, children=children
        )

    return replace(resolution, provisions=tuple(map(renamed, resolution.provisions)))


def test_a_resolution_in_a_resolution_has_ids_of_its_own() -> None:
    number = Provision(id="?", kind=Kind.NUMBER, text="RESOLUTION 1")
    inner = Provision(id="?", kind=Kind.RESOLUTION, children=(number,))
    outer = Provision(id="?", kind=Kind.RESOLUTION, children=(number, inner, inner))
    made = eids(Resolution(language=Language.EN, provisions=(outer, outer)))
    ids = [provision.id for provision in walk(made.provisions)]
    assert ids[:2] == ["resolution", "number"]
    assert len(ids) == len(set(ids))


def test_marks_that_a_word_cuts_off_do_not_tell_it_from_an_equal_one() -> None:
    long, short = Mark(0, 8, "i"), Mark(2, 8, "b")
    assert split("a plan", (short, long)) == split("a plan", (long, short))
    assert split("of plan", (Mark(0, 7, "u"), Mark(2, 7, "b")))[1].marks == (
        Mark(0, 5, "b"),
        Mark(0, 5, "u"),
    )
