"""How a provision reads to each of those who divide it at different places.

Their divisions can all be made, so they are no options; but who is asked about them has to see
what each makes of the paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from resamend.conflict import Region
from resamend.consolidation import Sources
from resamend.matching import index_of
from resamend.page.presentation import Presentation
from resamend.redlines import Block, Span
from resamend.redlines.spans import joined_spans


def divisions(
    presentation: Presentation, region: Region
) -> Iterator[tuple[Sources, tuple[Block, ...]]]:
    """Yield who divides a provision, and the paragraphs that they make of it."""
    index = index_of(presentation.redline.base)
    node = index.at.get(region.target, -1)
    if node < 0:
        return
    cuts: dict[Sources, list[tuple[int, str]]] = defaultdict(list)
    for part in presentation.parts(region):
        marks = (mark for option in part.options for word in option.words for mark in word.marks)
        cuts[part.sources] += [(part.lo // 2, m.value) for m in marks if m.kind == "split"]
    provision, words = index.nodes[node], index.words(node)
    for sources, places in cuts.items():
        starts = [(0, provision.label), *sorted(places)]
        ends = [*(at for at, _ in starts[1:]), len(words)]
        yield (
            sources,
            tuple(
                Block(
                    kind=provision.kind,
                    label=(Span(label, sources if start else ()),),
                    pieces=_unspaced(joined_spans(words[start:end])),
                )
                for (start, label), end in zip(starts, ends, strict=True)
            ),
        )


def _unspaced(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Drop the white space with which a paragraph begins that was cut off."""
    return (replace(spans[0], text=spans[0].text.lstrip()), *spans[1:]) if spans else ()
