"""Files of our own form that were changed by hand: no letter goes astray, and no change is hidden.

The letters are counted by another parser (expat) than the one that reads.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from resamend.akn import AknDocument, read, write_consolidated, write_proposal, write_resolution
from resamend.akn.names import NS, RS, akn, rs
from resamend.consolidation import merge
from resamend.errors import InputError, Invalid
from resamend.model import OBJECT, Resolution, walk
from tests import build, wild
from tests import strategies as ours

BASE = build.resolution(
    "noting", "a) the plan", "resolves", "1 that work go on", "2 to report", "  i) now", "3 to end"
)


def letters_lost(written: bytes, document: AknDocument) -> Counter[str]:
    """Return the letters that a file prints beyond those of the text that was read from it."""
    assert isinstance(document.value, Resolution)
    printed: Counter[str] = Counter()
    for part in ElementTree.fromstring(written)[0]:
        if part.tag != akn("meta"):
            printed.update("".join("".join(part.itertext()).split()))
        printed.update((part.tail or "").strip())
    for provision in walk(document.value.provisions):
        printed -= Counter(provision.label + provision.text)
    del printed[OBJECT]
    return +printed


@given(st.one_of(ours.bases(), wild.wild_resolutions()), st.data())
def test_no_letter_of_a_text_that_was_changed_by_hand_is_lost_unsaid(
    resolution: Resolution, data: st.DataObject
) -> None:
    root = etree.fromstring(write_resolution(resolution))
    for _ in range(data.draw(st.integers(1, 3))):
        put_by_hand(data, [e for part in root[0] if part.tag != akn("meta") for e in part.iter()])
    written = etree.tostring(root)
    try:
        document = read(written, name="x.xml")
    except InputError:
        return
    assert not letters_lost(written, document) or any(
        "have no place in the text" in repair for repair in document.repairs
    )


_PUT = (
    f'<num xmlns="{NS}">zq</num>', f'<heading xmlns="{NS}">zq</heading>',
    f'<p xmlns="{NS}" xmlns:rs="{RS}" rs:empty="true">zq</p>', f'<eol xmlns="{NS}">zq</eol>',
    f'<longTitle xmlns="{NS}">q<p>z</p></longTitle>', f'<p xmlns="{NS}">zq</p>',
    f'<noteRef xmlns="{NS}" href="#x">zq</noteRef>',
    f'<span xmlns="{NS}" xmlns:rs="{RS}" rs:join="x">zq</span>',
    f'<recital xmlns="{NS}" xmlns:rs="{RS}" rs:moved="x"><p>zq</p></recital>',
)  # fmt: skip


def put_by_hand(data: st.DataObject, elements: list[etree._Element]) -> None:
    if not elements:
        return
    element = data.draw(st.sampled_from(elements))
    deed = data.draw(st.sampled_from(["text", "tail", "empty", "first", "last"]))
    if deed == "text":
        element.text = f"{element.text or ''} zq"
    elif deed == "tail":
        element.tail = f"zq {element.tail or ''}"
    elif deed == "empty":
        element.set(rs("empty"), "true")
    else:
        put = etree.fromstring(data.draw(st.sampled_from(_PUT)))
        element.insert(0 if deed == "first" else len(element), put)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<num>1</num>", "<num>1</num><num>zq</num>"),
        ("<intro>", '<intro><p rs:empty="true">zq</p>'),
        ("<p>that work", '<p>that<eol>zq</eol> work'),
        ("<p>that work", '<p>that<span rs:split="4">zq</span> work'),
        ("<p>that work", '<p>that<noteRef href="#x">zq</noteRef> work'),
        ("<p>that work", '<p>that<span rs:mark="odd">zq</span> work'),
        ("<p>that work", '<p>that<ref href="#x" rs:more="99">zq</ref> work'),
        ("</division>", '<paragraph rs:moved="x"><content><p>zq</p></content></paragraph>'
         "</division>"),
        ("<division", "<longTitle>zq<p>q</p></longTitle><division"),
    ],
    ids=["num", "empty", "eol", "split", "note", "odd", "more", "moved", "longTitle"],
)  # fmt: skip
def test_words_that_have_no_place_in_our_form_are_kept_as_text(old: str, new: str) -> None:
    written = write_resolution(BASE).decode().replace(old, new, 1)
    document = read(written.encode())
    assert isinstance(document.value, Resolution)
    texts = [provision.text for provision in walk(document.value.provisions)]
    assert any("zq" in text for text in texts)
    assert "1" in [provision.label for provision in walk(document.value.provisions)]
    assert not letters_lost(written.encode(), document)


WANTED = ("noting", "a) the plan", "resolves", "1 that work go well", "2 to say", "4 to go on")
PROPOSAL = write_proposal(build.proposal(BASE, "RUS", *WANTED), BASE).decode()


def test_a_part_of_another_stream_than_its_edit_is_refused() -> None:
    places = re.findall(r" *<textualMod .*\n", PROPOSAL)
    texts = [place for place in places if 'rs:of="text"' in place]
    others = [place for place in places if 'rs:of="text"' not in place]
    assert texts
    assert others
    of_text = re.search(r'rs:edit="(\d+)"', texts[0])[0]  # type: ignore[index]
    for place in (*others, *texts[1:]):
        moved = re.sub(r'rs:edit="\d+"', of_text, place)
        changed = PROPOSAL.replace(place, "").replace(texts[0], texts[0] + moved)
        if changed != PROPOSAL:
            with pytest.raises(Invalid, match="one edit is of several texts or lists"):
                read(changed.encode())


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (r" *<textualMod .*\n", "", "no place says what a mod changes"),
        (r"(<quotedText[^>]*>[^<]*</quotedText>)(”</mod>)", r"\1\1\2", "no place"),
        (r'rs:at="\d+,\d+"', 'rs:at="9,1"', "ends before it begins"),
        (r"(<quotedStructure[^>]*>)", r"\1<num>9</num>", "one provision is wanted"),
        (r"(<quotedStructure[^>]*>)", r"\1<heading>x</heading>", "one provision is wanted"),
        (r"(<quotedText[^>]*_2\"[^>]*)>", r'\1 rs:words="each">', "beside the spans"),
    ],
    ids=["unplaced", "quoted", "range", "number", "heading", "words"],
)
def test_what_a_proposal_prints_and_does_not_ask_for_is_refused(
    old: str, new: str, why: str
) -> None:
    changed = re.sub(old, new, PROPOSAL, count=1)
    assert changed != PROPOSAL
    with pytest.raises(Invalid, match=why):
        read(changed.encode())


def test_words_at_the_place_of_a_move_in_a_draft_are_refused() -> None:
    moving = build.proposal(
        BASE,
        "RUS",
        "noting",
        "a) the plan",
        "resolves",
        "1 to report",
        "  i) now",
        "2 that work go on",
    )
    draft = write_consolidated(merge(BASE, [moving])).decode()
    changed = re.sub(r"(rs:moved=[^>]*)/>", r"\1><p>zq</p></paragraph>", draft, count=1)
    assert changed != draft
    with pytest.raises(Invalid, match="words stand in a place"):
        read(changed.encode())
