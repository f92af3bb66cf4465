"""How much there was on each day, as bars and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SPARK_PX = 16
DAY_PX, DAYS_PX = 4, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One day's bar, all in pixels; days without one are left out."""

    x: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class DayChart:
    """How much was published on each day: its bars, where the quiet after the last of them begins, and the words."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    quiet_x: int
    words: str
    rows: tuple[tuple[date, int], ...]


def sparkline_bars(days: Sequence[int], height_px: int = SPARK_PX) -> tuple[tuple[int, float, float], ...]:
    """For each day its number, and the top and height in pixels of its bar; the fullest day fills the height."""
    most = max(days, default=0) or 1
    heights = [round(count / most * (height_px - 1), 1) + (1 if count else 0) for count in days]
    return tuple((number, round(height_px - height, 1), height) for number, height in enumerate(heights))


def day_chart(days: Sequence[int], last_on: date) -> DayChart:
    """Articles on each of the days up to last_on, as bars, with the same in words."""
    bars = tuple(Bar(DAY_PX * place, top, height) for place, top, height in sparkline_bars(days, DAYS_PX) if height)
    first_on = last_on - timedelta(days=len(days) - 1)
    rows = tuple((first_on + timedelta(days=place), count) for place, count in enumerate(days))
    quiet_x = bars[-1].x + DAY_PX if bars else 0
    return DayChart(DAY_PX * len(days) - 1, DAYS_PX, bars, quiet_x, words_for(rows), rows)


def words_for(rows: Sequence[tuple[date, int]]) -> str:
    """How many articles there were, the fullest day and the last one: what a glance at the bars gives."""
    total = sum(count for _, count in rows)
    if not total:
        return f"No article in {len(rows)} days"
    most_on, most = max(rows, key=lambda row: row[1])
    last_on = max(on for on, count in rows if count)
    articles = "article" if total == 1 else "articles"
    said = f"{total:,} {articles} in {len(rows)} days, most on {named_day(most_on)}: {most:,}"
    return said if last_on == rows[-1][0] else f"{said}; the last on {named_day(last_on)}"


def named_day(on: date) -> str:
    """A day without its year: "4 March"."""
    return f"{on.day} {on:%B}"
