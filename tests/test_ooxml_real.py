"""Accepting and rejecting, on files that Word wrote: optional, for they are not ours to ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend.ooxml import TrackView, paragraphs, read_document, view
from tests.programs import SAMPLES, folder

FOLDER = SAMPLES / "data/docx-revisions"
TRIPLES = sorted(
    path.name.removesuffix("-Accepted.docx") for path in FOLDER.glob("*-Accepted.docx")
)
LEAVES_A_BLANK = ("RP015-MoveFrom-MoveTo",)
"""Here another tool left an empty paragraph where one had stood; in RP018 it did not."""


def lines(path: Path, wanted: TrackView) -> list[str]:
    read = view(read_document(path.read_bytes(), name=path.name), wanted)
    notes = [block for note in read.notes for block in note.blocks]
    return [each.label + each.text for each in paragraphs([*read.blocks, *notes])]


@pytest.mark.parametrize("wanted", TrackView)
@pytest.mark.parametrize("name", TRIPLES or ["none"])
def test_views_give_the_texts_that_word_gives(name: str, wanted: TrackView) -> None:
    folder("data/docx-revisions")
    tracked = FOLDER / f"{name}.docx"
    resolved = FOLDER / f"{name}-{wanted.value.title()}.docx"
    ours, theirs = lines(tracked, wanted), lines(resolved, TrackView.ACCEPTED)
    if name in LEAVES_A_BLANK:
        theirs = [line for line in theirs if line]
    assert ours == theirs
