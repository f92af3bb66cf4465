"""Lists of claims: the right ones in the right order, and before the public only what was published."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from claims import curation, reviews
from claims.models import Claim, ReviewState
from claims.queries import listing
from claims.queries.choices import languages, outlets
from claims.queries.claim_rows import ClaimRow
from claims.queries.desk import desk_claim
from claims.queries.listing import ClaimFilter, ClaimOrder, DeskStatus
from claims.queries.paging import PAGE_SIZE
from claims.queries.public import public_claim
from claims.ratings import Rating
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom
from tests.claims.plans import plans


def listed(newsroom: Newsroom, **wanted: object) -> list[int]:
    """The ids of the claims on one page of the desk's list."""
    with newsroom.reading() as session:
        return [row.claim_id for row in listing.claim_list(session, ClaimFilter(**wanted)).rows]  # type: ignore[arg-type]


def public(newsroom: Newsroom, **wanted: object) -> list[ClaimRow]:
    """One page of the public list."""
    with newsroom.reading() as session:
        return list(listing.public_list(session, **wanted).rows)  # type: ignore[arg-type]


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

    (row,) = public(newsroom)
    with newsroom.reading() as session:
        page = public_claim(session, claim_id)

    assert (row.text, row.path, row.review_state) == (page.review.claim_text, page.path, ReviewState.PUBLISHED)
    assert page.review.claim_text == "The jets were sold to Ankara."
    assert page.path == "/claims/1-the-jets-were-sold-to-ankara"
    assert [one.title for one in page.review.evidence] == ["The treaty"]
    assert [version.number for version in page.versions] == [1]
    assert [row.claim_id for row in public(newsroom, search="jets")] == [claim_id]
    assert public(newsroom, search="unpublished") == []


def test_languages_are_listed_the_most_frequent_first(newsroom: Newsroom) -> None:
    many_claims(newsroom, 8)

    with newsroom.reading() as session:
        assert languages(session) == ("en", "tr")


def test_a_search_that_finds_nothing_looks_through_the_claims_once(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.claim()

    with sqlite_newsroom.reading() as session:
        wanted = ClaimFilter(search="walrus", page=3)
        read = plans(session, "SELECT", lambda: listing.claim_list(session, wanted))
        found = listing.claim_list(session, wanted)

    assert len(read) == 1
    assert (found.rows, found.total, found.page) == ((), 0, 1)
