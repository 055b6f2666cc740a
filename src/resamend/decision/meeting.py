"""Whether what is asked now is what a record is about."""

from __future__ import annotations

from resamend.conflict import Region, Stream
from resamend.decision.values import DecisionKind, Place, Record


def stands_elsewhere(region: Region, record: Record) -> bool:
    """Tell whether a region is of what a record is about, which its sources have at another place.

    Who strikes what stands around has it where another adds the same, as long as that one does.
    """
    here = both_add(region, record) and region.target == record.places[0].target
    return here and adds_same(region, record)


def adds_same(region: Region, record: Record) -> bool:
    """Tell whether a source adds something there that a record is about."""
    then = {
        (line, source)
        for option in record.options
        for line in option.text.splitlines()
        for source in option.sources
    }
    return any(
        (line, source) in then
        for option in region.options
        for line in option.text.splitlines()
        for source in option.sources
    )


def both_add(region: Region, record: Record) -> bool:
    """Tell whether both are of what is added at a place: several questions stand there apart."""
    return region.stream is Stream.GAP and record.places[0].stream is Stream.GAP


def meets(now: Place, then: Place, record: Record) -> bool:
    """Tell whether what is asked now meets what a record is about.

    The group's own words for a provision stand for all of its words.
    """
    whole = record.act is DecisionKind.TEXT and then.stream is Stream.PROVISION
    words = now.stream is Stream.TEXT and now.target == then.target
    return now.meets(then) or (whole and words)
