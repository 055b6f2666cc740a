"""Apply edits to a base.

*The invariant.* What no edit touches is the base's own value, not a copy: so applying costs what
was changed, and a base may be compared with a revised text by identity first. A word that stands
for a join is replaced by the words of the provision joined there, as revised; a word that stands
for a split ends one provision and begins the next. Edits hold no copies of such words, so what
others change in them still holds.

Edits come in already checked (``fitness``): nothing here looks whether they fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec.structs import replace

from resamend.amendment.edit_references import joins
from resamend.difference import Edit, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Kind, Mark, Provision, Resolution, Word, moved
from resamend.numbering import list_renumbered
from resamend.words import joined


def revise(base: Resolution, edits: Iterable[Edit]) -> Resolution:
    """Return the base as some edits, known to fit, leave it; what they do not touch is shared."""
    applier = EditApplier(index_of(base), edits)
    return replace(base, provisions=applier.children(ROOT))


class EditApplier:
    """Rebuild the parts of a base that edits touch."""

    def __init__(self, base: ProvisionIndex, edits: Iterable[Edit]) -> None:
        self.base = base
        self.texts: dict[str, TextEdit] = {}
        self.lists: dict[str, ListEdit] = {}
        self.labels: dict[str, str] = {}
        for edit in edits:
            if isinstance(edit, TextEdit):
                self.texts[edit.target] = edit
            elif isinstance(edit, ListEdit):
                self.lists[edit.target] = edit
            else:
                self.labels[edit.target] = edit.label
        self.versions: dict[str, tuple[Provision, ...]] = {}

    @cached_property
    def touched(self) -> set[str]:
        """Return the ids of all edited provisions and of those above them."""
        touched = {ROOT}
        for id in (*self.texts, *self.lists, *self.labels):
            node = self.base.at.get(id, -1)
            while node >= 0 and self.base.nodes[node].id not in touched:
                touched.add(self.base.nodes[node].id)
                node = self.base.parents[node]
        return touched

    def items(self, id: str) -> tuple[Provision, ...]:
        """Return what stands in a list: base provisions, added ones, references to moved ones."""
        # ROOT is no provision, so it has no node; what stands below it is the children of -1.
        node = self.base.at[id] if id else -1
        children = [self.base.nodes[child] for child in self.base.children(node)]
        edit = self.lists.get(id)
        if edit is None:
            return tuple(children)
        listed: list[Provision] = []
        at = 0
        for hunk in edit.hunks:
            listed += children[at : hunk.start]
            listed += hunk.items
            at = hunk.end
        return (*listed, *children[at:])

    def children(self, id: str) -> tuple[Provision, ...]:
        edit = self.lists.get(id)
        return self._built(self.items(id), again=edit.renumbered if edit else False)

    def version(self, id: str) -> tuple[Provision, ...]:
        """Return what becomes of a provision that stays, and after it those split off from it.

        ``ROOT`` stands for the whole text.
        """
        if id not in self.versions:
            self.versions[id] = tuple(self.provision(moved(id))) if id else self.children(ROOT)
        return self.versions[id]

    def _built(self, items: tuple[Provision, ...], *, again: bool) -> tuple[Provision, ...]:
        provisions = [built for child in items for built in self.provision(child)]
        # Only the base's own are numbered anew; what is added bears the label it came with.
        if again:
            labels = list_renumbered(provisions, [provision.label for provision in provisions])
            provisions = [
                replace(p, label=label) if p.label != label and p.id in self.base.at else p
                for p, label in zip(provisions, labels, strict=True)
            ]
        if not self.labels:
            return tuple(provisions)
        return tuple(
            replace(p, label=self.labels[p.id]) if p.id in self.labels else p for p in provisions
        )

    def provision(self, provision: Provision) -> list[Provision]:
        """Return a provision as revised, and after it those that were split from it."""
        if provision.kind is Kind.MOVED:
            provision = self.base.nodes[self.base.at[provision.id]]
        # An addition: no edit can be of it, but base provisions may have moved into it.
        elif provision.id not in self.base.at:
            return [replace(provision, children=self._built(provision.children, again=False))]
        if provision.id not in self.touched:
            return [provision]
        edit = self.texts.get(provision.id)
        if edit is None:
            return [replace(provision, children=self.children(provision.id))]
        # Most edits: with marks nowhere, the text is put together without making words of it.
        if not provision.marks and _is_plain(edit):
            texts = list(self.base.texts(self.base.at[provision.id]))
            for hunk in reversed(edit.hunks):
                texts[hunk.start : hunk.end] = [word.text for word in hunk.words]
            return [replace(provision, text="".join(texts), children=self.children(provision.id))]
        first, *rest = _divided(self.words(provision.id))
        text, marks = _unbound(first[1])
        provisions = [
            replace(provision, text=text, marks=marks, children=self.children(provision.id))
        ]
        for rank, (label, words) in enumerate(rest, 2):
            text, marks = _unbound(words)
            id = self._continued(f"{provision.id}-{rank}")
            provisions.append(
                Provision(id=id, kind=provision.kind, label=label, text=text, marks=marks)
            )
        return provisions

    def _continued(self, id: str) -> str:
        """Return an id for what is split off; one made of the label ``1-2`` may be the base's."""
        free, rank = id, 1
        while free in self.base.at:
            rank += 1
            free = f"{id}-{rank}"
        return free

    def words(self, id: str) -> list[Word]:
        """Return a provision's words as revised, with those of provisions joined into it."""
        words = self.base.words(self.base.at[id])
        edit = self.texts.get(id)
        revised = amended(words, edit) if edit else list(words)
        if not any([word.marks for word in revised]):  # noqa: C419  # a list is faster here
            return revised
        return [other for word in revised for other in self._expanded(word)]

    def _expanded(self, word: Word) -> list[Word]:
        """Return a word, or the words of the provision whose place it holds."""
        id = next(iter(joins([word])), None)
        return [word] if id is None else self.words(id)


def _is_plain(edit: TextEdit) -> bool:
    """Tell whether an edit puts nothing but words without marks into a text."""
    marked = [word.marks for hunk in edit.hunks for word in hunk.words if word.marks]
    return not edit.variants and not marked


def amended(words: tuple[Word, ...], edit: TextEdit) -> list[Word]:
    """Return the words of a base provision as an edit leaves them."""
    kept = list(words)
    for variant in edit.variants:
        kept[variant.at] = variant.word
    # From the end, so that the places of those before stay what they are in the base.
    for hunk in reversed(edit.hunks):
        kept[hunk.start : hunk.end] = hunk.words
    return kept


def _divided(words: list[Word]) -> list[tuple[str, list[Word]]]:
    """Cut words where a provision is split; each part with the label it gets, the first none."""
    if not any([word.marks for word in words]):  # noqa: C419  # a list is faster here
        return [("", words)]
    parts: list[tuple[str, list[Word]]] = [("", [])]
    for word in words:
        splits = [mark.value for mark in word.marks if mark.kind == "split"]
        if splits:
            parts.append((splits[0], []))
        else:
            parts[-1][1].append(word)
    return parts


def _unbound(words: Iterable[Word]) -> tuple[str, tuple[Mark, ...]]:
    """Join words into text; in a text, a footnote's mark belongs to it by order alone."""
    text, marks = joined(words)
    return text, tuple(
        replace(mark, value="") if mark.kind == "footnote" else mark for mark in marks
    )
