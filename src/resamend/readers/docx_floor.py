"""What a meeting changed in a draft of ours: new tracked changes, and words typed as ``[RUS: …]``.

The draft takes along how each of its paragraphs was written. So it is known which tracked changes
are the draft's own; all others were made since. Each is read alone, against the text in force:
what the draft shows beside it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from resamend.ooxml import Paragraph, Run, TrackedChange, WordDocument, paragraphs, read_document
from resamend.ooxml.embedded import EmbeddedFiles, visible_line
from resamend.readers.docx_lines import line_of_runs
from resamend.readers.lines import TextLine
from resamend.readers.proposal_header import short

__all__ = ["Floor", "FloorAct", "Uttered", "read_floor"]

_TYPED = re.compile(r"\[([A-Z]{1,5}(?:\s*[,/]\s*[A-Z]{1,5})*):\s*+([^\[\]]*[^\[\]\s])\s*\]")
_AUTHORS = re.compile(r"\{\+?([^{}]+?): ")
_NO_HOUR = "T00:00:00Z"
"""The draft's own changes have a day, and no hour."""
_BRACKETS = "Consolidation"


class FloorAct(Enum):
    """Say what a change does to a paragraph of the text in force."""

    CHANGE = "change"
    ADD = "add"
    STRIKE = "strike"


class Uttered(Struct, frozen=True, kw_only=True):
    """Hold one change that the meeting made.

    ``before`` is the paragraph of the text in force, or that after which ``after`` is added;
    ``codes`` are the proponents that were typed, ``quote`` the words, for a person.
    """

    act: FloorAct
    number: int
    where: str
    quote: str
    author: str
    date: str
    codes: tuple[str, ...] = ()
    before: TextLine | None = None
    after: TextLine | None = None


class Floor(Struct, frozen=True):
    """Hold what the meeting changed, and what of it is no change of one paragraph in force."""

    uttered: tuple[Uttered, ...]
    left: tuple[str, ...]


def read_floor(data: bytes, carried: EmbeddedFiles, *, name: str = "") -> Floor:
    """Read what was changed in a draft since it was written.

    Raises ``Unreadable`` for what is no Word document.
    """
    return _FloorReader(carried).all(read_document(data, name=name))


_Runs = tuple[Run, ...]


