"""A verdict as machines read it: schema.org ClaimReview."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from claims import db
from claims.queries.public import PublicClaim, public_claim
from claims.ratings import Rating
from tests.web.conftest import CLAIM, Newsroom
from tests.web.review.conftest import World
from web.public.claimreview import claim_review

BASE_URL = "https://checks.example.org"


@pytest.fixture
def claim(app: Flask, world: World, newsroom: Newsroom) -> PublicClaim:
    """A published claim that two outlets carried."""
    claim_id = world.claim(CLAIM, outlet_id=world.outlet("Meridian Courier"))
    world.appearance(claim_id, "Turkey had to buy the S-400", outlet_id=world.outlet("The Harbour Post"), hours_ago=5)
    newsroom.publish(claim_id)
    with db.reading(world.engine) as session:
        return public_claim(session, claim_id)


def test_the_claim_review_says_who_reviewed_what_and_with_which_result(claim: PublicClaim):
    told = claim_review(claim, BASE_URL)

    assert told["@type"] == "ClaimReview"
    assert told["url"] == f"{BASE_URL}{claim.path}"
    assert told["claimReviewed"] == CLAIM
    assert told["datePublished"] == "2026-03-04"
    assert told["author"] == {"@type": "Organization", "name": "checks.example.org", "url": f"{BASE_URL}/"}
    assert told["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Mostly false",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
    }


def test_the_claim_is_told_with_its_claimant_and_every_article_the_first_one_first(claim: PublicClaim):
    item = claim_review(claim, BASE_URL)["itemReviewed"]

    assert item["author"] == [{"@type": ["Organization", "Person"], "name": "Ankara"}]
    assert [article["publisher"]["name"] for article in item["appearance"]] == ["The Harbour Post", "Meridian Courier"]
    assert item["firstAppearance"] == item["appearance"][0]
    assert item["datePublished"] == "2026-03-04"


def test_a_rating_off_the_scale_has_no_number(claim: PublicClaim):
    told = claim_review(replace(claim, review=replace(claim.review, rating=Rating.MISLEADING)), BASE_URL)

    assert told["reviewRating"] == {"@type": "Rating", "alternateName": "Misleading"}


def test_an_article_is_named_once_however_often_it_carried_the_claim(claim: PublicClaim):
    twice = replace(claim, appearances=(*claim.appearances, *claim.appearances))

    assert len(claim_review(twice, BASE_URL)["itemReviewed"]["appearance"]) == 2


def test_what_is_not_known_is_left_out(claim: PublicClaim):
    bare = replace(claim, appearances=(), claimants=(), language="und")

    told = claim_review(bare, BASE_URL)

    assert "inLanguage" not in told
    assert set(told["itemReviewed"]) == {"@type", "text"}
    assert None not in values_in(told)


def values_in(told: Any) -> list[Any]:
    """Every plain value at any depth."""
    if isinstance(told, dict):
        return [value for inner in told.values() for value in values_in(inner)]
    if isinstance(told, list):
        return [value for inner in told for value in values_in(inner)]
    return [told]
