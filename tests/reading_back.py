"""Read plain marks back, from the description of the syntax alone (renderers.inline)."""

from __future__ import annotations

import re

from msgspec import Struct

_OPEN = {"{+": "+}", "[-": "-]"}


class Side(Struct, frozen=True):
    """Say which marks are kept: those that open with ``mark``; and whether points are text."""

    mark: str
    points: bool


IN_FORCE = Side("[-", points=False)
ASKED_FOR = Side("{+", points=True)


class _Reader:
    def __init__(self, text: str, side: Side) -> None:
        self.text, self.side, self.at = text, side, 0

    def read(self, end: str = "") -> list[str]:
        """Read up to ``end``; each character kept, an escaped one behind its backslash."""
        out: list[str] = []
        while self.at < len(self.text):
            if end and self.text.startswith(end, self.at):
                break
            if self.text[self.at] == "\\":
                out.append(self.text[self.at : self.at + 2])
                self.at += 2
            elif note := re.compile(r"\[\^[^]]*\]").match(self.text, self.at):
                out.append(note.group())
                self.at = note.end()
            elif self.text[self.at : self.at + 2] in _OPEN:
                self._change(out)
            elif not self.side.points and (point := self._point()):
                self._contested(out, point)
            else:
                out.append(self.text[self.at])
                self.at += 1
        return out

    def _change(self, out: list[str]) -> None:
        left = False
        kept: list[str] = []
        while (opening := self.text[self.at : self.at + 2]) in _OPEN:
            self.at += 2
            inside = self.read(_OPEN[opening])
            self.at += 2
            if opening == self.side.mark:
                left, kept = True, kept + inside
            if names := re.compile(r"\((?:\\.|[^\\)])*\)").match(self.text, self.at):
                self.at = names.end()
        if not left:
            _without_space(out)
        out += kept

    def _point(self) -> re.Match[str] | None:
        return re.compile(r"\[(?:see )?Point [0-9a-f]+(: |\])").match(self.text, self.at)

    def _contested(self, out: list[str], point: re.Match[str]) -> None:
        self.at = point.end()
        if point.group(1) == "]":
            _without_space(out)
            return
        out += self.read("]")
        self.at += 1


def _without_space(out: list[str]) -> None:
    while out and len(out[-1]) == 1 and out[-1].isspace():
        out.pop()


def read_back(text: str, side: Side) -> str:
    """Return what is left of a marked text on one side, escapes undone."""
    pieces = _Reader(text, side).read()
    return "".join(piece[1:] if piece.startswith("\\") else piece for piece in pieces)


def squeezed(text: str) -> str:
    """Return a line without white space and without the numbers of footnotes, which may change."""
    return re.sub(r"(?<=\[\^)[^]]*(?=\])", "", re.sub(r"\s+", "", text))
