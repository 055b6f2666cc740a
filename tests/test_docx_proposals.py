"""What a state sends as a Word file: marked and unmarked changes, several proposals, oddities."""

# ruff: noqa: E501 -- a paragraph is easier to read on one line

from __future__ import annotations

import pytest

from resamend.akn import read as read_akn
from resamend.akn import write_consolidated, write_proposal
from resamend.akn.schema import check_schema
from resamend.amendment import Proposal, Unmarked, apply, described_unmarked
from resamend.consolidation import Consolidated, merge
from resamend.difference import ListEdit, TextEdit
from resamend.dossier.parsed_input import ParsedInput
from resamend.dossier.parsing import arrivals, read
from resamend.dossier.proposing import of_this_text, proposal_and_queries
from resamend.errors import Invalid, NotApplicable, Unreadable
from resamend.model import OBJECT, Kind, Language, Resolution, walk
from resamend.readers.docx import read_docx
from tests import wordfiles as word
from tests.wordfiles import deleted, inserted, paragraph, run

TEXT = """RESOLUTION 1 (REV. GENEVA, 2022)
Meetings of the Union
The Plenipotentiary Conference (Geneva, 2022),

recalling
a)\tthe plan of work adopted in 2003;
b)\tthat meetings cost money,

resolves
1\tto meet every year in Geneva;
2\tto meet on-line where members ask for it,
"""
BASE = read(TEXT, Resolution)


def symbol(id: str, what: str = "MOD") -> str:
    return paragraph(run(f"{what}\t{id}"), style="prop")


def reasons(text: str) -> str:
    return paragraph(run(f"Reasons:\t{text}"), style="motifs")


def sent(data: bytes, name: str = "RUS-62.docx") -> tuple[ParsedInput, ...]:
    return arrivals(data, name=name)


def test_a_footnote_s_mark_is_shown_where_it_is_missing() -> None:
    told = described_unmarked(BASE, Unmarked("dvs_1__para_1", OBJECT, "[^1]"))
    assert told == "resolves 1: “[^*]” in the text in force, “[^1]” here"


# -- unmarked differences -------------------------------------------------------------------------


def test_what_is_changed_without_a_mark_is_listed_and_the_import_goes_on() -> None:
    theirs = TEXT.replace("in Geneva", "in Bern").replace("b)\tthat meetings cost money,\n", "")
    wanted = theirs.replace("every year", "twice a year")
    (arrival,) = sent(word.tracked(theirs, wanted, before=[symbol("RUS/62/1")]))
    proposal, queries = proposal_and_queries(arrival, BASE)
    assert proposal.unmarked == (
        Unmarked("recs_1__rec_b", "b) that meetings cost money,", ""),
        Unmarked("dvs_1__para_1", "Geneva", "Bern"),
    )
    assert queries[:2] == (
        "RUS/62/1, not marked as a change: recalling b): “b) that meetings cost money,” is missing",
        "RUS/62/1, not marked as a change: resolves 1: “Geneva” in the text in force, “Bern” here",
    )
    assert queries[2].startswith(
        "RUS/62/1, resolves 1: its edits come from comparing the text with"
    )
    assert apply(BASE, proposal) == read(wanted, Resolution)


def test_typography_is_no_unmarked_difference() -> None:
    theirs = TEXT.replace("on-line", "on\u2011line").replace("in 2003", "in\u00a02003")
    data = word.tracked(theirs, theirs.replace("every", "each"), before=[symbol("RUS/62/1")])
    proposal, queries = proposal_and_queries(sent(data)[0], BASE)
    assert proposal.unmarked == queries == ()


def test_a_proposal_carries_what_was_not_marked() -> None:
    theirs = TEXT.replace("Geneva;", "Bern;")
    data = word.tracked(theirs, theirs.replace("every", "each"), before=[symbol("RUS/62/1")])
    proposal, _ = proposal_and_queries(sent(data)[0], BASE)
    assert proposal.unmarked
    assert read_akn(write_proposal(proposal, BASE)).value == proposal


# -- evidence -------------------------------------------------------------------------------------


def marked(*runs: str) -> bytes:
    """Write the base with the runs of its first recital given."""
    notes = word.Footnotes()
    body = word.changes(TEXT, TEXT, notes)
    body[4] = paragraph(*runs)
    return word.package(symbol("RUS/62/1") + "".join(body))


