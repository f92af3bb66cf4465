"""What the worker is asked to fetch: addresses handed in, how each of them went, and another try."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from claims import fetching
from claims.db import Session
from claims.errors import IllegalTransition, InvalidDraft
from claims.models import RequestState, Role
from claims.queries import desk
from web.access import allow, signed_in_user
from web.asked import page_asked
from web.errors import status_of
from web.storage import allow_hosts, now, reading, transaction

MAX_ADDRESSES = 200


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of the form that was not recorded, and why; number counts the lines that were typed."""

    number: int
    line: str
    why: str


@allow(Role.REVIEWER)
def show() -> ResponseReturnValue:
    """The requests to fetch, the newest first, and a form to hand in more."""
    return fetching_page()


@allow(Role.REVIEWER)
def request_fetches() -> ResponseReturnValue:
    """Record a request for each line that is an address; the others are shown again, each with why."""
    lines = tuple(typed_lines(request.form.get("urls", "")))
    with transaction() as session:
        bad = tuple(refused for line in lines if (refused := record(session, *line)))
    recorded = len(lines) - len(bad)
    if recorded:
        flash(f"{recorded} {'address waits' if recorded == 1 else 'addresses wait'} for the worker.")
    if recorded == len(lines) > 0:
        return redirect(url_for("review.fetching"), 303)
    return fetching_page(bad, "" if lines else "Addresses: write one on each line."), status_of(InvalidDraft())


@allow(Role.REVIEWER)
def retry(request_id: int) -> ResponseReturnValue:
    """Let the worker try a failed request again."""
    try:
        with transaction() as session:
            fetching.retry(session, request_id, by=signed_in_user(), now=now())
    except IllegalTransition as error:
        return fetching_page(message=str(error)), status_of(error)
    return redirect(url_for("review.fetching"), 303)


def fetching_page(bad: Sequence[BadLine] = (), message: str = "") -> str:
    """The page as things stand, with the lines that were not recorded put back into the form."""
    with reading() as session:
        listing = desk.fetch_requests(session, page_asked(request.args))
    return render_template(
        "review/fetching.html",
        listing=listing,
        is_under_way=any(row.state in {RequestState.QUEUED, RequestState.RUNNING} for row in listing.rows),
        bad=bad,
        message=message,
    )


def typed_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, each with its number."""
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def record(session: Session, number: int, line: str) -> BadLine | None:
    """Record a request to fetch this line's address; what is wrong with it where it is none."""
    if number > MAX_ADDRESSES:
        return BadLine(number, line, f"Only {MAX_ADDRESSES} lines are read at once. Submit the rest next.")
    try:
        fetching.request(session, line, by=signed_in_user(), now=now(), allow_hosts=allow_hosts())
    except InvalidDraft as error:
        return BadLine(number, line, str(error))
    return None
