"""One's own account: who one is at the desk, and another password."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from claims import accounts
from claims.errors import InvalidDraft, NotAllowed
from claims.models import Role
from claims.rows import key
from web.access import allow, signed_in_user
from web.errors import status_of
from web.review.forms import Typed, typed
from web.storage import now, reading, transaction


@allow(Role.REVIEWER)
def show() -> ResponseReturnValue:
    """One's name, address and role, and a form to change the password."""
    return account_page(Typed())


@allow(Role.REVIEWER)
def change_password() -> ResponseReturnValue:
    """Set one's own password; all sessions end, this one too, so one signs in again with the new one."""
    try:
        check_current_password(request.form.get("current", ""))
        password = repeated_password(request.form)
        with transaction() as session:
            me = signed_in_user()
            accounts.change_password(session, key(me), password, by=me, now=now())
    except InvalidDraft as error:
        return account_page(typed("password", request.form, error)), status_of(error)
    flash("Your password was changed. Sign in with the new one.")
    return redirect(url_for("review.account"), 303)


def account_page(refused: Typed) -> str:
    """The account's page; passwords are never put back into the form."""
    return render_template("review/account.html", me=signed_in_user(), refused=refused)


def check_current_password(password: str) -> None:
    """Raise InvalidDraft unless this is the password of the person who asks."""
    try:
        with reading() as session:
            accounts.authenticate(session, signed_in_user().email, password)
    except NotAllowed as error:
        raise InvalidDraft("Current password: this is not the one you signed in with.") from error


def repeated_password(form: Mapping[str, str]) -> str:
    """The new password; InvalidDraft where it was not typed twice the same."""
    if form.get("password") != form.get("repeated"):
        raise InvalidDraft("New password again: it differs from the one above. Type both again.")
    return form.get("password", "")
