"""A claim's page at the desk and before the public."""

import pytest

from claims import curation
from claims.errors import NotFound
from claims.models import MatchState, Relation, ReviewState
from claims.queries.current import current_id
from claims.queries.desk import DeskClaim, NamedClaim, desk_claim, named_claim
from claims.queries.listing import ClaimFilter
from claims.queries.public import PublicClaim, public_claim
from claims.ratings import Rating
from tests.claims.builders import FORCED, NOW, RAIN, SNOW, Newsroom
from tests.claims.plans import plans


def desk(newsroom: Newsroom, claim_id: int) -> DeskClaim:
    """The desk's page of a claim."""
    with newsroom.reading() as session:
        return desk_claim(session, claim_id, ClaimFilter())


def seen(newsroom: Newsroom, claim_id: int, number: int | None = None) -> PublicClaim:
    """The public page of a claim."""
    with newsroom.reading() as session:
        return public_claim(session, claim_id, number)


def test_what_was_never_published_has_no_public_page(staged: Newsroom) -> None:
    for claim_id in (1, 2, 3, 4):
        with pytest.raises(NotFound, match="no published verdict at this address"):
            seen(staged, claim_id)


def test_every_published_version_keeps_its_page(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    sqlite_newsroom.publish(claim_id, summary="It is not so.")
    sqlite_newsroom.correct(claim_id, rating="true", summary="It is so after all.")

    first, second = seen(sqlite_newsroom, claim_id, 1), seen(sqlite_newsroom, claim_id)

    assert (first.review.summary, first.is_current) == ("It is not so.", False)
    assert (second.review.summary, second.is_current) == ("It is so after all.", True)
    assert second.review.correction is not None
    assert (second.review.correction.from_rating, second.review.correction.approved_by) == (Rating.FALSE, "Bo")
    with pytest.raises(NotFound):
        seen(sqlite_newsroom, claim_id, 3)


def test_a_retracted_verdict_keeps_its_page_and_says_so(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    sqlite_newsroom.retract(sqlite_newsroom.publish(claim_id))

    page = seen(sqlite_newsroom, claim_id)

    assert page.is_current
    assert (page.review.state, page.review.retraction_reason) == (ReviewState.RETRACTED, "The source was forged")


def test_published_claims_that_contradict_each_other_name_each_other(newsroom: Newsroom) -> None:
    first, second, third = newsroom.claim(FORCED), newsroom.claim(SNOW), newsroom.claim(RAIN)
    for other in (second, third):
        match_id = newsroom.suggest(other, first, Relation.CONTRADICTS)
        with newsroom.writing() as session:
            curation.reject(session, match_id, by=newsroom.bo, seen_version=1, relation=Relation.CONTRADICTS, now=NOW)
    newsroom.publish(first)
    newsroom.publish(second)

    assert [row.claim_id for row in seen(newsroom, first).contradicted_by] == [second]
    assert [row.claim_id for row in seen(newsroom, second).contradicted_by] == [first]


def test_the_desk_shows_all_there_is_to_decide(newsroom: Newsroom) -> None:
    first, second, third = newsroom.claim(FORCED), newsroom.claim(SNOW), newsroom.claim(RAIN)
    proposed, apart = newsroom.suggest(second, first), newsroom.suggest(third, first, Relation.CONTRADICTS)
    newsroom.draft(first)

    page = desk(newsroom, first)

    assert [match.match_id for match in page.suggested] == [proposed]
    assert [match.match_id for match in page.kept_apart] == [apart]
    assert (page.suggested[0].compared_wording, page.suggested[0].home_claim_id) == (FORCED, second)
    assert [match.match_id for match in desk(newsroom, second).proposed_elsewhere] == [proposed]
    assert page.open_review is not None
    assert page.standing is None
    assert [one.title for one in page.evidence] == ["The treaty"]


def test_a_later_article_with_the_same_words_is_a_copy(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(outlets=("one", "two"))

    assert [view.is_copy for view in desk(sqlite_newsroom, claim_id).appearances] == [False, True]


def test_a_statement_that_is_proposed_to_two_claims_is_no_copy_of_itself(sqlite_newsroom: Newsroom) -> None:
    first, second, third = sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW), sqlite_newsroom.claim(RAIN)
    sqlite_newsroom.suggest(first, second)
    sqlite_newsroom.suggest(first, third)

    proposals = desk(sqlite_newsroom, first).proposed_elsewhere

    assert [match.appearance.is_copy for match in proposals] == [False, False]


@pytest.mark.parametrize("claim_id", [0, -1, 99, 2**31, 2**63, 10**30])
def test_an_id_that_is_not_there_is_not_found_however_large(newsroom: Newsroom, claim_id: int) -> None:
    with newsroom.reading() as session:
        for look in (current_id, public_claim, lambda s, one: desk_claim(s, one, ClaimFilter())):
            with pytest.raises(NotFound, match=f"There is no claim {claim_id}"):
                look(session, claim_id)


def test_a_match_that_people_took_back_is_not_shown(sqlite_newsroom: Newsroom) -> None:
    first, second = sqlite_newsroom.claim(FORCED, outlets=("one", "two")), sqlite_newsroom.claim(SNOW)
    match_id = sqlite_newsroom.suggest(first, second)
    with sqlite_newsroom.writing() as session:
        curation.confirm(session, match_id, by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    page = desk(sqlite_newsroom, first)

    assert [view.match_state for view in page.appearances] == [MatchState.CONFIRMED]
    assert page.proposed_elsewhere == ()


SHORT = "Oslo bought jets."


@pytest.mark.parametrize(
    ("wording", "is_published", "why"),
    [
        (SHORT, False, ("so little is said that the matcher groups nothing by itself",)),
        (FORCED, True, ("nothing joins a claim with a published verdict by itself",)),
    ],
)
def test_a_suggestion_that_scores_high_says_why_it_is_no_more(
    sqlite_newsroom: Newsroom, wording: str, is_published: bool, why: tuple[str, ...]
) -> None:
    claim_id = sqlite_newsroom.claim(wording)
    if is_published:
        sqlite_newsroom.publish(claim_id)
    sqlite_newsroom.take_in(wording, url="https://other.example/1")

    (suggested,) = desk(sqlite_newsroom, claim_id).suggested

    assert suggested.score == 100
    assert suggested.guards == why


def test_a_suggestion_says_no_reason_twice(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim("Ankara rejected the offer for the missile system.")
    sqlite_newsroom.take_in("Washington rejected the offer for the missile system.", url="https://other.example/1")

    (apart,) = desk(sqlite_newsroom, claim_id).kept_apart

    assert apart.guards == ("Washington here, Ankara there",)


def test_a_claim_is_named_without_all_that_belongs_to_it(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim(SNOW)

    with sqlite_newsroom.reading() as session:
        read = plans(session, "SELECT", lambda: named_claim(session, claim_id))
        named = named_claim(session, claim_id)
        with pytest.raises(NotFound):
            named_claim(session, claim_id + 1)

    assert named == NamedClaim(claim_id, 1, SNOW, "en")
    assert len(read) == 1
