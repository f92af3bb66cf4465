"""Whether the database or the disk is to blame for an error, or what was asked of it."""

import secrets

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import text

from claims import db, fetching
from claims.fetching import Wish
from claims.models import Body, RequestKind
from tests.claims.builders import NOW, Newsroom


def test_a_database_that_is_not_there_is_out_of_order() -> None:
    nowhere = db.connect("sqlite:////nowhere/at/all.sqlite")

    with pytest.raises(OperationalError) as gone, db.reading(nowhere) as session:
        session.execute(text("SELECT 1"))

    assert db.is_out_of_order(gone.value)
    assert db.is_out_of_order(OSError(28, "No space left on device"))


def test_a_wrong_statement_is_not_the_databases_trouble(newsroom: Newsroom) -> None:
    with pytest.raises(db.TROUBLES) as wrong, newsroom.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))

    assert not db.is_out_of_order(wrong.value)


def test_what_breaks_a_rule_is_not_the_databases_trouble(newsroom: Newsroom) -> None:
    with pytest.raises(IntegrityError) as broken, newsroom.writing() as session:
        session.execute(insert(Body).values(sha256=None))

    assert not db.is_out_of_order(broken.value)


def test_what_is_too_long_for_an_index_is_not_the_databases_trouble(postgresql_url: str) -> None:
    engine = db.connect(postgresql_url)
    wish = Wish(RequestKind.ARTICLE, f"https://outlet.example/{secrets.token_hex(50_000)}")

    with pytest.raises(OperationalError) as refused, db.transaction(engine) as session:
        fetching.enqueue(session, wish, None, NOW)

    assert not db.is_out_of_order(refused.value)
    engine.dispose()
