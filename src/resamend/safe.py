"""The one way in for the bytes of XML and JSON: hardened, with its limits in one place.

Bytes come from strangers. Nothing outside them is ever opened, nothing is repaired, and work and
memory are bounded before a parser sees a byte. Every refusal is an ``Unreadable`` that says what
is wrong, where, and what to do.

The parser's own pass is fast; a second walk only to check would cost several times as much. So the
depth of the tree is checked by those who walk it to build a model. The number of attributes needs
no cap as long as nobody enumerates them: looking one up by name is linear, ``dict(el.attrib)`` is
quadratic.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from resamend.errors import Unreadable

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["LIMITS", "Limits", "forbidden_character", "parse_json", "parse_xml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hold the limits of what is read.

    ``size`` is in bytes, ``depth`` in elements from the root, ``nesting`` in JSON brackets,
    ``digits`` in characters of one JSON number.
    """

    size: int = 20 << 20
    elements: int = 500_000
    depth: int = 100
    nesting: int = 64
    digits: int = 300


LIMITS = Limits()

_COMPRESSED = {b"\x1f\x8b": "gzip", b"PK": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_BOM = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_xml(data: bytes, *, name: str, limits: Limits = LIMITS) -> etree._Element:
    """Parse XML bytes, known to a person as ``name``, into its root element.

    Accepts only well-formed XML 1.0 in UTF-8 without a document type. Comments and processing
    instructions stay in the tree; depth is left to the caller's own walk.

    Raises ``Unreadable``.
    """
    from lxml import etree

    data = _utf8(data, name, limits)
    _refuse_declarations(data, name)
    if data.count(b"<") > 2 * limits.elements + 10:
        _refuse("it has too many elements", name, f"The limit is {limits.elements}.")
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(data, error, name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse("it has a document type declaration", name, _NO_DOCTYPE)
    return root


_NO_DOCTYPE = "Take out the DOCTYPE and any ENTITY: they can draw in other files."


def _refuse(what: str, name: str, advice: str = "") -> NoReturn:
    raise Unreadable(what, where=name, advice=advice)


def _utf8(data: bytes, name: str, limits: Limits) -> bytes:
    """Return bytes that are sure to be UTF-8, without a byte order mark."""
    if len(data) > limits.size:
        _refuse(f"it has {len(data)} bytes", name, f"The limit is {limits.size} bytes.")
    for magic, form in _COMPRESSED.items():
        if data.startswith(magic):
            _refuse(f"it is a {form} file, not text", name, "Unpack it first.")
    data = data.removeprefix(_BOM)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(
            f"it is not UTF-8: byte {data[error.start]:#04x} at offset {error.start}",
            name,
            "Save it as UTF-8.",
        )
    if not data or data.isspace():
        _refuse("it is empty", name)
    return data


def _refuse_declarations(data: bytes, name: str) -> None:
    """Refuse another declared encoding, and anything that could declare an entity.

    A DOCTYPE is refused wherever its letters stand, in a comment or CDATA too: to tell them apart
    would need the parser that this protects.
    """
    declared = _DECLARED.match(data[:400])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        _refuse(
            f"it declares the encoding {declared[1].decode()}",
            name,
            "Save it as UTF-8, and let it say so or say nothing.",
        )
    for word in (b"<!DOCTYPE", b"<!ENTITY") if b"<!" in data else ():
        if word in data:
            line = data.count(b"\n", 0, data.index(word)) + 1
            _refuse(f"it has a {word.decode()} in line {line}", name, _NO_DOCTYPE)


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    """Make the parser.

    ``collect_ids`` must stay at its default: without it libxml2 opens external declarations.
    ``recover`` and ``huge_tree`` would lift the parser's own limits on depth, size and entities.
    """
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know only bool
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_blank_text=False,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=True,
    )


def _not_well_formed(data: bytes, error: etree.XMLSyntaxError, name: str) -> Unreadable:
    """Say why the parser refused: a character that XML cannot hold, or the parser's own words."""
    bad = forbidden_character(data.decode("utf-8"))
    if bad:
        return Unreadable(f"{bad} is not allowed in XML", where=name, advice="Take it out.")
    said = (error.msg or "no reason given").split(", line ")[0]
    return Unreadable(
        f"it is not well-formed XML, line {error.lineno}: {said}",
        where=name,
        advice="Mend it there; nothing is guessed.",
    )


def forbidden_character(text: str) -> str:
    """Name the first character that XML 1.0 cannot hold, with its line; empty if there is none.

    >>> forbidden_character("a\\nb\\x00")
    'the character U+0000 in line 2'
    """
    found = _NOT_XML.search(text)
    if not found:
        return ""
    line = text.count("\n", 0, found.start()) + 1
    return f"the character U+{ord(found[0]):04X} in line {line}"


# -- JSON -----------------------------------------------------------------------------------------

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(data: bytes, *, name: str, limits: Limits = LIMITS) -> Any:
    """Parse JSON bytes, known to a person as ``name``.

    Refuses what JSON readers disagree on: a key given twice, ``NaN`` and ``Infinity``, numbers too
    long or too large, half a surrogate pair, and nesting deeper than the limit.

    Raises ``Unreadable``.
    """
    text = _utf8(data, name, limits).decode("utf-8")
    try:
        _check_nesting(text, limits)
        value = json.loads(
            text,
            object_pairs_hook=_distinct,
            parse_constant=_no_constant,
            parse_int=lambda digits: int(_short(digits, limits)),
            parse_float=lambda digits: _finite(_short(digits, limits)),
        )
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        _refuse(f"it is not JSON, line {error.lineno}: {error.msg}", name, "Mend it there.")
    except UnicodeEncodeError:
        _refuse("it has half a surrogate pair", name, "Write the character itself.")
    except RecursionError:
        _refuse("it is nested too deep", name, f"The limit is {limits.nesting}.")
    except ValueError as error:
        _refuse(str(error), name, "Mend it; nothing is guessed.")
    return value


def _check_nesting(text: str, limits: Limits) -> None:
    depth = 0
    for token in _BRACKETS.findall(text):
        if token in "[{":
            depth += 1
            if depth > limits.nesting:
                raise RecursionError
        elif token in "]}":
            depth -= 1


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} is given twice")
    return made


def _no_constant(said: str) -> NoReturn:
    raise ValueError(f"{said} is no number")


def _short(digits: str, limits: Limits) -> str:
    if len(digits) > limits.digits:
        raise ValueError(f"a number has {len(digits)} digits, the limit is {limits.digits}")
    return digits


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits} is too large")
    return number
