"""An excerpt: a file that shows only the provisions it speaks of. What it does not show is to stay.

That is told where changes are tracked: what was struck is there, marked, and a provision that the
file does not have at all was not struck by anybody. Without marks it is told by the front: nobody
who sends a whole revised text leaves out number, title and enacting clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from msgspec.structs import replace

from resamend.amendment.omissions import is_paragraph
from resamend.matching import ProvisionIndex, index_of, match
from resamend.matching.matcher import SIMILAR
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import eids, readings, unbracketed
from resamend.words import bare

_PART = 2
"""A file with at least one in so many of the provisions is the whole text."""
_KNOWN = 0.7
"""So much of an excerpt has to be found in the base."""
_FRONT = frozenset({Kind.NUMBER, Kind.TITLE, Kind.ENACTING})
_HEADS = (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX)
_STRUCK, _NOT_SHOWN = -1, -2


def is_part(base: Resolution, text: Resolution) -> bool:
    """Tell whether a text can only be a part of a base: it has no front at all, and the base has.

    A text without any provision is none.
    """
    kinds = {provision.kind for provision in walk(text.provisions)}
    front = {provision.kind for provision in walk(base.provisions)} & _FRONT
    return bool(front) and not kinds & _FRONT and bool(kinds - {Kind.RESOLUTION})


def completed(
    base: Resolution, before: Resolution, after: Resolution, *, is_extract: bool = False
) -> Resolution | None:
    """Return the base with what became of the provisions that an excerpt shows.

    ``before`` and ``after`` are the excerpt without its tracked changes and with them. Returns
    nothing where the file is no excerpt: it shows most of the base, or what the base does not have.
    ``is_extract`` says that it is one, whatever it shows.
    """
    current, old, new = index_of(base), ProvisionIndex(before), ProvisionIndex(after)
    shown = match(current, old)
    changed = match(old, new)
    shown_nodes = [
        b for b, t in enumerate(shown.to_revised) if t >= 0 and is_paragraph(current.nodes[b])
    ]
    most = sum(map(is_paragraph, current.nodes))
    least = _KNOWN * sum(map(is_paragraph, old.nodes))
    whole = len(shown_nodes) * _PART >= most or not shown_nodes
    if not is_extract and (len(shown_nodes) < least or (whole and not is_part(base, before))):
        return None
    if shown.splits or shown.joins or changed.splits or changed.joins:
        return None
    becomes = [changed.to_revised[t] if t >= 0 else _NOT_SHOWN for t in shown.to_revised]
    return _Whole(current, new, becomes, {t for t in changed.to_revised if t >= 0}).text()


# -- parts without marks --------------------------------------------------------------------------


def with_part(base: Resolution, part: Resolution, *, adds: bool) -> Resolution | None:
    """Return the base with a part of it as it is to be; what ``adds`` only adds leaves the rest.

    Provisions that are there already, word for word, only say where what is added goes. Returns
    nothing where the part does not say where it belongs.
    """
    current, new = index_of(base), ProvisionIndex(part)
    if adds:
        becomes = _said_alike(current, new)
    else:
        becomes = _with_labels(current, new, match(current, new).to_revised)
    at_home = {t for t in becomes if t >= 0}
    loose = (t for t, p in enumerate(new.nodes) if t not in at_home and is_paragraph(p))
    outermost = any(new.nodes[max(new.parents[t], 0)].kind is Kind.RESOLUTION for t in loose)
    if outermost and not base.metadata.form:  # there, what stands below no heading has no place
        return None
    return _Whole(current, new, becomes, at_home).text()


def without_part(base: Resolution, ids: Iterable[str]) -> Resolution:
    """Return the base without some provisions, and all below them."""
    current, gone = index_of(base), set(ids)

    def left(nodes: Iterable[int]) -> Iterator[Provision]:
        for node in nodes:
            if current.nodes[node].id not in gone:
                children = tuple(left(current.children(node)))
                yield replace(current.nodes[node], children=children)

    return eids(replace(base, provisions=tuple(left(current.top))))


def shown_in(base: Resolution, part: Resolution) -> tuple[tuple[str, ...], tuple[Provision, ...]]:
    """Return the ids of the provisions that a part shows, and what of it the base does not have.

    A provision of which something below is shown, but not all, only says where that stands; a
    heading of which all is shown goes with it.
    """
    current, new = index_of(base), ProvisionIndex(part)
    pairs = match(current, new).to_revised
    lost = set(range(len(new.nodes))) - {t for t in pairs if t >= 0}
    missing = tuple(p for t in sorted(lost) if is_paragraph(p := new.nodes[t]))

    def meant(node: int) -> Iterator[int]:
        below = [c for c in current.children(node) if current.nodes[c].kind is not Kind.FOOTNOTE]
        inside = [deeper for child in below for deeper in meant(child)]
        kind, shown = current.nodes[node].kind, pairs[node] >= 0
        if kind is Kind.RESOLUTION or not (shown or (inside and kind in _HEADS)):
            yield from inside
        else:
            yield from [node] if set(below) <= set(inside) or not inside else inside

    ids = tuple(current.nodes[node].id for top in current.top for node in meant(top))
    return ids, missing


def is_unlike(base: Resolution, part: Resolution) -> bool:
    """Tell whether most lines of a part are no text in force, and say by no label where they stand.

    So are a list of comments, and the cover of a letter.
    """
    current, new = index_of(base), ProvisionIndex(part)
    to_base = match(current, new).to_base
    likeness = current.weights.likeness
    lines = [t for t, p in enumerate(new.nodes) if p.kind in (Kind.ITEM, Kind.TEXT) and p.text]
    unlike = [
        t
        for t in lines
        if not new.nodes[t].label
        and (
            to_base[t] < 0 or likeness(current.nodes[to_base[t]].text, new.nodes[t].text) < SIMILAR
        )
    ]
    return 2 * len(unlike) > len(lines)


def _with_labels(current: ProvisionIndex, new: ProvisionIndex, pairs: Sequence[int]) -> list[int]:
    """Return what becomes of each provision of the base; in a part, its label says which it is."""
    becomes = [t if t >= 0 else _NOT_SHOWN for t in pairs]
    at_home = {t for t in becomes if t >= 0}
    for parent, shown in ((-1, -1), *((b, t) for b, t in enumerate(pairs) if t >= 0)):
        for child in new.children(shown):
            label = unbracketed(new.nodes[child].label)
            if child in at_home or not label or new.nodes[child].kind is not Kind.ITEM:
                continue
            nodes = [
                c
                for c in current.children(parent)
                if becomes[c] == _NOT_SHOWN and unbracketed(current.nodes[c].label) == label
            ]
            if len(nodes) == 1:
                becomes[nodes[0]] = child
                at_home.add(child)
    return becomes


def _said_alike(current: ProvisionIndex, new: ProvisionIndex) -> list[int]:
    """Return for each provision of the base where a part says the same at the same place."""
    becomes = [_NOT_SHOWN] * len(current.nodes)

    def go(parent: int, shown: int) -> None:
        for child in new.children(shown):
            same = _says(new.nodes[child])
            alike = (c for c in current.children(parent) if _says(current.nodes[c]) == same)
            node = next((c for c in alike if becomes[c] == _NOT_SHOWN), None)
            if node is not None:
                becomes[node] = child
                go(node, child)

    go(-1, -1)
    return becomes


def _says(provision: Provision) -> tuple[str, str]:
    return provision.label, bare(provision.text)


# -- the whole of it ------------------------------------------------------------------------------


class _Whole:
    """Go through the base, and put in what became of each provision."""

    def __init__(
        self, base: ProvisionIndex, new: ProvisionIndex, becomes: list[int], at_home: set[int]
    ) -> None:
        self.base = base
        self.new = new
        self.becomes = becomes
        self.origin = {t: b for b, t in enumerate(becomes) if t >= 0}
        self.at_home = at_home
        self.behind: dict[int, list[int]] = defaultdict(list)  # added after a base provision
        self.first: dict[int, list[int]] = defaultdict(list)  # added first below one
        self._additions(-1)

    def text(self) -> Resolution:
        provisions = tuple(self._children(-1))
        return eids(replace(self.base.resolution, provisions=provisions))

    def _additions(self, parent: int) -> None:
        """Note behind which provision each addition stands."""
        last = None
        for child in self.new.children(parent):
            if child in self.at_home:
                last = self.origin.get(child, last)
                self._additions(child)
            elif last is not None:
                self.behind[last].append(child)
            else:
                self._add_first(self.origin.get(parent, -1), child)

    def _add_first(self, parent: int, child: int) -> None:
        """Put what stands first in what is shown where its label, or its kind, belongs."""
        added = self.new.nodes[child]
        before = [c for c in self.base.children(parent) if _precedes(self.base.nodes[c], added)]
        (self.behind[before[-1]] if before else self.first[parent]).append(child)

    def _children(self, parent: int) -> Iterator[Provision]:
        for added in self.first[parent]:
            yield self.new.nodes[added]
        for child in self.base.children(parent):
            yield from self._rebuilt(child)
            for added in self.behind[child]:
                yield self.new.nodes[added]

    def _rebuilt(self, node: int) -> Iterator[Provision]:
        becomes = self.becomes[node]
        if becomes == _STRUCK:
            return
        old = self.base.nodes[node]
        own = old if becomes == _NOT_SHOWN else self.new.nodes[becomes]
        # Word counts an extract from 1: that is the number of another, which is not shown.
        label = old.label if own.label and self._is_anothers(node, own.label) else own.label
        yield replace(own, id=old.id, label=label, children=tuple(self._children(node)))

    def _is_anothers(self, node: int, label: str) -> bool:
        """Tell whether a label is that of a paragraph beside, which an excerpt does not show."""
        wanted = unbracketed(label)
        return any(
            child != node
            and self.becomes[child] == _NOT_SHOWN
            and unbracketed(self.base.nodes[child].label) == wanted
            for child in self.base.children(self.base.parents[node])
        )


_RANKS = {
    kind: rank
    for rank, kinds in enumerate(
        (
            (Kind.FOOTNOTE,),
            (Kind.NUMBER,),
            (Kind.TITLE,),
            (Kind.ENACTING,),
            (Kind.PREAMBULAR,),
            (Kind.OPERATIVE,),
            (Kind.ITEM, Kind.TEXT, Kind.TABLE),
            (Kind.ANNEX,),
        )
    )
    for kind in kinds
}


def _precedes(provision: Provision, added: Provision) -> bool:
    """Tell whether a provision of a list stands before one that is added to it."""
    ranks = [_RANKS.get(one.kind, len(_RANKS)) for one in (provision, added)]
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    for own, new in product(readings(provision.label), readings(added.label)):
        if (own.style, own.before) == (new.style, new.before):
            return (own.number, own.suffix) < (new.number, new.suffix)
    return True
