"""The crash bench: killed workers leave everything whole, and the checks see it where something is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import text

from claims import db
from claims.db import Engine
from claims.versions.bodies import Bodies
from tests.bench.crash import main
from tests.bench.crash_checks import Expected, expected_of, unfinished, violations


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run with six kills leaves, the pages' bytes in files beside the database."""
    kept = tmp_path_factory.mktemp("crash")
    assert main(["--kills", "6", "--stories", "12", "--hosts", "4", "--snapshots", "folder", "--keep", str(kept)]) == 0
    return kept


@pytest.fixture
def engine(folder: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the disturbed database, to be broken."""
    shutil.copyfile(folder / "disturbed.sqlite", tmp_path / "broken.sqlite")
    opened = db.connect(f"sqlite:///{tmp_path}/broken.sqlite")
    yield opened
    opened.dispose()


@pytest.fixture
def expected(folder: Path) -> Expected:
    """What the undisturbed run stored."""
    undisturbed = db.connect(f"sqlite:///{folder}/undisturbed.sqlite")
    with db.reading(undisturbed) as session:
        feeds = session.execute(text("SELECT url FROM fetch_request WHERE kind = 'submitted'")).scalars().all()
    found = expected_of(undisturbed, feeds, Bodies(folder / "disturbed" / "snapshots"))
    undisturbed.dispose()
    return found


def test_six_kills_lose_double_and_halve_nothing(engine: Engine, expected: Expected) -> None:
    assert (len(expected.spans), len(expected.feeds)) == (12, 4)
    assert expected.appearances > 12
    assert violations(engine, expected) + unfinished(engine, expected) == []


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ("UPDATE fetch_request SET state = 'queued', finished_at = NULL WHERE id = 9", "its request ended with None"),
        ("UPDATE fetch_request SET article_id = NULL WHERE id = 9", "its request ended with None"),
        ("UPDATE fetch_request SET state = 'failed', outcome = '503' WHERE id = 9", "(failed) failed: 503"),
        ("UPDATE fetch_request SET lease = 'x' WHERE id = 9", "has a lease that does not fit"),
        ("UPDATE fetch_request SET task = (SELECT task FROM fetch_request WHERE id = 8) WHERE id = 9", "for 2 times"),
        # Which feed came first differs from run to run.
        ("UPDATE fetch_request SET parent_id = 1 WHERE parent_id = 2", "requests for stories"),
        ("DELETE FROM validator WHERE url = (SELECT url FROM fetch_request WHERE id = 9)", "its request ended with"),
        ("UPDATE appearance SET start = start + 1 WHERE id = 5", "does not stand in its snapshot"),
        ("DELETE FROM appearance WHERE id = 5", "not those of an undisturbed run"),
        ("DELETE FROM match WHERE appearance_id = 5", "is at home in 0 claims"),
        ("UPDATE claim SET appearances = 7 WHERE id = 2", "claim 2 counts 7 appearances"),
        ("DELETE FROM snapshot WHERE id = 3", "snapshot 3 was deleted"),
        ("UPDATE audit_event SET actor = 'nobody' WHERE id = 4", "was changed after it was written"),
        ("UPDATE audit_event SET action = 'fetch:begin' WHERE action = 'fetch:finish'", "the log has it begin and end"),
    ],
)
def test_what_is_broken_is_seen(engine: Engine, expected: Expected, statement: str, seen: str) -> None:
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text(statement))

    assert seen in "\n".join(violations(engine, expected))


def test_a_story_that_is_missing_at_the_end_is_seen(engine: Engine, expected: Expected) -> None:
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text("DELETE FROM article WHERE id = 1"))

    assert "11 stories where 12 belong" in unfinished(engine, expected)
