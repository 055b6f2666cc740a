"""A text in force as Akoma Ntoso: whatever the tree, written it is valid and read back the same."""

from __future__ import annotations

import pytest

from resamend.akn import check_schema, read, write_resolution
from resamend.errors import Invalid
from resamend.model import OBJECT, Kind, Language, Mark, Metadata, Provision, Resolution, walk
from resamend.numbering import eids
from tests import build, wild
from tests import strategies as ours


def the_same(resolution: Resolution) -> bytes:
    """Show that a text is valid when written, and read and written again the same."""
    data = write_resolution(resolution)
    assert check_schema(data) == ()
    document = read(data)
    assert document.value == resolution
    assert isinstance(document.value, Resolution)
    assert document.value.metadata == resolution.metadata
    assert document.repairs == ()
    assert ids(document.value) == ids(resolution)
    assert write_resolution(document.value) == data
    return data


def ids(resolution: Resolution) -> list[str]:
    return [provision.id for provision in walk(resolution.provisions)]


def of(*provisions: Provision) -> Resolution:
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=provisions)
    return eids(Resolution(language=Language.EN, provisions=(whole,)))


def item(text: str, *, label: str = "1", kind: Kind = Kind.ITEM, **more: object) -> Provision:
    return Provision(id="?", kind=kind, label=label, text=text, **more)  # type: ignore[arg-type]


@ours.law(ours.bases())
def test_a_text_in_force_is_read_back(resolution: Resolution) -> None:
    the_same(resolution)


@ours.law(wild.wild_resolutions())
def test_any_tree_is_read_back(resolution: Resolution) -> None:
    the_same(resolution)


def test_ids_that_nobody_lacks_are_not_reported_as_given() -> None:
    inner = Provision(id="x", kind=Kind.RESOLUTION)
    outer = Provision(id="", kind=Kind.RESOLUTION, text="a", children=(inner,))
    the_same(Resolution(language=Language.EN, provisions=(outer,)))


def test_the_form() -> None:
    base = build.resolution(
        "noting", "a) the plan", "resolves", "1 that work go on:", "  i) now;", "  ii) later"
    )
    lines = the_same(base).decode().splitlines()
    at = next(k for k, line in enumerate(lines) if line.strip() == "<preamble>")
    assert [line.strip() for line in lines[at:-2]] == [
        "<preamble>",
        '<recitals eId="recs_1">',
        "<heading>noting</heading>",
        '<recital eId="recs_1__rec_a"><num>a)</num><p>the plan</p></recital>',
        "</recitals>",
        "</preamble>",
        "<mainBody>",
        '<division eId="dvs_1"><heading>resolves</heading>',
        '<paragraph eId="dvs_1__para_1"><num>1</num>',
        "<list>",
        "<intro><p>that work go on:</p></intro>",
        '<point eId="dvs_1__para_1__point_i"><num>i)</num><content><p>now;</p></content></point>',
        '<point eId="dvs_1__para_1__point_ii"><num>ii)</num>'
        "<content><p>later</p></content></point>",
        "</list>",
        "</paragraph>",
        "</division>",
        "</mainBody>",
    ]


def test_the_number_line_is_told_in_parts() -> None:
    line = "RESOLUTION 140 (REV. BUSAN, 2014)"
    data = the_same(of(item(line, label="", kind=Kind.NUMBER))).decode()
    assert "<docType>RESOLUTION</docType> <docNumber>140</docNumber>" in data
    assert "(<docStatus>REV. BUSAN, 2014</docStatus>)" in data


@pytest.mark.parametrize(
    "line", ["第140号决议（2014年，釜山，修订版）", "RESOLUTION", "A & B 1 (C)"]
)
def test_an_unusual_number_line_stays_whole(line: str) -> None:
    assert "docType" not in the_same(of(item(line, label="", kind=Kind.NUMBER))).decode()


