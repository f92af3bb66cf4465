"""Turns every error into a page that says what happened and what to do; the only place that knows statuses."""

from dataclasses import dataclass

from flask import Flask, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from claims.errors import ClaimsError, Conflict, IllegalTransition, InvalidDraft, NotAllowed, NotFound
from claims.versions.bodies import BodyLost
from web.storage import now, parts

STATUSES: dict[type[ClaimsError], int] = {
    InvalidDraft: 400,
    NotAllowed: 403,
    NotFound: 404,
    BodyLost: 410,
    Conflict: 409,
    IllegalTransition: 409,
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
}


def register(app: Flask) -> None:
    """Answer every error of the app with its page."""
    app.register_error_handler(ClaimsError, show_refusal)
    app.register_error_handler(CSRFError, show_bad_form)
    app.register_error_handler(HTTPException, show_http_error)


def status_of(error: ClaimsError) -> int:
    """The HTTP status that says what the domain refused."""
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)


def show_refusal(error: ClaimsError) -> ResponseReturnValue:
    """The page of what the domain refused, in its own words."""
    status = status_of(error)
    words = WORDS[status]
    return page(Words(words.title, str(error) or words.happened, words.advice), status), status


def show_bad_form(_: CSRFError) -> ResponseReturnValue:
    """The page of a form whose token does not fit the session."""
    return page(BAD_FORM, 400), 400


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """The page of a status, with the headers that belong to it."""
    status = error.code or 500
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    response = make_response(page(words, status), status)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


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
