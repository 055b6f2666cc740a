"""The comparative table hides no change, and shows no source doing what it did not do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import Symbol, amendments, propose
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.decision import SETTLED, replay
from resamend.model import OBJECT, Language, walk
from resamend.page.options import Audience, Names, RenderOptions
from resamend.page.vocabulary import phrases
from resamend.redlines import Block, Span, recorded, redline
from resamend.redlines.contrasts import OWN
from resamend.renderers.lines import columns
from resamend.renderers.text_matrix import render_matrix_text
from resamend.renderers.text_tables import render_comparison_text
from resamend.tables import (
    CellStanding,
    Comparison,
    ComparisonCell,
    ComparisonRow,
    FoldedRows,
    compare,
    matrix,
)
from resamend.tables.values import ELLIPSIS
from resamend.words import bare
from tests import strategies as ours
from tests.build import proposal, resolution
from tests.effort import tries
from tests.strategies import Draft
from tests.wishes import decided, some_wishes


def table(draft: Draft, near: int | None = None) -> Comparison:
    merged = merge(draft.base, draft.proposals)
    return compare(merged, redline(merged, find(merged)), near=near)


def column(table: Comparison, number: int) -> list[tuple[ComparisonRow, ComparisonCell | None]]:
    return [(row, row.cells[number]) for row in table.spoken]


def spans(blocks: Iterable[Block]) -> Iterator[Span]:
    for block in blocks:
        yield from (piece for piece in block.pieces if isinstance(piece, Span))


def wanted(row: ComparisonRow, cell: ComparisonCell | None) -> Iterator[str]:
    """Yield the paragraphs that a source wants to have where a row stands."""
    in_force = "".join(span.text for span in row.base)
    if cell is None:
        yield in_force
    elif cell.sign == "SUP" or cell.joined:
        return
    elif not any(spans(cell.blocks)) and cell.symbol is not Symbol.ADD:
        yield in_force  # kept, moved as it is, or written otherwise
    else:
        for block in cell.blocks:
            if not block.moved_from:
                yield "".join(span.text for span in spans([block]) if not span.deleted)


def counted(texts: Iterable[str]) -> Counter[str]:
    found = Counter(bare(text.replace(OBJECT, "")) for text in texts)
    del found[""]
    return found


# -- nothing hidden, nothing invented -------------------------------------------------------------


@given(ours.drafts())
def test_each_column_holds_the_whole_text_that_its_source_wants(draft: Draft) -> None:
    made = table(draft)
    folded = counted(p.text for p in walk(draft.base.provisions))
    folded -= counted("".join(s.text for s in row.base) for row in made.spoken)
    for number, each in enumerate(made.columns):
        told = counted(t for row, cell in column(made, number) for t in wanted(row, cell))
        whole = counted(p.text for p in walk(draft.texts[each.source.id].provisions))
        assert told + folded == whole, each.source.id


@given(ours.drafts())
def test_a_column_names_its_own_source_alone(draft: Draft) -> None:
    made = table(draft)
    for number, each in enumerate(made.columns):
        for _, cell in column(made, number):
            for block in cell.blocks if cell else ():
                assert all(isinstance(piece, Span) for piece in block.pieces)
                named = {*block.added, *block.struck, *block.split}
                named |= {id for _, sources in block.renumbered for id in sources}
                named |= {id for s in spans([block]) for id in (*s.inserted, *s.deleted)}
                named |= {source for source, _ in block.kept}
                assert named <= {each.source.id}


@given(ours.drafts())
def test_each_amendment_has_its_symbol(draft: Draft) -> None:
    made = table(draft)
    rows = {row.id: row for row in made.spoken if row.base or row.label}
    signs = {Symbol.MOD: {"MOD", "SUP*"}, Symbol.EDITORIAL: {"(MOD)", "MOD", "SUP*", "SUP"}}
    for number, each in enumerate(draft.proposals):
        source = made.columns[number].source.id
        each = next(p for p in draft.proposals if p.id == source)
        for asked in amendments(draft.base, each):
            if asked.symbol is Symbol.ADD or asked.target not in rows:
                continue
            cell = rows[asked.target].cells[number]
            assert cell, asked
            if asked.symbol is Symbol.NOC:
                assert any(block.kept for block in cell.blocks)
            elif asked.symbol is Symbol.SUP:
                assert cell.symbol is Symbol.SUP
            else:
                assert cell.sign in signs[asked.symbol], (asked, cell)


@given(ours.drafts())
def test_noc_stands_only_where_it_was_said(draft: Draft) -> None:
    made = table(draft)
    said = {(p.id, keep.target) for p in draft.proposals for keep in p.keeps}
    for number, each in enumerate(made.columns):
        for row, cell in column(made, number):
            if cell and cell.symbol is Symbol.NOC:
                assert (each.source.id, row.id) in said


@given(ours.drafts())
def test_every_provision_in_force_has_its_place_once_and_in_order(draft: Draft) -> None:
    made = table(draft)
    order = [provision.id for provision in walk(draft.base.provisions)]
    rows = [row.id for row in made.spoken if row.base]
    assert rows == sorted(rows, key=order.index)
    assert len(rows) == len(set(rows))
    assert all(any(row.cells) for row in made.spoken)


@given(ours.drafts())
def test_what_is_left_out_was_not_changed(draft: Draft) -> None:
    whole, short = table(draft), table(draft, near=20)
    for full, cut in zip(whole.spoken, short.spoken, strict=True):
        for one, other in zip(full.cells, cut.cells, strict=True):
            assert bool(one) == bool(other)
            if one and other:
                assert changes(one) == changes(other)


def changes(cell: ComparisonCell) -> list[tuple[str, str]]:
    """Return what a cell inserts and strikes, block by block."""
    return [
        (
            "".join(span.text for span in spans([block]) if span.inserted),
            "".join(span.text for span in spans([block]) if span.deleted),
        )
        for block in cell.blocks
    ]


@given(ours.drafts())
def test_the_draft_shows_every_point_and_every_uncontested_insertion(draft: Draft) -> None:
    made = table(draft)
    points = {region.id for row in made.spoken for region in row.points}
    assert points == {region.id for region in made.redline.findings.outstanding}
    drafted = "".join(s.text for row in made.spoken for s in spans(row.draft.blocks) if s.inserted)
    for block in made.redline.blocks:
        for span in spans([block]):
            if span.inserted and not span.deleted:
                assert span.text in drafted


@given(ours.drafts())
def test_the_draft_reads_as_its_redline(draft: Draft) -> None:
    made = table(draft)
    drafted = [block for row in made.spoken for block in row.draft.blocks]
    for block in made.redline.blocks:
        if any(s.inserted or s.deleted for s in spans([block])) and not (
            block.struck or block.added
        ):
            assert sides(block) in [sides(other) for other in drafted if other.id == block.id]


def sides(block: Block) -> tuple[str, str, str]:
    """Return the text of a block in force, as asked for, and who asks."""
    every = list(spans([block]))
    names = sorted({id for span in every for id in (*span.inserted, *span.deleted)})
    return (
        "".join(span.text for span in every if not span.inserted),
        "".join(span.text for span in every if not span.deleted),
        " ".join(names),
    )


@given(ours.drafts(), st.data())
def test_whatever_is_recorded_the_proposals_stay_and_the_draft_tells_it(
    draft: Draft, data: st.DataObject
) -> None:
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    records = decided(merged, found, data.draw(some_wishes(merged, found)))
    shown = recorded(merged, found, replay(merged, found, records))
    made = compare(merged, shown, near=None)
    asked = [(row.id, row.path, *map(unjudged, row.cells)) for row in made.spoken if any(row.cells)]
    before = table(draft).spoken
    assert asked == [(row.id, row.path, *map(unjudged, row.cells)) for row in before]
    drafted = [block for row in made.spoken for block in row.draft.blocks]
    for block in shown.blocks:
        changes = any(s.inserted or s.deleted for s in spans([block]))  # else at most it moves
        if changes and not block.struck and (not block.added or SETTLED in block.added):
            assert sides(block) in [sides(other) for other in drafted if other.id == block.id]


def unjudged(cell: ComparisonCell | None) -> ComparisonCell | None:
    return replace(cell, standing=CellStanding.ALONE, severity=None) if cell else None


@given(ours.drafts())
def test_the_order_of_proposals_makes_no_difference(draft: Draft) -> None:
    turned = replace(draft, proposals=draft.proposals[::-1])
    assert table(turned).rows == table(draft).rows


# -- examples -------------------------------------------------------------------------------------


BASE = (
    "noting", "a) that the plan of Geneva was adopted in 2003;", "b) that it works;",
    "resolves", "1 to meet every year in Geneva;", "2 to report to the Council;", "3 to thank;",
)  # fmt: skip


def compared(**wants: tuple[str, ...]) -> Comparison:
    base = resolution(*BASE)
    merged = merge(base, [proposal(base, who, *lines) for who, lines in wants.items()])
    return compare(merged, redline(merged, find(merged)))


def changed(old: str, new: str, *, lines: tuple[str, ...] = BASE) -> tuple[str, ...]:
    return tuple(line.replace(old, new) for line in lines)


def signs(made: Comparison) -> dict[str, list[str]]:
    return {row.path: [cell.sign if cell else "" for cell in row.cells] for row in made.spoken}


def test_unchanged_provisions_are_folded_under_their_heading() -> None:
    made = compared(RUS=changed("report", "write"), CHN=BASE)
    assert made.rows == (
        FoldedRows(place="noting", section="noting", labels=(), count=2),
        FoldedRows(place="resolves", section="resolves", labels=("1",), count=1),
        made.spoken[0],
        FoldedRows(place="resolves", section="resolves", labels=("3",), count=1),
    )


def test_white_space_alone_changes_no_words() -> None:
    """Two empty paragraphs are joined to one with a space in it."""
    base = resolution("resolves", "- ", "- ")
    (group,) = base.provisions[0].children
    (item,) = group.children[:1]
    group = replace(group, children=(replace(item, text=" "), *group.children[1:]))
    revised = replace(base, provisions=(replace(base.provisions[0], children=(group,)),))
    merged = merge(base, [propose(base, revised, "RUS/1/1")])
    (asked,) = amendments(base, merged.proposals[0])
    assert asked.symbol is Symbol.EDITORIAL
    (row,) = compare(merged, redline(merged, find(merged))).spoken
    assert row.cells[0] and row.cells[0].sign == "(MOD)"


def test_what_competes_at_one_place_stands_in_one_row() -> None:
    rus = (*BASE[:6], "2bis to invite all;", BASE[6])
    chn = (*BASE[:6], "2bis to invite nobody;", BASE[6])
    assert signs(compared(RUS=rus, CHN=chn)) == {"resolves 2bis": ["ADD", "ADD"]}


def test_the_same_addition_stands_in_one_row_and_says_so() -> None:
    rus = (*BASE[:6], "2bis to invite all;", BASE[6])
    (row,) = compared(RUS=rus, CHN=rus, USA=BASE).spoken
    assert [cell.standing if cell else None for cell in row.cells] == [
        CellStanding.SAME,
        CellStanding.SAME,
        None,
    ]


def test_a_moved_provision_is_compared_at_its_old_place() -> None:
    rus = (*BASE[:4], BASE[5], BASE[4], BASE[6])
    made = compared(RUS=rus, CHN=changed("every year", "twice a year"))
    told = signs(made)
    assert [signs_ for signs_ in told.values() if "SUP*" in signs_]
    assert [signs_ for signs_ in told.values() if "ADD*" in signs_]
    assert sum(len(signs_) - signs_.count("") for signs_ in told.values()) == 3


def own(cell: ComparisonCell | None) -> list[str]:
    return [
        span.text[mark.start : mark.end]
        for span in spans(cell.blocks if cell else ())
        for mark in span.marks
        if mark.kind == OWN
    ]


def test_words_of_one_option_that_are_in_no_other_are_marked() -> None:
    rus = (*BASE[:6], "2bis that all members should be invited;", BASE[6])
    chn = (*BASE[:6], "2bis that all members shall be invited;", BASE[6])
    (row,) = compared(RUS=rus, CHN=chn, USA=chn).spoken
    assert [own(cell) for cell in row.cells] == [["shall"], ["should"], ["shall"]]


def test_texts_are_marked_both_or_neither() -> None:
    made = compared(
        RUS=changed("every year", "every year and SDG"),
        CHN=changed("every year", "every year and digital economy matters"),
    )
    (row,) = made.spoken
    assert [own(cell) for cell in row.cells] == [[], []]


def test_what_is_only_struck_has_no_words_of_its_own_to_be_held_against() -> None:
    made = compared(RUS=changed("every year", "in a few years"), CHN=changed(" every year", ""))
    (row,) = made.spoken
    assert [own(cell) for cell in row.cells] == [[], []]


def test_texts_that_share_hardly_a_word_are_not_marked() -> None:
    made = compared(RUS=changed("every year", "twice a year"), CHN=changed("every year", "never"))
    (row,) = made.spoken
    assert [own(cell) for cell in row.cells] == [[], []]


def test_a_long_text_is_cut_to_the_phrase_that_changes() -> None:
    long_ = " ".join(f"word{n}" for n in range(60))
    base = resolution("resolves", f"1 {long_}")
    want = proposal(base, "RUS", "resolves", f"1 {long_.replace('word30', 'other')}")
    merged = merge(base, [want])
    (row,) = compare(merged, redline(merged, find(merged))).spoken
    (cell,) = row.cells
    assert cell
    told = "".join(span.text for span in spans(cell.blocks))
    assert told.startswith("… ") and told.endswith(" …") and len(told) < 130
    assert [m.kind for s in spans(cell.blocks) for m in s.marks] == [ELLIPSIS, ELLIPSIS]


def test_pairs_count_places_and_are_symmetric() -> None:
    rus = changed("every year", "twice a year")
    made = matrix(compared(RUS=rus, CHN=changed("every year", "never"), USA=rus))
    assert {(p.one, p.other): (p.same, p.outstanding) for p in made.pairs} == {
        ("CHN/1/1", "RUS/1/1"): (0, 1),
        ("CHN/1/1", "USA/1/1"): (0, 1),
        ("RUS/1/1", "USA/1/1"): (1, 0),
    }
    assert made.of("USA/1/1", "RUS/1/1") == made.of("RUS/1/1", "USA/1/1")


def test_a_new_resolution_has_no_text_in_force() -> None:
    base = replace(resolution(*BASE), provisions=())
    wants = [proposal(base, "RUS", *BASE), proposal(base, "CHN", *changed("Geneva", "Tunis"))]
    merged = merge(base, wants)
    made = compare(merged, redline(merged, find(merged)))
    assert made.spoken and all(not row.base for row in made.spoken)


# -- as text --------------------------------------------------------------------------------------


def test_a_row_as_text() -> None:
    made = compared(RUS=changed("every year", "twice a year"), CHN=changed("meet", "sit"))
    assert render_comparison_text(made, RenderOptions(width=60)).splitlines()[6:] == [
        "noting: (no proposal)",
        "",
        "resolves 1",
        "  | Point 1 · put together from several, to be read as a",
        "  |   whole",
        "  Text in force        to meet every year in Geneva;",
        "  CHN            MOD   to [-meet-]{+sit+} every year in",
        "                       Geneva;",
        "  RUS            MOD   to meet [-every-]{+twice a+} year in",
        "                       Geneva;",
        "  Draft                to [-meet-]{+sit+}(CHN)",
        "                       [-every-]{+twice a+}(RUS) year in",
        "                       Geneva;",
        "",
        "resolves 2–3: (no proposal)",
    ]


def test_the_same_row_side_by_side() -> None:
    made = compared(RUS=changed("every year", "twice a year"), CHN=changed("meet", "sit"))
    told = render_comparison_text(made, RenderOptions(width=80, columns=2)).splitlines()
    row = told.index("resolves 1")
    assert told[row + 1].startswith("  | Point 1 · put together from several")
    assert told[row + 2 : row + 6] == [
        "  Text in force                           CHN MOD",
        "  to meet every year in Geneva;           to [-meet-]{+sit+} every year in",
        "                                          Geneva;",
        "",
    ]


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@given(drawn=ours.drafts())
@settings(max_examples=tries(30))
def test_no_line_is_longer_than_the_screen(width: int, drawn: Draft) -> None:
    made = table(drawn, near=42)
    told = [
        render_comparison_text(made, RenderOptions(width=width)),
        render_matrix_text(matrix(made), RenderOptions(width=width)),
    ]
    for line in "".join(told).splitlines():
        assert columns(line) <= max(width, 60), line


@given(ours.drafts(), st.sampled_from([Names.NUMBER, Names.NONE]))
def test_nobody_is_named_where_nobody_may_be(drawn: Draft, names: Names) -> None:
    made = table(drawn)
    told = render_comparison_text(made, RenderOptions(names=names)) + render_matrix_text(
        matrix(made), RenderOptions(names=names)
    )
    for source in made.columns:
        assert source.source.id not in told
    assert not re.search(r"\b(RUS|CHN|ARM|BLR|USA)\b", told)


def test_the_pairs_are_left_out_where_they_are_not_wanted() -> None:
    made = matrix(compared(RUS=changed("meet", "sit"), CHN=changed("meet", "stay")))
    title = "The proposals two by two"
    assert title in render_matrix_text(made)
    assert title not in render_matrix_text(made, RenderOptions(audience=Audience.ROOM))


@pytest.mark.parametrize("ui", list(Language))
def test_tables_speak_six_languages(ui: Language) -> None:
    made = compared(RUS=changed("meet", "sit"), CHN=changed("meet", "stay"))
    told = (
        render_comparison_text(made, RenderOptions(ui=ui)),
        render_matrix_text(matrix(made), RenderOptions(ui=ui, width=200)),
    )
    assert all(phrases(ui)("no_proposal") in each for each in told)


def test_a_hostile_text_is_words() -> None:
    made = compared(RUS=changed("meet", "\x1b[8m\u202emeet"), CHN=changed("meet", "{+ x"))
    told = render_comparison_text(made)
    assert "\x1b" not in told and "\u202e" not in told and "⟨U+202E⟩" in told
