"""Prove of one source that its proposal, its text and each word of it come back from a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from resamend import akn
from resamend.consolidation import Consolidated, project
from resamend.dossier.certificate import Fault, SourceProof, TextProof
from resamend.dossier.damage import first_difference
from resamend.dossier.index import fingerprint
from resamend.model import OBJECT, Mark, Provision, Resolution, walk
from resamend.words import ATOMIC, split

_Texts = Mapping[tuple[str, tuple[Mark, ...]], int]


class ReportedWords:
    """Hold the words of a text in force, and those printed in a draft over it."""

    def __init__(self, base: Resolution, printed: Counter[str]) -> None:
        self.base = Counter(map(_own, walk(base.provisions)))
        self.words = _counted(self.base)
        self.printed = printed

    def all(self, revised: Resolution) -> Counter[str]:
        """Return how often each word occurs in a text.

        Only the provisions that it words differently from the text in force are counted anew.
        """
        mine = Counter(map(_own, walk(revised.provisions)))
        return self.words - _counted(self.base - mine) + _counted(mine - self.base)

    def of(self, revised: Resolution) -> int:
        """Return how many words a text has, without its punctuation."""
        return sum(n for key, n in self.all(revised).items() if key[0].isalnum())

    def missing(self, revised: Resolution) -> list[str]:
        """Return the words of a text that are not printed, or not as often."""
        return sorted(self.all(revised) - self.printed)


def _own(provision: Provision) -> tuple[str, tuple[Mark, ...]]:
    return provision.text, provision.marks


def _counted(texts: _Texts) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (text, marks), often in texts.items():
        for key in _keys(text, marks):
            counts[key] += often
    return counts


@lru_cache(maxsize=1 << 14)
def _keys(text: str, marks: tuple[Mark, ...]) -> tuple[str, ...]:
    """Return the words of a text; the edges of what is one word by its mark are edges of words."""
    inner = {at for m in marks if m.kind in ATOMIC for at in (m.start, m.end)}
    edges = sorted({0, len(text), *inner})
    runs = [text[a:b].replace(OBJECT, " ") for a, b in pairwise(edges)]
    return tuple(word.key for run in runs for word in split(run) if word.key)


class Recovered(Struct, frozen=True):
    """Hold what came back of a source, the bytes of its proposal, and what did not come back."""

    source: SourceProof
    proposal: bytes
    faults: tuple[Fault, ...]


def recovered(
    source: str, draft: Consolidated, counted: ReportedWords, wanted: Resolution | None = None
) -> Recovered:
    """Take one source out of a draft, and compare it with the text that is wanted."""
    proposal = next(p for p in draft.proposals if p.id == source)
    text = project(draft, source)
    faults = [
        Fault("", "", f"the word “{word}” of {source} is not in the draft")
        for word in counted.missing(text if wanted is None else wanted)
    ]
    # As bytes: equal values may still differ in their ids, which others cite.
    if wanted is not None and akn.write_resolution(wanted) != akn.write_resolution(text):
        where = first_difference(wanted, text)
        faults.append(Fault("", where, f"the text of {source} does not come back from the draft"))
    own = akn.write_proposal(proposal, draft.base)
    proof = SourceProof(
        id=source,
        revision=proposal.revision,
        proponents=tuple(who.code for who in proposal.proponents),
        file="",
        sha256=fingerprint(own),
        text_sha256=fingerprint(akn.write_resolution(text)),
        words=counted.of(text),
    )
    return Recovered(proof, own, tuple(faults))


def certified(
    draft: Consolidated, content: bytes, printed: Counter[str]
) -> tuple[TextProof, tuple[Fault, ...]]:
    """Take every source out of a draft that stands alone, given its bytes and what it prints."""
    counted = ReportedWords(draft.base, printed)
    recoveries = [recovered(source, draft, counted) for source in draft.sources]
    text = TextProof(
        language=str(draft.base.language),
        file="",
        sha256=fingerprint(akn.write_resolution(draft.base)),
        words=counted.of(draft.base),
        draft_sha256=fingerprint(content),
        sources=tuple(recovery.source for recovery in recoveries),
    )
    return text, tuple(fault for recovery in recoveries for fault in recovery.faults)
