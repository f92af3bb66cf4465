"""What belongs to a claim: confirm, reject, split, merge and reword."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from claims import curation
from claims.db import Session
from claims.models import Relation, Role
from claims.queries import desk
from claims.queries.listing import find_claims
from web.access import allow, signed_in_user
from web.asked import search_asked
from web.review.claim import attempt
from web.review.filters import filter_of, query_of
from web.review.forms import chosen, seen_version, whole_number
from web.storage import now, reading


@allow(Role.REVIEWER)
def confirm(claim_id: int, match_id: int) -> ResponseReturnValue:
    """Group an appearance with the claim that it was proposed for."""
    return attempt(
        claim_id,
        f"match-{match_id}",
        lambda session: curation.confirm(
            session, match_id, by=signed_in_user(), seen_version=seen_version(request.form), now=now()
        ),
    )


@allow(Role.REVIEWER)
def reject(claim_id: int, match_id: int) -> ResponseReturnValue:
    """Keep an appearance out of a claim for good, as distinct, contradicting or only related."""

    def write(session: Session) -> int:
        curation.reject(
            session,
            match_id,
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            relation=chosen(Relation, request.form.get("relation", ""), "relation"),
            now=now(),
        )
        return claim_id

    return attempt(claim_id, f"match-{match_id}", write)


@allow(Role.REVIEWER)
def split(claim_id: int) -> ResponseReturnValue:
    """Make a claim of its own from the ticked appearances."""
    return attempt(
        claim_id,
        "split",
        lambda session: curation.split(
            session,
            claim_id,
            [whole_number(ticked, "appearance") for ticked in request.form.getlist("appearance")],
            request.form.get("text", ""),
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            now=now(),
        ),
    )


@allow(Role.REVIEWER)
def reword(claim_id: int) -> ResponseReturnValue:
    """Give a claim another wording."""

    def write(session: Session) -> int:
        curation.reword(
            session,
            claim_id,
            request.form.get("text", ""),
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            now=now(),
        )
        return claim_id

    return attempt(claim_id, "reword", write)


@allow(Role.REVIEWER)
def choose_merge(claim_id: int) -> ResponseReturnValue:
    """A search for the claim that this one says the same as."""
    search, wanted = search_asked(request.args), filter_of(request.args)
    with reading() as session:
        claim = desk.named_claim(session, claim_id)
        found = find_claims(session, search, excluding=claim_id) if search else ()
    return render_template(
        "review/merge.html", claim=claim, search=search, found=found, way=query_of(wanted, page=wanted.page)
    )


@allow(Role.REVIEWER)
def merge(claim_id: int) -> ResponseReturnValue:
    """Group all appearances of a claim with another claim, to which its address then leads."""
    return attempt(
        claim_id,
        "claim",
        lambda session: curation.merge(
            session,
            claim_id,
            whole_number(request.form.get("into_id", ""), "claim"),
            by=signed_in_user(),
            seen_version=seen_version(request.form),
            now=now(),
        ),
    )
