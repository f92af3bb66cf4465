"""The geometry of the matching page's picture."""

from claims.matching import Thresholds
from claims.queries.proposals import Outcome, Proposed
from claims.queries.suggestions import Band
from web.drawing.precision import LEFT, RIGHT, ROW_PX, TOP_PX, picture

AT = Thresholds(group=64.0, suggest=44.0)


def band(low: int, right: int, wrong: int) -> Band:
    """A band in which people decided so many."""
    return Band(low, low + 10, Proposed.SAME, {Outcome.CONFIRMED: right, Outcome.DISTINCT: wrong})


def test_high_scores_stand_above_low_ones_in_rows_of_their_own() -> None:
    drawing = picture([band(90, 9, 1), band(40, 1, 9)], AT)

    assert [mark.y for mark in drawing.marks] == [TOP_PX + ROW_PX / 2, TOP_PX + 5.5 * ROW_PX]
    assert drawing.axis_y == TOP_PX + 6 * ROW_PX


def test_a_share_lies_within_its_interval_and_the_picture() -> None:
    (mark,) = picture([band(70, 3, 7)], AT).marks

    assert LEFT < mark.x_low < mark.x < mark.x_high < RIGHT
    assert mark.x == round(LEFT + 0.3 * (RIGHT - LEFT), 2)


def test_the_thresholds_lie_where_their_scores_do_and_displace_labels_that_they_would_touch() -> None:
    drawing = picture([band(70, 3, 7)], AT)

    assert [(line.score, line.y) for line in drawing.thresholds] == [
        (64.0, round(TOP_PX + 3.6 * ROW_PX, 1)),
        (44.0, round(TOP_PX + 5.6 * ROW_PX, 1)),
    ]
    assert [level.score for level in drawing.levels if not level.is_labelled] == [60, 40]
    assert drawing.levels[-1].score == 40
