"""What each source asks in each region: its proposal, cut along the regions.

Every edit of a proposal belongs to one region, or to none where it is typography alone. The parts
of some regions, put together again, are the edits that ask for these and for nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment.edit_references import references
from resamend.conflict import Findings, Gate, Region, Stream
from resamend.conflict.ends import parted_hunks
from resamend.conflict.phrases import footprint
from resamend.conflict.text_regions import tied
from resamend.consolidation import Consolidated
from resamend.difference import (
    Edit,
    Hunk,
    LabelEdit,
    ListEdit,
    ListHunk,
    Respelling,
    TextEdit,
    content,
    joined_hunks,
)
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Kind, Provision, Word
from resamend.words import is_spaced


class Fragment(Struct, frozen=True):
    """Hold one smallest edit of a source, and the element of the findings that it belongs to.

    ``element`` is empty for typography outside of all regions.
    """

    element: str
    source: str
    edit: Edit


def cut_fragments(consolidated: Consolidated, findings: Findings) -> tuple[Fragment, ...]:
    """Cut all proposals along the regions."""
    cutter = _Cutter(consolidated, findings)
    return tuple(
        Fragment(element, proposal.id, atom)
        for proposal in consolidated.proposals
        for edit in proposal.edits
        for element, atom in cutter.cut(edit, proposal.id)
    )


class _Cutter:
    """Know which element each change belongs to."""

    def __init__(self, consolidated: Consolidated, findings: Findings) -> None:
        self.known: ProvisionIndex = index_of(consolidated.base)
        self.lists = {marks.target: marks for marks in consolidated.lists}
        self.texts: dict[str, list[Region]] = defaultdict(list)
        self.provisions: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.renumbered: dict[str, str] = {}
        self.items: dict[tuple[str, int, str], str] = {}
        self.tied: dict[str, list[Region]] = defaultdict(list)
        for region in findings.elements:
            self._know(region)
        self.names = {
            (marks.target, addition.gap, content(addition.provision), addition.rank): (
                addition.name
            )
            for marks in consolidated.lists
            for addition in marks.additions
            if addition.provision.kind is not Kind.MOVED
        }

    def _know(self, region: Region) -> None:
        if region.stream is Stream.TEXT:
            self.texts[region.target].append(region)
            for id in tied(region, self.known.words(self.known.at[region.target])):
                self.tied[id].append(region)
        elif region.gate is Gate.NO_CHANGE:
            return  # it asks for nothing to be done
        elif region.stream is Stream.PROVISION:
            self.provisions[region.target] = region.id
        elif region.stream is Stream.LABEL:
            known = self.labels if region.options else self.renumbered
            known[region.target] = region.id
        else:
            for item in region.items:
                self.items[region.target, region.lo // 2, item] = region.id

    def cut(self, edit: Edit, source: str) -> Iterator[tuple[str, Edit]]:
        """Yield the smallest edits of an edit, each with its element."""
        if isinstance(edit, LabelEdit):
            yield self.labels[edit.target], edit
        elif isinstance(edit, TextEdit):
            for hunk in parted_hunks(self.known, edit):
                span = footprint(hunk)
                region = self._at(edit.target, *span)
                yield region.id if region else "", TextEdit(edit.target, (hunk,))
            for variant in edit.variants:
                at = 2 * variant.at + 1
                region = self._at(edit.target, at, at)
                element = region.id if region and source in region.sources else ""
                yield element, TextEdit(edit.target, (), (variant,))  # typography alone has none
        else:
            yield from self._cut_list(edit, source)

    def _at(self, target: str, lo: int, hi: int) -> Region | None:
        """Return the element of words."""
        regions = self.texts.get(target, ())
        return next((r for r in regions if r.lo <= lo and hi <= r.hi), None)

    def _cut_list(self, edit: ListEdit, source: str) -> Iterator[tuple[str, Edit]]:
        ranks: dict[tuple[int, str], int] = defaultdict(int)
        for hunk in edit.hunks:
            for k, id in enumerate(hunk.gone, hunk.start):
                gone = ListHunk(k, k + 1, (id,), ())
                yield (
                    self.provisions.get(id) or self._tied(id, source),
                    ListEdit(edit.target, (gone,)),
                )
            for gap, item in zip(self.lists[edit.target].gaps_of(hunk), hunk.items, strict=True):
                name = content(item)
                element = self._of_item(edit.target, gap, item, ranks[gap, name], source)
                ranks[gap, name] += item.kind is not Kind.MOVED
                yield element, ListEdit(edit.target, (ListHunk(gap, gap, (), (item,)),))
        if edit.renumbered:
            yield self.renumbered[edit.target], ListEdit(edit.target, renumbered=True)

    def _of_item(self, target: str, gap: int, item: Provision, rank: int, source: str) -> str:
        """Return the element of what is put into a list; a footnote goes with its mark."""
        if item.kind is Kind.MOVED:
            return self.provisions.get(item.id) or self.items[target, gap, item.id]
        if item.kind is Kind.FOOTNOTE:
            return self._noted(target, content(item), source)
        return self.items[target, gap, self.names[target, gap, content(item), rank]]

    def _tied(self, id: str, source: str) -> str:
        """Return the element of words with which a footnote or a joined provision goes."""
        return next((r.id for r in self.tied.get(id, ()) if source in r.sources), "")

    def _noted(self, target: str, note: str, source: str) -> str:
        for region in self.texts.get(target, ()):
            for option in region.options:
                if source in option.sources and note in _notes(option.words):
                    return region.id
        return ""


def _notes(words: Iterable[Word]) -> set[str]:
    return {mark.value for word in words for mark in word.marks if mark.kind == "footnote"}


# -- together again -------------------------------------------------------------------------------


def assembled(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Put smallest edits together: one edit for each stream, no two of its hunks touching.

    What is put into one gap stands in the order given.
    """
    texts: dict[str, list[TextEdit]] = defaultdict(list)
    lists: dict[str, list[ListEdit]] = defaultdict(list)
    labels: dict[str, LabelEdit] = {}
    for edit in edits:
        if isinstance(edit, TextEdit):
            texts[edit.target].append(edit)
        elif isinstance(edit, ListEdit):
            lists[edit.target].append(edit)
        else:
            labels[edit.target] = edit
    return (
        *(_text(target, parts) for target, parts in texts.items()),
        *(_list(target, parts) for target, parts in lists.items()),
        *labels.values(),
    )


