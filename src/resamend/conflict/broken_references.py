"""References that break: one source strikes, moves or renumbers what another's text cites.

The text in force cites too: what a source leaves as it is in its own text must still lead to where
it led. A reference that a source writes itself must lead, in the texts of the others, to the same
provision under the same number. Whoever strikes a paragraph and mends what cites it breaks nothing.

A warning asks for nothing and settles nothing: adopting writes references anew, and lists those
that lead nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.conflict.options import SourceVersions
from resamend.conflict.structural_changes import StructuralChanges
from resamend.conflict.values import (
    ConflictKind,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
    short_hash,
)
from resamend.consolidation import Consolidated, TextMarks
from resamend.difference import ListEdit, TextEdit
from resamend.matching import ProvisionIndex
from resamend.model import ROOT, WHOLE, Provision, walk
from resamend.reference import Cited, Reference, cited, may_mention, mentions, references_in
from resamend.words import joined, key_of

_Key = tuple[str, str, str, int]


def broken_references(
    draft: Consolidated, fates: StructuralChanges, versions: SourceVersions
) -> tuple[Region, ...]:
    """Return the references that some source breaks, in the order of the text."""
    base = _CitingText(fates.known)
    sources = _concerned(draft, base, versions)
    if not sources:
        return ()
    texts = {
        source: _CitingText(
            ProvisionIndex(replace(draft.base, provisions=versions.revisers[source].children(ROOT)))
        )
        for source in sources
    }
    found = [*_in_force(base, texts, fates), *_written(base, texts, fates)]
    return tuple(_region(each, base.known) for each in sorted(found, key=lambda f: f.order))


class _CitingText:
    """A text and what is cited in it."""

    def __init__(self, known: ProvisionIndex) -> None:
        self.known = known
        self.bound: dict[_Key, Reference] = {}
        phrase, key = "", ""
        for r in references_in(known):
            if r.labels:
                if r.phrase is not phrase:  # many references may stand in one long phrase
                    phrase, key = r.phrase, " ".join(key_of(r.phrase))
                self.bound[r.at, key, " ".join(key_of(r.label_text)), r.rank] = r

    def called(self, id: str) -> Cited | None:
        return cited(self.known, id) if id in self.known.at else None


class _Broken(Struct):
    """A reference that somebody breaks: who wrote it, nobody for the text in force; and how."""

    reference: Reference
    where: ProvisionIndex
    order: tuple[int, int]
    citers: tuple[str, ...] = ()
    breaks: dict[tuple[OptionKind, str], set[str]] = field(default_factory=lambda: defaultdict(set))


def _concerned(draft: Consolidated, base: _CitingText, versions: SourceVersions) -> list[str]:
    """Return the sources whose text has to be read: those who cite, or change what is cited.

    Most drafts of texts without references need no other text than the base.
    """
    headings = tuple([p.text for p in base.known.nodes if p.kind in WHOLE])
    heads = {p.id for p in base.known.nodes if p.kind in WHOLE}
    may_cite = {marks.target for marks in draft.texts if _may_cite(base.known, marks)}
    citing, building = [], []
    for proposal in draft.proposals:
        texts: list[Provision] = []
        builds = False
        for edit in proposal.edits:
            if not isinstance(edit, TextEdit):
                builds = True
                if isinstance(edit, ListEdit):
                    texts += walk(tuple([item for hunk in edit.hunks for item in hunk.items]))
                continue
            builds = builds or edit.target in heads
            if edit.target in may_cite:
                node = base.known.nodes[base.known.at[edit.target]]
                text, marks = joined(versions.revisers[proposal.id].words(edit.target))
                texts.append(replace(node, text=text, marks=marks, children=()))
        if any(mentions(p.text, p.marks, headings, draft.base.language) for p in texts):
            citing.append(proposal.id)
        if builds:
            building.append(proposal.id)
    return sorted({*citing, *building}) if citing or base.bound else []


def _may_cite(known: ProvisionIndex, marks: TextMarks) -> bool:
    """Tell whether an amended text could have a reference, without putting it together."""
    if marks.surfaces or may_mention(known.nodes[known.at[marks.target]].text):
        return True
    new = [word for change in marks.changes for word in change.words]
    joins_another = any([word.marks for word in new])  # noqa: C419  # a list is faster here
    return joins_another or may_mention("".join([word.text for word in new]))


def _in_force(
    base: _CitingText, texts: dict[str, _CitingText], fates: StructuralChanges
) -> Iterator[_Broken]:
    """Yield the references of the text in force that a source leaves and that lead elsewhere."""
    for rank, (key, reference) in enumerate(base.bound.items()):
        if not reference.target:
            continue
        found = _Broken(reference, base.known, (base.known.at[reference.at], rank))
        for source, text in texts.items():
            left = text.bound.get(key)
            if left and left.target != reference.target:
                found.breaks[_break(source, reference.target, base, text, fates)].add(source)
        if found.breaks:
            yield found


def _written(
    base: _CitingText, texts: dict[str, _CitingText], fates: StructuralChanges
) -> Iterator[_Broken]:
    """Yield the references that sources write and that others' changes make lead elsewhere."""
    new: dict[tuple[_Key, str], list[str]] = defaultdict(list)
    for source, text in texts.items():
        for key, reference in text.bound.items():
            if reference.target and key not in base.bound:
                new[key, reference.target].append(source)
    for rank, ((key, target), citers) in enumerate(new.items()):
        theirs = texts[citers[0]]
        order = (_order(theirs.known, key[0], base.known), len(base.bound) + rank)
        found = _Broken(theirs.bound[key], theirs.known, order, tuple(citers))
        for source, text in texts.items():
            if source not in citers and _differs(target, base, theirs, text):
                found.breaks[_break(source, target, base, text, fates)].add(source)
        if found.breaks:
            yield found