class _FloorReader:
    def __init__(self, carried: EmbeddedFiles) -> None:
        self.shown = carried.shown
        self.carried_along = bool(carried.files)
        said = "\n".join(shown.text for shown in carried.shown)
        self.bracketed = {typed[0] for typed in _TYPED.finditer(said)}
        self.own = {name for told in _AUTHORS.findall(said) for name in re.split(r" -|^-", told)}
        self.uttered: list[Uttered] = []
        self.left: list[str] = []

    def all(self, document: WordDocument) -> Floor:
        found = [self._with_typed(each) for each in paragraphs(document.blocks)]
        where, above = "", None
        for paragraph, place in zip(found, self._places(found), strict=True):
            if place >= 0:
                where = self.shown[place].where or where
            base = line_of_runs(paragraph.number, filter(self._in_force, paragraph.runs))
            if self._is_new(paragraph.inserted) or self._is_new(paragraph.deleted):
                self._whole(paragraph, where, base, above)
            else:
                self._inside(paragraph, where, base)
                told = self.carried_along or where  # of another cover nothing is known
                was = self.shown[place].text if place >= 0 else None
                if told and visible_line(self._as_it_was(paragraph)) != was:
                    self._leave(paragraph, where, "it was edited without tracking")
            above = base or above
        for note in document.notes:
            for paragraph in paragraphs(note.blocks):
                if any(self._is_new_run(run) for run in paragraph.runs):
                    self._leave(paragraph, note.key, "a footnote was changed")
        return Floor(tuple(self.uttered), tuple(self.left))

    def _places(self, found: Sequence[Paragraph]) -> list[int]:
        """Return which paragraph of the draft each one was; -1 for one that was not there."""
        from rapidfuzz.distance import Levenshtein

        now = [visible_line(self._as_it_was(each)) for each in found]
        places = [-1] * len(now)
        for step in Levenshtein.opcodes([shown.text for shown in self.shown], now):
            if step.tag in ("equal", "replace"):
                for k in range(step.dest_end - step.dest_start):
                    places[step.dest_start + k] = step.src_start + k
        return places

    # -- whose changes ------------------------------------------------------------------------

    def _is_new(self, change: TrackedChange | None) -> bool:
        if change is None:
            return False
        own = change.author in self.own and (not change.date or change.date.endswith(_NO_HOUR))
        return not own

    def _is_new_run(self, run: Run) -> bool:
        return self._is_new(run.inserted) or self._is_new(run.deleted)

    def _in_force(self, run: Run) -> bool:
        return run.inserted is None

    def _as_it_was(self, paragraph: Paragraph) -> Paragraph:
        """Return a paragraph without what the meeting tracked in it."""
        runs = tuple(
            run._replace(deleted=None) if self._is_new(run.deleted) else run
            for run in paragraph.runs
            if not self._is_new(run.inserted)
        )
        return replace(
            paragraph,
            runs=runs,
            inserted=None if self._is_new(paragraph.inserted) else paragraph.inserted,
            deleted=None if self._is_new(paragraph.deleted) else paragraph.deleted,
        )

    def _with_typed(self, paragraph: Paragraph) -> Paragraph:
        """Return a paragraph in which what was typed as [RUS: …] without tracking is tracked."""
        runs: list[Run] = []
        for run in paragraph.runs:
            at = 0
            if run.inserted is None and run.deleted is None:
                for found in _TYPED.finditer(run.text):
                    if found[0] not in self.bracketed:
                        runs.append(run._replace(text=run.text[at : found.start()]))
                        runs.append(
                            run._replace(text=found[0], inserted=TrackedChange("[…]", "typed"))
                        )
                        at = found.end()
            runs.append(run._replace(text=run.text[at:]) if at else run)
        return replace(paragraph, runs=tuple(run for run in runs if run.text))

    # -- what they are ------------------------------------------------------------------------

    def _whole(
        self, paragraph: Paragraph, where: str, base: TextLine | None, above: TextLine | None
    ) -> None:
        """Take a paragraph that is added or struck as a whole; one split or joined is left."""
        change = paragraph.inserted or paragraph.deleted
        assert change is not None
        added = all(self._is_new(run.inserted) for run in paragraph.runs)
        struck = all(self._is_new(run.deleted) for run in paragraph.runs if self._in_force(run))
        if self._is_new(paragraph.inserted) and added and above:
            act, before = FloorAct.ADD, above
        elif self._is_new(paragraph.deleted) and struck and base:
            act, before = FloorAct.STRIKE, base
        else:
            self._leave(paragraph, where, "a paragraph was split or joined")
            return
        text, codes = _untyped("".join(run.text for run in paragraph.runs))
        runs = (
            (Run(text),) if codes else tuple(run._replace(inserted=None) for run in paragraph.runs)
        )
        self.uttered.append(
            Uttered(
                act=act,
                number=paragraph.number,
                where=where,
                quote=f"{'+' if act is FloorAct.ADD else '−'} {short(text.strip())}",
                author=change.author,
                date=change.date,
                codes=codes,
                before=before,
                after=line_of_runs(paragraph.number, runs) if act is FloorAct.ADD else None,
            )
        )

    def _inside(self, paragraph: Paragraph, where: str, base: TextLine | None) -> None:
        runs = paragraph.runs
        for first, end in self._groups(runs):
            hosts = self._hosts(runs, first, end)
            if base is None or any(
                change.author == _BRACKETS
                for k in hosts
                for change in (runs[k].inserted, runs[k].deleted)
                if change
            ):
                self._leave(paragraph, where, "it is changed inside what is not in force")
                continue
            self._utter(paragraph, where, base, range(first, end), hosts)

    def _groups(self, runs: _Runs) -> Iterator[tuple[int, int]]:
        """Yield where runs stand together that one author changed in the meeting."""
        first = 0
        while first < len(runs):
            end = first + 1
            if self._is_new_run(runs[first]):
                author = self._author(runs[first])
                while end < len(runs) and self._author(runs[end]) == author:
                    end += 1
                yield first, end
            first = end

    def _author(self, run: Run) -> str | None:
        for change in (run.deleted, run.inserted):
            if change and self._is_new(change):
                return change.author
        return None

    def _hosts(self, runs: _Runs, first: int, end: int) -> frozenset[int]:
        """Return the draft's own changes that a change stands in: what is seen is taken whole."""
        within = any(
            runs[k].inserted and not self._is_new(runs[k].inserted) for k in range(first, end)
        )
        around = all(0 <= k < len(runs) and runs[k].inserted for k in (first - 1, end))
        if not (within or around):
            return frozenset()
        left, right = first, end
        while left > 0 and (runs[left - 1].inserted or runs[left - 1].deleted):
            left -= 1
        while right < len(runs) and (runs[right].inserted or runs[right].deleted):
            right += 1
        return frozenset(
            k for k in range(left, right) if not self._is_new_run(runs[k]) or first <= k < end
        )

    def _utter(
        self, paragraph: Paragraph, where: str, base: TextLine, group: range, hosts: frozenset[int]
    ) -> None:
        runs = paragraph.runs
        change = next(
            c for k in group for c in (runs[k].inserted, runs[k].deleted) if self._is_new(c)
        )
        assert change is not None
        words = "".join(runs[k].text for k in group if self._is_new(runs[k].inserted))
        struck = "".join(runs[k].text for k in group if self._is_new(runs[k].deleted))
        said = [(m[2], _codes(m[1])) for m in _TYPED.finditer(words)] or [(words, ())]
        for text, codes in said:
            made = self._made(runs, group, hosts, text if codes else None)
            quote = " ".join(
                f"{sign} {short(told.strip())}"
                for sign, told in (("−", struck), ("+", text))
                if told
            )
            self.uttered.append(
                Uttered(
                    act=FloorAct.CHANGE,
                    number=paragraph.number,
                    where=where,
                    quote=quote,
                    author=change.author,
                    date=change.date,
                    codes=codes,
                    before=base,
                    after=line_of_runs(paragraph.number, made),
                )
            )

    def _made(
        self, runs: _Runs, group: range, hosts: frozenset[int], typed: str | None
    ) -> Iterator[Run]:
        """Yield the text in force with one change; ``typed`` are words that stood in brackets."""
        last = ""
        for k, run in enumerate(runs):
            plain = run._replace(inserted=None, deleted=None)
            if k in group and self._is_new(run.inserted):
                if typed is not None:
                    apart = "" if not last or last[-1].isspace() else _space_before(run.text, typed)
                    plain, typed = plain._replace(text=apart + typed + _space_after(run.text)), ""
                yield plain
            elif k in hosts:
                if run.deleted is None:
                    yield plain
            elif run.inserted is None and not (k in group and self._is_new(run.deleted)):
                yield plain
            else:
                continue
            last = plain.text

    def _leave(self, paragraph: Paragraph, where: str, why: str) -> None:
        place = f"{where}, paragraph {paragraph.number}".removeprefix(", ")
        self.left.append(f"{place}: {why}, and not taken: {short(paragraph.text)}")


def _codes(told: str) -> tuple[str, ...]:
    return tuple(sorted({code.strip() for code in re.split(r"[,/]", told)}))


def _untyped(text: str) -> tuple[str, tuple[str, ...]]:
    """Take a paragraph out of its brackets: what was typed, and by whom."""
    found = _TYPED.search(text)
    if found is None:
        return text, ()
    return text[: found.start()] + found[2] + text[found.end() :], _codes(found[1])


def _space_before(typed: str, words: str) -> str:
    """Return the space that parts typed words from the word before them."""
    return " " if typed[:1].isspace() or words[:1].isalnum() else ""


def _space_after(typed: str) -> str:
    return " " if typed[-1:].isspace() else ""
