"""What a record says by itself, so that it stands when nobody asks for it any more.

Words are in its options. Where something moves, is joined, or comes with a footnote, the options
only tell of it: then the record holds the edits that it decided, for the text in force that it was
made on. They are tried together with all else before they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resamend.conflict import OptionKind, Stream
from resamend.decision.values import DecisionKind, Record, RecordedEdits
from resamend.difference import Edit, LabelEdit, ListEdit, TextEdit
from resamend.model import NOTE, OBJECT


def recorded_edits(base: str, edits: Iterable[Edit]) -> RecordedEdits:
    """Return edits as a record keeps them."""
    kept: Sequence[Edit] = tuple(edits)
    return RecordedEdits(
        base=base,
        texts=tuple(edit for edit in kept if isinstance(edit, TextEdit)),
        lists=tuple(edit for edit in kept if isinstance(edit, ListEdit)),
        labels=tuple(edit for edit in kept if isinstance(edit, LabelEdit)),
    )


def needs_edits(record: Record) -> bool:
    """Tell whether the options that a record took say less than their edits.

    Of what is added, the label is not told from its words; and what is left of the beginning of a
    text loses the space before it.
    """
    lead = record.places[0]
    begins = lead.stream is Stream.TEXT and lead.lo <= 1
    adds = any(option.deed is OptionKind.ADD for option in record.taken)
    return bool(record.chosen) and (begins or adds or not says_itself(record))


def says_itself(record: Record) -> bool:
    """Tell whether the options that a record took say in words what the text is to be."""
    if record.act is not DecisionKind.BOTH and record.act is not DecisionKind.TAKE:
        return True
    one_place = len(record.places) == 1 or record.places[0].stream is Stream.GAP
    return one_place and all(
        option.deed in (OptionKind.WORDS, OptionKind.ADD, OptionKind.SUPPRESS, OptionKind.LABEL)
        and NOTE not in option.text
        and OBJECT not in option.text
        for option in record.taken
    )
