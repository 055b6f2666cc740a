"""Files that were meant to do harm, or were damaged: refused with a reason, or read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from resamend.akn import read, write_consolidated, write_proposal, write_resolution
from resamend.akn.lines import items_by_line
from resamend.akn.proposal_lines import read_proposal_by_line
from resamend.akn.proposal_reading import read_proposal
from resamend.akn.reading import ProvisionReader
from resamend.akn.text_reading import read_by_line, read_resolution
from resamend.amendment import NoChange, Proposal, propose
from resamend.amendment.edit_references import additions
from resamend.consolidation import merge
from resamend.difference import Hunk, TextEdit
from resamend.errors import InputError, ResamendError, Unreadable
from resamend.model import Mark, Resolution, walk
from resamend.safe import Limits, parse_xml
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


def at_length(data: bytes) -> Resolution:
    """Read a text without a glance at its lines."""
    return read_resolution(etree.fromstring(data)[0], ProvisionReader("x"))


@given(st.one_of(ours.bases(), wild.wild_resolutions()))
def test_a_glance_sees_what_reading_at_length_does(resolution: Resolution) -> None:
    data = write_resolution(resolution)
    glanced, read_ = read(data).value, at_length(data)
    assert glanced == read_
    assert [p.id for p in walk(read_.provisions)] == [p.id for p in walk(glanced.provisions)]  # type: ignore[union-attr]


_SPOILS = (
    "", "<", ">", "&", "&amp;", "]]>", "\x01", "\ufffe", "\r", "\t", "\n", '"', "<i>", "</i>",
    "<p/>", "</recital>", "</blockList>", "<blockList>", "<!--", "-->", "<![CDATA[", "<?x?>", "&x;",
    "&#10;",
    ' rs:wrap="true"', ' xmlns="urn:other"', "<intro><p>x</p></intro>", "<num>x</num>",
)  # fmt: skip


@given(st.one_of(ours.bases(), wild.wild_resolutions()), st.data())
def test_a_line_that_was_changed_by_hand_is_read_as_a_parser_reads_it(
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
    reader = ProvisionReader("x")
    by_line = read_by_line(changed, reader)
    if by_line is not None:
        parsed = ProvisionReader("x")
        known = read_resolution(parse_xml(changed, name="x")[0], parsed)
        assert by_line == known
        assert by_line.metadata == known.metadata
        assert [p.id for p in walk(by_line.provisions)] == [p.id for p in walk(known.provisions)]
        assert reader.repairs == parsed.repairs


def test_most_texts_of_our_form_are_read_by_line() -> None:
    assert read_by_line(write_resolution(_nested()), ProvisionReader("x")) == _nested()


@st.composite
def _written_proposals(draw: st.DrawFn) -> bytes:
    made = draw(ours.drafts())
    return write_proposal(draw(st.sampled_from(made.proposals)), made.base)


_ELSEWHERE = (
    '"0,1"', '"1"', '"text"', '"label"', '"list"', "#mod_1", "#", "</quotedText>",
    '<quotedText eId="x">a</quotedText>', ' rs:keep="plain"', "<b>NOC</b>", "-->",
    '<activeModifications xmlns:o="urn:o"/>', "<amendmentContent/>",
)  # fmt: skip


@given(_written_proposals(), st.data())
def test_a_proposal_that_was_changed_by_hand_is_read_as_a_parser_reads_it(
    written: bytes, data: st.DataObject
) -> None:
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
    by_line = read_proposal_by_line(changed, ProvisionReader("x"))
    if by_line is not None:
        parsed = ProvisionReader("x")
        known = read_proposal(parse_xml(changed, name="x")[0], parsed)
        assert by_line == known
        assert _added(by_line) == _added(known)
        assert parsed.repairs == []


def _added(proposal: Proposal) -> list[str]:
    return list(additions(proposal.edits))


def test_a_proposal_of_our_form_is_read_by_line() -> None:
    base, revised = _nested(), build.resolution("noting", "a) A & C;", "b) B", "resolves", "1 to")
    proposal = replace(
        propose(base, revised, "RUS/1/1"), keeps=(NoChange("dvs_1", True, "Why not?"),)
    )
    edits = (*proposal.edits, TextEdit("x", (Hunk(0, 1, split("it", (Mark(0, 2, "i"),)), "a"),)))
    for each in (proposal, replace(proposal, edits=edits)):
        assert read_proposal_by_line(write_proposal(each, base), ProvisionReader("x")) == each


def test_what_no_place_of_a_proposal_asks_for_is_read_by_the_parser_too() -> None:
    base, revised = _nested(), build.resolution("noting", "a) A & C;", "resolves", "1 to", "2 be")
    proposal = replace(
        propose(base, revised, "RUS/1/1"), keeps=(NoChange("dvs_1", True, "Why not?"),)
    )
    written = write_proposal(proposal, base).decode()
    places = re.compile(r" *<textualMod .*\n")
    spoilt = places.sub("", written).replace("<num>2</num>", "<num>2</b>")
    kept = written.replace(' rs:keep="emphasised"', '"of whom?"')
    assert read_proposal_by_line(written.encode(), ProvisionReader("x")) == proposal
    for bad in (spoilt, kept):
        assert bad != written
        assert read_proposal_by_line(bad.encode(), ProvisionReader("x")) is None


def _nested() -> Resolution:
    return build.resolution("noting", "a) A & B;", "resolves", "1 to <meet>:", "  a) twice;")


@pytest.mark.parametrize(
    "change",
    [
        (b"<mainBody>", b"<mainBody><!--\n"),
        (b"<mainBody>", b"<mainBody><![CDATA[\n"),
        (b"<mainBody>", b"<mainBody><?x\n"),
        (b"\n", b"\r\n"),
    ],
    ids=["comment", "CDATA", "instruction", "carriage return"],
)
def test_lines_are_not_trusted_where_they_may_lie(change: tuple[bytes, bytes]) -> None:
    assert items_by_line(FILES[0])
    assert items_by_line(FILES[0].replace(*change)) == {}


def test_lines_in_another_name_space_are_not_items() -> None:
    data = re.sub(rb"<division ", b'<division xmlns="urn:other" ', FILES[0])
    texts = [p.text for p in walk(read(data).value.provisions)]  # type: ignore[union-attr]
    assert any("that work go on" in text and "resolves" in text for text in texts)
