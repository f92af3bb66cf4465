"""Migrations run up and down on both engines, come to the tables that the models describe, and keep what is stored."""

import zlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, select, text

from claims import db
from claims.errors import ClaimsError, InvalidDraft
from claims.intake import Outcome
from claims.matching import Proposal
from claims.models import Anchor, AuditEvent, Match, Recheck, Snapshot, Table
from claims.settings import Settings
from claims.versions.bodies import IN_DATABASE, Bodies
from tests.claims.builders import FORCED, NOW, Newsroom


@pytest.fixture
def revisions(engine: Engine) -> list[str]:
    """Every revision, the first one first."""
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(db.alembic_config(connection))
        return [script.revision for script in scripts.walk_revisions()][::-1]


@pytest.fixture
def empty_engine(engine: Engine) -> Engine:
    """An engine on a database without tables."""
    db.downgrade(engine)
    return engine


def tables(engine: Engine) -> set[str]:
    """The names of the tables that there are, but for Alembic's own."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_come_to_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        differences = compare_metadata(context, Table.metadata)

    assert differences == []


def test_the_migrations_have_every_check_that_the_models_have(engine: Engine, tmp_path: Path) -> None:
    modelled = db.connect(f"sqlite:///{tmp_path / 'modelled.sqlite'}")
    Table.metadata.create_all(modelled)
    wanted = {name: checks_of(modelled, name) for name in tables(modelled)}
    modelled.dispose()

    assert {name: checks_of(engine, name) for name in wanted} == wanted


def checks_of(engine: Engine, table: str) -> set[str | None]:
    """The names of a table's checks."""
    return {check["name"] for check in inspect(engine).get_check_constraints(table)}


def test_downgrading_takes_every_table_away_and_upgrading_brings_them_back(engine: Engine) -> None:
    before = tables(engine)

    db.downgrade(engine)
    emptied = tables(engine)
    db.upgrade(engine)

    assert before == tables(engine) == {table.name for table in Table.metadata.tables.values()}
    assert emptied == set()


def test_every_step_runs_up_and_down_with_what_is_stored(newsroom: Newsroom, revisions: list[str]) -> None:
    newsroom.publish(newsroom.claim())
    before = newsroom.count(AuditEvent)

    for revision in revisions[:0:-1]:
        db.downgrade(newsroom.engine, revision)
        db.upgrade(newsroom.engine)
    db.upgrade(newsroom.engine)

    assert newsroom.count(AuditEvent) == before
    # Going down loses what only later tables hold, and the log tells.
    assert newsroom.proof().problems == ("match run 1 was deleted",)


def test_what_earlier_matches_say_of_themselves_is_read_out_of_them(newsroom: Newsroom) -> None:
    newsroom.claim(FORCED, outlets=("one", "two"))

    db.downgrade(newsroom.engine, "0007")
    assert {"proposal", "matcher_version"}.isdisjoint(columns_of(newsroom.engine, "match"))
    db.upgrade(newsroom.engine)

    with newsroom.reading() as session:
        told = session.exec(select(Match.proposal, Match.matcher_version).order_by(col(Match.id))).all()
    assert told == [(None, None), (Proposal.GROUP.value, newsroom.matcher.scorer.version)]
    assert newsroom.proof().problems == ()


def test_what_a_match_says_of_itself_cannot_differ_from_its_explanation(newsroom: Newsroom) -> None:
    newsroom.claim(FORCED, outlets=("one", "two"))

    with newsroom.writing() as session:
        grouped = session.exec(select(Match).where(col(Match.compared_with_id).is_not(None))).one()
        grouped.explanation = grouped.explanation | {"proposal": "suggest"}
    with newsroom.reading() as session:
        assert session.get_one(Match, grouped.id).proposal == "suggest"
    assert newsroom.proof().problems == (f"match {grouped.id} is not what run 2 made",)
    with pytest.raises(DBAPIError), newsroom.writing() as session:
        session.execute(text("UPDATE match SET proposal = 'group'"))


def columns_of(engine: Engine, table: str) -> set[str]:
    """The names of a table's columns."""
    return {column["name"] for column in inspect(engine).get_columns(table)}


def test_bodies_move_out_of_snapshots_and_back(newsroom: Newsroom) -> None:
    newsroom.take_in("One said so.", url="https://outlet.example/1")
    newsroom.take_in("Two said so.", url="https://outlet.example/2")
    bodies = text("SELECT body FROM snapshot ORDER BY id")

    db.downgrade(newsroom.engine, "0004")
    with newsroom.reading() as session:
        moved_back = [zlib.decompress(body) for body in session.execute(bodies).scalars()]
    db.upgrade(newsroom.engine)

    assert moved_back == [b"<html></html>"] * 2
    with newsroom.reading() as session:
        assert session.execute(text("SELECT size FROM body")).scalars().all() == [len(b"<html></html>")]
    assert newsroom.proof().problems == ()


