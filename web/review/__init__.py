"""The desk, where reviewers work: every address it has and the view that answers there."""

from flask import Blueprint

from web.review import (
    account,
    claim,
    curation,
    evidence,
    fetching,
    matching,
    outlets,
    people,
    queue,
    verdict,
    versions,
)

blueprint = Blueprint("review", __name__, url_prefix="/desk")

# Ids are whole numbers that both databases can hold; anything else is a 404 before a query is made.
CLAIM = "/claims/<int(min=1, max=2147483647):claim_id>"
MATCH = f"{CLAIM}/matches/<int(min=1, max=2147483647):match_id>"
EVIDENCE = f"{CLAIM}/evidence/<int(min=1, max=2147483647):evidence_id>"
REVIEW = f"{CLAIM}/reviews/<int(min=1, max=2147483647):review_id>"
REQUEST = "/fetching/<int(min=1, max=2147483647):request_id>"
LISTING = "/fetching/listings/<int(min=1, max=2147483647):listing_id>"
OUTLET = "/fetching/outlets/<int(min=1, max=2147483647):outlet_id>"
ALERT = f"{CLAIM}/alerts/<int(min=1, max=2147483647):alert_id>"
ARTICLE = "/articles/<int(min=1, max=2147483647):article_id>"
CITED = "/evidence/<int(min=1, max=2147483647):evidence_id>"
SNAPSHOT = "/snapshots/<int(min=1, max=2147483647):snapshot_id>"
PERSON = "/people/<int(min=1, max=2147483647):user_id>"

blueprint.add_url_rule("/", "queue", queue.show)
blueprint.add_url_rule(CLAIM, "claim", claim.show)

blueprint.add_url_rule(f"{MATCH}/confirm", "confirm", curation.confirm, methods=["POST"])
blueprint.add_url_rule(f"{MATCH}/reject", "reject", curation.reject, methods=["POST"])
blueprint.add_url_rule(f"{CLAIM}/split", "split", curation.split, methods=["POST"])
blueprint.add_url_rule(f"{CLAIM}/reword", "reword", curation.reword, methods=["POST"])
blueprint.add_url_rule(f"{CLAIM}/merge", "choose_merge", curation.choose_merge)
blueprint.add_url_rule(f"{CLAIM}/merge", "merge", curation.merge, methods=["POST"])

blueprint.add_url_rule(f"{CLAIM}/evidence", "add_evidence", evidence.add, methods=["POST"])
blueprint.add_url_rule(f"{EVIDENCE}/withdraw", "withdraw_evidence", evidence.withdraw, methods=["POST"])

blueprint.add_url_rule(ARTICLE, "article", versions.show_article)
blueprint.add_url_rule(CITED, "evidence_versions", versions.show_evidence)
blueprint.add_url_rule(f"{SNAPSHOT}/text", "snapshot_text", versions.show_text)
blueprint.add_url_rule(f"{SNAPSHOT}/bytes", "snapshot_bytes", versions.download_bytes)
blueprint.add_url_rule(f"{ALERT}/settle", "settle_alert", versions.settle_alert, methods=["POST"])

blueprint.add_url_rule(f"{CLAIM}/verdict", "write_verdict", verdict.write, methods=["POST"])
blueprint.add_url_rule(f"{CLAIM}/correction", "start_correction", verdict.start_correction, methods=["POST"])
blueprint.add_url_rule(f"{REVIEW}/discard", "discard", verdict.discard, methods=["POST"])
blueprint.add_url_rule(f"{REVIEW}/publish", "publish", verdict.publish, methods=["POST"])
blueprint.add_url_rule(f"{REVIEW}/request-changes", "request_changes", verdict.request_changes, methods=["POST"])
blueprint.add_url_rule(f"{REVIEW}/retract", "retract", verdict.retract, methods=["POST"])

blueprint.add_url_rule("/fetching", "fetching", fetching.show)
blueprint.add_url_rule("/fetching", "request_fetches", fetching.request_fetches, methods=["POST"])
blueprint.add_url_rule(f"{REQUEST}/retry", "retry_fetch", fetching.retry, methods=["POST"])
blueprint.add_url_rule(f"{LISTING}/read", "read_listing", outlets.read_now, methods=["POST"])
blueprint.add_url_rule(f"{LISTING}/pause", "pause_listing", outlets.pause, methods=["POST"])
blueprint.add_url_rule(f"{LISTING}/resume", "resume_listing", outlets.resume, methods=["POST"])
blueprint.add_url_rule(f"{OUTLET}/retry", "retry_failed", outlets.retry_failed, methods=["POST"])

blueprint.add_url_rule("/matching", "matching", matching.show)

blueprint.add_url_rule("/people", "people", people.show)
blueprint.add_url_rule("/people", "add_person", people.add, methods=["POST"])
blueprint.add_url_rule(f"{PERSON}/role", "set_role", people.set_role, methods=["POST"])
blueprint.add_url_rule(f"{PERSON}/password", "set_password", people.set_password, methods=["POST"])
blueprint.add_url_rule(f"{PERSON}/deactivate", "deactivate", people.deactivate, methods=["POST"])

blueprint.add_url_rule("/account", "account", account.show)
blueprint.add_url_rule("/account", "change_password", account.change_password, methods=["POST"])
