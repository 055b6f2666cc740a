"""What is sent in Word: sentences, tables, extracts and outlines, as people write them there."""

from __future__ import annotations

import pytest

from resamend.amendment import apply
from resamend.dossier.parsed_input import ProposalInfo
from resamend.dossier.parsing import arrivals, form_like
from resamend.dossier.proposing import proposal_and_queries
from resamend.errors import Invalid
from resamend.model import Language, Resolution
from resamend.outlines import lines_of_outline
from resamend.places import named
from tests.test_word_forms import at, level, numbering
from tests.wordfiles import STYLES, deleted, inserted, package, paragraph, run

COUNTED = numbering(level("%1."), level("(%2)", "lowerLetter"))
ENGLISH = Language.EN


def lines(*words: str) -> str:
    return "".join(paragraph(run(line)) for line in words)


def counted(words: str, deep: int = 0) -> str:
    return paragraph(run(words), properties=at(deep))


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


TEXT = (
    lines("Draft resolution", "Lamps on quays", "The General Assembly,")
    + lines("Recalling its resolutions on quays,", "Noting that quays are dark in winter,")
    + counted("Welcomes the report of the keepers;")
    + counted("Requests two lamps on each quay;")
    + counted("Calls upon all ports:")
    + counted("To buy oil;", 1)
    + counted("To trim the wicks.", 1)
)
LAMPS = "Requests two lamps on each quay;"
FOUR = "Requests four lamps on each quay;"
DARK = "Noting that quays are dark in winter,"


def text_of(body: str, numbers: str = COUNTED) -> Resolution:
    (arrival,) = arrivals(package(body, numbering=numbers), name="x.docx", language=ENGLISH)
    assert isinstance(arrival.value, Resolution)
    return arrival.value


def sent(body: str) -> dict[str, str]:
    base = text_of(TEXT)
    data = package(body, numbering=COUNTED)
    (arrival,) = arrivals(data, name="sent.docx", usual=ENGLISH, form=form_like(base))
    proposal, _ = proposal_and_queries(arrival, base, ProposalInfo(id="AAA/1"))
    return {place.name: place.text for place in named(apply(base, proposal))}


BASE = {place.name: place.text for place in named(text_of(TEXT))}


@pytest.mark.parametrize(
    "body",
    [
        lines(
            "Amendments by Chad", "In operative paragraph 2, replace “two lamps” with “four lamps”."
        ),
        # counted by Word, and cut into runs as Word cuts
        counted("In OP2, replace “two” with “four”."),
        paragraph(run("In OP2, replace “"), run("two", "b"), run("” with “fo"), run("ur”.", "i")),
        paragraph(run("OP2:", "b"), run(f" {FOUR}")),
        table(("Text", "Proposal"), (f"2. {LAMPS}", f"2. {FOUR}")),
        table((LAMPS, FOUR), (DARK, DARK)),
        table(("Paragraph", "Proposed text"), ("OP2", FOUR)),
        table(("No.", "Text", "Proposed"), ("OP2", LAMPS, FOUR)),
        lines("Proposal of Chad") + table(("Text", "Proposal"), (LAMPS, FOUR)),
        lines("[...]", f"2. {FOUR}", "[...]"),
        # an extract that Word counts from 1
        lines("[...]") + counted(FOUR) + lines("[...]"),
        lines("…")
        + paragraph(
            run("Requests "),
            deleted(run("two")),
            inserted(run("four")),
            run(" lamps on each quay;"),
            properties=at(0),
        )
        + lines("…"),
        TEXT.replace("Requests two", "Requests four"),
    ],
)
def test_one_change_is_read_however_word_holds_it(body: str) -> None:
    assert sent(body) == BASE | {"OP2": FOUR}


@pytest.mark.parametrize(
    "body",
    [
        lines(f"OP2: {FOUR}", "PP2: delete"),
        table(("Paragraph", "Proposed text"), ("OP2", FOUR), ("PP2", "(deleted)")),
        table(("Text", "Proposal"), (LAMPS, FOUR), (DARK, "[delete]")),
    ],
)
def test_a_text_and_a_deletion_stand_side_by_side(body: str) -> None:
    places = {name: text for name, text in BASE.items() if name != "PP2"}
    assert sent(body) == places | {"OP2": FOUR}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (lines("Amendments by Chad", f"OP2: {FOUR}", "PP2: delete"), "gives a text in a list"),
        (lines("Comments") + counted("We would like four lamps."), "holds comments"),
        (lines("Dear Chair,", "[...]", f"2. {FOUR}", "[...]"), "a letter"),
        (table(("Place", "Comment", "Proposal"), ("OP2", "Too few.", FOUR)), "left column"),
        # struck out by hand, and nothing put in its place
        (
            lines("[...]")
            + paragraph(
                run("2. Requests two lamps"),
                "<w:r><w:rPr><w:strike/></w:rPr><w:t> on each</w:t></w:r>",
                run(";"),
            ),
            "struck out by hand",
        ),
    ],
)
def test_what_word_does_not_say_is_not_guessed(body: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        sent(body)


def outline(body: str, numbers: str = COUNTED) -> list[str]:
    return list(lines_of_outline(text_of(body, numbers)))


def test_articles_that_word_counts_make_a_treaty() -> None:
    numbers = numbering(level("Article %1"), level("%2.", "decimal"))
    body = lines("Convention on Lamps", "The States Parties,", "Recalling the Charter,")
    body += lines("Have agreed as follows:") + counted("Terms") + counted("A lamp is a light.", 1)
    body += counted("Duties") + counted("Each Party shall light its ports.", 1)
    assert outline(body, numbers)[-4:] == [
        "article | Article 1 | Art. 1 | Terms",
        "  item | 1. | Art. 1(1) | A lamp is",
        "article | Article 2 | Art. 2 | Duties",
        "  item | 1. | Art. 2(1) | Each Party shall",
    ]


def test_heading_styles_are_the_outline_of_a_text_that_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(STYLES, "H1", "heading 1")
    monkeypatch.setitem(STYLES, "H2", "heading 2")
    body = lines("Strategy for lamps") + paragraph(run("Where we stand"), style="H1")
    body += lines("Lamps are few.") + paragraph(run("Ports"), style="H2") + lines("Dark.")
    body += paragraph(run("What we want"), style="H1") + counted("More lamps.")
    assert outline(body) == [
        "para |  | ¶1 | Strategy for lamps",
        "heading |  | Where we stand | Where we stand",
        "  para |  | Where we stand ¶1 | Lamps are few.",
        "  heading |  | Ports | Ports",
        "    para |  | Ports ¶1 | Dark.",
        "heading |  | What we want | What we want",
        "  item | 1. | What we want 1. | More lamps.",
    ]


def test_a_frame_around_a_text_is_no_table() -> None:
    framed = f"<w:tbl><w:tr><w:tc>{TEXT}</w:tc></w:tr></w:tbl>"
    assert outline(framed) == outline(TEXT)
