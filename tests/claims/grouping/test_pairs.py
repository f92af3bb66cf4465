"""A person's word on two wordings is kept for good, whichever way round and however they are typed."""

import pytest
from sqlmodel import select

from claims.grouping import pairs
from claims.matching import wording_key
from claims.models import AuditEvent, PairDecision, Relation
from tests.claims.builders import NOW, Newsroom

LEFT, RIGHT = "Ankara was forced to buy it.", "Ankara chose to buy it."


def decide(newsroom: Newsroom, left: str, right: str, relation: Relation) -> None:
    """Store Bo's word on two wordings."""
    with newsroom.writing() as session:
        pairs.decide(session, left, right, relation, by=newsroom.bo, now=NOW)


def about(newsroom: Newsroom, wording: str) -> dict[str, Relation]:
    """What was decided about a wording."""
    with newsroom.reading() as session:
        return pairs.decisions_about(session, wording)


def test_a_decision_is_found_from_either_side(newsroom: Newsroom) -> None:
    decide(newsroom, LEFT, RIGHT, Relation.DISTINCT)

    assert about(newsroom, LEFT) == {wording_key(RIGHT): Relation.DISTINCT}
    assert about(newsroom, RIGHT) == {wording_key(LEFT): Relation.DISTINCT}
    assert about(newsroom, "Other words") == {}


def test_the_latest_word_holds_whichever_way_round_it_was_said(newsroom: Newsroom) -> None:
    decide(newsroom, LEFT, RIGHT, Relation.DISTINCT)
    decide(newsroom, RIGHT, LEFT, Relation.SAME)

    assert newsroom.count(PairDecision) == 1
    assert about(newsroom, LEFT) == {wording_key(RIGHT): Relation.SAME}


@pytest.mark.parametrize("typed", ["ANKARA WAS FORCED TO BUY IT.", "Ankara  was forced\nto buy it"])
def test_wordings_are_known_by_their_words_not_by_how_they_are_typed(sqlite_newsroom: Newsroom, typed: str) -> None:
    decide(sqlite_newsroom, LEFT, RIGHT, Relation.CONTRADICTS)

    assert about(sqlite_newsroom, typed) == {wording_key(RIGHT): Relation.CONTRADICTS}


def test_a_word_on_turkish_capitals_is_found_by_small_letters(sqlite_newsroom: Newsroom) -> None:
    decide(sqlite_newsroom, "IŞIKLI YOLLAR KAPANDI", "Sınır kapısı açıldı", Relation.DISTINCT)

    assert about(sqlite_newsroom, "Işıklı yollar kapandı") == {wording_key("SINIR KAPISI AÇILDI"): Relation.DISTINCT}


def test_a_word_that_was_stored_under_an_older_key_is_found_after_keys_are_renewed(sqlite_newsroom: Newsroom) -> None:
    decide(sqlite_newsroom, "Işıklı yollar kapandı", LEFT, Relation.SAME)
    with sqlite_newsroom.writing() as session:
        stored = session.exec(select(PairDecision)).one()
        stored.first_key, stored.second_key = "a", "b"
        session.add(stored)
        session.flush()
        pairs.renew_keys(session)

    assert about(sqlite_newsroom, "IŞIKLI YOLLAR KAPANDI") == {wording_key(LEFT): Relation.SAME}


def test_a_wording_is_the_same_as_itself_without_saying(sqlite_newsroom: Newsroom) -> None:
    decide(sqlite_newsroom, LEFT, LEFT.upper(), Relation.DISTINCT)

    assert sqlite_newsroom.count(PairDecision) == 0


def test_a_decision_is_logged_with_what_was_said_before(sqlite_newsroom: Newsroom) -> None:
    decide(sqlite_newsroom, LEFT, RIGHT, Relation.DISTINCT)
    decide(sqlite_newsroom, LEFT, RIGHT, Relation.RELATED)

    with sqlite_newsroom.reading() as session:
        first, second = (event.details for event in session.exec(select(AuditEvent)))
    assert '"before":null' in first
    assert '"before":"distinct"' in second
    assert '"relation":"related"' in second


def test_wordings_of_any_length_are_decided_about(newsroom: Newsroom) -> None:
    long = " ".join(f"word{number}" for number in range(2_000))

    decide(newsroom, long, long + " more", Relation.DISTINCT)

    assert about(newsroom, long) == {wording_key(long + " more"): Relation.DISTINCT}
