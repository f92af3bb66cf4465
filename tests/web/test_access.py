"""Every route is closed unless it says whom it is open to."""

from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import Rule

from claims.models import Role
from web.access import MARK, local_path

OPEN = {
    "auth.send_sign_in",
    "auth.sign_in",
    "auth.sign_out",
    "exports.download",
    "exports.index",
    "public.changes",
    "public.claim",
    "public.claim_by_id",
    "public.front",
    "public.health",
    "public.robots",
    "public.search",
    "public.version",
    "public.version_by_id",
    "static",
}


def test_every_route_says_whom_it_is_open_to(app: Flask):
    silent = [endpoint for endpoint, view in app.view_functions.items() if MARK not in vars(view)]

    assert silent == []


def test_only_these_routes_are_open_to_everyone(app: Flask):
    is_open = {endpoint for endpoint, view in app.view_functions.items() if vars(view)[MARK] is None}

    assert is_open == OPEN


def test_a_route_that_says_nothing_is_closed_to_admins_too(app: Flask, signed_in: Callable[[Role], FlaskClient]):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    answer = signed_in(Role.ADMIN).get("/forgotten")

    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_whoever_is_not_signed_in_is_asked_to_on_every_closed_route(app: Flask, client: FlaskClient):
    for rule, _, path in closed_routes(app):
        for method in rule.methods & {"GET", "POST"}:
            answer = client.open(path, method=method)

            assert answer.status_code in {302, 303}, (method, path)
            assert answer.location.startswith("/sign-in"), (method, path)


def test_a_reviewer_is_refused_on_every_route_of_higher_roles(app: Flask, signed_in: Callable[[Role], FlaskClient]):
    reviewer = signed_in(Role.REVIEWER)
    higher = [(rule, path) for rule, role, path in closed_routes(app) if role is not Role.REVIEWER]

    answers = {path: reviewer.open(path, method=min(rule.methods & {"GET", "POST"})) for rule, path in higher}

    assert "/exports/audit.csv" in answers
    assert {answer.status_code for answer in answers.values()} == {403}


def test_the_sign_in_page_knows_the_way_back(client: FlaskClient):
    answer = client.get("/desk/?status=draft&page=2")

    assert answer.location == "/sign-in?next=/desk/?status%3Ddraft%26page%3D2"


def test_a_form_sent_after_the_session_ended_is_explained(client: FlaskClient):
    answer = client.post("/desk/claims/1/evidence", headers={"Referer": "http://localhost/desk/claims/1?status=draft"})

    assert answer.location == "/sign-in?next=/desk/claims/1?status%3Ddraft"
    assert "Nothing was stored" in client.get(answer.location).text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/desk/\x07",
        "javascript:alert(1)",
        "desk/",
        "",
        None,
    ],
)
def test_the_way_back_never_leaves_the_site(target: str | None):
    assert local_path(target) is None


@given(st.text(alphabet=st.sampled_from("/\\.:@?#abc\t\n\r %"), max_size=12))
def test_whatever_passes_as_a_local_path_is_one(target: str):
    path = local_path("/" + target)

    assert path is None or urlsplit(urljoin("https://checks.example/desk/", path)).netloc == "checks.example"


def closed_routes(app: Flask) -> Iterator[tuple[Rule, Role, str]]:
    """Every route that not everyone may open, its least role, and an address that it answers at."""
    for rule in app.url_map.iter_rules():
        role = vars(app.view_functions[rule.endpoint])[MARK]
        if role is not None:
            with app.test_request_context():
                yield rule, role, app.url_for(rule.endpoint, **dict.fromkeys(rule.arguments, 1))
