"""A proposal as an Akoma Ntoso amendment: exact, and readable by a person of any language."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.akn import check_schema, read, write_proposal
from resamend.amendment import NoChange, Proposal, apply, propose
from resamend.difference import Hunk, ListEdit, Respelling, TextEdit
from resamend.errors import Invalid, NotApplicable
from resamend.model import Kind, Mark, Metadata, Proponent, Provision, Resolution, Word, moved, walk
from resamend.words import join_word, split, split_word
from tests import build, wild
from tests import strategies as ours
from tests.strategies import Draft

BASE = build.resolution(
    "recalling", "a) Resolution 1 of this conference;", "b) the plan adopted in 2003,",
    "resolves", "1 that the secretariat keep one text;", "2 that fees be abolished",
)  # fmt: skip


def the_same(proposal: Proposal, base: Resolution) -> str:
    """Show that a proposal is valid when written, and read and written again the same."""
    data = write_proposal(proposal, base)
    assert check_schema(data) == ()
    document = read(data)
    assert document.value == proposal
    assert isinstance(document.value, Proposal)
    assert document.repairs == ()
    assert added_ids(document.value) == added_ids(proposal)
    assert write_proposal(document.value, base) == data
    return data.decode()


def added_ids(proposal: Proposal) -> list[str]:
    hunks = [h for edit in proposal.edits if isinstance(edit, ListEdit) for h in edit.hunks]
    return [each.id for hunk in hunks for item in hunk.items for each in walk((item,))]


def mods(data: str) -> list[str]:
    """Return what a person reads, one line a mod, without the elements."""
    import re

    found = re.findall(r"<mod [^>]*>(.*?)</mod>", data, flags=re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", mod).split()) for mod in found]


@ours.law(ours.drafts())
def test_a_proposal_is_read_back(draft: Draft) -> None:
    for proposal in draft.proposals:
        the_same(proposal, draft.base)


@ours.law(wild.odd_resolutions(), wild.odd_resolutions())
def test_a_proposal_between_any_trees_is_read_back(base: Resolution, revised: Resolution) -> None:
    the_same(propose(base, revised, "RUS/1/1"), base)


_LETTERS = st.sampled_from([*"ab ,5", "0", "é", "\ufffc", "\n", "信"])


@st.composite
def _words(draw: st.DrawFn) -> tuple[Word, ...]:
    """Draw words that no splitting made, marks in any order among them."""
    made = []
    for text in draw(st.lists(st.text(_LETTERS, min_size=1, max_size=4), max_size=3)):
        kinds = draw(st.permutations(["i", "b", "u"]))[: draw(st.integers(0, 3))]
        marks = tuple(Mark(0, len(text), kind) for kind in kinds)
        word = split(text, marks)[0]
        made.append(Word(word.key, word.text, tuple(m for m in marks if m.end <= len(word.text))))
    stand_ins = [split_word("7"), join_word("x"), *split("\ufffc", (Mark(0, 1, "footnote", "f"),))]
    return (*made, *draw(st.lists(st.sampled_from(stand_ins), max_size=2)))


@ours.law(_words(), _words())
def test_any_words_are_read_back(words: tuple[Word, ...], other: tuple[Word, ...]) -> None:
    edit = TextEdit("recs_1__rec_b", (Hunk(0, 1, words, "the"), Hunk(3, 5, other, " adopted in")))
    the_same(replace(propose(BASE, BASE, "RUS/1/1"), edits=(edit,)), BASE)


def test_what_a_person_reads() -> None:
    proposal = build.proposal(
        BASE, "RUS",
        "recalling", "a) Resolution 1 of this conference;", "b) the plans adopted in 2003,",
        "resolves", "1 that the secretariat keep one text and publish it;", "1bis that it act;",
        keeps=(NoChange("recs_1", True, "It works."), NoChange("dvs_1__para_1", False)),
    )  # fmt: skip
    data = the_same(proposal, BASE)
    assert mods(data) == [
        "MOD recalling b): “ plan” → “ plans”",
        "ADD resolves 1 + 1bisthat it act;",
        "SUP resolves 2",
        "MOD resolves 1: “… secretariat keep one text” + “ and publish it”",
        "NOC recalling",
        "NOC resolves 1",
    ]
    assert "<b>NOC</b>" in data
    assert '<p rs:keep="0">It works.</p>' in data


def test_moves_splits_and_joins() -> None:
    second, first = "dvs_1__para_2", "dvs_1__para_1"
    edits = (
        ListEdit("dvs_1", (), renumbered=True),
        TextEdit("recs_1__rec_a", (Hunk(2, 2, (split_word("b)"),)),)),
        TextEdit(
            first, (Hunk(7, 7, (join_word(second),)),), (Respelling(0, split("that", ())[0]),)
        ),
    )
    data = the_same(replace(propose(BASE, BASE, "RUS/1/1"), edits=edits), BASE)
    assert '<span rs:split="b)"/>' in data
    assert f'<span rs:join="{second}"/>' in data
    assert "(MOD) resolves: 1, 2, 3 …" in mods(data)
    revised = replace(BASE.provisions[0], children=BASE.provisions[0].children[::-1])
    data = the_same(propose(BASE, replace(BASE, provisions=(revised,)), "RUS/1/1"), BASE)
    assert mods(data) == ["ADD* resolves → resolution +", "SUP* resolves"]


def test_the_whole_resolution() -> None:
    nothing = Resolution(language=BASE.language)
    assert mods(the_same(propose(BASE, nothing, "RUS/1/1"), BASE)) == ["SUP resolution"]
    data = the_same(propose(nothing, BASE, "RUS/1/1"), nothing)
    assert "<amendmentHeading><p>ADD</p></amendmentHeading>" in data
    assert "<amendmentHeading><p>NOC</p></amendmentHeading>" in the_same(
        replace(propose(BASE, BASE, "RUS/1/1"), keeps=(NoChange(""),)), BASE
    )


def test_all_that_a_proposal_says() -> None:
    proposal = Proposal(
        id="ARM/BLR/RUS/62A1/1",
        language=BASE.language,
        base_digest="?",
        revision=3,
        proponents=(Proponent("ARM", "2018-10-05", "2018-10-29"), Proponent("a b", "", "soon")),
        date="2018-10-05",
        base="/akn/un/x & y",
        reasons="Because:\n  it is <so>.",
        illustrative="a position",
    )
    data = the_same(proposal, BASE)
    assert "/akn/un/amendment/modification/ARM/2018-10-05/ARM-BLR-RUS-62A1-1/eng@" in data
    assert '<FRBRalias name="proposalId" value="ARM/BLR/RUS/62A1/1"/>' in data


def test_ids_that_the_apparatus_uses_are_kept() -> None:
    added = Provision(
        id="mod_1", kind=Kind.ITEM, label="2bis", text="x",
        children=(moved("dvs_1__para_2"), Provision(id="RUS", kind=Kind.TEXT, text="y")),
    )  # fmt: skip
    edit = propose(BASE, BASE, "RUS/1/1")
    hunk = build.proposal(BASE, "RUS", "recalling", "resolves").edits[0]
    assert isinstance(hunk, ListEdit)
    edits = (replace(hunk, hunks=(replace(hunk.hunks[0], items=(added,)),)),)
    the_same(replace(edit, edits=edits), BASE)


def test_a_proposal_for_another_text_is_refused() -> None:
    wanted = ("recalling", "b) the plan adopted in 2015,", "resolves")
    proposal = read(write_proposal(build.proposal(BASE, "RUS", *wanted), BASE)).value
    assert isinstance(proposal, Proposal)
    other = build.resolution("recalling", "b) the project adopted in 2003,", "resolves")
    with pytest.raises(NotApplicable):
        apply(other, proposal)


def test_an_amendment_without_places_is_refused() -> None:
    data = write_proposal(propose(BASE, BASE, "RUS/1/1"), BASE)
    with pytest.raises(Invalid, match="does not say exactly which words"):
        read(data.replace(b"rs:patch", b"rs:other"), name="RUS.xml")
    with pytest.raises(Invalid, match="form 2 of resamend, known here is 1"):
        read(data.replace(b'patch form="1"', b'patch form="2"'))


def test_metadata_do_not_matter() -> None:
    base = replace(BASE, metadata=Metadata(work="/akn/un/x/res-1", date="2014-11-07"))
    data = the_same(build.proposal(base, "RUS", "recalling", "resolves"), base)
    assert 'href="/akn/un/x/res-1/eng@2014-11-07#recs_1__rec_a"' in data
