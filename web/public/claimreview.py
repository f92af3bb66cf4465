"""A verdict as search engines and fact-check feeds read it: schema.org ClaimReview."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from claims.queries.appearances import AppearanceView
from claims.queries.public import PublicClaim
from claims.queries.reviews import ReviewView
from claims.ratings import MEANINGS, Rating
from web.display import web_address

BEST, WORST = 5, 1


def claim_review(claim: PublicClaim, base_url: str) -> dict[str, Any]:
    """The ClaimReview (https://schema.org/ClaimReview) of a verdict that stands, ready to be written as JSON.

    A rating off the scale has its word alone. What is not known is left out rather than guessed.
    """
    review = claim.review
    return without_blanks(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": f"{base_url}{claim.path}",
            "datePublished": iso_date(review.published_at),
            "inLanguage": known_language(claim.language),
            "claimReviewed": review.claim_text,
            "reviewBody": review.summary,
            "author": {"@type": "Organization", "name": urlsplit(base_url).hostname, "url": f"{base_url}/"},
            "reviewRating": rating_of(review),
            "itemReviewed": claim_of(claim),
        }
    )


def rating_of(review: ReviewView) -> dict[str, Any] | None:
    """The verdict as a Rating, with numbers where its scale has them."""
    if review.rating is None:
        return None
    return {"@type": "Rating", "alternateName": MEANINGS[review.rating].label} | numbers_of(review.rating)


def numbers_of(rating: Rating) -> dict[str, int]:
    """A rating's place between worst and best, empty for one off the scale."""
    value = MEANINGS[rating].value
    return {} if value is None else {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}


def claim_of(claim: PublicClaim) -> dict[str, Any]:
    """The claim itself: who made it, and every article that carried it, the first one first."""
    carried = [article_of(one) for one in first_of_each_article(claim.appearances)]
    return without_blanks(
        {
            "@type": "Claim",
            "text": claim.review.claim_text,
            "author": [claimant_of(name) for name in claim.claimants],
            "datePublished": carried[0].get("datePublished") if carried else None,
            "firstAppearance": carried[0] if carried else None,
            "appearance": carried,
        }
    )


def claimant_of(name: str) -> dict[str, Any]:
    """A claimant by name; whether it is a person or an organisation is not stored, so both are allowed for."""
    return {"@type": ["Organization", "Person"], "name": name}


def article_of(appearance: AppearanceView) -> dict[str, Any]:
    """The article of an appearance."""
    return without_blanks(
        {
            "@type": "NewsArticle",
            "url": web_address(appearance.article_url),
            "headline": appearance.article_title,
            "datePublished": iso_date(appearance.published_at),
            "publisher": {"@type": "Organization", "name": appearance.outlet},
        }
    )


def first_of_each_article(appearances: Iterable[AppearanceView]) -> list[AppearanceView]:
    """One appearance for each article, in the order in which they appeared."""
    kept: dict[int, AppearanceView] = {}
    for appearance in sorted(appearances, key=lambda one: (one.appeared_at, one.appearance_id)):
        kept.setdefault(appearance.article_id, appearance)
    return list(kept.values())


def without_blanks(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties that have a value."""
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def iso_date(at: datetime | None) -> str | None:
    """A time's date as schema.org writes it."""
    return at.date().isoformat() if at else None


def known_language(tag: str) -> str | None:
    """The language tag, or None where the language is undetermined."""
    return None if tag == "und" else tag
