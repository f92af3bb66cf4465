"""The public pages as a reader meets them."""

import json
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from claims import curation, db
from claims.drafts import Access
from claims.models import Claim, Relation, Review
from tests.web.conftest import CLAIM, Newsroom
from tests.web.review.conftest import NOON, World


def test_the_front_page_without_verdicts_says_what_will_be_here(client: FlaskClient):
    page = client.get("/").text

    assert "No verdict has been published yet." in page
    assert 'href="/sign-in"' in page


def test_the_front_page_lists_what_is_published_and_nothing_else(client: FlaskClient, world: World, claim_path: str):
    world.claim("Nobody has checked this yet")

    page = client.get("/").text

    assert f'href="{claim_path}"' in page
    assert "Mostly false" in page
    assert "Nobody has checked this yet" not in page


@pytest.mark.parametrize(("query", "is_found"), [("q=s-400", True), ("q=ANKARA", True), ("q=patriot", False)])
def test_the_search_finds_words_and_claimants(client: FlaskClient, claim_path: str, query: str, is_found: bool):
    page = client.get(f"/search?{query}").text

    assert (f'href="{claim_path}"' in page) is is_found
    assert ("No published claim" in page) is not is_found


def test_the_list_can_be_narrowed_to_a_rating(client: FlaskClient, world: World, newsroom: Newsroom, claim_path: str):
    newsroom.publish(world.claim("The dam holds 4.2 billion cubic metres"), rating="true")

    page = client.get("/?rating=true").text

    assert "The dam holds" in page
    assert claim_path not in page


def test_a_long_list_comes_in_pages_that_keep_the_filter(client: FlaskClient, world: World, newsroom: Newsroom):
    for number in range(51):
        newsroom.publish(world.claim(f"Statement {number} of many"), rating="true")

    first, second = client.get("/search?q=many&rating=true").text, client.get("/search?q=many&rating=true&page=2").text

    assert "Page 1 of 2" in first
    assert 'href="/search?q=many&amp;rating=true&amp;page=2"' in first
    assert second.count('class="claim-row"') == 1


def test_a_claim_page_shows_all_that_a_reader_asks(client: FlaskClient, claim_path: str):
    page = client.get(claim_path).text

    for expected in (
        CLAIM,
        "Mostly false",
        "Other bids were open.",
        "Tender committee, minutes",
        "https://archive.example/minutes",
        "Three bids were received.",
        f"<mark>{CLAIM}</mark>",
        "Checked by Ada",
        "second pair of eyes Bo",
        "Nothing has been corrected",
    ):
        assert expected in page


def test_readers_are_told_where_only_a_part_of_an_article_was_open(
    client: FlaskClient, world: World, claim_id: int, claim_path: str
):
    before = client.get(claim_path).text
    world.appearance(claim_id, "Ankara had to buy it", access=Access.PAYWALLED)
    world.appearance(claim_id, "Ankara had no way out", access=Access.LIVE_BLOG)

    page = client.get(claim_path).text

    assert "paywalled" not in before
    assert page.count("paywalled: only the open part was read") == 1
    assert page.count("live blog: it may say more by now") == 1


def test_a_claim_has_one_address(client: FlaskClient, claim_id: int, claim_path: str):
    for other in (f"/claims/{claim_id}", f"/claims/{claim_id}-another-slug"):
        answer = client.get(other)

        assert (answer.status_code, answer.location) == (301, claim_path)


def test_a_version_has_one_address(client: FlaskClient, claim_id: int, claim_path: str):
    for other in (f"/claims/{claim_id}/v/1", f"/claims/{claim_id}-another-slug/v/1"):
        answer = client.get(other)

        assert (answer.status_code, answer.location) == (301, f"{claim_path}/v/1")


@pytest.fixture
def arabic_id(world: World, newsroom: Newsroom) -> int:
    """A claim in Arabic with a published verdict."""
    number = world.claim("انهيار المحادثات")
    newsroom.publish(number)
    return number


def test_a_claim_in_another_script_has_an_address_in_it(client: FlaskClient, arabic_id: int):
    path = f"/claims/{arabic_id}-{quote('انهيار-المحادثات')}"
    version = f"{path}/v/1"

    there = [client.get(other).location for other in (f"/claims/{arabic_id}", f"/claims/{arabic_id}-old", path.lower())]
    page = client.get(path)

    assert there == [path, path, None]
    assert [client.get(other).location for other in (f"/claims/{arabic_id}/v/1", version)] == [version, None]
    assert page.status_code == 200
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in page.text
    assert (
        f'<a href="{path}"><bdi dir="ltr">http://127.0.0.1:8000/claims/{arabic_id}-انهيار-المحادثات</bdi></a>'
        in page.text
    )
    assert f'href="{path}"' in client.get("/").text


def test_a_claim_without_a_letter_is_at_its_id(client: FlaskClient, world: World, newsroom: Newsroom):
    number = world.claim("…")
    newsroom.publish(number)

    found = [client.get(path) for path in (f"/claims/{number}", f"/claims/{number}/v/1", f"/claims/{number}-old")]

    assert [answer.status_code for answer in found] == [200, 200, 301]
    assert found[2].location == f"/claims/{number}"


@pytest.mark.parametrize("slug", ["%E2%80%AEx", "%2e%2e", "%FF", "%25D8%25A7", "a%00b", "%ED%A0%80"])
def test_no_other_slug_shows_the_page(client: FlaskClient, arabic_id: int, slug: str):
    answer = client.get(f"/claims/{arabic_id}-{slug}")

    assert (answer.status_code, answer.location) == (301, f"/claims/{arabic_id}-{quote('انهيار-المحادثات')}")


