"""What other producers write: read for what it means, no word lost, all repairs told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resamend.akn import AknDocument, read, write_resolution
from resamend.errors import Invalid
from resamend.model import OBJECT, Kind, Language, Mark, Provision, Resolution, walk
from tests.programs import SAMPLES, folder

REAL = sorted(SAMPLES.glob("**/akn*/*.xml")) or [SAMPLES]
NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def document(body: str, *, meta: str = "", language: str = "eng") -> bytes:
    return f"""<?xml version="1.0"?>
    <akomaNtoso xmlns="{NS}">
      <statement name="resolution">
        <meta><identification source="#x"><FRBRExpression>
          <FRBRlanguage language="{language}"/></FRBRExpression></identification>{meta}</meta>
        {body}
      </statement>
    </akomaNtoso>""".encode()


def told(body: str, **more: str) -> tuple[list[tuple[str, str, str]], AknDocument]:
    """Return kind, label and text of each provision below the resolution."""
    found = read(document(body, **more))
    assert isinstance(found.value, Resolution)
    (whole,) = found.value.provisions
    said = [(str(p.kind), p.label, p.text) for p in walk(whole.children)]
    again = read(write_resolution(found.value))
    assert (again.value, again.repairs) == (found.value, ())
    return said, found


def first(found: AknDocument) -> Provision:
    assert isinstance(found.value, Resolution)
    return found.value.provisions[0].children[0]


def test_headings_in_italics_and_labels_in_the_text() -> None:
    said, found = told(
        """<preamble>
          <recitals eId="r"><intro><p><i>noting</i></p></intro>
            <recital eId="x"><p>a) the <b>plan</b>;</p></recital>
            <recital eId="x"><num> b) </num><p>
                the
                report,
            </p></recital>
            <recital><p>I think that 3 reports exist,</p></recital>
          </recitals></preamble>
        <mainBody><hcontainer name="resolves"><heading> <i>resolves</i></heading>
            <paragraph><content><p>1 that work go on;</p></content></paragraph>
            <paragraph><content><p>2\u00a0that fees end;</p></content></paragraph>
            <paragraph><content><p>2018 was the year</p></content></paragraph>
          </hcontainer></mainBody>"""
    )
    assert said == [
        ("preambular", "", "noting"),
        ("item", "a)", "the plan;"),
        ("item", "b)", "the report,"),
        ("item", "", "I think that 3 reports exist,"),
        ("operative", "", " resolves"),
        ("item", "1", "that work go on;"),
        ("item", "2", "that fees end;"),
        ("item", "", "2018 was the year"),
    ]
    assert first(found).children[0].marks == (Mark(4, 8, "b"),)
    ids = [p.id for p in walk((first(found),))]
    assert ids == ["r", "x", "recs_1__rec_b", "recs_1__rec_1"] or len(set(ids)) == 4
    told_ = "\n".join(found.repairs)
    assert "the label “a)” was typed in its text" in told_
    assert "ids given where there was none, or another's" in told_


def test_containers_and_block_lists() -> None:
    said, _ = told(
        """<preface>
          <longTitle><p><docType>DECISION</docType> <docNumber>5</docNumber></p></longTitle>
          <container name="title"><p>On fees</p><p>and revenue</p></container></preface>
        <preamble><formula name="enactingFormula"><p>The Conference,</p></formula>
          <container name="recalling"><blockList>
            <listIntroduction>recalling</listIntroduction>
            <item><num>a)</num><p>one;</p><p>more of it</p></item>
            <item><num>b)</num><blockList><listIntroduction>two:</listIntroduction>
              <item><num>i)</num><p>three</p></item></blockList></item>
          </blockList></container></preamble>
        <mainBody><division><num>A</num><heading>decides</heading><intro><p>as follows</p></intro>
          <paragraph><num>1</num><list><intro><p>to pay:</p></intro>
            <point><num>i)</num><content><p>now</p></content></point>
            <wrapUp><p>in full</p></wrapUp></list></paragraph></division>
          <section><content><p>A section without heading</p></content></section>
          <p>A paragraph</p></mainBody>
        <conclusions><p>Done in Geneva</p></conclusions>"""
    )
    assert said == [
        ("number", "", "DECISION 5"),
        ("title", "", "On fees"),
        ("text", "", "and revenue"),
        ("enacting", "", "The Conference,"),
        ("preambular", "", "recalling"),
        ("item", "a)", "one;"),
        ("text", "", "more of it"),
        ("item", "b)", "two:"),
        ("item", "i)", "three"),
        ("operative", "A", "decides"),
        ("text", "", "as follows"),
        ("item", "1", "to pay:"),
        ("item", "i)", "now"),
        ("text", "", "in full"),
        ("item", "", "A section without heading"),
        ("text", "", "A paragraph"),
        ("text", "", "Done in Geneva"),
    ]


def test_tables_lists_and_annexes() -> None:
    said, _ = told(
        """<mainBody><p/></mainBody><attachments><attachment><heading>ANNEX 1</heading>
          <doc name="annex"><meta/><mainBody>
            <table><caption>Fees</caption><tr><th><p>Year</p></th><td>2014</td></tr></table>
            <ul><li><p>one</p></li><li>two <b>three</b></li></ul>
          </mainBody></doc></attachment></attachments>"""
    )
    assert said[1:] == [
        ("annex", "", "ANNEX 1"),
        ("table", "", "Fees"),
        ("row", "", ""),
        ("cell", "", "Year"),
        ("cell", "", ""),
        ("text", "", "2014"),
        ("item", "", "one"),
        ("item", "", ""),
        ("text", "", "two"),
        ("text", "", "three"),
    ]


def test_footnotes_at_their_mark_or_in_the_metadata() -> None:
    said, found = told(
        """<mainBody><p>All<authorialNote marker="1"><p>one</p></authorialNote> States<noteRef
          href="#n2" marker="2"/> act<noteRef href="#none" marker="3"/></p></mainBody>""",
        meta='<notes source="#x"><note eId="n2" marker="2"><p>two</p></note></notes>',
    )
    assert said == [
        ("text", "", f"All{OBJECT} States{OBJECT} act3"),
        ("footnote", "1", "one"),
        ("footnote", "2", "two"),
    ]
    assert [mark.kind for mark in first(found).marks] == ["footnote", "footnote"]


def test_inline_elements_keep_their_words() -> None:
    said, found = told(
        """<mainBody><p>The <role refersTo="#sg">Secretary</role> <a href="http://x.y/z">see</a>
          <date date="2014-01-01">now</date> <placeholder>blank</placeholder><ins>new</ins><del>old
          </del> shall<!-- not? --> not<br/>act</p></mainBody>"""
    )
    assert said == [("text", "", "The Secretary see now blanknewold shall not\nact")]
    assert first(found).marks == (
        Mark(4, 13, "term", "#sg"),
        Mark(14, 17, "ref", "http://x.y/z"),
    )
    told_ = "\n".join(found.repairs)
    assert "the words of 1 × 'role' are kept as 'term'" in told_
    assert "the words of 1 × 'placeholder' are kept as plain text" in told_
    assert "a comment or instruction in a text is left out" in told_


def test_unknown_elements_are_kept_as_text_and_told() -> None:
    said, found = told(
        """<mainBody>stray <foreign><m:math xmlns:m="urn:m"><m:mi>x</m:mi> = 2</m:math></foreign>
          <x:y xmlns:x="urn:x">other  words</x:y><!-- c --><hcontainer name="empty"/></mainBody>"""
    )
    assert said == [
        ("text", "", "stray"),
        ("text", "", "x = 2"),
        ("text", "", "other words"),
        ("item", "", ""),
    ]
    assert len([each for each in found.repairs if "is kept as a paragraph" in each]) == 3


def test_the_language_is_found_or_asked_for() -> None:
    assert read(document("<mainBody/>", language="zho")).value.language is Language.ZH  # type: ignore[union-attr]
    said = document("<mainBody/>", language="mul").replace(
        b"<akomaNtoso", b"<akomaNtoso xml:lang='fr'"
    )
    assert read(said).value.language is Language.FR  # type: ignore[union-attr]
    with pytest.raises(Invalid, match="its language is 'deu'"):
        read(document("<mainBody/>", language="deu"), name="x.xml")


def test_what_is_no_statement_is_refused() -> None:
    for data, why in (
        (b"<resolution/>", "its root is resolution"),
        (f'<akomaNtoso xmlns="{NS}/CSD13"/>'.encode(), "its root is"),
        (f'<akomaNtoso xmlns="{NS}"/>'.encode(), "it holds no document"),
        (f'<akomaNtoso xmlns="{NS}"><amendmentList/></akomaNtoso>'.encode(), "several documents"),
    ):
        with pytest.raises(Invalid, match=why):
            read(data, name="x.xml")


def _words(text: str) -> str:
    return "".join(sorted(re.sub(r"\s", "", text)))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_files_lose_no_word(path: Path) -> None:
    folder("")
    from lxml import etree

    root = etree.fromstring(path.read_bytes())
    try:
        value = read(path.read_bytes(), name=path.name).value
    except Invalid:
        assert "amendment" in root[0].tag
        return
    assert isinstance(value, Resolution)
    texts = [part for p in walk(value.provisions) for part in (p.text, p.label)]
    notes = "".join(p.label for p in walk(value.provisions) if p.kind is Kind.FOOTNOTE)
    said = "".join(map(str, etree.ElementTree(root).xpath("//text()")))  # type: ignore[arg-type]
    assert _words("".join(texts).replace(OBJECT, "")) == _words(said + notes)
    assert read(write_resolution(value)).value == value
