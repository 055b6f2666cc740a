"""Fold the provisions of which nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resamend.amendment import place
from resamend.model import Kind
from resamend.tables.slots import HEADINGS, Slot, Slots
from resamend.tables.values import ComparisonRow, FoldedRows


def folded(slots: Slots, rows: Sequence[ComparisonRow]) -> tuple[ComparisonRow | FoldedRows, ...]:
    """Return the rows in order, those of which nobody speaks folded: ``resolves 4 to 9``."""
    lines: list[ComparisonRow | FoldedRows] = []
    silent: list[Slot] = []
    for slot, row in zip(slots.rows, rows, strict=True):
        if any(row.cells) or row.draft.blocks:
            lines += _Folder(slots, silent).folds()
            lines.append(row)
            silent = []
        elif slot.node >= 0 and slots.index.nodes[slot.node].kind is not Kind.RESOLUTION:
            silent.append(slot)
    return (*lines, *_Folder(slots, silent).folds())


class _Folder:
    """Fold one run of provisions: those with one parent together, what is below them with them."""

    def __init__(self, slots: Slots, run: Sequence[Slot]) -> None:
        self.index = slots.index
        self.run = run
        self.inside = {slot.node for slot in run}
        self.growing = {slot.id for slot in slots.rows if slot.additions}

    def folds(self) -> Iterator[FoldedRows]:
        groups: list[tuple[int, list[Slot]]] = []
        for slot in self.run:
            parent = self.index.parents[slot.node]
            if parent in self.inside and not self._heads(parent):
                continue  # it is told with what stands above it
            if self._heads(slot.node):
                if self._whole(slot.node):
                    groups.append((slot.node, []))
                continue
            if groups and groups[-1][0] == parent:
                groups[-1][1].append(slot)
            else:
                groups.append((parent, [slot]))
        for parent, some in groups:
            yield self._fold(parent, some)

    def _heads(self, node: int) -> bool:
        return self.index.nodes[node].kind in HEADINGS

    def _whole(self, node: int) -> bool:
        """Tell whether all below a heading is silent too."""
        children = self.index.children(node)
        return self.index.nodes[node].id not in self.growing and self.inside.issuperset(children)

    def _fold(self, parent: int, some: Sequence[Slot]) -> FoldedRows:
        whole = parent in self.inside and self._whole(parent)
        inside = self._path(parent)
        names = [] if whole else [slot.path.removeprefix(inside).strip() for slot in some]
        edges = names[:1] + names[-1:] if len(names) > 1 else names
        return FoldedRows(
            place=inside,
            section=some[0].section if some else inside,
            labels=tuple(filter(None, edges)),
            count=max(len(some), 1),
        )

    def _path(self, node: int) -> str:
        within = node >= 0 and self.index.nodes[node].kind is not Kind.RESOLUTION
        return place(self.index, node) if within else ""
