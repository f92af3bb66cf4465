"""What pages show: the right claims in the right order, and to the public only what was published."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from claims import curation, reviews
from claims.audit import Action
from claims.errors import NotFound
from claims.models import AuditEvent, Claim, MatchState, Relation, ReviewState
from claims.queries import listing
from claims.queries.choices import languages, outlets
from claims.queries.claim_rows import ClaimRow
from claims.queries.current import current_id
from claims.queries.desk import DeskClaim, desk_claim
from claims.queries.events import SENTENCES, sentence_of
from claims.queries.listing import ClaimFilter, ClaimOrder, DeskStatus
from claims.queries.paging import PAGE_SIZE
from claims.queries.public import PublicClaim, public_claim
from claims.ratings import Rating
from tests.claims.builders import FORCED, NOW, Newsroom

SNOW = "Snow fell in Oslo on the first day of June."
RAIN = "Rain stopped the harvest in three provinces of Spain."
WORDINGS = [
    FORCED,
    SNOW,
    RAIN,
    "Greece sold forty old tanks to Cyprus in spring.",
    "The central bank of Peru printed no money last year.",
    "Wolves have returned to the forests around Munich.",
]


def listed(newsroom: Newsroom, **wanted: object) -> list[int]:
    """The ids of the claims on one page of the desk's list."""
    with newsroom.reading() as session:
        return [row.claim_id for row in listing.claim_list(session, ClaimFilter(**wanted)).rows]  # type: ignore[arg-type]


def public(newsroom: Newsroom, **wanted: object) -> list[ClaimRow]:
    """One page of the public list."""
    with newsroom.reading() as session:
        return list(listing.public_list(session, **wanted).rows)  # type: ignore[arg-type]


def desk(newsroom: Newsroom, claim_id: int) -> DeskClaim:
    """The desk's page of a claim."""
    with newsroom.reading() as session:
        return desk_claim(session, claim_id, ClaimFilter())


def seen(newsroom: Newsroom, claim_id: int, number: int | None = None) -> PublicClaim:
    """The public page of a claim."""
    with newsroom.reading() as session:
        return public_claim(session, claim_id, number)


