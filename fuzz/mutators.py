"""Change inputs so that they stay of their form: bytes alone seldom get past the parser."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from random import Random
from typing import Any

from lxml import etree

__all__ = ["mutated"]

_WORDS = (
    "", " ", "x", "9", "-1", "1,0", "0,0", "999999999", "a) b", "#s9 #s1", "moved", "1 1", "\u202e",
    "\u00a0", "\u0301", "e\u0301", "\ufffc", "\u200d", "信息", "قرار", "1bis", "dvs_1", "title",
    "RUS/62/1", "../x", "&", "<", "]]>", "\t", "\n",
    "\u2028", "NOC resolves 2", "resolves", "MOD\tRUS/1/1",
)  # fmt: skip


def mutated(data: bytes, dice: Random) -> bytes:
    """Return an input of the same form, changed in one to four places."""
    for _ in range(dice.randint(1, 4)):
        if data.startswith(b"PK"):
            data = _zip(data, dice)
        elif data.lstrip().startswith(b"<") and dice.random() < 0.6:
            data = _xml(data, dice)
        elif data.startswith(b"{") and dice.random() < 0.8:
            data = _json(data, dice)
        else:
            data = _lines(data, dice)
    return data


def _json(data: bytes, dice: Random) -> bytes:
    """Change one value somewhere in one of the JSON lines of a file."""
    lines = data.split(b"\n") if b"\n{" in data else [data]
    at = dice.randrange(len(lines))
    try:
        told = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _bytes(data, dice)
    spots: list[tuple[Any, Any]] = []
    _find(told, spots)
    if not spots:
        return _bytes(data, dice)
    holder, key = dice.choice(spots)
    deed = dice.random()
    if deed < 0.2:
        del holder[key]
    elif deed < 0.4:
        holder[key] = dice.choice((None, [], {}, -1, 0, 1, 10**30, 1.5, True, "", [[]], {"": ""}))
    elif deed < 0.6:
        other, name = dice.choice(spots)
        holder[key] = other[name]
    else:
        holder[key] = dice.choice(_WORDS)
    try:
        lines[at] = json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return data
    return b"\n".join(lines)


def _find(value: Any, spots: list[tuple[Any, Any]]) -> None:
    """Collect each place in a value, as what holds it and its key."""
    if not isinstance(value, dict | list):
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        spots.append((value, key))
        if isinstance(inner, dict | list):
            _find(inner, spots)


def _xml(data: bytes, dice: Random) -> bytes:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return _bytes(data, dice)
    elements = list(root.iter())
    element, other = dice.choice(elements), dice.choice(elements)
    try:
        _change(element, other, dice)
        return etree.tostring(root)
    except (ValueError, TypeError, AttributeError, etree.XMLSyntaxError):
        return data


def _change(element: etree._Element, other: etree._Element, dice: Random) -> None:
    deed = dice.choice(("drop", "twice", "text", "tail", "set", "set", "tag", "wrap", "comment"))
    parent = element.getparent()
    word = dice.choice(_WORDS)
    if deed == "drop" and parent is not None:
        parent.remove(element)
    elif deed == "twice":
        element.insert(
            dice.randint(0, len(element)), etree.fromstring(etree.tostring(other, with_tail=False))
        )
    elif deed == "text":
        element.text = word if dice.random() < 0.5 else other.text
    elif deed == "tail":
        element.tail = word
    elif deed == "tag":
        element.tag = other.tag
    elif deed == "comment":
        element.insert(0, etree.Comment("x"))
    elif deed == "wrap" and parent is not None:
        new = parent.makeelement(other.tag, dict(other.attrib))
        parent.replace(element, new)
        new.append(element)
    elif element.keys():
        name = dice.choice(element.keys())
        element.set(name, dice.choice((word, other.get(name, word))))
    elif other.keys():
        name = dice.choice(other.keys())
        element.set(name, other.get(name, ""))


def _zip(data: bytes, dice: Random) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except Exception:
        return _bytes(data, dice)
    if not parts or dice.random() < 0.2:
        return _bytes(data, dice)
    name = dice.choice(sorted(parts))
    parts[name] = _xml(parts[name], dice) if dice.random() < 0.9 else _bytes(parts[name], dice)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def _lines(data: bytes, dice: Random) -> bytes:
    """Change lines or words of a text, or members of a JSON file."""
    cut = dice.choice((b"\n", b"\n", b" ", b",", b"\t", b"<", b'"'))
    parts = data.split(cut)
    at = dice.randrange(len(parts))
    deed = dice.choice(("drop", "twice", "swap", "join", "word", "bytes"))
    if deed == "drop":
        del parts[at]
    elif deed == "join":
        parts[at : at + 2] = [b"".join(parts[at : at + 2])]
    elif deed == "twice":
        parts.insert(dice.randrange(len(parts) + 1), parts[at])
    elif deed == "swap":
        to = dice.randrange(len(parts))
        parts[at], parts[to] = parts[to], parts[at]
    elif deed == "word":
        parts[at] = dice.choice(_WORDS).encode()
    else:
        return _bytes(data, dice)
    return cut.join(parts)


def _bytes(data: bytes, dice: Random) -> bytes:
    at = dice.randint(0, len(data))
    end = min(len(data), at + dice.choice((0, 1, 1, 4, 40)))
    return data[:at] + dice.randbytes(dice.choice((0, 1, 2))) + data[end:]
