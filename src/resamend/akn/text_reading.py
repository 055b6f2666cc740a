"""Read a resolution from a ``statement``."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.akn.lines import read_body
from resamend.akn.metadata import language_of, read_metadata
from resamend.akn.names import FORM, NS, RS, SPACES, akn, rs
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.errors import InputError, Invalid
from resamend.model import Kind, Language, Metadata, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.safe import Limits, parse_piece

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["is_ours", "read_by_line", "read_foreign", "read_resolution", "top"]

DRAFT = "a:meta/a:proprietary/rs:draft"
"""What a consolidated draft of ours says of itself."""
_WHAT = f"{akn('meta')}/{akn('proprietary')}/{rs('resolution')}"


def read_resolution(document: etree._Element, reader: ProvisionReader) -> Resolution:
    """Return the text that a statement holds."""
    provisions = top(document, reader)
    made = Resolution(
        language=language_of(document, reader.name),
        provisions=provisions,
        metadata=read_metadata(document),
    )
    return named(made, reader)


def read_by_line(data: bytes, reader: ProvisionReader) -> Resolution | None:
    """Return the text that a statement of our own form holds, without a tree of its elements.

    ``None`` where it is anything else than such a text: then the parser is to say what.
    """
    lines = _lines(data, reader.limits)
    if lines[-3:] != _FOOT or _META not in lines:
        return None
    begin = lines.index(_META) + 1
    what = _head("\n".join((*lines[:begin], *_FOOT)))
    body = read_body(lines[begin:-3], reader.limits) if what else None
    if what is None or body is None:
        return None
    made, reader.ids[:] = body
    if made.label or made.said:
        return None
    whole = Provision(
        id=what.id, kind=Kind.RESOLUTION, label=what.label, children=tuple(made.children)
    )
    text = Resolution(language=what.language, provisions=(whole,), metadata=what.metadata)
    return named(text, reader)


_OPENING = 400
"""Bytes in which a statement of our own form begins."""
_META = "    </meta>"
_FOOT = ["  </statement>", "</akomaNtoso>", ""]


def _lines(data: bytes, limits: Limits) -> list[str]:
    """Return the lines of a text; none if there are too many of them, or it is not UTF-8."""
    if data.find(b"<statement ", 0, _OPENING) < 0:
        return []
    most = 2 * limits.elements
    if len(data) > limits.size or (len(data) > most and data.count(b"<") > most):
        return []
    try:
        return data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return []


class _Head(Struct, frozen=True, gc=False):
    """Hold what the head of a text says."""

    language: Language
    metadata: Metadata
    id: str
    label: str


@lru_cache(maxsize=64)
def _head(text: str) -> _Head | None:
    """Read a statement without its body; ``None`` unless it is a text in our own form.

    The texts that states send mostly have the head of the base.
    """
    try:
        root = parse_piece(text, SPACES)
        document = root[0]
        what = document.find(_WHAT)
        usual = (
            root.tag == akn("akomaNtoso")
            and document.tag == akn("statement")
            and root.nsmap == document.nsmap == SPACES
            and [len(root), len(document), document[0].tag] == [1, 1, akn("meta")]
            and not f"{document.text}{document[0].tail}".strip()
        )
        if not usual or what is None or what.get(rs("form")) != FORM or what.get(rs("top")):
            return None
        if document.find(DRAFT, {"a": NS, "rs": RS}) is not None:
            return None
        language = language_of(document, "")
    except (InputError, IndexError):
        return None
    id, label = what.get(rs("id"), "resolution"), what.get(rs("label"), "")
    return _Head(language, read_metadata(document), id, label)


def read_foreign(document: etree._Element, reader: ProvisionReader) -> Resolution:
    """Return the text of a statement that is not in our own form."""
    from resamend.akn.foreign import ForeignReader, reported

    foreign = ForeignReader(reader, document)
    made = read_resolution(document, foreign)
    reported(foreign, document, made)
    return made


def is_ours(document: etree._Element, name: str) -> bool:
    """Tell whether a statement is in our own form.

    Raises ``Invalid`` for a later form than is known here.
    """
    what = document.find(_WHAT)
    if what is None:
        return False
    if what.get(rs("form")) != FORM:
        raise Invalid(
            f"it is in form {what.get(rs('form'))} of resamend, known here is {FORM}",
            where=name,
            advice="Read it with the version of resamend that wrote it, or a later one.",
        )
    return True


def top(document: etree._Element, reader: ProvisionReader) -> tuple[Provision, ...]:
    """Return what stands below the super-root: the statement itself, or what ``rs:top`` says."""
    made = ReadProvisions(headed=True)
    reader.fill(made, document)
    what = document.find(_WHAT)
    if what is None:
        return (reader.finished(document, Kind.RESOLUTION, "resolution", made),)
    if what.get(rs("top")):
        reader.finished_root(made)
        return tuple(made.children)
    made.label = what.get(rs("label"), "")
    return (reader.finished(what, Kind.RESOLUTION, what.get(rs("id"), "resolution"), made),)


def named(text: Resolution, reader: ProvisionReader) -> Resolution:
    """Give an id to every provision that has none, or one that another has too."""
    given = set(reader.ids)
    if len(given) == len(reader.ids) and "" not in given:
        return text
    twice = {id for id, times in Counter(reader.ids).items() if times > 1 or not id}
    fresh = iter(walk(eids(text).provisions))
    taken = set(reader.ids) - twice
    renamed: list[str] = []
    seen: set[str] = set()

    def name(provision: Provision) -> Provision:
        usual = next(fresh).id
        id = provision.id
        if id in twice and (not id or id in seen):
            id = _free(usual, taken)
            renamed.append(id)
        seen.add(id)
        taken.add(id)
        return replace(provision, id=id, children=tuple(map(name, provision.children)))

    made = replace(text, provisions=tuple(map(name, text.provisions)))
    if not renamed:
        return made
    shown = ", ".join(renamed[:5]) + ("…" if len(renamed) > 5 else "")
    reader.report(f"ids given where there was none, or another's ({len(renamed)}): {shown}")
    return made


def _free(usual: str, taken: set[str]) -> str:
    id, rank = usual, 1
    while id in taken:
        rank += 1
        id = f"{usual}_{rank}"
    return id
