"""Files that were meant to do harm, or were damaged: refused with a reason, or read."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from resamend.akn import read, write_consolidated, write_proposal, write_resolution
from resamend.amendment import NoChange, Proposal, apply, propose
from resamend.consolidation import Consolidated, merge
from resamend.difference import Hunk, TextEdit
from resamend.errors import InputError, Invalid, NotApplicable, ResamendError, Unreadable
from resamend.model import Mark, Resolution, walk
from resamend.safe import Limits
from resamend.words import split
from tests import build, wild
from tests import strategies as ours

BASE = build.resolution(
    "noting", "a) the plan adopted in 2003,", "resolves", "1 that work go on", "  i) now", "2 x & y"
)
WANTED = ("noting", "resolves", "1 that work go well", "  i) now", "  ii) then", "3 x & z", "2 a)")
OTHER = (
    "resolves",
    "1 x",
    "3 x & z",
    "noting",
    "a) the plans adopted in 2003,",
    "2 that work go on",
)
PROPOSALS = [build.proposal(BASE, "RUS", *WANTED), build.proposal(BASE, "CHN", *OTHER)]
FILES = [
    write_resolution(BASE),
    *(write_proposal(proposal, BASE) for proposal in PROPOSALS),
    write_consolidated(merge(BASE, PROPOSALS)),
]


@pytest.mark.parametrize("tag", ["recital", "i", "tblock", "hcontainer", "list", "authorialNote"])
def test_what_is_nested_too_deep_is_refused(tag: str) -> None:
    name = ' name="x"' if tag == "hcontainer" else ""
    deep = f"<{tag}{name}>" * 200 + f"</{tag}>" * 200
    data = write_resolution(BASE).replace(b"that work go on", deep.encode())
    with pytest.raises(Unreadable, match="nested too deep"):
        read(data, name="RUS.xml")


def test_limits_can_be_lowered() -> None:
    with pytest.raises(Unreadable, match="too many elements"):
        read(FILES[0], limits=Limits(elements=5))
    with pytest.raises(Unreadable, match="nested too deep"):
        read(FILES[0], limits=Limits(depth=2))


@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    """Change elements, attributes and text at random: nothing but our own errors may come out."""
    root = etree.fromstring(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        _damage(draw.draw, list(root.iter()))
    try:
        read(etree.tostring(root), name="x.xml")
    except InputError as refused:
        assert str(refused)


def _damage(draw: st.DrawFn, elements: list[etree._Element]) -> None:
    element = draw(st.sampled_from(elements))
    parent = element.getparent()
    deed = draw(st.sampled_from(["drop", "twice", "text", "attribute", "attribute", "swap"]))
    other = draw(st.sampled_from(elements))
    if deed == "drop" and parent is not None:
        parent.remove(element)
    elif deed == "twice":
        element.append(etree.fromstring(etree.tostring(other, with_tail=False)))
    elif deed == "text":
        element.text = draw(st.sampled_from(["", "x", "9", "a) b", " "]))
    elif deed == "swap":
        element.tag = other.tag
    elif element.keys():
        name = draw(st.sampled_from(element.keys()))
        element.set(
            name, draw(st.sampled_from(["", "x", "-1", "9", "1,0", "#s9 #s1", "moved", "1 1"]))
        )


@given(st.sampled_from(FILES), st.data())
def test_damaged_bytes_are_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, min(len(data), start + 40)))
    try:
        read(data[:start] + draw.draw(st.binary(max_size=3)) + data[end:], name="x.xml")
    except ResamendError as refused:
        assert isinstance(refused, InputError)


_SPOILS = (
    "", "<", ">", "&", "&amp;", "]]>", "\x01", "\ufffe", "\r", "\t", "\n", '"', "<i>", "</i>",
    "<p/>", "</recital>", "</blockList>", "<blockList>", "<!--", "-->", "<![CDATA[", "<?x?>", "&x;",
    "&#10;",
    ' rs:wrap="true"', ' xmlns="urn:other"', "<intro><p>x</p></intro>", "<num>x</num>",
)  # fmt: skip


@given(st.one_of(ours.bases(), wild.wild_resolutions()), st.data())
def test_a_text_that_was_changed_by_hand_is_refused_or_read_for_good(
    resolution: Resolution, data: st.DataObject
) -> None:
    lines = write_resolution(resolution).decode().split("\n")
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(lines) - 1))
        place = data.draw(st.integers(0, len(lines[at])))
        spoil = data.draw(st.sampled_from(_SPOILS))
        end = data.draw(st.sampled_from([place, place, place + 1, len(lines[at])]))
        lines[at] = lines[at][:place] + spoil + lines[at][end:]
    changed = "\n".join(lines).encode()
    value = _read_or_refused(changed)
    if isinstance(value, Resolution):
        again = read(write_resolution(value)).value
        assert isinstance(again, Resolution)
        assert again == value
        assert again.metadata == value.metadata
        assert [p.id for p in walk(again.provisions)] == [p.id for p in walk(value.provisions)]


def _read_or_refused(data: bytes) -> Resolution | Proposal | Consolidated | None:
    """Read a file, or ``None`` if it is refused: as any that expat calls not well-formed must be.

    Expat is another parser, and less strict about the addresses of namespaces.
    """
    try:
        value = read(data, name="x.xml").value
    except InputError as refused:
        assert str(refused).startswith("x.xml")
        return None
    ElementTree.fromstring(data)
    return value


@st.composite
def _written_proposals(draw: st.DrawFn) -> tuple[bytes, Resolution]:
    draft = draw(ours.drafts())
    return write_proposal(draw(st.sampled_from(draft.proposals)), draft.base), draft.base


_ELSEWHERE = (
    '"0,1"', '"1"', '"text"', '"label"', '"list"', "#mod_1", "#", "</quotedText>",
    '<quotedText eId="x">a</quotedText>', ' rs:keep="plain"', "<b>NOC</b>", "-->",
    '<activeModifications xmlns:o="urn:o"/>', "<amendmentContent/>",
)  # fmt: skip


@given(_written_proposals(), st.data())
def test_a_proposal_that_was_changed_by_hand_is_refused_or_read_for_good(
    proposed: tuple[bytes, Resolution], data: st.DataObject
) -> None:
    written, base = proposed
    lines = written.decode().split("\n")
    places = next((n for n, line in enumerate(lines) if "<activeMod" in line), 0)
    first = data.draw(st.sampled_from([0, places]))
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(first, len(lines) - 1))
        if data.draw(st.booleans()):
            other = data.draw(st.integers(first, len(lines) - 1))
            lines[at : at + data.draw(st.integers(0, 1))] = [lines[other]]
            continue
        edges = [found.start() for found in re.finditer(r'["<>#]|$', lines[at])]
        place = data.draw(st.sampled_from(edges))
        spoil = data.draw(st.sampled_from(_SPOILS + _ELSEWHERE))
        end = data.draw(st.sampled_from([place, place, place + 1, *edges]))
        lines[at] = lines[at][:place] + spoil + lines[at][end:]
    changed = "\n".join(lines).encode()
    value = _read_or_refused(changed)
    if isinstance(value, Proposal) and _applies(base, value):
        assert read(write_proposal(value, base)).value == value


def _applies(base: Resolution, proposal: Proposal) -> bool:
    try:
        apply(base, proposal)
    except (NotApplicable, Invalid):
        return False
    return True


def test_a_proposal_of_our_form_is_read_as_it_was_written() -> None:
    base, revised = _nested(), build.resolution("noting", "a) A & C;", "b) B", "resolves", "1 to")
    proposal = replace(
        propose(base, revised, "RUS/1/1"), keeps=(NoChange("dvs_1", True, "Why not?"),)
    )
    edits = (*proposal.edits, TextEdit("x", (Hunk(0, 1, split("it", (Mark(0, 2, "i"),)), "a"),)))
    for written in (proposal, replace(proposal, edits=edits)):
        assert read(write_proposal(written, base)).value == written


def test_what_no_place_of_a_proposal_asks_for_must_be_well_formed_too() -> None:
    base, revised = _nested(), build.resolution("noting", "a) A & C;", "resolves", "1 to", "2 be")
    proposal = replace(
        propose(base, revised, "RUS/1/1"), keeps=(NoChange("dvs_1", True, "Why not?"),)
    )
    written = write_proposal(proposal, base).decode()
    places = re.compile(r" *<textualMod .*\n")
    spoilt = places.sub("", written).replace("<num>2</num>", "<num>2</b>")
    kept = written.replace(' rs:keep="emphasised"', '"of whom?"')
    assert read(written.encode()).value == proposal
    for bad in (spoilt, kept):
        assert bad != written
        with pytest.raises(Unreadable, match="not well-formed"):
            read(bad.encode())


def _nested() -> Resolution:
    return build.resolution("noting", "a) A & B;", "resolves", "1 to <meet>:", "  a) twice;")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<!--\n", "\n-->"), ("<?x\n", "\n?>"), ("<![CDATA[\n", "\n]]>")],
    ids=["comment", "instruction", "CDATA"],
)
def test_what_only_looks_like_items_is_none(opening: str, closing: str) -> None:
    """Items written inside a comment, an instruction or CDATA are no items, and it is reported."""
    data = FILES[0].decode().replace("<mainBody>", f"<mainBody>{opening}")
    document = read(data.replace("</mainBody>", f"{closing}</mainBody>").encode())
    assert document.repairs
    texts = [p.text for p in walk(document.value.provisions)]  # type: ignore[union-attr]
    assert "that work go on" not in texts


def test_line_ends_of_other_systems_change_nothing() -> None:
    for data in FILES[:3]:
        assert read(data.replace(b"\n", b"\r\n")).value == read(data).value


def test_elements_in_another_name_space_are_not_items() -> None:
    data = re.sub(rb"<division ", b'<division xmlns="urn:other" ', FILES[0])
    texts = [p.text for p in walk(read(data).value.provisions)]  # type: ignore[union-attr]
    assert any("that work go on" in text and "resolves" in text for text in texts)
