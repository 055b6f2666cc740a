"""What delegates missed on the page: one test a line of their list."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given

from resamend.amendment import propose
from resamend.conflict import Standing, Stream, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import ChairTable, DecisionKind, DecisionRequest, Level, record, replay
from resamend.dossier.names import checked
from resamend.dossier.reading import DossierContent, read_dossier
from resamend.errors import Invalid
from resamend.model import Kind, Language, Proponent, Provision, Resolution
from resamend.numbering import eids
from resamend.page.builder import page_of
from resamend.page.options import Names, RenderOptions
from resamend.page.presentation import present
from resamend.page.records import quoted
from resamend.redlines import Redline, recorded, redline, rivals
from resamend.redlines.phrases import shown_phrases
from resamend.renderers.criticmarkup import render_criticmarkup
from resamend.renderers.csv import render_matrix_csv
from resamend.renderers.docx import render_docx
from resamend.renderers.docx.comparison import render_comparison_docx
from resamend.renderers.html import render_html
from resamend.renderers.html_points import render_points_html
from resamend.renderers.html_tables import render_comparison_html, render_matrix_html
from resamend.renderers.pdf import render_pdf
from resamend.renderers.pdf.blocks import TypstBlocks
from resamend.renderers.pdf.tables import comparison_pdf
from resamend.renderers.points import render_point, render_points
from resamend.renderers.status import render_status
from resamend.renderers.terminal import render_terminal
from resamend.renderers.text import render_text
from resamend.renderers.text_matrix import render_matrix_text
from resamend.tables import Comparison, compare, matrix
from tests import strategies as ours
from tests.build import laid, proposal, resolution
from tests.dossiers import sat_at
from tests.programs import program
from tests.test_page import ROOT, Desk, desk, dossier

__all__ = ["desk"]  # a fixture


Render = Callable[[Redline], str]


def on_paper(lines: Redline) -> str:
    """Return the words of a draft's PDF."""
    command = [program("pdftotext"), "-layout", "-", "-"]
    printed = subprocess.run(command, input=render_pdf(lines), capture_output=True, check=True)
    return printed.stdout.decode()


def on_paper_table(table: Comparison) -> str:
    """Return the words of a comparison's PDF."""
    command = [program("pdftotext"), "-layout", "-", "-"]
    pdf = comparison_pdf(table, RenderOptions())
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def in_word_table(table: Comparison) -> str:
    """Return the words of a comparison's Word document."""
    return words_of(render_comparison_docx(table))


def in_word(lines: Redline) -> str:
    """Return the words of a draft's Word document, without its comments."""
    return words_of(render_docx(lines))


def words_of(document: bytes) -> str:
    """Return the words of a Word document."""
    with ZipFile(BytesIO(document)) as parts:
        body = parts.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", " ", body.replace("</w:t>", "")).replace("&amp;", "&")


FORMS = [render_text, render_terminal, render_criticmarkup, on_paper, in_word]


def chair_table(stored: DossierContent, lines: Redline) -> ChairTable:
    """Return what is on the chair's table where a draft shows its records."""
    merged = merge(stored.base, stored.proposals)
    findings = find(merged)
    records = [replayed.record for replayed in lines.records]
    return ChairTable(
        consolidated=merged,
        findings=findings,
        replay=replay(merged, findings, records),
        numbers=stored.numbers or {},
        records=tuple(records),
    )


def decided(level: Level | None = None) -> tuple[Redline, Redline]:
    """Return Resolution 140 with a point recorded, one in brackets, one deferred; and without."""
    stored = read_dossier(ROOT / "resolutions" / "140", Language.EN)
    merged = merge(stored.base, stored.proposals)
    findings = find(merged)
    numbers = stored.numbers or {}
    points = {numbers[r.id]: r for r in findings.regions if r.id in numbers}
    acts = {7: DecisionKind.TAKE, 3: DecisionKind.BRACKET, 6: DecisionKind.DEFER}
    records = [
        record(
            merged,
            findings,
            points[point],
            DecisionRequest(act=act, by="Chair", at="2031-05-06T10:00", names=names, level=level),
            number=n,
            point=point,
        )
        for n, (point, act) in enumerate(acts.items(), 1)
        for names in [("1",) if act is DecisionKind.TAKE else ()]
    ]
    replayed = replay(merged, findings, records)
    lines = recorded(merged, findings, replayed, numbers=numbers)
    return lines, redline(merged, findings, numbers=numbers)


