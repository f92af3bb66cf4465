"""Each error as a visitor meets it: what happened and what to do, and never a traceback."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from claims.errors import ClaimsError, Conflict, IllegalTransition, InvalidDraft, NotAllowed, NotFound
from tests.web.conftest import send_sign_in
from tests.web.review.conftest import World
from web.access import everyone
from web.errors import status_of

REFUSALS = [(InvalidDraft, 400), (NotAllowed, 403), (NotFound, 404), (Conflict, 409), (IllegalTransition, 409)]


@pytest.mark.parametrize(("kind", "status"), REFUSALS)
def test_what_the_domain_refuses_is_said_in_its_own_words(
    app: Flask, client: FlaskClient, kind: type[ClaimsError], status: int
):
    app.add_url_rule("/refused", "refused", raising(kind("The <b>moon</b> is full.")))

    answer = client.get("/refused")

    assert answer.status_code == status_of(kind()) == status
    assert "The &lt;b&gt;moon&lt;/b&gt; is full." in answer.text
    assert "All published claims" in answer.text


def test_an_unknown_address_is_a_404_with_a_way_on(client: FlaskClient):
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    assert 'href="/search"' in answer.text


def test_a_wrong_method_is_a_405_that_names_the_right_ones(client: FlaskClient):
    answer = client.post("/healthz")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Nothing was stored" in answer.text


def test_a_crash_is_logged_and_told_without_its_traceback(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
):
    app.add_url_rule("/crash", "crash", raising(RuntimeError("the secret path /srv/key")))

    with caplog.at_level(logging.ERROR):
        answer = client.get("/crash")

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "4 March 2026, 12:00 UTC" in answer.text
    assert "secret path" not in answer.text
    assert "secret path" in caplog.text


def test_a_broken_database_gets_the_same_page_for_those_who_are_signed_in(
    app: Flask, client: FlaskClient, world: World
):
    send_sign_in(client, world.person("Ada").email)
    with app.extensions["claimline"].engine.begin() as connection:
        connection.exec_driver_sql('ALTER TABLE "user" RENAME TO lost')

    answer = client.get("/")

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/?page=0",
        "/?page=x",
        "/?page=99999999999999999999",
        "/?rating=purple",
        "/search?q=%00",
        "/search?q=" + "x" * 201,
    ],
)
def test_an_address_that_makes_no_sense_is_a_400(client: FlaskClient, path: str):
    answer = client.get(path)

    assert answer.status_code == 400
    assert "That cannot be read" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/claims/0", "/claims/99", "/claims/99999999999999999999", "/claims/-1", "/claims/1/v/99999999999999999999"],
)
def test_an_id_that_leads_nowhere_is_a_404(client: FlaskClient, path: str):
    assert client.get(path).status_code == 404


def raising(error: Exception) -> Callable[[], str]:
    """A view that fails."""

    @everyone
    def view() -> str:
        raise error

    return view
