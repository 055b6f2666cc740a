"""The lines of a Word document: label, words, marks, footnotes, and what the style says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.model import Kind, Mark, Provision, inline
from resamend.numbering import inserted, whole_number
from resamend.ooxml import Block, Note, Paragraph, Run, Table, WordDocument, paragraphs
from resamend.readers.lines import Hint, Rich, TextLine, line_of
from resamend.readers.proposal_header import is_symbol
from resamend.readers.provision_tree import clipped
from resamend.readers.structure import SHORT

_KINDS = {"i": "i", "b": "b", "u": "u", "^": "sup", "_": "sub"}

_HINTS = {
    **dict.fromkeys(("resno", "resnumber", "decno", "recno", "opinionno"), Hint.NUMBER),
    **dict.fromkeys(("restitle", "dectitle", "rectitle", "opiniontitle"), Hint.TITLE),
    **dict.fromkeys(("annexno", "appendixno", "attachno"), Hint.ANNEX),
    **dict.fromkeys(("annextitle", "appendixtitle"), Hint.TITLE),
    **dict.fromkeys(("call",), Hint.HEADING),
}
"""What the styles of the conference's templates say, by their folded names."""
_ENACTING = ("normalaftertitle", "normalaftertitle0")
_COMMAS = (",", "，", "،")


class _FootnoteReader(Struct):
    """Number the footnotes of a text in the order of their marks.

    ``labels`` are those that some have already, by their keys.
    """

    bodies: dict[str, Note]
    labels: Mapping[str, str]
    taken: set[str] = field(default_factory=set)
    last: str = ""
    count: int = 0

    def line(self, key: str, number: int) -> TextLine | None:
        """Return the body of a footnote, or nothing where the file has none."""
        note = self.bodies.get(key)
        if note is None:
            return None
        text, marks = _joined(list(paragraphs(note.blocks)))
        if note.sign and text.startswith(note.sign):  # it stands before its text too
            body = text[len(note.sign) :].lstrip()
            text, marks = body, clipped(marks, len(text) - len(body))
        label = self._label(key, note.sign)
        return TextLine(number=number, whole=key, label=label, body=text, rich=Rich(marks=marks))

    def start(self) -> None:
        """Number from 1 again: another proposal begins."""
        self.last, self.count = "", 0
        self.taken.clear()

    def _label(self, key: str, sign: str) -> str:
        if sign:
            return sign
        self.count += 1
        if not self.labels:
            return str(self.count)
        label = self.labels.get(key) or _beside(self.last, {*self.labels.values(), *self.taken})
        self.taken.add(label)
        self.last = label
        return label


def _beside(last: str, taken: set[str]) -> str:
    """Return a label for a footnote that was added after another, or before all."""
    if last:
        return inserted(last, sorted(taken))
    return str(1 + max((whole_number(label) or 0 for label in taken), default=0))


def lines_of(
    document: WordDocument, labels: Mapping[str, str] | None = None
) -> tuple[TextLine, ...]:
    """Return the lines of a document without tracked changes, but for the blank ones.

    ``labels`` are those that some footnotes are known to have, by their keys.
    """
    notes = _FootnoteReader({note.key: note for note in document.notes}, labels or {})
    return tuple(_lines(document.blocks, notes))


def _lines(blocks: Sequence[Block], notes: _FootnoteReader) -> Iterator[TextLine]:
    for block in _opened(blocks):
        line = _table(block) if isinstance(block, Table) else _line(block, notes)
        if line:
            if is_symbol(line.whole):
                notes.start()
            yield line


