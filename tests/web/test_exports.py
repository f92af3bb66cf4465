"""The downloads as an auditor meets them."""

import csv
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from claims.exports import COLUMNS, Export
from claims.models import Role
from tests.web.conftest import CLAIM
from tests.web.review.conftest import World

PUBLIC = ("claims", "appearances", "reviews", "evidence")


@pytest.mark.parametrize("name", PUBLIC)
def test_a_file_comes_whole_and_named_after_its_day(client: FlaskClient, claim_id: int, name: str):
    with client.get(f"/exports/{name}.csv") as answer:
        body = answer.data

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=claimline-{name}-2026-03-04.csv"
    assert int(answer.headers["Content-Length"]) == len(body)
    assert answer.headers["Cache-Control"] == "no-store"
    assert tuple(rows(body)[0]) == COLUMNS[Export(name)]
    assert len(rows(body)) == 2


def test_strangers_get_what_is_published_and_the_desk_gets_all(
    client: FlaskClient, signed_in: Callable[[Role], FlaskClient], world: World, claim_id: int
):
    world.claim("Nobody has checked this yet")

    with client.get("/exports/claims.csv") as public, signed_in(Role.REVIEWER).get("/exports/claims.csv") as whole:
        texts = [column(answer.data, "claim") for answer in (public, whole)]

    assert texts == [[CLAIM], [CLAIM, "Nobody has checked this yet"]]


def test_the_audit_log_is_for_editors(client: FlaskClient, signed_in: Callable[[Role], FlaskClient], claim_id: int):
    with signed_in(Role.EDITOR).get("/exports/audit.csv") as answer:
        actions = column(answer.data, "action")

    assert "review:publish" in actions
    assert client.get("/exports/audit.csv").location == "/sign-in?next=/exports/audit.csv"
    assert signed_in(Role.REVIEWER).get("/exports/audit.csv").status_code == 403


def test_suggestions_are_for_the_desk(client: FlaskClient, signed_in: Callable[[Role], FlaskClient]):
    with signed_in(Role.REVIEWER).get("/exports/suggestions.csv") as answer:
        lines = rows(answer.data)

    assert lines == [list(COLUMNS[Export.SUGGESTIONS])]
    assert client.get("/exports/suggestions.csv").location == "/sign-in?next=/exports/suggestions.csv"


def test_cells_are_exactly_what_was_said(client: FlaskClient, world: World, claim_id: int):
    said = '=HYPERLINK("x"), "quoted",\nİstanbul’da 3,5 %'
    world.appearance(claim_id, said)

    with client.get("/exports/appearances.csv") as answer:
        exact = column(answer.data, "exact")

    assert said in exact


def test_a_file_that_cannot_be_written_whole_is_an_error_instead(client: FlaskClient, world: World):
    with world.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE review RENAME TO lost")

    answer = client.get("/exports/reviews.csv")

    assert answer.status_code == 500
    assert "Content-Disposition" not in answer.headers


def test_the_page_offers_every_file_that_the_visitor_may_have(
    client: FlaskClient, signed_in: Callable[[Role], FlaskClient]
):
    stranger, editor = client.get("/exports/").text, signed_in(Role.EDITOR).get("/exports/").text

    assert all(f'href="/exports/{name}.csv"' in stranger for name in PUBLIC)
    assert "/exports/audit.csv" not in stranger
    assert "/exports/audit.csv" in editor
    assert "/exports/suggestions.csv" not in stranger
    assert "/exports/suggestions.csv" in editor


def test_there_is_no_other_file(client: FlaskClient):
    assert client.get("/exports/users.csv").status_code == 404


def rows(body: bytes) -> list[list[str]]:
    """The lines of a CSV file, its column names first."""
    return list(csv.reader(io.StringIO(body.decode("utf-8"), newline="")))


def column(body: bytes, name: str) -> list[str]:
    """One column of a CSV file."""
    return [row[name] for row in csv.DictReader(io.StringIO(body.decode("utf-8"), newline=""))]
