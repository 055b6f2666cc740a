"""The tables as files: for browsers, spreadsheets and pictures."""

from __future__ import annotations

import csv
import re
import subprocess
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.model import Language
from resamend.ooxml.names import w
from resamend.page.options import Audience, Names, RenderOptions
from resamend.page.presentation import present
from resamend.redlines import redline
from resamend.renderers.csv import render_comparison_csv, render_matrix_csv, safe_cell
from resamend.renderers.docx.comparison import render_comparison_docx
from resamend.renderers.html_tables import (
    comparison_fragment,
    matrix_fragment,
    render_comparison_html,
    render_matrix_html,
)
from resamend.renderers.lines import columns
from resamend.renderers.pdf import render_comparison_pdf, render_matrix_pdf
from resamend.renderers.svg import render_matrix_svg
from resamend.renderers.text_matrix import render_matrix_text
from resamend.tables import Comparison, compare, matrix
from tests import strategies as ours
from tests.browser import browser, violations
from tests.build import proposal, resolution
from tests.effort import tries
from tests.programs import module, program
from tests.strategies import Draft

DRAWN = ("rect", "line", "text")
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
LINES = ("noting", "a) that it works;", "resolves", "1 to meet every year;", "2 to report;")
HOSTILE = '<img src=x onerror="alert(1)"></script>\u202e\x1b[8m'


def compared(*proposals: Proposal, lines: tuple[str, ...] = LINES) -> Comparison:
    merged = merge(resolution(*lines), proposals)
    return compare(merged, redline(merged, find(merged)))


def wanted(source: str, old: str, new: str) -> Proposal:
    return proposal(resolution(*LINES), source, *(line.replace(old, new) for line in LINES))


def table(drawn: Draft) -> Comparison:
    merged = merge(drawn.base, drawn.proposals)
    return compare(merged, redline(merged, find(merged)))


def many(count: int) -> Comparison:
    """Put so many proposals side by side, of which each says something else."""
    names = [f"{chr(65 + n)}{chr(65 + n)}A" for n in range(count)]
    return compared(*(wanted(name, "every year", f"in month {n}") for n, name in enumerate(names)))


# -- spreadsheets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\u00a0+", "'="]
)
def test_no_cell_is_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}1+1").startswith("'")


def test_an_injected_formula_is_text() -> None:
    made = compared(
        wanted("RUS", "to report;", '=HYPERLINK("http://x";"y")'),
        wanted("CHN", "2 to", "- @SUM(1)"),
    )
    for told in (render_comparison_csv(made), render_matrix_csv(matrix(made))):
        for row in csv.reader(StringIO(told.removeprefix("\ufeff"))):
            assert not any(FORMULA.match(cell) for cell in row)


@given(ours.drafts())
@settings(max_examples=tries(50))
def test_every_row_has_a_cell_for_every_column(drawn: Draft) -> None:
    made = table(drawn)
    head, *rows = csv.reader(StringIO(render_comparison_csv(made).removeprefix("\ufeff")))
    assert len(rows) == len(made.rows)
    assert {len(row) for row in rows} <= {len(head)}
    assert not any(FORMULA.match(cell) for row in rows for cell in row)


# -- browsers -------------------------------------------------------------------------------------


def test_a_page_lets_nothing_in() -> None:
    made = compared(wanted("RUS", "report", HOSTILE), wanted("CHN", "report", "write"))
    for page in (render_comparison_html(made), render_matrix_html(matrix(made))):
        assert "default-src 'none'" in page and "script-src" not in page
        assert "<img" not in page and "<script" not in page and "\x1b" not in page
        assert "\u202e" not in page and not re.search(r"(href|src)=\"(?!#)", page)


def test_twelve_sources_stand_on_pages_of_columns() -> None:
    page = render_comparison_html(many(12), RenderOptions(columns=4))
    assert page.count("<table") == 3
    assert page.count('class="source"><bdi') == 12
    assert "Part 3 of 3" in page
    assert render_comparison_html(many(12), RenderOptions(columns=12)).count("<table") == 1


