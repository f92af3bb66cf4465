"""The geometry of the timeline."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims.drafts import Access, Stance, StatementKind
from claims.models import MatchState, ReviewState
from claims.queries.appearances import AppearanceView
from claims.queries.reviews import ReviewView
from claims.ratings import Rating
from web.drawing.axis import MAX_TICKS
from web.drawing.timeline import MAX_LANES, DotKind, Timeline, timeline

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


@given(st.lists(MOMENTS, min_size=1, max_size=20))
def test_all_that_is_drawn_lies_inside_the_picture(moments: list[datetime]):
    drawn = timeline([appearance("A", at=at) for at in moments], [])

    assert all(2 <= dot.x <= 98 for dot in drawn.lanes[0].dots)
    assert 1 <= len(drawn.ticks) <= MAX_TICKS
    assert all(2 <= tick.x <= 98 for tick in drawn.ticks)


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
