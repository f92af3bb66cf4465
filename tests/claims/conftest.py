"""Newsrooms for the tests of the domain: on both engines, or on SQLite where the engine does not matter."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from claims import db
from tests.claims.builders import Newsroom

ENGINES: dict[str, Engine] = {}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database; a test that asks for it runs on both engines."""
    yield from led_to(database_url)


@pytest.fixture
def newsroom(engine: Engine) -> Newsroom:
    """A newsroom on a fresh database; a test that asks for it runs on both engines."""
    return opened(engine)


@pytest.fixture
def sqlite_newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    """A newsroom on a fresh SQLite database."""
    for engine in led_to(sqlite_url):
        yield opened(engine)


def opened(engine: Engine) -> Newsroom:
    """A newsroom with its users stored."""
    newsroom = Newsroom(engine)
    newsroom.open()
    return newsroom


def led_to(database_url: str) -> Iterator[Engine]:
    """The engine for this kind of database, which connects to this one until the test ends.

    Each kind has one engine for all tests: it keeps the SQL that it compiled, which is a third of a test's time.
    """
    mine = db.connect(database_url)
    engine = ENGINES.setdefault(mine.dialect.name, mine)
    wanted = engine.dialect.create_connect_args(mine.url)

    def lead(_: object, __: object, arguments: list[Any], options: dict[str, Any]) -> None:
        arguments[:] = wanted[0]
        options.update(wanted[1])

    event.listen(engine, "do_connect", lead)
    yield engine
    event.remove(engine, "do_connect", lead)
    engine.dispose()
