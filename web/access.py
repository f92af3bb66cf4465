"""Who may open which page: every view says so, and a view that does not say is closed to all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from claims import accounts
from claims.errors import NotAllowed
from claims.models import Role, User
from web.storage import reading

View = TypeVar("View", bound=Callable[..., Any])
MARK = "least_role"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user as Flask-Login asks about them; the session holds the key, which changes when all sessions must end."""

    user: User
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The key that is kept in the session."""
        return self.user.session_key


def allow(role: Role) -> Callable[[View], View]:
    """Open a view to signed-in users of this role and of those above it."""

    def mark(view: View) -> View:
        vars(view)[MARK] = role
        return view

    return mark


def everyone(view: View) -> View:
    """Open a view to everybody, signed in or not."""
    vars(view)[MARK] = None
    return view


def guard(app: Flask) -> None:
    """Close every route of the app to those it is not opened to."""
    everyone(app.view_functions["static"])
    sessions = LoginManager()
    sessions.init_app(app, add_context_processor=False)
    sessions.user_loader(load_signed_in)
    app.before_request(check_access)


def signed_in() -> User | None:
    """The user who sent the current request, or None."""
    return current_user.user if current_user.is_authenticated else None


def signed_in_user() -> User:
    """The user who sent the current request; NotAllowed where nobody is signed in."""
    user = signed_in()
    if user is None:
        raise NotAllowed("Sign in first.")
    return user


def may(role: str) -> bool:
    """Whether the current request's user may do what this role may."""
    user = signed_in()
    return user is not None and accounts.may_act_as(user.role, Role(role))


def local_path(target: str | None) -> str | None:
    """The target where it is a path on this site, else None; a browser must not read a host into it."""
    if not target or not target.startswith("/") or "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or target.startswith("//") else target


def load_signed_in(session_key: str) -> SignedIn | None:
    """The user whose session carries this key, asked for once in each request that needs it."""
    with reading() as database:
        user = accounts.user_of_session(database, session_key)
    return SignedIn(user) if user else None


def check_access() -> ResponseReturnValue | None:
    """Let the request pass, send it to sign in, or raise NotAllowed."""
    if request.endpoint is None:  # no route fits: the 404 or 405 is on its way
        return None
    marks = vars(current_app.view_functions[request.endpoint])
    if MARK not in marks:
        raise NotAllowed("This page is open to nobody yet.")
    least_role: Role | None = marks[MARK]
    if least_role is None:
        return None
    user = signed_in()
    if user is None:
        return ask_to_sign_in()
    if not accounts.may_act_as(user.role, least_role):
        raise NotAllowed(f"This page is for the role {least_role.value}; you are signed in as {user.role.value}.")
    session.modified = True  # work at the desk keeps the session alive
    return None


def ask_to_sign_in() -> ResponseReturnValue:
    """A redirect to the sign-in page that comes back to where the visitor was."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    flash("You were signed out before this was sent. Nothing was stored: sign in and send it again.")
    came_from = urlsplit(request.referrer or "")._replace(scheme="", netloc="", fragment="").geturl()
    return redirect(url_for("auth.sign_in", next=local_path(came_from)), 303)
