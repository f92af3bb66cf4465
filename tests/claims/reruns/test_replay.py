"""A run comes out the same from the rows that never change, whatever people did since."""

import random
import re
import zlib

import pytest
from sqlmodel import text

from claims import curation
from claims.errors import ClaimsError, NotFound
from claims.grouping import pairs
from claims.matching import PairScorer, shipped_scorer
from claims.models import MatchRun, Relation
from claims.reruns.replay import Replay, replay
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom

NOT_FORCED = FORCED.replace("was forced", "was not forced")
NEARLY = FORCED.replace("was forced", "had been forced")


FORTY = "Izmir will pay 40 million dollars for the cranes and the quay of its new container port."
FIFTY = FORTY.replace("40", "50")


def decide(newsroom: Newsroom, left: str, right: str, relation: Relation) -> None:
    """Store a person's word on two wordings."""
    with newsroom.writing() as session:
        pairs.decide(session, left, right, relation, by=newsroom.bo, now=NOW)


def replayed(newsroom: Newsroom, run_id: int, scorer: PairScorer | None = None) -> Replay:
    """The run, made again."""
    with newsroom.reading() as session:
        return replay(session, run_id, scorer=scorer or shipped_scorer(), done=lambda at, of: None)


def test_an_intake_is_made_again_byte_for_byte_after_everything_around_it_changed(newsroom: Newsroom) -> None:
    published, sold = newsroom.claim(FORCED), newsroom.claim(FORTY)
    review_id = newsroom.publish(published)
    decide(newsroom, FORTY, FIFTY, Relation.SAME)
    newsroom.take_in(NEARLY, NOT_FORCED, FIFTY, url="https://two.example/1")
    assert newsroom.stored_claim(sold).appearances == 2

    newsroom.retract(review_id)
    decide(newsroom, FORTY, FIFTY, Relation.DISTINCT)
    with newsroom.writing() as session:
        curation.reword(session, sold, "Ankara pays.", by=newsroom.bo, seen_version=1, now=NOW)
        curation.split(session, sold, newsroom.appearances(sold)[1:], "", by=newsroom.bo, seen_version=2, now=NOW)

    found = [replayed(newsroom, run_id) for run_id in (1, 2, 3)]
    with newsroom.reading() as session:
        wanted = [session.get_one(MatchRun, run_id).result_sha256 for run_id in (1, 2, 3)]
    assert [(one.difference, one.sha256) for one in found] == [(None, sha256) for sha256 in wanted]


def test_an_article_that_came_again_in_another_language_is_made_again_too(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED, language="en")
    sqlite_newsroom.take_in(FORCED, NEARLY, language="tr")

    assert replayed(sqlite_newsroom, 2).difference is None


def test_runs_of_any_wordings_are_made_again(sqlite_newsroom: Newsroom) -> None:
    chance = random.Random(7)
    words = ["Ankara", "Athens", "will", "not", "buy", "sell", "forty", "fifty", "jets", "tanks", "in", "May", "June"]
    for number in range(40):
        sentence = " ".join(chance.choices(words, k=chance.randint(4, 12))) + "."
        sqlite_newsroom.take_in(sentence, url=f"https://outlet.example/{number}", claimant=chance.choice(["A", "B"]))

    assert {replayed(sqlite_newsroom, run_id + 1).difference for run_id in range(40)} == {None}


def test_the_first_line_that_differs_is_shown(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, SNOW)
    with newsroom.writing() as session:
        stored = zlib.decompress(session.get_one(MatchRun, 1).result).decode()
        forged = stored.replace('"claim":2', '"claim":1')
        session.get_one(MatchRun, 1).result = zlib.compress(forged.encode())

    difference = replayed(newsroom, 1).difference

    assert difference is not None
    assert difference.line == 3
    assert ('"claim":1' in difference.stored, '"claim":2' in difference.made) == (True, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "matcher_version = '0'",
            f"made by version 0 of the matcher. This is version {shipped_scorer().version}",
        ),
        ("""thresholds = '{"group": 1.0, "suggest": 0.5}'""", "Run 1 was made with other thresholds"),
    ],
)
def test_a_run_of_another_matcher_is_not_compared(sqlite_newsroom: Newsroom, change: str, said: str) -> None:
    sqlite_newsroom.take_in(FORCED)
    with sqlite_newsroom.writing() as session:
        session.execute(text(f"UPDATE match_run SET {change.replace(':', chr(92) + ':')}"))

    with pytest.raises(ClaimsError, match=re.escape(said)):
        replayed(sqlite_newsroom, 1)


def test_a_run_that_is_not_there_is_named(sqlite_newsroom: Newsroom) -> None:
    with pytest.raises(NotFound, match="There is no match run 9"):
        replayed(sqlite_newsroom, 9)


@pytest.mark.parametrize("what", ["result", "constraints"])
@pytest.mark.parametrize("packed", [b"no zlib", zlib.compress(b"no JSON \xff")])
def test_a_run_that_was_damaged_is_named(sqlite_newsroom: Newsroom, what: str, packed: bytes) -> None:
    sqlite_newsroom.take_in(FORCED)
    with sqlite_newsroom.writing() as session:
        session.execute(text(f"UPDATE match_run SET {what} = :packed"), {"packed": packed})

    with sqlite_newsroom.reading() as session, pytest.raises(ClaimsError, match="What run 1 kept was damaged"):
        replay(session, 1, scorer=shipped_scorer(), done=lambda at, of: None)
