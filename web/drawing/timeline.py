"""A claim's timeline: a lane for each outlet, a dot for each appearance, a line for each verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.queries.appearances import AppearanceView
from claims.queries.reviews import ReviewView
from claims.ratings import MEANINGS, Rating
from web.drawing.axis import Scale, Tick, ticks_of

MAX_LANES = 12
LANE_PX = 44
VERSION_PX = 26
AXIS_PX = 30


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
