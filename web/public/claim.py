"""The public page of a claim, at one address for good: its verdict now, and each version that was published."""

from flask import redirect, render_template
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
    """The way to the claim's page, whose address says its words."""
    return redirect(find(claim_id, None).path, 301)


@everyone
def show(claim_id: int, slug: str) -> ResponseReturnValue:
    """The claim's page as it stands now, or the way there from an older address or a merged claim."""
    claim = find(claim_id, None)
    if claim.path != f"/claims/{claim_id}-{slug}":
        return redirect(claim.path, 301)
    return claim_page(claim)


@everyone
def show_version_by_id(claim_id: int, number: int) -> ResponseReturnValue:
    """The way to a version's page, whose address says the claim's words."""
    return redirect(f"{find(claim_id, number).path}/v/{number}", 301)


@everyone
def show_version(claim_id: int, slug: str, number: int) -> ResponseReturnValue:
    """The page of one published version, which says so where it is not the one that stands."""
    claim = find(claim_id, number)
    if claim.path != f"/claims/{claim_id}-{slug}":
        return redirect(f"{claim.path}/v/{number}", 301)
    return claim_page(claim)


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
