"""What the worker is asked to fetch: addresses handed in, how each of them went, and another try."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from claims import fetching
from claims.counting import counted
from claims.db import Session
from claims.errors import IllegalTransition, InvalidDraft
from claims.models import RequestState, Role
from claims.queries.choices import outlets
from claims.queries.fetching import RequestFilter, fetch_list, fetch_overview
from claims.queries.health import OutletState
from claims.queries.outlets import outlet_health
from claims.queries.waiting import WorkerState
from claims.rows import key
from web.access import allow, signed_in_user
from web.asked import page_asked
from web.errors import status_of
from web.review.forms import chosen, whole_number
from web.storage import allow_hosts, now, reading, transaction

MAX_ADDRESSES = 200
MAX_HOST_CHARS = 253
# How soon the page asks again, in seconds, while there is something to watch and while there is not.
POLL_S = {WorkerState.BUSY: 3, WorkerState.AWAY: 10, WorkerState.IDLE: 30}
IN_TROUBLE = (OutletState.FAILING, OutletState.SILENT)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of the form that was not recorded, and why; number is its place in the form as it is shown again."""

    number: int
    line: str
    why: str


@dataclass(slots=True)
class Record:
    """What became of the lines of a form: the requests made, those that waited already, and the lines that are none."""

    made: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    bad: list[BadLine] = field(default_factory=list)

    def refuse(self, line: str, why: str) -> None:
        """Note why a line was not recorded."""
        self.bad.append(BadLine(len(self.bad) + 1, line, why))

    @property
    def said(self) -> str:
        """How many addresses wait now, in words, and how many of them did before; nothing where none does."""
        made, before = len(self.made), len(self.waiting)
        new = f"{counted(made, 'address waits', 'addresses wait')} for the worker." if made else ""
        old = f"{counted(before, 'address was', 'addresses were')} waiting already." if before else ""
        return f"{new} {old}".strip()


@allow(Role.REVIEWER)
def show() -> ResponseReturnValue:
    """What is fetched, waits, failed and is done, how every outlet stands, and a form to hand in addresses."""
    return fetching_page()


@allow(Role.REVIEWER)
def request_fetches() -> ResponseReturnValue:
    """Record a request for each line that is an address; the others are shown again, each with why."""
    lines = tuple(typed_lines(request.form.get("urls", "")))
    with transaction() as session:
        recorded = record_lines(session, lines)
    if recorded.said:
        flash(recorded.said)
    if lines and not recorded.bad:
        return redirect(url_for("review.fetching"), 303)
    message = "" if lines else "Addresses: write one on each line."
    page = fetching_page(recorded.bad, message, has_others=bool(recorded.said))
    return page, status_of(InvalidDraft())


@allow(Role.REVIEWER)
def retry(request_id: int) -> ResponseReturnValue:
    """Let the worker try a failed request again."""

    def write(session: Session) -> str:
        fetching.retry(session, request_id, by=signed_in_user(), now=now())
        return "It waits for another try."

    return attempt(write)


def attempt(write: Callable[[Session], str]) -> ResponseReturnValue:
    """Write in one transaction and go back to the page as it was narrowed, or show it with what was wrong.

    write returns what to say about what it did.
    """
    wanted = filter_of(request.args)
    try:
        with transaction() as session:
            said = write(session)
    except IllegalTransition as error:
        return fetching_page(refused=str(error)), status_of(error)
    flash(said)
    return redirect(url_for("review.fetching", **query_of(wanted, page=wanted.page)), 303)


def fetching_page(
    bad: Sequence[BadLine] = (), message: str = "", refused: str = "", *, has_others: bool = False
) -> str:
    """The page as things stand.

    bad lines are put back into the form, has_others says whether others were recorded; message is what is wrong with
    the form, refused why another step was not taken.
    """
    wanted = filter_of(request.args)
    with reading() as session:
        overview = fetch_overview(session, wanted, now=now())
        listing = fetch_list(session, wanted, wanted.state, now=now()) if wanted.state else None
        health = outlet_health(session, now=now())
        known = outlets(session)
    return render_template(
        "review/fetching.html",
        wanted=wanted,
        way=query_of(wanted, page=wanted.page),
        query_of=query_of,
        overview=overview,
        listing=listing,
        outlets=[outlet for outlet in health if wanted.outlet_id in {None, outlet.outlet_id}],
        troubled=sum(outlet.state in IN_TROUBLE for outlet in health),
        outlet_names=known,
        poll_s=POLL_S[overview.worker],
        today=now().date(),
        at=now(),
        bad=bad,
        has_others=has_others,
        message=message,
        refused=refused,
    )


def filter_of(query: Mapping[str, str]) -> RequestFilter:
    """The filter that an address asks for; InvalidDraft for odd values."""
    state, outlet, parent = (query.get(name, "") for name in ("state", "outlet", "within"))
    host = query.get("host", "").strip().lower()
    if len(host) > MAX_HOST_CHARS or not host.isprintable():
        raise InvalidDraft("Host: write a name such as outlet.example.")
    return RequestFilter(
        state=chosen(RequestState, state, "state") if state else None,
        outlet_id=whole_number(outlet, "outlet") if outlet else None,
        host=host,
        parent_id=whole_number(parent, "request") if parent else None,
        page=page_asked(query),
    )


def query_of(wanted: RequestFilter, **changes: Any) -> dict[str, Any]:
    """The filter, with these changes, as parameters of an address; another filter begins on its first page."""
    values = {
        "state": wanted.state,
        "outlet": wanted.outlet_id,
        "host": wanted.host,
        "within": wanted.parent_id,
        "page": 1,
    } | changes
    return {name: str(value) for name, value in values.items() if value and (name, value) != ("page", 1)}


def typed_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, each with its number."""
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def record_lines(session: Session, lines: Sequence[tuple[int, str]]) -> Record:
    """Record a request for each of the numbered lines that is an address; what became of all of them."""
    recorded = Record()
    for number, line in lines:
        if number > MAX_ADDRESSES:
            recorded.refuse(line, f"Only {MAX_ADDRESSES} lines are read at once. Submit the rest next.")
        else:
            record(session, line, recorded)
    return recorded


def record(session: Session, line: str, recorded: Record) -> None:
    """Record a request to fetch this line's address, or what is wrong with it where it is none."""
    try:
        wanted, is_new = fetching.submit(session, line, by=signed_in_user(), now=now(), allow_hosts=allow_hosts())
    except InvalidDraft as error:
        recorded.refuse(line, str(error))
        return
    if is_new:
        recorded.made.add(key(wanted))
    elif key(wanted) not in recorded.made:
        recorded.waiting.add(key(wanted))
