"""The text in force and the proposals as files that a Word document takes along, and back."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from resamend import akn
from resamend.amendment import Proposal
from resamend.consolidation import Consolidated, merge
from resamend.dossier.names import stem
from resamend.errors import Unreadable
from resamend.model import Resolution
from resamend.ooxml.embedded import Edited, File, edits, read_carried
from resamend.readers.office import open_document

_MOST = 12
"""Edited paragraphs that are told one by one."""
_NEAR = 30
"""Characters shown around what was edited."""


class Unpacked(Struct, frozen=True):
    """Hold a draft that was carried; ``notes`` tell what of what is seen was edited since."""

    consolidated: Consolidated
    numbers: Mapping[str, int]
    notes: tuple[str, ...]


def files(consolidated: Consolidated) -> tuple[File, ...]:
    """Return the text in force and each proposal in our own form."""
    base = consolidated.base
    carried_files = [File(f"base.{base.language}.xml", akn.write_resolution(base))]
    for proposal in consolidated.proposals:
        name = f"proposals/{stem(proposal.id)}.{base.language}.xml"
        carried_files.append(File(name, akn.write_proposal(proposal, base)))
    return tuple(carried_files)


def unpacked(content: bytes, name: str) -> Unpacked | None:
    """Return the draft that a Word document takes along, if it does.

    Raises ``Unreadable`` where what it takes along was changed.
    """
    carried = read_carried(content, name=name)
    if carried is None:
        return None
    values = [akn.read(file.content, name=f"{name}, {file.name}").value for file in carried.files]
    bases = [value for value in values if isinstance(value, Resolution)]
    proposals = [value for value in values if isinstance(value, Proposal)]
    if len(bases) != 1 or len(bases) + len(proposals) != len(values):
        raise Unreadable("it does not take along one base text and its proposals", where=name)
    notes = _told(edits(open_document(content, name), carried))
    return Unpacked(merge(bases[0], proposals), carried.numbers, notes)


def _told(changes: tuple[Edited, ...]) -> tuple[str, ...]:
    """Say what was edited, where, and whose proposals are shown there."""
    if not changes:
        return ()
    count = "one paragraph" if len(changes) == 1 else f"{len(changes)} paragraphs"
    first = (
        f"edited since it was written, in {count}; what follows is what the file carries, "
        "not what it now shows"
    )
    lines = [_edit(change) for change in changes[:_MOST]]
    more = [f"and {len(changes) - _MOST} more"] if len(changes) > _MOST else []
    return (first, *lines, *more)


def _edit(edited: Edited) -> str:
    where = f"at {edited.where}" if edited.where else "on the cover or in the summary"
    whose = f" (it shows {', '.join(edited.sources)})" if edited.sources else ""
    before, after = _differing(edited.before, edited.after)
    if not edited.before:
        return f"{where}: a paragraph was added: “{after}”"
    if not edited.after:
        return f"{where}{whose}: a paragraph was taken out: “{before}”"
    return f"{where}{whose}: “{before}” now reads “{after}”"


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return what differs, with a few characters around it.

    >>> _differing("it meets every year in spring", "it meets each year in spring")
    ('it meets every year in spring', 'it meets each year in spring')
    """
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    longest = min(len(before), len(after)) - start
    while end < longest and before[-1 - end] == after[-1 - end]:
        end += 1
    return _cut(before, start, end), _cut(after, start, end)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(start - _NEAR, 0), min(len(text) - end + _NEAR, len(text))
    shown = text[first:last]
    if len(shown) > 5 * _NEAR:
        shown = f"{shown[: 4 * _NEAR]} … {shown[-_NEAR:]}"
    return ("…" if first else "") + shown + ("…" if last < len(text) else "")
