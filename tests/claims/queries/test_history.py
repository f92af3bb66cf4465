"""A claim's history, told in sentences."""

import json

from sqlmodel import select

from claims.audit import Action
from claims.models import AuditEvent
from claims.queries.events import SENTENCES, sentence_of
from claims.queries.history import history_of
from tests.claims.builders import NOW, SNOW, Newsroom


def test_a_claims_history_is_told_in_sentences(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim("The jets were sold.")
    review_id = sqlite_newsroom.publish(claim_id, rating="false")

    with sqlite_newsroom.reading() as session:
        history = history_of(session, claim_id, [review_id])

    assert history[0].sentence == "published version 1: False"
    assert history[-1].sentence == "opened the claim: The jets were sold."
    assert (history[0].actor, history[-1].actor) == ("Bo", "machine")


def test_every_action_that_is_logged_can_be_told(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(outlets=("one", "two"))
    other = sqlite_newsroom.claim(SNOW)
    sqlite_newsroom.suggest(other, claim_id)
    sqlite_newsroom.retract(sqlite_newsroom.publish(claim_id))
    sqlite_newsroom.correct(claim_id, rating="true")

    with sqlite_newsroom.reading() as session:
        sentences = [sentence_of(event) for event in session.exec(select(AuditEvent))]

    assert all(sentences)
    assert set(SENTENCES) == set(Action)


def test_a_sentence_needs_only_what_its_event_has() -> None:
    details = {"relation": "same", "score": 80.5, "match": 1, "appearance": 2}
    event = AuditEvent(
        id=1,
        at=NOW,
        actor="machine",
        action="match:group",
        subject="claim:1",
        details=json.dumps(details),
        previous_hash="",
        hash="",
    )

    assert sentence_of(event) == "grouped an appearance with this claim (score 80.5)"
