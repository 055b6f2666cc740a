"""The outstanding points of a draft, as elements of our own that stand in ``otherAnalysis``.

They say what the marks of the draft already imply, for programs that do not want to find it again;
who reads the draft back finds it anew, and takes over the numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from resamend.akn.names import RS, attribute
from resamend.conflict import Findings, Option, Region
from resamend.merge import Sources

__all__ = ["point_elements"]


def point_elements(
    findings: Findings, numbers: Mapping[str, int], sources: Sources
) -> tuple[str, ...]:
    """Return an element, as it is written, for each outstanding point with its kinds and options.

    ``sources`` are all those of the draft, in its order: the n-th is ``#sn``.
    """
    keys = {source: f"#s{n}" for n, source in enumerate(sources, 1)}
    return tuple(_point(region, numbers.get(region.id), keys) for region in findings.outstanding)


def _point(region: Region, number: int | None, keys: Mapping[str, str]) -> str:
    told = {
        "xmlns:rs": RS,
        "id": region.id,
        "number": "" if number is None else str(number),
        "kind": " ".join(region.kinds),
        "severity": region.severity or "",
        "stream": region.stream,
        "target": region.target,
        "at": f"{region.lo},{region.hi}",
        "path": region.path,
    }
    options = "".join([_option(option, keys) for option in region.options])
    return f"<rs:point{_attributes(told)}>{options}</rs:point>"


def _option(option: Option, keys: Mapping[str, str]) -> str:
    told = {
        "id": option.id,
        "deed": option.deed,
        "of": " ".join([keys[source] for source in option.sources]),
        "place": option.place,
        "way": option.way or "",
    }
    text = option.text.translate(_SPECIAL) if _IS_SPECIAL(option.text) else option.text
    return f"<rs:option{_attributes(told)}>{text}</rs:option>"


def _attributes(told: Mapping[str, str]) -> str:
    return "".join([attribute(name, said) for name, said in told.items() if said])


_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IS_SPECIAL = re.compile("[&<>\r]").search
