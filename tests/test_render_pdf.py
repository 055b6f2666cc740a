"""PDF: every word is in it, in each script; tagged, with bookmarks; the same bytes every time."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from resamend.errors import UsageError
from resamend.model import Language, walk
from resamend.page.builder import choices
from resamend.page.options import Audience, Cover, Names, RenderOptions
from resamend.redlines import Redline
from resamend.renderers.pdf import render_pdf
from resamend.words import split
from tests.programs import program
from tests.test_page import arabic, chinese, dossier
from tests.test_render_text import hostile

DRAFTS = {
    "en": lambda: dossier(Language.EN),
    "fr": lambda: dossier(Language.FR),
    "ar": arabic,
    "zh": chinese,
}
COVER = Cover(number="DL/4", revision="Rev.1", date="19 January 2018")


def extracted(made: bytes, folder: Path, *options: str) -> str:
    """Return the text of a PDF as a reader's program extracts it."""
    tool = program("pdftotext")
    file = folder / "draft.pdf"
    file.write_bytes(made)
    done = subprocess.run([tool, *options, file, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def objects(made: bytes) -> bytes:
    """Return the objects of a PDF, unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    return made + b"\n".join(_unpacked(part) for part in parts)


def _unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def told(made: bytes, folder: Path) -> str:
    """Return what a PDF says of itself."""
    tool = program("pdfinfo")
    file = folder / "draft.pdf"
    file.write_bytes(made)
    return subprocess.run([tool, file], capture_output=True, check=True, text=True).stdout


def texts(lines: Redline) -> Iterator[str]:
    """Yield all texts of a draft: in force, asked for, and offered as options."""
    yield from (provision.text for provision in walk(lines.base.provisions))
    for block in lines.blocks:
        yield from (piece.text for piece in block.pieces if hasattr(piece, "text"))
    for choice in choices(lines.blocks):
        for option in choice.options:
            yield from (span.text for span in option.spans)
            yield from (s.text for b in option.blocks for s in b.pieces if hasattr(s, "text"))


def letters(text: str) -> Counter[str]:
    """Count the letters and digits of a text: lines are broken and marks stand between words."""
    return Counter(filter(str.isalnum, text))


@pytest.mark.parametrize("language", DRAFTS)
def test_every_word_of_the_draft_is_in_the_pdf(language: str, tmp_path: Path) -> None:
    lines = DRAFTS[language]()
    text = extracted(render_pdf(lines), tmp_path, "-raw")
    found = "".join(filter(str.isalnum, text))
    words = {word.text for each in texts(lines) for word in split(each)}
    bare = {"".join(filter(str.isalnum, word)) for word in words}
    missing = {word for word in bare if word not in found}
    assert not missing
    in_force = "".join(provision.text for provision in walk(lines.base.provisions))
    assert not letters(in_force) - letters(text)


def test_it_is_tagged_and_has_bookmarks_and_page_numbers(tmp_path: Path) -> None:
    made = render_pdf(dossier(Language.EN), RenderOptions(cover=COVER))
    said = told(made, tmp_path)
    assert "Tagged:          yes" in said and "Title:           Consolidated draft" in said
    inside = objects(made)
    assert b"pdfuaid" in inside and b"/Lang (en)" in inside
    assert inside.count(b"/Title (") > 40, "a bookmark for each heading and point"
    pages = extracted(made, tmp_path, "-layout").split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "DL/4 Rev.1" in page and "19 January 2018" in page


def test_the_same_draft_is_the_same_bytes() -> None:
    assert render_pdf(arabic()) == render_pdf(arabic())


def test_hostile_words_are_words(tmp_path: Path) -> None:
    text = extracted(
        render_pdf(hostile(), RenderOptions(cover=Cover(title="</style><b>&"))), tmp_path
    )
    assert "<img onerror=alert(1)>" in text and "</script>" in text and "</style><b>&" in text
    assert "\u202e" not in text and "\x1b" not in text


@pytest.mark.parametrize(
    "setting", [RenderOptions(names=Names.NONE), RenderOptions(audience=Audience.PUBLIC)]
)
def test_for_the_public_nobody_is_named(setting: RenderOptions, tmp_path: Path) -> None:
    text = extracted(render_pdf(dossier(Language.EN), setting), tmp_path)
    assert "RUS" not in text and "CHN" not in text


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(UsageError) as refused:
        render_pdf(arabic())
    assert "resamend[pdf]" in str(refused.value)


def test_the_lines_of_the_draft_are_numbered_page_by_page(tmp_path: Path) -> None:
    counted = render_pdf(chinese(), RenderOptions(line_numbers=True))
    assert counted == render_pdf(chinese(), RenderOptions(line_numbers=True))
    pages = extracted(counted, tmp_path, "-layout").split("\f")
    draft = next(page for page in pages if "开展合作" in page)
    numbers = [line.split()[0] for line in draft.splitlines() if re.match(r"\d+ +\S", line)]
    assert numbers == ["1", "2", "3", "4", "5"], "of the draft, not of the options"
    plain = extracted(render_pdf(chinese()), tmp_path, "-layout")
    assert len(plain.split("\f")) == len(pages), "they take no room"
