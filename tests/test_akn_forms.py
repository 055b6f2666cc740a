"""Akoma Ntoso that others made is read in the form of its text, as the same words in plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend.dossier.parsing import arrive, read
from resamend.model import Kind, Resolution, walk
from resamend.outlines import lines_of_outline
from resamend.renderers.plain import written
from tests.test_akn_foreign import document

UN = """<preface>
  <p><docNumber>A/C.2/80/L.77</docNumber> <docTitle>Night buses</docTitle></p></preface>
<preamble><formula name="enactingFormula"><p>The General Assembly,</p></formula>
  <recitals><recital eId="r1"><p><i>Recalling</i> the report of bakers,</p></recital>
    <recital eId="r2"><p><i>Bearing in mind</i>:</p></recital>
    <recital eId="r3"><p><i>Noting</i> the trial,</p></recital></recitals></preamble>
<mainBody>
  <paragraph eId="p1"><num>1.</num><content><p>Welcomes the trial;</p></content></paragraph>
  <paragraph eId="p2"><num>2.</num><list><intro><p>Calls upon authorities:</p></intro>
    <point><num>(a)</num><content><p>To run a bus;</p></content></point>
    <point><num>(b)</num><content><p>To print a table;</p></content></point></list></paragraph>
  <paragraph eId="p3"><num>2 bis.</num><content><p>Thanks drivers;</p></content></paragraph>
  <paragraph eId="p4"><num>3.</num><content><p>Decides to wait.</p></content></paragraph>
</mainBody>"""
UN_OUTLINE = """\
number |  | number | A/C.2/80/L.77
title |  | title | Night buses
formula |  | formula | The General Assembly,
pp |  | PP1 | Recalling the report
pp |  | PP2 | Bearing in mind:
pp |  | PP3 | Noting the trial,
item | 1. | OP1 | Welcomes the trial;
item | 2. | OP2 | Calls upon authorities:
  item | (a) | OP2(a) | To run a
  item | (b) | OP2(b) | To print a
item | 2 bis. | OP2 bis | Thanks drivers;
item | 3. | OP3 | Decides to wait.
"""
TREATY = """<preface><p><docTitle>Agreement on bicycles</docTitle></p></preface>
<preamble><p>The Parties to this Agreement,</p><p>Wishing to ride,</p>
  <p>Have agreed as follows:</p></preamble>
<mainBody><part><num>PART I</num><heading>Bicycles</heading>
  <article eId="a1"><num>Article 1</num><heading>Stock</heading>
    <paragraph><num>1.</num><content><p>Each Party keeps one.</p></content></paragraph>
    <paragraph><num>2.</num><list><intro><p>A bicycle has:</p></intro>
      <point><num>(a)</num><content><p>a lamp;</p></content></point></list></paragraph></article>
  <article eId="a2"><num>Article 2 bis</num><heading>Loans</heading>
    <content><p>A loan is free.</p></content></article></part></mainBody>"""
TREATY_OUTLINE = """\
title |  | title | Agreement on bicycles
formula |  | formula | The Parties to
pp |  | PP1 | Wishing to ride,
formula |  | formula #2 | Have agreed as
part | PART I | Part I | Bicycles
  article | Article 1 | Art. 1 | Stock
    item | 1. | Art. 1(1) | Each Party keeps
    item | 2. | Art. 1(2) | A bicycle has:
      item | (a) | Art. 1(2)(a) | a lamp;
  article | Article 2 bis | Art. 2 bis | Loans
    para |  | Art. 2 bis ¶1 | A loan is
"""
ISO = """<preface><p><docNumber>ISO 9001:2030</docNumber></p>
  <p><docTitle>Bells</docTitle></p></preface>
<mainBody><section><num>1</num><heading>Scope</heading>
    <content><p>This document is about bells.</p></content></section>
  <section><num>2</num><heading>Requirements</heading>
    <section><num>2.1</num><heading>Sound</heading>
      <content><p>A bell is heard.</p></content></section></section></mainBody>"""
ISO_OUTLINE = """\
number |  | number | ISO 9001:2030
title |  | title | Bells
item | 1 | clause 1 | Scope
  para |  | clause 1 ¶1 | This document is
item | 2 | clause 2 | Requirements
  item | 2.1 | clause 2.1 | Sound
    para |  | clause 2.1 ¶1 | A bell is
"""


def outline(xml: bytes) -> str:
    return "".join(f"{line}\n" for line in lines_of_outline(read(xml, Resolution, name="x.xml")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [(UN, UN_OUTLINE), (TREATY, TREATY_OUTLINE), (ISO, ISO_OUTLINE)],
    ids=["un", "treaty", "iso"],
)
def test_a_text_is_read_as_its_people_read_it(body: str, expected: str) -> None:
    assert outline(document(body)) == expected


def test_ids_marks_and_words_stay() -> None:
    arrival = arrive(document(UN), name="x.xml")
    text = arrival.value
    assert isinstance(text, Resolution)
    (whole,) = text.provisions
    recital = next(p for p in whole.children if p.id == "r1")
    assert [mark.kind for mark in recital.marks] == ["i"]
    assert not any("no place" in note for note in arrival.notes)


def bare(text: Resolution) -> list[tuple[Kind, str, str]]:
    return [(p.kind, p.label, p.text) for p in walk(text.provisions)]


@pytest.mark.parametrize("body", [UN, TREATY, ISO], ids=["un", "treaty", "iso"])
def test_it_is_the_text_that_the_same_words_are_in_plain_text(body: str) -> None:
    text = read(document(body), Resolution, name="x.xml")
    plain = arrive(written(text).encode(), form=text.metadata.form, name="x.en.txt").value
    assert isinstance(plain, Resolution)
    assert bare(plain) == bare(text)


def test_a_form_that_is_said_is_not_guessed() -> None:
    text = arrive(document(UN), name="x.xml", form="itu").value
    assert isinstance(text, Resolution)
    assert text.metadata.form == ""


def test_our_own_form_and_the_conference_s_texts_are_left_alone() -> None:
    path = Path(__file__).parents[1] / "resolutions" / "140" / "base.en.xml"
    text = read(path.read_bytes(), Resolution)
    assert text.metadata.form == ""
