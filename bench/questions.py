"""What is asked of a chair over real texts: ``python -m bench.questions FOLDER [--json]``.

A text that has a base and two later versions makes two proposals. FOLDER holds ``NAME.0.txt``,
``NAME.1.txt`` and ``NAME.2.txt``; or pairs ``A__B.1.txt``, ``A__B.2.txt`` of successive versions,
which are chained where one begins with what another ends with. Printed are the points by kind,
composed provisions, units that a region's edge cuts, and nobody's text: provisions that, adopted
with all that has no competing proposal, are neither in force nor one proposal's, and were not
listed. That oracle knows no regions; it must print 0.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from resamend.amendment import propose
from resamend.conflict import ConflictKind, Findings, Gate, Region, Stream, find
from resamend.conflict.units import units
from resamend.consolidation import Consolidated, merge, project
from resamend.decision import DecisionKind, DecisionRequest, adopt, record, replay
from resamend.decision.values import TO_READ
from resamend.matching import index_of
from resamend.model import Language, Resolution, walk
from resamend.readers.text import read_text
from resamend.words import key_of

Counts = Counter[str]


def triples(folder: Path) -> Iterator[tuple[str, tuple[Path, Path, Path]]]:
    """Yield the names of texts, each with its base and two later versions."""
    for first in sorted(folder.glob("*.0.txt")):
        name = first.name.removesuffix(".0.txt")
        yield name, (first, folder / f"{name}.1.txt", folder / f"{name}.2.txt")
    pairs = {path.name.removesuffix(".1.txt") for path in folder.glob("*__*.1.txt")}
    for pair in sorted(pairs):
        end = pair.partition("_")[0] + "_" + pair.rpartition("__")[2]
        for later in sorted(other for other in pairs if other.startswith(f"{end}__")):
            paths = (f"{pair}.1.txt", f"{pair}.2.txt", f"{later}.2.txt")
            base, one, other = (folder / path for path in paths)
            yield f"{pair}__{later.rpartition('__')[2]}", (base, one, other)


def measured(paths: Sequence[Path], language: Language = Language.EN) -> Counts:
    """Count what is asked over one base and its versions."""
    base, *versions = (
        read_text(path.read_bytes(), language, name=path.name).resolution for path in paths
    )
    draft = merge(base, [propose(base, text, f"V{n}/1/1") for n, text in enumerate(versions, 1)])
    began = time.perf_counter()
    found = find(draft)
    took = time.perf_counter() - began
    counts = Counts({"texts": 1, "find, ms": round(1000 * took)})
    counts.update(f"point: {kind}" for region in found.regions for kind in region.kinds[:1])
    counts.update(
        f"change: {r.standing.value}" for r in found.regions if not r.kinds and not r.gate
    )
    counts["provisions that several change"] = len(_shared(draft))
    counts["composed"] = sum(ConflictKind.COMPOSED in r.kinds for r in found.regions)
    counts["units cut"] = _cut(draft, found)
    counts["nobody's text"] = _nobodys(draft, found)
    return counts


def _shared(draft: Consolidated) -> set[str]:
    """Return the provisions whose words both proposals change."""
    both = set(draft.sources)
    return {
        marks.target
        for marks in draft.texts
        if both <= {source for change in marks.changes for source in change.sources}
    }


def _cut(draft: Consolidated, found: Findings) -> int:
    """Count the units in force that only a part of lies in a region."""
    known = index_of(draft.base)
    cut = 0
    for region in found.elements:
        if region.stream is Stream.TEXT:
            words = known.words(known.at[region.target])
            for start, end in units(words, draft.base.language):
                lo, hi = 2 * start + 1, 2 * end - 1
                apart = region.hi < lo or hi < region.lo
                cut += not apart and not (region.lo <= lo and hi <= region.hi)
    return cut


def _nobodys(draft: Consolidated, found: Findings) -> int:
    """Count what is nobody's, and not listed, where all that nobody contests is taken."""
    taken = [
        record(draft, found, region, _answer(region), number=number)
        for number, region in enumerate(_uncontested(found), 1)
    ]
    adopted = adopt(draft, found, replay(draft, found, taken))
    open_ = {region.target for region in adopted.open}
    listed = {unread.id for unread in adopted.unread}
    texts = (draft.base, *(project(draft, source) for source in draft.sources))
    somebodys = {each for text in texts for each in _said(text)}
    ids = {id for id, _ in somebodys}
    left = {id for id, words in _said(adopted.text) if id in ids and (id, words) not in somebodys}
    return len(left - open_ - listed)


def _said(text: Resolution) -> set[tuple[str, tuple[str, ...]]]:
    """Return the words of each provision, without figures of references and punctuation."""
    return {
        (p.id, tuple(key.casefold() for key in key_of(p.text) if key.isalpha()))
        for p in walk(text.provisions)
    }


def _uncontested(found: Findings) -> Iterator[Region]:
    for region in found.regions:
        if region.gate or (not region.kinds and region.standing not in TO_READ and not region.ends):
            yield region


def _answer(region: Region) -> DecisionRequest:
    acts = {Gate.SUPPRESS: DecisionKind.RETAIN, Gate.NO_CHANGE: DecisionKind.AMENDABLE}
    act = acts[region.gate] if region.gate else DecisionKind.TAKE
    return DecisionRequest(act=act, by="bench", at="2020-01-01")


def main(arguments: Sequence[str]) -> None:
    """Measure all texts of some folders, and print the sums."""
    total = Counts()
    for folder in (Path(each) for each in arguments if not each.startswith("-")):
        for _, paths in triples(folder):
            total += measured(paths)
    if "--json" in arguments:
        print(json.dumps(total, indent=2, sort_keys=True))
        return
    points = sum(n for name, n in total.items() if name.startswith("point: "))
    share = total["composed"] / max(total["provisions that several change"], 1)
    last = ("points", points), ("units cut", 0), ("nobody's text", 0)
    lines = [*last, *sorted(total.items())]
    for name, count in dict(lines).items():
        print(f"{count:>8}  {name}")
    print(f"{share:>8.1%}  composed, of the provisions that several change")


if __name__ == "__main__":
    main(sys.argv[1:])
