"""Write the words of a provision with plain marks.

The syntax, which can be read back without doubt:

- ``{+words+}`` is inserted, ``[-words-]`` is struck; marks that touch are one change. After the
  marks of one group of proponents stands who asks for them: ``the [-plan-]{+plans+}(CHN, RUS)``.
- ``[Point 3: words]`` is text in force that is contested under that point, ``[Point 3]`` a place
  where something may come; ``[see Point 3]`` says that the options stand elsewhere. The words are
  those of the reader's language.
- A line ``[Point 3:`` opens brackets around whole provisions, which close by ``]`` after the words
  of the last one; ``[Point 3]`` on a line of its own is the place of an addition.
- ``[^1]`` is the mark of footnote 1, one thing wherever it stands.
- A backslash makes the character after it text and nothing else. It is put before ``\\``, ``{+``,
  ``+}``, ``[-``, ``-]``, ``[^``, ``[Point `` and ``[see Point `` in the text; before ``[`` and
  ``{`` at the end of words, and any bracket in contested text; before ``(`` directly after a mark;
  before a bar with which a provision begins; before ``]`` at the end of one that stands in brackets
  as a whole; and before white space that stays when the marks
  after it go.
- Where nothing is left of a change (or of a point without text), the white space before it goes
  with it: to have the text in force, drop ``{+…+}`` and keep what is in ``[-…-]``; to have what is
  asked for, the reverse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.model import OBJECT
from resamend.page.front import named
from resamend.page.presentation import Presentation
from resamend.page.runs import ChangeRuns, PointRuns, RunGroup, RunRole, WordRun
from resamend.renderers.lines import TextPiece, TextStyle

BRACKETS = {RunRole.INSERTED: ("{+", "+}"), RunRole.DELETED: ("[-", "-]"), RunRole.KEPT: ("", "")}
_STYLES = {RunRole.INSERTED: TextStyle.INSERTED, RunRole.DELETED: TextStyle.DELETED}


class TextRunWriter:
    """Turn what is shown of a text into pieces; ``footnotes`` maps their ids to their labels."""

    def __init__(self, presentation: Presentation, footnotes: Mapping[str, str]) -> None:
        self.presentation = presentation
        self.footnotes = footnotes
        point = presentation.say("point", n="\0")
        openings = {
            phrase.partition("\0")[0] for phrase in (point, presentation.say("see", point=point))
        }
        points = "|".join(re.escape(f"[{opening}") for opening in sorted(openings))
        literal = rf"\\|\{{\+|\+\}}|\[-|-\]|\[\^|\[\Z|\{{\Z|{points}"
        self.literal = re.compile(literal)  # each part begins with one character: text is skipped
        self.bracketed = re.compile(rf"{literal}|\[|\]")

    def pieces(
        self,
        shown: Sequence[RunGroup],
        style: TextStyle,
        sources: Sources = (),
        *,
        labelled: bool = True,
    ) -> list[TextPiece]:
        """Return the pieces of a text; ``style`` and ``sources`` are those of unmarked words."""
        pieces: list[TextPiece] = []
        shown = _parted(shown)
        for before, group, after in zip((None, *shown), shown, (*shown[1:], None), strict=False):
            if isinstance(group, WordRun):
                text = self._kept(before, self.text(group), after)
                pieces.append(TextPiece(text, style, sources))
            elif isinstance(group, ChangeRuns):
                pieces += self._change(group, labelled=labelled)
            else:
                pieces += self._item(group)
        return pieces

    def quoted(
        self, shown: Sequence[RunGroup], style: TextStyle, sources: Sources = ()
    ) -> list[TextPiece]:
        """Return the pieces of an option's words between quotation marks, their edges stripped."""
        before, after = self.presentation.say.quoted("\0").split("\0")
        pieces = self.pieces(shown, style, sources, labelled=False)
        if pieces:
            first = pieces[0]
            pieces[0] = TextPiece(first.text.lstrip(), first.style, first.sources)
        return [TextPiece(before), *pieces, TextPiece(after)]

    def names(self, sources: Sources) -> list[TextPiece]:
        """Return who asks for what stands before."""
        who = self.presentation.who(sources)
        if not who:
            return []
        names = "(" + re.sub(r"([\\()])", r"\\\1", who) + ")"
        return [TextPiece(names, TextStyle.NAMES, sources)]

    def text(self, run: WordRun, *, bracketed: bool = False) -> str:
        """Return a run's words, safe to show, with what looks like a mark escaped."""
        notes = {m.start: m.value for m in run.marks if m.kind == "footnote" and m.end > m.start}
        parts: list[str] = []
        at = 0
        for start in sorted(notes):
            parts.append(self._escaped(run.text[at:start], bracketed=bracketed))
            parts.append(f"[^{visible(self.footnotes.get(notes[start], '*'))}]")
            at = start + len(OBJECT)
        return "".join((*parts, self._escaped(run.text[at:], bracketed=bracketed)))

    def _escaped(self, text: str, *, bracketed: bool) -> str:
        special = self.bracketed if bracketed else self.literal
        return visible(special.sub(r"\\\g<0>", text))

    def _kept(self, before: RunGroup | None, text: str, after: RunGroup | None) -> str:
        """Guard the edges of unmarked words against the marks beside them."""
        if isinstance(before, ChangeRuns) and text.startswith("("):
            text = f"\\{text}"
        goes = (isinstance(after, ChangeRuns) and after.lone) or (
            isinstance(after, PointRuns) and not after.base
        )
        return f"{text[:-1]}\\{text[-1]}" if goes and text[-1:].isspace() else text

    def _change(self, change: ChangeRuns, *, labelled: bool) -> list[TextPiece]:
        pieces = [TextPiece(change.space)]
        for sources, runs in change.shares():
            for run in runs:
                opening, closing = BRACKETS[run.role]
                pieces.append(TextPiece(opening, TextStyle.MARK, sources))
                pieces += self._words(run)
                pieces.append(TextPiece(closing, TextStyle.MARK, sources))
            pieces += self.names(sources) if labelled else []
        return pieces

    def _words(self, run: WordRun) -> list[TextPiece]:
        words = TextPiece(self.text(run), _STYLES[run.role], run.sources)
        if not run.struck:
            return [words]
        opening, closing = (
            TextPiece(m, TextStyle.MARK, run.struck) for m in BRACKETS[RunRole.DELETED]
        )
        return [opening, words, closing, *self.names(run.struck)]

    def _item(self, place: PointRuns) -> list[TextPiece]:
        name = named(self.presentation, place.choice.region)
        name = self.presentation.say("see", point=name) if place.choice.again else name
        pieces = [TextPiece(f"{place.space}["), TextPiece(name, TextStyle.POINT)]
        if place.base:
            pieces.append(TextPiece(self.presentation.say("colon")))
        for run in place.base:
            pieces += self._base(run)
        return [*pieces, TextPiece(f"]{place.after}")]

    def _base(self, run: WordRun) -> list[TextPiece]:
        """Return contested words; they are marked where they come from elsewhere."""
        words = TextPiece(self.text(run, bracketed=True), TextStyle.BASE, run.sources)
        if run.role is RunRole.KEPT:
            return [words]
        opening, closing = (TextPiece(m, TextStyle.MARK, run.sources) for m in BRACKETS[run.role])
        return [opening, words, closing, *self.names(run.sources)]


