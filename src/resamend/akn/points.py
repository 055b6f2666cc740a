"""The outstanding points of a draft, as elements of our own that stand in ``otherAnalysis``.

They say what the marks of the draft already imply, for programs that do not want to find it again;
who reads the draft back finds it anew, and takes over the numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from resamend.akn.names import RS, attribute
from resamend.conflict import Findings, Option, Region
from resamend.consolidation import Sources


def point_elements(
    findings: Findings, numbers: Mapping[str, int], sources: Sources
) -> tuple[str, ...]:
    """Return an element, as it is written, for each outstanding point with its kinds and options.

    ``sources`` are all those of the draft, in its order: the n-th is ``#sn``.
    """
    keys = {source: f"#s{n}" for n, source in enumerate(sources, 1)}
    return tuple(_point(region, numbers.get(region.id), keys) for region in findings.outstanding)


def _point(region: Region, number: int | None, keys: Mapping[str, str]) -> str:
    kinds = " ".join([kind.value for kind in region.kinds])
    severity = f' severity="{region.kinds[0].severity.value}"' if kinds else ""
    target = attribute("target", region.target) if region.target else ""
    path = attribute("path", region.path) if region.path else ""
    numbered = "" if number is None else f' number="{number}"'
    options = "".join([_option(option, keys) for option in region.options])
    return (
        f'<rs:point xmlns:rs="{RS}" id="{region.id}"{numbered} kind="{kinds}"{severity}'
        f' stream="{region.stream.value}"{target} at="{region.lo},{region.hi}"{path}>'
        f"{options}</rs:point>"
    )


def _option(option: Option, keys: Mapping[str, str]) -> str:
    who = " ".join([keys[source] for source in option.sources])
    place = attribute("place", option.place) if option.place else ""
    way = f' way="{option.way.value}"' if option.way else ""
    # Not ``escaped``: a line break in an option stays one, since nothing of it is read back.
    text = option.text.translate(_SPECIAL) if _IS_SPECIAL(option.text) else option.text
    head = f'<rs:option id="{option.id}" deed="{option.deed.value}" of="{who}"{place}{way}'
    return f"{head}>{text}</rs:option>"


_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IS_SPECIAL = re.compile("[&<>\r]").search