def edits(data: bytes) -> list[tuple[int, int, str]]:
    proposal, queries = proposal_and_queries(sent(data)[0], BASE)
    assert queries == ()
    (edit,) = proposal.edits
    assert isinstance(edit, TextEdit)
    return [(h.start, h.end, "".join(w.text for w in h.words)) for h in edit.hunks]


def test_edits_follow_what_was_marked() -> None:
    """Compared, only ``plan`` would seem to go; the state struck more and wrote ``of`` anew."""
    struck = marked(
        run("a)\tthe "),
        deleted(run("plan of work")),
        inserted(run("outcome of it")),
        run(" adopted in 2003;"),
    )
    assert edits(struck) == [(1, 4, " outcome of it")]


def test_words_struck_and_written_again_stay() -> None:
    again = marked(
        run("a)\t"),
        deleted(run("the plan of work")),
        inserted(run("the outcome of work")),
        run(" adopted in 2003;"),
    )
    assert edits(again) == [(1, 2, " outcome")]


def test_a_space_may_go_with_the_word_before_or_after() -> None:
    before = marked(run("a)\tthe plan"), deleted(run(" of work")), run(" adopted in 2003;"))
    after = marked(run("a)\tthe plan "), deleted(run("of work ")), run("adopted in 2003;"))
    assert edits(before) == edits(after) == [(2, 4, "")]


NOTED = (
    f"{TEXT.replace('cost money,', 'cost money[^1],')}[^1]: See the plan of work of the Union.\n"
)


def of_noted(body: list[str], note: str) -> tuple[Proposal, tuple[str, ...]]:
    notes = f'<w:footnote w:id="1">{paragraph(note)}</w:footnote>'
    data = word.package(symbol("RUS/62/1") + "".join(body), footnotes=notes)
    return proposal_and_queries(sent(data)[0], read(NOTED, Resolution))


def test_what_was_marked_beside_a_footnote_or_in_one_is_believed() -> None:
    body = word.changes(NOTED, NOTED, word.Footnotes())
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    changed = [deleted(run("cost money")), inserted(run("take time that costs money"))]
    beside = paragraph(run("b)\tthat meetings "), *changed, mark, run(","))
    plain = run("See the plan of work of the Union.")
    body[5] = beside
    proposal, queries = of_noted(body, plain)
    (edit,) = proposal.edits
    assert isinstance(edit, TextEdit)
    assert (queries, [hunk.old for hunk in edit.hunks]) == ((), [" cost"])
    inside = [run("See the "), deleted(run("plan of work")), inserted(run("work of all"))]
    same = word.changes(NOTED, NOTED, word.Footnotes())
    proposal, queries = of_noted(same, "".join([*inside, run(" of the Union.")]))
    (edit,) = proposal.edits
    assert isinstance(edit, TextEdit)
    assert (queries, [hunk.old for hunk in edit.hunks]) == ((), [" plan of work"])


def test_what_was_marked_below_a_struck_paragraph_is_believed() -> None:
    body = word.changes(TEXT, TEXT, word.Footnotes())
    body[4] = paragraph(deleted(run("a)\tthe plan of work adopted in 2003;")), mark="del")
    body[5] = paragraph(
        *(deleted(run("b")), inserted(run("a")), run(")\tthat meetings cost ")),
        *(deleted(run("money")), inserted(run("time")), run(",")),
    )
    (arrival,) = sent(word.package(symbol("RUS/62/1") + "".join(body)))
    _, queries = proposal_and_queries(arrival, BASE)
    assert queries == ()


@pytest.mark.parametrize("first", [True, False])
def test_of_two_that_change_places_the_one_that_was_moved_moves(first: bool) -> None:
    body = word.changes(TEXT, TEXT, word.Footnotes())
    texts = ["a)\tthe plan of work adopted in 2003;", "b)\tthat meetings cost money,"]
    gone, come = (
        paragraph(word.change(kind, run(texts[not first])), mark=kind)
        for kind in ("moveFrom", "moveTo")
    )
    body[4:6] = [gone, body[5], come] if first else [come, body[4], gone]
    (arrival,) = sent(word.package(symbol("RUS/62/1") + "".join(body)))
    proposal, _ = proposal_and_queries(arrival, BASE)
    (hunks,) = (e.hunks for e in proposal.edits if isinstance(e, ListEdit))
    assert [id for hunk in hunks for id in hunk.gone] == [f"recs_1__rec_{'a' if first else 'b'}"]