def taken_out(known: ProvisionIndex, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield what some edits lack where they put a provision elsewhere: to take it out of its list.

    Who strikes what is around a provision and moves it away before need not say it; but of such a
    proposal, what is left may leave standing what was to be struck.
    """
    lists = (edit for edit in edits if isinstance(edit, ListEdit))
    gone = {id for edit in lists for hunk in edit.hunks for id in hunk.gone}
    put = set(references(edits))
    for id in sorted(put):
        node = known.at[id]
        parent, at = known.parents[node], known.position(node)
        while node >= 0 and known.nodes[node].id not in gone:
            node = known.parents[node]
        if node < 0 or (known.nodes[node].id != id and known.nodes[node].id in put):
            owner = known.nodes[parent].id if parent >= 0 else ROOT
            yield ListEdit(owner, (ListHunk(at, at + 1, (id,), ()),))


def _text(target: str, parts: Iterable[TextEdit]) -> TextEdit:
    parts = tuple(parts)
    made: list[Hunk] = []
    # What is put for a word that gets a space before it, since others took out that before, has it.
    spaced = {v.at for part in parts for v in part.variants if v.word.text[:1].isspace()}
    hunks = (
        _after_space(hunk) if hunk.start in spaced and hunk.start < hunk.end else hunk
        for part in parts
        for hunk in part.hunks
    )
    for hunk in sorted(hunks, key=lambda h: (h.start + h.end, h.start)):
        last = made[-1] if made else None
        if last and hunk.start <= last.end:
            made[-1] = Hunk(last.start, hunk.end, last.words + hunk.words, last.old + hunk.old)
        else:
            made.append(hunk)
    struck = {k for hunk in made for k in range(hunk.start, hunk.end)}
    variants: Mapping[int, Respelling] = {
        v.at: v for part in parts for v in part.variants if v.at not in struck
    }
    return TextEdit(target, tuple(made), tuple(variants[at] for at in sorted(variants)))


def _after_space(hunk: Hunk) -> Hunk:
    first = hunk.words[0] if hunk.words else None
    if first is None or first.text[:1].isspace() or not (is_spaced(first) or first.key == "["):
        return hunk
    marks = tuple(replace(mark, start=mark.start + 1, end=mark.end + 1) for mark in first.marks)
    return replace(hunk, words=(Word(first.key, f" {first.text}", marks), *hunk.words[1:]))


def _list(target: str, parts: Iterable[ListEdit]) -> ListEdit:
    parts = tuple(parts)
    hunks = joined_hunks(hunk for part in parts for hunk in part.hunks)
    return ListEdit(target, hunks, any(part.renumbered for part in parts))
