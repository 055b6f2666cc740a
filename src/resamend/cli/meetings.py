"""What a meeting changed in a Word draft of a dossier: proposals from the floor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resamend.dossier.reading import Dossier
    from resamend.ooxml.embedded import EmbeddedFiles, Shown

__all__ = ["taken_from_floor"]

_ALIKE = 0.5
"""So many of the paragraphs with changes, of those that a draft shows, stand in one of it."""


def taken_from_floor(
    source: str, against: Path, codes: tuple[str, ...], meeting: int | None, out: str
) -> bool:
    """Write what a meeting changed in a draft, each change a proposal; false for no draft.

    A draft for the room takes nothing along: it is known by what the dossier's shows now.
    """
    if not source.endswith(".docx"):
        return False
    from resamend.cli.inputs import note, take
    from resamend.cli.outputs import write_proposals
    from resamend.dossier.floor import draft_language, from_floor
    from resamend.dossier.reading import read_dossier
    from resamend.ooxml.embedded import read_carried

    data = take(source)
    carried = read_carried(data, name=source)
    if carried is not None:
        dossier = read_dossier(against, draft_language(data, source))
    else:
        known = _known(data, source, against)
        if known is None:
            return False
        dossier, carried = known
        note(f"{source}: it takes no proposals along; taken for the draft that {against} gives now")
    found = from_floor(data, dossier, carried, name=source, codes=codes, meeting=meeting or 0)
    for each in found.notes:
        note(each)
    if found.proposals:
        write_proposals(found.proposals, dossier.base, out)
    return True


def _known(data: bytes, source: str, against: Path) -> tuple[Dossier, EmbeddedFiles] | None:
    """Return the dossier, and what its draft showed, for a draft that takes nothing along.

    Nothing for a file that is no draft: a state's own, or one without changes.
    """
    from resamend.dossier.reading import read_dossier
    from resamend.ooxml import read_document
    from resamend.ooxml.embedded import EmbeddedFiles, visible_lines
    from resamend.readers.proposal_header import is_symbol

    document = read_document(data, name=source)
    seen = set(visible_lines(document))
    if not document.tracked or any(map(is_symbol, seen)):
        return None
    best: tuple[float, Dossier, tuple[Shown, ...]] | None = None
    for language in read_dossier(against).languages:
        dossier = read_dossier(against, language)
        for shown in _drafts(dossier):
            marked = {each.text for each in shown if "{+" in each.text or "{-" in each.text}
            likeness = len(marked & seen) / max(len(marked), 1)
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = likeness, dossier, shown
    return (best[1], EmbeddedFiles(files=(), shown=best[2])) if best else None


def _drafts(dossier: Dossier) -> list[tuple[Shown, ...]]:
    """Return what the drafts of a dossier show that take nothing along."""
    from resamend.cli.inputs import draft_of
    from resamend.cli.outputs import shown
    from resamend.conflict import find
    from resamend.page.options import Audience, Names, RenderOptions
    from resamend.redlines import View
    from resamend.renderers.docx import shown_in_docx

    given = draft_of(dossier)
    redline = shown(given, find(given.consolidated), View.REDLINE)
    ways = [(Audience.ROOM, names) for names in Names] + [(Audience.PUBLIC, Names.NONE)]
    return [shown_in_docx(redline, RenderOptions(audience=who, names=names)) for who, names in ways]
