"""A draft as a Word document: read by others, by its marks alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given

from resamend.conflict import find
from resamend.dossier.reading import read_dossier
from resamend.merge import Consolidated, merge
from resamend.model import Kind, Language, Provision, Resolution, walk
from resamend.redline import Redline, redline
from resamend.renderers.docx import render_docx
from tests import strategies as ours
from tests.programs import program
from tests.strategies import Draft
from tests.word import opened

RESOLUTIONS = Path(__file__).parent.parent / "resolutions"


def laid(merged: Consolidated) -> Redline:
    return redline(merged, find(merged))


def of_140(language: Language = Language.EN) -> Redline:
    found = read_dossier(RESOLUTIONS / "140", language)
    merged = merge(found.base, found.proposals)
    return redline(merged, find(merged), numbers=found.numbers)


def lines(text: Resolution) -> list[str]:
    """Return the paragraphs of a text: label, tab, words; footnotes and empty ones left out."""
    return [
        line for p in walk(text.provisions) if p.kind is not Kind.FOOTNOTE if (line := _line(p))
    ]


def _line(provision: Provision) -> str:
    return f"{provision.label}\t{provision.text}" if provision.label else provision.text


def notes(text: Resolution) -> list[str]:
    return [p.text for p in walk(text.provisions) if p.kind is Kind.FOOTNOTE]


@given(ours.drafts())
def test_rejecting_all_gives_the_text_in_force(draft: Draft) -> None:
    word = opened(render_docx(laid(merge(draft.base, draft.proposals))))
    assert word.rejected() == lines(draft.base)
    assert word.notes(accept=False) == notes(draft.base)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_resolution_140_rejected_is_its_text_in_force(language: str) -> None:
    shown = of_140(Language(language))
    assert opened(render_docx(shown)).rejected() == lines(shown.base)


def test_libreoffice_prints_it(tmp_path: Path) -> None:
    office, to_text = program("soffice", "libreoffice"), program("pdftotext")
    (tmp_path / "draft.docx").write_bytes(render_docx(of_140()))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "draft.docx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    subprocess.run([to_text, "draft.pdf"], cwd=tmp_path, check=True, timeout=60)
    page = " ".join((tmp_path / "draft.txt").read_text(encoding="utf-8").split())
    assert "Option 1 (ARM, BLR, KGZ, RUS)" in page
    assert "[Point 1:" in page
    assert "no change]" in page


def test_the_same_draft_is_the_same_bytes() -> None:
    assert render_docx(of_140()) == render_docx(of_140())