def test_a_footnote_stands_at_its_mark() -> None:
    note = item("as defined", kind=Kind.FOOTNOTE)
    text = f"States{OBJECT} act"
    noted = item(text, marks=(Mark(6, 7, "footnote"),), children=(note,))
    data = the_same(of(item("resolves", label="", kind=Kind.OPERATIVE, children=(noted,))))
    assert "<p>States<authorialNote marker=" in data.decode()


def test_white_space_is_exact_and_line_breaks_are_elements() -> None:
    text = "  a\u00a0 b\tc\nd \r\u2028 "
    data = the_same(of(item(text)))
    assert f"<p>{'  a'}\u00a0 b\tc<eol/>d &#13;\u2028 </p>".encode() in data


def test_overlapping_marks_are_cut_and_joined_again() -> None:
    marks = (Mark(0, 8, "i"), Mark(3, 6, "ref", "#x"), Mark(5, 11, "b"))
    data = the_same(of(item("one two six", marks=marks))).decode()
    assert '<i>one<ref href="#x"> t<b>w</b></ref><b>o </b></i><b>six</b>' in data


def test_white_space_of_an_editor_is_none() -> None:
    data = write_resolution(of(item("that work go on", label="1")))
    spread = data.replace(b"<p>that work", b"<p>\n            that\n            work").replace(
        b"go on</p>", b"go on\n          </p>"
    )
    assert read(spread).value == read(data).value


def test_metadata_that_the_schema_cannot_hold_are_kept() -> None:
    odd = Metadata(work="", number="140", adopted="2002", authority="the Conference", date="soon")
    base = of(item("x"))
    the_same(Resolution(language=Language.ZH, provisions=base.provisions, metadata=odd))


def test_the_identification() -> None:
    base = Resolution(
        language=Language.FR,
        provisions=of(item("x")).provisions,
        metadata=Metadata(
            work="/akn/un/statement/deliberation/itu-pp/2002-10-18/res-140",
            number="res-140",
            adopted="2002-10-18",
            authority="itu-pp",
            revision="Rev. Busan, 2014",
            date="2014-11-07",
            illustrative="a position in WG-WSIS-31/16",
        ),
    )
    data = the_same(base).decode()
    assert '/itu-pp/2002-10-18/res-140/fra@2014-11-07/!main"' in data
    assert 'name="revision" value="Rev. Busan, 2014"' in data
    assert '<rs:illustrative of="a position in WG-WSIS-31/16"/>' in data


def test_what_xml_cannot_hold_is_refused() -> None:
    for letter, code in (("\x1b", "U+001B"), ("\ud800", "U+D800"), ("\uffff", "U+FFFF")):
        with pytest.raises(Invalid, match="cannot be written in XML") as refused:
            write_resolution(of(item(letter)))
        assert code in str(refused.value)


def test_a_provision_with_two_ids_keeps_the_permanent_one() -> None:
    data = write_resolution(of(item("x"))).replace(b'eId="para_1"', b'eId="para_3" wId="para_1"')
    assert ids(read(data).value)[1] == "para_1"  # type: ignore[arg-type]


def test_ids_given_twice_by_hand_are_mended() -> None:
    base = build.resolution("resolves", "1 one", "2 two")
    data = write_resolution(base).replace(b'"dvs_1__para_2"', b'"dvs_1__para_1"')
    document = read(data)
    assert document.value == base
    assert len(set(ids(base))) == len(set(ids(document.value)))  # type: ignore[arg-type]
    assert "ids given" in document.repairs[0]


def test_what_is_put_in_by_hand_is_not_lost() -> None:
    base = build.resolution("resolves", "1 one")
    data = write_resolution(base)
    put = data.replace(b"</division>", b"and two<block name='x'>and three</block></division>")
    document = read(put)
    said = [provision.text for provision in walk(document.value.provisions)]  # type: ignore[union-attr]
    assert "and two" in said
    assert "and three" in said
    assert len(document.repairs) == 3


def test_a_comment_parts_no_sentence() -> None:
    base = build.resolution("resolves", "1 that States shall not act")
    data = write_resolution(base).replace(b"shall not", b"shall<!-- ? --> <?x y?>not")
    document = read(data)
    assert document.value == base
    assert len(document.repairs) == 2
