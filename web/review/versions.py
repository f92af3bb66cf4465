"""What outlets changed after publication: the versions of an article or of evidence, and what was fetched of each."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from claims.models import Role
from claims.queries import snapshots, versions
from claims.rechecks import alerts
from claims.versions.bodies import Bodies
from web.access import allow, signed_in_user
from web.comparing import comparison, marked, orphaned, pair_asked, standing
from web.review.claim import attempt
from web.storage import now, parts, reading

# What an outlet sent is shown as plain text or handed over as a file: a browser must never run it under our name.
SANDBOX = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


@allow(Role.REVIEWER)
def show_article(article_id: int) -> str:
    """An article's versions, what differs between two of them, and its quotes as they stand in the later one."""
    with reading() as session:
        article = versions.article_versions(session, article_id, *pair_asked(request.args))
    return render_template(
        "review/article.html",
        article=article,
        shown=article.pair.new,
        compared=comparison(article.pair, article.outlet),
        paragraphs=marked(article.pair.new_text, article.quotes),
        standing=standing(article.quotes),
        orphaned=orphaned(article.quotes),
    )


@allow(Role.REVIEWER)
def show_evidence(evidence_id: int) -> str:
    """A piece of evidence's versions, and what differs between two of them."""
    with reading() as session:
        evidence = versions.evidence_versions(session, evidence_id, *pair_asked(request.args))
    return render_template(
        "review/evidence_versions.html",
        evidence=evidence,
        compared=comparison(evidence.pair) if evidence.pair else None,
        cited=next((version for version in evidence.versions if version.snapshot_id == evidence.cited_id), None),
    )


@allow(Role.REVIEWER)
def show_text(snapshot_id: int) -> Response:
    """The text that was read from a snapshot, as plain text."""
    with reading() as session:
        text = snapshots.snapshot_text(session, snapshot_id)
    response = Response(text, content_type="text/plain; charset=utf-8", headers=SANDBOX)
    response.headers.set("Content-Disposition", "inline", filename=f"snapshot-{snapshot_id}.txt")
    return response


@allow(Role.REVIEWER)
def download_bytes(snapshot_id: int) -> Response:
    """The bytes that were fetched, as a file of no type that a browser would open."""
    with reading() as session:
        raw = snapshots.snapshot_bytes(session, snapshot_id, Bodies.of(parts().settings))
    response = Response(raw, content_type="application/octet-stream", headers=SANDBOX)
    response.headers.set("Content-Disposition", "attachment", filename=f"snapshot-{snapshot_id}.bin")
    return response


@allow(Role.REVIEWER)
def settle_alert(claim_id: int, alert_id: int) -> ResponseReturnValue:
    """Record that a reviewer saw an alert and leaves the verdict as it is, with a note why."""
    note = request.form.get("note", "")
    return attempt(
        claim_id,
        f"alert-{alert_id}",
        lambda session: alerts.settle(session, alert_id, note=note, by=signed_in_user(), now=now()),
    )
