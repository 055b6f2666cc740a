"""Write references with new labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from resamend.matching import ProvisionIndex
from resamend.model import Mark, Provision, Resolution, inline
from resamend.numbering import parse, spell
from resamend.reference.binding import Cited, cited, references
from resamend.reference.recognising import bare
from resamend.reference.values import NewLabel, Reason, Reference, Span, Unresolved
from resamend.words import key_of

Key = tuple[str, tuple[str, ...], tuple[str, ...], int]
Patch = tuple[Span, str]


def rewrite(
    resolution: Resolution,
    renumbering: Iterable[NewLabel],
    *,
    written: Sequence[Resolution] = (),
) -> tuple[Resolution, tuple[Unresolved, ...]]:
    """Give provisions new labels, and write every reference to them with the new ones.

    ``resolution`` bears the labels from before, its provisions the ids that they have in the text
    in force and in the proposals (so this comes before `resamend.numbering.eids`). ``written``
    are the texts in which its words were written: the text in force first, then each source's
    whole text. A reference means what it means where it was written: it is bound in the first of
    these that has the same words at the same provision, and in ``resolution`` where none has.

    What is cited under another heading now is written with that heading. Returns the new text
    and, in its order, the references that are kept as they are written, each with the reason;
    its paths are those of the new text.
    """
    labels = {new.id: new.label for new in renumbering}
    labelled = replace(resolution, provisions=_labelled(resolution.provisions, labels))
    writer = _ReferenceWriter(resolution, ProvisionIndex(labelled), written)
    for _, group in groupby(references(resolution), key=lambda r: (r.at, r.start)):
        writer.write(list(group))
    provisions = _spliced(labelled.provisions, writer.patches)
    return replace(labelled, provisions=provisions), tuple(writer.unresolved)


def _labelled(
    provisions: tuple[Provision, ...], labels: Mapping[str, str]
) -> tuple[Provision, ...]:
    return tuple(
        replace(p, label=labels.get(p.id, p.label), children=_labelled(p.children, labels))
        for p in provisions
    )


class _ReferenceWriter:
    """Collect what is to be written otherwise, and what has to stay as it is."""

    def __init__(
        self, before: Resolution, after: ProvisionIndex, written: Sequence[Resolution]
    ) -> None:
        self.after = after
        self.origins = [_Origin(text) for text in (*written, before)]
        self.patches: dict[str, list[Patch]] = defaultdict(list)
        self.unresolved: list[Unresolved] = []

    def write(self, group: Sequence[Reference]) -> None:
        """Write the references of one phrase with the labels of today."""
        headed: dict[str, list[tuple[Reference, tuple[Patch, ...]]]] = defaultdict(list)
        for here in group:
            renewed = self._renewed(here)
            if isinstance(renewed, Reason):
                self._keep(here, renewed)
            else:
                headed[renewed.head].append((here, renewed.patches))
        heading = group[0].heading
        patches = [patch for _, some in headed.pop("", ()) for patch in some]
        for head, some in headed.items():
            if len(some) == len(group) and heading:
                patches += [(heading, head), *(patch for _, labels in some for patch in labels)]
            else:
                for here, _ in some:
                    self._keep(here, Reason.APART)
        self.patches[group[0].at] += patches

    def _keep(self, here: Reference, reason: Reason) -> None:
        self.unresolved.append(
            Unresolved(
                at=here.at,
                path=cited(self.after, here.at).path,
                phrase=here.phrase,
                label=here.label_text,
                reason=reason,
            )
        )

    def _renewed(self, here: Reference) -> _Renewed | Reason:
        """Return how a reference is to be written now, or why that cannot be said."""
        origin, bound = next((o, b) for o in self.origins if (b := o.references.get(_key(here))))
        if bound.reason:
            return bound.reason
        if bound.target not in self.after.at:
            return Reason.GONE
        now, then = cited(self.after, bound.target), cited(origin.index, bound.target)
        if not here.labels or not now.labels:
            return Reason.NO_PROVISION
        head = ""
        if here.heading is None and now.head and self._is_apart(here, origin, now, then):
            return Reason.APART
        if here.heading and self._called(self.after, now) != self._called(origin.index, then):
            head = self._called(self.after, now)
        return _Renewed(head, tuple(self._labels(here, bound, now)))

    def _is_apart(self, here: Reference, origin: _Origin, now: Cited, then: Cited) -> bool:
        """Tell whether a provision left the heading that it shares with who cites it, or came in.

        Without a heading in its words a reference means the list around it, or the whole text.
        """
        shares = now.head == cited(self.after, here.at).head
        return shares != (then.head == cited(origin.index, here.at).head)

    def _called(self, index: ProvisionIndex, cited: Cited) -> str:
        return bare(index.nodes[index.at[cited.head]].text) if cited.head else ""

    def _labels(self, here: Reference, bound: Reference, now: Cited) -> Iterator[Patch]:
        """Yield the labels to be written: one for one, or all anew where the depth is another."""
        ids = bound.chain[-len(here.labels) :]
        nodes = [self.after.at.get(id, -1) for id in ids]
        nested = all(self.after.parents[b] == a for a, b in pairwise(nodes)) and -1 not in nodes
        as_deep = len(now.labels) == len(bound.chain) or here.heading is None
        if nested and as_deep:
            for span, node in zip(here.labels, nodes, strict=True):
                yield span, self.after.nodes[node].label
        else:
            yield (here.labels[0][0], here.labels[-1][1]), " ".join(now.labels)


class _Renewed(Struct, frozen=True):
    """Hold what a reference becomes: its heading, if that is another one now, and its labels."""

    head: str
    patches: tuple[Patch, ...]


class _Origin:
    """A text in which references were written, and what they mean there."""

    def __init__(self, text: Resolution) -> None:
        self.index = ProvisionIndex(text)
        self.references = {_key(reference): reference for reference in references(text)}


def _key(reference: Reference) -> Key:
    return reference.at, key_of(reference.phrase), key_of(reference.label_text), reference.rank


# -- the words ------------------------------------------------------------------------------------


def _spliced(
    provisions: tuple[Provision, ...], patches: Mapping[str, Sequence[Patch]]
) -> tuple[Provision, ...]:
    spliced = []
    for provision in provisions:
        text, marks = _patched(provision, patches.get(provision.id, ()))
        children = _spliced(provision.children, patches)
        spliced.append(replace(provision, text=text, marks=marks, children=children))
    return tuple(spliced)


def _patched(provision: Provision, patches: Sequence[Patch]) -> tuple[str, tuple[Mark, ...]]:
    """Put new words in place of some, and carry the marks along."""
    text = provision.text
    edges = {edge for mark in provision.marks for edge in (mark.start, mark.end)}
    moved = {edge: edge for edge in edges}
    for (start, end), new in sorted(patches, reverse=True):
        new = _as_written(text[start:end], new)
        text = text[:start] + new + text[end:]
        for edge in edges:
            if edge >= end:
                moved[edge] += len(new) - (end - start)
            elif edge > start:
                moved[edge] = start + len(new)
    marks = [
        replace(mark, start=moved[mark.start], end=moved[mark.end]) for mark in provision.marks
    ]
    return text, inline(tuple(marks))


def _as_written(old: str, new: str) -> str:
    """Return a new label in the brackets of the old one.

    >>> _as_written("c)", "d)"), _as_written("(c)", "1bis"), _as_written("2", "3")
    ('d)', '(1bis)', '3')
    """
    was, label = parse(old), parse(new)
    if was is None or label is None:
        return new
    return spell(replace(label, opening=was.opening, closing=was.closing))
