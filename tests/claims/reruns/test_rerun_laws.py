"""Laws of regrouping, after any work at the desk: decisions hold, a second time changes nothing, it can be replayed."""

import random
from contextlib import suppress

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, text

from claims.errors import ClaimsError
from claims.matching import shipped_scorer, wording_key
from claims.models import Appearance, CopyDecision, Match, MatchState, PairDecision, Relation, Review
from claims.reruns import rerun
from claims.reruns.replay import replay
from claims.reruns.rerun import Plan
from tests.claims.builders import NOW, Newsroom
from tests.claims.test_tallies import random_steps, require_true_tallies

WORDS = ["Ankara", "Athens", "will", "not", "buy", "sell", "forty", "fifty", "jets", "tanks", "in", "May", "spring"]


def planned(newsroom: Newsroom) -> Plan:
    """What grouping anew would change."""
    return rerun.plan(newsroom.engine, shipped_scorer(), now=NOW, done=lambda at, of: None)


def applied(newsroom: Newsroom) -> int:
    """The id of the run that regrouped."""
    return rerun.apply(newsroom.engine, planned(newsroom), ran_by="law", now=NOW, done=lambda at, of: None)


def worked_in(newsroom: Newsroom, chance: random.Random) -> None:
    """A newsroom after a day's work on sentences that are much alike, grouped by a matcher of other opinions."""
    for number in range(14):
        sentence = " ".join(chance.choices(WORDS, k=chance.randint(5, 9)))
        newsroom.take_in(*[sentence] * chance.randint(1, 2), url=f"https://outlet{number % 3}.example/{number}")
    for number in range(25):
        with suppress(ClaimsError, IntegrityError):
            chance.choice(random_steps(newsroom, chance))()
        if number == 8:
            with newsroom.writing() as session:
                session.execute(text("DELETE FROM pair_decision"))
                session.execute(text("UPDATE match SET decided_by_id = NULL"))


def homes(newsroom: Newsroom) -> dict[int, int]:
    """Where every appearance is."""
    with newsroom.reading() as session:
        found = session.exec(select(Match).where(Match.state == MatchState.CONFIRMED))
        return {match.appearance_id: match.claim_id for match in found}


def kept_apart(newsroom: Newsroom) -> set[tuple[int, int]]:
    """Every two appearances that a person said are not the same."""
    with newsroom.reading() as session:
        keys = [(one.id or 0, wording_key(one.wording)) for one in session.exec(select(Appearance))]
        decisions = session.exec(select(PairDecision).where(PairDecision.relation != Relation.SAME)).all()
        copies = session.exec(select(CopyDecision).where(CopyDecision.relation != Relation.SAME)).all()
    said = {(one.first_key, one.second_key) for one in decisions}
    return {(one.first_id, one.second_id) for one in copies} | {
        (left, right) for left, left_key in keys for right, right_key in keys if (left_key, right_key) in said
    }


@pytest.mark.parametrize("seed", range(8))
def test_regrouping_keeps_to_its_laws_after_any_work_at_the_desk(sqlite_newsroom: Newsroom, seed: int) -> None:
    worked_in(sqlite_newsroom, random.Random(seed))
    before = homes(sqlite_newsroom)
    with sqlite_newsroom.reading() as session:
        judged = set(session.exec(select(Review.claim_id).order_by(col(Review.claim_id))))

    run_id = applied(sqlite_newsroom)

    after = homes(sqlite_newsroom)
    assert {one: home for one, home in after.items() if home in judged} == {
        one: home for one, home in before.items() if home in judged
    }
    apart = kept_apart(sqlite_newsroom)
    assert [pair for pair in apart if after[pair[0]] == after[pair[1]] and after[pair[0]] not in judged] == []
    assert planned(sqlite_newsroom).regrouping.changes_nothing
    with sqlite_newsroom.reading() as session:
        assert replay(session, run_id, scorer=shipped_scorer(), done=lambda at, of: None).difference is None
    require_true_tallies(sqlite_newsroom)
    # Who decided was taken out of the rows by hand above.
    assert [problem for problem in sqlite_newsroom.proof().problems if "decided by another" not in problem] == []
