"""The names of Akoma Ntoso 3.0 and of our own namespace, and how a value is written in XML.

Our own attributes, on elements of Akoma Ntoso:

| where | attribute | meaning |
|---|---|---|
| any provision | ``id`` | its id, where the schema does not let it be an ``eId`` |
| | ``kind`` | what it is, where the element does not say |
| | ``empty``, ``wrap`` | an element that the schema wants, and nothing else |
| inline | ``mark``, ``value`` | a mark without an element of its own; what no address can hold |
| | ``more`` | how far back the mark starts that this is a further piece of |
| quoted words | ``words``, ``order`` | each word in a ``span`` of its own; the order of its marks |
| | ``split``, ``join`` | what follows gets this label; the words of this provision stand here |
| ``textualMod`` | ``edit``, ``of`` | which edit it is a part of, and of which stream |
| | ``at``, ``list`` | the base's words or children [start, end); whose children |
| a draft | ``struck``, ``goes``, ``joined`` | who takes the provision out of its list, and why |
| | ``added``, ``gap``, ``moved`` | who puts it into which gap; what moves there |
| | ``label.s1``, ``ids``, ``ids.s1`` | what one source calls it otherwise |
| ``mod``, ``p`` | ``keep`` | NOC, emphasised or plain; its reasons |
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from resamend.errors import Invalid
from resamend.model import Kind

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
RS = "urn:x-resamend:1"
FORM = "1"
"""The version of our own form, in ``rs:form``: such a file is read to the letter."""

OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    f'<akomaNtoso xmlns="{NS}" xmlns:rs="{RS}">',
)
"""The first lines of each file."""


def akn(name: str) -> str:
    """Return the full name of an Akoma Ntoso element."""
    return f"{{{NS}}}{name}"


def rs(name: str) -> str:
    """Return the full name of an attribute or element of our own."""
    return f"{{{RS}}}{name}"


KINDS = {
    akn("recital"): Kind.ITEM,
    akn("paragraph"): Kind.ITEM,
    akn("point"): Kind.ITEM,
    akn("indent"): Kind.ITEM,
    akn("item"): Kind.ITEM,
    akn("recitals"): Kind.PREAMBULAR,
    akn("division"): Kind.OPERATIVE,
    akn("formula"): Kind.ENACTING,
    akn("attachment"): Kind.ANNEX,
    akn("table"): Kind.TABLE,
    akn("tr"): Kind.ROW,
    akn("td"): Kind.CELL,
    akn("authorialNote"): Kind.FOOTNOTE,
}
"""What an element is, whatever is around it; in our own form ``rs:kind`` says the rest."""

INLINE = {akn(name): name for name in ("i", "b", "u", "sub", "sup", "ref", "term")}
"""Inline elements that are marks of the same name."""

_TEXT = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\n": "<eol/>"},
)
_IN_TEXT = re.compile("[&<>\r\n]").search
_VALUE = str.maketrans(
    {
        "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;",
        "\r": "&#13;", "\n": "&#10;", "\t": "&#9;",
    },
)  # fmt: skip
_IN_VALUE = re.compile('[&<>"\r\n\t]').search


def escaped(text: str) -> str:
    """Write text as the content of an element: a line break is an ``eol``."""
    return text.translate(_TEXT) if _IN_TEXT(text) else text


FORMER = ("question", "path", "deed", "old", "asked", "place", "target", "now")
"""What is written of an amendment to a former text, beside the words where it belongs now."""


def attribute(name: str, value: str) -> str:
    """Write an attribute, with the space before it."""
    return f' {name}="{value.translate(_VALUE) if _IN_VALUE(value) else value}"'


is_id = re.compile(r"[^\s\x00-\x20]+").fullmatch
"""Tell whether a text can be an ``eId``: what the schema calls noWhiteSpace."""

is_address = re.compile(
    r"(?:https?://[\w.-]+(?=[/#]|$))?[\w/.~@!?=&;,+-]*(?:#[\w.~@!?=&;,+-]*)?"
).fullmatch
"""Tell whether a text is an address that the schema's anyURI surely accepts."""

_UNSAFE = re.compile(r"[^\w./~@!-]")
_CODED = re.compile(r"(?:%[0-9A-F]{2})+")


def address(id: str) -> str:
    """Write an id as the fragment of an address; what no address can hold is percent-encoded.

    >>> address("dvs_1__para_2"), address("a b#"), unaddressed(address("a b#"))
    ('dvs_1__para_2', 'a%20b%23', 'a b#')
    """
    return _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), id)


def unaddressed(fragment: str) -> str:
    """Read an id from the fragment of an address."""
    # Most ids; the pattern costs more than looking.
    if "%" not in fragment:
        return fragment
    return _CODED.sub(lambda m: bytes.fromhex(m[0].replace("%", "")).decode(), fragment)


def number(digits: str, where: str) -> int:
    """Read a number that we wrote.

    Raises ``Invalid``.
    """
    # int() takes other scripts' digits and blanks, which we never write; nine digits are plenty.
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 9:
        raise Invalid(
            f"{digits!r} is no number", where=where, advice="This file was changed by hand."
        )
    return int(digits)


_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])


def encoded(lines: Iterable[str], where: str) -> bytes:
    """Return lines as the bytes of a file.

    Raises ``Invalid`` for a character that XML cannot hold.
    """
    text = "\n".join(lines) + "\n"
    try:
        utf8 = text.encode("utf-8")
    except UnicodeEncodeError:
        raise _unwritable(text, where) from None
    if _has_controls(utf8):
        raise _unwritable(text, where)
    return utf8


def _has_controls(utf8: bytes) -> bool:
    """Tell whether UTF-8 has a character that XML cannot hold."""
    return len(utf8.translate(None, _CONTROLS)) != len(utf8) or (
        b"\xef" in utf8 and (b"\xef\xbf\xbe" in utf8 or b"\xef\xbf\xbf" in utf8)
    )


def _unwritable(text: str, where: str) -> Invalid:
    from resamend.safe import forbidden_character

    character = forbidden_character(text).partition(" in line ")[0]
    return Invalid(f"{character} cannot be written in XML", where=where, advice="Take it out.")
