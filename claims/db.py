"""Opens the database, brings it to the current tables and gives out transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session, create_engine, text

from claims.errors import Busy, ClaimsError, InvalidDraft

__all__ = [
    "TROUBLES",
    "Engine",
    "Session",
    "connect",
    "downgrade",
    "is_out_of_order",
    "out_of_order",
    "prepare",
    "reading",
    "transaction",
    "unlogged",
    "upgrade",
]

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 10_000
# Any fixed number: every writer of one PostgreSQL database takes this lock first, so the audit chain has one end.
WRITER_LOCK = 7_236_451
# What is raised where the database or the disk is out of order, and for other reasons: is_out_of_order tells.
TROUBLES = (OSError, DBAPIError, NoConnectionFree)
# What databases report in the same way though the statement is to blame: it is too much for PostgreSQL (class 54 of its
# codes), or wrong for SQLite.
TOO_MUCH = "54"
SQL_ERROR = 1
# SQLite's codes for a file that is damaged, and for one that is no database at all.
DAMAGED = frozenset((11, 26))
CONNECT_TIMEOUT_S = 10


def connect(database_url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; InvalidDraft for any other address."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError) as error:
        raise InvalidDraft("CLAIMLINE_DATABASE_URL is no database address.") from error
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite"), connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
        event.listen(engine, "connect", set_up_sqlite)
        return engine
    if url.get_backend_name() == "postgresql":
        waits = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_TIMEOUT_S}
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args=waits)
    raise InvalidDraft("CLAIMLINE_DATABASE_URL: use sqlite:///file or postgresql://user@host/name.")


def set_up_sqlite(connection: Any, _: object) -> None:
    """Durable, concurrent and strict about keys, and no transaction begins unless we begin it."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose changes are stored together when the block ends, and not at all when it raises.

    Writers wait for each other, so that every audit event knows the one before it; Busy where that took too long.
    """
    with unlogged(engine) as session:
        if engine.dialect.name != "sqlite":
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER_LOCK})
        yield session


@contextmanager
def unlogged(engine: Engine) -> Iterator[Session]:
    """The same for what no audit event tells: PostgreSQL then makes writers wait for the rows that they share alone."""
    with Session(engine, expire_on_commit=False) as session:
        if engine.dialect.name == "sqlite":
            begin_to_write(session)
        yield session
        session.commit()


def begin_to_write(session: Session) -> None:
    """Begin a transaction as SQLite's one writer; Busy where somebody else is that for too long."""
    try:
        session.execute(text("BEGIN IMMEDIATE"))
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise Busy("Somebody else has been writing to the database for too long. Try again later.") from error


def is_out_of_order(error: BaseException) -> bool:
    """Whether the database or the disk was to blame, so that the very same may be stored once it is well again."""
    if isinstance(error, OperationalError):
        is_too_much = (getattr(error.orig, "sqlstate", None) or "").startswith(TOO_MUCH)
        return not is_too_much and getattr(error.orig, "sqlite_errorcode", None) != SQL_ERROR
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or getattr(error.orig, "sqlite_errorcode", None) in DAMAGED
    return isinstance(error, OSError | NoConnectionFree)


def out_of_order(error: BaseException) -> str:
    """What the database or the disk says of its trouble, in one line without a full stop."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return said.strip().partition("\n")[0].rstrip(".")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment of the database from its first to its last query."""
    if engine.dialect.name == "sqlite":
        with Session(engine) as session:
            session.execute(text("BEGIN"))
            yield session
        return
    with (
        engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection,
        Session(connection) as one,
    ):
        yield one


@contextmanager
def first_connection(engine: Engine) -> Iterator[Connection]:
    """A connection to a database that may not be there; ClaimsError, which says what to check, where it is not."""
    try:
        connection = engine.connect()
    except DBAPIError as error:
        if not is_out_of_order(error):
            raise
        raise ClaimsError(
            f"The database does not answer: {out_of_order(error)}. "
            "Check CLAIMLINE_DATABASE_URL, and that the database runs there."
        ) from error
    with connection:
        yield connection


def prepare(engine: Engine) -> None:
    """Make the tables where there are none.

    ClaimsError where older ones wait for "claimline db upgrade", and where no database answers.
    """
    with first_connection(engine) as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        wanted = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    if present is None:
        upgrade(engine)
    elif present != wanted:
        raise ClaimsError('The database has tables of another version. Run "claimline db upgrade", then try again.')


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to this revision; what is stored is kept. ClaimsError where no database answers."""
    with first_connection(engine) as connection:
        command.upgrade(alembic_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base", *, snapshots: Path | None = None) -> None:
    """Take the tables back to this revision; what only later tables hold is lost.

    snapshots is the folder in which raw bytes may be that older tables hold themselves.
    """
    with engine.connect() as connection:
        command.downgrade(alembic_config(connection, snapshots), revision)


def alembic_config(connection: Any, snapshots: Path | None = None) -> Config:
    """Alembic's settings for a connection that is already open."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(connection=connection, snapshots=snapshots)
    return config