def test_what_is_no_change_inside_one_paragraph_is_compared_and_told() -> None:
    body = word.changes(TEXT, TEXT, word.Footnotes())
    body[4] = paragraph(run("a)\tthe plan of work adopted in 2003;"), mark="del")
    body[5] = paragraph(deleted(run("b)\t")), run(" that meetings cost money,"))
    (arrival,) = sent(word.package(symbol("RUS/62/1") + "".join(body)))
    _, queries = proposal_and_queries(arrival, BASE)
    assert queries == (
        "RUS/62/1, recalling a): its edits come from comparing the text with the text in force, "
        "for they are not a tracked change inside one paragraph of it",
    )


# -- several proposals ----------------------------------------------------------------------------


def test_two_proposals_in_one_file() -> None:
    notes = word.Footnotes()
    first = word.changes(TEXT, TEXT.replace("every year", "twice a year"), notes)
    second = word.changes(TEXT, TEXT.replace("cost money", "take time"), notes)
    body = [
        paragraph(run("Russian Federation"), style="source"),
        symbol("RUS/62/1"), *first, reasons("Work has grown."),
        symbol("ARM/RUS/62/2"), *second, reasons("Costs fell."),
    ]  # fmt: skip
    found = sent(word.package("".join(body)))
    assert [(each.id, each.reasons) for each in found] == [
        ("RUS/62/1", "Work has grown."),
        ("ARM/RUS/62/2", "Costs fell."),
    ]
    one, two = (proposal_and_queries(each, BASE)[0] for each in found)
    assert [who.code for who in two.proponents] == ["ARM", "RUS"]
    assert [e.target for e in one.edits] == ["dvs_1__para_1"]
    assert [e.target for e in two.edits] == ["recs_1__rec_b"]
    for each in found:
        balance = each.balance
        assert balance is not None
        assert balance.words_in == balance.words_placed + balance.words_left_out
    told = str(found[0].balance)
    assert "paragraph 1, not placed (before the proposal): Russian Federation" in told


def test_a_suppressed_resolution_and_one_kept() -> None:
    body = [
        symbol("USA/63/1", "SUP"), *word.changes(TEXT, TEXT, word.Footnotes()), reasons("Done."),
        symbol("USA/63/2", "NOC"), reasons("It works."),
    ]  # fmt: skip
    sup, noc = (proposal_and_queries(each, BASE)[0] for each in sent(word.package("".join(body))))
    assert apply(BASE, sup).provisions == ()
    assert [keep.target for keep in noc.keeps] == ["resolution"]


# -- structure ------------------------------------------------------------------------------------


def kinds(data: bytes, language: Language | None = None) -> list[tuple[Kind, str, str]]:
    (found,) = read_docx(data, language)
    return [(p.kind, p.label, p.text) for p in walk(found.text.resolution.provisions)][1:]


def test_unknown_headings_are_told_by_their_style_or_by_italics() -> None:
    for style, marks in (("Call", ""), ("", "i")):
        body = "".join([
            paragraph(run("RESOLUTION 5 (GENEVA, 2022)"), style="ResNo"),
            paragraph(run("Cheese"), style="Titre3"),
            paragraph(run("The Conference,"), style="apres"),
            paragraph(run("cherishing", marks), style=style),
            paragraph(run("that cheese is good,")),
            paragraph(run("yearns"), style="Call") if style else paragraph(run("resolves", "i")),
            paragraph(run("1\tto eat it.")),
        ])  # fmt: skip
        assert [kind for kind, _, _ in kinds(word.package(body), Language.EN)] == [
            *(Kind.NUMBER, Kind.TITLE, Kind.ENACTING, Kind.PREAMBULAR, Kind.ITEM),
            *(Kind.OPERATIVE, Kind.ITEM),
        ]


HEADINGS = {
    Language.EN: ("recalling", "resolves"),
    Language.FR: ("rappelant", "décide"),
    Language.ES: ("recordando", "resuelve"),
    Language.RU: ("напоминая", "решает"),
    Language.ZH: ("回顾", "做出决议"),
    Language.AR: ("إذ يذكّر", "يقرر"),
}


