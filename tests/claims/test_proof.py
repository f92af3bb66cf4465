"""Whoever changes the database behind the program's back is found out."""

import pytest
from sqlmodel import text

from claims import curation
from claims.models import Relation, Snapshot
from claims.proof import is_headed_as
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom

NEARLY = FORCED.replace("was forced", "had been forced")


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


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE match SET score = 1.0 WHERE id = 1", "match 1 is not what run 1 made"),
        ("UPDATE match SET score = 1.0 WHERE id = 3", "match 3 is not what run 3 made"),
        ("UPDATE match SET explanation = '{}' WHERE id = 3", "match 3 is not what run 3 made"),
        ("UPDATE match SET compared_with_id = 2 WHERE id = 3", "match 3 is not what run 3 made"),
        ("UPDATE match SET claim_id = 2 WHERE id = 3", "match 3 is not what run 3 made"),
        ("UPDATE match SET run_id = 1 WHERE id = 3", "match 3 is not what run 1 made"),
        ("UPDATE match SET run_id = NULL WHERE id = 3", "a match of appearance 3 that run 3 made was deleted"),
        ("DELETE FROM match WHERE id = 3", "a match of appearance 3 that run 3 made was deleted"),
        (
            "UPDATE match SET state = 'detached' WHERE id = 3",
            "match 3 is detached (same) where the log says confirmed (same)",
        ),
        (
            "UPDATE match SET relation = 'related' WHERE id = 3",
            "match 3 is confirmed (related) where the log says confirmed (same)",
        ),
        (
            "UPDATE match SET decided_by_id = 2 WHERE id = 3",
            "match 3 is said to be decided by another than machine, whom the log names",
        ),
        (
            "UPDATE match SET state = 'suggested' WHERE id = 5",
            "match 5 is suggested (related) where the log says rejected (related)",
        ),
        (
            "UPDATE match SET relation = 'same' WHERE id = 5",
            "match 5 is rejected (same) where the log says rejected (related)",
        ),
        (
            "UPDATE match SET decided_by_id = 1 WHERE id = 5",
            "match 5 is said to be decided by another than bo@desk.example, whom the log names",
        ),
        ("UPDATE match SET score = 99.0 WHERE id = 7", "match 7 is not what was made by hand"),
        (
            "UPDATE match SET state = 'confirmed' WHERE id = 6",
            "match 6 is confirmed (same) where the log says detached (same)",
        ),
        (
            "UPDATE match_run SET thresholds = '{}' WHERE id = 3",
            "match run 3 is not what the matcher did: it was made with other thresholds",
        ),
    ],
)
def test_a_match_that_is_not_what_was_made_and_decided_is_found(
    sqlite_newsroom: Newsroom, statement: str, problem: str
) -> None:
    newsroom = sqlite_newsroom
    newsroom.claim(FORCED), newsroom.claim(SNOW)
    newsroom.claim(NEARLY)
    newsroom.claim(FORCED.replace("was forced", "was never forced"))
    snow = newsroom.claim(SNOW, outlets=("two",))
    with newsroom.writing() as session:
        curation.reject(session, 5, by=newsroom.bo, seen_version=1, relation=Relation.RELATED, now=NOW)
        curation.split(session, snow, [5], "", by=newsroom.bo, seen_version=1, now=NOW)
    assert newsroom.proof().problems == ()

    with newsroom.writing() as session:
        session.execute(text("DROP INDEX uq_match_home"))
    tamper(newsroom, statement)

    assert problem in newsroom.proof().problems


def test_what_was_stored_before_runs_were_kept_is_not_sealed_rather_than_wrong(sqlite_newsroom: Newsroom) -> None:
    first, second = sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW)
    sqlite_newsroom.suggest(second, first)

    report = sqlite_newsroom.proof()

    assert (report.problems, report.unsealed) == ((), 1)


def test_a_run_that_was_deleted_with_what_it_said_is_told_once(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW)
    with sqlite_newsroom.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("DELETE FROM match_run WHERE id = 1")

    problems = sqlite_newsroom.proof().problems

    assert problems == ("match run 1 was deleted", "match run 1, which made 1 matches, was deleted")


def test_a_log_that_lost_its_last_events_does_not_fit_what_is_stored(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.publish(sqlite_newsroom.claim())

    tamper(sqlite_newsroom, "DELETE FROM audit_event WHERE action = 'review:publish'")

    assert sqlite_newsroom.proof().problems == ("review 1 is not what was published",)
