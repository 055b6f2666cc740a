"""What a submission does not show: marks of omission, and what would be struck in silence.

``…``, ``[...]``, ``(…)`` and ``***`` stand for text in force that is not shown and is to stay.
Where they stand alone they are no paragraph; at the edge of one, the words in force go on there.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from resamend.matching import ProvisionIndex, index_of, match
from resamend.model import Kind, Provision, Resolution
from resamend.words import bare

_DOTS = r"(?:…|\.\s?\.\s?\.(?:\s?\.)?|⋯⋯?|……)"
_MARK = rf"(?:\[\s?{_DOTS}\s?\]|\(\s?{_DOTS}\s?\)|（{_DOTS}）|{_DOTS}|\*\s?\*\s?\*|—\s?{_DOTS}\s?—)"
_ALONE = re.compile(rf"{_MARK}[.;,]?")
_BEFORE = re.compile(rf"{_MARK}\s+")
_BEHIND = re.compile(rf"\s+{_MARK}[.;,]?$")
_SHARE = 3
"""One in so many provisions of a text may be struck without a word about it."""
_FEW = 2
_ANCHOR = 3
"""Words that show where words in force go on, at the least."""


def is_omission(text: str) -> bool:
    """Tell whether a paragraph only says that something is not shown.

    >>> [is_omission(text) for text in ("[...]", "***", "…", "and so on …")]
    [True, True, True, False]
    """
    return _ALONE.fullmatch(text.strip()) is not None


def without_omissions(resolution: Resolution) -> tuple[Resolution, bool]:
    """Return a text without the paragraphs that are marks of omission, and whether any were."""
    gone = False

    def left(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
        nonlocal gone
        kept = []
        for provision in provisions:
            if not provision.children and is_omission(f"{provision.label} {provision.text}"):
                gone = True
                continue
            gone |= bool(_BEFORE.match(provision.text) or _BEHIND.search(provision.text))
            kept.append(replace(provision, children=left(provision.children)))
        return tuple(kept)

    provisions = left(resolution.provisions)
    return (replace(resolution, provisions=provisions), True) if gone else (resolution, False)


def with_omitted_words(base: Resolution, text: Resolution) -> Resolution:
    """Return a text whose paragraphs that are shown in part have the rest of the words in force.

    A paragraph whose place in the words in force is not plain keeps its mark, which says so.
    """
    index, new = index_of(base), ProvisionIndex(text)
    origin = match(index, new).to_base
    count = iter(range(len(new.nodes)))

    def filled(provision: Provision) -> Provision:
        node = next(count)
        children = tuple(filled(child) for child in provision.children)
        own = index.nodes[origin[node]].text if origin[node] >= 0 else ""
        shown = _filled(provision.text, own) if own and not provision.marks else provision.text
        return replace(provision, text=shown, children=children)

    return replace(text, provisions=tuple(map(filled, text.provisions)))


def _filled(shown: str, own: str) -> str:
    before, behind = _BEFORE.match(shown), _BEHIND.search(shown)
    start, end = before.end() if before else 0, behind.start() if behind else len(shown)
    words = shown[start:end]
    pieces = words.split(" ")
    head = tail = ""
    if before:
        at = _only(own, " ".join(pieces[:_ANCHOR]))
        if at < 0:
            return shown
        head = own[:at]
    if behind:
        anchor = " ".join(pieces[-_ANCHOR:])
        at = _only(own, anchor)
        if at < 0:
            return shown
        tail = own[at + len(anchor) :]
    return f"{head}{words}{tail}"


def _only(text: str, words: str) -> int:
    """Return where words stand in a text, if they stand there once."""
    return text.find(words) if words and text.count(words) == 1 else -1


class Unshown(Struct, frozen=True):
    """Say what a text would strike of another: how many of how many, and whole sections."""

    struck: int
    of: int
    sections: tuple[str, ...] = ()

    @property
    def is_much(self) -> bool:
        """Tell whether nobody strikes so much without a word about it."""
        return (self.struck > _FEW and self.struck * _SHARE > self.of) or bool(self.sections)


def unshown_by(base: Resolution, text: Resolution) -> Unshown:
    """Return what of a base a whole text would strike by not showing it."""
    index, new = index_of(base), ProvisionIndex(text)
    shown = match(index, new)
    joined = {node for nodes in shown.joins.values() for node in nodes}
    lost = [
        node
        for node, other in enumerate(shown.to_revised)
        if other < 0 and node not in joined and is_paragraph(index.nodes[node])
    ]
    of = sum(map(is_paragraph, index.nodes))
    gone = set(lost)
    sections = tuple(
        index.nodes[node].text
        for node in range(len(index.nodes))
        if index.nodes[node].kind in (Kind.PREAMBULAR, Kind.OPERATIVE)
        and shown.to_revised[node] < 0
        and len(index.children(node)) > _FEW
        and all(child in gone for child in index.children(node))
        and not _is_said(index.nodes[node].text, new)
    )
    return Unshown(len(lost), of, sections)


def _is_said(heading: str, text: ProvisionIndex) -> bool:
    return any(bare(p.text) == bare(heading) for p in text.nodes)


def is_paragraph(provision: Provision) -> bool:
    """Tell whether a provision is a paragraph or an item with words of its own."""
    return provision.kind in (Kind.ITEM, Kind.TEXT) and bool(provision.text)
