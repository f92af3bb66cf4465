"""The databases of the tests: each test gets a fresh one with the current tables, on SQLite and on PostgreSQL."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims import db
from claims.settings import Settings
from tests.postgres import Server, server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database; a test that asks for it runs on both engines."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "claimline.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres: Server, postgresql_template: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database, dropped after the test."""
    name = unused_name()
    yield address(postgres, name, postgresql_template)
    postgres.drop(name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database; a test that asks for it runs on both engines."""
    opened = db.connect(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an installation on a fresh database; a test that asks for them runs on both engines."""
    return Settings(home=tmp_path, database_url=database_url, secret_key="for tests only")


@pytest.fixture
def sqlite_settings(tmp_path: Path, sqlite_url: str) -> Settings:
    """Settings of an installation on a fresh SQLite database, for what knows nothing of engines."""
    return Settings(home=tmp_path, database_url=sqlite_url, secret_key="for tests only")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The PostgreSQL server of this run."""
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(postgres: Server) -> str:
    """The administrative address of the PostgreSQL server, for tests that make databases themselves."""
    return postgres.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the current tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "claimline.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgres: Server) -> Iterator[str]:
    """The name of a PostgreSQL database with the current tables, to be copied."""
    name = unused_name()
    migrate(address(postgres, name, "template0"))
    yield name
    postgres.drop(name)


def unused_name() -> str:
    """A name for a database that no other run on the same server uses."""
    return f"claimline_test_{secrets.token_hex(6)}"


def address(postgres: Server, name: str, template: str) -> str:
    """The address of a new database, as a setting would give it."""
    return postgres.create(name, template).render_as_string(hide_password=False)


def migrate(url: str) -> None:
    """Give a database the current tables and let go of it."""
    engine = db.connect(url)
    db.upgrade(engine)
    engine.dispose()
