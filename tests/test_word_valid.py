"""Word opens what we write: each kind of document, by the rules of ECMA-376."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from resamend.model import Language
from resamend.ooxml.embedded import File
from resamend.page.options import Audience, RenderOptions
from resamend.renderers.docx import render_docx, render_handed_in
from tests import strategies as ours
from tests.dossiers import sat_at
from tests.effort import tries
from tests.strategies import Draft
from tests.test_docx_carried import rewritten
from tests.test_render_docx import laid, merge, of_140
from tests.wordrules import faults


@pytest.mark.parametrize("audience", list(Audience))
def test_the_draft_of_140_is_as_word_wants_it(audience: Audience) -> None:
    how = RenderOptions(audience=audience, line_numbers=True)
    for language in (Language.EN, Language.FR):
        assert faults(render_docx(of_140(language), how, files=[File("a", b"b")])) == []


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_any_draft_is_as_word_wants_it(draft: Draft) -> None:
    shown = laid(merge(draft.base, draft.proposals))
    assert faults(render_docx(shown)) == []
    for proposal in draft.proposals[:1]:
        alone = laid(merge(draft.base, [proposal]))
        assert faults(render_handed_in(alone, draft.texts[proposal.id])) == []


@pytest.mark.parametrize("language", [Language.AR, Language.ZH, Language.RU])
def test_a_draft_in_another_script_is_as_word_wants_it(language: Language) -> None:
    shown = of_140()
    spoken = replace(shown, base=replace(shown.base, language=language))
    assert faults(render_docx(spoken)) == []


def test_each_text_that_is_written_is_as_word_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt", name="res-7")
    for command in (
        ("adopt", "res-7"),
        ("extract", "res-7", "--base"),
        ("extract", "res-7", "--as", "RUS"),
        ("compare", "res-7"),
        ("consolidate", "res-7", "--view", "result", "--cover", "number=DT/7"),
    ):
        desk.done(*command, "-o", "made.docx")
        assert faults((tmp_path / "made.docx").read_bytes()) == [], command


SPOILT = {
    "an order": ("<w:pStyle", "<w:bidi/><w:pStyle", "pPr holds"),
    "an element": ("<w:tab/>", "<w:tabs/>", "r holds"),
    "a number": ('w:id="101"', 'w:id="100"', "the change 100 stands 2 times"),
    "an author": ('w:author="CHN"', 'w:author=""', "ins has no author"),
    "a move": ("<w:moveToRangeEnd", "<w:moveFromRangeEnd", "a range of moveTo has no end"),
    "a comment": ("<w:commentRangeEnd", "<w:commentRangeStart", "is not tied to the text once"),
    "a footnote": ('<w:footnoteReference w:id="2"/>', "<w:tab/>", "the footnotes"),
    "a style": ('<w:pStyle w:val="Call"', '<w:pStyle w:val="Cull"', "no paragraph style Cull"),
    "a cell": ("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "a cell does not end with a paragraph"),
    "struck text": ("<w:delText", "<w:t", "t where the text is struck"),
    "white space": (' xml:space="preserve"', "", "would be lost"),
    "a relation": ('r:id="rId4"', 'r:id="rId44"', "no relation"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_word_would_refuse_is_found(what: str) -> None:
    """A check that cannot fail would say nothing."""
    old, new, fault = SPOILT[what]
    data = rewritten(render_docx(of_140()), "word/document.xml", lambda xml: _swap(xml, old, new))
    assert any(fault in each for each in faults(data))


def _swap(xml: str, old: str, new: str) -> str:
    assert old in xml
    made = xml.replace(old, new)
    return made.replace("</w:delText>", "</w:t>") if "<w:delText" in old else made
