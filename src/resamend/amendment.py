"""A proposal: what one source asks of one base, exact, portable, withdrawable.

A proposal holds edits anchored on the base and the sha256 of the base they were made for. It is
applied exactly or refused. For delegates the same edits are *amendments*: ADD, MOD, (MOD), SUP,
NOC, each at a provision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from resamend.diff import Edit, LabelEdit, ListEdit, TextEdit, diff
from resamend.errors import Invalid, NotApplicable
from resamend.matching import Tree, tree
from resamend.model import (
    ROOT,
    Kind,
    Language,
    Mark,
    Proponent,
    Provision,
    Resolution,
    Word,
    moved,
    walk,
)
from resamend.numbering import path, renumbered
from resamend.words import joined

__all__ = [
    "Amendment",
    "Keep",
    "Proposal",
    "Symbol",
    "amendments",
    "apply",
    "digest",
    "invert",
    "place",
    "proponents",
    "propose",
    "revise",
    "versions",
]


class Symbol(StrEnum):
    """Name what a proposal asks of a provision, as conferences write it in every language."""

    ADD = "ADD"
    MOD = "MOD"
    EDITORIAL = "(MOD)"
    SUP = "SUP"
    NOC = "NOC"


@dataclass(frozen=True, slots=True)
class Keep:
    """Say NOC of ``target``; emphasised, it asks that the text be kept and gives reasons."""

    target: str
    emphasised: bool = True
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Hold all that one source asks of one base.

    ``id`` is such as ``RUS/62A1/1``; ``revision`` counts its revisions from 0; ``base_digest`` is
    the sha256 of the content it was made for, ``base`` that text's address. ``date`` is ISO 8601.
    """

    id: str
    language: Language
    base_digest: str
    revision: int = 0
    proponents: tuple[Proponent, ...] = ()
    date: str = ""
    base: str = ""
    edits: tuple[Edit, ...] = ()
    keeps: tuple[Keep, ...] = ()
    reasons: str = ""
    illustrative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Say, for a reader, what a proposal does to one provision.

    ``elsewhere`` marks text that comes from or goes to another place (ADD*, SUP*).
    """

    symbol: Symbol
    target: str
    path: str
    elsewhere: bool = False
    text: str = ""


def proponents(id: str) -> tuple[Proponent, ...]:
    """Read the proponents from a proposal's id, parsed from the right.

    >>> [who.code for who in proponents("ARM/BLR/KGZ/RUS/62A1/1")]
    ['ARM', 'BLR', 'KGZ', 'RUS']
    """
    return tuple(Proponent(code) for code in sorted(id.split("/")[:-2]))


def digest(base: Resolution) -> str:
    """Return the sha256 of all that a text says, without its metadata."""
    return tree(base).digest


def propose(
    base: Resolution,
    revised: Resolution,
    id: str,
    *,
    proponents: tuple[Proponent, ...] | None = None,
    revision: int = 0,
    date: str = "",
    keeps: tuple[Keep, ...] = (),
    reasons: str = "",
) -> Proposal:
    """Make the proposal that turns a base into a source's revised text.

    The proponents are read from ``id`` unless given. Raises ``ValueError`` when the two texts are
    in different languages.
    """
    who = _proponents(id) if proponents is None else tuple(sorted(proponents))
    return Proposal(
        id=id,
        revision=revision,
        proponents=who,
        language=base.language,
        date=date,
        base=base.metadata.work,
        base_digest=digest(base),
        edits=diff(base, revised),
        keeps=keeps,
        reasons=reasons,
        illustrative=revised.metadata.illustrative,
    )


_proponents = proponents


def apply(base: Resolution, proposal: Proposal) -> Resolution:
    """Return the text that a source asks for.

    Raises ``NotApplicable``, quoting the expected and the found words, when the proposal was made
    for another text, and ``Invalid`` when its edits contradict each other.
    """
    check(base, proposal)
    return revise(base, proposal.edits)


def invert(base: Resolution, proposal: Proposal) -> Proposal:
    """Return the proposal that, applied to the revised text, gives the base back."""
    revised = apply(base, proposal)
    return replace(
        proposal, base_digest=digest(revised), edits=diff(revised, base), keeps=(), reasons=""
    )


# -- checking -------------------------------------------------------------------------------------


def check(base: Resolution, proposal: Proposal) -> None:
    """Refuse a proposal that does not fit a base exactly.

    Raises ``NotApplicable`` or ``Invalid``.
    """
    if proposal.language is not base.language:
        raise NotApplicable(
            f"the proposal is in {proposal.language}, the base in {base.language}",
            where=proposal.id,
            advice="Give the base in the proposal's language.",
        )
    known = tree(base)
    for edit in proposal.edits:
        _check_edit(known, edit, proposal.id)
    for keep in proposal.keeps:
        _node(known, keep.target, proposal.id)
    if proposal.base_digest != known.digest:
        raise NotApplicable(
            f"the proposal was made for another text (sha256 {proposal.base_digest[:12]}…, "
            f"here {known.digest[:12]}…), though all the words it quotes are here",
            where=proposal.id,
            advice="Give the text it was made for, or carry it over with 'resamend rebase'.",
        )
    _check_structure(known, proposal)


def _node(known: Tree, id: str, source: str) -> int:
    if id == ROOT:
        return -1
    node = known.at.get(id)
    if node is None:
        raise NotApplicable(
            f"the base has no provision with the id {id!r}",
            where=source,
            advice="The proposal was made for another text.",
        )
    return node


def _check_edit(known: Tree, edit: Edit, source: str) -> None:
    node = _node(known, edit.target, source)
    if isinstance(edit, TextEdit):
        _check_text(known, node, edit, source)
    elif isinstance(edit, ListEdit):
        _check_list(known, node, edit, source)
    elif known.nodes[node].label != edit.old:
        raise _differs(known, node, source, edit.old, known.nodes[node].label)


def _check_text(known: Tree, node: int, edit: TextEdit, source: str) -> None:
    words = known.words(node)
    last = -1
    for hunk in edit.hunks:
        if not last < hunk.start <= hunk.end or (hunk.start == hunk.end and not hunk.words):
            raise Invalid(
                "two edits of one text overlap or touch", where=_where(known, node, source)
            )
        found = "".join(word.text for word in words[hunk.start : hunk.end])
        if hunk.end > len(words) or found != hunk.old:
            raise _differs(known, node, source, hunk.old, found)
        last = hunk.end
    struck = {k for hunk in edit.hunks for k in range(hunk.start, hunk.end)}
    last = -1
    for variant in edit.variants:
        at = variant.at
        if not last < at < len(words) or at in struck or words[at].key != variant.word.key:
            raise _differs(
                known, node, source, variant.word.text, words[at].text if at < len(words) else ""
            )
        last = at


def _check_list(known: Tree, node: int, edit: ListEdit, source: str) -> None:
    children = [known.nodes[child].id for child in known.children(node)]
    last = -1
    for hunk in edit.hunks:
        if not last < hunk.start <= hunk.end <= len(children):
            raise Invalid("two edits of one list overlap", where=_where(known, node, source))
        if tuple(children[hunk.start : hunk.end]) != hunk.gone:
            raise _differs(
                known,
                node,
                source,
                ", ".join(hunk.gone),
                ", ".join(children[hunk.start : hunk.end]),
            )
        last = hunk.end


def _where(known: Tree, node: int, source: str) -> str:
    return f"{source}, {place(known, node)}"


def _differs(known: Tree, node: int, source: str, expected: str, found: str) -> NotApplicable:
    return NotApplicable(
        f"expected “{_short(expected)}”, found “{_short(found)}”",
        where=_where(known, node, source),
        advice="The proposal was made for another text.",
    )


def _short(text: str, limit: int = 80) -> str:
    text = text.strip()
    return text if len(text) <= limit else f"{text[:limit]}…"


def _check_structure(known: Tree, proposal: Proposal) -> None:
    """Refuse a proposal that puts a provision at two places, or below itself."""
    for id in _additions(proposal.edits):
        if id in known.at:
            raise Invalid(f"it adds a provision with the id {id!r} of the base", where=proposal.id)
    placed = list(_references(proposal.edits))
    if not placed:
        return
    for id in placed:
        _node(known, id, proposal.id)
    times = Counter(_present(known, proposal.edits))
    for id in placed:
        if times[id] > 1:
            raise Invalid(f"the provision {id!r} stands at two places", where=proposal.id)
        if not times[id]:
            raise Invalid(f"the provision {id!r} is moved below itself", where=proposal.id)


def _lists(edits: Iterable[Edit]) -> Iterator[ListEdit]:
    return (edit for edit in edits if isinstance(edit, ListEdit))


def _references(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the id of each base provision that is moved or joined."""
    for edit in edits:
        if isinstance(edit, ListEdit):
            yield from (p.id for p in _items(edit) if p.kind is Kind.MOVED)
        elif isinstance(edit, TextEdit):
            yield from _joins(word for hunk in edit.hunks for word in hunk.words)


