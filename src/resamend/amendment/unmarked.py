"""What a source changed without marking it: what it started from, compared with the base.

It stays in the proposal, for the source sent that text, and is listed for a query: whether it is a
slip (an older text in force, a line lost in copying) or was meant, only the proponent can say.
"""

from __future__ import annotations

from collections.abc import Iterator

from resamend.amendment.descriptions import place
from resamend.amendment.values import Unmarked
from resamend.difference import LabelEdit, ListEdit, TextEdit, diff
from resamend.matching import ProvisionIndex, index_of
from resamend.model import NOTE, OBJECT, Kind, Provision, Resolution


def find_unmarked(base: Resolution, before: Resolution) -> tuple[Unmarked, ...]:
    """Return where the text that a source marked its changes in differs from the base.

    Typography and formatting do not count.
    """
    index = index_of(base)
    edits = diff(base, before)
    return tuple(difference for edit in edits for difference in _differences(index, edit))


def _differences(
    index: ProvisionIndex, edit: TextEdit | ListEdit | LabelEdit
) -> Iterator[Unmarked]:
    if isinstance(edit, TextEdit):
        for hunk in edit.hunks:
            words = "".join(word.text for word in hunk.words)
            yield Unmarked(edit.target, hunk.old.strip(), words.strip())
    elif isinstance(edit, LabelEdit):
        yield Unmarked(edit.target, edit.old, edit.label)
    else:
        yield from _listed(index, edit)


def _listed(index: ProvisionIndex, edit: ListEdit) -> Iterator[Unmarked]:
    """Yield what is missing from a list and what stands in it beside the base's."""
    children = index.children(index.at.get(edit.target, -1))
    for hunk in edit.hunks:
        for id in hunk.gone:
            yield Unmarked(id, _wording(index.nodes[index.at[id]]), "")
        # What stands beside the base's is named by what it stands behind.
        before = index.nodes[children[hunk.start - 1]].id if hunk.start else edit.target
        for provision in hunk.items:
            if provision.kind is Kind.MOVED:
                yield Unmarked(provision.text, "", _wording(index.nodes[index.at[provision.text]]))
            else:
                yield Unmarked(before, "", _wording(provision))


def _wording(provision: Provision) -> str:
    return f"{provision.label} {provision.text}".strip()


def described_unmarked(base: Resolution, difference: Unmarked) -> str:
    """Say one difference in a line, for a query to the proponent."""
    where = place(index_of(base), index_of(base).at.get(difference.target, -1))
    old, new = (text.replace(OBJECT, NOTE) for text in (difference.expected, difference.found))
    if not old:
        return f"{where}: “{new}” is not in the text in force"
    if not new:
        return f"{where}: “{old}” is missing"
    return f"{where}: “{old}” in the text in force, “{new}” here"
