"""Cases that a delegate can read: a text in force, proposals, and what is found in them.

A case is a folder: ``base.txt``, a file for each proposal, ``expected.txt``, and ``note.md``, which
says why it is so; ``language.txt`` where it is not in English. Where something is still to come,
``expected-currently.txt`` says what is found today. Look at what changes before you keep it:
RESAMEND_KEEP=1 pytest tests/test_cases.py
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from resamend.amendment import NoChange, Proposal, apply, place, propose
from resamend.conflict import Findings, OptionKind, Region, Standing, find
from resamend.consolidation import merge
from resamend.matching import index_of
from resamend.model import OBJECT, Language, Resolution, walk
from resamend.readers.proposal_header import Kept
from resamend.readers.text import read_text
from resamend.redlines import Block, Choice, OptionView, Redline, Span, redline

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())

WORDS = {
    "competing-replacement": "different wordings",
    "delete-modify": "deleted by some, changed by others",
    "overlapping-deletion": "overlapping deletions",
    "competing-insertion": "different additions at one place",
    "competing-addition": "different additions at one place",
    "order-in-gap": "different additions at one place",
    "label-collision": "same number twice",
    "competing-move": "moved to different places",
    "move-cycle": "moved to different places",
    "join-structure": "joined or split differently",
    "competing-join": "joined or split differently",
    "competing-split": "joined or split differently",
    "competing-title": "different titles",
    "suppress-or-not": "to be suppressed or not",
    "no-change-or-not": "to be kept unchanged or not",
    "moved-out": "moved out of what is to be suppressed",
    "broken-reference": "reference to a provision that changes",
    "composed": "put together from several, to be read as a whole",
    Standing.SINGLE: "one proponent",
    Standing.IDENTICAL: "same text in several proposals",
    Standing.CONSEQUENTIAL: "follows from the rest",
}
DEEDS = {
    OptionKind.SUPPRESS: "strike it",
    OptionKind.KEEP: "no change",
    OptionKind.RETAIN: "do not strike it",
    OptionKind.AMENDABLE: "it may change",
    OptionKind.MOVE: "move it to after",
    OptionKind.JOIN: "join it to",
    OptionKind.LABEL: "call it",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    base = _read(case / "base.txt")
    sources = sorted(path for path in case.glob("???.txt"))
    proposals = [_proposal(base, path) for path in sources]
    for path, proposal in zip(sources, proposals, strict=True):
        assert apply(base, proposal) == _read(path)
    merged = merge(base, proposals)
    found = find(merged)
    told = "\n".join([*_regions(found), "", *_text(redline(merged, found))]) + "\n"
    today = case / "expected-currently.txt"
    expected = today if today.exists() else case / "expected.txt"
    if os.environ.get("RESAMEND_KEEP"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert (case / "note.md").read_text(encoding="utf-8").strip()


def _read(path: Path) -> Resolution:
    return read_text(path.read_bytes(), _language(path.parent), name=path.name).resolution


def _language(case: Path) -> Language:
    """Return the language of a case: English, where it does not say."""
    told = case / "language.txt"
    return Language(told.read_text().strip()) if told.exists() else Language.EN


def _proposal(base: Resolution, path: Path) -> Proposal:
    imported = read_text(path.read_bytes(), _language(path.parent), name=path.name)
    keeps = tuple(_keep(base, kept) for kept in imported.kept)
    source = imported.source or f"{path.stem}/1/1"
    return propose(base, imported.resolution, source, keeps=keeps)


def _keep(base: Resolution, kept: Kept) -> NoChange:
    known = index_of(base)
    node = next(n for n in range(len(known.nodes)) if place(known, n) == kept.path)
    return NoChange(known.nodes[node].id, reasons=kept.reasons)


# -- what is found ------------------------------------------------------------------------------


def _regions(found: Findings) -> Iterator[str]:
    """Tell every region: a point has a number, and its options."""
    points = {region.id: number for number, region in enumerate(found.outstanding, 1)}
    for region in (*found.regions, *found.warnings):
        number = points.get(region.id)
        title = f"Point {number}, " if number else ""
        yield f"{title}{region.path}: {_kind(region)}"
        if region.cites:
            yield f"  cites {region.cites}"
        if region.composed:
            yield f"  together: {_line(region.composed)}"
        elif region.base.strip():
            yield f"  in force: {_line(region.base)}"
        for option in region.options:
            said = " ".join(filter(None, (DEEDS.get(option.deed, ""), option.place)))
            text = _line(option.text) if option.text or not said else ""
            yield f"  {_names(option.sources)}: {': '.join(filter(None, (said, text)))}".rstrip()
        if not region.options:
            yield f"  {_names(region.sources)}"
    for pair in found.similar:
        yield f"Similar wording: {pair.one_path} ({_names(pair.one_sources)}) and " + (
            f"{pair.other_path} ({_names(pair.other_sources)})"
        )


def _kind(region: Region) -> str:
    kinds = region.kinds or (region.standing,)
    return "; ".join(f"{WORDS[kind]} ({kind})" for kind in kinds)


def _line(text: str) -> str:
    shown = text.strip().replace("\n", " / ").replace(OBJECT, "¶")
    return f"“{shown}”" if shown else "(nothing)"


def _names(sources: Iterable[str]) -> str:
    return ", ".join(source.removesuffix("/1/1") for source in sources) or "nobody"


# -- how it is shown ----------------------------------------------------------------------------


def _text(lines: Redline) -> Iterator[str]:
    for block in lines.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    indent = "  " * block.depth
    if block.choice:
        yield f"{indent}{_choice(block.choice)}"
        return
    label = "".join(map(_piece, block.label))
    text = "".join(map(_piece, block.pieces))
    notes = [f"to {block.moved_to}"] if block.moved_to else []
    notes += [f"from {block.moved_from}"] if block.moved_from else []
    notes += [f"split off by {_names(block.split)}"] if block.split else []
    notes += [f"{_names([source])} would keep it" for source, _ in block.kept]
    shown = " ".join(filter(None, (label, text.strip(), f"<{'; '.join(notes)}>" if notes else "")))
    yield f"{indent}{shown}"


def _piece(piece: Span | Choice) -> str:
    if isinstance(piece, Choice):
        base = "".join(map(_piece, piece.base))
        return f"{base}{_choice(piece)}"
    text = piece.text.replace(OBJECT, "[^]")
    if not text:
        return ""
    if piece.deleted:
        return f"[-{text}- {_names(piece.deleted)}]"
    return f"{{+{text}+ {_names(piece.inserted)}}}" if piece.inserted else text


def _choice(choice: Choice) -> str:
    if choice.again:
        return f"[see Point {choice.number}]"
    return f"[Point {choice.number}: {' / '.join(map(_option, choice.options))}]"


def _option(option: OptionView) -> str:
    deed = " ".join(filter(None, (DEEDS.get(option.deed, ""), option.place)))
    blocks = " ¶ ".join(line.strip() for block in option.blocks for line in _block(block))
    words = "".join(map(_piece, option.spans)).strip()
    who = f" ({_names(option.sources)})" if option.sources else ""
    said = ": ".join(filter(None, (deed, words or blocks)))
    return f"Option {option.number}{who} {said or '(nothing)'}"


def test_every_provision_of_a_case_is_read() -> None:
    for case in CASES:
        read = read_text((case / "base.txt").read_bytes(), _language(case))
        assert not read.balance.unclassified, case.name
        assert len(list(walk(read.resolution.provisions))) > 2
