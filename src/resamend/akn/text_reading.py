"""Read a resolution from a ``statement``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.akn.letters import lost_letters
from resamend.akn.metadata import language_of, read_metadata
from resamend.akn.names import FORM, akn, rs
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.errors import Invalid
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import eids

if TYPE_CHECKING:
    from lxml import etree

DRAFT = "a:meta/a:proprietary/rs:draft"
"""What a consolidated draft of ours says of itself."""
_WHAT = f"{akn('meta')}/{akn('proprietary')}/{rs('resolution')}"


def read_resolution(document: etree._Element, reader: ProvisionReader) -> Resolution:
    """Return the text that a statement holds."""
    provisions = top(document, reader)
    resolution = Resolution(
        language=language_of(document, reader.name, reader.language),
        provisions=provisions,
        metadata=read_metadata(document),
    )
    lost = lost_letters(document, resolution)
    if lost:
        reader.report(f"{len(lost)} characters have no place in the text: {lost[:60]}")
    return _named(resolution, reader)


def read_foreign(document: etree._Element, reader: ProvisionReader) -> Resolution:
    """Return the text of a statement that is not in our own form."""
    from resamend.akn.foreign import ForeignReader, reported

    foreign = ForeignReader(reader, document)
    resolution = read_resolution(document, foreign)
    reported(foreign)
    return resolution


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
    parts = ReadProvisions(headed=True)
    what = document.find(_WHAT)
    # Before the rest is read: a num that somebody put there is then a second one.
    parts.label = what.get(rs("label"), "") if what is not None else ""
    reader.fill(parts, document)
    if what is None:
        return (reader.finished(document, Kind.RESOLUTION, "resolution", parts),)
    if what.get(rs("top")):
        # What a draft adds here stands beside the resolution, below no provision.
        reader.finished_root(parts)
        return tuple(parts.children)
    return (reader.finished(what, Kind.RESOLUTION, what.get(rs("id"), "resolution"), parts),)


def _named(text: Resolution, reader: ProvisionReader) -> Resolution:
    """Give an id to every provision that has none, or one that another has too."""
    distinct = set(reader.ids)
    # All of our own files: nothing is renamed, so nothing is copied.
    if len(distinct) == len(reader.ids) and "" not in distinct:
        return text
    twice = {id for id, times in Counter(reader.ids).items() if times > 1 or not id}
    fresh = iter(walk(eids(text).provisions))
    taken = set(reader.ids) - twice
    renamed: list[str] = []
    seen: set[str] = set()

    def name(provision: Provision) -> Provision:
        usual = next(fresh).id
        id = provision.id
        # The first that bears an id keeps it.
        if id in twice and (not id or id in seen):
            id = _free(usual, taken)
            renamed.append(id)
        seen.add(id)
        taken.add(id)
        return replace(provision, id=id, children=tuple(map(name, provision.children)))

    complete = replace(text, provisions=tuple(map(name, text.provisions)))
    if not renamed:
        return complete
    shown = ", ".join(renamed[:5]) + ("…" if len(renamed) > 5 else "")
    reader.report(f"ids given where there was none, or another's ({len(renamed)}): {shown}")
    return complete


def _free(usual: str, taken: set[str]) -> str:
    id, rank = usual, 1
    while id in taken:
        rank += 1
        id = f"{usual}_{rank}"
    return id
