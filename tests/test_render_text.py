"""Plain text: what is marked can be read back, and everything can be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import propose
from resamend.conflict import Findings, Standing, find
from resamend.consolidation import Consolidated, merge
from resamend.escaping import visible
from resamend.model import OBJECT, Kind, Language, Mark, Metadata, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.page.builder import page_of
from resamend.page.options import Names, RenderOptions
from resamend.redlines import Redline, View, redline
from resamend.renderers.criticmarkup import render_criticmarkup
from resamend.renderers.lines import broken, columns, plain
from resamend.renderers.points import render_point, render_points
from resamend.renderers.text import render_text
from resamend.renderers.text_layout import TextLayout, draft
from resamend.renderers.text_tables import render_comparison_text
from resamend.tables import compare
from tests import strategies as ours
from tests.build import laid, resolution
from tests.reading_back import ASKED_FOR, IN_FORCE, Side, read_back, squeezed
from tests.strategies import Draft

UNSEEN = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\xad\u0640\u200b\u2060\ufeff]"
"""Controls, and what makes no difference between words: where they stand is typography."""
SIGNS = ["{+", "+}", "[-", "-]", "\\", "(", ")", "[^1]", "[Point 1: x]", "|", "[", "]", " "]


def shown(
    merged: Consolidated, found: Findings, view: View = View.REDLINE, names: Names = Names.NAMES
) -> str:
    """Return the draft alone, a provision a line."""
    lines = redline(merged, found, view=view)
    return plain(draft(page_of(lines, names, Language.EN)))


def sides(lines: Redline, side: Side, names: Names = Names.NAMES) -> list[str]:
    """Return what is left of each provision on one side, without the margin and white space.

    What is cut off from a paragraph in force is in force still part of it.
    """
    page = page_of(lines, names, Language.EN)
    layout = TextLayout(page.presentation, page.footnotes)
    made: list[str] = []
    for printed in page.blocks:
        block = printed.block
        if block.choice or block.kind is Kind.RESOLUTION:
            continue
        line = plain([layout.paragraph(printed)]).rstrip("\n")
        assert line.endswith("]" * printed.closes)
        line = line[: len(line) - printed.closes]
        text = squeezed(read_back(line[5 if lines.view is View.REDLINE else 0 :], side))
        if block.split and side is IN_FORCE and not block.added:
            made[-1] += text
        elif text:
            made.append(text)
    return made


@given(ours.drafts(), st.sampled_from(Names))
def test_without_what_is_inserted_the_text_in_force_is_left(drawn: Draft, names: Names) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    in_force = sides(redline(merged, found, view=View.BASE), IN_FORCE)
    assert sides(redline(merged, found), IN_FORCE, names) == in_force
    told = [squeezed(visible(p.label + p.text)) for p in walk(merged.base.provisions)]
    assert [t.replace("[^]", "\ufffc") for t in in_force if t[:2] != "[^"] == [
        squeezed(t)
        for t, p in zip(told, walk(merged.base.provisions), strict=True)
        if t and p.kind is not Kind.FOOTNOTE
    ]


@given(ours.drafts())
def test_without_what_is_struck_the_result_is_left(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    result = sides(redline(merged, found, view=View.RESULT), ASKED_FOR)
    assert sides(redline(merged, found), ASKED_FOR) == result


@pytest.mark.parametrize("label, printed", [("2", "[^1]"), ("a", "[-[^1]-]{+[^a]+}(RUS)")])
def test_a_footnote_in_force_keeps_its_number_until_adoption(label: str, printed: str) -> None:
    base = Resolution(language=Language.EN, provisions=(_noted("1"),))
    wanted = Resolution(language=Language.EN, provisions=(_noted(label),))
    merged = merge(base, [propose(base, wanted, "RUS/1/1")])
    assert f"{printed} See below." in " ".join(shown(merged, find(merged)).split())


def _noted(label: str) -> Provision:
    note = Provision(id="n", kind=Kind.FOOTNOTE, label=label, text="See below.")
    marks = (Mark(0, 1, "footnote"),)
    return Provision(id="p", kind=Kind.TEXT, text=OBJECT, marks=marks, children=(note,))


@given(st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=3)), max_size=8), st.data())
def test_words_that_look_like_marks_are_words(parts: list[str], data: st.DataObject) -> None:
    before = re.sub(UNSEEN, "", "".join(parts)).strip() or "x"
    cut = data.draw(st.integers(0, len(before)))
    sign = data.draw(st.sampled_from(SIGNS))
    after = f"{before[:cut]}{sign}{before[cut:]}".strip() or "y"
    base = resolution("resolves", f"1 {before};")
    merged, found = laid(base, RUS=("resolves", f"1 {after};"))
    lines = redline(merged, found)
    assert sides(lines, IN_FORCE)[1] == squeezed(f"1{visible(before)};")
    assert sides(lines, ASKED_FOR)[1] == squeezed(f"1{visible(after)};")


@given(ours.drafts(), st.integers(60, 100))
def test_no_line_is_wider_than_the_screen(drawn: Draft, width: int) -> None:
    merged = merge(drawn.base, drawn.proposals)
    lines = render_text(redline(merged, find(merged)), RenderOptions(width=width)).splitlines()
    assert max(map(columns, lines)) <= width


@given(ours.drafts())
def test_breaking_lines_loses_no_word(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    whole = list(draft(page_of(redline(merged, find(merged)))))
    wrapped = plain(broken(whole, 60)).replace("|", "")
    assert squeezed(wrapped) == squeezed(plain(whole).replace("|", ""))


@pytest.mark.parametrize("width", range(24, 60))
def test_no_chinese_line_begins_with_what_closes_or_ends_with_what_opens(width: int) -> None:
    base = resolution(
        "做出决议", "1 理事会应审议工作组的报告并决定后续行动；", language=Language.ZH
    )
    text = "1 理事会应每两年审查“工作组”的报告（如有），并就后续行动提出建议；"
    merged = merge(
        base, [propose(base, resolution("做出决议", text, language=Language.ZH), "RUS/1/1")]
    )
    lines = render_text(redline(merged, find(merged)), RenderOptions(width=width)).splitlines()
    for line in lines:
        shown = re.sub("^(MOD)? *", "", line)
        assert not shown.startswith(("-]", "+}", "；", "，", "）", "”", "。"))
        assert not shown.endswith(("[-", "{+", "（", "“"))


@given(ours.drafts())
def test_every_outstanding_point_is_named_and_none_twice(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    told = [line.strip() for line in shown(merged, found).splitlines()]
    for number in range(1, len(found.outstanding) + 1):
        assert sum(line.startswith(f"| Point {number} ·") for line in told) == 1


@given(ours.drafts(), st.randoms())
def test_the_order_of_proposals_does_not_show(drawn: Draft, random: object) -> None:
    merged = merge(drawn.base, drawn.proposals)
    again = merge(drawn.base, drawn.proposals[::-1])
    one, other = (redline(m, find(m)) for m in (merged, again))
    assert render_text(one) == render_text(other)


# -- what it looks like -------------------------------------------------------------------------

BASE = resolution("resolves", "1 that the review shall conclude soon;", "2 to meet in Geneva;")


def test_a_point_stands_below_the_provision_as_whole_options() -> None:
    merged, found = laid(
        BASE,
        RUS=("resolves", "1 that the review shall end soon;", "2 to meet in Geneva;"),
        CHN=("resolves", "1 that the review shall proceed soon;", "2 to meet in Geneva;"),
    )
    assert shown(merged, found) == (
        "       resolves\n"
        "MOD    1     that the review shall [Point 1: conclude] soon;\n"
        "             | Point 1 · different wordings\n"
        "             | Text in force: “conclude”\n"
        "             | Option 1 (CHN): “proceed”\n"
        "             | Option 2 (RUS): “end”\n"
        "             | Option 3: no change\n"
        "       2     to meet in Geneva;\n"
    )


def test_a_change_is_marked_with_who_asks_the_space_before_it_outside() -> None:
    merged, found = laid(
        BASE,
        RUS=("resolves", "1 that the review shall soon conclude;", "2 to meet in Geneva, twice;"),
        CHN=("resolves", "1 that the review shall conclude soon;", "2 to meet in Geneva, twice;"),
    )
    assert "2     to meet in Geneva{+, twice+}(CHN, RUS);" in shown(merged, found)


def test_a_heading_is_changed_in_phrases_as_the_table_shows_it() -> None:
    old = "instructs the Directors and in the overall review of their work by the Union"
    new = "instructs the Directors and in the growth of the digital economy"
    merged, found = laid(resolution(old, "1 to meet;"), RUS=(new, "1 to meet;"))
    told = "[-overall review of their work by the Union-]{+growth of the digital economy+}(RUS)"
    assert f"and in the {told}" in shown(merged, found)
    assert told.removesuffix("(RUS)") in render_comparison_text(
        compare(merged, redline(merged, found))
    )


def test_a_whole_provision_is_marked_once() -> None:
    wanted = ("resolves", "1 that the review shall conclude soon;", "3 to report (yearly);")
    merged, found = laid(BASE, RUS=wanted)
    told = shown(merged, found)
    assert "ADD  {+3     to report (yearly);+}(RUS)" in told
    assert "SUP  [-2     to meet in Geneva;-](RUS)" in told


def test_who_stands_behind_two_options_is_said() -> None:
    from tests.build import resolution as made

    texts = {
        "RUS/1/1": "1 that the review shall end soon;",
        "ARM/RUS/2/1": "1 that the review shall stop soon;",
    }
    proposals = [
        propose(BASE, made("resolves", text, "2 to meet in Geneva;"), source)
        for source, text in texts.items()
    ]
    merged = merge(BASE, proposals)
    assert "| RUS is a proponent of options 1 and 2." in shown(merged, find(merged))


def test_who_makes_two_changes_that_stand_side_by_side_stands_behind_no_options() -> None:
    said = "1 to measure the flow of rivers, and, each year, to print it;"
    base = resolution("resolves", said)
    merged, found = laid(
        base,
        AAA=("resolves", said.replace("measure", "gauge")),
        BBB=("resolves", said.replace("measure", "gauge").replace("print", "publish")),
        CCC=("resolves", said.replace("rivers", "lakes")),
    )
    lines = redline(merged, found)
    (point,) = found.outstanding
    assert (point.standing, len(point.options)) == (Standing.COMPOSED, 3)
    for told in (render_text(lines), render_points(lines), render_criticmarkup(lines)):
        assert "is a proponent of options" not in told
    told = render_points(lines)
    assert "put together from several, to be read as a whole (AAA, BBB; CCC; BBB)\n" in told
    assert "| Together: “to gauge the flow of lakes, and, each year, to publish it;”\n" in told
    told = render_point(lines, point)
    assert f"Text in force:\n  {said}\n" in told


def test_what_moves_into_another_list_bears_the_label_it_gets_there() -> None:
    base = resolution("resolves", "1 to help:", "  i) with words;", "2 to keep a list of experts.")
    merged, found = laid(
        base,
        AAA=("resolves", "1 to help:", "  i) with words;", "  ii) to keep a list of experts."),
        BBB=("resolves", "1 to help:", "  i) with words;", "2 to keep a long list of experts."),
    )
    assert shown(merged, found).splitlines()[3:] == [
        "ADD*       {+ii)   to keep a {+long+}(BBB) list of experts.+}(AAA)",
        "                   | moved from resolves 2 (AAA)",
        "SUP* [-2     to keep a list of experts.-](AAA)",
        "             | moved to after resolves 1 i) (AAA)"
        "; changes proposed within it are shown there",
    ]


def test_lists_that_are_numbered_anew_in_two_ways_are_told_with_their_numbers() -> None:
    base = resolution("resolves", "1 to begin;", "2 to meet in Geneva;", "3 to stop;")
    merged, found = laid(
        base,
        AAA=("resolves", "1 to begin;", "2 to stop;"),
        BBB=("resolves", "1 to begin;", "2 to sing;", "3 to meet in Geneva;", "4 to stop;"),
    )
    told = render_points(redline(merged, found), everything=True)
    assert "resolves (AAA, BBB): renumbered: 3 → 2 (AAA); 2 → 3, 3 → 4 (BBB)" in told


def test_typography_is_not_only_counted() -> None:
    base = resolution("resolves", "1 to meet on 5 May;", "2 to stop;")
    merged, found = laid(base, AAA=("resolves", "1 to meet on 5\u00a0May;", "2 to stop;"))
    told = render_text(redline(merged, found))
    assert "\nEditorial\n  resolves 1 (AAA): “ May” → “⟨U+00A0⟩May”\n" in told
    many = resolution("resolves", *[f"{n} to meet in May;" for n in range(1, 16)])
    lines = ("resolves", *[f"{n} to meet in\u00a0May;" for n in range(1, 16)])
    told = render_text(redline(*laid(many, AAA=lines)))
    assert told.endswith("  and 3 more (listed by 'resamend conflicts --all')\n")
    assert told.count("U+00A0") == 12
    merged, found = laid(base, AAA=("resolves", "1 to meet on 5 Ma\u00ady;", "2 to stop;"))
    assert "(AAA): “May” → “Ma⟨U+00AD⟩y”" in render_text(redline(merged, found))


def test_what_an_option_splits_off_stands_apart_from_its_label() -> None:
    text = "1 to report every year to the Council, and to tell the regional organizations of it;"
    parts = ("1 to report every year to the Council;", "1bis and to tell the organizations of it;")
    other = text.replace("Council, and to tell the regional", "Council of")
    told = render_text(
        redline(
            *laid(resolution("resolves", text), AAA=("resolves", *parts), BBB=("resolves", other))
        )
    )
    assert "¶ 1bis and to tell" in told


def test_a_change_without_words_says_what_it_does() -> None:
    base = resolution(
        "resolves",
        "1 to measure the flow of all rivers, and to print it every year;",
        "2 to meet in the city of Geneva;",
        "3 to create a fund for all;",
    )
    wanted = (
        "resolves",
        "1 to measure the flow of all rivers,",
        "1bis and to print it every year;",
        "2 to meet in the city of Geneva; to create a fund for all;",
    )
    told = render_points(redline(*laid(base, AAA=wanted)), everything=True)
    begins = "divide the paragraph; the new one begins “1bis and to print it every year;”"
    assert f"resolves 1 (AAA): {begins}\n" in told
    assert "resolves 2 (AAA): join resolves 3 to it\n" in told


@pytest.mark.parametrize(("names", "said"), [(Names.NUMBER, "1 proponent"), (Names.NONE, "")])
def test_names_are_left_out_where_asked(names: Names, said: str) -> None:
    illustrative = replace(BASE, metadata=Metadata(illustrative="a position"))
    merged, found = laid(illustrative, RUS=("resolves", "1 that the review shall end soon;"))
    told = render_text(redline(merged, found), RenderOptions(names=names))
    assert "RUS" not in told
    assert "[-2     to meet in Geneva;-]" + (f"({said})" if said else "") in told


def test_a_text_that_is_not_official_says_so_first() -> None:
    illustrative = replace(BASE, metadata=Metadata(illustrative="a position"))
    merged, found = laid(illustrative, RUS=("resolves", "1 to end;"))
    told = render_text(redline(merged, found), RenderOptions(ui=Language.FR))
    assert told.startswith("*** Texte d'illustration, et non le texte officiel ***\n")


def test_the_text_in_force_alone_has_no_marks_and_no_summary() -> None:
    merged, found = laid(BASE, RUS=("resolves", "1 to end;"))
    told = render_text(redline(merged, found, view=View.BASE))
    assert told == (
        "This is the text in force, without the proposals\n\n"
        "resolves\n"
        "1     that the review shall conclude soon;\n"
        "2     to meet in Geneva;\n"
    )


def hostile() -> Redline:
    words = "<img onerror=alert(1)> </script> \u202egnp\u202c \x1b[8m {+x+} [-y-] \\ &amp; `z` *i*"
    base = resolution("resolves", f"1 {words} plan;")
    merged, found = laid(
        base,
        RUS=("resolves", f"1 {words} {words} plan;"),
        CHN=("resolves", f"1 {words} </style><b> plan;"),
        USA=("resolves", f"1 {words} plan;", f"2 {words};"),
    )
    return redline(merged, found)


def test_hostile_text_is_words() -> None:
    told = render_text(hostile())
    assert "\x1b" not in told and "\u202e" not in told
    assert "⟨U+001B⟩[8m" in told and "⟨U+202E⟩gnp⟨U+202C⟩" in told
    assert "\\{+x\\+} \\[-y\\-] \\\\ &amp;" in told


def test_rival_texts_of_a_new_resolution_stand_apart_from_the_legend_and_each_other() -> None:
    wanted = ("resolves", "1 to meet every year")
    merged, found = laid(
        Resolution(language=Language.EN), RUS=wanted, CHN=("considering", "a) that", *wanted)
    )
    told = render_text(redline(merged, found), RenderOptions(width=80))
    assert re.search(r"(?m)^moved, or joined to another provision\n\n +\| Point 1 · ", told)
    assert told.count("\n       | Point 1") == told.count("\n\n       | Point 1")


def test_a_row_of_a_table_has_no_marks_but_its_cells() -> None:
    def table(*rows: tuple[str, ...]) -> Resolution:
        made = tuple(
            Provision(
                id="?",
                kind=Kind.ROW,
                children=tuple(Provision(id="?", kind=Kind.CELL, text=text) for text in row),
            )
            for row in rows
        )
        whole = Provision(id="?", kind=Kind.TABLE, children=made)
        return eids(Resolution(language=Language.EN, provisions=(whole,)))

    base = table(("2014", "Busan"))
    more = propose(base, table(("2014", "Busan"), ("2018", "Dubai")), "RUS/1/1")
    merged = merge(base, [more])
    told = shown(merged, find(merged))
    assert "{++}" not in told
    assert "{+2018 | Dubai+}(RUS)" in told
    assert "{++++}" not in render_criticmarkup(redline(merged, find(merged)))


@pytest.mark.parametrize(
    ("language", "names", "day"),
    [
        (Language.EN, "ARM, RUS", "19 January 2018"),
        (Language.FR, "ARM, RUS", "1er mars 2018"),
        (Language.ZH, "ARM、RUS", "2018年1月19日"),
        (Language.AR, "\u2068ARM، RUS\u2069", "19 يناير 2018"),
    ],
)
def test_names_and_days_stand_as_the_language_writes_them(
    language: Language, names: str, day: str
) -> None:
    date = "2018-03-01" if language is Language.FR else "2018-01-19"
    base = resolution("resolves", "1 to meet each year", "2 to report")
    revised = resolution("resolves", "1 to meet twice a year", "2 to report")
    ids = ("ARM/1/1", "RUS/1/1")
    merged = merge(base, [propose(base, revised, id, date=date) for id in ids])
    lines = redline(merged, find(merged))
    options = RenderOptions(ui=language)
    table = render_comparison_text(compare(merged, lines), options)
    assert names in render_text(lines, options)
    for printed in (render_text(lines, options), table):
        assert day in printed and date not in printed
