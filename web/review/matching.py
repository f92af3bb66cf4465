"""The matching page: how often people found the matcher right, by score, on the days that the address asks for."""

from collections.abc import Mapping
from datetime import MAXYEAR, date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from claims.errors import InvalidDraft
from claims.matching import THRESHOLDS
from claims.models import Role
from claims.queries.proposals import Proposed
from claims.queries.suggestions import ReportFilter, suggestion_report, total_of
from web.access import allow
from web.drawing.precision import picture
from web.storage import parts, reading

MAX_VERSION_CHARS = 80


@allow(Role.REVIEWER)
def show() -> ResponseReturnValue:
    """The report on what the matcher proposed, and its filter."""
    wanted = filter_of(request.args)
    with reading() as session:
        report = suggestion_report(session, wanted)
    return render_template(
        "review/matching.html",
        wanted=wanted,
        report=report,
        suggested=total_of(report.suggested, Proposed.SAME),
        kept_apart=total_of(report.kept_apart, Proposed.CONTRADICTS),
        grouped=total_of(report.grouped, Proposed.GROUPED),
        picture=picture,
        thresholds=THRESHOLDS,
        version=parts().scorer.version,
        is_narrowed=wanted != ReportFilter(),
    )


def filter_of(query: Mapping[str, str]) -> ReportFilter:
    """The filter that an address asks for; InvalidDraft for what is no day, and for days in the wrong order."""
    wanted = ReportFilter(
        from_on=day_asked(query, "from"), to_on=day_asked(query, "to"), version=query.get("version", "")
    )
    if len(wanted.version) > MAX_VERSION_CHARS:
        raise InvalidDraft("There is no such version of the matcher.")
    if wanted.from_on and wanted.to_on and wanted.from_on > wanted.to_on:
        raise InvalidDraft(f"From {wanted.from_on} to {wanted.to_on} there is no day: swap the two.")
    return wanted


def day_asked(query: Mapping[str, str], name: str) -> date | None:
    """The day that a part of the address names, or None; InvalidDraft where it is no day."""
    written = query.get(name, "")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError as error:
        raise InvalidDraft(f"{written[:40]!r} is no day. Write it as 2026-11-02.") from error
    if day and day.year == MAXYEAR:
        raise InvalidDraft("There is no such day yet.")
    return day
