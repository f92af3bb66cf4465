"""Signing in and out as a visitor meets it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from claims import accounts, db
from claims.models import AuditEvent, Role, User
from tests.web.conftest import Clock, send_sign_in, token_on
from tests.web.review.conftest import PASSWORD, World
from web.auth.throttle import MAX_FAILURES, MAX_KEPT, Attempt, Throttle


@pytest.fixture
def ada(world: World) -> User:
    """A reviewer."""
    return world.person("Ada")


def test_signing_in_opens_the_desk(client: FlaskClient, ada: User):
    answer = send_sign_in(client, ada.email)

    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert client.get("/desk/").status_code == 200


def test_signing_in_leads_back_to_where_the_visitor_was(client: FlaskClient, ada: User):
    answer = send_sign_in(client, ada.email, next="/desk/?status=draft")

    assert answer.location == "/desk/?status=draft"


def test_signing_in_never_leads_to_another_site(client: FlaskClient, ada: User):
    answer = send_sign_in(client, ada.email, next="//evil.example/desk/")

    assert answer.location == "/desk/"


@pytest.mark.parametrize(("email", "password"), [("ada@example.org", "a bad guess"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, ada: User, email: str, password: str
):
    answer = send_sign_in(client, email, password)

    assert answer.status_code == 403
    assert "The e-mail address or the password is wrong." in answer.text
    assert f'value="{email}"' in answer.text
    assert password not in answer.text


def test_an_empty_form_says_what_to_enter(client: FlaskClient):
    answer = send_sign_in(client, "  ", "")

    assert answer.status_code == 400
    assert "Enter your e-mail address." in answer.text
    assert "Enter your password." in answer.text


def test_a_new_session_begins_at_sign_in(client: FlaskClient, ada: User):
    token_before = token_on(client, "/sign-in")
    with client.session_transaction() as session:
        session["left_by_somebody"] = "else"

    send_sign_in(client, ada.email)

    with client.session_transaction() as session:
        assert "left_by_somebody" not in session
        assert session.permanent
    assert token_on(client, "/desk/") != token_before


def test_a_form_token_of_before_the_sign_in_is_worth_nothing_after_it(client: FlaskClient, ada: User):
    token_before = token_on(client, "/sign-in")
    send_sign_in(client, ada.email)

    answer = client.post("/sign-out", data={"csrf_token": token_before})

    assert answer.status_code == 400
    assert client.get("/desk/").status_code == 200


def test_signing_out_closes_the_desk_and_is_logged(app: Flask, client: FlaskClient, ada: User):
    send_sign_in(client, ada.email)

    answer = client.post("/sign-out", data={"csrf_token": token_on(client, "/desk/")})

    assert answer.location == "/"
    assert "You are signed out." in client.get("/").text
    assert client.get("/desk/").status_code == 302
    assert logged(app)[-2:] == ["user:sign-in", "user:sign-out"]


def test_a_new_password_ends_all_sessions(app: Flask, client: FlaskClient, ada: User, clock: Clock):
    send_sign_in(client, ada.email)

    with db.transaction(app.extensions["claimline"].engine) as session:
        accounts.change_password(session, ada.id or 0, "another horse battery", by=ada, now=clock.now)

    assert client.get("/desk/").status_code == 302


def test_who_is_signed_in_skips_the_form(signed_in: Callable[[Role], FlaskClient]):
    answer = signed_in(Role.REVIEWER).get("/sign-in?next=/exports/")

    assert answer.location == "/exports/"


def test_guessing_is_stopped_even_where_the_last_guess_is_right(client: FlaskClient, ada: User):
    for _ in range(MAX_FAILURES):
        send_sign_in(client, ada.email, "a bad guess")

    answer = send_sign_in(client, ada.email)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "closed to this network address for 15 minutes" in answer.text


def test_the_stop_ends_by_itself(client: FlaskClient, ada: User, clock: Clock):
    for _ in range(MAX_FAILURES):
        send_sign_in(client, ada.email, "a bad guess")
    clock.now += timedelta(minutes=16)

    assert send_sign_in(client, ada.email).status_code == 303


def test_the_stop_holds_for_no_other_account_and_no_other_address(app: Flask, world: World, ada: User):
    guesser, elsewhere = app.test_client(), app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    for _ in range(MAX_FAILURES):
        send_sign_in(guesser, ada.email, "a bad guess")

    assert send_sign_in(elsewhere, ada.email).status_code == 303
    assert send_sign_in(guesser, world.person("Bo").email).status_code == 303


def test_the_throttle_forgets_the_oldest_when_it_is_full(clock: Clock):
    throttle = Throttle()
    for number in range(MAX_KEPT + 10):
        throttle.note_failure(Attempt("198.51.100.7", f"{number}@example.org"), clock.now)

    assert len(throttle.failures) == MAX_KEPT
    assert Attempt("198.51.100.7", "0@example.org") not in throttle.failures


def logged(app: Flask) -> list[str]:
    """The actions in the audit log, in order."""
    with db.reading(app.extensions["claimline"].engine) as session:
        return [event.action for event in session.exec(select(AuditEvent).order_by(AuditEvent.id))]
