"""An article is judged before its storing lets others wait, and stored by what people decided until then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from claims import curation, db
from claims.grouping import Matcher, pairs
from claims.matching import PairScorer, shipped_scorer
from claims.matching.scoring.features import Features
from claims.matching.scoring.profiles import Profile
from claims.models import AuditEvent, Claim, Relation
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom

NEARLY = "Ankara had been forced to buy the Russian S-400 system after Washington refused to sell Patriot missiles."
AGAIN = "Ankara has been forced to buy the Russian S-400 system after Washington refused to sell Patriot missiles."
THAW = "Snow fell in Oslo on the first day of July."
TIMEOUT_S = 5


@dataclass(frozen=True, eq=False)
class Interrupted(PairScorer):
    """The shipped scorer, which lets things happen before it measures anything, and counts how often it does."""

    happening: list[Callable[[], object]] = field(default_factory=list)
    measurings: list[int] = field(default_factory=list)

    def measure(self, left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Features, Features]:
        while self.happening:
            self.happening.pop()()
        self.measurings.append(len(left))
        return PairScorer.measure(self, left, right)


def interrupted(*happening: Callable[[], object]) -> Interrupted:
    """A scorer that lets these things happen."""
    return Interrupted(shipped_scorer().model, shipped_scorer().model_version, list(happening))


def furnish(newsroom: Newsroom) -> None:
    """Store a claim in two wordings, and another one."""
    for outlet, wording in (("one", FORCED), ("two", NEARLY), ("three", SNOW)):
        newsroom.take_in(wording, url=f"https://{outlet}.example/1")


def take_in(newsroom: Newsroom) -> None:
    """Store the article that is near all that."""
    newsroom.take_in(AGAIN, THAW, "He said so twice.", url="https://four.example/1")


def merge(newsroom: Newsroom) -> None:
    """Make the two claims one."""
    with newsroom.writing() as session:
        curation.merge(session, 1, 2, by=newsroom.bo, seen_version=newsroom.version(Claim, 1), now=NOW)


def split(newsroom: Newsroom) -> None:
    """Make two claims of the first."""
    with newsroom.writing() as session:
        curation.split(session, 1, [2], "", by=newsroom.bo, seen_version=newsroom.version(Claim, 1), now=NOW)


def keep_apart(newsroom: Newsroom) -> None:
    """Decide that a wording is not one of the first claim's."""
    with newsroom.writing() as session:
        pairs.decide(session, AGAIN, NEARLY, Relation.DISTINCT, by=newsroom.bo, now=NOW)


def publish(newsroom: Newsroom) -> None:
    """Publish a verdict on the first claim."""
    newsroom.publish(1)


def store_another(newsroom: Newsroom) -> None:
    """Store what another process read, which the article copies."""
    Newsroom(newsroom.engine).take_in(AGAIN, THAW, url="https://five.example/1", claimant=None)


def last_hash(newsroom: Newsroom) -> str:
    """The seal over all that happened: each run's hashes are in the log."""
    assert newsroom.proof().problems == ()
    with newsroom.reading() as session:
        return session.exec(select(AuditEvent.hash).order_by(col(AuditEvent.id).desc())).first() or ""


def test_a_decision_need_not_wait_for_an_article_that_is_being_judged(newsroom: Newsroom) -> None:
    furnish(newsroom)
    deciding = Thread(target=publish, args=(newsroom,))
    was_decided = []

    def decide() -> None:
        deciding.start()
        deciding.join(TIMEOUT_S)
        was_decided.append(not deciding.is_alive())

    take_in(Newsroom(newsroom.engine, Matcher(interrupted(decide))))
    deciding.join()

    assert was_decided == [True]


@pytest.mark.parametrize("happens", [merge, split, keep_apart, publish, store_another])
def test_what_happens_after_an_article_was_judged_is_heeded(
    newsroom: Newsroom, tmp_path: Path, happens: Callable[[Newsroom], None]
) -> None:
    other = Newsroom(db.connect(f"sqlite:///{tmp_path / 'in-order.sqlite'}"))
    db.upgrade(other.engine)
    other.open()
    furnish(other)
    happens(other)
    take_in(other)
    furnish(newsroom)
    scorer = interrupted(lambda: happens(newsroom))

    newsroom.matcher = Matcher(scorer)
    take_in(newsroom)

    assert scorer.happening == []
    assert last_hash(newsroom) == last_hash(other)
    other.engine.dispose()


def test_nothing_that_was_foreseen_is_judged_while_others_wait(sqlite_newsroom: Newsroom) -> None:
    furnish(sqlite_newsroom)
    scorer = interrupted()
    judged_before = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            judged_before.append(list(scorer.measurings))

    event.listen(sqlite_newsroom.engine, "before_cursor_execute", note)
    try:
        take_in(Newsroom(sqlite_newsroom.engine, Matcher(scorer)))
    finally:
        event.remove(sqlite_newsroom.engine, "before_cursor_execute", note)

    assert judged_before == [scorer.measurings]
    assert len(scorer.measurings) == 2


def test_an_article_that_is_read_again_is_not_judged_again(sqlite_newsroom: Newsroom) -> None:
    furnish(sqlite_newsroom)
    take_in(sqlite_newsroom)
    scorer = interrupted()

    take_in(Newsroom(sqlite_newsroom.engine, Matcher(scorer)))

    assert scorer.measurings == []
