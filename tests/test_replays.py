"""Stories of records that a delegate can read: what was decided, what then came, what became of it.

A story is a folder: the text in force and the proposals ``before``, what was ``decided.txt`` about
them, the texts ``after``, or the new text in force, ``onto.txt``; ``expected.txt`` says how each
record stands then and what the adopted text says; ``note.md`` why. Look at what changes before you
keep it: RESAMEND_KEEP=1
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from resamend.amendment import propose
from resamend.conflict import RULES, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import (
    ChairTable,
    DecisionKind,
    DecisionRequest,
    Record,
    Status,
    adopt,
    record,
    replay,
)
from resamend.decision.compositions import asked_now
from resamend.model import Language, Resolution
from resamend.readers.text import read_text
from resamend.rebase import carry_draft
from resamend.renderers.plain import written

STORIES = sorted(path for path in (Path(__file__).parent / "replays").iterdir() if path.is_dir())


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(story: Path) -> None:
    before = _draft(story / "before")
    records = tuple(_decided(before, story / "decided.txt"))
    if (story / "onto.txt").is_file():  # the text in force that followed
        after, records = _carried(before, records, _read(story / "onto.txt"))
    else:
        after = _draft(story / "after")
    told = "\n".join(_told(after, records)) + "\n"
    expected = story / "expected.txt"
    if os.environ.get("RESAMEND_KEEP"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert (story / "note.md").read_text(encoding="utf-8").strip()


def test_there_is_a_story_of_each_status() -> None:
    assert {status.value for status in Status} <= {story.name for story in STORIES}


def _draft(folder: Path) -> Consolidated:
    base = _read(folder / "base.txt")
    sources = sorted(path for path in folder.glob("???.txt"))
    return merge(base, [propose(base, _read(path), f"{path.stem}/1/1") for path in sources])


def _carried(
    before: Consolidated, records: tuple[Record, ...], onto: Resolution
) -> tuple[Consolidated, tuple[Record, ...]]:
    findings = find(before)
    replayed = replay(before, findings, records)
    table = ChairTable(
        consolidated=before, findings=findings, replay=replayed, numbers={}, records=records
    )
    carried = carry_draft(table, onto)
    return carried.draft, carried.records


def _read(path: Path) -> Resolution:
    return read_text(path.read_bytes(), Language.EN, name=path.name).resolution


def _decided(draft: Consolidated, path: Path) -> Iterator[Record]:
    """Yield the records of a file: a line is a place, what is decided, and by whose words.

    Of several questions at one place ``#2`` means the second; ``rules 1`` that all were recorded
    by the earlier rule set.
    """
    found = find(draft)
    made: list[Record] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    rules = 1 if lines[0] == "rules 1" else RULES
    for number, line in enumerate([line for line in lines if line != "rules 1"], 1):
        where, said = line.split(": ", 1)
        act, _, rest = said.partition(" ")
        if act == "undo":
            last = made[-1]
            made.append(
                replace(last, number=number, act=DecisionKind.UNDO, undoes=last.number, chosen=())
            )
        else:
            path, _, rank = where.partition(" #")
            here = [region for region in found.regions if region.path == path]
            region = here[int(rank or 1) - 1]
            text = rest if act == "text" else ""
            names = () if text or not rest else (rest,)
            wish = DecisionRequest(
                act=DecisionKind(act), by="Chair", at="2018-11-05", names=names, text=text
            )
            made.append(record(draft, found, region, wish, number=number))
    yield from (replace(each, rules=rules) for each in made)


def _told(draft: Consolidated, records: tuple[Record, ...]) -> Iterator[str]:
    found = find(draft)
    known = replay(draft, found, records)
    for each in known.records:
        by = f" (record {each.by})" if each.by else ""
        applied = "applied" if each.applied else "not applied"
        yield f"record {each.record.number}, {each.record.act}: {each.status}{by}, {applied}"
    adopted = adopt(draft, found, known)
    for region in asked_now(found, known).outstanding:
        if region.composed and region.id not in known.read:
            yield f"point, {region.path}: to be read as a whole: {region.composed.strip()}"
    for unread in adopted.unread:
        yield f"adopted unread, {unread.path}"
    yield ""
    yield written(adopted.text).split("resolves\n", 1)[1].rstrip()
