"""The sign-in page and the way out."""

from typing import cast

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from claims import accounts
from claims.errors import NotAllowed
from claims.models import User
from web.access import SignedIn, everyone, local_path, signed_in
from web.auth.throttle import CLOSED_FOR, Attempt, Throttle
from web.errors import status_of
from web.storage import now, reading, transaction

MAX_ACCOUNT_CHARS = 254


@everyone
def show_sign_in() -> ResponseReturnValue:
    """The sign-in form; who is signed in already is sent on."""
    if signed_in():
        return redirect(onward())
    return form_page()


@everyone
def sign_in() -> ResponseReturnValue:
    """Begin a new session for the user whose address and password were sent, and go where they wanted to."""
    email, password = request.form.get("email", "").strip(), request.form.get("password", "")
    if not email or not password:
        return form_page(blank=("email",) * (not email) + ("password",) * (not password)), 400
    attempt = Attempt(request.remote_addr or "", email.casefold()[:MAX_ACCOUNT_CHARS])
    if throttle().is_closed(attempt, now()):
        return closed_page()
    try:
        with reading() as database:
            user = accounts.authenticate(database, email, password)
    except NotAllowed as error:
        throttle().note_failure(attempt, now())
        return form_page(refusal=str(error)), status_of(error)
    throttle().forget(attempt)
    begin_session(user)
    return redirect(onward(), 303)


@everyone
def sign_out() -> ResponseReturnValue:
    """End the session."""
    user = signed_in()
    if user:
        with transaction() as database:
            accounts.signed_out(database, user, now=now())
    logout_user()
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("public.front"), 303)


def begin_session(user: User) -> None:
    """Sign the user in to a session that has nothing of the one before, its form token included."""
    with transaction() as database:
        accounts.signed_in(database, user, now=now())
    session.clear()
    session.permanent = True
    login_user(SignedIn(user))


def throttle() -> Throttle:
    """The app's count of failed attempts."""
    return cast(Throttle, current_app.extensions["sign_in_throttle"])


def onward() -> str:
    """Where the visitor wanted to go, if that is on this site; else the desk."""
    return local_path(request.values.get("next")) or url_for("review.queue")


def form_page(*, refusal: str = "", blank: tuple[str, ...] = ()) -> str:
    """The sign-in form with the address that was typed, and what was wrong with it."""
    return render_template(
        "auth/sign_in.html",
        email=request.form.get("email", ""),
        refusal=refusal,
        blank=blank,
        onward=local_path(request.values.get("next")) or "",
    )


def closed_page() -> ResponseReturnValue:
    """Says that the account is closed to this address for now."""
    minutes = int(CLOSED_FOR.total_seconds() // 60)
    page = render_template("auth/closed.html", minutes=minutes)
    return page, 429, {"Retry-After": str(int(CLOSED_FOR.total_seconds()))}
