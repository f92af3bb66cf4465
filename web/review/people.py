"""Who may sign in to the desk, for admins: add people, change their role, set a password, end their access."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from claims import accounts
from claims.db import Session
from claims.errors import InvalidDraft
from claims.models import Role
from web.access import allow, signed_in_user
from web.errors import status_of
from web.review.forms import Typed, chosen, typed
from web.storage import now, reading, transaction


@allow(Role.ADMIN)
def show() -> ResponseReturnValue:
    """Everybody who has or had access, and a form to add somebody."""
    return people_page(Typed())


@allow(Role.ADMIN)
def add() -> ResponseReturnValue:
    """Give somebody access."""
    form = request.form

    def write(session: Session) -> None:
        accounts.add_user(
            session,
            email=form.get("email", ""),
            name=form.get("name", ""),
            role=chosen(Role, form.get("role", ""), "role"),
            password=form.get("password", ""),
            actor=signed_in_user().email,
            now=now(),
        )

    return attempt("person", write, "Added. Hand over the password in person or by phone.")


@allow(Role.ADMIN)
def set_role(user_id: int) -> ResponseReturnValue:
    """Give somebody another role."""

    def write(session: Session) -> None:
        role = chosen(Role, request.form.get("role", ""), "role")
        accounts.set_role(session, user_id, role, by=signed_in_user(), now=now())

    return attempt(f"role-{user_id}", write, "The role was changed.")


@allow(Role.ADMIN)
def set_password(user_id: int) -> ResponseReturnValue:
    """Set somebody's password, which ends their sessions."""
    password = request.form.get("password", "")
    return attempt(
        f"password-{user_id}",
        lambda session: accounts.change_password(session, user_id, password, by=signed_in_user(), now=now()),
        "The password was set and all sessions with the old one have ended.",
    )


@allow(Role.ADMIN)
def deactivate(user_id: int) -> ResponseReturnValue:
    """End somebody's access; what they did keeps their name."""
    return attempt(
        f"deactivate-{user_id}",
        lambda session: accounts.deactivate(session, user_id, by=signed_in_user(), now=now()),
        "Access has ended. Everything this person did keeps their name.",
    )


def attempt(form: str, write: Callable[[Session], None], done: str) -> ResponseReturnValue:
    """Write in one transaction and show the list with what was done, or the form again with what was wrong."""
    try:
        with transaction() as session:
            write(session)
    except InvalidDraft as error:
        return people_page(typed(form, request.form, error)), status_of(error)
    flash(done)
    return redirect(url_for("review.people"), 303)


def people_page(refused: Typed) -> str:
    """The list as it stands, with a refused form's words put back; passwords are never put back."""
    with reading() as session:
        people = accounts.users(session)
    return render_template("review/people.html", people=people, refused=refused, me=signed_in_user())
