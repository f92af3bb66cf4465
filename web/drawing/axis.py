"""Time across a picture: where a moment lies, and which round times are named below it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LEFT, RIGHT = 2.0, 98.0
MAX_TICKS = 4
HOURS = (1, 2, 3, 6, 12, 24, 48, 72, 5 * 24, 7 * 24, 14 * 24)
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Scale:
    """The stretch of time that is drawn, and where on it a time lies."""

    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """The place of a time in percent; the middle where all happened at once."""
        span_s = (self.end - self.start).total_seconds()
        share = (at - self.start).total_seconds() / span_s if span_s else 0.5
        return round(LEFT + share * (RIGHT - LEFT), 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A time on the axis."""

    x: float
    label: str
    anchor: str


def ticks_of(scale: Scale) -> tuple[Tick, ...]:
    """At most four round times within the scale, or its start where there is none; a year is named once."""
    moments, form = round_times(scale)
    ticks, last_year = [], 0
    for at in moments or [scale.start]:
        year = f" {at.year}" if at.year != last_year and form in {"%d %b", "%b"} else ""
        last_year = at.year
        x = scale.x(at)
        ticks.append(Tick(x, f"{at.strftime(form).lstrip('0')}{year}", anchor_at(x)))
    return tuple(ticks)


def round_times(scale: Scale) -> tuple[list[datetime], str]:
    """The round times within a scale, by the smallest step that gives at most four, and how to write them."""
    for hours in HOURS:
        moments = every_hours(scale, hours)
        if len(moments) <= MAX_TICKS:
            return moments, "%d %b" if hours >= 24 else "%d %b %H:%M"
    for months in MONTHS:
        moments = every_months(scale, months)
        if len(moments) <= MAX_TICKS:
            return moments, "%b" if months < 12 else "%Y"
    return [], "%Y"


def every_hours(scale: Scale, hours: int) -> list[datetime]:
    """The times within the scale that lie this many hours apart, counted from a Monday's midnight."""
    monday, step = datetime(2001, 1, 1, tzinfo=UTC), timedelta(hours=hours)
    if (scale.end - scale.start) / step > MAX_TICKS + 1:
        return [scale.start] * (MAX_TICKS + 1)  # too many to list
    at = monday + -(-(scale.start - monday) // step) * step
    moments = []
    while at <= scale.end:
        moments.append(at)
        at += step
    return moments


def every_months(scale: Scale, months: int) -> list[datetime]:
    """The firsts of month within the scale that lie this many months apart, counted from January of year 1."""
    first = scale.start.year * 12 + scale.start.month - 1
    last = scale.end.year * 12 + scale.end.month - 1
    numbers = range(-(-first // months) * months, last + 1, months)
    moments = (datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in numbers)
    return [at for at in moments if scale.start <= at]


def anchor_at(x: float) -> str:
    """On which side of its place a label stands so that it stays inside the picture."""
    return "start" if x < 12 else "end" if x > 88 else "middle"
