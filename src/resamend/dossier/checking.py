"""Check files and dossiers: their schema, their profile, and what they say of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from resamend import akn
from resamend.amendment import Proposal, place, revise
from resamend.consolidation import Consolidated, merge
from resamend.dossier import atomic_files
from resamend.dossier.citing import citations, number_of
from resamend.dossier.expressions import compare_expressions
from resamend.dossier.findings import Finding, Weight
from resamend.dossier.index import fingerprint
from resamend.dossier.names import checked
from resamend.dossier.parsing import arrive
from resamend.dossier.reading import DossierContent, is_dossier, read_dossier, shelf
from resamend.errors import InputError
from resamend.matching import footnotes, index_of
from resamend.model import Kind, Resolution
from resamend.reference import Reason, references


def check_file(path: Path, content: bytes) -> Iterator[Finding]:
    """Check one file: whether it can be read, its schema and its profile."""
    where = str(path)
    try:
        arrival = arrive(content, name=where)
    except InputError as error:
        yield Finding(Weight.ERROR, error.where or where, error.told)
        return
    if path.suffix == ".xml":
        for problem in akn.check_schema(content):
            yield Finding(Weight.ERROR, where, f"not valid: {problem}")
    for repair in arrival.notes:
        yield Finding(Weight.WARNING, where, repair)
    yield from _profile(arrival.value, where)


def dossiers(folder: Path) -> tuple[Path, ...]:
    """Return the dossiers in a folder, itself or below it."""
    if is_dossier(folder):
        return (folder,)
    below = sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
    return tuple(inner for path in below for inner in dossiers(path))


def check_folders(folders: Iterable[Path]) -> Iterator[Finding]:
    """Check dossiers, each by itself, and who cites what another wants suppressed."""
    read: list[DossierContent] = []
    for folder in folders:
        yield from _dossier(folder, read)
    yield from _citing(read)


def _dossier(folder: Path, read: list[DossierContent]) -> Iterator[Finding]:
    try:
        stored = shelf(folder)
        for note in stored.notes:
            yield Finding(Weight.WARNING, str(folder), note)
        yield from _sums(folder)
        for file in stored.files:
            yield from check_file(folder / file, stored.content(file))
        here = [read_dossier(folder, language) for language in stored.languages]
        for dossier in here:
            merge(dossier.base, dossier.proposals)
        read += here
        yield from compare_expressions(here)
    except InputError as error:
        yield Finding(Weight.ERROR, error.where or str(folder), error.told)


def _sums(folder: Path) -> Iterator[Finding]:
    """Find files that are not what ``dossier.json`` says, in the history and the originals too."""
    index = shelf(folder).index
    for file, wanted in (index.files if index else {}).items():
        path = folder / file
        if not path.is_file():
            yield Finding(Weight.ERROR, str(path), "this file is missing")
        elif fingerprint(atomic_files.read(path)) != wanted:
            yield Finding(Weight.ERROR, str(path), "this file is not the one that was added")


# -- profile --------------------------------------------------------------------------------------


def _profile(value: Resolution | Proposal | Consolidated, where: str) -> Iterator[Finding]:
    if isinstance(value, Resolution):
        yield from _text(value, where)
    elif isinstance(value, Consolidated):
        yield from _text(value.base, where)
        for proposal in value.proposals:
            yield from _proposal(proposal, where)
    else:
        yield from _proposal(value, where)


def _proposal(proposal: Proposal, where: str) -> Iterator[Finding]:
    try:
        checked(proposal.id, where)
    except InputError as error:
        yield Finding(Weight.ERROR, where, error.what)
    if not proposal.proponents:
        yield Finding(Weight.WARNING, where, f"{proposal.id} names no proponent")
    if not proposal.edits and not proposal.keeps:
        yield Finding(Weight.WARNING, where, f"{proposal.id} proposes nothing")
    targets = Counter((type(edit), edit.target) for edit in proposal.edits)
    for (_, target), times in targets.items():
        if times > 1:
            yield Finding(Weight.ERROR, where, f"{proposal.id} amends {target!r} twice")


def _text(resolution: Resolution, where: str) -> Iterator[Finding]:
    index = index_of(resolution)
    for id, times in Counter(provision.id for provision in index.nodes).items():
        if times > 1:
            yield Finding(Weight.ERROR, where, f"{times} provisions have the id {id!r}")
    for node, provision in enumerate(index.nodes):
        here = f"{where}, {place(index, node)}"
        if not (provision.text.strip() or provision.children or provision.kind in _MAY_BE_EMPTY):
            yield Finding(Weight.WARNING, here, "there is no text")
        notes = sum(mark.kind == "footnote" for mark in provision.marks)
        if notes != len(footnotes(provision)):
            what = f"{notes} footnote marks, {len(footnotes(provision))} footnotes"
            yield Finding(Weight.ERROR, here, what)
        for mark in provision.marks:
            if mark.value.startswith("#") and mark.value[1:] not in index.at:
                words = provision.text[mark.start : mark.end]
                yield Finding(
                    Weight.ERROR, here, f"“{words}” refers to {mark.value}, which is not there"
                )
    for reference in references(resolution):
        if reference.reason in _LEADS_NOWHERE:
            here = f"{where}, {place(index, index.at[reference.at])}"
            what = f"“{reference.phrase}”: {_LEADS_NOWHERE[reference.reason]}"
            yield Finding(Weight.WARNING, here, f"{what} ({reference.label_text})")


_LEADS_NOWHERE = {
    Reason.NO_HEADING: "no heading is called so",
    Reason.NO_PROVISION: "nothing there has this number",
    Reason.SEVERAL: "more than one provision could be meant",
}
_MAY_BE_EMPTY = frozenset({Kind.RESOLUTION, Kind.CELL, Kind.ROW, Kind.TABLE})


# -- who cites what is to be suppressed -----------------------------------------------------------


def _citing(read: Sequence[DossierContent]) -> Iterator[Finding]:
    for dossier in read:
        for proposal in dossier.proposals:
            number = number_of(dossier.base)
            # Of a new resolution there is nothing to suppress.
            if dossier.base.provisions and number and _suppresses(dossier.base, proposal):
                for other in read:
                    if other.language is dossier.language and other.folder != dossier.folder:
                        yield from _cited_in(other, number, f"{proposal.id} ({dossier.folder})")


def _suppresses(base: Resolution, proposal: Proposal) -> bool:
    return not revise(base, proposal.edits).provisions


def _cited_in(dossier: DossierContent, number: str, who: str) -> Iterator[Finding]:
    """Find where a text cites a resolution that somebody suppresses, or would newly cite it."""
    texts = {p.id: set(citations(revise(dossier.base, p.edits), number)) for p in dossier.proposals}
    in_force = list(citations(dossier.base, number))
    for path, phrase in in_force:
        gone = sorted(id for id, cited in texts.items() if (path, phrase) not in cited)
        also = f"; it is no longer there in {', '.join(gone)}" if gone else ""
        yield Finding(
            Weight.WARNING,
            f"{dossier.folder} ({dossier.language}), {path}",
            f"cites “{phrase}”, which {who} suppresses{also}",
        )
    for id in sorted(texts):
        for path, phrase in sorted(texts[id] - set(in_force)):
            yield Finding(
                Weight.WARNING,
                f"{dossier.folder} ({dossier.language}), {id}, {path}",
                f"would cite “{phrase}”, which {who} suppresses",
            )
