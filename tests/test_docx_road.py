"""From Word documents to a draft: the texts of Resolution 140, sent as .docx."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.word import document

from resamend.amendment import apply
from resamend.dossier.parsing import arrivals, read
from resamend.dossier.proposing import proposal_of
from resamend.model import Kind, Resolution, walk
from resamend.readers.docx import read_docx
from tests import wordfiles as word

ORIGINALS = Path(__file__).parents[1] / "resolutions" / "140" / "originals"


def original(name: str) -> str:
    return (ORIGINALS / f"{name}.txt").read_text("utf-8")


def without_symbol(text: str) -> str:
    """Return a proposal's text without its first line and its reasons."""
    first, rest = text.split("\n", 1)
    return rest if first.startswith(("MOD", "ADD")) else text


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("styles", [True, False])
def test_a_clean_word_file_is_the_text_in_force(lang: str, styles: bool) -> None:
    text = original(f"base.{lang}")
    (found,) = read_docx(word.document(text, styles=styles), name="base.docx")
    assert found.text.resolution == read(text, Resolution)
    assert found.rejected is None
    balance = found.text.balance
    assert balance.words_in == balance.words_placed + balance.words_left_out
    assert not balance.unclassified


@pytest.mark.parametrize("name", ["RUS-sample-1", "CHN-sample-1", "USA-sample-1"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_tracked_changes_are_the_proposal(lang: str, name: str) -> None:
    old = original(f"base.{lang}")
    new = without_symbol(original(f"{name}.{lang}"))
    base, revised = read(old, Resolution), read(new, Resolution)
    data = word.tracked(old, new, before=[symbol(name)])
    (arrival,) = arrivals(data, name=f"{name}.docx")
    assert arrival.rejected == base
    proposal = proposal_of(arrival, base)
    assert proposal.unmarked == ()
    assert apply(base, proposal) == revised


def symbol(name: str) -> str:
    return word.paragraph(word.run(f"MOD\t{name.replace('-', '/')}"), style="prop")


def test_the_document_of_the_benchmark_is_read() -> None:
    data = document(provisions=31, revisions=4)
    (found,) = read_docx(data)
    items = [p for p in walk(found.text.resolution.provisions) if p.kind is Kind.ITEM]
    assert len(items) == 31
    assert found.rejected is not None
    assert found.text.resolution != found.rejected
    assert len(found.evidence) == 31