def many_claims(newsroom: Newsroom, count: int) -> None:
    """Store bare claims: two of a kind next to each other, so that orders have ties to break."""
    with newsroom.writing() as session:
        session.add_all(
            Claim(
                text=f"Claim {number}",
                language="tr" if number % 4 == 0 else "en",
                created_at=NOW,
                search_text=f"claim {number}",
                appearances=number // 2,
                outlets=number // 3,
                suggestions=number % 3,
                check_worthiness=(number // 2 % 10) / 10,
                last_appeared_at=NOW + timedelta(days=number // 2 % 7),
            )
            for number in range(1, count + 1)
        )


@pytest.fixture
def staged(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a claim at each stage, ids 1 to 6 in the order of the stages."""
    for stage, wording in zip(DeskStatus, WORDINGS, strict=False):
        claim_id = newsroom.claim(wording)
        if stage in {DeskStatus.PUBLISHED, DeskStatus.RETRACTED}:
            review_id = newsroom.publish(claim_id)
            if stage is DeskStatus.RETRACTED:
                newsroom.retract(review_id)
        elif stage is not DeskStatus.OPEN:
            bring_to(newsroom, newsroom.draft(claim_id), stage)
    return newsroom


def bring_to(newsroom: Newsroom, review_id: int, stage: DeskStatus) -> None:
    """Bring a draft to a stage before publication."""
    if stage is not DeskStatus.DRAFT:
        newsroom.submit(review_id)
    if stage is DeskStatus.CHANGES_REQUESTED:
        with newsroom.writing() as session:
            reviews.request_changes(session, review_id, reason="Cite", by=newsroom.bo, seen_version=2, now=NOW)


def test_each_stage_lists_its_claims_and_counts_them(staged: Newsroom) -> None:
    stages = [stage for stage in DeskStatus if stage is not DeskStatus.ALL]

    assert [listed(staged, status=stage) for stage in stages] == [[1], [2], [3], [4], [5], [6]]
    assert sorted(listed(staged, status=DeskStatus.ALL)) == [1, 2, 3, 4, 5, 6]
    with staged.reading() as session:
        assert listing.status_counts(session) == {**dict.fromkeys(stages, 1), DeskStatus.ALL: 6}


def test_a_merged_claim_is_in_no_list(newsroom: Newsroom) -> None:
    first, second = newsroom.claim(FORCED), newsroom.claim(SNOW)
    with newsroom.writing() as session:
        curation.merge(session, first, second, by=newsroom.bo, seen_version=1, now=NOW)

    assert listed(newsroom, status=DeskStatus.ALL) == [second]
    with newsroom.reading() as session:
        assert listing.status_counts(session)[DeskStatus.ALL] == 1
        assert [row.claim_id for row in listing.find_claims(session, "", excluding=99)] == [second]


def test_filters_narrow_the_list_together(newsroom: Newsroom) -> None:
    many_claims(newsroom, 12)

    assert listed(newsroom, language="tr", order=ClaimOrder.NEWEST) == [12, 8, 4]
    assert listed(newsroom, suggestions_only=True, language="tr", order=ClaimOrder.NEWEST) == [8, 4]
    assert listed(newsroom, search="claim 1", order=ClaimOrder.NEWEST) == [12, 11, 10, 1]


def test_an_outlet_filters_by_the_appearances_that_claims_have_now(newsroom: Newsroom) -> None:
    first, second = newsroom.claim(FORCED, outlets=("one",)), newsroom.claim(SNOW, outlets=("two",))

    with newsroom.reading() as session:
        ids = {name: outlet_id for outlet_id, name in outlets(session)}
    assert listed(newsroom, outlet_id=ids["one.example"]) == [first]
    assert listed(newsroom, outlet_id=ids["two.example"]) == [second]
    assert listed(newsroom, outlet_id=99) == []


@pytest.mark.parametrize("order", ClaimOrder)
def test_every_order_runs_from_high_to_low_and_breaks_ties_by_id(newsroom: Newsroom, order: ClaimOrder) -> None:
    many_claims(newsroom, 20)

    ids = listed(newsroom, order=order)

    keys = [tuple(getattr(newsroom.stored_claim(one), name) for name in listing.ORDERS[order]) for one in ids]
    assert keys == sorted(keys, reverse=True)
    assert len(set(keys)) == 20


@pytest.mark.parametrize("order", ClaimOrder)
def test_neighbours_walk_the_list_to_both_ends(newsroom: Newsroom, order: ClaimOrder) -> None:
    many_claims(newsroom, 12)
    wanted = ClaimFilter(order=order)
    ids = [None, *listed(newsroom, order=order), None]

    with newsroom.reading() as session:
        around = [listing.neighbours(session, session.get_one(Claim, one), wanted) for one in ids[1:-1]]

    assert around == list(zip(ids[:-2], ids[2:], strict=True))


def test_a_claim_that_left_the_queue_still_knows_what_came_next(newsroom: Newsroom) -> None:
    many_claims(newsroom, 6)
    before = listed(newsroom)
    with newsroom.writing() as session:
        session.get_one(Claim, before[2]).review_state = ReviewState.DRAFT

    with newsroom.reading() as session:
        around = listing.neighbours(session, session.get_one(Claim, before[2]), ClaimFilter())

    assert around == (before[1], before[3])


@pytest.mark.parametrize("order", ClaimOrder)
def test_a_claim_without_appearances_has_a_page_too(sqlite_newsroom: Newsroom, order: ClaimOrder) -> None:
    first, second = sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW)
    with sqlite_newsroom.writing() as session:
        curation.merge(session, first, second, by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    with sqlite_newsroom.reading() as session:
        page = desk_claim(session, first, ClaimFilter(order=order))

    assert page.appearances == ()


def test_pages_hold_so_many_claims_each_and_one_past_the_end_is_the_last(newsroom: Newsroom) -> None:
    many_claims(newsroom, 2 * PAGE_SIZE + 1)

    with newsroom.reading() as session:
        pages = [
            listing.claim_list(session, ClaimFilter(order=ClaimOrder.NEWEST, page=page)) for page in (0, 1, 2, 3, 99)
        ]

    assert [page.page for page in pages] == [1, 1, 2, 3, 3]
    assert [len(page.rows) for page in pages] == [50, 50, 50, 1, 1]
    assert {page.total for page in pages} == {101}
    assert pages[1].rows[0].claim_id == 101
    assert pages[3].rows[0].claim_id == 1


def test_a_line_shows_who_said_it_most_and_when(newsroom: Newsroom) -> None:
    for number, claimant in enumerate(["Ankara", "Moscow", "Ankara", "Oslo", "Paris"]):
        published_at = NOW - timedelta(days=0 if number < 2 else number)
        url = f"https://o{number}.example/1"
        newsroom.take_in(FORCED, url=url, claimant=claimant, published_at=published_at)
    merge_all(newsroom)

    with newsroom.reading() as session:
        (row,) = listing.claim_list(session, ClaimFilter()).rows

    assert row.claimants == ("Ankara", "Moscow", "Oslo")
    assert row.days == (0,) * 9 + (1, 1, 1, 0, 2)
    assert (row.first_appeared_at, row.last_appeared_at) == (NOW - timedelta(days=4), NOW)


def merge_all(newsroom: Newsroom) -> None:
    """Let a reviewer say that all claims are one."""
    with newsroom.writing() as session:
        first, *others = session.exec(select(Claim).order_by(col(Claim.id))).all()
        for claim in others:
            curation.merge(session, claim.id or 0, first.id or 0, by=newsroom.bo, seen_version=1, now=NOW)


def test_the_public_list_has_what_stands_the_latest_first(staged: Newsroom) -> None:
    assert [(row.claim_id, row.review_state) for row in public(staged)] == [
        (6, ReviewState.RETRACTED),
        (5, ReviewState.PUBLISHED),
    ]
    assert [row.claim_id for row in public(staged, rating=Rating.FALSE)] == [6, 5]
    assert public(staged, rating=Rating.TRUE) == []


def test_the_public_sees_and_finds_the_published_words_while_others_are_written(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim("The jets were sold to Ankara.")
    newsroom.publish(claim_id)
    with newsroom.writing() as session:
        reviews.start_correction(session, claim_id, why="Why", requested_by="Who", by=newsroom.eve, now=NOW)
        curation.reword(session, claim_id, "Unpublished words", by=newsroom.eve, seen_version=1, now=NOW)
    newsroom.cite(claim_id, "Unpublished document")

    page, (row,) = seen(newsroom, claim_id), public(newsroom)

    assert (row.text, row.path, row.review_state) == (page.review.claim_text, page.path, ReviewState.PUBLISHED)
    assert page.review.claim_text == "The jets were sold to Ankara."
    assert page.path == "/claims/1-the-jets-were-sold-to-ankara"
    assert [one.title for one in page.review.evidence] == ["The treaty"]
    assert [version.number for version in page.versions] == [1]
    assert [row.claim_id for row in public(newsroom, search="jets")] == [claim_id]
    assert public(newsroom, search="unpublished") == []


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


def test_a_claims_history_is_told_in_sentences(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim("The jets were sold.")
    sqlite_newsroom.publish(claim_id, rating="false")

    history = desk(sqlite_newsroom, claim_id).history

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


def test_languages_are_listed_the_most_frequent_first(newsroom: Newsroom) -> None:
    many_claims(newsroom, 8)

    with newsroom.reading() as session:
        assert languages(session) == ("en", "tr")


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
