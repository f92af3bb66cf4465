"""The queue's filter as it stands in an address, so that it can be linked, and travels with the reviewer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from claims.queries.listing import ClaimFilter, ClaimOrder, DeskStatus
from web.asked import page_asked, search_asked
from web.review.forms import chosen, whole_number


def filter_of(query: Mapping[str, str]) -> ClaimFilter:
    """The filter that an address asks for; what it leaves out is as in a fresh queue. InvalidDraft for odd values."""
    fresh = ClaimFilter()
    outlet, article = query.get("outlet", ""), query.get("article", "")
    return ClaimFilter(
        status=chosen(DeskStatus, query.get("status") or fresh.status, "status"),
        search=search_asked({"q": query.get("search", "")}),
        outlet_id=whole_number(outlet, "outlet") if outlet else None,
        article_id=whole_number(article, "article") if article else None,
        language=query.get("language", ""),
        suggestions_only=query.get("suggestions") == "only",
        alerts_only=query.get("alerts") == "only",
        order=chosen(ClaimOrder, query.get("order") or fresh.order, "order"),
        page=page_asked(query),
    )


def query_of(wanted: ClaimFilter, **changes: Any) -> dict[str, Any]:
    """The filter, with these changes, as parameters of an address; what a fresh queue has anyway is left out.

    Values are text. Another filter begins on its first page.
    """
    changed = replace(wanted, **({"page": 1} | changes))
    parameters = {
        "status": "" if changed.status == ClaimFilter().status else str(changed.status),
        "search": changed.search,
        "outlet": str(changed.outlet_id or ""),
        "article": str(changed.article_id or ""),
        "language": changed.language,
        "suggestions": "only" if changed.suggestions_only else "",
        "alerts": "only" if changed.alerts_only else "",
        "order": "" if changed.order == ClaimFilter().order else str(changed.order),
        "page": "" if changed.page == 1 else str(changed.page),
    }
    return {name: value for name, value in parameters.items() if value}


def is_narrowed(wanted: ClaimFilter) -> bool:
    """Whether the filter leaves out more than its status does."""
    parts = (wanted.search, wanted.outlet_id, wanted.article_id, wanted.language)
    return any(parts) or wanted.suggestions_only or wanted.alerts_only
