"""One source in Word, as a state hands it in: its changes tracked, read back by the importer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings

from resamend.amendment import Proposal, apply
from resamend.amendment.typography import with_respellings_replaced
from resamend.conflict import find
from resamend.consolidation import merge, project
from resamend.dossier.parsing import read
from resamend.dossier.reading import read_dossier
from resamend.model import Language, Resolution
from resamend.redlines import redline
from resamend.renderers.docx import render_handed_in
from resamend.words import bare
from tests import strategies as ours
from tests.dossiers import Desk, sat_at
from tests.effort import tries
from tests.strategies import Draft
from tests.test_render_docx import lines, notes
from tests.word import Word, opened

RESOLUTIONS = Path(__file__).parent.parent / "resolutions"
SAMPLES = ["ARM/BLR/KGZ/RUS/sample/1", "CHN/sample/1", "RUS/sample/1", "USA/sample/1"]


def handed_in(base: Resolution, *proposals: ours.Proposal) -> Word:
    wanted = project(merge(base, proposals), proposals[0].id)
    merged = merge(base, [with_respellings_replaced(base, proposal) for proposal in proposals])
    return opened(render_handed_in(redline(merged, find(merged)), wanted))


def texts_of(said: Iterable[str]) -> list[str]:
    """Return paragraphs without white space and without what keys fold: typography is no change."""
    return [bare(line) for line in said if bare(line)]


@settings(max_examples=tries(60))
@given(ours.drafts())
def test_accepting_all_gives_the_text_that_a_source_wants(draft: Draft) -> None:
    for proposal in draft.proposals:
        word = handed_in(draft.base, proposal)
        first, *rest = word.accepted()
        assert first.endswith(f"\t{proposal.id}")
        wanted = lines(draft.texts[proposal.id])
        assert texts_of(rest)[: len(texts_of(wanted))] == texts_of(wanted)
        assert word.rejected()[1:][: len(lines(draft.base))] == lines(draft.base)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("source", SAMPLES)
def test_a_sample_accepted_is_its_text_to_the_space(source: str, language: str) -> None:
    found = read_dossier(RESOLUTIONS / "140", Language(language))
    proposal = next(p for p in found.proposals if p.id == source)
    text = apply(found.base, proposal)
    said = handed_in(found.base, proposal).accepted()[2:]  # a banner, the symbol
    wanted = lines(text)
    assert said[: len(wanted)] == wanted
    assert handed_in(found.base, proposal).notes(accept=True) == notes(text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("source", SAMPLES)
def test_a_sample_comes_back_from_word_with_its_typography(
    desk: Desk, source: str, language: str
) -> None:
    """’ for ' and a protected space are tracked in a state's own file, else they would be lost."""
    dossier = RESOLUTIONS / "140"
    base, lang = dossier / f"base.{language}.xml", ("--lang", language)
    desk.done("extract", dossier, "--as", source, *lang, "-o", "alone.docx")
    desk.done("import", "alone.docx", "--base", base, "-o", "again.xml")
    again = desk.done("apply", base, "again.xml")
    assert again == desk.done("extract", dossier, "--as", source, *lang)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


def test_what_is_extracted_is_imported_again(desk: Desk) -> None:
    desk.done("import", "base.en.txt", "-o", "base.xml")
    for name, id in (("RUS", "RUS/62/1"), ("CHN", "CHN/63/1"), ("JOINT", "BLR/RUS/64/1")):
        desk.done("consolidate", "base.xml", f"{name}.en.txt", "-o", "draft.docx")
        desk.done("extract", "draft.docx", "--as", id, "-o", "alone.docx")
        desk.done("import", "alone.docx", "--base", "base.xml", "-o", "again.xml")
        assert desk.done("apply", "base.xml", "again.xml") == desk.done(
            "extract", "draft.docx", "--as", id
        )


def test_a_proposal_keeps_its_date_in_word(desk: Desk) -> None:
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "RUS.en.txt", "--date", "2018-10-05")
    desk.done("extract", "res-7", "--as", "RUS", "-o", "alone.docx")
    again = read(desk.done("import", "alone.docx", "--base", "base.en.txt"), Proposal)
    assert again.date == "2018-10-05"


def test_the_text_in_force_is_imported_again(desk: Desk) -> None:
    desk.done("import", "base.en.txt", "-o", "base.xml")
    desk.done("consolidate", "base.xml", "RUS.en.txt", "-o", "draft.docx")
    desk.done("extract", "draft.docx", "--base", "-o", "alone.docx")
    desk.done("apply", "base.xml", "RUS.en.txt", "-o", "applied.docx")
    assert desk.done("import", "alone.docx") == (desk.path / "base.xml").read_text("utf-8")
    applied = opened((desk.path / "applied.docx").read_bytes())
    assert "twice a year" in " ".join(applied.accepted()) == " ".join(applied.rejected())
