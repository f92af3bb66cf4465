"""The plot of cost against n as SVG: small multiples with one scale, both axes logarithmic, each line named at its end.

Numbers in, text out. The colours are those of the pages, light or dark as the reader's system asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

WIDTH, HEIGHT = 920, 420
TOP, BOTTOM, LEFT, RIGHT = 84, 356, 76, 108
GAP: Final = 170
SUPERSCRIPTS: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
LABEL_PX: Final = 16
STYLE: Final = """
svg { color-scheme: light dark; --paper: #fcfbf8; --ink: #1a1c1f; --quiet: #5a5d61; --rule: #d9d6cf; --accent: #12408f }
@media (prefers-color-scheme: dark) {
  svg { --paper: #16181b; --ink: #e9e6df; --quiet: #a3a6aa; --rule: #3a3d41; --accent: #93b8ff }
}
rect { fill: var(--paper) }
text { fill: var(--ink); font: 13px system-ui, sans-serif; font-variant-numeric: tabular-nums }
.title { font: 600 18px Charter, "Bitstream Charter", Georgia, serif }
.panel { font-weight: 600 }
.tick { fill: var(--quiet) }
.grid { stroke: var(--rule) }
.ours { --hue: var(--accent) }
.theirs { --hue: var(--quiet) }
polyline { fill: none; stroke: var(--hue); stroke-width: 2 }
.theirs polyline { stroke-dasharray: 5 4 }
circle, .ours text, .theirs text { fill: var(--hue) }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A named course of positive costs over n, in order of n."""

    name: str
    is_ours: bool
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of several, with its lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch between two powers of ten, and the pixels at its ends."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a positive value."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def powers(self) -> range:
        """The powers of ten from end to end."""
        return range(self.low, self.high + 1)


def cost_plot(panels: Sequence[Panel], title: str, across: str, down: str) -> str:
    """The SVG of at least one panel with at least one point; across and down say what the axes count, with units."""
    ns = [n for panel in panels for line in panel.lines for n, _ in line.points]
    costs = [cost for panel in panels for line in panel.lines for _, cost in line.points]
    y = scale(costs, BOTTOM, TOP)
    width = (WIDTH - LEFT - RIGHT - GAP * (len(panels) - 1)) / len(panels)
    parts = [f'<text class="title" x="{LEFT}" y="30">{escape(title)}</text>']
    parts.append(f'<text class="tick" x="{LEFT}" y="52">{escape(down)}, both axes logarithmic</text>')
    for number, panel in enumerate(panels):
        start = LEFT + number * (width + GAP)
        parts += panel_parts(panel, scale(ns, start, start + width), y, across)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img"'
    body = "\n".join(parts)
    label = escape(description(panels, title))
    return f'{head} aria-label="{label}">\n<style>{STYLE}</style>\n<rect width="100%" height="100%"/>\n{body}\n</svg>\n'


def scale(values: Sequence[float], start: float, end: float) -> Scale:
    """The scale of whole powers of ten around the values."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return Scale(low, max(high, low + 1), start, end)


def panel_parts(panel: Panel, x: Scale, y: Scale, across: str) -> Iterator[str]:
    """The panel's axes, and its lines with their names."""
    yield f'<text class="panel" x="{x.start}" y="{TOP - 10}">{escape(panel.title)}</text>'
    for power in y.powers:
        at = y.at(10.0**power)
        yield f'<line class="grid" x1="{x.start}" x2="{x.end}" y1="{at}" y2="{at}"/>'
        yield f'<text class="tick" x="{x.start - 8}" y="{at + 4}" text-anchor="end">{power_of_ten(power)}</text>'
    for power in x.powers:
        at = x.at(10.0**power)
        yield f'<line class="grid" x1="{at}" x2="{at}" y1="{TOP}" y2="{BOTTOM + 6}"/>'
        yield f'<text class="tick" x="{at}" y="{BOTTOM + 22}" text-anchor="middle">{power_of_ten(power)}</text>'
    middle = (x.start + x.end) / 2
    yield f'<text class="tick" x="{middle}" y="{BOTTOM + 46}" text-anchor="middle">{escape(across)}</text>'
    for line, label_y in zip(panel.lines, label_heights(panel.lines, y), strict=True):
        yield from line_parts(line, x, y, label_y)


def line_parts(line: Line, x: Scale, y: Scale, label_y: float) -> Iterator[str]:
    """The line, its points with what they stand for on hover, and its name right of its end."""
    places = [(x.at(n), y.at(cost)) for n, cost in line.points]
    course = " ".join(f"{across},{down}" for across, down in places)
    yield f'<g class="{"ours" if line.is_ours else "theirs"}"><polyline points="{course}"/>'
    for (across, down), (n, cost) in zip(places, line.points, strict=True):
        yield f'<circle cx="{across}" cy="{down}" r="4"><title>{n:,}: {cost:,.0f} µs</title></circle>'
    yield f'<text x="{places[-1][0] + 10}" y="{label_y + 4}">{escape(line.name)}</text></g>'


def label_heights(lines: Sequence[Line], y: Scale) -> list[float]:
    """How high each line's name stands: at the line's end, or moved down from a name that would touch it."""
    ends = [y.at(line.points[-1][1]) for line in lines]
    order = sorted(range(len(lines)), key=ends.__getitem__)
    heights = list(ends)
    for above, below in pairwise(order):
        heights[below] = max(heights[below], heights[above] + LABEL_PX)
    return heights


def power_of_ten(power: int) -> str:
    """A power of ten as people read it: 1,000 and 10⁶."""
    return f"{10**power:,}" if 0 <= power <= 5 else f"10{str(power).translate(SUPERSCRIPTS)}"


def description(panels: Sequence[Panel], title: str) -> str:
    """All that the picture shows, in words, for those who cannot see it."""
    told = [
        f"{panel.title}, {line.name}: " + ", ".join(f"{cost:,.0f} at {n:,}" for n, cost in line.points)
        for panel in panels
        for line in panel.lines
    ]
    return f"{title}. {'; '.join(told)}."
