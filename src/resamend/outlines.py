"""Tell for people what a text was read as: its outline, and how many places of each kind it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from resamend.forms import TextForm
from resamend.model import Resolution
from resamend.places import named


def summary_of(resolution: Resolution) -> str:
    """Say in a line what a text was read as, and how many places of each kind it has."""
    form = TextForm.of(resolution.metadata.form)
    places = named(resolution)
    counts = Counter(
        what
        for place in places
        for what, pattern in _COUNTED.items()
        if re.fullmatch(pattern, place.name) and (what != "annex") == (place.kind not in _ANNEXES)
    )
    counted = ", ".join(
        f"{count} {what}{('es' if what == 'annex' else 's') * (count > 1)}"
        for what, count in counts.items()
    )
    return f"read as {form.called}: {counted}" if counted else f"read as {form.called}"


_COUNTED = {
    "preambular paragraph": r"PP\d+",
    "citation": r"citation \d+",
    "recital": r"recital \(.*\)",
    "operative paragraph": r"OP[^( ]+(?: (?:bis|ter|alt)\w*)?",
    "article": r"Art\. [^( ¶]+(?: (?:bis|ter)\w*)?",
    "clause": r"clause [^( ¶.]+",
    "annex": ".*",
}
_ANNEXES = ("annex", "schedule")


def lines_of_outline(resolution: Resolution) -> Iterator[str]:
    """Yield an outline for people: two spaces a level, what it is, its label, name, first words."""
    chinese = resolution.language == "zh"
    for place in named(resolution):
        words = place.text.split()
        first = "".join(words)[:6] if chinese else " ".join(words[:3])
        yield f"{'  ' * place.level}{place.kind} | {place.label} | {place.name} | {first}"
