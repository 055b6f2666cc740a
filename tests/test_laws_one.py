"""The laws of one base and one revised text (docs/architecture.md, laws 1 and 9 in part)."""

from __future__ import annotations

from hypothesis import strategies as st

from resamend.amendment import apply, invert, propose
from resamend.difference import hunks_of
from resamend.difference.words import hunks_between
from resamend.words import joined, pieces, split, starts
from tests import strategies as ours
from tests import texts as wording


@ours.law(st.data())
def test_words_join_to_what_they_were_split_from(data: st.DataObject) -> None:
    text = data.draw(st.one_of(wording.texts(), st.text()))
    marks = wording.formatted(data.draw, text)
    assert joined(split(text, marks)) == (text, marks)


@ours.law(st.text())
def test_words_split_again_are_the_same_words(text: str) -> None:
    words = split(text)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = "".join(word.text for word in words[start:end])
            assert split(part) == words[start:end]


@ours.law(st.data())
def test_apply_diff_gives_the_revised_text(data: st.DataObject) -> None:
    base = data.draw(wording.resolutions())
    revised = data.draw(ours.revised(base))
    proposal = propose(base, revised, "RUS/1/1")
    assert apply(base, proposal) == revised
    again = propose(base, apply(base, proposal), "RUS/1/1")
    assert apply(base, again) == revised


@ours.law(st.data())
def test_invert_undoes(data: st.DataObject) -> None:
    base = data.draw(wording.resolutions())
    proposal = propose(base, data.draw(ours.revised(base)), "RUS/1/1")
    assert apply(apply(base, proposal), invert(base, proposal)) == base


@ours.law(st.data())
def test_unrelated_texts_differ_exactly(data: st.DataObject) -> None:
    base, revised = data.draw(wording.resolutions()), data.draw(wording.resolutions())
    assert apply(base, propose(base, revised, "RUS/1/1")) == revised


@ours.law(st.data())
def test_trimming_does_not_change_the_edits(data: st.DataObject) -> None:
    old, new = data.draw(wording.texts(30)), data.draw(wording.texts(30))
    if data.draw(st.booleans()):
        cut = data.draw(st.integers(0, len(old)))
        new = f"{old[:cut]}{data.draw(wording.texts(2))}{old[cut:]}"
    assert hunks_between(old, new, pieces(old), starts(old)) == hunks_of(split(old), split(new))
