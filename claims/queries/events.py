"""Says in words what an audit event did, for a claim's history."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from claims.audit import Action
from claims.models import AlertKind, AuditEvent
from claims.ratings import MEANINGS, Rating

Details = Mapping[str, Any]


def sentence_of(event: AuditEvent) -> str:
    """One sentence without its subject: "grouped an appearance with this claim"."""
    return SENTENCES[Action(event.action)](json.loads(event.details))


def rated(details: Details) -> str:
    """The word of the rating in the details, or that there is none."""
    return MEANINGS[Rating(details["rating"])].label if details.get("rating") else "no rating yet"


def with_score(what: str) -> Callable[[Details], str]:
    """A sentence that ends with the score behind it."""
    return lambda details: f"{what} (score {details['score']})"


def plain(what: str) -> Callable[[Details], str]:
    """A sentence that needs no details."""
    return lambda details: what


def quoting(what: str, name: str) -> Callable[[Details], str]:
    """A sentence that ends with one of the details."""
    return lambda details: f"{what}: {details[name]}"


ALERTS: Mapping[AlertKind, str] = {
    AlertKind.EVIDENCE_CHANGED: "evidence changed after it was cited",
    AlertKind.EVIDENCE_GONE: "evidence is gone from its address",
    AlertKind.EVIDENCE_UNREACHABLE: "evidence has been out of reach for days",
    AlertKind.QUOTE_GONE: "an outlet took a quote of this claim out of its article",
    AlertKind.ARTICLE_GONE: "an article with this claim is not at its address",
}
SENTENCES: dict[Action, Callable[[Details], str]] = {
    Action.OUTLET_ADD: quoting("added the outlet", "name"),
    Action.LISTING_ADD: quoting("had this read on schedule", "url"),
    Action.SNAPSHOT_ADD: plain("stored what was fetched"),
    Action.ARTICLE_ACCESS: lambda details: f"read an article again: {details['after']}, {details['before']} before",
    Action.CLAIM_ADD: quoting("opened the claim", "text"),
    Action.CLAIM_MERGE: lambda details: f"merged claim {details['merged']} into this one",
    Action.CLAIM_SPLIT: lambda details: f"moved {len(details['appearances'])} appearances to claim {details['into']}",
    Action.CLAIM_REWORD: quoting("reworded the claim to", "after"),
    Action.MATCH_SUGGEST: with_score("proposed an appearance"),
    Action.MATCH_GROUP: with_score("grouped an appearance with this claim"),
    Action.MATCH_CONFIRM: plain("confirmed that an appearance belongs here"),
    Action.MATCH_REJECT: quoting("decided that a proposed appearance does not belong here", "relation"),
    Action.MATCH_DETACH: plain("took an appearance out of this claim"),
    Action.MATCH_RUN_ADD: quoting("ran the matcher", "kind"),
    Action.PAIR_DECIDE: quoting("decided about two wordings", "relation"),
    Action.EVIDENCE_ADD: quoting("added evidence", "title"),
    Action.EVIDENCE_WITHDRAW: quoting("withdrew evidence", "title"),
    Action.EVIDENCE_COPY: plain("kept a copy of a piece of evidence"),
    Action.REVIEW_DRAFT: lambda details: f"saved the draft verdict ({rated(details)})",
    Action.REVIEW_SUBMIT: plain("submitted the verdict for review"),
    Action.REVIEW_REQUEST_CHANGES: quoting("requested changes", "reason"),
    Action.REVIEW_DISCARD: plain("discarded the draft verdict"),
    Action.REVIEW_PUBLISH: lambda details: f"published version {details['number']}: {rated(details)}",
    Action.REVIEW_CORRECT: quoting("started a correction", "why"),
    Action.REVIEW_RETRACT: quoting("retracted the verdict", "reason"),
    Action.USER_ADD: quoting("added the user", "email"),
    Action.USER_CHANGE: quoting("changed a user", "what"),
    Action.USER_SIGN_IN: plain("signed in"),
    Action.USER_SIGN_OUT: plain("signed out"),
    Action.LISTING_READ: quoting("asked to read a listing at once", "url"),
    Action.LISTING_PAUSE: quoting("paused a listing", "url"),
    Action.LISTING_RESUME: quoting("resumed a listing", "url"),
    Action.ALERT_RAISE: lambda details: f"raised an alert: {ALERTS[AlertKind(details['kind'])]}",
    Action.ALERT_SETTLE: quoting("settled an alert", "note"),
    Action.FETCH_REQUEST: quoting("asked to fetch", "url"),
    Action.FETCH_FINISH: quoting("finished fetching", "outcome"),
}
