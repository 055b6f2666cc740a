"""Refuse a proposal that does not fit its base exactly.

*The invariant.* What passes here can be applied without looking again, and gives a tree: no
provision twice, none below itself, none lost but what the proposal strikes. Nothing is fitted:
moving an edit to where its words stand now is a guess, and is asked for by name (``rebase``).

First the form, then the words quoted, then the sha256 of the whole text, so that a message says as
exactly as can be what is wrong; what stands where is looked at last, for it needs all the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from resamend.amendment.descriptions import place
from resamend.amendment.edit_references import additions, lists, places
from resamend.amendment.values import Proposal
from resamend.difference import Edit, LabelEdit, ListEdit, ListHunk, TextEdit
from resamend.errors import Invalid, NotApplicable
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Resolution


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
    index = index_of(base)
    _check_form(proposal)
    for edit in proposal.edits:
        _check_edit(index, edit, proposal.id)
    for keep in proposal.keeps:
        _node(index, keep.target, proposal.id)
    if proposal.base_digest != index.digest:
        raise NotApplicable(
            f"the proposal was made for another text (sha256 {proposal.base_digest[:12]}…, "
            f"here {index.digest[:12]}…), though all the words it quotes are here",
            where=proposal.id,
            advice="Give the text it was made for.",
        )
    _check_structure(index, proposal)


def _check_form(proposal: Proposal) -> None:
    """Refuse edits that ask for nothing, ask twice, or ask for words where there are none."""
    edits = proposal.edits
    texts = {edit.target for edit in edits if isinstance(edit, TextEdit)}
    lists = {edit.target for edit in edits if isinstance(edit, ListEdit)}
    labels = {edit.target for edit in edits if isinstance(edit, LabelEdit)}
    if len(texts) + len(lists) + len(labels) < len(edits):
        raise Invalid("it edits one text, list or label twice", where=proposal.id, advice=_ANEW)
    if ROOT in texts or ROOT in labels:
        raise Invalid(
            "it changes words or a label, and does not say of what",
            where=proposal.id,
            advice=_ANEW,
        )
    if any(map(_is_empty, edits)):
        raise Invalid("one of its edits changes nothing", where=proposal.id, advice=_ANEW)


_ANEW = "Make the proposal again from its proponent's text."


def _is_empty(edit: Edit) -> bool:
    if isinstance(edit, TextEdit):
        return not edit.hunks and not edit.variants
    if isinstance(edit, ListEdit):
        nothing = [hunk for hunk in edit.hunks if not hunk.gone and not hunk.items]
        return bool(nothing) or (not edit.hunks and not edit.renumbered)
    return False


def _node(index: ProvisionIndex, id: str, source: str) -> int:
    if id == ROOT:
        return -1
    node = index.at.get(id)
    if node is None:
        raise NotApplicable(
            f"the base has no provision with the id {id!r}",
            where=source,
            advice="The proposal was made for another text.",
        )
    return node


def _check_edit(index: ProvisionIndex, edit: Edit, source: str) -> None:
    node = _node(index, edit.target, source)
    if isinstance(edit, TextEdit):
        _check_text(index, node, edit, source)
    elif isinstance(edit, ListEdit):
        _check_list(index, node, edit, source)
    elif index.nodes[node].label != edit.old:
        raise _differs(index, node, source, edit.old, index.nodes[node].label)


def _check_text(index: ProvisionIndex, node: int, edit: TextEdit, source: str) -> None:
    texts = index.texts(node)
    last = -1
    for hunk in edit.hunks:
        start, end = hunk.start, hunk.end
        # A kept word stands between two hunks (normal form); touching ones would be one.
        if not last < start <= end or (start == end and not hunk.words):
            raise Invalid(
                "two edits of one text overlap or touch", where=_where(index, node, source)
            )
        actual = "".join(texts[start:end])
        if end > len(texts) or actual != hunk.old:
            raise _differs(index, node, source, hunk.old, actual)
        last = end
    if edit.variants:
        _check_variants(index, node, edit, source)


def _check_variants(index: ProvisionIndex, node: int, edit: TextEdit, source: str) -> None:
    words = index.words(node)
    struck = {k for hunk in edit.hunks for k in range(hunk.start, hunk.end)}
    last = -1
    for variant in edit.variants:
        at = variant.at
        # A respelling is of a word that stays and that says the same: else it is a hunk.
        if not last < at < len(words) or at in struck or words[at].key != variant.word.key:
            raise _differs(
                index, node, source, variant.word.text, words[at].text if at < len(words) else ""
            )
        last = at


def _check_list(index: ProvisionIndex, node: int, edit: ListEdit, source: str) -> None:
    children = [index.nodes[child].id for child in index.children(node)]
    before: ListHunk | None = None
    for hunk in edit.hunks:
        apart = before is None or before.end < hunk.start or _lone(before, hunk)
        if not apart or not hunk.start <= hunk.end <= len(children):
            raise Invalid("two edits of one list overlap", where=_where(index, node, source))
        if tuple(children[hunk.start : hunk.end]) != hunk.gone:
            raise _differs(
                index,
                node,
                source,
                ", ".join(hunk.gone),
                ", ".join(children[hunk.start : hunk.end]),
            )
        before = hunk


def _lone(one: ListHunk, other: ListHunk) -> bool:
    """Tell whether of two hunks that touch one only puts in and the other only strikes."""
    if one.end != other.start or bool(one.items) == bool(other.items):
        return False
    return not (one.items and one.gone) and not (other.items and other.gone)


def _where(index: ProvisionIndex, node: int, source: str) -> str:
    return f"{source}, {place(index, node)}"


def _differs(
    index: ProvisionIndex, node: int, source: str, expected: str, actual: str
) -> NotApplicable:
    return NotApplicable(
        f"expected “{_short(expected)}”, found “{_short(actual)}”",
        where=_where(index, node, source),
        advice="The proposal was made for another text.",
    )


def _short(text: str, limit: int = 80) -> str:
    text = text.strip()
    return text if len(text) <= limit else f"{text[:limit]}…"


def _check_structure(index: ProvisionIndex, proposal: Proposal) -> None:
    """Refuse a proposal that puts a provision at two places, or below itself."""
    for id in additions(proposal.edits):
        if id in index.at:
            raise Invalid(f"it adds a provision with the id {id!r} of the base", where=proposal.id)
    spots = list(places(proposal.edits))
    if not spots:
        return
    for id, _ in spots:
        if _node(index, id, proposal.id) < 0:
            raise Invalid("it moves something, and does not say what", where=proposal.id)
    times = Counter(id for id, _ in spots)
    goes = dict(spots)
    gone = {id for edit in lists(proposal.edits) for hunk in edit.hunks for id in hunk.gone}
    for id in goes:
        # Moved away and not struck where it was, though that place is still in the text.
        stays = id not in gone and _reached(index, _above(index, id), goes, gone)
        if stays or times[id] > 1:
            raise Invalid(f"the provision {id!r} stands at two places", where=proposal.id)
        if not _reached(index, id, goes, gone):
            raise Invalid(
                f"the provision {id!r} is moved below itself, or into what is struck",
                where=proposal.id,
            )


def _above(index: ProvisionIndex, id: str) -> str:
    parent = index.parents[index.at[id]]
    return index.nodes[parent].id if parent >= 0 else ROOT


def _reached(index: ProvisionIndex, id: str, goes: Mapping[str, str], gone: set[str]) -> bool:
    """Tell whether a provision hangs, by its new place or its old one, below the super-root."""
    seen: set[str] = set()
    while id != ROOT:
        # Round in a circle, or struck and put nowhere.
        if id in seen or (id in gone and id not in goes):
            return False
        seen.add(id)
        id = goes[id] if id in goes else _above(index, id)
    return True
