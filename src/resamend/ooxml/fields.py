"""Fields: what one is told to do is no text, its result is (ECMA-376 part 1, 17.16.18).

A field that is begun and never ended is none: Word shows what stands in it, and so do we.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec import field as member

from resamend.ooxml.names import w

if TYPE_CHECKING:
    from lxml import etree

FIELD_CODE = "the code of a field"
"""Why what a field is told to do is beside the text."""
_FIELD, _STEP = w("fldChar"), w("fldCharType")
_OUTSIDE = frozenset(
    {
        *("DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT"),
        *("LINK", "MACROBUTTON", "RD"),
    }
)
_WORDY = frozenset(["ASK", "COMMENTS", "FILLIN", "IF", "QUOTE", "SET", "TA", "TC", "XE"])
_QUOTED = re.compile(r"[\"“”][^\"“”]*\w[^\"“”]*[\"“”]")


class _Field(Struct):
    code: str = ""
    shown: bool = False


class OpenFields(Struct):
    """Follow the fields of one part; ``unended`` begin and never end."""

    unended: list[etree._Element]
    open: list[_Field] = member(default_factory=list)

    @classmethod
    def of(cls, root: etree._Element) -> OpenFields:
        """Look through a part for the fields that never end."""
        begun: list[etree._Element] = []
        for character in root.iter(_FIELD):
            step = character.get(_STEP)
            if step == "begin":
                begun.append(character)
            elif step == "end" and begun:
                begun.pop()
        return cls(begun)

    @property
    def in_code(self) -> bool:
        """Tell whether what comes is told to a field, and not shown."""
        return any(not field.shown for field in self.open)

    def instruct(self, text: str) -> None:
        """Gather what the innermost field is told to do."""
        if self.open and not self.open[-1].shown:
            self.open[-1].code += text

    def follow(self, character: etree._Element) -> str:
        """Take a step, and return the code that it ends."""
        step = character.get(_STEP)
        if step == "begin" and character not in self.unended:
            self.open.append(_Field())
        elif step == "separate" and self.open:
            self.open[-1].shown = True
            return self.open[-1].code
        elif step == "end" and self.open:
            ended = self.open.pop()
            return "" if ended.shown else ended.code
        return ""


def _verb(code: str) -> str:
    return code.split(maxsplit=1)[0].upper() if code.strip() else ""


def reaches_outside(code: str) -> str:
    """Return the name of a field that fetches something from elsewhere, or starts a program.

    >>> reaches_outside(' INCLUDETEXT "c:\\\\a.docx" '), reaches_outside(" PAGE ")
    ('INCLUDETEXT', '')
    """
    return _verb(code) if _verb(code) in _OUTSIDE else ""


def speaks(code: str) -> bool:
    """Tell whether a field's code holds words that it may show, or hides them in an index.

    >>> speaks(' IF 1 = 1 "shall" "may" '), speaks(' HYPERLINK "http://itu.int" ')
    (True, False)
    """
    return _verb(code) in _WORDY and bool(_QUOTED.search(code))