def test_two_sources_stand_in_one_table() -> None:
    assert render_comparison_html(many(2)).count("<table") == 1


def test_who_says_nothing_says_nothing() -> None:
    page = render_comparison_html(
        compared(wanted("RUS", "report", "write"), wanted("CHN", "x", "x"))
    )
    assert page.count("(no proposal)</td>") == 3  # CHN's cell, and two folds
    assert "NOC" not in page


def test_a_row_links_its_point_once() -> None:
    made = many(3)
    assert render_comparison_html(made).count('id="point-1"') == 1
    told = present(made.redline)
    linked = str(comparison_fragment(made, told, linked=True))
    assert "id=" not in linked and 'href="#point-1"' in linked
    assert "two by two" not in str(matrix_fragment(matrix(made), told))


@pytest.mark.parametrize("ui", list(Language))
def test_pages_speak_six_languages(ui: Language) -> None:
    made = many(2)
    for page in (
        render_comparison_html(made, RenderOptions(ui=ui)),
        render_matrix_html(matrix(made), RenderOptions(ui=ui)),
    ):
        assert f'<html lang="{ui}" dir="{ui.direction}">' in page
        root = etree.fromstring(page.encode(), etree.HTMLParser())
        assert root.xpath("//th[@scope='row']")


@pytest.mark.parametrize("names", [Names.NUMBER, Names.NONE])
def test_no_file_names_anybody_where_nobody_may_be(names: Names) -> None:
    made = many(3)
    grid = matrix(made)
    files = [
        render_comparison_html(made, RenderOptions(names=names)),
        render_matrix_html(grid, RenderOptions(names=names)),
        render_comparison_csv(made, RenderOptions(names=names)),
        render_matrix_csv(grid, RenderOptions(names=names)),
        render_matrix_svg(grid, RenderOptions(names=names)),
    ]
    for told in files:
        assert not re.search(r"\b(AAA|BBA|CCA)\b", told)


# -- screens --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
def test_twelve_sources_stand_on_pages_of_columns_of_a_screen(width: int) -> None:
    grid = matrix(many(12))
    lines = render_matrix_text(
        grid, RenderOptions(width=width, audience=Audience.ROOM)
    ).splitlines()
    assert max(map(columns, lines)) <= width
    assert sum(line.count("MOD!") for line in lines) == 12


# -- paper ----------------------------------------------------------------------------------------


