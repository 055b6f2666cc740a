"""Law 6 for Word: what stands in a Word file is read as it stands in plain text.

The files are written by ``tests.wordfiles``, not by us.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import apply
from resamend.dossier.parsing import arrivals, read
from resamend.dossier.proposing import proposal_and_queries
from resamend.model import Kind, Language, Resolution, walk
from resamend.ooxml import TrackView, paragraphs, read_document, view
from resamend.readers.docx import read_docx
from tests import wordfiles as word
from tests.strategies import law

WORDS = (
    *("the", "plan", "of", "Geneva’s", "2003", "(Rev.", "Busan)", "co\u00adordinate", "m²", "R&D"),
    *("<b>", "WG\u2011WSIS", "Genève", "計画", "план", "الخطة", "*resolves*", "\u00a0and"),
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(
    lambda words: f"that {' '.join(words)};"
)
HEADINGS = ("recalling", "considering further", "resolves", "instructs the Secretary-General")


class Item(Struct, frozen=True):
    """Hold an item of a text in plain form, and the body of its footnote."""

    text: str
    note: str = ""


Text = tuple[tuple[str, tuple[Item, ...]], ...]
ITEMS = st.builds(Item, SENTENCES, st.one_of(st.just(""), st.just(""), SENTENCES))
TEXTS: st.SearchStrategy[Text] = st.tuples(
    *(
        st.tuples(st.just(heading), st.lists(ITEMS, min_size=1, max_size=4).map(tuple))
        for heading in HEADINGS
    )
)


def plain(text: Text) -> str:
    """Write a text in plain form, each item with its label and each footnote with its number."""
    lines = ["RESOLUTION 140 (REV. BUSAN, 2014)", "Meetings", "The Conference (Busan, 2014),"]
    count = 0
    for heading, items in text:
        lines += ["", heading]
        for n, item in enumerate(items):
            label = f"{n + 1}" if heading in HEADINGS[2:] else f"{'abcdefgh'[n]})"
            count += bool(item.note)
            mark = f"[^{count}]" if item.note else ""
            lines.append(f"{label}\t{item.text[:-1]}{mark};")
            lines += [f"[^{count}]: {item.note}"] if item.note else []
    return "\n".join(lines)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Text, Text]:
    """Draw a text and what becomes of it: items changed, taken out and added."""
    text = draw(TEXTS)
    made = []
    for heading, items in text:
        kept: list[Item] = []
        for item in items:
            deed = draw(st.sampled_from(["keep", "keep", "change", "drop", "add"]))
            changed = replace(item, text=draw(SENTENCES)) if deed == "change" else item
            kept += [] if deed == "drop" else [changed]
            kept += [Item(draw(SENTENCES))] if deed == "add" else []
        made.append((heading, tuple(kept) or items))
    return text, tuple(made)


def as_read(text: Text) -> Resolution:
    return read(plain(text), Resolution, language=Language.EN)


@given(TEXTS, st.booleans())
def test_a_clean_word_file_says_what_the_plain_text_says(text: Text, styles: bool) -> None:
    (found,) = read_docx(word.document(plain(text), styles=styles), Language.EN)
    assert found.text.resolution == as_read(text)
    balance = found.text.balance
    assert balance.words_in == balance.words_placed + balance.words_left_out


@law(pairs())
def test_tracked_changes_are_read_both_ways(both: tuple[Text, Text]) -> None:
    old, new = both
    symbol = word.paragraph(word.run("MOD\tRUS/62/1"))
    file = word.tracked(plain(old), plain(new), before=[symbol])
    (arrival,) = arrivals(file, name="RUS.docx", language=Language.EN)
    base = as_read(old)
    assert arrival.rejected in (None, base)
    proposal, _ = proposal_and_queries(arrival, base)
    assert proposal.unmarked == ()
    assert apply(base, proposal) == arrival.value
    assert texts(arrival.value) == texts(as_read(new))


def texts(resolution: Resolution) -> list[tuple[str, str]]:
    """Return labels and texts; footnotes that are added take a label between those there are."""
    return [
        ("" if p.kind is Kind.FOOTNOTE else p.label, p.text) for p in walk(resolution.provisions)
    ]


# -- views ----------------------------------------------------------------------------------------

PIECES = st.lists(
    st.tuples(st.sampled_from(["kept", "ins", "del", "both"]), st.text("ab \t", max_size=4)),
    max_size=5,
)
MARKS = st.sampled_from(["", "", "ins", "del"])


@given(st.lists(st.tuples(PIECES, MARKS), max_size=6))
def test_views_are_what_stays(drawn: list[tuple[list[tuple[str, str]], str]]) -> None:
    """The text of a view is that of the pieces that stay, cut where the marks of paragraphs do."""
    body = "".join(
        word.paragraph(*(_piece(*piece) for piece in pieces), mark=mark) for pieces, mark in drawn
    )
    read_ = read_document(word.package(body))
    for wanted, gone in ((TrackView.ACCEPTED, "del"), (TrackView.REJECTED, "ins")):
        found = "¶".join(each.text for each in paragraphs(view(read_, wanted).blocks))
        expected = "".join(
            "".join(text for kind, text in pieces if kind not in (gone, "both"))
            + ("" if mark == gone else "¶")
            for pieces, mark in drawn
        )
        assert found == expected.removesuffix("¶")


def _piece(kind: str, text: str) -> str:
    inner = word.run(text)
    if kind == "kept":
        return inner
    if kind == "both":
        return word.inserted(word.deleted(inner, "B"), "A")
    return word.inserted(inner) if kind == "ins" else word.deleted(inner)
