"""Amendments in a table or by places: what stands, and what is to stand instead.

A row of two columns shows words in force and those proposed; a line "OP3: …" gives a place and its
new text. Both are instructions as sentences are, and refused as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.errors import Invalid
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import parse
from resamend.places import folded
from resamend.readers.prose.clauses import is_instruction
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.values import Instruction, Order, PlaceSide
from resamend.readers.remarks import is_remark, says_to_strike

_PLACED = re.compile(r"(?P<place>[^:“«\"]{2,60}?)\s?[:：]\s+(?P<text>\S.*)", re.DOTALL)
_BIS = re.compile(r"(?P<head>.*?)\s?(?P<suffix>bis|ter|quater|бис|тер)\Z")
_WIDTH = 2


def table_of(text: Resolution) -> Provision | None:
    """Return the table that is all a text says of the provisions, if it is one."""
    tables = [p for p in walk(text.provisions) if p.kind is Kind.TABLE and len(p.children) > 1]
    items = [p for p in walk(text.provisions) if p.kind is Kind.ITEM]
    return tables[0] if len(tables) == 1 and not items else None


def instructions_in_table(table: Provision, book: PlaceBook) -> tuple[Instruction, ...]:
    """Return what a table of two columns asks for, a row an instruction.

    Raises ``Invalid`` for a row whose left column does not show words in force.
    """
    rows = [[cell.text.strip() for cell in row.children] for row in table.children]
    if any(_shown(row[0], book) for row in rows[1:] if row) and all(
        len(row) >= _WIDTH for row in rows
    ):
        first = 0 if _shown(rows[0][0], book) else 1
        return tuple(_instruction(row, book) for row in rows[first:])
    raise Invalid(
        "it is a table whose left column does not show the words in force; words that are struck "
        "or underlined by hand in the other cannot be told from those that stay",
        advice="Give two columns, text in force and proposed text, or track the changes.",
    )


def instructions_in_rows(lines: Sequence[str], book: PlaceBook) -> tuple[Instruction, ...]:
    """Return what lines of two columns, parted by a tab, ask for; none where they are no table.

    Raises ``Invalid`` as ``instructions_in_table`` does.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    if any(len(row) != _WIDTH for row in rows) or not any(_shown(row[0], book) for row in rows[1:]):
        return ()
    first = 0 if _shown(rows[0][0], book) else 1
    return tuple(_instruction(row, book) for row in rows[first:])


def _shown(cell: str, book: PlaceBook) -> tuple[str, str] | None:
    """Return the provision whose words a cell shows, and what stands before them in it."""
    shown = [
        (p.id, cell[: len(cell) - len(p.text)])
        for p in book.index.nodes
        if p.text and p.kind in (Kind.ITEM, Kind.TEXT, Kind.TITLE) and cell.endswith(p.text)
    ]
    fitting = [s for s in shown if _fits(s[0], s[1], book)] or shown
    return fitting[0] if len(fitting) == 1 else None


def _fits(id: str, lead: str, book: PlaceBook) -> bool:
    return folded(lead) in (folded(book.name(id)), folded(book.provision(id).label))


def _instruction(row: Sequence[str], book: PlaceBook) -> Instruction:
    shown = _shown(row[0], book)
    words = " | ".join(row[:_WIDTH])
    if shown is None:
        raise Invalid(
            f"the row “{words[:80]}” does not show one provision in force; its words are not there",
            advice="Show in the left column the words as they stand in force.",
        )
    id, lead = shown
    new = row[1]
    if says_to_strike(new.removeprefix(lead)):
        return Instruction(order=Order.DELETE, words=words, places=(id,))
    if lead and new.startswith(lead):
        new = new[len(lead) :]
    return Instruction(order=Order.REPLACE, words=words, places=(id,), new=new.strip())


def placed_instructions(lines: Sequence[str], book: PlaceBook) -> tuple[Instruction, ...]:
    """Return the instructions of lines that each name a place and give its text; none otherwise."""
    instructions = tuple(_placed(lines, book))
    return instructions if instructions and len(instructions) == len(lines) else ()


def _refuse_remark(sent: Provision, line: str, book: PlaceBook) -> None:
    """Raise ``Invalid`` for a line that speaks of its place, and gives no text for it."""
    if is_remark(sent, book.index):
        raise Invalid(
            f"“{line.strip()[:80]}” is a comment, and no text for what it speaks of",
            advice="Write how the paragraph is to read, or what is to become of it: delete, or "
            "replace “two” by “four”.",
            code="comments",
        )


def _placed(lines: Sequence[str], book: PlaceBook) -> Iterator[Instruction]:
    for line in lines:
        match = _PLACED.fullmatch(line.strip())
        if not match:
            return
        place, text = match["place"], match["text"]
        if is_instruction(text, book.base.language):
            return
        if id := book.called(place):
            _refuse_remark(replace(book.provision(id), text=text), line, book)
            yield Instruction(order=Order.REPLACE, words=line, places=(id,), new=text)
        elif (bis := _BIS.fullmatch(place)) and (after := book.called(bis["head"])):
            own = book.provision(after).label
            label = f"{own.strip('.() ')} {bis['suffix']}" if own and parse(own) else ""
            closing = own[len(own.rstrip(".) ")) :] if own else ""
            yield Instruction(
                order=Order.ADD,
                words=line,
                new=text,
                beside=after,
                side=PlaceSide.AFTER,
                label=label + closing * bool(label),
            )
        else:
            return
