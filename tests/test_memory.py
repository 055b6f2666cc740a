"""What is remembered of texts is bounded: by how many there are, and by how long each is."""

from __future__ import annotations

from resamend.akn import read, write_resolution
from resamend.matching import index_of
from resamend.words import LONG, _bare, _keys, bare, key_of
from tests import build


def test_a_long_text_is_not_remembered() -> None:
    text = "words " * LONG
    kept = _keys.cache_info().currsize, _bare.cache_info().currsize
    assert key_of(text)[:2] == ("words", "words")
    assert bare(text) == "words" * LONG
    assert (_keys.cache_info().currsize, _bare.cache_info().currsize) == kept


def test_a_long_text_is_read_as_it_was_written() -> None:
    text = build.resolution("resolves", f"1 {'words ' * LONG}end")
    assert read(write_resolution(text)).value == text
    assert index_of(text).bag(2)["words"] == LONG