def test_a_merged_claim_leads_to_where_it_went(client: FlaskClient, world: World, claim_id: int, claim_path: str):
    merged_id = world.claim("Ankara had no choice but to buy the S-400")
    with db.transaction(world.engine) as session:
        session.get_one(Claim, merged_id).merged_into_id = claim_id

    answer = client.get(f"/claims/{merged_id}-ankara-had-no-choice")

    assert (answer.status_code, answer.location) == (301, claim_path)


def test_a_claim_without_a_verdict_is_not_public(client: FlaskClient, world: World):
    answer = client.get(f"/claims/{world.claim('Nobody has checked this yet')}")

    assert answer.status_code == 404
    assert "Nobody has checked" not in answer.text


def test_a_correction_is_shown_and_the_version_before_it_stays(
    client: FlaskClient, newsroom: Newsroom, claim_id: int, claim_path: str
):
    newsroom.correct(claim_id, "false", "A reader sent the minutes.")

    page, before = client.get(claim_path).text, client.get(f"{claim_path}/v/1").text

    assert "A reader sent the minutes." in page
    assert "Changed from mostly false to false." in page
    assert "This is version 1 of the verdict, which no longer stands." in before
    assert '<meta name="robots" content="noindex">' in before


def test_a_retracted_verdict_keeps_its_page_and_says_so(
    client: FlaskClient, world: World, newsroom: Newsroom, claim_path: str
):
    with db.reading(world.engine) as session:
        review_id = session.get_one(Review, 1).id or 0
    newsroom.retract(review_id, "The minutes were forged.")

    page = client.get(claim_path).text

    assert "This verdict was retracted on" in page
    assert "The minutes were forged." in page
    assert "application/ld+json" not in page
    assert '<p class="claim-row-verdict verdict-retracted">' in client.get("/").text


def test_an_override_is_told_to_readers(client: FlaskClient, world: World, claim_path: str):
    with db.transaction(world.engine) as session:
        session.get_one(Review, 1).override_reason = "The others are at sea."

    page = client.get(claim_path).text

    assert "Published without a second pair of eyes." in page
    assert "The others are at sea." in page
    assert "second pair of eyes Bo" not in page


def test_a_claim_that_contradicts_it_is_named(
    client: FlaskClient, world: World, newsroom: Newsroom, claim_id: int, claim_path: str
):
    denial_id = world.claim("Ankara was never forced to buy the S-400")
    match_id = world.propose_home_of(denial_id, claim_id)
    with db.transaction(world.engine) as session:
        curation.reject(session, match_id, by=newsroom.author, seen_version=1, relation=Relation.CONTRADICTS, now=NOON)
    before = client.get(claim_path).text
    newsroom.publish(denial_id, rating="true")

    after = client.get(claim_path).text

    assert "never forced" not in before  # nobody but the desk knows of it yet
    assert "Claims that contradict it" in after
    assert "Ankara was never forced to buy the S-400" in after


def test_hostile_words_stay_words(client: FlaskClient, world: World, newsroom: Newsroom):
    hostile = "</script><script>alert(1)</script> & \"quoted\" 'words'"
    claim_id = world.claim(hostile, claimant="<img src=x onerror=alert(2)>")
    newsroom.publish(claim_id, summary="</textarea><b>bold</b>")

    page = client.get(f"/claims/{claim_id}", follow_redirects=True).text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert json_ld(page)["claimReviewed"] == hostile


def test_an_evidence_address_that_is_no_web_address_is_no_link(client: FlaskClient, world: World, claim_path: str):
    with db.transaction(world.engine) as session:
        session.connection().exec_driver_sql("UPDATE evidence SET url = 'javascript:alert(1)'")

    page = client.get(claim_path).text

    assert "javascript:" not in page
    assert "Tender committee, minutes" in page


def test_search_engines_are_told_the_verdict(client: FlaskClient, claim_path: str):
    told = json_ld(client.get(claim_path).text)

    assert told["@type"] == "ClaimReview"
    assert told["url"] == f"http://127.0.0.1:8000{claim_path}"
    assert told["reviewRating"]["ratingValue"] == 2


def test_the_timeline_has_a_lane_for_each_outlet_and_a_table_behind_it(
    client: FlaskClient, world: World, claim_id: int, claim_path: str
):
    world.appearance(claim_id, "Ankara had to buy it", outlet_id=world.outlet("The Harbour Post"))

    page = client.get(claim_path).text

    assert page.count('class="timeline-lane"') == 2
    assert page.count('class="timeline-dot timeline-dot-first" cx') == 2  # the dot, and the key that explains it
    assert "<td>The Harbour Post</td>" in page


def test_the_site_says_that_it_is_well(client: FlaskClient, claim_id: int):
    answer = client.get("/healthz")

    assert answer.json == {"published_claims": 1, "status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_site_is_not_well_without_its_tables(client: FlaskClient, world: World):
    with world.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claim RENAME TO lost")

    assert client.get("/healthz").status_code == 500


def test_robots_are_kept_out_of_the_desk(client: FlaskClient):
    answer = client.get("/robots.txt")

    assert answer.mimetype == "text/plain"
    assert "Disallow: /desk/" in answer.text


def json_ld(page: str) -> dict[str, object]:
    """The page's block of linked data."""
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    told: dict[str, object] = json.loads(block[1])
    return told
