"""The geometry of the timeline and the sparkline."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drafts import Access, Stance, StatementKind
from claims.models import MatchState, ReviewState
from claims.queries.appearances import AppearanceView
from claims.queries.reviews import ReviewView
from claims.ratings import Rating
from web.drawing import (
    MAX_LANES,
    MAX_TICKS,
    Bar,
    DotKind,
    Scale,
    Timeline,
    day_chart,
    sparkline_bars,
    ticks_of,
    timeline,
)

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
MOMENTS = st.integers(0, 50 * 365 * 24 * 3600).map(lambda seconds: START - timedelta(seconds=seconds))


def test_each_outlet_has_a_lane_in_the_order_in_which_they_carried_it():
    drawn = timeline([appearance("Late", days=2), appearance("Early"), appearance("Late", days=5)], [])

    assert [lane.name for lane in drawn.lanes] == ["Early", "Late"]
    assert [len(lane.dots) for lane in drawn.lanes] == [1, 2]


def test_the_first_dot_is_filled_and_copies_are_hollow():
    drawn = timeline([appearance("A"), appearance("A", days=1, is_copy=True), appearance("A", days=2)], [])

    assert [dot.kind for dot in drawn.lanes[0].dots] == [DotKind.FIRST, DotKind.COPY, DotKind.OWN]


def test_time_runs_from_the_first_to_the_last_event():
    drawn = timeline([appearance("A"), appearance("A", days=1)], [version(1, days=4)])

    assert [dot.x for dot in drawn.lanes[0].dots] == [2.0, 26.0]
    assert drawn.versions[0].x == 98.0


def test_what_happened_all_at_once_stands_in_the_middle():
    assert timeline([appearance("A")], []).lanes[0].dots[0].x == 50.0


def test_versions_have_a_label_on_a_row_of_their_own_and_drafts_have_none():
    drawn = timeline([appearance("A")], [version(2, days=3), version(1, days=1), version(3, days=None)])

    assert [line.label for line in drawn.versions] == ["Verdict 1: False", "Verdict 2: False"]
    assert drawn.versions[0].label_y < drawn.versions[1].label_y < drawn.lanes[0].y


def test_many_outlets_share_the_last_lane():
    drawn = timeline([appearance(f"Outlet {number:02}", days=number) for number in range(30)], [])

    assert len(drawn.lanes) == MAX_LANES
    assert drawn.lanes[-1].name == "19 more outlets"
    assert len(drawn.lanes[-1].dots) == 19


def test_the_table_holds_all_that_is_drawn_in_order_of_time():
    drawn = timeline([appearance("A"), appearance("B", days=2, is_copy=True)], [version(1, days=1)])

    assert [(row.who, row.what) for row in drawn.rows] == [
        ("A", "First appearance"),
        ("Bo", "Verdict 1: False"),
        ("B", "Copy"),
    ]


def test_nothing_to_draw_is_an_empty_picture():
    assert timeline([], []) == Timeline(0, 0, (), (), (), ())


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (timedelta(hours=5), ["2 Mar 10:00", "2 Mar 12:00"]),
        (timedelta(days=9), ["3 Mar 2026", "6 Mar", "9 Mar"]),
        (timedelta(days=80), ["Apr 2026", "May"]),
        (timedelta(days=3_000), ["2028", "2030", "2032", "2034"]),
    ],
)
def test_the_axis_names_round_times(span: timedelta, labels: list[str]):
    ticks = ticks_of(Scale(START, START + span))

    assert [tick.label for tick in ticks] == labels


@given(st.lists(MOMENTS, min_size=1, max_size=20))
def test_all_that_is_drawn_lies_inside_the_picture(moments: list[datetime]):
    drawn = timeline([appearance("A", at=at) for at in moments], [])

    assert all(2 <= dot.x <= 98 for dot in drawn.lanes[0].dots)
    assert 1 <= len(drawn.ticks) <= MAX_TICKS
    assert all(2 <= tick.x <= 98 for tick in drawn.ticks)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=14))
def test_sparkline_bars_stand_on_the_base_and_fit(days: Sequence[int]):
    bars = sparkline_bars(days)

    assert [number for number, _, _ in bars] == list(range(len(days)))
    assert all(top + height == pytest.approx(16) and 0 <= height <= 16 for _, top, height in bars)
    assert all((height > 0) == (count > 0) for count, (_, _, height) in zip(days, bars, strict=True))


def appearance(outlet: str, *, days: float = 0, is_copy: bool = False, at: datetime | None = None) -> AppearanceView:
    """An appearance in an outlet, some days after the start."""
    return AppearanceView(
        appearance_id=1,
        exact="words",
        prefix="",
        suffix="",
        start=0,
        end=5,
        wording="words",
        claimant=None,
        cue=None,
        stance=Stance.ASSERTS,
        kind=StatementKind.INDIRECT,
        check_worthiness=0.5,
        outlet_id=1,
        outlet=outlet,
        article_id=1,
        article_url="https://example.org/1",
        article_title="A story",
        language="en",
        origin=None,
        access=Access.OPEN,
        published_at=None,
        appeared_at=at or START + timedelta(days=days),
        snapshot_id=1,
        snapshot_sha256="",
        is_copy=is_copy,
        match_id=1,
        match_state=MatchState.CONFIRMED,
        match_version=1,
        match_score=100.0,
        decided_by=None,
    )


def version(number: int, *, days: float | None) -> ReviewView:
    """A version of a verdict, published some days after the start, or not at all."""
    return ReviewView(
        review_id=number,
        number=number,
        version=1,
        state=ReviewState.PUBLISHED,
        rating=Rating.FALSE,
        summary="",
        claim_text="words",
        author="Ada",
        contributor_ids=(1,),
        created_at=START,
        submitted_at=None,
        change_request="",
        published_by="Bo",
        published_at=None if days is None else START + timedelta(days=days),
        override_reason=None,
        content_sha256=None,
        retracted_at=None,
        retraction_reason=None,
        correction=None,
        evidence=(),
    )


def test_a_day_has_a_bar_and_the_quiet_after_the_last_one_is_known():
    chart = day_chart((0, 2, 1, 0, 0), date(2026, 3, 4))

    assert chart.bars == (Bar(4, 0.0, 24.0), Bar(8, 11.5, 12.5))
    assert (chart.width, chart.quiet_x) == (19, 12)
    assert chart.rows[1] == (date(2026, 3, 1), 2)
    assert chart.words == "3 articles in 5 days, most on 1 March: 2; the last on 2 March"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0, 0), "No article in 2 days"),
        ((0, 1), "1 article in 2 days, most on 4 March: 1"),
        ((1200, 3), "1,203 articles in 2 days, most on 3 March: 1,200"),
    ],
)
def test_a_chart_is_told_in_words(days: tuple[int, ...], words: str):
    assert day_chart(days, date(2026, 3, 4)).words == words


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_a_chart_stays_inside_its_picture_and_leaves_no_day_out(days: list[int]):
    chart = day_chart(days, date(2026, 3, 4))

    assert len(chart.bars) == sum(count > 0 for count in days)
    assert all(bar.top >= 0 and bar.top + bar.height <= chart.height + 0.1 for bar in chart.bars)
    assert all(bar.x + 3 <= chart.width for bar in chart.bars)
    assert sum(count for _, count in chart.rows) == sum(days)
