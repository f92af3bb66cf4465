"""Which claim an id leads to today."""

from sqlmodel import Session

from claims.errors import NotFound
from claims.models import Claim
from claims.rows import find


def current_id(session: Session, claim_id: int) -> int:
    """The id of the claim that this one is now, merges followed; NotFound where there is none."""
    while True:
        claim = find(session, Claim, claim_id)
        if claim is None:
            raise NotFound(f"There is no claim {claim_id}. Its address may be mistyped; search for its words instead.")
        if claim.merged_into_id is None:
            return claim_id
        claim_id = claim.merged_into_id
