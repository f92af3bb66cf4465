"""The geometry of a bar for each day: sparklines and charts."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.drawing.days import Bar, day_chart, sparkline_bars


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=14))
def test_sparkline_bars_stand_on_the_base_and_fit(days: Sequence[int]):
    bars = sparkline_bars(days)

    assert [number for number, _, _ in bars] == list(range(len(days)))
    assert all(top + height == pytest.approx(16) and 0 <= height <= 16 for _, top, height in bars)
    assert all((height > 0) == (count > 0) for count, (_, _, height) in zip(days, bars, strict=True))


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
