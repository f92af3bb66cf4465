"""The round times on an axis."""

from datetime import UTC, datetime, timedelta

import pytest

from web.drawing.axis import Scale, ticks_of

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


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
