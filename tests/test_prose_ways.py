"""Amendments in the words of people: each in ``tests/prose/ways.tsv`` does what it says there."""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend.errors import Invalid
from resamend.readers.prose import amended_by
from tests.test_forms import text_of

HERE = Path(__file__).parent
WAYS = [
    line.split("\t")
    for line in (HERE / "prose" / "ways.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("form", "sentence", "said"), WAYS, ids=[way[1][:60] for way in WAYS])
def test_an_instruction_does_what_it_says(form: str, sentence: str, said: str) -> None:
    base = text_of(HERE / "forms" / f"{form}.txt")
    words = sentence.replace("\\n", "\n")
    if said == "refused":
        with pytest.raises(Invalid):
            amended_by(base, words)
        return
    assert " ¦ ".join(amended_by(base, words).told) == said
