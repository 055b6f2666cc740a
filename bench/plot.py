"""Draw what was measured: bars against the floor, and how time grows. SVG, by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from msgspec import Struct

from bench.registry import find_tool
from bench.results import Measured, Results

WIDTH, LEFT, RIGHT, ROW = 900, 256, 84, 24
OURS_COLOUR, PEER_COLOUR, FLOOR_COLOUR = "#0b63ce", "#9aa5b1", "#4a5560"
FLOOR, OURS, COMPARE = "floors:floor", "ours:consolidate", "ours:compare"

_STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 15px }
.small { font-size: 11.5px; fill: #57606a }
.ours { font-weight: 600; fill: #0b63ce }
.grid { stroke: #d8dee4; stroke-width: 1 }
.floor { stroke: #4a5560; stroke-width: 1.5; stroke-dasharray: 4 3 }
"""


class _Scale(Struct, frozen=True):
    """Put values of several magnitudes on a line, tenfold steps equally far apart."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> _Scale:
        return cls(floor(log10(min(values))), ceil(log10(max(values))), start, end)

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(round(self.low), round(self.high) + 1)]


def plot(results: Results) -> str:
    """Return the drawing: N texts, two texts, growth, one below the other."""
    pair = next(m for m in results.pairs if m.case.provisions == 300)
    parts: list[str] = []
    top = 16.0
    for title, measured in (
        (f"{results.many.case}: all proposals into one draft, time × floor", results.many),
        ("Two texts of 300 provisions: what differs, time × floor", pair),
    ):
        drawn = _Bars(measured, top)
        parts += [_text(16, top + 14, title, "title"), *drawn.parts()]
        top += drawn.height + 30
    parts += [_text(16, top + 14, "How the time grows", "title")]
    parts += _growth(results, top + 30)
    return _page(parts, top + 30 + _GROWTH_HEIGHT)


def _page(parts: Sequence[str], height: float) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        'aria-label="Time of resamend and other tools, against the time to read and write the XML">'
    )
    ground = f'<rect width="{WIDTH}" height="{height:.0f}" rx="8" fill="#ffffff"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", ground, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _short(value: float) -> str:
    """Write a figure shortly.

    >>> _short(0.5), _short(2.53), _short(25.3), _short(1903.2)
    ('0.5', '2.5', '25', '1,903')
    """
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


# -- bars -----------------------------------------------------------------------------------------


class _Bars:
    """Draw a bar for each tool, the quickest first, on a scale of magnitudes."""

    def __init__(self, measured: Measured, top: float) -> None:
        self.measured = measured
        self.top = top + 26
        tools = (f.tool for f in measured.figures if not f.tool.startswith("floors:"))
        self.tools = sorted(tools, key=measured.ratio)
        ratios = [measured.ratio(tool) for tool in self.tools]
        self.scale = _Scale.over([1.0, *ratios], LEFT, WIDTH - RIGHT)
        self.foot = self.top + ROW * len(self.tools)
        self.height = self.foot - top + 22

    def parts(self) -> Iterator[str]:
        for tick in self.scale.ticks():
            x = self.scale.at(tick)
            yield _line(x, self.top, x, self.foot, "grid")
            yield _text(
                x, self.foot + 16, f"{_short(tick).removesuffix('.0')} ×", "small", "middle"
            )
        for number, tool in enumerate(self.tools):
            yield from self._bar(tool, self.top + ROW * number)
        x = self.scale.at(1)
        yield _line(x, self.top - 4, x, self.foot, "floor")

    def _bar(self, tool: str, y: float) -> Iterator[str]:
        ours = tool.startswith("ours:")
        ratio, start = self.measured.ratio(tool), self.scale.start
        end = max(self.scale.at(ratio), start + 2)
        more = "> " if self.measured.of(tool).stopped else ""
        kind = "ours" if ours else ""
        yield _text(LEFT - 10, y + 16, find_tool(tool).name, kind, "end")
        yield (
            f'<rect x="{start:.1f}" y="{y + 4:.1f}" width="{end - start:.1f}" height="{ROW - 8}" '
            f'rx="3" fill="{OURS_COLOUR if ours else PEER_COLOUR}"/>'
        )
        yield _text(end + 6, y + 16, f"{more}{_short(ratio)} ×", kind)


# -- growth ---------------------------------------------------------------------------------------

_GROWTH_HEIGHT = 260


class _Series(Struct, frozen=True):
    name: str
    colour: str
    points: tuple[tuple[float, float], ...]


def _growth(results: Results, top: float) -> Iterator[str]:
    """Draw time over P and over N, side by side."""
    half = WIDTH / 2
    by_p = [m for m in results.sizes if m.case.sources == 30]
    by_n = [m for m in results.sizes if m.case.provisions == 300]
    yield from _lines(_series(by_p, "P"), 64, half - 70, top, "provisions, at N = 30")
    yield from _lines(_series(by_n, "N"), half + 50, WIDTH - RIGHT, top, "sources, at P = 300")


def _series(line: Sequence[Measured], by: str) -> list[_Series]:
    def points(tool: str) -> tuple[tuple[float, float], ...]:
        size = [m.case.provisions if by == "P" else m.case.sources for m in line]
        return tuple(zip(size, (m.of(tool).seconds for m in line), strict=True))

    return [
        _Series("resamend", OURS_COLOUR, points(OURS)),
        _Series("floor", FLOOR_COLOUR, points(FLOOR)),
    ]


def _lines(
    series: Sequence[_Series], left: float, right: float, top: float, name: str
) -> Iterator[str]:
    bottom = top + _GROWTH_HEIGHT - 60
    across = _Scale.over([x for each in series for x, _ in each.points], left, right)
    up = _Scale.over([y for each in series for _, y in each.points], bottom, top)
    for tick in up.ticks():
        yield _line(left, up.at(tick), right, up.at(tick), "grid")
        label = f"{tick * 1000:g} ms" if tick < 1 else f"{tick:g} s"
        yield _text(left - 8, up.at(tick) + 4, label, "small", "end")
    for tick in across.ticks():
        yield _text(across.at(tick), bottom + 18, f"{tick:,.0f}", "small", "middle")
    yield _text((left + right) / 2, bottom + 38, name, "small", "middle")
    for each in series:
        yield from _curve(each, across, up)


def _curve(series: _Series, across: _Scale, up: _Scale) -> Iterator[str]:
    places = [(across.at(x), up.at(y)) for x, y in series.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{series.colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{series.colour}"/>'
    x, y = places[-1]
    yield _text(x + 8, y + 4, series.name, "ours" if series.colour == OURS_COLOUR else "small")
