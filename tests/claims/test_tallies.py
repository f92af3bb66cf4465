"""What a claim's row says about the rows around it is what they say, whatever was done to them."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from claims import curation
from claims.errors import ClaimsError
from claims.models import Appearance, Article, Claim, Claimant, Match, MatchState, Relation, Review
from claims.searching import fold_for_search
from claims.tallies import OPEN_STATES, STANDING_STATES
from tests.claims.builders import FORCED, NOW, Newsroom

WORDINGS = [
    FORCED,
    "Turkish officials say that nobody else would have sold them an air shield.",
    "Snow fell in Oslo on the first day of June.",
    "Rain stopped the harvest in three provinces of Spain.",
]


def derived(claim: Claim) -> tuple[object, ...]:
    """The derived columns as they are stored."""
    return (
        claim.search_text,
        claim.appearances,
        claim.outlets,
        claim.suggestions,
        claim.check_worthiness,
        claim.first_appeared_at,
        claim.last_appeared_at,
        claim.review_state,
        claim.published_rating,
        claim.published_at,
    )


def computed(session: Session, claim: Claim) -> tuple[object, ...]:
    """The derived columns as plain Python finds them, row by row."""
    matches = session.exec(select(Match).where(Match.claim_id == claim.id)).all()
    homes = [match for match in matches if match.state is MatchState.CONFIRMED]
    mine = [session.get_one(Appearance, home.appearance_id) for home in homes]
    articles = [session.get_one(Article, appearance.article_id) for appearance in mine]
    times = [article.published_at or NOW for article in articles]
    names = sorted({session.get_one(Claimant, one.claimant_id).name for one in mine if one.claimant_id})
    reviews = session.exec(select(Review).where(Review.claim_id == claim.id)).all()
    standing = next((review for review in reviews if review.state in STANDING_STATES), None)
    latest = next((review for review in reviews if review.state in OPEN_STATES), standing)
    return (
        fold_for_search(" ".join([standing.claim_text if standing else claim.text, *names])),
        len(mine),
        len({article.outlet_id for article in articles}),
        sum(match.state is MatchState.SUGGESTED and match.relation is Relation.SAME for match in matches),
        max((one.check_worthiness for one in mine), default=0.0),
        min(times, default=None),
        max(times, default=None),
        latest.state if latest else None,
        standing.rating if standing else None,
        standing.published_at if standing else None,
    )


def require_true_tallies(newsroom: Newsroom) -> None:
    """Every claim's row says what the rows around it say."""
    with newsroom.reading() as session:
        for claim in session.exec(select(Claim).order_by(col(Claim.id))):
            assert derived(claim) == computed(session, claim), f"claim {claim.id}"


def random_steps(newsroom: Newsroom, chance: random.Random) -> list[Callable[[], object]]:
    """What somebody might do next, sensible or not."""
    with newsroom.reading() as session:
        claims = session.exec(select(Claim)).all()
        waiting = session.exec(select(Match).where(Match.state == MatchState.SUGGESTED)).all()
    claim, other = chance.choice(claims), chance.choice(claims)
    one, by = claim.id or 0, newsroom.bo
    seen, now = claim.version, NOW
    match = chance.choice(waiting) if waiting else Match(id=0)  # type: ignore[call-arg]
    mine = newsroom.appearances(one)
    ticked = chance.sample(mine, len(mine) // 2)

    def written(step: Callable[..., object], *given: object, **named: object) -> Callable[[], object]:
        def run() -> object:
            with newsroom.writing() as session:
                return step(session, *given, by=by, now=now, **named)

        return run

    return [
        written(curation.merge, one, other.id, seen_version=seen),
        written(curation.split, one, ticked, "", seen_version=seen),
        written(curation.reword, one, f"{claim.text} Indeed.", seen_version=seen),
        written(curation.confirm, match.id, seen_version=match.version),
        written(curation.reject, match.id, seen_version=match.version),
        lambda: newsroom.publish(one),
        lambda: newsroom.correct(one, rating="true"),
        lambda: newsroom.suggest(one, other.id or 0) if mine and newsroom.appearances(other.id or 0) else None,
    ]


@pytest.mark.parametrize("seed", range(4))
def test_tallies_are_true_after_any_work_at_the_desk(sqlite_newsroom: Newsroom, seed: int) -> None:
    chance = random.Random(seed)
    for number, wording in enumerate(WORDINGS * 2):
        published_at = NOW - timedelta(days=number) if number % 3 else None
        url = f"https://outlet{number % 3}.example/{number}"
        claimant = ("Ankara", None, "Oslo")[number % 3]
        sqlite_newsroom.take_in(wording, url=url, claimant=claimant, title=f"{number}", published_at=published_at)

    for _ in range(20):
        with suppress(ClaimsError, IntegrityError):
            chance.choice(random_steps(sqlite_newsroom, chance))()
        require_true_tallies(sqlite_newsroom)

    assert sqlite_newsroom.proof().problems == ()


def test_tallies_are_true_on_both_engines(newsroom: Newsroom) -> None:
    first = newsroom.claim(FORCED, outlets=("one", "two"))
    second = newsroom.claim(WORDINGS[1])
    old = newsroom.take_in(WORDINGS[2], published_at=NOW - timedelta(days=400))
    newsroom.suggest(first, second)
    newsroom.suggest(newsroom.home(old.article_id), first, Relation.CONTRADICTS)
    newsroom.publish(second)

    require_true_tallies(newsroom)
