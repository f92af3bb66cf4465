"""The geometry of the pictures on pages: numbers in, numbers out; templates only write them down.

Across, positions are percent of the width, so that a picture fits a phone without shrinking its words; down, pixels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from claims.queries.appearances import AppearanceView
from claims.queries.reviews import ReviewView
from claims.ratings import MEANINGS, Rating

MAX_LANES = 12
LANE_PX = 44
VERSION_PX = 26
AXIS_PX = 30
LEFT, RIGHT = 2.0, 98.0
MAX_TICKS = 4
HOURS = (1, 2, 3, 6, 12, 24, 48, 72, 5 * 24, 7 * 24, 14 * 24)
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)
SPARK_PX = 16
DAY_PX, DAYS_PX = 4, 24


class DotKind(StrEnum):
    """How an appearance is drawn: the first one filled, copies hollow."""

    FIRST = "first"
    OWN = "own"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Dot:
    """One appearance on its outlet's lane."""

    x: float
    kind: DotKind


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet's line, its name above it and its dots on it."""

    name: str
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version of the verdict, as a line across all lanes; its label has a row of its own on top."""

    x: float
    label_y: int
    label: str
    anchor: str
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A time on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event of the timeline as a line of the table behind it."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline of a claim's appearances and verdicts; axis_y is where the lanes end."""

    height: int
    axis_y: int
    lanes: tuple[Lane, ...]
    versions: tuple[VersionLine, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[TimelineRow, ...]


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


def timeline(appearances: Sequence[AppearanceView], versions: Iterable[ReviewView]) -> Timeline:
    """The timeline of a claim: one lane for each outlet in the order they carried it, and a line for each verdict.

    Of more than 12 outlets the later ones share the last lane. Versions that were never published are left out.
    """
    ordered = sorted(appearances, key=lambda one: (one.appeared_at, one.appearance_id))
    published = sorted(
        ((review.published_at, review) for review in versions if review.published_at), key=lambda pair: pair[0]
    )
    moments = [one.appeared_at for one in ordered] + [at for at, _ in published]
    if not moments:
        return Timeline(0, 0, (), (), (), ())
    scale = Scale(min(moments), max(moments))
    top = VERSION_PX * len(published)
    lanes = lanes_of(ordered, scale, top)
    axis_y = top + LANE_PX * len(lanes)
    return Timeline(
        height=axis_y + AXIS_PX,
        axis_y=axis_y,
        lanes=lanes,
        versions=tuple(version_line(review, at, row, scale) for row, (at, review) in enumerate(published)),
        ticks=ticks_of(scale),
        rows=rows_of(ordered, published),
    )


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


def lanes_of(ordered: Sequence[AppearanceView], scale: Scale, top: int) -> tuple[Lane, ...]:
    """A lane for each outlet, or for all that come after the eleventh."""
    dots: dict[str, list[Dot]] = {}
    for number, one in enumerate(ordered):
        kind = DotKind.FIRST if number == 0 else DotKind.COPY if one.is_copy else DotKind.OWN
        dots.setdefault(one.outlet, []).append(Dot(scale.x(one.appeared_at), kind))
    named = list(dots.items())
    if len(named) > MAX_LANES:
        rest = named[MAX_LANES - 1 :]
        named[MAX_LANES - 1 :] = [(f"{len(rest)} more outlets", [dot for _, kept in rest for dot in kept])]
    return tuple(Lane(name, top + LANE_PX * row + LANE_PX - 10, tuple(kept)) for row, (name, kept) in enumerate(named))


def version_line(review: ReviewView, at: datetime, row: int, scale: Scale) -> VersionLine:
    """The line of a published version; its label leans inwards."""
    x = scale.x(at)
    return VersionLine(
        x=x,
        label_y=VERSION_PX * row + 14,
        label=version_label(review),
        anchor="end" if x > 50 else "start",
        rating=review.rating,
    )


def version_label(review: ReviewView) -> str:
    """A published version in a few words: "Verdict 2: False"."""
    rating = MEANINGS[review.rating].label if review.rating else "no rating"
    return f"Verdict {review.number}: {rating}"


def rows_of(
    ordered: Iterable[AppearanceView], published: Iterable[tuple[datetime, ReviewView]]
) -> tuple[TimelineRow, ...]:
    """All that the picture shows, in order of time."""
    carried = [
        TimelineRow(one.appeared_at, one.outlet, "First appearance" if number == 0 else what_appeared(one))
        for number, one in enumerate(ordered)
    ]
    judged = [TimelineRow(at, review.published_by or "", version_label(review)) for at, review in published]
    return tuple(sorted(carried + judged, key=lambda row: row.at))


def what_appeared(appearance: AppearanceView) -> str:
    """Whether an appearance has words of its own."""
    return "Copy" if appearance.is_copy else "Appearance"


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