def regional(count: int = 46) -> Redline:
    """Return a draft with a common proposal of very many proponents."""
    codes = [Proponent(f"{a}{b}{c}") for a in "ABCD" for b in "EFGH" for c in "JKL"]
    base = resolution("resolves", "1 to meet once a year;", "2 to report,")
    made = proposal(base, "EUR", "resolves", "1 to meet twice a year;", "2 to report,")
    from msgspec.structs import replace

    many = replace(made, id="EUR/44A9/1", proponents=tuple(codes[:count]))
    other = proposal(base, "RUS", "resolves", "1 to meet monthly;", "2 to report,")
    merged: Consolidated = merge(base, [many, other])
    return redline(merged, find(merged))


# -- stepping -----------------------------------------------------------------------------------


def test_after_n_the_provision_of_the_point_is_in_sight_not_only_its_box(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.locator("body").click(position={"x": 5, "y": 5})
    for _ in range(12):
        page.keyboard.press("n")
        top, bar = page.evaluate("""() => {
            const stop = document.activeElement, paragraph = stop.closest(".p");
            const only = paragraph.classList.contains("only");
            const words = (only ? paragraph.previousElementSibling : paragraph);
            return [words.getBoundingClientRect().top,
                    document.querySelector(".bar").getBoundingClientRect().bottom];
        }""")
        assert bar - 1 <= top < 300, "the words of the provision are below the bar"


def test_labels_that_link_to_themselves_are_no_tab_stops(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    selves = page.locator("main .label a, main .name a")
    assert selves.count() > 100
    assert selves.evaluate_all("all => all.every(each => each.tabIndex === -1)")


def test_a_click_on_consolidated_draft_puts_no_frame_round_everything(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.locator(".contents a[href='#draft']").click()
    assert page.url.endswith("#draft")
    outline = page.locator("main").evaluate("each => getComputedStyle(each).outlineStyle")
    assert outline == "none"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)])
def test_on_a_telephone_the_bar_stays(desk: Desk, width: int, height: int) -> None:
    page = desk.open(render_html(dossier(Language.EN)), width=width, anchor="#point-9")
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(50)
    box = page.locator(".bar").bounding_box()
    assert box and abs(box["y"]) < 1 and box["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_point_n_of_m_and_the_place_are_in_the_bar(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator(".place-of").inner_text() == "Point 2 (2/28) · recalling f)"


# -- the decided state --------------------------------------------------------------------------


def test_show_says_what_was_decided() -> None:
    lines, bare = decided()
    for point, words in ((7, "taken: “concluded”"), (3, "left in brackets"), (6, "deferred")):
        number = {n: id for id, n in bare.numbers.items()}
        (region,) = (r for r in bare.findings.regions if r.id == number[point])
        assert words in render_point(bare, region, records=lines.records)
        assert words not in render_point(bare, region)


def test_the_summary_has_a_status_column_and_counts_what_is_left_open_on_purpose() -> None:
    lines, bare = decided()
    text = re.sub(r"\s+", " ", render_html(lines))
    rows = dict(
        re.findall(r'<a href="#point-(\d+)">Point \d+</a></th>.*?<td>([^<]*)</td></tr>', text)
    )
    assert (rows["3"], rows["6"], rows["9"]) == ("in brackets", "deferred", "open")
    assert "7" not in rows
    assert '<b>2</b> <span class="term">in brackets or deferred</span>' in text
    assert "in brackets or deferred" not in render_html(bare)


def test_the_date_knows_of_the_records() -> None:
    lines, bare = decided()
    assert lines.date == "2031-05-06" > bare.date