def test_bodies_in_the_folder_move_back_too(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.bodies = Bodies(tmp_path, into_folder=True)
    newsroom.take_in("One said so.")

    db.downgrade(newsroom.engine, "0004", snapshots=tmp_path)
    db.upgrade(newsroom.engine)

    assert newsroom.proof(IN_DATABASE).problems == ()


def test_a_version_that_came_back_outlives_going_down(newsroom: Newsroom) -> None:
    for said in ("First words.", "Other words.", "First words."):
        newsroom.take_in(said)

    db.downgrade(newsroom.engine, "0004")
    db.upgrade(newsroom.engine)

    assert newsroom.count(Snapshot) == 3
    assert newsroom.proof().problems == ()


def test_headlines_and_bylines_come_back_from_the_log(newsroom: Newsroom) -> None:
    newsroom.take_in("First words.", authors=("Ada",))
    newsroom.take_in("First words.", authors=("Bo",), title="Another headline")

    db.downgrade(newsroom.engine, "0004")
    db.upgrade(newsroom.engine)

    with newsroom.reading() as session:
        headed = session.exec(select(Snapshot.title, Snapshot.authors).order_by(col(Snapshot.id))).all()
    assert headed == [("A story", ["Ada"]), ("Another headline", ["Bo"])]
    assert newsroom.proof().problems == ()


def forget_bylines(newsroom: Newsroom) -> None:
    """Leave the versions and the log as they were when neither told bylines."""
    with newsroom.writing() as session:
        session.execute(text("UPDATE snapshot SET authors = NULL"))
        session.execute(text("UPDATE audit_event SET details = replace(details, '\"authors\"', '\"other\"')"))


def test_a_byline_that_only_the_article_kept_is_its_first_versions(newsroom: Newsroom) -> None:
    newsroom.take_in("First words.", authors=("Ada",))
    newsroom.take_in("Other words.", authors=())
    forget_bylines(newsroom)

    db.downgrade(newsroom.engine, "0005")
    db.upgrade(newsroom.engine)

    with newsroom.reading() as session:
        assert session.exec(select(Snapshot.authors).order_by(col(Snapshot.id))).all() == [["Ada"], None]


def test_a_byline_that_changes_alone_after_going_up_is_a_version(newsroom: Newsroom) -> None:
    newsroom.take_in("First words.", authors=("Ada",))
    forget_bylines(newsroom)

    db.downgrade(newsroom.engine, "0005")
    db.upgrade(newsroom.engine)

    assert newsroom.take_in("First words.", authors=("Bo",)).outcome is Outcome.CHANGED


def test_going_down_gives_no_first_version_a_later_byline(newsroom: Newsroom) -> None:
    newsroom.take_in("First words.", authors=("Ada",))
    forget_bylines(newsroom)
    newsroom.take_in("Other words.", authors=("Bo",))

    db.downgrade(newsroom.engine, "0005")
    db.upgrade(newsroom.engine)

    with newsroom.reading() as session:
        assert session.exec(select(Snapshot.authors).order_by(col(Snapshot.id))).all() == [None, ["Bo"]]


def test_quotes_are_looked_for_in_the_versions_that_are_stored(newsroom: Newsroom) -> None:
    for said in ("First words.", "Other words."):
        newsroom.take_in(said)

    db.downgrade(newsroom.engine, "0004")
    db.upgrade(newsroom.engine)

    with newsroom.reading() as session:
        [anchor] = session.exec(select(Anchor)).all()
    assert (anchor.appearance_id, anchor.snapshot_id, anchor.start) == (1, 2, None)


def test_what_is_stored_is_looked_at_again_after_going_up(newsroom: Newsroom) -> None:
    newsroom.take_in("One said so.")
    newsroom.take_in("A saved page.", url="file:///saved/1.html")

    db.downgrade(newsroom.engine, "0004")
    db.upgrade(newsroom.engine)

    with newsroom.reading() as session:
        rows = session.exec(select(Recheck)).all()
    assert [(row.article_id, row.due_at) for row in rows] == [(1, NOW)]


def test_a_new_database_is_prepared_and_a_current_one_left_alone(empty_engine: Engine) -> None:
    db.prepare(empty_engine)
    first = tables(empty_engine)
    db.prepare(empty_engine)

    assert first == tables(empty_engine) != set()


def test_a_database_of_another_version_is_not_touched(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of the future'"))

    with pytest.raises(ClaimsError, match='Run "claimline db upgrade"'):
        db.prepare(engine)


def test_foreign_keys_hold_after_migrating(engine: Engine) -> None:
    db.upgrade(engine)
    orphan = text(
        "INSERT INTO article (outlet_id, canonical_url, title, authors, language, access, created_at) "
        "VALUES (99, 'u', 't', '[]', 'en', 'open', '2026-01-01 00:00:00+00:00')"
    )

    with engine.connect() as connection, pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        connection.execute(orphan)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://desk@host/claims", "oracle://h/x", "postgresql://h:p:o/x"])
def test_an_address_of_no_database_is_refused(url: str) -> None:
    with pytest.raises(InvalidDraft, match="CLAIMLINE_DATABASE_URL"):
        db.connect(url).dispose()


def test_sqlite_is_durable_concurrent_and_strict(sqlite_settings: Settings) -> None:
    engine = db.connect(sqlite_settings.database_url)

    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked]
    engine.dispose()

    assert found == ["wal", 2, 1, db.BUSY_TIMEOUT_MS]