def test_an_item_typed_where_a_heading_was_struck_is_an_item() -> None:
    """Word leaves it in the heading's style; its label says what it is."""
    body = [
        paragraph(run("recalling", "i"), style="Call"),
        paragraph(run("a)\tthe first text;")),
        paragraph(deleted(run("noting", "i")), inserted(run("b)\tthe second text;")), style="Call"),
        paragraph(run("I\tresolves", "i"), style="Call"),
        paragraph(run("1\tto go on.")),
    ]
    (found,) = read_docx(word.package("".join(body)), Language.EN)
    parts = [(p.kind, p.label, p.text) for p in walk(found.text.resolution.provisions)]
    assert parts[1:] == [
        (Kind.PREAMBULAR, "", "recalling"),
        (Kind.ITEM, "a)", "the first text;"),
        (Kind.ITEM, "b)", "the second text;"),
        (Kind.OPERATIVE, "", "I\tresolves"),
        (Kind.ITEM, "1", "to go on."),
    ]


@pytest.mark.parametrize("language", Language)
def test_headings_in_six_languages(language: Language) -> None:
    first, second = HEADINGS[language]
    body = "".join(
        paragraph(run(text))
        for text in (first, "a)\t2003;", "b)\t2004,", second, "1\t2005;", "2\t2006.")
    )
    assert [kind for kind, _, _ in kinds(word.package(body, styles=False), language)] == [
        *(Kind.PREAMBULAR, Kind.ITEM, Kind.ITEM, Kind.OPERATIVE, Kind.ITEM, Kind.ITEM),
    ]


def test_a_table_and_an_annex_are_kept() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Year", "Place"))
    body = "".join([
        *(paragraph(*word.pieces(line)) for line in TEXT.splitlines() if line),
        paragraph(run("ANNEX 1"), style="AnnexNo"),
        paragraph(run("Where we met."), style="AnnexTitle"),
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
    ])  # fmt: skip
    found = kinds(word.package(body))
    assert found[-6:] == [
        (Kind.ANNEX, "", "ANNEX 1"),
        (Kind.TITLE, "", "Where we met."),
        (Kind.TABLE, "", ""),
        (Kind.ROW, "", ""),
        (Kind.CELL, "", "Year"),
        (Kind.CELL, "", "Place"),
    ]


def test_errors_name_the_file() -> None:
    for data, language, why in (
        (word.package(""), None, "there is no text in it"),
        (word.package(paragraph(run("Hello."))), None, "its headings do not tell its language"),
        (word.document(TEXT), Language.FR, "this text is in en, and fr is wanted"),
    ):
        with pytest.raises(Invalid, match=why) as refusal:
            read_docx(data, language, name="RUS.docx")
        assert str(refusal.value).startswith("RUS.docx: ")


def test_a_file_can_mix_tracked_and_clean_proposals() -> None:
    notes = word.Footnotes()
    marked = word.changes(TEXT, TEXT.replace("every year", "twice a year"), notes)
    clean = word.changes(*[TEXT.replace("cost money", "take time")] * 2, notes)
    body = [
        *(symbol("RUS/62/1"), *marked, reasons("Work has grown.")),
        *(symbol("RUS/62/2"), *clean, reasons("Costs fell.")),
        *(symbol("RUS/62/3", "SUP"), *word.changes(TEXT, TEXT, notes), reasons("Done.")),
    ]
    found = [proposal_and_queries(each, BASE) for each in sent(word.package("".join(body)))]
    assert [queries for _, queries in found] == [(), (), ()]
    assert apply(BASE, found[1][0]) == read(TEXT.replace("cost money", "take time"), Resolution)
    assert apply(BASE, found[2][0]).provisions == ()


# -- excerpts -------------------------------------------------------------------------------------


def excerpt(*paragraphs: str) -> tuple[Resolution, tuple[str, ...]]:
    data = word.package(symbol("RUS/62/1") + "".join(paragraphs))
    (arrival,) = arrivals(data, name="RUS-62.docx", language=Language.EN)
    proposal, queries = proposal_and_queries(arrival, BASE)
    return apply(BASE, proposal), queries


