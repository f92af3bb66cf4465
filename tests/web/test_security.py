"""What every answer carries, and what no page holds."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import func, select
from werkzeug.exceptions import InternalServerError

from claims import db
from claims.models import AuditEvent, Role
from claims.settings import Settings
from tests.web.conftest import Clock, token_on
from web import create_app
from web.access import MARK, everyone
from web.security import CONTENT_POLICY, MAX_BODY_BYTES

FILES = ("/exports/claims.csv", "/healthz", "/robots.txt", "/static/claimline.css")
PAGES = ("/", "/search?q=x", "/exports/", "/sign-in", "/nowhere", "/desk/")
DESK_PAGES = ("/desk/", "/desk/fetching", "/desk/account")
INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*ld\+json)|<style|\sstyle=|\son[a-z]+=|href=.javascript:", re.I)


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str):
    with client.get(path) as answer:
        headers = answer.headers

    assert headers["Content-Security-Policy"] == CONTENT_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Cache-Control" in headers


def test_the_policy_allows_nothing_that_is_not_ours():
    assert "default-src 'none'" in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY


def test_a_crash_carries_the_headers_too(app: Flask, client: FlaskClient):
    app.add_url_rule("/crash", "crash", everyone(lambda: 1 / 0))

    answer = client.get("/crash")

    assert answer.status_code == InternalServerError.code
    assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY


def test_no_public_page_has_inline_script_or_style(client: FlaskClient, claim_path: str):
    for path in (*PAGES, claim_path, f"{claim_path}/v/1"):
        assert INLINE.findall(client.get(path).text) == [], path


def test_no_desk_page_has_inline_script_or_style(signed_in: Callable[[Role], FlaskClient], claim_id: int):
    admin = signed_in(Role.ADMIN)

    for path in (*DESK_PAGES, "/desk/people", f"/desk/claims/{claim_id}"):
        assert INLINE.findall(admin.get(path).text) == [], path


def test_desk_pages_are_kept_by_nobody(signed_in: Callable[[Role], FlaskClient]):
    reviewer = signed_in(Role.REVIEWER)

    for path in DESK_PAGES:
        assert reviewer.get(path).headers["Cache-Control"] == "no-store", path


def test_a_public_page_may_be_kept_as_strangers_see_it(client: FlaskClient, claim_path: str):
    page = client.get(claim_path)

    again = client.get(claim_path, headers={"If-None-Match": page.headers["ETag"]})

    assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert "Set-Cookie" not in page.headers
    assert "Cookie" in page.headers["Vary"]
    assert (again.status_code, again.data) == (304, b"")


def test_a_public_page_with_a_name_on_it_is_kept_by_nobody(signed_in: Callable[[Role], FlaskClient]):
    answer = signed_in(Role.REVIEWER).get("/")

    assert answer.headers["Cache-Control"] == "no-store"


def test_what_may_be_kept_never_carries_a_cookie(signed_in: Callable[[Role], FlaskClient]):
    with signed_in(Role.REVIEWER).get("/static/claimline.css") as answer:
        pass

    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: FlaskClient):
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("claimline=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_under_https_cookies_and_visits_stay_encrypted(sqlite_settings: Settings, clock: Clock):
    app = create_app(replace(sqlite_settings, base_url="https://checks.example.org"), clock=clock)

    headers = app.test_client().get("/sign-in", base_url="https://checks.example.org").headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Set-Cookie"].startswith("__Host-claimline=")
    assert "Secure" in headers["Set-Cookie"]


def test_work_at_the_desk_keeps_the_session_alive(signed_in: Callable[[Role], FlaskClient]):
    reviewer = signed_in(Role.REVIEWER)
    reviewer.get("/desk/")

    answer = reviewer.get("/desk/")

    assert "Expires=" in answer.headers["Set-Cookie"]


def test_every_write_without_a_token_is_refused_and_stores_nothing(
    app: Flask, signed_in: Callable[[Role], FlaskClient], claim_id: int
):
    admin = signed_in(Role.ADMIN)
    before = number_of_events(app)

    for path in write_paths(app):
        answer = admin.post(path, data={"seen_version": "1"})

        assert answer.status_code == 400, path
        assert "This form is out of date" in answer.text, path
    assert number_of_events(app) == before


def test_a_token_of_somebody_else_is_refused(app: Flask, client: FlaskClient, signed_in: Callable[[Role], FlaskClient]):
    reviewer = signed_in(Role.REVIEWER)

    answer = reviewer.post("/sign-out", data={"csrf_token": token_on(client, "/sign-in")})

    assert answer.status_code == 400


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_that_is_too_large_is_refused(client: FlaskClient, content_type: str):
    answer = client.post("/sign-in", data=b"a" * (MAX_BODY_BYTES + 1), content_type=content_type)

    assert answer.status_code == 413
    assert "Nothing was stored" in answer.text


def write_paths(app: Flask) -> list[str]:
    """An address of every route that takes a form."""
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
            for rule in app.url_map.iter_rules()
            if "POST" in rule.methods and MARK in vars(app.view_functions[rule.endpoint])
        ]


def number_of_events(app: Flask) -> int:
    """How many changes were logged."""
    with db.reading(app.extensions["claimline"].engine) as session:
        return session.exec(select(func.count()).select_from(AuditEvent)).one()
