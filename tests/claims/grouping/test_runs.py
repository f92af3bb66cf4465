"""Every intake that placed something is a run: kept with what it was given, sealed, pointed to by its matches."""

import dataclasses
import json
import zlib

import pytest
from sqlmodel import col, select, text

from claims import curation
from claims.grouping import runs
from claims.matching import THRESHOLDS, shipped_scorer
from claims.models import AuditEvent, Match, MatchRun, MatchRunKind
from claims.queries.events import sentence_of
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom

NOT_FORCED = FORCED.replace("was forced", "was not forced")


def run_of(newsroom: Newsroom, run_id: int) -> MatchRun:
    """The run's row as it is stored now."""
    with newsroom.reading() as session:
        return session.get_one(MatchRun, run_id)


def test_an_intake_that_placed_appearances_is_a_run_with_all_that_it_did(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, url="https://one.example/1")
    newsroom.take_in(NOT_FORCED, SNOW, url="https://two.example/1")

    run = run_of(newsroom, 2)
    made = json.loads(runs.result_of(run))

    assert (run.kind, run.actor, run.matcher_version) == (MatchRunKind.INTAKE, "machine", shipped_scorer().version)
    assert (run.thresholds, run.last_appearance_id) == (dataclasses.asdict(THRESHOLDS), 3)
    assert (run.started_at, run.finished_at) == (NOW, NOW)
    assert run.counts == {"appearances": 2, "claims": 2, "suggestions": 1}
    assert [(one["appearance"], one["claim"], one["state"], one["relation"]) for one in made] == [
        (2, 2, "confirmed", "same"),
        (2, 1, "suggested", "contradicts"),
        (3, 3, "confirmed", "same"),
    ]
    assert runs.given_to(run)["placings"][0]["candidates"] == [
        {"claim": 1, "published": False, "members": [1], "decided": []}
    ]


def test_a_run_says_what_the_stored_matches_say(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, url="https://one.example/1")
    newsroom.take_in(NOT_FORCED, FORCED, url="https://two.example/1")

    made = json.loads(runs.result_of(run_of(newsroom, 2)))

    with newsroom.reading() as session:
        stored = session.exec(select(Match).where(Match.run_id == 2).order_by(col(Match.id))).all()
    assert [(m.claim_id, m.compared_with_id, m.score, m.explanation) for m in stored] == [
        (one["claim"], one["compared_with"], one["score"], one["explanation"]) for one in made
    ]


def test_a_run_is_sealed_in_the_log_with_its_hashes(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    with newsroom.reading() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "match-run:add")).one()
    details = json.loads(event.details)
    assert (event.subject, event.actor, sentence_of(event)) == ("match-run:1", "machine", "ran the matcher: intake")
    assert details["result_sha256"] == run_of(newsroom, 1).result_sha256
    assert details["matcher"] == shipped_scorer().version
    assert newsroom.proof().problems == ()


def test_an_intake_that_placed_nothing_is_no_run(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)
    sqlite_newsroom.take_in(FORCED)
    sqlite_newsroom.take_in(FORCED, title="A story without claims", url="https://outlet.example/1?amp=1")

    assert sqlite_newsroom.count(MatchRun) == 1


def test_what_people_match_belongs_to_no_run(sqlite_newsroom: Newsroom) -> None:
    one, other = sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW)

    with sqlite_newsroom.writing() as session:
        curation.merge(session, other, one, by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    with sqlite_newsroom.reading() as session:
        moved = session.exec(select(Match).where(Match.appearance_id == 2, Match.claim_id == one)).one()
    assert moved.run_id is None


@pytest.mark.parametrize("change", ["result", "constraints"])
def test_a_run_that_was_changed_after_the_fact_is_found_out(newsroom: Newsroom, change: str) -> None:
    newsroom.take_in(FORCED)
    packed = zlib.compress(b"[\n\n]\n")

    with newsroom.writing() as session:
        session.execute(text(f"UPDATE match_run SET {change} = :packed"), {"packed": packed})

    assert newsroom.proof().problems == ("match run 1 is not what the matcher did",)


@pytest.mark.parametrize(
    "change",
    [
        "matcher_version = '1+hand'",
        "kind = 'rerun'",
        "actor = 'nobody'",
        """counts = '{"claims": 9}'""",
        """thresholds = '{"group": 9.0}'""",
    ],
)
def test_a_run_of_which_something_else_is_said_is_found_out(newsroom: Newsroom, change: str) -> None:
    newsroom.take_in(FORCED)

    with newsroom.writing() as session:
        session.execute(text(f"UPDATE match_run SET {change}"))

    assert newsroom.proof().problems == ("match run 1 is not what the matcher did",)


def test_a_run_that_was_deleted_is_found_out_and_its_id_not_used_again(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)

    with sqlite_newsroom.writing() as session:
        session.execute(text("UPDATE match SET run_id = NULL"))
        session.execute(text("DELETE FROM match_run"))
    sqlite_newsroom.take_in(SNOW, url="https://two.example/1")

    assert sqlite_newsroom.proof().problems == ("match run 1 was deleted",)
    assert run_of(sqlite_newsroom, 2).id == 2