def document(made: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_a_word_file_is_the_same_bytes_and_repeats_its_head() -> None:
    made = render_comparison_docx(many(12), RenderOptions(columns=4))
    assert made == render_comparison_docx(many(12), RenderOptions(columns=4))
    root = document(made)
    assert len(list(root.iter(w("tbl")))) == 3
    assert len(list(root.iter(w("tblHeader")))) == 3
    (size,) = root.iter(w("pgSz"))
    assert size.get(w("orient")) == "landscape"
    assert not [*root.iter(w("ins")), *root.iter(w("del"))]


def test_a_word_file_holds_every_word_of_every_column() -> None:
    made = compared(wanted("RUS", "report", "write"), wanted("CHN", "every year", "at once"))
    root = document(render_comparison_docx(made))
    told = "".join(each.text or "" for each in root.iter(w("t")))
    for words in ("write", "at once", "(no proposal)", "MOD", "to meet every year;"):
        assert words in told
    struck = [r for r in root.iter(w("r")) if r.find(f"{w('rPr')}/{w('strike')}") is not None]
    assert {"".join(r.itertext()).strip() for r in struck} == {"deleted", "report", "every year"}


def test_a_printed_table_is_landscape_and_holds_its_words() -> None:
    module("typst")
    made = render_comparison_pdf(compared(wanted("RUS", "report", "write")))
    told = subprocess.run([program("pdftotext"), "-", "-"], input=made, capture_output=True).stdout
    for word in ("report", "write", "RUS", "(no proposal)", "Comparative table"):
        assert word.encode() in told
    about = subprocess.run([program("pdfinfo"), "-"], input=made, capture_output=True).stdout
    assert b"841.89 x 595.276" in about and b"Tagged:          yes" in about


def test_a_printed_matrix_breaks_no_symbol_within_a_word() -> None:
    module("typst")
    long = replace(wanted("RUS", "report", "write"), id="ARM/BLR/KGZ/RUS/sample/1")
    made = matrix(compared(long))
    pdf = render_matrix_pdf(made)
    told = subprocess.run([program("pdftotext"), "-", "-"], input=pdf, capture_output=True).stdout
    assert b"RUS/\nsample/1\n" in told


def reasoned() -> Comparison:
    """Return a table in which one of two says why."""
    first, second = wanted("RUS", "report", "write"), wanted("CHN", "every year", "at once")
    return compared(replace(first, reasons="It is shorter."), second)


def test_reasons_stand_in_the_column_of_their_source() -> None:
    made = reasoned()
    last = list(csv.reader(StringIO(render_comparison_csv(made))))[-1]
    assert last == ["Reasons", "", "", "It is shorter.", "", ""]
    row = etree.HTML(render_comparison_html(made)).findall(".//table[@class='side']//tr")[-1]
    assert ["".join(cell.itertext()).strip() for cell in row] == last
    table = list(document(render_comparison_docx(made)).iter(w("tr")))[-1]
    assert ["".join(cell.itertext()) for cell in table.iter(w("tc"))] == last


def test_nobody_gives_reasons_where_nobody_is_named() -> None:
    made = reasoned()
    for names in (Names.NONE, Names.NUMBER):
        assert "shorter" not in render_comparison_html(made, RenderOptions(names=names))
        assert "shorter" not in render_comparison_csv(made, RenderOptions(names=names))
        assert b"shorter" not in etree.tostring(
            document(render_comparison_docx(made, RenderOptions(names=names)))
        )


def test_pages_of_columns_each_begin_on_a_page() -> None:
    breaks = list(
        document(render_comparison_docx(many(12), RenderOptions(columns=4))).iter(
            w("pageBreakBefore")
        )
    )
    assert len(breaks) == 2
    module("typst")
    made = render_comparison_pdf(many(12), RenderOptions(columns=4))
    told = subprocess.run([program("pdftotext"), "-", "-"], input=made, capture_output=True).stdout
    pages = [page for page in told.decode().split("\f") if page.strip()]
    assert [bool(re.search(f"Part {n} of 3", page)) for n, page in enumerate(pages, 1)] == [
        True
    ] * 3


def test_texts_that_are_alike_are_listed_once() -> None:
    made = compared(
        *(
            proposal(
                resolution(*LINES), name, *LINES, f"3 to set up a fund of the Union by {year};"
            )
            for name, year in (("RUS", 2021), ("CHN", 2025), ("ARM", 2029))
        )
    )
    *_, row = csv.reader(StringIO(render_comparison_csv(made)))
    assert row[-1].count("similar wording") == 1
    assert all(f"resolves 3 ({name})" in row[-1] for name in ("ARM", "CHN", "RUS"))


def test_pairs_that_have_nothing_are_left_out() -> None:
    made = matrix(
        compared(
            wanted("RUS", "report", "write"),
            wanted("CHN", "report", "write"),
            wanted("USA", "year", "day"),
        )
    )
    told = render_matrix_csv(made)
    assert "CHN – RUS,1,0,0" in told and "CHN – USA" not in told and "RUS – USA" not in told
    alone = matrix(compared(wanted("RUS", "report", "write"), wanted("USA", "year", "day")))
    assert "two by two" in render_matrix_text(alone)


def test_a_word_file_heads_its_columns_with_documents_and_keeps_rows_together() -> None:
    root = document(render_comparison_docx(many(2)))
    head, *rows = root.iter(w("tr"))
    names = ["".join(p.itertext()) for p in list(head.iter(w("tc")))[2].iter(w("p"))]
    assert names == ["AAA", "AAA/1/1"]
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


# -- pictures -------------------------------------------------------------------------------------


def test_the_picture_is_xml_and_holds_every_sign() -> None:
    made = many(12)
    root = etree.fromstring(render_matrix_svg(matrix(made)).encode())
    texts = ["".join(each.itertext()) for each in root.iter("{*}text")]
    assert texts.count("MOD") == 12 and "· (no proposal)" in texts
    assert root.find("{*}title") is not None
    assert not [
        e for e in root.iter() if etree.QName(e).localname in ("script", "a", "image", "use")
    ]


@pytest.mark.parametrize("ui", [Language.EN, Language.FR, Language.RU])
@pytest.mark.parametrize("number", [1, 12])
def test_nothing_stands_outside_the_picture(number: int, ui: Language) -> None:
    root = etree.fromstring(render_matrix_svg(matrix(many(number)), RenderOptions(ui=ui)).encode())
    texts = [each for each in root.iter("{*}text") if each.get("text-anchor") != "end"]
    ends = [
        float(each.get("x")) + columns(each.text or "") * 0.5 * float(each.get("font-size"))
        for each in texts
    ]
    assert len(ends) > 5 and max(ends) <= float(root.get("width"))


def test_a_date_is_not_turned_round_among_arabic_words() -> None:
    made = many(2)
    dated = replace(made, redline=replace(made.redline, date="2018-10-05"))
    arabic = RenderOptions(ui=Language.AR)
    for told in (
        render_comparison_html(dated, arabic),
        render_matrix_html(matrix(dated), arabic),
        render_matrix_svg(matrix(dated), RenderOptions(ui=Language.AR)),
        render_matrix_text(matrix(dated), RenderOptions(ui=Language.AR)),
    ):
        assert "بتاريخ 5 أكتوبر 2018" in told


def test_the_picture_holds_hostile_text_as_words() -> None:
    base = resolution("<script>", "a) it;")
    want = proposal(base, "RUS", "<script>", "a) that;")
    merged = merge(base, [want])
    made = matrix(compare(merged, redline(merged, find(merged))))
    assert "&lt;script&gt;" in render_matrix_svg(made)


def test_tables_are_the_same_for_any_order() -> None:
    one, other = wanted("RUS", "report", "write"), wanted("CHN", "every", "each")
    files = [
        (render_comparison_html(t), render_matrix_svg(matrix(t)), render_comparison_csv(t))
        for t in (compared(one, other), compared(other, one))
    ]
    assert files[0] == files[1]


def test_a_date_is_told() -> None:
    made = many(2)
    dated = replace(made, redline=replace(made.redline, date="2018-10-05"))
    assert "Comparative table of 5 October 2018" in render_comparison_html(dated)


# -- in a browser ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ui", [Language.EN, Language.FR, Language.AR])
def test_axe_finds_nothing_wrong_with_tables(ui: Language, tmp_path: Path) -> None:
    made = compared(
        wanted("RUS", "to meet every year", "that all shall meet at times"),
        wanted("CHN", "to meet every year", "that all should meet at times"),
        wanted("ARM", "2 to report;", "3 to write;"),
    )
    (tmp_path / "side.html").write_text(
        render_comparison_html(made, RenderOptions(ui=ui)), encoding="utf-8"
    )
    (tmp_path / "grid.html").write_text(
        render_matrix_html(matrix(made), RenderOptions(ui=ui)), encoding="utf-8"
    )
    with browser() as opened:
        for scheme in ("light", "dark"):
            tab = opened.new_context(color_scheme=scheme, bypass_csp=True).new_page()
            for file in tmp_path.glob("*.html"):
                tab.goto(file.as_uri())
                assert violations(tab) == []


@pytest.mark.parametrize("names", Names)
def test_what_the_draft_suppresses_is_not_said_to_be_in_force(names: Names) -> None:
    """Where nobody is named, the draft's column said "text in force" of a suppressed paragraph."""
    made = compared(proposal(resolution(*LINES), "RUS", *LINES[:-1]))
    page = render_comparison_html(made, RenderOptions(names=names))
    root = etree.fromstring(page.encode(), etree.HTMLParser())
    told = [" ".join(cell.itertext()).split() for cell in root.xpath("//td[@class='draft']")]
    assert [words[0] for words in told] == ["SUP"]