def _parted(shown: Sequence[RunGroup]) -> Sequence[RunGroup]:
    """Give the space before a bracket that is put in, or struck, to the word after it.

    There it would stay, and need a backslash; and names between marks and words need a space.
    """
    parted = list(shown)
    for k, (before, change, after) in enumerate(zip(shown, shown[1:], shown[2:], strict=False)):
        if (
            isinstance(change, ChangeRuns)
            and change.lone
            and not change.space
            and _joint(before, after)
        ):
            before, after = parted[k], parted[k + 2]
            assert isinstance(before, WordRun) and isinstance(after, WordRun)
            words = before.text.rstrip()
            space = before.text[len(words) :]
            parted[k : k + 3] = [
                replace(before, text=words),
                replace(change, space=space),
                _behind(space, after),
            ]
    return parted


def _joint(before: RunGroup, after: RunGroup) -> bool:
    """Tell whether white space stands before a change, and a word directly after it."""
    return (
        isinstance(before, WordRun)
        and isinstance(after, WordRun)
        and before.text[-1:].isspace()
        and not after.text[:1].isspace()
    )


def _behind(space: str, run: WordRun) -> WordRun:
    marks = (replace(m, start=m.start + len(space), end=m.end + len(space)) for m in run.marks)
    return replace(run, text=space + run.text, marks=tuple(marks))
