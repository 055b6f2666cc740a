"""What somebody made to keep a machine busy takes time in proportion to its size, no more.

Each case took minutes, or would have, in an earlier version; the time is the processor's own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from resamend.brackets import SignKind, read_signs
from resamend.conflict import find
from resamend.consolidation import Consolidated, merge
from resamend.dossier.parsing import arrive
from resamend.dossier.proposing import proposal_of
from resamend.errors import InputError
from resamend.model import OBJECT, Language, Resolution
from resamend.safe import open_archive, parse_json
from resamend.words import joined, split

HEAD = "RESOLUTION 7 (REV. BUSAN, 2014)\nMeetings of the group\n\nresolves\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def draft_of(base: str, *revised: str) -> Consolidated:
    text = arrive(base.encode(), name="base.en.txt").value
    assert isinstance(text, Resolution)
    arrivals = [arrive(each.encode(), name=f"A{n}-1-1.en.txt") for n, each in enumerate(revised)]
    return merge(text, [proposal_of(each, text) for each in arrivals])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'"' + b'\\"' * 200_000, "Unterminated string"),
        (b"{" + b",".join(b'"%d":1' % k for k in range(60_000)) + b',"59999":1}', "given twice"),
        (b"[" + b"[]," * 260_000 + b"1]", "too many values. The limit 'elements'"),
    ],
    ids=["quotes", "keys", "values"],
)
def test_json_that_never_ends(data: bytes, said: str) -> None:
    with within(4), pytest.raises(InputError, match=said):
        parse_json(data, name="dossier.json")


def test_a_zip_file_that_lists_too_much() -> None:
    entry = b"PK\x01\x02" + bytes(42)
    with within(1), pytest.raises(InputError, match="has 500000 parts"):
        open_archive(b"PK\x03\x04" + entry * 500_000, name="x.docx")


def test_very_many_blank_lines() -> None:
    text = HEAD + "\n" * 300_000 + "1\tthat;\n"
    with within(4):
        found = arrive(text.encode(), name="x.en.txt", language=Language.EN).value
    assert isinstance(found, Resolution)


def test_very_many_spaces_in_a_bracket() -> None:
    text = f"[a{' ' * 60_000}b / c{' ' * 60_000}]"
    with within(4):
        kinds = [sign.kind for sign in read_signs(text).signs]
    assert kinds == [SignKind.OPENS, SignKind.PARTS, SignKind.CLOSES]


def test_a_thousand_provisions_added_at_one_place() -> None:
    added = "".join(f"{k}\tthat item{k} be;\n" for k in range(2, 1000))
    with within(8):
        draft = draft_of(f"{HEAD}1\tthat;\n", f"{HEAD}1\tthat;\n{added}")
    assert len(draft.lists[0].additions) == 998


def test_one_sentence_with_four_thousand_references() -> None:
    base, revised = (f"{HEAD}1\tsee resolves {n}, {f'{n}, ' * 4_000}\n2\tthat.\n" for n in (1, 2))
    draft = draft_of(base, revised)
    with within(8):
        assert find(draft).regions


def test_one_sentence_with_four_thousand_footnotes_and_marks() -> None:
    words = [f"*a{k}*[^{k}]" for k in range(4_000)]
    notes = "".join(f"[^{k}]: note\n" for k in range(4_000))
    text = arrive(f"{HEAD}1\t{' '.join(words)}\n{notes}".encode(), name="x.en.txt").value
    assert isinstance(text, Resolution)
    provision = text.provisions[0].children[-1].children[0]
    with within(4):
        found = split(provision.text, provision.marks)
    assert joined(found) == (provision.text, provision.marks)
    assert sum(word.text.strip() == OBJECT for word in found) == 4_000
