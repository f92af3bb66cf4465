"""The matching page: how often people found the matcher right, in plain words, a picture and a table."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from claims import audit, db
from claims.audit import Action
from claims.matching import shipped_scorer
from claims.matching.scoring import hand_scorer
from claims.models import Match
from claims.settings import Settings
from web import create_app

CLAIM = "Ankara was forced to buy the S-400"


@pytest.fixture
def proposed(world: Any) -> Any:
    """Stores suggestions of a score for one claim; their ids."""
    claim_id = world.claim(CLAIM)

    def store(count: int, *, score: float = 72.0, guards: tuple[str, ...] = ()) -> list[int]:
        made = []
        for number in range(count):
            match_id = world.suggestion(
                claim_id, f"Wording {score} {number} {guards}", score=score, guards=guards, compared_with_id=1
            )
            with db.transaction(world.engine) as session:
                match = session.get_one(Match, match_id)
                fired = [{"rule": "negation", "sentence": sentence, "weight": "stops"} for sentence in guards]
                match.explanation = {
                    "proposal": "contradicts" if guards else "suggest",
                    "guards": fired,
                    "version": "1",
                }
                session.add(match)
            made.append(match_id)
        return made

    return store


def decide(world: Any, desk: Any, match_id: int, step: str = "confirm", **values: str) -> None:
    """Decide a suggestion by its form."""
    with db.reading(world.engine) as session:
        match = session.get_one(Match, match_id)
    answer = desk.post(f"/desk/claims/{match.claim_id}/matches/{match_id}/{step}", seen_version=match.version, **values)
    assert answer.status_code == 303, answer.text


def test_before_anything_is_proposed_the_page_says_what_to_do(desk: Any) -> None:
    page = desk.get("/desk/matching")

    assert "Nobody has decided a suggestion yet" in page
    assert 'href="/desk/fetching">Submit articles' in page
    assert '<svg class="precision' not in page


def test_before_anything_is_decided_the_page_leads_to_what_waits(desk: Any, proposed: Any) -> None:
    proposed(2)

    page = desk.get("/desk/matching")

    assert "2 proposals wait." in page
    assert 'href="/desk/?suggestions=only">Open the queue' in page
    assert "None of 2 suggestions is decided yet." in page


def test_few_decisions_are_said_to_be_few(world: Any, desk: Any, proposed: Any) -> None:
    for match_id in proposed(4):
        decide(world, desk, match_id)

    page = desk.get("/desk/matching")

    assert "Of 4 suggestions that people decided, 4 were right." in page
    assert "So few decisions say little yet" in page
    assert "100%" not in page
    assert "precision-dot" not in page


def test_decisions_are_counted_in_words_in_a_picture_and_in_a_table(world: Any, desk: Any, proposed: Any) -> None:
    *right, wrong = proposed(6)
    proposed(1, score=50.0)
    for match_id in right:
        decide(world, desk, match_id)
    decide(world, desk, wrong, "reject", relation="distinct")

    page = desk.get("/desk/matching")

    assert "Of 6 suggestions that people decided, 5 were right." in page
    assert "That is 83%. So many decisions put the true share between 44% and 97%" in page
    assert 'href="/desk/?suggestions=only">1 suggestion still waits</a>' in page
    assert page.count('<circle class="precision-dot" cx="62.5%"') == 1
    assert ">5 of 6</text>" in page
    assert ">none decided</text>" in page
    assert '<th scope="row">70 to 80</th><td>6</td>' in page
    assert 'href="/exports/suggestions.csv" download' in page


def test_a_guard_that_people_overrode_is_named(world: Any, desk: Any, proposed: Any) -> None:
    overridden, upheld = proposed(2, guards=("differs by *not*",))
    decide(world, desk, overridden)
    decide(world, desk, upheld, "reject", relation="contradicts")

    page = desk.get("/desk/matching")

    assert "Of 2 kept apart that people decided, 1 did contradict." in page
    assert "People grouped 1 all the same." in page
    assert '<th scope="row">Negation</th><td>2</td><td>1</td><td>1 of 2</td>' in page


def test_days_narrow_the_report_and_can_be_cleared(world: Any, desk: Any, proposed: Any) -> None:
    for match_id in proposed(1):
        decide(world, desk, match_id)

    on_the_day = desk.get("/desk/matching?from=2026-03-04&to=2026-03-04")
    before = desk.get("/desk/matching?to=2026-03-03")

    assert "Of 1 suggestion that people decided, 1 was right." in on_the_day
    assert 'name="from" value="2026-03-04"' in on_the_day
    assert "Nobody has decided a suggestion that was made then" in before
    assert 'href="/desk/matching">look at all of them</a>' in before


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("from=yesterday", "is no day. Write it as 2026-11-02."),
        ("from=2026-03-04&to=2026-03-03", "swap the two"),
        ("to=9999-12-31", "There is no such day"),
        ("version=" + "9" * 81, "There is no such version"),
    ],
)
def test_what_is_no_filter_is_refused(desk: Any, query: str, why: str) -> None:
    assert why in desk.get(f"/desk/matching?{query}", status=400)


def test_what_the_matcher_grouped_and_a_person_parted_is_counted(world: Any, desk: Any) -> None:
    claim_id = world.claim(CLAIM)
    appearance_id = world.appearance(claim_id, CLAIM, compared_with_id=1, score=91.0)
    with db.transaction(world.engine) as session:
        match = session.exec(select(Match).where(Match.appearance_id == appearance_id)).one()
        match.explanation = {"proposal": "group", "version": "1"}
        audit.record(
            session,
            Action.MATCH_GROUP,
            f"claim:{claim_id}",
            actor=audit.MACHINE,
            now=world.now,
            appearance=appearance_id,
            match=match.id,
        )
        session.add(match)
    assert "people parted none again." in desk.get("/desk/matching")

    answer = desk.post(f"/desk/claims/{claim_id}/split", seen_version=1, appearance=appearance_id)

    assert answer.status_code == 303
    page = desk.get("/desk/matching")
    assert "Of 1 appearance that the matcher grouped, people parted 1 again." in page
    assert '<th scope="row">90 to 100</th><td>1</td><td>1</td>' in page


def test_the_thresholds_are_those_of_the_version_in_force(world: Any, desk: Any, proposed: Any) -> None:
    decide(world, desk, proposed(1)[0])

    assert f"thresholds of matcher version {shipped_scorer().version}, which is in force" in desk.get("/desk/matching")


def test_the_version_in_force_is_that_of_the_setting(sqlite_settings: Settings) -> None:
    app = create_app(replace(sqlite_settings, models="off"))

    assert app.extensions["claimline"].scorer.version == hand_scorer().version