def test_a_file_may_show_only_what_it_amends() -> None:
    revised, queries = excerpt(
        paragraph(run("resolves", "i"), style="Call"),
        paragraph(run("1\tto meet "), deleted(run("every year")), inserted(run("twice a year")), run(" in Geneva;")),
        paragraph(inserted(run("1bis\tto meet in Bern as well;")), mark="ins"),
    )  # fmt: skip
    line = "1\tto meet twice a year in Geneva;\n1bis\tto meet in Bern as well;"
    assert revised == read(TEXT.replace("1\tto meet every year in Geneva;", line), Resolution)
    assert queries == (
        "RUS/62/1: it shows a part of the text in force; what it does not show is taken to stay",
    )


def test_in_an_excerpt_what_is_struck_is_struck() -> None:
    revised, _ = excerpt(
        paragraph(run("recalling", "i"), style="Call"),
        paragraph(deleted(run("b)\tthat meetings cost money,")), mark="del"),
        paragraph(run("resolves", "i"), style="Call"),
    )
    assert revised == read(TEXT.replace("b)\tthat meetings cost money,\n", ""), Resolution)


def test_in_an_excerpt_other_words_are_told() -> None:
    _, queries = excerpt(
        paragraph(run("resolves", "i"), style="Call"),
        paragraph(run("1\tto meet every year in "), deleted(run("Bern")), inserted(run("Basel")), run(";")),
    )  # fmt: skip
    assert queries[1] == (
        "RUS/62/1, not marked as a change: resolves 1: “Geneva” in the text in force, “Bern” here"
    )


def test_an_excerpt_without_a_heading_is_placed_by_its_words() -> None:
    revised, _ = excerpt(
        paragraph(run("1\tto meet every year in "), deleted(run("Geneva")), inserted(run("Bern")), run(";")),
        paragraph(inserted(run("2\tto rest;")), mark="ins"),
    )  # fmt: skip
    assert "to rest;" in [p.text for p in walk(revised.provisions)]
    assert len([*walk(revised.provisions)]) == len([*walk(BASE.provisions)]) + 1


# -- a proposal for a provision -------------------------------------------------------------------


def about(symbol_: str, *paragraphs: str) -> tuple[Proposal, tuple[str, ...]]:
    data = word.package(symbol("RUS/62A1/1", symbol_) + "".join(paragraphs) + reasons("So."))
    (arrival,) = arrivals(data, name="RUS-62.docx", language=Language.EN)
    return proposal_and_queries(arrival, BASE)


