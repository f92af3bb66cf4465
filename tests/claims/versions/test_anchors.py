"""Appearances are followed through the versions of their article, and never moved."""

from sqlmodel import col, select

from claims.models import Anchor, Appearance
from tests.claims.builders import FORCED, Newsroom

SOLD = "Greece sold forty old tanks to Cyprus in spring."


def anchors(newsroom: Newsroom) -> list[tuple[int, int, int | None]]:
    """Appearance, snapshot and start of every anchor."""
    with newsroom.reading() as session:
        rows = session.exec(select(Anchor).order_by(col(Anchor.snapshot_id), col(Anchor.appearance_id)))
        return [(row.appearance_id, row.snapshot_id, row.start) for row in rows]


def test_a_quote_is_found_in_the_next_version_and_stays_where_it_was_read(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    newsroom.take_in("An earlier line.", FORCED)

    assert anchors(newsroom) == [(1, 2, len("An earlier line.\n"))]
    with newsroom.reading() as session:
        kept = session.get_one(Appearance, 1)
    assert (kept.snapshot_id, kept.start) == (1, 0)
    assert newsroom.proof().problems == ()


def test_a_quote_that_was_taken_out_is_orphaned_until_it_comes_back(newsroom: Newsroom) -> None:
    for said in (FORCED, SOLD, FORCED):
        newsroom.take_in(said)

    assert anchors(newsroom) == [(1, 2, None), (1, 3, 0), (2, 3, None)]


def test_a_version_takes_only_new_statements(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)
    sqlite_newsroom.take_in(FORCED, SOLD)

    assert sqlite_newsroom.count(Appearance) == 2
    assert anchors(sqlite_newsroom) == [(1, 2, 0)]
