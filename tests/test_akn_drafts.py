"""A consolidated draft as Akoma Ntoso: from the marks, everybody's text comes back."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.akn import check_schema, read, write_consolidated, write_resolution
from resamend.amendment import NoChange, apply, propose
from resamend.consolidation import Consolidated, merge, project
from resamend.difference import LabelEdit, ListEdit, TextEdit
from resamend.errors import Invalid
from resamend.model import Kind, Provision, Resolution
from tests import build, wild
from tests import strategies as ours
from tests.strategies import Draft
from tests.test_akn_proposals import added_ids


def the_same(draft: Consolidated) -> str:
    """Show that a draft is valid when written, and read and written again the same."""
    data = write_consolidated(draft)
    assert check_schema(data) == ()
    document = read(data)
    again = document.value
    assert isinstance(again, Consolidated)
    assert document.repairs == ()
    assert again.base == draft.base
    assert again == draft
    assert (again.texts, again.lists, again.labels) == (draft.texts, draft.lists, draft.labels)
    assert list(map(added_ids, again.proposals)) == list(map(added_ids, draft.proposals))
    assert write_consolidated(again) == data
    return data.decode()


@ours.law(ours.drafts(least=1))
def test_a_draft_is_read_back(draft: Draft) -> None:
    the_same(merge(draft.base, draft.proposals))


@ours.law(wild.odd_resolutions(), wild.odd_resolutions(), wild.odd_resolutions())
def test_a_draft_over_any_tree_is_read_back(
    base: Resolution, one: Resolution, other: Resolution
) -> None:
    the_same(merge(base, [propose(base, one, "RUS/1/1"), propose(base, other, "CHN/2/1")]))


@ours.law(ours.drafts())
def test_each_text_comes_back_byte_for_byte(draft: Draft) -> None:
    again = read(write_consolidated(merge(draft.base, draft.proposals))).value
    assert isinstance(again, Consolidated)
    assert write_resolution(project(again, None)) == write_resolution(draft.base)
    for proposal in draft.proposals:
        wanted = write_resolution(apply(draft.base, proposal))
        assert write_resolution(project(again, proposal.id)) == wanted


@ours.law(ours.drafts(), st.randoms())
def test_order_does_not_matter(draft: Draft, random: st.DataObject) -> None:
    proposals = list(draft.proposals)
    first = write_consolidated(merge(draft.base, proposals))
    random.shuffle(proposals)  # type: ignore[attr-defined]
    assert write_consolidated(merge(draft.base, proposals)) == first


BASE = build.resolution(
    "noting", "a) the plan adopted in 2003,", "resolves", "1 that work go on", "2 that fees end"
)


def laid(**wanted: tuple[str, ...]) -> str:
    return the_same(build.laid(BASE, **wanted)[0])


def test_words_are_marked_where_they_stand() -> None:
    data = laid(
        CHN=("noting", "a) the outcome adopted in 2003 and 2015,", *BASE_REST),
        RUS=("noting", "a) the plans adopted in 2003,", *BASE_REST),
        USA=("noting", "a) the adopted in 2003 and 2015,", *BASE_REST),
    )
    assert (
        '<p>the<del refersTo="#s1 #s2 #s3"> plan</del><ins refersTo="#s1"> outcome</ins>'
        '<ins refersTo="#s2"> plans</ins> adopted in 2003<ins refersTo="#s1 #s3"> and 2015</ins>,'
        "</p>" in data
    )


BASE_NOTED = ("a) the plan adopted in 2003,",)
BASE_REST = ("resolves", "1 that work go on", "2 that fees end")


def test_dels_are_cut_at_every_boundary() -> None:
    data = laid(
        CHN=("noting", "a) the in 2003,", *BASE_REST),
        RUS=("noting", "a) the plan 2003,", *BASE_REST),
    )
    assert (
        '<del refersTo="#s1"> plan</del><del refersTo="#s1 #s2"> adopted</del>'
        '<del refersTo="#s2"> in</del>' in data
    )


def test_provisions_are_marked_as_a_whole() -> None:
    data = laid(
        CHN=("noting", *BASE_REST, "3 to publish a report"),
        RUS=("noting", *BASE_NOTED, "resolves", "1 that work go on", "3 to publish a report"),
    )
    assert '<recital eId="recs_1__rec_a" rs:struck="#s1">' in data
    assert '<paragraph eId="dvs_1__para_2" rs:struck="#s2">' in data
    assert ' rs:gap="2" rs:added="#s1 #s2"><num>3</num>' in data


def test_a_moved_provision_is_printed_once() -> None:
    data = laid(RUS=("noting", "resolves", "1 that work go on", "  a) the plan adopted in 2003,"))
    assert data.count("the plan adopted in 2003") == 1
    assert '<recital eId="recs_1__rec_a" rs:goes="#s1">' in data
    assert '<point rs:moved="recs_1__rec_a" rs:gap="0" rs:added="#s1"/>' in data


def test_what_stands_off() -> None:
    data = laid(
        CHN=("noting", "a) the plan adopted in\u00a02003,", "resolves", "1 x", "1bis y", "7 z"),
        RUS=("noting", "a) the plan adopted in 2003,", "resolves", "9 that work go on", "3 x"),
    )
    assert '<rs:variant target="recs_1__rec_a" at="4" of="#s1"><span>\u00a02003</span>' in data
    assert '<rs:label target="dvs_1__para_1" of="#s2" is="9"/>' in data
    assert " order=" not in data


def test_labels_and_ids_that_sources_do_not_share() -> None:
    added = Provision(id="new_1", kind=Kind.ITEM, label="2bis", text="that it act")
    one = build.proposal(
        BASE, "RUS", "noting", "a) the plan adopted in 2003,", *BASE_REST, "2bis x"
    )
    (edit,) = one.edits
    assert isinstance(edit, ListEdit)

    def of(source: str, id: str, label: str) -> object:
        item = replace(added, id=id, label=label, children=(replace(added, id=f"{id} below"),))
        hunk = replace(edit.hunks[0], items=(item,))
        return replace(one, id=source, edits=(replace(edit, hunks=(hunk,)),))

    proposals = [of("A/1/1", "x", "3"), of("B/1/1", "y", "4"), of("C/1/1", "x", "3")]
    data = the_same(merge(BASE, proposals))  # type: ignore[arg-type]
    assert 'rs:label.s2="4"' in data
    assert 'rs:ids="#s2" rs:ids.s2="y y%20below"' in data


def test_orders_that_contradict_each_other_are_kept() -> None:
    items = ("3 x", "4 y", "5 z")
    first = ("noting", "a) the plan adopted in 2003,", *BASE_REST)
    data = laid(A=(*first, *items), B=(*first, *items[::-1]), C=(*first, *items[:2]))
    assert data.count("<rs:order list=") == 3


def test_edits_in_another_order_come_back_in_it() -> None:
    wanted = ("noting", "a) the plans adopted in 2003,", "resolves", "2 that work go", "3 x")
    proposal = build.proposal(BASE, "RUS", *wanted)
    assert len(proposal.edits) > 2
    turned = replace(proposal, edits=proposal.edits[::-1])
    assert " order=" in the_same(merge(BASE, [turned]))


def test_the_sources_are_described() -> None:
    wanted = ("noting", "a) the plans adopted in 2003,", *BASE_REST)
    one = replace(
        build.proposal(BASE, "RUS", *wanted, keeps=(NoChange("dvs_1", True, "It works.\nWell."),)),
        revision=2,
        date="2018-10-05",
        reasons="Because.",
        illustrative="a position",
    )
    data = the_same(merge(BASE, [one]))
    assert '<rs:draft form="1" date="2018-10-05" baseSha256=' in data
    assert '<TLCReference name="source" eId="s1"' in data


def test_a_new_resolution_and_one_that_goes() -> None:
    nothing = Resolution(language=BASE.language)
    whole = [propose(nothing, BASE, source) for source in ("A/1/1", "B/1/1")]
    assert 'rs:gap="0" rs:added="#s1 #s2">' in the_same(merge(nothing, whole))
    gone = propose(BASE, nothing, "RUS/1/1")
    assert '<rs:resolution rs:form="1" rs:struck="#s1"/>' in the_same(merge(BASE, [gone]))


def test_nobody_has_said_anything() -> None:
    assert "<rs:source" not in the_same(merge(BASE, []))


def test_findings_stand_with_the_rest() -> None:
    finding = '<c:conflict xmlns:c="urn:x" id="4f"><c:option n="1"/></c:conflict>'
    draft = merge(BASE, [])
    data = write_consolidated(draft, findings=[finding])
    assert check_schema(data) == ()
    assert f"{finding}\n".encode() in data
    assert read(data).value == draft


def test_a_base_changed_by_hand_is_refused() -> None:
    data = write_consolidated(merge(BASE, []))
    with pytest.raises(Invalid, match="not the one that its proposals were made for"):
        read(data.replace(b"that fees end", b"that fees rise"))


def test_marks_that_cut_a_word_are_refused() -> None:
    wanted = ("noting", "a) the plans adopted in 2003,", *BASE_REST)
    data = write_consolidated(merge(BASE, [build.proposal(BASE, "RUS", *wanted)]))
    cut = data.replace(b'the<del refersTo="#s1"> plan</del>', b'the p<del refersTo="#s1">lan</del>')
    with pytest.raises(Invalid, match="cuts a word in two"):
        read(cut)


def test_a_proposal_that_edits_nothing_is_refused() -> None:
    for edits in (
        (TextEdit("dvs_1"),),
        (ListEdit("dvs_1"),),
        (LabelEdit("dvs_1", "1"), LabelEdit("dvs_1", "2")),
    ):
        proposal = replace(propose(BASE, BASE, "RUS/1/1"), edits=edits)
        with pytest.raises(Invalid, match=r"twice|changes nothing"):
            write_consolidated(merge(BASE, [proposal]))
