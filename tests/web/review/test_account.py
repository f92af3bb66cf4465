"""One's own password."""

from typing import Any

import pytest
from sqlalchemy import Engine

from claims import accounts, db

OLD = "correct horse battery"
NEW = "staple of the battery"


def test_a_new_password_ends_all_sessions_and_is_the_one_that_counts(world: Any, desk: Any) -> None:
    response = desk.post("/desk/account", current=OLD, password=NEW, repeated=NEW)

    assert response.status_code == 303
    desk.get("/desk/", status=302)
    assert knows(world.engine, NEW)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"current": "guessed"}, "not the one you signed in with"),
        ({"repeated": "something else"}, "differs from the one above"),
        ({"password": "short", "repeated": "short"}, "12 to 200 characters"),
    ],
)
def test_a_password_is_not_changed_by_a_wrong_form(world: Any, desk: Any, typed: dict[str, str], says: str) -> None:
    response = desk.post("/desk/account", **({"current": OLD, "password": NEW, "repeated": NEW} | typed))

    assert response.status_code == 400
    assert says in response.text
    assert NEW not in response.text
    assert knows(world.engine, OLD)


def knows(engine: Engine, password: str) -> bool:
    """Whether Deniz can sign in with this password."""
    with db.reading(engine) as session:
        return accounts.authenticate(session, "deniz@example.org", password).name == "Deniz"
