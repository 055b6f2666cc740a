"""The colours of sources, each measured against the ground on which it is printed.

The eight for a light ground keep 4.5:1 on white and stay apart for colour-blind readers. They fail
on a dark one; the eight for that keep 4.5:1 up to #2a2a2a, and any two of them are at least 22
apart (CIE76; 18 for the light ones) as seen with each kind of colour blindness (Machado 2009). A
terminal does not say which ground it has: the third eight keep 4.5:1 on white and on black alike,
which leaves them one luminance (0.175 to 0.183) and little but their hue.

A ninth source takes the first colour again, with another line. Colour never says anything alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Ground(StrEnum):
    """Say on what ground colours are printed."""

    LIGHT = "light"
    DARK = "dark"
    ANY = "any"


PALETTES: Mapping[Ground, tuple[str, ...]] = {
    Ground.LIGHT: (
        "#5060ff", "#db1c00", "#395146", "#740200", "#44335c", "#0100da", "#846f80", "#158756"
    ),
    Ground.DARK: (
        "#1896fc", "#dd65ba", "#7c9a83", "#d39f34", "#e7df84", "#72eff4", "#a19357", "#b1e6bc"
    ),
    Ground.ANY: (
        "#4765ff", "#e12d06", "#577d6b", "#b06119", "#8f5bd0", "#0b78c8", "#a75b96", "#138748"
    )
}  # fmt: skip
"""Eight colours for each ground, those of one place as near in hue as they can be."""


def colour_indexes(sources: Sequence[str], kept: Mapping[str, int] | None = None) -> dict[str, int]:
    """Give each source its colour's number, from 0: the one it has, else the first free one.

    >>> colour_indexes(["CHN/1", "RUS/1"], {"RUS/1": 0})
    {'CHN/1': 1, 'RUS/1': 0}
    """
    taken = {id: number for id, number in (kept or {}).items() if id in sources}
    free = (n for n in range(len(sources) + len(taken)) if n not in taken.values())
    return {id: taken[id] if id in taken else next(free) for id in sorted(sources)}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb`` (WCAG 2.2, from 1 to 21).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
