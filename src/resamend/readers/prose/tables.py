"""Amendments in a table or by places: what stands, and what is to stand instead.

A row of two columns shows words in force and those proposed; a line "OP3: …" gives a place and its
new text. Both are instructions as sentences are, and refused as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from resamend.errors import Invalid
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import parse
from resamend.places import folded
from resamend.readers.prose.clauses import says_instruction
from resamend.readers.prose.instructions import instructions_in
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
    if instructions := _of_rows(_without_numbers(rows, book), book):
        return instructions
    raise Invalid(
        "it is a table whose left column does not show the words in force; words that are struck "
        "or underlined by hand in the other cannot be told from those that stay",
        advice="Give two columns, text in force or a place such as OP3, and the proposed text; or "
        "track the changes.",
    )


def _without_numbers(rows: Sequence[Sequence[str]], book: PlaceBook) -> Sequence[Sequence[str]]:
    """Return rows without a first column that only names the place of the words in the next."""
    named = all(
        len(row) > _WIDTH
        and (id := book.called(row[0]))
        and (shown := _shown(row[1], book))
        and shown[0] == id
        for row in rows[1:]
    )
    return [row[1:] for row in rows] if named and len(rows) > 1 else rows


def _of_rows(rows: Sequence[Sequence[str]], book: PlaceBook) -> tuple[Instruction, ...]:
    """Return what rows ask for whose first cells show words in force, or all name a place."""
    if not all(len(row) >= _WIDTH for row in rows):
        return ()
    if any(_shown(row[0], book) for row in rows[1:]):
        first = 0 if _shown(rows[0][0], book) else 1
        return tuple(_instruction(row, book) for row in rows[first:])
    if len(rows) > 1 and all(len(row) == _WIDTH and book.called(row[0]) for row in rows[1:]):
        first = 0 if book.called(rows[0][0]) else 1
        return tuple(
            instruction
            for row in rows[first:]
            for instruction in _of_place(book.called(row[0]), row[1], ": ".join(row), book)
        )
    return ()


def _of_place(id: str, text: str, words: str, book: PlaceBook) -> tuple[Instruction, ...]:
    """Return what is asked of a place: to delete it, something in a sentence, or a new text."""
    if text.strip() and says_to_strike(text):
        return (Instruction(order=Order.DELETE, words=words, places=(id,)),)
    if says_instruction(text, book.base.language):
        return instructions_in(words, book).instructions
    sent = replace(book.provision(id), text=text)
    label = book.provision(id).label
    if label and text.startswith(label):
        text = text[len(label) :].strip()
    _refuse_remark(sent, words, book)
    return (Instruction(order=Order.REPLACE, words=words, places=(id,), new=text),)


def instructions_in_rows(lines: Sequence[str], book: PlaceBook) -> tuple[Instruction, ...]:
    """Return what lines of two columns, parted by a tab, ask for; none where they are no table.

    Raises ``Invalid`` as ``instructions_in_table`` does.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    return _of_rows(rows, book) if all(len(row) == _WIDTH for row in rows) else ()


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
    """Return the instructions of lines that each name a place and give its text; none otherwise.

    Beside one that does, others may say what is to be done there: "PP3: delete".
    """
    placed = [_PLACED.fullmatch(line.strip()) for line in lines]
    texts = [match["text"] for match in placed if match and _is_place(match["place"], book)]
    if len(texts) < len(lines) or all(says_instruction(t, book.base.language) for t in texts):
        return ()
    read = [_placed(line, book) for line in lines]
    return tuple(one for some in read for one in some) if all(read) else ()


def _is_place(name: str, book: PlaceBook) -> bool:
    bis = _BIS.fullmatch(name)
    return bool(book.called(name) or (bis and book.called(bis["head"])))


def _refuse_remark(sent: Provision, line: str, book: PlaceBook) -> None:
    """Raise ``Invalid`` for a line that speaks of its place, and gives no text for it."""
    if is_remark(sent, book.index):
        raise Invalid(
            f"“{line.strip()[:80]}” is a comment, and no text for what it speaks of",
            advice="Write how the paragraph is to read, or what is to become of it: delete, or "
            "replace “two” by “four”.",
            code="comments",
        )


def _placed(line: str, book: PlaceBook) -> tuple[Instruction, ...]:
    """Return what a line asks for that begins with a place and a colon; none for another line."""
    match = _PLACED.fullmatch(line.strip())
    if not match:
        return ()
    place, text = match["place"], match["text"]
    if id := book.called(place):
        return _of_place(id, text, line, book)
    bis = _BIS.fullmatch(place)
    after = book.called(bis["head"]) if bis else ""
    if not bis or not after or says_instruction(text, book.base.language):
        return ()
    own = book.provision(after).label
    label = f"{own.strip('.() ')} {bis['suffix']}" if own and parse(own) else ""
    closing = own[len(own.rstrip(".) ")) :] if own else ""
    return (
        Instruction(
            order=Order.ADD,
            words=line,
            new=text,
            beside=after,
            side=PlaceSide.AFTER,
            label=label + closing * bool(label),
        ),
    )
