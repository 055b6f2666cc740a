"""Number the footnotes of a draft: those in force keep their numbers, the new ones have letters.

Each source numbers the footnotes of its own text anew, so its numbers would name other footnotes of
the draft. A letter is one sign, which LibreOffice keeps whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from string import ascii_lowercase

from msgspec.structs import replace

from resamend.model import Kind
from resamend.numbering import whole_number
from resamend.redlines import Block, Span
from resamend.redlines.footnote_ids import every_block, is_new_footnote


def footnote_labels(blocks: Sequence[Block]) -> dict[str, str]:
    """Map the id of each footnote, those of options too, to its label in the draft."""
    footnotes = {b.id: b for b in every_block(blocks) if b.kind is Kind.FOOTNOTE}
    in_force = {id: own_label(b) for id, b in footnotes.items() if not is_new_footnote(b)}
    ids = (id for id in dict.fromkeys((*_marked(blocks), *footnotes)) if id in footnotes)
    taken = frozenset(in_force.values())
    fresh = _letters(taken) if any(taken) else map(str, count(1))
    return {id: in_force[id] if id in in_force else next(fresh) for id in ids}


def numbered(block: Block, labels: Mapping[str, str]) -> Block:
    """Return a footnote with its label in the draft; that others count it anew follows from it."""
    label = labels.get(block.id, "")
    if block.kind is not Kind.FOOTNOTE or not (is_new_footnote(block) or _is_recounted(block)):
        return block
    fate = replace(block.label[0], text=label, deleted=()) if block.label else Span(label)
    kept = replace(fate, inserted=fate.inserted if is_new_footnote(block) else ())
    return replace(block, label=(kept,) if label else ())


def own_label(footnote: Block) -> str:
    """Return a footnote's label as its text has it: the one in force, where it has two."""
    stays = "".join(span.text for span in footnote.label if not span.inserted)
    return stays or "".join(span.text for span in footnote.label)


def _marked(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the ids of footnotes in the order of their marks."""
    for block in blocks:
        for piece in (block.choice, *block.pieces):
            if isinstance(piece, Span):
                yield from _notes_of(piece)
            elif piece:
                yield from (id for span in piece.base for id in _notes_of(span))
                for option in piece.options:
                    yield from (id for span in option.spans for id in _notes_of(span))
                    yield from _marked(option.blocks)


def _notes_of(span: Span) -> Iterator[str]:
    return (mark.value for mark in span.marks if mark.kind == "footnote")


def _letters(taken: Collection[str]) -> Iterator[str]:
    """Yield the letters that no footnote in force has for a label; after z they double."""
    letters = (letter * times for times in count(1) for letter in ascii_lowercase)
    return (label for label in letters if label not in taken)


def _is_recounted(footnote: Block) -> bool:
    """Tell whether some give a footnote another number: one that is a sign is a change."""
    return len(footnote.label) > 1 and all(whole_number(s.text) for s in footnote.label if s.text)
