"""Every Word file that is written passes the validator of the Open XML SDK."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from resamend.model import Language
from resamend.ooxml.embedded import File
from resamend.page.options import Audience, Names, RenderOptions
from resamend.renderers.docx import render_docx, render_handed_in
from tests import strategies as ours
from tests.dossiers import sat_at
from tests.schema import schema_faults
from tests.strategies import Draft
from tests.test_render_docx import laid, merge, of_140


def test_the_draft_of_140_passes_for_every_audience(tmp_path: Path) -> None:
    shown = of_140()
    ways = [
        RenderOptions(audience=Audience.CHAIR, line_numbers=True),
        RenderOptions(audience=Audience.ROOM, names=Names.NUMBER),
        RenderOptions(audience=Audience.PUBLIC, names=Names.NONE),
    ]
    files = [render_docx(shown, way, files=[File("a", b"b")]) for way in ways]
    files += [
        render_docx(replace(of_140(Language.FR), date=date), ways[0]) for date in ("", "2018-11-01")
    ]
    arabic = replace(shown, base=replace(shown.base, language=Language.AR))
    assert schema_faults(tmp_path, [*files, render_docx(arabic)]) == []


def test_each_text_and_table_that_is_written_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt", name="res-7")
    commands = (
        ("adopt", "res-7"),
        ("extract", "res-7", "--as", "RUS"),
        ("compare", "res-7"),
        ("consolidate", "res-7", "--view", "result", "--cover", "number=DT/7"),
    )
    files = []
    for command in commands:
        desk.done(*command, "-o", "made.docx")
        files.append((tmp_path / "made.docx").read_bytes())
    assert schema_faults(tmp_path, files) == []


def drafts(count: int) -> list[bytes]:
    """Return drafts of any kind, undated and dated: moves, splits, joins and notes among them."""
    files: list[bytes] = []

    @given(ours.drafts())
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def gather(draft: Draft) -> None:
        shown = laid(merge(draft.base, draft.proposals))
        date = "2018-11-01" if len(files) % 2 else ""
        files.append(render_docx(replace(shown, date=date)))
        for proposal in draft.proposals[:1]:
            alone = laid(merge(draft.base, [proposal]))
            files.append(render_handed_in(alone, draft.texts[proposal.id]))

    gather()
    return files


def test_a_few_drafts_of_any_kind_pass(tmp_path: Path) -> None:
    assert schema_faults(tmp_path, drafts(8)[-10:]) == []


@pytest.mark.long
def test_a_hundred_drafts_of_any_kind_pass(tmp_path: Path) -> None:
    assert schema_faults(tmp_path, drafts(100)[-100:]) == []


@pytest.mark.parametrize("language, bold", [("ar", True), ("zh", True), ("en", False)])
def test_headings_are_bold_where_letters_have_no_italics(language: str, bold: bool) -> None:
    shown = of_140()
    spoken = replace(shown, base=replace(shown.base, language=Language(language)))
    with zipfile.ZipFile(io.BytesIO(render_docx(spoken))) as archive:
        styles = archive.read("word/styles.xml").decode()
    call = styles[styles.index('w:styleId="Call"') :].partition("</w:style>")[0]
    assert ("<w:b/>" in call, "<w:i/>" in call) == (bold, not bold)
