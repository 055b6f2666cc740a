"""An unknown text in Word as an outline: its heading styles say what stands below what.

They say so only where nothing shows another form, and no heading of the conference's stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resamend.forms import TextForm
from resamend.model import Kind
from resamend.readers.branching import listed
from resamend.readers.headings import HeadingWords, is_enacting, known_heading, number_line
from resamend.readers.lines import Hint, TextLine
from resamend.readers.structure import TextPart

_FEWEST = 2


def is_outlined(lines: Sequence[TextLine], vocabulary: HeadingWords) -> bool:
    """Tell whether heading styles are all that shows how a text is built."""
    if sum(bool(line.outline) for line in lines) < _FEWEST:
        return False
    return not any(
        line.hint in (Hint.NUMBER, Hint.HEADING, Hint.ENACTING, Hint.ANNEX)
        or is_enacting(line.whole, vocabulary)
        or number_line(line.whole, vocabulary)
        or ((heading := known_heading(line.whole, vocabulary)) and heading.exact)
        for line in lines
    )


def outlined(lines: Sequence[TextLine]) -> tuple[TextPart, ...]:
    """Say what each line is: a heading below those of a higher rank, a list, a paragraph."""
    return tuple(_parts(lines))


def _parts(lines: Sequence[TextLine]) -> Iterator[TextPart]:
    ranks: list[int] = []
    run: list[TextLine] = []
    for line in lines:
        if not line.outline:
            run.append(line)
            continue
        yield from listed(run, len(ranks), TextForm.ITU)
        run = []
        while ranks and ranks[-1] >= line.outline:
            ranks.pop()
        yield TextPart(line=line, kind=Kind.OPERATIVE, depth=len(ranks), labelled=bool(line.label))
        ranks.append(line.outline)
    yield from listed(run, len(ranks), TextForm.ITU)