def _opened(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks; a table of one column that only frames a text is the paragraphs in it."""
    for block in blocks:
        rows = block.rows if isinstance(block, Table) else ()
        inside = [b for row in rows for cell in row.cells for b in cell.blocks]
        if all(len(row.cells) == 1 for row in rows) and len(inside) >= _FRAMED * len(rows) > 0:
            yield from _opened(inside)
        else:
            yield block


_FRAMED = 3
"""So many paragraphs in each cell of one column are a text in a frame, and no table."""


def _line(paragraph: Paragraph, notes: _FootnoteReader) -> TextLine | None:
    text, marks, keys = _spoken(paragraph.runs)
    if not text and not paragraph.label:
        return None
    bodies = {key: notes.line(key, paragraph.number) for key in keys}
    if not all(bodies.values()):
        text, marks = _without_marks(text, marks, [bodies[key] is None for key in keys])
    rich = Rich(
        marks=marks,
        notes=tuple(body for key in keys if (body := bodies[key])),
        hint=_hint(paragraph, text, marks),
        outline=_outline(paragraph),
    )
    if paragraph.label:
        whole = f"{paragraph.label}\t{text}"
        shifted = _shifted(marks, len(whole) - len(text))
        rich = replace(rich, marks=shifted)
        return TextLine(
            number=paragraph.number,
            whole=whole,
            label=paragraph.label,
            body=text,
            level=paragraph.list[1] if paragraph.list else 0,
            rich=rich,
        )
    return line_of(paragraph.number, text, rich)


def line_of_runs(number: int, runs: Iterable[Run]) -> TextLine | None:
    """Return the line that some runs of a paragraph make, or nothing where they say nothing."""
    text, marks, _ = _spoken(runs)
    return line_of(number, text, Rich(marks=marks)) if text else None


def _spoken(runs: Iterable[Run]) -> tuple[str, tuple[Mark, ...], list[str]]:
    """Return text and marks without the white space at the edges, and the keys of its notes."""
    pieces: list[str] = []
    marks: list[Mark] = []
    keys: list[str] = []
    at = 0
    for run in runs:
        text = run.text
        end = at + len(text)
        if run.note:
            keys.append(run.note)
            marks.append(Mark(at, end, "footnote"))
        elif run.marks:
            marks += [Mark(at, end, _KINDS[letter]) for letter in run.marks]
        pieces.append(text)
        at = end
    whole = "".join(pieces).replace("\n", " ")
    text = whole.lstrip()
    start = len(whole) - len(text)
    text = text.rstrip()
    if marks and (start or len(text) < at - start):
        marks = [
            replace(
                m,
                start=min(max(m.start - start, 0), len(text)),
                end=min(max(m.end - start, 0), len(text)),
            )
            for m in marks
        ]
    return text, inline(tuple(marks)) if marks else (), keys


def _shifted(marks: tuple[Mark, ...], by: int) -> tuple[Mark, ...]:
    return tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in marks)


def _without_marks(
    text: str, marks: tuple[Mark, ...], gone: Sequence[bool]
) -> tuple[str, tuple[Mark, ...]]:
    """Take out the marks of footnotes that the file does not have."""
    lost = iter(gone)
    at = [mark.start for mark in marks if mark.kind == "footnote" and next(lost)]
    for place in reversed(at):
        text = text[:place] + text[place + 1 :]
        marks = tuple(
            replace(
                mark,
                start=mark.start - (mark.start > place),
                end=mark.end - (mark.end > place),
            )
            for mark in marks
            if not (mark.kind == "footnote" and mark.start == place)
        )
    return text, marks


# -- what the look says ---------------------------------------------------------------------------


def _hint(paragraph: Paragraph, text: str, marks: tuple[Mark, ...]) -> Hint | None:
    """Say what a paragraph is by its style, or else by italics throughout."""
    hint = _HINTS.get(paragraph.style)
    if hint:
        return hint
    if paragraph.style in _ENACTING:
        return Hint.ENACTING if text.endswith(_COMMAS) else None
    if paragraph.label or len(text) > SHORT or not marks:
        return None
    letters = len(text.rstrip(" ,:"))
    italic = any(m.kind == "i" and m.start == 0 and m.end >= letters for m in marks)
    return Hint.HEADING if italic and _WORDS.match(text) else None


def _outline(paragraph: Paragraph) -> int:
    """Return the rank of a heading style: Word names them so in every language."""
    rank = _RANKED.fullmatch(paragraph.style)
    return int(rank[1]) if rank else 0


_RANKED = re.compile(r"heading([1-9])")
_WORDS = re.compile(r"[^\W\d]{3}|[\u0600-\u06ff\u4e00-\u9fff]{2}")
"""The beginning of a heading: a word, no label."""


# -- tables and notes -----------------------------------------------------------------------------


def _table(table: Table) -> TextLine | None:
    rows = tuple(
        _provision(
            Kind.ROW,
            children=tuple(_cell(list(paragraphs(cell.blocks))) for cell in row.cells),
        )
        for row in table.rows
    )
    first = next(paragraphs([table]), None)
    if first is None:
        return None
    whole = " ".join(cell.text for row in rows for cell in row.children)
    block = _provision(Kind.TABLE, children=rows)
    return TextLine(number=first.number, whole=whole, rich=Rich(hint=Hint.TEXT, block=block))


def _cell(blocks: list[Paragraph]) -> Provision:
    text, marks = _joined(blocks)
    return replace(_provision(Kind.CELL), text=text, marks=marks)


def _provision(kind: Kind, children: tuple[Provision, ...] = ()) -> Provision:
    return Provision(id="", kind=kind, children=children)


def _joined(blocks: Sequence[Paragraph]) -> tuple[str, tuple[Mark, ...]]:
    """Return several paragraphs as one text; the marks of notes in notes are left out."""
    whole = ""
    all_marks: list[Mark] = []
    for paragraph in blocks:
        text, marks, keys = _spoken(paragraph.runs)
        if keys:
            text, marks = _without_marks(text, marks, [True] * len(keys))
        lead = (" " if whole else "") + (f"{paragraph.label}\t" if paragraph.label else "")
        if lead.strip() or text:
            all_marks += _shifted(marks, len(whole) + len(lead))
            whole += lead + text
    return whole, tuple(all_marks)
