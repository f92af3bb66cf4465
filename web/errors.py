"""Turns every error into a page that says what happened and what to do; the only place that knows statuses."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from claims import db
from claims.errors import Busy, ClaimsError, Conflict, IllegalTransition, InvalidDraft, NotAllowed, NotFound
from claims.versions.bodies import BodyLost
from web import outages
from web.storage import now, parts

STATUSES: dict[type[ClaimsError], int] = {
    InvalidDraft: 400,
    NotAllowed: 403,
    NotFound: 404,
    BodyLost: 410,
    Conflict: 409,
    IllegalTransition: 409,
    Busy: 503,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says: its title, what happened, and what to do about it."""

    title: str
    happened: str
    advice: str


BAD_FORM = Words(
    "This form is out of date",
    "It was opened in another session or sent from another site, so nothing was stored.",
    "Go back, load the page again and send the form once more.",
)
WORDS = {
    400: Words(
        "That cannot be read",
        "The address or the form holds something that this page does not understand.",
        "Check the address, or go back, change what you typed and send it again.",
    ),
    403: Words(
        "This is not open to you",
        "Your role does not allow this step.",
        "Ask an editor or an admin to do it, or sign in as somebody else.",
    ),
    404: Words(
        "There is nothing at this address",
        "Perhaps it was mistyped, or the claim has no published verdict yet.",
        "Search the published claims, or begin at the front page.",
    ),
    405: Words(
        "This address does not take that",
        "A page was sent to that can only be read, or the other way round. Nothing was stored.",
        "Go back to the page that you came from and use its buttons.",
    ),
    409: Words(
        "That step is not possible now",
        "Somebody else changed this since you saw it.",
        "Nothing was stored. Load the page again, see how it stands now, and decide anew.",
    ),
    410: Words(
        "What was fetched is not here any more",
        "The bytes of this snapshot are missing or were altered. Its text and its hashes are still stored.",
        "Tell whoever runs this site: they can bring the file back from a backup.",
    ),
    413: Words(
        "That is too long",
        "What was sent is larger than a form here may be. Nothing was stored.",
        "Go back, shorten the text and send it again.",
    ),
    415: Words(
        "That cannot be read",
        "What was sent is not a form of this site. Nothing was stored.",
        "Go back and use the form of the page.",
    ),
    429: Words(
        "Too many attempts",
        "There were too many requests in a short time.",
        "Wait a few minutes, then try again.",
    ),
    500: Words(
        "Something broke on our side",
        "The error was logged. It may be that nothing of what you sent was stored.",
        "Try again in a minute. If it happens again, tell whoever runs this site when it happened.",
    ),
    503: Words(
        "Claimline is out for a moment",
        "The database behind this page does not answer. What was stored stays.",
        "Wait a minute and load the page again. If you sent a form, see first whether it was stored.",
    ),
}


def register(app: Flask) -> None:
    """Answer every error of the app with its page."""
    app.register_error_handler(ClaimsError, show_refusal)
    app.register_error_handler(CSRFError, show_bad_form)
    app.register_error_handler(HTTPException, show_http_error)
    outages.register(app)
    for kind in db.TROUBLES:
        app.register_error_handler(kind, show_outage)


def status_of(error: ClaimsError) -> int:
    """The HTTP status that says what the domain refused."""
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)


def show_refusal(error: ClaimsError) -> Response:
    """The page of what the domain refused, in its own words."""
    status = status_of(error)
    words = WORDS[status]
    response = told(Words(words.title, str(error) or words.happened, words.advice), status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(outages.RETRY_AFTER_S)
    return response


def show_bad_form(_: CSRFError) -> Response:
    """The page of a form whose token does not fit the session."""
    return told(BAD_FORM, 400)


def show_http_error(error: HTTPException) -> Response:
    """The page of a status, with the headers that belong to it."""
    status = error.code or 500
    response = told(WORDS.get(status, WORDS[500 if status >= 500 else 400]), status)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def show_outage(error: Exception) -> Response:
    """The page for as long as the database or the disk is out of order; any other error is raised again."""
    if not db.is_out_of_order(error):
        raise error
    # What the database says is enough; a file may be missing by our own fault, and then the place tells.
    cause = error if isinstance(error, OSError) else None
    outages.outage().tell(db.out_of_order(error), now=now(), cause=cause)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = make_response(page(WORDS[status], status), status)
    response.headers["Retry-After"] = str(outages.RETRY_AFTER_S)
    return response


def told(words: Words, status: int) -> Response:
    """The answer with an error's page; with that of an outage where the database cannot say for whom it is."""
    try:
        return make_response(page(words, status), status)
    except db.TROUBLES as trouble:
        return show_outage(trouble)


def page(words: Words, status: int) -> str:
    """The error page; it asks the database for nothing when the fault is ours, since that may be the fault."""
    return render_template(
        "errors/page.html",
        words=words,
        status=status,
        is_our_fault=status >= 500,
        at=now(),
        contact=parts().settings.contact,
    )
