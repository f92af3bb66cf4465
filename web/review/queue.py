"""The queue: the claims that wait for a reviewer, narrowed by what the address says."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from claims.models import Role
from claims.queries.alerts import claims_with_alerts
from claims.queries.choices import article_title, languages, outlets
from claims.queries.listing import claim_list, status_counts
from web.access import allow
from web.review.filters import filter_of, is_narrowed, query_of
from web.storage import reading


@allow(Role.REVIEWER)
def show() -> ResponseReturnValue:
    """One page of the queue, its filters, and how many claims wait in each status."""
    wanted = filter_of(request.args)
    with reading() as session:
        return render_template(
            "review/queue.html",
            wanted=wanted,
            query_of=query_of,
            is_narrowed=is_narrowed(wanted),
            listing=claim_list(session, wanted),
            counts=status_counts(session),
            outlets=outlets(session),
            languages=languages(session),
            article=article_title(session, wanted.article_id) if wanted.article_id is not None else "",
            with_alerts=claims_with_alerts(session),
        )
