"""What a region offers, as records keep it."""

from __future__ import annotations

from collections.abc import Mapping

from resamend.conflict import Option, OptionKind, Region, Stream
from resamend.decision.values import RecordedOption
from resamend.model import NOTE, OBJECT


def worded(region: Region) -> bool:
    """Tell whether a region asks what a text says, and not only where a provision stands."""
    return (
        region.stream is not Stream.PROVISION
        or region.covers
        or not any(option.deed in (OptionKind.MOVE, OptionKind.JOIN) for option in region.options)
    )


def offers(region: Region, names: Mapping[str, tuple[str, ...]]) -> tuple[RecordedOption, ...]:
    """Return the options of a region as a record keeps them; ``names`` maps sources to states.

    Numbering a list anew is an option too, though it has no text.
    """
    if not region.options:
        numbering = Option(id=region.id, deed=OptionKind.LABEL, sources=region.sources)
        return (_offer(numbering, names),)
    return tuple(_offer(option, names) for option in region.options)


def _offer(option: Option, names: Mapping[str, tuple[str, ...]]) -> RecordedOption:
    return RecordedOption(
        id=option.id,
        deed=option.deed,
        text=_told(option),
        place=option.place,
        way=option.way,
        sources=option.sources,
        proponents=tuple(sorted({n for source in option.sources for n in names.get(source, ())})),
    )


def _told(option: Option) -> str:
    """Return an option's text, with a sign where it puts a footnote."""
    return (
        "".join(
            word.text.replace(
                OBJECT, NOTE if any(m.kind == "footnote" for m in word.marks) else OBJECT
            )
            for word in option.words
        )
        or option.text
    )
