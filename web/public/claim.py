"""The public page of a claim, at one address for good: its verdict now, and each version that was published."""

from urllib.parse import unquote

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from claims.models import ReviewState
from claims.queries import public
from claims.queries.current import current_id
from claims.queries.public import PublicClaim
from web.access import everyone
from web.drawing.timeline import timeline
from web.public.claimreview import claim_review
from web.storage import base_url, reading


@everyone
def show_by_id(claim_id: int) -> ResponseReturnValue:
    """The way to the claim's page, whose address says its words; the page itself where these have no letter."""
    claim = find(claim_id, None)
    return claim_page(claim) if is_here(claim.path) else redirect(claim.path, 301)


@everyone
def show(claim_id: int, slug: str) -> ResponseReturnValue:
    """The claim's page as it stands now, or the way there from an older address or a merged claim."""
    claim = find(claim_id, None)
    return claim_page(claim) if is_here(claim.path) else redirect(claim.path, 301)


@everyone
def show_version_by_id(claim_id: int, number: int) -> ResponseReturnValue:
    """The way to a version's page, whose address says the claim's words; the page itself where these have no letter."""
    return version_page(claim_id, number)


@everyone
def show_version(claim_id: int, slug: str, number: int) -> ResponseReturnValue:
    """The page of one published version, which says so where it is not the one that stands."""
    return version_page(claim_id, number)


def version_page(claim_id: int, number: int) -> ResponseReturnValue:
    """The page of one published version at its address, or the way there."""
    claim = find(claim_id, number)
    address = f"{claim.path}/v/{number}"
    return claim_page(claim) if is_here(address) else redirect(address, 301)


def is_here(path: str) -> bool:
    """Whether this percent-encoded path is the one that is visited."""
    return unquote(path) == request.path


def find(claim_id: int, number: int | None) -> PublicClaim:
    """The public claim with this id, or the one it was merged into; NotFound where nothing was published."""
    with reading() as session:
        return public.public_claim(session, current_id(session, claim_id), number)


def claim_page(claim: PublicClaim) -> str:
    """The page of a claim with one version of its verdict; only a verdict that stands is told to machines."""
    stands = claim.is_current and claim.review.state is ReviewState.PUBLISHED
    return render_template(
        "public/claim.html",
        claim=claim,
        review=claim.review,
        timeline=timeline(claim.appearances, claim.versions),
        first=min(claim.appearances, key=lambda one: one.appeared_at, default=None),
        outlets=len({one.outlet_id for one in claim.appearances}),
        address=f"{base_url()}{claim.path}",
        claim_review=claim_review(claim, base_url()) if stands else None,
    )