def _differs(target: str, base: _CitingText, theirs: _CitingText, text: _CitingText) -> bool:
    """Tell whether a source strikes what is cited, or calls it otherwise than both others do."""
    before, now = base.called(target), text.called(target)
    if before is None:
        return False  # somebody's addition, which nobody else has
    if now is None:
        return True
    return now.path not in (before.path, cited(theirs.known, target).path)


def _break(
    source: str, id: str, base: _CitingText, text: _CitingText, fates: StructuralChanges
) -> tuple[OptionKind, str]:
    """Return what a source does to a provision that is cited, and where it is then."""
    now, before = text.called(id), base.called(id)
    if now is None:
        hosts = fates.joined.get(id, {})
        host = next((host for host in sorted(hosts) if source in hosts[host]), "")
        return (
            (OptionKind.JOIN, cited(text.known, host).path)
            if host in text.known.at
            else (
                OptionKind.SUPPRESS,
                "",
            )
        )
    if before and now.head != before.head:
        return OptionKind.MOVE, now.path
    return OptionKind.LABEL, now.path


def _order(known: ProvisionIndex, id: str, base: ProvisionIndex) -> int:
    """Return the base's node after which a provision of another text stands."""
    node = known.at[id]
    while node >= 0 and known.nodes[node].id not in base.at:
        node -= 1
    return base.at[known.nodes[node].id] if node >= 0 else 0


def _region(found: _Broken, base: ProvisionIndex) -> Region:
    reference, where = found.reference, found.where
    said = Option(
        id=short_hash([OptionKind.WORDS, *key_of(reference.phrase)]),
        deed=OptionKind.WORDS,
        sources=found.citers,
        text=reference.phrase,
    )
    options = tuple(
        Option(id=short_hash([deed, place]), deed=deed, sources=tuple(sorted(who)), place=place)
        for (deed, place), who in sorted(found.breaks.items(), key=lambda item: sorted(item[1]))
    )
    node = where.at[reference.at]
    while node >= 0 and where.nodes[node].id not in base.at:
        node = where.parents[node]
    target = where.nodes[node].id if node >= 0 else ROOT
    return Region(
        id=short_hash(
            [
                ConflictKind.BROKEN_REFERENCE,
                reference.at,
                *key_of(reference.phrase),
                reference.label_text,
                reference.rank,
                reference.target,
                sorted(option.id for option in options),
            ]
        ),
        stream=Stream.TEXT,
        target=target,
        path=cited(where, reference.at).path,
        standing=Standing.WARNING,
        kinds=(ConflictKind.BROKEN_REFERENCE,),
        base="" if found.citers else reference.phrase,
        options=(said, *options) if found.citers else options,
        sources=tuple(sorted({*found.citers, *(s for who in found.breaks.values() for s in who)})),
        cites=cited(where, reference.target).path,
    )