def test_below_a_recorded_paragraph_a_mark_is_enough_the_rest_is_in_an_annex(desk: Desk) -> None:
    lines, _ = decided()
    page = desk.open(render_html(lines))
    marks = page.locator("main .remark").filter(has_text="record")
    assert marks.all_inner_texts() == [
        "left in brackets · record 2", "deferred · record 3", "✓ recorded · record 1"
    ]  # fmt: skip
    annex = page.locator("#annex-records + ul li")
    assert annex.count() == 3 and "taken: “concluded” (ARM" in annex.first.inner_text()


@pytest.mark.parametrize("render", FORMS)
def test_what_is_recorded_is_marked_at_its_place_and_said_once_in_an_annex(render: Render) -> None:
    lines, _ = decided(Level.AD_HOC)
    text = " ".join(re.sub(r"\x1b\[[0-9;]*m|\\", "", render(lines)).replace("│", " ").split())
    mark = "✓ agreed (ad hoc, ad referendum) · record 1"
    assert text.count(mark) == (0 if render is in_word else 1), "Word says it in a comment"
    assert text.count("taken: “concluded” (ARM, BLR, KGZ, RUS)") == 1
    rows = re.findall(r"Point 3\W+considering a\).{,200}", text)
    assert any("in brackets" in row for row in rows), "the table of points says how each stands"


def test_counts_agree_with_each_other_wherever_they_are_shown() -> None:
    stored = read_dossier(ROOT / "resolutions" / "140", Language.EN)
    lines, _ = decided()
    table = chair_table(stored, lines)
    status, summary = render_status(table), render_text(lines)
    counts = "28 points: 1 recorded, 1 in brackets, 1 deferred, 25 open"
    for text in (status, summary, render_html(lines), render_points_html(lines), on_paper(lines)):
        assert counts in " ".join(text.split())
    numbers = {
        term: int(n) for n, term in re.findall(r"^ {2,}(\d+)  ([^(\n]+?) ?(?:\(|$)", summary, re.M)
    }
    assert numbers["outstanding points"] == 27 and numbers["in brackets or deferred"] == 2
    inside = re.findall(r"\[Point (\d+)", summary.partition("\nSummary\n")[0])
    assert numbers["brackets in the text"] == len({int(n) for n in inside})
    changes = sum(
        numbers[term]
        for term in ("same text in several proposals", "one proponent", "consequential")
    )
    assert f"Changes with no competing proposal, without a record: {changes}\n" in status
    listed = render_points(lines, everything=True)
    assert f"One proponent: {numbers['one proponent']}\n" in listed


def test_what_is_one_phrase_on_the_page_is_one_entry_in_status() -> None:
    base = ("resolves", "1 the Dubai Action Plan (Dubai, 2014) of the conference, as it stands,")
    merged, findings = laid(
        resolution(*base),
        RUS=(
            "resolves",
            "1 the Dubai Action Plan (Buenos Aires, 2017) of the conference, as it stands,",
        ),
    )
    shown = render_text(redline(merged, findings))
    assert "[-Dubai, 2014-]{+Buenos Aires, 2017+}" in shown
    table = ChairTable(
        consolidated=merged, findings=findings, replay=replay(merged, findings, []), numbers={}
    )
    text = render_status(table)
    assert "without a record: 1\n" in text and "“Dubai, 2014” → “Buenos Aires, 2017”" in text
    ids = [region.id[:8] for region in findings.regions]
    assert len(ids) == 2 and ", ".join(ids) + ", resolves 1" in text, "all can be recorded"


