"""Who may do what at the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from claims.models import Role, User

NEW = {"name": "Noor", "email": "noor@example.org", "role": "editor", "password": "a long enough password"}


@pytest.fixture
def ada(world: Any, visit: Callable[[User], Any]) -> Any:
    """Ada, an admin, at the desk."""
    return visit(world.person("Ada", Role.ADMIN))


def test_nobody_sees_the_desk_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("review.")]

    answers = {
        client.open(rule.rule.partition("<")[0] or "/", method=method).status_code
        for rule in rules
        if "<" not in rule.rule
        for method in rule.methods & {"GET", "POST"}
    }

    assert answers == {302, 303}


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_people_are_for_admins(world: Any, visit: Callable[[User], Any], role: Role) -> None:
    visitor = visit(world.person("Somebody", role))

    assert "This page is for the role admin" in visitor.get("/desk/people", status=403)
    for path in ("people", "people/1/role", "people/1/password", "people/1/deactivate"):
        assert visitor.post(f"/desk/{path}", **NEW).status_code == 403
    assert "People" not in visitor.get("/desk/account")


def test_an_admin_gives_somebody_access(ada: Any) -> None:
    response = ada.post("/desk/people", **NEW)

    assert response.status_code == 303
    assert "noor@example.org" in ada.get("/desk/people")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "nowhere"}, "</span>Write one such as name@example.org."),
        ({"password": "short"}, "</span>Use 12 to 200 characters"),
        ({"name": ""}, "Write something here."),
        ({"role": "king"}, "choose one of"),
        ({"email": "ada@example.org"}, "</span>A user has ada@example.org already"),
    ],
)
def test_a_person_who_cannot_be_added_is_shown_again_without_the_password(
    ada: Any, wrong: dict[str, str], says: str
) -> None:
    response = ada.post("/desk/people", **(NEW | {"name": "Noor"} | wrong))

    assert response.status_code == 400
    assert says in response.text
    assert NEW["password"] not in response.text
    assert (wrong.get("email") or NEW["email"]) in response.text


def test_a_changed_role_opens_its_pages_at_once(ada: Any, desk: Any, deniz: User) -> None:
    ada.post(f"/desk/people/{deniz.id}/role", role="admin")

    assert "Who has access" in desk.get("/desk/people")


def test_a_deactivated_person_is_signed_out(ada: Any, desk: Any, deniz: User) -> None:
    desk.get("/desk/")

    ada.post(f"/desk/people/{deniz.id}/deactivate")

    desk.get("/desk/", status=302)
    assert "no access any more" in ada.get("/desk/people")


def test_admins_do_not_end_their_own_access(ada: Any) -> None:
    response = ada.post("/desk/people/1/deactivate")

    assert response.status_code == 403
    assert "admin" in ada.get("/desk/people")


def test_a_password_that_an_admin_set_ends_the_sessions_with_the_old_one(ada: Any, desk: Any, deniz: User) -> None:
    refused = ada.post(f"/desk/people/{deniz.id}/password", password="short")
    ada.post(f"/desk/people/{deniz.id}/password", password="a new and longer one")

    assert refused.status_code == 400
    desk.get("/desk/", status=302)
