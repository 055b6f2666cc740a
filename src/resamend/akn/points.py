"""The outstanding points of a draft, as elements of our own that stand in ``otherAnalysis``.

They say what the marks of the draft already imply, for programs that do not want to find it again;
who reads the draft back finds it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from resamend.akn.names import RS, rs
from resamend.conflict import Findings, Region
from resamend.merge import Sources

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["point_elements"]


def point_elements(
    findings: Findings, numbers: Mapping[str, int], sources: Sources
) -> tuple[etree._Element, ...]:
    """Return an element for each outstanding point, with its kinds and options.

    ``sources`` are all those of the draft, in its order: the n-th is ``#sn``.
    """
    keys = {source: f"#s{n}" for n, source in enumerate(sources, 1)}
    return tuple(_point(region, numbers.get(region.id), keys) for region in findings.outstanding)


def _point(region: Region, number: int | None, keys: Mapping[str, str]) -> etree._Element:
    from lxml import etree

    point = etree.Element(rs("point"), nsmap={"rs": RS})
    told = {
        "id": region.id,
        "number": "" if number is None else str(number),
        "kind": " ".join(region.kinds),
        "severity": region.severity or "",
        "stream": region.stream,
        "target": region.target,
        "at": f"{region.lo},{region.hi}",
        "path": region.path,
    }
    for name, value in told.items():
        if value:
            point.set(name, str(value))
    for option in region.options:
        made = etree.SubElement(point, rs("option"), id=option.id, deed=option.deed)
        made.set("of", " ".join(keys[source] for source in option.sources))
        if option.place:
            made.set("place", option.place)
        if option.way:
            made.set("way", option.way)
        made.text = option.text
    return point
