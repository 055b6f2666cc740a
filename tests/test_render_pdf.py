"""PDF: every word is in it, in each script; tagged, with bookmarks; the same bytes every time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend import propose
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.errors import InputError, UsageError
from resamend.escaping import visible
from resamend.model import Kind, Language, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.page.builder import choices
from resamend.page.options import Audience, Cover, Names, RenderOptions
from resamend.redlines import Redline, redline
from resamend.renderers.pdf import printing, render_pdf
from resamend.renderers.pdf.markup import code
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
ROW = ("Region", "Offices", "Africa", "4")
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
    assert b"<pdfuaid:part>1<" in inside and b"/Lang(en)" in inside
    assert inside.count(b"/Title(") > 40, "a bookmark for each heading and point"
    pages = extracted(made, tmp_path, "-layout").split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "DL/4 Rev.1" in page and "19 January 2018" in page


@pytest.mark.parametrize(
    ("language", "day"), [("en", "19 January 2018"), ("fr", "19 janvier 2018")]
)
def test_the_day_in_the_head_is_written_as_the_language_does(
    language: str, day: str, tmp_path: Path
) -> None:
    pages = extracted(render_pdf(DRAFTS[language]()), tmp_path, "-layout").split("\f")[:-1]
    assert len(pages) > 1 and all(day in page.splitlines()[0] for page in pages)


def test_a_row_in_dispute_stands_in_brackets(tmp_path: Path) -> None:
    base = offices(*ROW, "Asia", "3")
    texts = {"RUS": offices(*ROW[:2], "Asia", "3"), "USA": offices(*ROW[:3], "9", "Asia", "3")}
    merged = merge(base, [propose(base, text, f"{who}/1/1") for who, text in texts.items()])
    text = extracted(render_pdf(redline(merged, find(merged))), tmp_path, "-layout")
    assert re.search(r"\[Point 1\s+Africa\s+4 USA\s+9 USA\]", text)


def test_the_same_draft_is_the_same_bytes() -> None:
    assert render_pdf(arabic()) == render_pdf(arabic())


def test_what_is_printed_after_others_is_what_is_printed_first() -> None:
    """What laid out one draft prints the next, from whichever thread: the same bytes."""
    drafts = [DRAFTS[code]() for code in ("en", "fr", "en", "ar", "en")]
    with ThreadPoolExecutor(2) as pool:
        after_others = list(pool.map(render_pdf, drafts))
    for draft, pdf in zip(drafts, after_others, strict=True):
        printing._last.clear()
        assert render_pdf(draft) == pdf


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
    printing.noto.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError) as refused:
        render_pdf(arabic())
    assert "resamend[pdf]" in str(refused.value)


def test_a_font_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    printing.noto.cache_clear()
    monkeypatch.setattr(printing, "_roots", lambda: iter([tmp_path]))
    with pytest.raises(UsageError, match="Noto Serif, Noto Sans, Noto Naskh Arabic") as refused:
        render_pdf(arabic())
    assert "TYPST_FONT_PATHS" in str(refused.value)
    printing.noto.cache_clear()


def test_the_lines_of_the_draft_are_numbered_page_by_page(tmp_path: Path) -> None:
    counted = render_pdf(chinese(), RenderOptions(line_numbers=True))
    assert counted == render_pdf(chinese(), RenderOptions(line_numbers=True))
    pages = extracted(counted, tmp_path, "-layout").split("\f")
    draft = next(page for page in pages if "开展合作" in page)
    numbers = [line.split()[0] for line in draft.splitlines() if re.match(r"\d+ +\S", line)]
    assert numbers == ["1", "2", "3", "4", "5"], "of the draft, not of the options"
    plain = extracted(render_pdf(chinese()), tmp_path, "-layout")
    assert len(plain.split("\f")) == len(pages), "they take no room"


def structure(pdf: bytes, folder: Path) -> str:
    """Return the tags of a PDF, with the text in each."""
    file = folder / "draft.pdf"
    file.write_bytes(pdf)
    command = [program("pdfinfo"), "-struct-text", file]
    return subprocess.run(command, capture_output=True, check=True, errors="replace").stdout


def offices(*cells: str, language: Language = Language.EN) -> Resolution:
    """Return a text with a table of two columns in its annex, and a footnote."""
    rows = tuple(
        Provision(
            id="?",
            kind=Kind.ROW,
            children=tuple(
                Provision(id="?", kind=Kind.CELL, text=cell) for cell in cells[k : k + 2]
            ),
        )
        for k in range(0, len(cells), 2)
    )
    table = Provision(id="?", kind=Kind.TABLE, children=rows)
    annex = Provision(id="?", kind=Kind.ANNEX, text="ANNEX", children=(table,))
    return eids(Resolution(language=language, provisions=(annex,)))


def test_what_html_says_aloud_is_in_the_tags_and_the_names_are_for_the_eye(tmp_path: Path) -> None:
    pdf = render_pdf(dossier(Language.EN))
    inside = objects(pdf)
    assert b"/Alt(inserted by RUS:)" in inside and b"/Alt(end of deletion)" in inside
    tags = structure(pdf, tmp_path)
    for tag in ("H1", "H2", "H3", "Table", "THead", "TH", "Note", "Figure", "Link"):
        assert re.search(rf"^ *{tag}\b", tags, re.MULTILINE), tag
    assert '"voluntary"' in tags and '" RUS"' not in tags
    assert "inserted by" not in extracted(pdf, tmp_path)


def test_an_untagged_pdf_is_small_and_has_the_same_words(tmp_path: Path) -> None:
    tagged = render_pdf(dossier(Language.EN))
    untagged = render_pdf(dossier(Language.EN), RenderOptions(tagged=False))
    assert len(untagged) < len(tagged) / 2
    assert "Tagged:          no" in told(untagged, tmp_path)
    assert extracted(untagged, tmp_path) == extracted(tagged, tmp_path)


def test_a_footnote_stands_at_the_foot_of_the_page_that_cites_it(tmp_path: Path) -> None:
    pages = extracted(render_pdf(dossier(Language.EN)), tmp_path, "-layout").split("\f")
    page = next(page for page in pages if "facilitates an action line" in page)
    assert page.index("facilitators of the action lines") > page.index("ought to look ahead")


def test_a_table_is_a_table(tmp_path: Path) -> None:
    base = offices(*ROW)
    proposal = propose(base, offices("Region", "Offices", "Africa", "5", "Asia", "3"), "RUS/1/1")
    merged = merge(base, [proposal])
    tags = structure(render_pdf(redline(merged, find(merged))), tmp_path)
    annex = tags[tags.index('H2 "ANNEX') :]
    rows = [part.count("TD:") for part in re.split(r"\n *TR\n", annex.split("H1")[0])[1:]]
    assert len(rows) == 3 and len(set(rows)) == 1, "the same number of cells in each row"


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_no_text_is_markup(text: str) -> None:
    """Whatever a text holds, Typst reads it as that text."""
    from typst import eval as evaluated

    shown = visible(text)
    assert json.loads(evaluated(b"", code(shown))) == shown


def test_every_sign_of_markup_is_printed(tmp_path: Path) -> None:
    signs = '#panic("x") *b* _i_ $x$ `r` <l> @l \\n ~ -- /* // = - + ] ) "; 😀 𓀀'
    base = offices(*ROW)
    proposal = propose(base, offices("Region", "Offices", "Africa", signs), "RUS/1/1")
    merged = merge(base, [proposal])
    text = extracted(render_pdf(redline(merged, find(merged))), tmp_path)
    spelt = signs.replace("😀", "[U+1F600]")
    printed = "".join(text.split())
    assert any("".join(known.split()) in printed for known in (signs, spelt)), text


# -- a house's own look ---------------------------------------------------------------------------


def test_a_house_defines_again_what_is_to_look_different(tmp_path: Path) -> None:
    look = '#let note-of-ours = read("note.txt")\n#let heard(words) = [#note-of-ours: #words]'
    (tmp_path / "draft.typ").write_text(look, encoding="utf-8")
    (tmp_path / "note.txt").write_text("Working Group 3", encoding="utf-8")
    text = extracted(render_pdf(arabic(), RenderOptions(templates=str(tmp_path))), tmp_path)
    assert "Working Group 3" in text


@pytest.mark.parametrize(
    "look",
    [
        '#read("../secret.txt")',
        '#read("/etc/passwd")',
        '#import "@pre" + "view/cetz:0.3.0"',
        "#let heard(words) = nowhere",
        "#let heard(",
    ],
)
def test_a_look_reaches_nothing_outside_its_folder(look: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "draft.typ").write_text(look, encoding="utf-8")
    with pytest.raises(InputError, match=r"draft\.typ"):
        render_pdf(arabic(), RenderOptions(templates=str(folder)))
