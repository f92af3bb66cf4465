"""Whoever changes the database behind the program's back is found out."""

import pytest
from sqlmodel import text

from claims.models import Snapshot
from claims.proof import is_headed_as
from tests.claims.builders import Newsroom


def tamper(newsroom: Newsroom, statement: str) -> None:
    """Run SQL that the program never would."""
    with newsroom.writing() as session:
        session.execute(text(statement))


def test_what_nobody_touched_is_whole(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim(outlets=("one", "two"))
    newsroom.publish(claim_id)
    newsroom.retract(newsroom.correct(claim_id, rating="true"))

    report = newsroom.proof()

    assert report.problems == ()
    assert report.events > 10


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE review SET summary = 'It is so.'", "review 1 is not what was published"),
        ("UPDATE review SET rating = 'true'", "review 1 is not what was published"),
        ("UPDATE review SET claim_text = 'Other words'", "review 1 is not what was published"),
        ("UPDATE evidence SET quote = 'Article 6'", "review 1 is not what was published"),
        ("UPDATE evidence SET url = 'https://elsewhere.example/'", "review 1 is not what was published"),
        ("DELETE FROM review_evidence", "review 1 is not what was published"),
        ("UPDATE review SET published_by_id = 4", "review 1 is not what was published"),
        ("UPDATE review SET published_at = '2026-11-01 00:00:00+00:00'", "review 1 is not what was published"),
        ("UPDATE review SET state = 'superseded'", "review 1 is superseded where the log says published"),
        ("UPDATE review SET content_sha256 = 'x'", "review 1 is not what was published"),
        ("UPDATE snapshot SET text_sha256 = 'x'", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET text = 'Other words'", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET title = 'Other words'", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET authors = '[\"Nobody\"]'", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET title = NULL", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET authors = NULL", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET authors = 'null'", "snapshot 1 is not what was fetched"),
        ("UPDATE body SET packed = X'01'", "snapshot 1 is not what was fetched"),
        ("DELETE FROM body", "snapshot 1 is not what was fetched"),
        ("UPDATE snapshot SET body_sha256 = 'x'", "snapshot 1 is not what was fetched"),
        ("UPDATE appearance SET exact = 'Other words'", "appearance 1 does not stand in snapshot 1"),
        ('UPDATE appearance SET "start" = 1', "appearance 1 does not stand in snapshot 1"),
        ("UPDATE audit_event SET actor = 'nobody' WHERE id = 3", "event 3 "),
        ("DELETE FROM audit_event WHERE id = 3", "event 3 is missing"),
    ],
)
def test_tampering_is_found(sqlite_newsroom: Newsroom, statement: str, problem: str) -> None:
    sqlite_newsroom.publish(sqlite_newsroom.claim())

    tamper(sqlite_newsroom, statement)

    assert any(problem in found for found in sqlite_newsroom.proof().problems)


def test_what_was_stored_before_the_log_told_headlines_is_whole() -> None:
    snapshot = Snapshot(title="A story", authors=None)

    assert is_headed_as(snapshot, {"body_sha256": "x"})
    assert not is_headed_as(snapshot, {"title": "A story", "authors": []})


def test_a_retraction_that_was_undone_is_found(sqlite_newsroom: Newsroom) -> None:
    review_id = sqlite_newsroom.publish(sqlite_newsroom.claim())
    sqlite_newsroom.retract(review_id)

    tamper(sqlite_newsroom, "UPDATE review SET state = 'published', retracted_at = NULL, retraction_reason = NULL")

    assert sqlite_newsroom.proof().problems == ("review 1 is published where the log says retracted",)


def test_a_deleted_review_is_found(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.publish(sqlite_newsroom.claim())

    tamper(sqlite_newsroom, "DELETE FROM review_evidence")
    tamper(sqlite_newsroom, "DELETE FROM review")

    assert "review 1 was deleted" in sqlite_newsroom.proof().problems


def test_a_log_that_lost_its_last_events_does_not_fit_what_is_stored(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.publish(sqlite_newsroom.claim())

    tamper(sqlite_newsroom, "DELETE FROM audit_event WHERE action = 'review:publish'")

    assert sqlite_newsroom.proof().problems == ("review 1 is not what was published",)
