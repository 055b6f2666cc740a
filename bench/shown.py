"""How the changes of real texts are shown: ``python -m bench.shown FOLDER``.

FOLDER holds pairs ``NAME.1.txt`` (a text) and ``NAME.2.txt`` (its next version), in English. An
*island* is a stretch of one or two words that is kept between two marks; one without content is
what a reader stumbles over. What content is, the list below says, not the library. Counted are the
changes as they are stored, word by word, and as they are shown.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from resamend.amendment import Proposal, propose
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.difference import TextEdit
from resamend.matching import index_of
from resamend.model import Language, Resolution
from resamend.readers.text import read_text
from resamend.redlines import Span, redline

_BINDING = """
a about against all also among an and any are as at be been before being between both but by can
could during each every for from had has have if in including into is it its may more most no nor
not of on one only or other others out over per shall should some such than that the their them
then there these they this those through to toward towards two under up upon was well were when
where which while who whom whose will with within would another after via here pursuant due regard
further inter alia so across
"""
Runs = list[tuple[str, str]]
"""Kept, struck and inserted text: a sign (``=``, ``-``, ``+``) and the words."""


def shown(base: Resolution, proposal: Proposal) -> Iterator[Runs]:
    """Yield each changed paragraph as the redline shows it."""
    draft = merge(base, [proposal])
    for block in redline(draft, find(draft)).blocks:
        if block.id and not block.added and not block.struck:
            spans = (piece for piece in block.pieces if isinstance(piece, Span))
            yield [("+" if s.inserted else "-" if s.deleted else "=", s.text) for s in spans]


def stored(base: Resolution, proposal: Proposal) -> Iterator[Runs]:
    """Yield each changed paragraph as its edit says."""
    index = index_of(base)
    for edit in (edit for edit in proposal.edits if isinstance(edit, TextEdit)):
        words, runs, at = index.words(index.at[edit.target]), Runs(), 0
        for hunk in edit.hunks:
            put = "".join(word.text for word in hunk.words)
            kept = "".join(word.text for word in words[at : hunk.start])
            runs += [("=", kept), ("-", hunk.old), ("+", put)]
            at = hunk.end
        yield [*runs, ("=", "".join(word.text for word in words[at:]))]


def islands(paragraphs: Iterable[Runs]) -> Counter[str]:
    """Count marks, and what is kept between two of them."""
    counts: Counter[str] = Counter()
    for runs in paragraphs:
        signed = groupby([run for run in runs if run[1].strip()], key=lambda run: run[0])
        merged = [(sign, "".join(text for _, text in group)) for sign, group in signed]
        counts["marks"] += sum(sign != "=" for sign, _ in merged)
        for sign, text in merged[1:-1]:
            if sign == "=" and len(text.split()) <= 2:
                counts["islands"] += 1
                counts["islands without content"] += not _content(text)
    return counts


def _content(text: str) -> bool:
    words = re.findall(r"[^\W_]+(?:[’'][^\W_]+)*", text.casefold())
    return any(word not in _BINDING.split() and (len(word) > 1 or word.isdigit()) for word in words)


def main(folder: Path) -> None:
    """Print the figures of all pairs of a folder, as stored and as shown."""
    sums = {"stored": Counter[str](), "shown": Counter[str]()}
    for first in sorted(folder.glob("*.1.txt")):
        pair = (first, first.with_name(first.name.replace(".1.txt", ".2.txt")))
        base, revised = (
            read_text(path.read_bytes(), Language.EN, name=path.name).resolution for path in pair
        )
        proposal = propose(base, revised, "S/1/1")
        sums["stored"] += islands(stored(base, proposal))
        sums["shown"] += islands(shown(base, proposal))
    for name in ("marks", "islands", "islands without content"):
        print(f"{name:24} {sums['stored'][name]:>6} stored {sums['shown'][name]:>6} shown")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
