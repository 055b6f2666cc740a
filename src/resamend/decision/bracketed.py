"""What a record does to a bracket of the text in force: its signs go, and what is not taken."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from resamend.amendment import revise
from resamend.conflict import Region
from resamend.conflict.bracketed import BracketQuestion, questions_in_brackets
from resamend.decision.fragments import assembled
from resamend.decision.values import Record
from resamend.decision.wording import replaced
from resamend.difference import Edit, LabelEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Provision, Resolution


def bracket_edits(known: ProvisionIndex, region: Region, record: Record) -> Iterator[Edit]:
    """Yield the edits that leave, of a bracket, the option that a record takes.

    Words that stay keep their looks and notes; others may change them all the same.
    """
    question = _question(known, region)
    for start, end in question.struck[record.chosen[0]]:
        yield from replaced(known, region.target, start, end, ())
    yield from _unlabelled(known, question)


def bracket_label(known: ProvisionIndex, region: Region) -> Iterator[Edit]:
    """Yield the edit that takes a bracket from before a paragraph's number, if one is there."""
    yield from _unlabelled(known, _question(known, region))


def bracket_reading(base: Resolution, region: Region, option: str) -> Provision | None:
    """Return a paragraph as it reads with an option of a bracket; nothing where that takes it out.

    What is below the paragraph is left out.
    """
    index = index_of(base)
    question = _question(index, region)
    if option not in question.struck:
        return None
    provision = index.nodes[index.at[region.target]]
    alone = replace(base, provisions=(replace(provision, children=()),))
    known = ProvisionIndex(alone)
    edits = [
        edit
        for start, end in question.struck[option]
        for edit in replaced(known, provision.id, start, end, ())
    ]
    return revise(alone, assembled((*edits, *_unlabelled(known, question)))).provisions[0]


def _question(known: ProvisionIndex, region: Region) -> BracketQuestion:
    return questions_in_brackets(known.resolution)[region.id]


def _unlabelled(known: ProvisionIndex, question: BracketQuestion) -> Iterator[Edit]:
    if question.label is not None:
        target = question.region.target
        yield LabelEdit(target, question.label, known.nodes[known.at[target]].label)
