"""What a record does to a bracket of the text in force: its signs go, and what is not taken."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.conflict import Region
from resamend.conflict.bracketed import BracketQuestion, questions_in_brackets
from resamend.decision.values import Record
from resamend.decision.wording import replaced
from resamend.difference import Edit, LabelEdit
from resamend.matching import ProvisionIndex


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


def _question(known: ProvisionIndex, region: Region) -> BracketQuestion:
    questions = questions_in_brackets(known.resolution)
    return next(question for question in questions if question.region.id == region.id)


def _unlabelled(known: ProvisionIndex, question: BracketQuestion) -> Iterator[Edit]:
    if question.label is not None:
        target = question.region.target
        yield LabelEdit(target, question.label, known.nodes[known.at[target]].label)
