"""Shares and their intervals by score, high scores on top: the picture of the matching page."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.matching import Thresholds
from claims.queries.suggestions import BAND, Band, Share

ROW_PX = 36
TOP_PX = 36
AXIS_PX = 28
LEFT, RIGHT = 15.0, 72.0
# A score's label gives way to a threshold's where the two would touch.
CLEARANCE_PX = 15


@dataclass(frozen=True, slots=True)
class Mark:
    """A band's share as a dot with its interval; without places where there are too few decisions to draw one."""

    y: float
    share: Share
    x: float
    x_low: float
    x_high: float


@dataclass(frozen=True, slots=True)
class Level:
    """A score on the axis that runs down; is_labelled unless a threshold's label stands there."""

    y: float
    score: float
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Shares by score: marks for bands, levels between them, the two thresholds, and percentages along the bottom."""

    height: float
    axis_y: float
    left: float
    right: float
    marks: tuple[Mark, ...]
    levels: tuple[Level, ...]
    thresholds: tuple[Level, ...]
    ticks: tuple[tuple[float, str], ...]


def picture(bands: Sequence[Band], thresholds: Thresholds) -> Picture:
    """The picture of these bands, from 100 down to the lowest of them or of the thresholds."""
    lines = (thresholds.group, thresholds.suggest)
    lowest = int(min([band.low for band in bands] + [line // BAND * BAND for line in lines]))
    scores = range(100, lowest - 1, -BAND)
    axis_y = y_of(lowest)
    places = [y_of(line) for line in lines]
    return Picture(
        height=axis_y + AXIS_PX,
        axis_y=axis_y,
        left=LEFT,
        right=RIGHT,
        marks=tuple(mark(band) for band in bands if band.total),
        levels=tuple(Level(y_of(score), score, is_clear(y_of(score), places)) for score in scores),
        thresholds=tuple(Level(y, line, True) for y, line in zip(places, lines, strict=True)),
        ticks=tuple((x_of(percent / 100), f"{percent}%") for percent in (0, 50, 100)),
    )


def mark(band: Band) -> Mark:
    """A band's mark, in the middle of its row."""
    share = band.precision
    return Mark(
        y=y_of(band.low + BAND / 2),
        share=share,
        x=x_of(share.value),
        x_low=x_of(share.low),
        x_high=x_of(share.high),
    )


def y_of(score: float) -> float:
    """The place of a score, in pixels from the top."""
    return round(TOP_PX + (100 - score) / BAND * ROW_PX, 1)


def x_of(share: float) -> float:
    """The place of a share, in percent of the width."""
    return round(LEFT + share * (RIGHT - LEFT), 2)


def is_clear(y: float, places: Sequence[float]) -> bool:
    """Whether a label at y touches none of these."""
    return all(abs(y - place) >= CLEARANCE_PX for place in places)