RESOLVES = paragraph(run("resolves", "i"), style="Call")
PARTS = {
    "a paragraph is added": (
        "ADD", [RESOLVES, paragraph(run("1bis\tto meet in autumn;"))],
        ("Geneva;\n", "Geneva;\n1bis\tto meet in autumn;\n"),
    ),
    "it is added, tracked with its heading": (
        "ADD",
        [paragraph(inserted(run("resolves")), style="Call", mark="ins"),
         paragraph(inserted(run("3\tto rest;")), mark="ins")],
        ("ask for it,\n", "ask for it,\n3\tto rest;\n"),
    ),
    "it is added after one that is shown": (
        "ADD", [RESOLVES, paragraph(run("1\tto meet every year in Geneva;")),
                paragraph(run("2\tto rest;"))],
        ("Geneva;\n", "Geneva;\n2\tto rest;\n"),
    ),
    "a heading is added with what it governs": (
        "ADD", [paragraph(run("noting", "i"), style="Call"), paragraph(run("that all is well,"))],
        ("\nresolves", "\nnoting\nthat all is well,\n\nresolves"),
    ),
    "a paragraph is suppressed": (
        "SUP", [RESOLVES, paragraph(run("1\tto meet every year in Geneva;"))],
        ("1\tto meet every year in Geneva;\n", ""),
    ),
    "what is suppressed is struck": (
        "SUP",
        [RESOLVES, paragraph(deleted(run("1\tto meet every year in Geneva;")), mark="del")],
        ("1\tto meet every year in Geneva;\n", ""),
    ),
    "all under a heading is suppressed": (
        "SUP", [RESOLVES, paragraph(run("1\tto meet every year in Geneva;")),
                paragraph(run("2\tto meet on-line where members ask for it,"))],
        (TEXT[TEXT.index("\nresolves"):], ""),
    ),
    "a paragraph is amended, not tracked": (
        "MOD", [RESOLVES, paragraph(run("1\tto meet twice a year in Geneva;"))],
        ("every year", "twice a year"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_a_symbol_can_stand_on_a_provision(case: str) -> None:
    what, paragraphs, (old, new) = PARTS[case]
    proposal, queries = about(what, *paragraphs)
    assert apply(BASE, proposal) == read(TEXT.replace(old, new), Resolution)
    assert queries == (
        "RUS/62A1/1: it shows a part of the text in force; what it does not show is taken to stay",
    )


def test_a_provision_can_be_kept() -> None:
    proposal, queries = about("NOC", RESOLVES, paragraph(run("1\tto meet every year in Geneva;")))
    assert (proposal.edits, queries) == ((), ())
    assert [(keep.target, keep.reasons) for keep in proposal.keeps] == [("dvs_1__para_1", "So.")]


def test_a_part_that_cannot_be_placed_is_refused() -> None:
    loose = paragraph(run("1bis\tto meet in autumn;"))
    with pytest.raises(Invalid, match="does not say where that stands") as refusal:
        about("ADD", loose)
    assert str(refusal.value).startswith("RUS-62.docx, RUS/62A1/1: ")
    for what in ("SUP", "NOC"):
        with pytest.raises(NotApplicable, match=f"it says {what} of “9 to dance;”, which is not"):
            about(what, RESOLVES, paragraph(run("9\tto dance;")))


def test_of_a_file_about_several_resolutions_the_ones_in_question_are_taken() -> None:
    body = [
        symbol("RUS/62/1"), *word.changes(TEXT, TEXT.replace("Geneva;", "Bern;"), word.Footnotes()),
        symbol("RUS/62/2", "SUP"), paragraph(run("RESOLUTION 9 (BUSAN, 2014)"), style="ResNo"),
        symbol("RUS/62/3", "ADD"), paragraph(run("DRAFT NEW RESOLUTION [RUS-A]"), style="ResNo"),
    ]  # fmt: skip
    found = sent(word.package("".join(body)))
    taken, told = of_this_text(found, BASE)
    assert [each.id for each in taken] == ["RUS/62/1"]
    assert told[0].startswith("RUS/62/2: this is a text of Resolution 9, and the text in force is")
    assert told[1].startswith("RUS/62/3: this adds a resolution (DRAFT NEW RESOLUTION [RUS-A])")
    with pytest.raises(NotApplicable, match="this is a text of Resolution 9"):
        of_this_text(found[1:], BASE)
    with pytest.raises(NotApplicable, match="this adds a resolution"):
        proposal_and_queries(found[2], BASE)


def test_a_draft_carries_what_was_not_marked_and_is_valid() -> None:
    theirs = TEXT.replace("Geneva;", "Bern;")
    data = word.tracked(theirs, theirs.replace("every", "each"), before=[symbol("RUS/62/1")])
    proposal, _ = proposal_and_queries(sent(data)[0], BASE)
    draft = merge(BASE, [proposal])
    written = write_consolidated(draft)
    found = read_akn(written).value
    assert found == draft
    assert isinstance(found, Consolidated)
    assert found.proposals[0].unmarked == proposal.unmarked != ()
    for made in (written, write_proposal(proposal, BASE)):
        assert check_schema(made) == ()


# -- what is no proposal --------------------------------------------------------------------------


def test_two_proposals_with_one_id_are_refused() -> None:
    part = word.changes(TEXT, TEXT, word.Footnotes())
    body = [symbol("RUS/62/1"), *part, symbol("RUS/62/1"), *part]
    with pytest.raises(Invalid, match="two proposals in it have the id RUS/62/1") as refusal:
        sent(word.package("".join(body)))
    assert str(refusal.value).startswith("RUS-62.docx: ")


def test_a_proposal_that_asks_for_nothing_is_told() -> None:
    body = [symbol("RUS/62/1"), *word.changes(TEXT, TEXT, word.Footnotes())]
    _, queries = proposal_and_queries(sent(word.package("".join(body)))[0], BASE)
    assert queries == ("RUS/62/1: it asks for no change of the text in force",)


@pytest.mark.parametrize("data", [b"", b"Dear colleagues,", TEXT.encode()])
def test_what_only_is_called_a_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="this is no Word document") as refusal:
        sent(data)
    assert str(refusal.value).startswith("RUS-62.docx: ")
