"""The evidence on the desk's claim page: cite a source, or withdraw one."""

from flask import request
from flask.typing import ResponseReturnValue

from claims import evidence
from claims.db import Session
from claims.models import Bearing, Role
from web.access import allow, signed_in_user
from web.review.claim import attempt
from web.review.forms import chosen
from web.storage import allow_hosts, now


@allow(Role.REVIEWER)
def add(claim_id: int) -> ResponseReturnValue:
    """Cite a source for a claim; its address is fetched later, by the worker."""
    form = request.form

    def write(session: Session) -> int:
        evidence.add(
            session,
            claim_id,
            title=form.get("title", ""),
            url=form.get("url", ""),
            quote=form.get("quote", ""),
            note=form.get("note", ""),
            is_primary="is_primary" in form,
            bearing=chosen(Bearing, form.get("bearing", ""), "bearing"),
            by=signed_in_user(),
            now=now(),
            allow_hosts=allow_hosts(),
        )
        return claim_id

    return attempt(claim_id, "evidence", write)


@allow(Role.REVIEWER)
def withdraw(claim_id: int, evidence_id: int) -> ResponseReturnValue:
    """Take a source out of what the next verdict stands on; what was published keeps it."""
    return attempt(
        claim_id,
        "evidence",
        lambda session: evidence.withdraw(session, evidence_id, by=signed_in_user(), now=now()),
    )