@given(ours.drafts())
def test_phrases_are_all_changes_once_in_their_order(drawn: ours.Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    regions = [r for r in find(merged).regions if r.standing is not Standing.CONTESTED]
    phrases = shown_phrases(merged, regions)
    parts = [part.id for phrase in phrases for part in phrase.parts]
    assert sorted(parts) == sorted(region.id for region in regions)
    for phrase in phrases:
        assert len({part.options[0].sources for part in phrase.parts if part.options}) <= 1


def test_the_words_of_a_record_are_not_cut_inside_a_word() -> None:
    text = "that mobile broadband, cloud computing and telecommunications have altered it"
    told = quoted(present(dossier(Language.EN)).say, text, Language.EN)
    assert told == "“that mobile broadband, cloud computing and…”"


# -- whole provisions ---------------------------------------------------------------------------


GATE = {
    "USA": ("considering", "a) that the gauges work;", "resolves", "1 to meet;", "3 to report,"),
    "RUS": ("considering", "a) that the gauges work;", "resolves", "1 to meet;",
            "2 to varnish gauges;", "3 to report,"),
}  # fmt: skip
WHOLE = ("considering", "a) that the gauges work;", "resolves", "1 to meet;", "2 to paint gauges;",
         "3 to report,")  # fmt: skip


def drawn_up(*base: str, **revised: tuple[str, ...]) -> tuple[Consolidated, Redline]:
    """Return a draft and what is shown of it."""
    merged, findings = laid(resolution(*base), **revised)
    return merged, redline(merged, findings)


def test_whole_provisions_in_dispute_are_bracketed_and_marked_in_text_and_terminal() -> None:
    _, lines = drawn_up(*WHOLE, **GATE)
    written = [line.strip() for line in render_text(lines).splitlines()]
    at = written.index("SUP    [Point 1:")
    assert written[at + 1] == "MOD    2     to [-paint-]{+varnish+}(RUS) gauges;]"
    plain = re.sub(r"\x1b\[[0-9;]*m", "", render_terminal(lines))
    assert "SUP    [Point 1:\nMOD    2     to" in plain


def test_a_section_in_dispute_is_bracketed_and_barred_with_all_in_it(desk: Desk) -> None:
    changed = (WHOLE[0], "a) that most gauges work;", *WHOLE[2:])
    _, lines = drawn_up(*WHOLE, USA=WHOLE[2:], RUS=changed)
    page = desk.open(render_html(lines))
    shown = page.locator("main > .p").all()
    texts = [re.sub(r"\s+", " ", each.inner_text()) for each in shown[:3]]
    assert texts[0] == "SUP [Point 1" and texts[1] == "considering" and "work;]" in texts[2]
    for paragraph in shown[:3]:
        bar = paragraph.locator(".margin").evaluate("e => getComputedStyle(e).borderInlineEndColor")
        assert bar != "rgba(0, 0, 0, 0)", "a bar stands beside it"
    assert page.locator("main > .p").nth(4).locator(".margin").count() == 0
    assert shown[0].locator("a").get_attribute("href") == "#point-1"
    page.locator("#view-base").check()
    assert "[" not in page.locator("main").inner_text()


def test_brackets_close_where_what_stands_last_in_them_is_suppressed(desk: Desk) -> None:
    base = (*WHOLE[:1], "a) that the gauges work;", "b) that the gauges hum;", *WHOLE[2:])
    without_b = (*base[:2], *base[3:])
    _, lines = drawn_up(*base, USA=base[3:], RUS=without_b)
    page = desk.open(render_html(lines))
    for view in ("redline", "result"):
        page.locator(f"#view-{view}").check()
        text = page.locator("main").inner_text()
        assert text.count("[") == text.count("]") > 0, view


def test_an_addition_in_dispute_has_its_place_and_symbol() -> None:
    more = {code: (*WHOLE[:4], f"1bis to {word};", *WHOLE[4:])
            for code, word in (("CHN", "sing"), ("RUS", "dance"))}  # fmt: skip
    _, lines = drawn_up(*WHOLE, **more)
    assert "ADD    [Point 1]\n       | Point 1 · different additions" in render_text(lines)


@given(ours.drafts())
def test_each_whole_in_dispute_has_one_pair_of_brackets(drawn: ours.Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    page = page_of(redline(merged, find(merged)))
    opened = [bracket.id for printed in page.blocks for bracket in printed.opens]
    assert len(opened) == len(set(opened)) == sum(printed.closes for printed in page.blocks)
    regions = page.presentation.redline.findings.outstanding
    wholes = {r.id for r in regions if r.stream in (Stream.PROVISION, Stream.GAP)}
    contested = {r.id for r in regions if r.standing is Standing.CONTESTED and not rivals(r)}
    assert wholes & contested == set(opened)
    depth = 0
    for printed in page.blocks:
        depth += len(printed.opens)
        assert printed.bracketed == (depth > 0)
        depth -= printed.closes
        assert depth >= 0


def test_a_split_shows_its_options_with_the_text(desk: Desk) -> None:
    base = ("considering", "a) that networks reach many; that prices bar many; that skills count;",
            "b) that it ends,")  # fmt: skip
    _, lines = drawn_up(
        *base,
        RUS=("considering", "a) that networks reach many;",
             "abis) that prices bar many; that skills count;", base[2]),
        CHN=("considering", "a) that networks reach many; that prices bar many;",
             "abis) that skills count;", base[2]),
    )  # fmt: skip
    text = " ".join(render_text(lines).replace("|", " ").split())
    assert (
        "Proposal (RUS): a) that networks reach many; {+abis)+} that prices bar many; that skills"
        in text
    )
    assert (
        "Proposal (CHN): a) that networks reach many; that prices bar many; {+abis)+} that skills"
        in text
    )
    page = desk.open(render_html(lines))
    options = page.locator("#point-1 dl > div").all_inner_texts()
    says = "Proposal CHN a) that networks reach many; that prices bar many; inserted by CHN: abis)"
    says += " end of insertion that skills count;"
    assert says in [" ".join(option.split()) for option in options]


def test_a_broken_reference_is_said_at_its_place(desk: Desk) -> None:
    base = ("resolves", "1 to meet;", "2 to paint gauges;", "instructs the Secretary-General",
            "1 to carry out resolves 2 above,")  # fmt: skip
    _, lines = drawn_up(*base, RUS=(*base[:2], *base[3:]))
    says = "Reference to a provision that changes · “resolves 2 above”: resolves 2 is suppressed"
    assert f"resolves 2 above,\n             | {says} (RUS)\n" in render_text(lines)
    page = desk.open(render_html(lines))
    place = page.locator("main > .p").filter(has_text="to carry out")
    assert place.locator(".remark").inner_text() == f"{says} (RUS)"
    bare = render_text(lines, RenderOptions(names=Names.NONE))
    assert says in bare and "RUS" not in bare


def test_the_renumbering_table_has_the_disputed_numbers_too(desk: Desk) -> None:
    more = {code: (*WHOLE[:4], f"1bis to {word};", *WHOLE[4:])
            for code, word in (("CHN", "sing"), ("RUS", "dance"))}  # fmt: skip
    _, lines = drawn_up(*WHOLE, **more)
    page = desk.open(render_html(lines))
    rows = page.locator(".numbers tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows] == [
        ["resolves", "new", "1bis (CHN) · Point 1"],
        ["resolves", "new", "1bis (RUS) · Point 1"],
    ]


# -- tables -------------------------------------------------------------------------------------


def many(count: int, *, silent: int = 0) -> Comparison:
    """Return the comparison of so many proposals, each with its own words; some on another line."""
    base = resolution("resolves", "1 to meet once a year;", "2 to report,")
    codes = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}A" for n in range(count)]
    wanted = [
        proposal(base, code, "resolves", f"1 to meet {n + 2} times a year;", "2 to report,")
        if n < count - silent
        else proposal(base, code, "resolves", "1 to meet once a year;", "2 to write,")
        for n, code in enumerate(codes)
    ]
    merged = merge(base, wanted)
    return compare(merged, redline(merged, find(merged)))


def test_from_the_fifth_proposal_on_the_comparison_has_one_block_a_provision(desk: Desk) -> None:
    four = desk.open(render_comparison_html(many(4)))
    assert four.locator("table.side:not(.blocks) thead th.source").count() == 4
    table = many(6, silent=2)
    page = desk.open(render_comparison_html(table), width=390)
    blocks = page.locator("table.blocks tbody:has(.place)")
    assert blocks.count() == 2 and page.locator("table").count() == 1
    first, second = (
        block.locator("tr > th[scope=row]").all_inner_texts() for block in blocks.all()
    )
    assert first == ["Text in force", "AAA", "ABA", "ACA", "ADA", "Draft", "(no proposal)"]
    assert second == ["Text in force", "AEA, AFA", "Draft", "(no proposal)"], (
        "the same is said once"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for written in (on_paper_table(table), in_word_table(table)):
        assert re.search(r"AEA, AFA\s+MOD\s+to\s+report\s*write", written)
        assert re.search(r"\(no proposal\)\s+AAA; ABA; ACA; ADA", written)


@pytest.mark.parametrize("width", [1100, 1366])
def test_the_matrix_keeps_points_and_head_in_sight(desk: Desk, width: int) -> None:
    page = desk.open(render_matrix_html(matrix(many(40))), width=width)
    page.locator(".framed").evaluate("frame => frame.scrollTo(300, 20)")
    frame = page.locator(".framed").bounding_box()
    points = page.locator("tbody td.remarks").first.bounding_box()
    provision = page.locator("tbody th[scope=row]").first.bounding_box()
    head = page.locator("thead th").nth(9).bounding_box()
    assert frame and points and provision and head
    assert abs(points["x"] + points["width"] - frame["x"] - frame["width"]) < 2
    assert abs(provision["x"] - frame["x"]) < 2 and abs(head["y"] - frame["y"]) < 2


def test_the_legend_of_the_matrix_has_every_symbol_in_it() -> None:
    stored = read_dossier(ROOT / "resolutions" / "140", Language.EN)
    merged = merge(stored.base, stored.proposals)
    grid = matrix(compare(merged, redline(merged, find(merged))))
    says = ("(MOD) editorial", "ADD* SUP* moved, or joined to another provision")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", render_matrix_html(grid)))
    for written in (text, " ".join(render_matrix_text(grid).split())):
        assert all(means in written for means in says)


def test_points_of_a_row_stand_in_the_order_of_their_numbers() -> None:
    says = "1 that gauges {} in the open rust within a {} if nobody paints them,"
    merged, findings = laid(
        resolution("considering", says.format("left", "year")),
        CHN=("considering", says.format("standing", "month")),
        RUS=("considering", says.format("kept", "decade")),
    )
    backwards = {r.id: n for n, r in enumerate(reversed(findings.outstanding), 1)}
    grid = matrix(compare(merged, redline(merged, findings, numbers=backwards)))
    assert [r.id for r in grid.rows[0].points] == [r.id for r in findings.outstanding]
    written = render_matrix_csv(grid), render_matrix_html(grid), render_matrix_text(grid)
    for text in (re.sub(r"<[^>]+>", "", each) for each in written):
        assert re.findall(r"Point (\d)\s+·", text) == ["1", "2"]


def test_a_comparison_of_four_states_does_not_run_off(desk: Desk) -> None:
    stored = read_dossier(ROOT / "resolutions" / "140", Language.EN)
    merged = merge(stored.base, stored.proposals)
    table = compare(merged, redline(merged, find(merged)))
    page = desk.open(render_comparison_html(table), width=1100)
    sizes = page.locator(".scroll").evaluate("each => [each.scrollWidth, each.clientWidth]")
    assert sizes[0] <= sizes[1]


def test_the_word_comparison_names_a_point_without_a_symbol_before_it() -> None:
    more = {code: (*WHOLE[:4], f"1bis to {word};", *WHOLE[4:])
            for code, word in (("CHN", "sing"), ("RUS", "dance"))}  # fmt: skip
    merged, lines = drawn_up(*WHOLE, **more)
    written = " ".join(in_word_table(compare(merged, lines)).split())
    assert "[Point 1]" in written and "ADD [Point 1]" not in written


# -- tables of the text ------------------------------------------------------------------------


def offices(*rows: str) -> Resolution:
    """Return a text with a table in its annex, a row a string, its cells between strokes."""
    cells = [
        [Provision(id="?", kind=Kind.CELL, text=text) for text in row.split("/")] for row in rows
    ]
    lines = tuple(Provision(id="?", kind=Kind.ROW, children=tuple(row)) for row in cells)
    table = Provision(id="?", kind=Kind.TABLE, children=lines)
    annex = Provision(id="?", kind=Kind.ANNEX, text="ANNEX", children=(table,))
    return eids(Resolution(language=Language.EN, provisions=(annex,)))


def tabled() -> Redline:
    """Return a table in which one adds a row, another a column, and a third changes a cell."""
    base = offices("Region/Office", "Africa/Addis Ababa", "Europe/Geneva")
    revised = {
        "RUS": offices("Region/Office", "Africa/Addis Ababa", "Asia/Bangkok", "Europe/Geneva"),
        "USA": offices("Region/Office/staff", "Africa/Addis Ababa/5", "Europe/Geneva/6"),
        "CHN": offices("Region/Office", "Africa/Addis Ababa", "Europe/Geneva and Bonn"),
    }
    merged = merge(base, [propose(base, text, f"{code}/1/1") for code, text in revised.items()])
    return redline(merged, find(merged))


def test_tables_of_the_text_are_tables_in_text_and_terminal() -> None:
    lines = tabled()
    rows = [
        "MOD    Region | Office | {+staff+}(USA)",
        "MOD    Africa | Addis Ababa | {+5+}(USA)",
        "ADD  {+Asia | Bangkok+}(RUS)",
        "MOD    Europe | Geneva {+and Bonn+}(CHN) | {+6+}(USA)",
        "       | new column: “staff” (USA)",
    ]
    assert "\n".join(rows) in render_text(lines)
    screen = render_terminal(lines, RenderOptions(width=60)).splitlines()
    shown = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in screen]
    assert max(map(len, shown)) <= 60
    bars = [[k for k, char in enumerate(line) if char == "|"] for line in shown if " | " in line]
    assert len(bars) >= 4 and all(bar[0] == bars[0][0] for bar in bars), "they stand in columns"


def test_tables_of_the_text_are_tables_in_html(desk: Desk) -> None:
    page = desk.open(render_html(tabled()), width=390)
    rows = page.locator("main table.cells tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows][2].startswith("ADD inserted by RUS: Asia")
    assert page.locator("main table.cells tr").nth(0).locator("td").count() == 4
    assert "new column: “staff” (USA)" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#view-base").check()
    sizes = [
        row.locator("td:visible:not(.margin)").count() for row in page.locator("main tr").all()
    ]
    assert [n for n in sizes if n] == [2, 2, 2], "in force there is neither row nor column"


def test_tables_of_the_text_are_tables_on_paper() -> None:
    told = on_paper(tabled())
    assert re.search(r"Africa +Addis Ababa +5", told) and "new column: “staff” (USA)" in told


# -- regional proposals -------------------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1200])
def test_a_common_proposal_shows_its_group_and_its_members_once(desk: Desk, width: int) -> None:
    text = render_html(regional())
    page = desk.open(text, width=width)
    assert page.locator("main").inner_text().count("EUR (46)") >= 1
    assert page.locator("main").inner_text().count("AEJ") == 0
    assert page.locator(".sources").inner_text().count("AEJ") == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("render", FORMS)
def test_a_common_proposal_shows_its_group_and_its_members_once_in_every_form(
    render: Render,
) -> None:
    text = re.sub(r"\x1b\[[0-9;]*m|\\", "", render(regional()))
    assert "EUR (46)" in text and text.count("AEJ") == 1


def test_tables_and_lists_show_the_group_of_a_common_proposal() -> None:
    lines = regional()
    assert lines.draft is not None
    table = compare(lines.draft, lines)
    forms = render_comparison_html(table), render_matrix_text(matrix(table)), render_points(lines)
    for text in forms:
        assert "EUR (46)" in text and "AEJ" not in text


@pytest.mark.parametrize("width", [390, 1366])
def test_the_points_view_is_not_wider_than_the_screen_with_very_many(
    desk: Desk, width: int
) -> None:
    for lines in (regional(), many(40).redline):
        page = desk.open(render_points_html(lines), width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_overflows_sideways_with_forty_proposals(desk: Desk, width: int) -> None:
    base = resolution("resolves", "1 to meet once a year;", "2 to report,")
    codes = [f"{a}{b}C" for a in "ABCDEFGH" for b in "JKLMN"]
    wanted = [
        proposal(base, code, "resolves", f"1 to meet {n} times a year;", "2 to report,")
        for n, code in enumerate(codes, 2)
    ]
    merged = merge(base, wanted)
    page = desk.open(render_html(redline(merged, find(merged)), consolidated=merged), width=width)
    page.locator(".matrix > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_message_for_an_id_that_is_too_long_says_so() -> None:
    with pytest.raises(Invalid, match=r"too long .*: 159 characters, of at most 120.*by its group"):
        checked("/".join(["EUR"] * 40))


# -- Arabic -------------------------------------------------------------------------------------


def test_arabic_labels_stand_the_right_way_round_and_names_keep_their_gap(desk: Desk) -> None:
    base = resolution("إذ يلاحظ", "أ) أن الاجتماع عُقد؛", "ب) أن التقرير نُشر؛", language=Language.AR)
    wanted = ("إذ يلاحظ", "أ) أن الاجتماع عُقد مرتين؛", "ب) أن التقرير نُشر؛")
    merged = merge(base, [proposal(base, "RUS", *wanted)])
    page = desk.open(render_html(redline(merged, find(merged))))
    labels = page.locator("main .label bdi")
    assert labels.all_inner_texts() == ["أ)", "ب)"]
    assert labels.evaluate_all("all => all.every(each => each.dir === 'rtl')")
    gap = page.locator("main .words .who").first.evaluate("""each => {
        const words = each.previousElementSibling.getBoundingClientRect();
        return words.left - each.getBoundingClientRect().right;
    }""")
    assert gap >= 2


def test_names_keep_their_gap_in_a_text_of_the_other_direction(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN), RenderOptions(ui=Language.AR)))
    gaps = page.locator("main > .p > .words > ins + .who").evaluate_all("""all => all.map(each => {
        const words = [...each.previousElementSibling.getClientRects()].at(-1);
        const own = each.getClientRects()[0];
        return own.top < words.bottom && words.top < own.bottom ? own.left - words.right : 9;
    })""")
    assert len(gaps) > 9 and min(gaps) >= 2


def test_arabic_labels_stand_the_right_way_round_on_paper() -> None:
    base = resolution("إذ يلاحظ", "أ) أن الاجتماع عُقد؛", "1 أن التقرير نُشر؛", language=Language.AR)
    wanted = ("إذ يلاحظ", "أ) أن الاجتماع عُقد مرتين؛", "1 أن التقرير نُشر؛", "c) أن يجتمع؛")
    merged = merge(base, [proposal(base, "RUS", *wanted)])
    blocks = TypstBlocks(page_of(redline(merged, find(merged))), {}, numbered=False)
    written = blocks.draft()
    assert written.count("\u2067") == 2, "letters and figures of an Arabic text, from the right"
    assert written.count("\u2066") == 1, "Latin letters from the left"


# -- on a terminal ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["conflicts", "show", "status"])
def test_on_a_terminal_it_is_as_readable_as_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    terminal = sat_at(tmp_path, monkeypatch)
    folder = terminal.dossier("RUS.en.txt", "CHN.en.txt").name
    arguments = (command, folder, *(["1"] if command == "show" else []))
    plain = terminal.run(*arguments)
    assert "\x1b[" not in plain.out and "next:" not in plain.err
    monkeypatch.setattr("resamend.cli.outputs.to_screen", lambda out="-": True)
    screen = terminal.run(*arguments)
    assert "\x1b[1m" in screen.out, "what matters is bold"
    assert "next: resamend" in screen.err, "and what to type next is said"
    styles = re.compile(r"\x1b\[[0-9;]*m")
    assert styles.sub("", screen.out) == plain.out, "in the same words"


@pytest.mark.parametrize("command", ["conflicts", "show", "status"])
def test_on_a_terminal_it_speaks_the_language_of_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    terminal = sat_at(tmp_path, monkeypatch)
    folder = terminal.dossier("RUS.en.txt", "CHN.en.txt").name
    arguments = (command, folder, *(["1"] if command == "show" else []))
    told = terminal.done(*arguments, "--ui", "ru")
    assert re.search("нерешенны|вариант|решени", told.lower())
