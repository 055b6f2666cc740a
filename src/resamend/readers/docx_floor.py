"""What a meeting changed in a draft of ours: new tracked changes, and words typed as ``[RUS: …]``.

The draft takes along how each of its paragraphs was written. So it is known which tracked changes
are the draft's own; all others were made since. Each is read alone, against the text in force:
what the draft shows beside it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.ooxml import Paragraph, Run, TrackedChange, WordDocument, paragraphs, read_document
from resamend.ooxml.embedded import EmbeddedFiles, Shown, lines_behind, marks_behind, visible_line
from resamend.readers.docx_lines import line_of_runs
from resamend.readers.draft_marks import (
    CONSOLIDATION,
    is_nameless,
    is_own,
    names_in,
    own_marks,
    split,
    unnamed,
    without_names,
)
from resamend.readers.draft_paragraphs import paired, rejoined
from resamend.readers.floor_changes import Floor, FloorAct, Uttered
from resamend.readers.lines import TextLine
from resamend.readers.named_words import NAMED, codes_of, space_after, space_before, unbracketed
from resamend.readers.proposal_header import short
from resamend.readers.settled_marks import Resolved, resolved

_TYPED = TrackedChange("[…]", "typed")
_UNTRACKED = TrackedChange("(not tracked)")


def read_floor(content: bytes, carried: EmbeddedFiles, *, name: str = "") -> Floor:
    """Read what was changed in a draft since it was written.

    Raises ``Unreadable`` for what is no Word document.
    """
    return _FloorReader(carried).all(read_document(content, name=name))


_Runs = tuple[Run, ...]


class _FloorReader:
    def __init__(self, carried: EmbeddedFiles) -> None:
        written = [shown.text for shown in carried.shown]
        self.names = names_in(written)
        lines = lines_behind([unnamed(line, self.names) for line in written])
        self.shown = [
            replace(shown, text=line) for shown, line in zip(carried.shown, lines, strict=True)
        ]
        self.carried_along = bool(carried.files)
        self.written = "\n".join(written)
        self.bracketed = {named[0] for named in NAMED.finditer(self.written)}
        self.uttered: list[Uttered] = []
        self.left: list[str] = []
        self.resolved: list[tuple[Shown, Resolved]] = []
        self.closed: list[tuple[Shown, str]] = []
        self.gone: list[str] = []

    def all(self, document: WordDocument) -> Floor:
        if is_nameless(self.written, paragraphs(document.blocks)):
            return Floor(nameless=True)
        body = marks_behind(without_names(p, self.names) for p in paragraphs(document.blocks))
        notes = [
            (note.key, without_names(p, self.names))
            for note in document.notes
            for p in paragraphs(note.blocks)
        ]
        places, present = self._own([*body, *(paragraph for _, paragraph in notes)])
        where, above = "", None
        for paragraph, place in zip(present[: len(body)], places, strict=False):
            if place >= 0:
                where = self.shown[place].where or where
            base = line_of_runs(paragraph.number, filter(self._in_force, paragraph.runs))
            if place < 0 and not (paragraph.inserted or paragraph.deleted) and above:
                self._new(paragraph, where, above)
            elif self._is_new(paragraph.inserted) or self._is_new(paragraph.deleted):
                self._whole(paragraph, where, base, above)
            else:
                self._inside(paragraph, where, base)
                if self.carried_along or where:  # of another cover nothing is known
                    self._compare(paragraph, where, place)
            above = base or above
        self._missing(places)
        for (key, _), k in zip(notes, range(len(body), len(present)), strict=True):
            self._compare_note(present[k], key, places[k])
        return Floor(
            uttered=tuple(self.uttered),
            left=tuple(self.left),
            resolved=tuple(self.resolved),
            closed=tuple(self.closed),
            gone=tuple(self.gone),
        )

    def _own(self, typed_name: Sequence[Paragraph]) -> tuple[list[int], list[Paragraph]]:
        """Return which line each paragraph was, and each with the draft's own marks known."""
        self.shown = rejoined(self.shown, typed_name)
        lines = [shown.text for shown in self.shown]
        places = paired(lines, typed_name)
        return places, [
            self._with_typed(own_marks(paragraph, lines[place] if place >= 0 else None))
            for paragraph, place in zip(typed_name, places, strict=True)
        ]

    def _new(self, paragraph: Paragraph, where: str, above: TextLine) -> None:
        """Take a paragraph that was typed without tracking, as if it had been tracked."""
        if paragraph.text.strip():
            runs = tuple(
                run if run.inserted else run._replace(inserted=_UNTRACKED) for run in paragraph.runs
            )
            whole = replace(paragraph, runs=runs, inserted=runs[0].inserted)
            self._whole(whole, where, None, above)

    def _compare(self, paragraph: Paragraph, where: str, place: int) -> None:
        """Report what is otherwise than it was written: decided, or edited without tracking."""
        was = self.shown[place].text if place >= 0 else ""
        now = visible_line(self._as_it_was(paragraph))
        if now == was:
            return
        changes = resolved(was, now) if place >= 0 else None
        if _closed(was, now):
            self.closed.append((self.shown[place], paragraph.text.strip()))
        elif changes is None:
            self._leave(paragraph, where, "it was edited without tracking", _BRACKETED)
        else:
            self.resolved += [(self.shown[place], change) for change in changes]

    def _compare_note(self, paragraph: Paragraph, key: str, place: int) -> None:
        """Report a footnote that was changed; a new one is settled with its mark in the text."""
        was = self.shown[place].text if place >= 0 else ""
        new = _WHOLE_NOTE.fullmatch(was) is not None
        if place < 0 and not paragraph.text.strip():
            return
        if any(map(self._is_new_run, paragraph.runs)) or place < 0:
            self._leave(paragraph, key, "a footnote was changed", _BRACKETED)
        elif not (new and resolved(was, visible_line(paragraph))):
            self._compare(paragraph, self.shown[place].where or key, place)

    def _missing(self, places: Sequence[int]) -> None:
        """Report the paragraphs that are not there any more."""
        there = {self.shown[k].where for k in places if k >= 0 and self._is_option(k)}
        answered = {shown.where for shown, _ in self.closed}
        for k in sorted({*range(len(self.shown))} - {*places}):
            shown = self.shown[k]
            stretches, end = split(shown.text)
            words = "".join(stretch.text for stretch in stretches)
            if self._is_option(k):
                if shown.where in there - answered:
                    self.left.append(f"{shown.where}: an option of a point is gone ({_DECIDED})")
                elif shown.where not in answered:
                    self.gone.append(shown.where)
                answered.add(shown.where)
            elif end.author:
                inserted, deleted = (words, "") if end.inserted else ("", words)
                change = Resolved(end.author, inserted, deleted, accepted=not end.inserted)
                self.resolved.append((shown, change))
            elif shown.where and words.strip() and not self._is_note(shown):
                self.left.append(
                    f"{shown.where}: a paragraph was taken out without tracking, and not taken: "
                    f"{short(words)} ({_BRACKETED})"
                )

    def _is_option(self, k: int) -> bool:
        return split(self.shown[k].text)[1].author == CONSOLIDATION

    def _is_note(self, shown: Shown) -> bool:
        """Tell whether it is a footnote, which goes with its mark in the text."""
        return bool(_WHOLE_NOTE.fullmatch(shown.text) or _NOTE_AT.search(shown.where))

    # -- whose changes ------------------------------------------------------------------------

    def _is_new(self, change: TrackedChange | None) -> bool:
        return change is not None and not is_own(change)

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
            for named in NAMED.finditer("" if run.inserted or run.deleted else run.text):
                if named[0] not in self.bracketed:
                    before, after = named.start() - 1, named.end()
                    spaced = run.text[before : before + 1] == " " == run.text[after : after + 1]
                    end = after + spaced  # one of the two spaces was typed with it
                    runs.append(run._replace(text=run.text[at : named.start()]))
                    runs.append(run._replace(text=run.text[named.start() : end], inserted=_TYPED))
                    at = end
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
            self._leave(paragraph, where, "a paragraph was split or joined", _BRACKETED)
            return
        text, codes = unbracketed("".join(run.text for run in paragraph.runs))
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
                typed=text.strip() if act is FloorAct.ADD else "",
            )
        )

    def _inside(self, paragraph: Paragraph, where: str, base: TextLine | None) -> None:
        runs = paragraph.runs
        for first, end in self._groups(runs):
            hosts = self._hosts(runs, first, end)
            if base is None or any(
                change.author == CONSOLIDATION
                for k in hosts
                for change in (runs[k].inserted, runs[k].deleted)
                if change
            ):
                self._leave(paragraph, where, "it is changed inside what is not in force", _DECIDED)
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
        typings = [(m[2], codes_of(m[1])) for m in NAMED.finditer(words)] or [(words, ())]
        for text, codes in typings:
            revised = self._made(runs, group, hosts, text if codes else None)
            quote = " ".join(
                f"{sign} {short(quoted.strip())}"
                for sign, quoted in (("−", struck), ("+", text))
                if quoted
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
                    after=line_of_runs(paragraph.number, revised),
                    typed=text.strip() if codes else "",
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
                    apart = "" if not last or last[-1].isspace() else space_before(run.text, typed)
                    plain, typed = plain._replace(text=apart + typed + space_after(run.text)), ""
                yield plain
            elif k in hosts:
                if run.deleted is None:
                    yield plain
            elif run.inserted is None and not (k in group and self._is_new(run.deleted)):
                yield plain
            else:
                continue
            last = plain.text

    def _leave(self, paragraph: Paragraph, where: str, why: str, advice: str) -> None:
        place = f"{where}, paragraph {paragraph.number}".removeprefix(", ")
        self.left.append(f"{place}: {why}, and not taken: {short(paragraph.text)} ({advice})")


_WHOLE_NOTE = re.compile(r"[^\t{]*\t\{\+[^{}]*\}", re.DOTALL)
_NOTE_AT = re.compile(r" footnote \d+(?: #\d+)?$")
_BRACKETED = "track it, or write it as [RUS: …] in the paragraph in force"
_DECIDED = "record it with 'decide', or write it as [RUS: …] in the text in force"


def _closed(was: str, now: str) -> bool:
    """Tell whether a paragraph had a point in brackets, and has no mark at all any more."""
    written, now_there = ((*pieces, end) for pieces, end in (split(was), split(now)))
    in_brackets = any(CONSOLIDATION in (piece.inserted, piece.deleted) for piece in written)
    return in_brackets and not any(piece.author for piece in now_there)
