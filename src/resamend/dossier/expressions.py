"""The languages of one dossier beside each other: the same provisions, figures, footnotes, records.

The expressions of a text share the ids of their provisions; what each says is another language's
words, but figures, footnotes and the depth of lists are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from resamend.amendment import place
from resamend.decision.expressions import contradictions
from resamend.dossier.findings import Finding, Weight
from resamend.dossier.reading import DossierContent
from resamend.matching import ProvisionIndex
from resamend.model import Provision
from resamend.numbering import parse

_FIGURE = re.compile(r"[0-9]+(?:/[0-9]+)?")


def compare_expressions(dossiers: Sequence[DossierContent]) -> Iterator[Finding]:
    """Yield what the texts in force of one dossier do not have in common, against the first."""
    if not dossiers:
        return
    first, *others = dossiers
    one = ProvisionIndex(first.base)
    for dossier in others:
        other = ProvisionIndex(dossier.base)
        where = f"{first.folder} ({first.language}, {dossier.language})"
        for index, there, language in ((one, other, dossier), (other, one, first)):
            for node, provision in enumerate(index.nodes):
                parent = index.parents[node]
                above = parent < 0 or index.nodes[parent].id in there.at
                if provision.id not in there.at and above:
                    what = f"{place(index, node)} has no counterpart in {language.language}"
                    yield Finding(Weight.WARNING, where, what)
        for node, provision in enumerate(one.nodes):
            if provision.id in other.at:
                counterpart = other.nodes[other.at[provision.id]]
                for what in _differences(provision, counterpart):
                    yield Finding(Weight.WARNING, where, f"{place(one, node)}: {what}")
    for pair in contradictions(first.records):
        one_record, other_record = pair
        yield Finding(
            Weight.ERROR,
            str(first.folder),
            f"records {one_record.number} ({one_record.language}) and {other_record.number} "
            f"({other_record.language}) settle {one_record.path} differently",
        )


def _differences(one: Provision, other: Provision) -> Iterator[str]:
    """Say in what two expressions of one provision differ that translation does not change."""
    if one.kind is not other.kind:
        yield f"{one.kind} against {other.kind}"
    labels = [parse(provision.label) for provision in (one, other)]
    if labels[0] and labels[1] and labels[0].number != labels[1].number:
        yield f"labelled {one.label} against {other.label}"
    notes = [sum(mark.kind == "footnote" for mark in p.marks) for p in (one, other)]
    if notes[0] != notes[1]:
        yield f"{notes[0]} footnotes against {notes[1]}"
    here, there = _figures(one.text), _figures(other.text)
    if here != there:
        sides = [", ".join((a - b).elements()) or "none" for a, b in ((here, there), (there, here))]
        yield f"figures differ: {' against '.join(sides)}"


def _figures(text: str) -> Counter[str]:
    """Count the figures of a text, whichever digits it writes them with."""
    digits = "".join(str(unicodedata.digit(c, 0)) if c.isdecimal() else c for c in text)
    bare = re.sub(r"(?<=[0-9])[\u00a0\u202f .,](?=[0-9]{3}(?![0-9]))", "", digits)
    return Counter(_FIGURE.findall(bare))