def _additions(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the id of each added provision."""
    for edit in _lists(edits):
        yield from (p.id for p in _items(edit) if p.kind is not Kind.MOVED)


def _items(edit: ListEdit) -> Iterator[Provision]:
    """Yield what a list edit puts into a list, and all below."""
    return walk(tuple(item for hunk in edit.hunks for item in hunk.items))


def _joins(words: Iterable[Word]) -> Iterator[str]:
    return (mark.value for word in words for mark in word.marks if mark.kind == "join")


def _present(known: Tree, edits: tuple[Edit, ...]) -> Iterator[str]:
    """Yield the ids of the base provisions that are still there, at their place or another."""
    made = _Reviser(known, edits)
    seen: Counter[str] = Counter()
    stack = [ROOT]
    while stack:
        id = stack.pop()
        yield id
        seen[id] += 1
        if seen[id] > 1:
            continue
        text = made.texts.get(id)
        if text:
            stack += [q for hunk in text.hunks for q in _joins(hunk.words)]
        for item in made.items(id):
            if item.id in known.at:
                stack.append(item.id)
            else:
                stack += [p.id for p in walk(item.children) if p.kind is Kind.MOVED]


# -- applying -------------------------------------------------------------------------------------


def revise(base: Resolution, edits: Iterable[Edit]) -> Resolution:
    """Return the base as some edits, known to fit, leave it; what they do not touch is shared."""
    made = _Reviser(tree(base), edits)
    return replace(base, provisions=made.children(ROOT))


def versions(base: Resolution, proposal: Proposal, id: str) -> tuple[Provision, ...]:
    """Return what one source makes of a provision, and after it those it splits off.

    The source must not strike it or what is around it; ``ROOT`` stands for the whole text.
    """
    made = _Reviser(tree(base), proposal.edits)
    return tuple(made.provision(moved(id))) if id else made.children(ROOT)


class _Reviser:
    """Rebuild the parts of a base that edits touch."""

    def __init__(self, base: Tree, edits: Iterable[Edit]) -> None:
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
        self.touched = self._touched()

    def _touched(self) -> set[str]:
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
        node = self.base.at[id] if id else -1
        children = [self.base.nodes[child] for child in self.base.children(node)]
        edit = self.lists.get(id)
        if edit is None:
            return tuple(children)
        made: list[Provision] = []
        at = 0
        for hunk in edit.hunks:
            made += children[at : hunk.start]
            made += hunk.items
            at = hunk.end
        return (*made, *children[at:])

    def children(self, id: str) -> tuple[Provision, ...]:
        edit = self.lists.get(id)
        return self._built(self.items(id), again=edit.renumbered if edit else False)

    def _built(self, items: tuple[Provision, ...], *, again: bool) -> tuple[Provision, ...]:
        made = [built for item in items for built in self.provision(item)]
        if again:
            labels = renumbered([provision.label for provision in made])
            made = [
                p if p.label == label else replace(p, label=label)
                for p, label in zip(made, labels, strict=True)
            ]
        if not self.labels:
            return tuple(made)
        return tuple(
            replace(p, label=self.labels[p.id]) if p.id in self.labels else p for p in made
        )

    def provision(self, item: Provision) -> list[Provision]:
        """Return a provision as revised, and after it those that were split from it."""
        if item.kind is Kind.MOVED:
            item = self.base.nodes[self.base.at[item.id]]
        elif item.id not in self.base.at:
            return [replace(item, children=self._built(item.children, again=False))]
        if item.id not in self.touched:
            return [item]
        edit = self.texts.get(item.id)
        if edit is None:
            return [replace(item, children=self.children(item.id))]
        first, *rest = _divided(tuple(self._words(item.id)))
        text, marks = _unbound(first[1])
        made = [replace(item, text=text, marks=marks, children=self.children(item.id))]
        for rank, (label, words) in enumerate(rest, 2):
            text, marks = _unbound(words)
            made.append(
                Provision(
                    id=f"{item.id}-{rank}", kind=item.kind, label=label, text=text, marks=marks
                )
            )
        return made

    def _words(self, id: str) -> Iterator[Word]:
        words = self.base.words(self.base.at[id])
        edit = self.texts.get(id)
        for word in _amended(words, edit) if edit else words:
            joins = [mark.value for mark in word.marks if mark.kind == "join"]
            if joins:
                yield from self._words(joins[0])
            else:
                yield word


def _amended(words: tuple[Word, ...], edit: TextEdit) -> list[Word]:
    printed: Mapping[int, Word] = {variant.at: variant.word for variant in edit.variants}
    made: list[Word] = []
    at = 0
    for hunk in edit.hunks:
        made += [printed.get(k, words[k]) for k in range(at, hunk.start)]
        made += hunk.words
        at = hunk.end
    return made + [printed.get(k, words[k]) for k in range(at, len(words))]


def _divided(words: tuple[Word, ...]) -> list[tuple[str, list[Word]]]:
    """Cut words where a provision is split; each part with the label it gets, the first none."""
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


# -- for the reader -------------------------------------------------------------------------------


def place(known: Tree, node: int) -> str:
    """Say where a base provision is, as delegates do."""
    chain = []
    at = node
    while at >= 0:
        chain.append(known.nodes[at])
        at = known.parents[at]
    position = known.positions[node] if node >= 0 else 0
    return path(chain[::-1], position, known.resolution.language)


def amendments(base: Resolution, proposal: Proposal) -> tuple[Amendment, ...]:
    """Return what a proposal asks for, provision by provision, in the order of the base."""
    known = tree(base)
    stays = set(_references(proposal.edits))
    found: list[Amendment] = []
    for edit in proposal.edits:
        node = known.at.get(edit.target, -1)
        if isinstance(edit, TextEdit):
            symbol = Symbol.MOD if edit.hunks else Symbol.EDITORIAL
            found.append(Amendment(symbol=symbol, target=edit.target, path=place(known, node)))
        elif isinstance(edit, LabelEdit):
            found.append(
                Amendment(symbol=Symbol.EDITORIAL, target=edit.target, path=place(known, node))
            )
        else:
            found += _list_amendments(known, node, edit, stays)
    for keep in proposal.keeps:
        found.append(
            Amendment(
                symbol=Symbol.NOC,
                target=keep.target,
                path=place(known, known.at.get(keep.target, -1)),
            )
        )
    return tuple(found)


def _list_amendments(
    known: Tree, node: int, edit: ListEdit, stays: set[str]
) -> Iterator[Amendment]:
    children = known.children(node)
    for hunk in edit.hunks:
        for id in hunk.gone:
            yield Amendment(
                symbol=Symbol.SUP, target=id, path=place(known, known.at[id]), elsewhere=id in stays
            )
        before = children[hunk.end - 1] if hunk.end else node
        for item in hunk.items:
            yield Amendment(
                symbol=Symbol.ADD,
                target=item.id,
                path=place(known, before),
                elsewhere=item.kind is Kind.MOVED,
                text=item.text if item.kind is not Kind.MOVED else "",
            )
