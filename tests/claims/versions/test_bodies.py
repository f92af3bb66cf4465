"""Raw bytes come back as they were fetched, from wherever they were put, or somebody is told that they do not."""

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import db
from claims.models import Body
from claims.settings import Settings, SnapshotsIn
from claims.versions.bodies import IN_DATABASE, Bodies, BodyLost
from tests.claims.builders import FORCED, Newsroom, full_disk

RAW = b"<html>what the server sent</html>" * 50


@pytest.fixture
def folder(tmp_path: Path) -> Bodies:
    """Bodies that go into a folder."""
    return Bodies(tmp_path / "snapshots", into_folder=True)


@pytest.mark.parametrize("into_folder", [False, True], ids=["database", "folder"])
def test_bytes_come_back_under_their_hash(newsroom: Newsroom, tmp_path: Path, into_folder: bool) -> None:
    bodies = Bodies(tmp_path, into_folder)

    with newsroom.writing() as session:
        sha256 = bodies.keep(session, RAW)

    with newsroom.reading() as session:
        assert bodies.read(session, sha256) == RAW
        stored = session.get_one(Body, sha256)
    assert sha256 == hashlib.sha256(RAW).hexdigest()
    assert (stored.size, stored.packed is None) == (len(RAW), into_folder)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.binary(max_size=200), into_folder=st.booleans())
def test_whatever_is_kept_can_be_read_under_either_setting(
    sqlite_newsroom: Newsroom, tmp_path: Path, raw: bytes, into_folder: bool
) -> None:
    with sqlite_newsroom.writing() as session:
        sha256 = Bodies(tmp_path, into_folder).keep(session, raw)

        assert Bodies(tmp_path, not into_folder).read(session, sha256) == raw


def test_the_same_bytes_are_kept_once(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        assert IN_DATABASE.keep(session, RAW) == IN_DATABASE.keep(session, RAW)

    assert newsroom.count(Body) == 1


def test_a_file_is_packed_private_and_whole(sqlite_newsroom: Newsroom, folder: Bodies) -> None:
    with sqlite_newsroom.writing() as session:
        path = folder.path(folder.keep(session, RAW))

    assert path.stat().st_size < len(RAW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to_stores_nothing(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    bodies = Bodies(tmp_path / "taken", into_folder=True)

    with pytest.raises(OSError, match="taken"), newsroom.writing() as session:
        bodies.keep(session, RAW)

    assert newsroom.count(Body) == 0


@pytest.mark.parametrize("harm", ["missing", "altered", "another"])
def test_a_file_that_is_missing_or_altered_is_told_plainly(
    sqlite_newsroom: Newsroom, folder: Bodies, harm: str
) -> None:
    with sqlite_newsroom.writing() as session:
        sha256, other = folder.keep(session, RAW), folder.keep(session, b"other")
    path = folder.path(sha256)
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"no zlib" if harm == "altered" else folder.path(other).read_bytes())

    with sqlite_newsroom.reading() as session, pytest.raises(BodyLost, match=r"is missing|were altered"):
        folder.read(session, sha256)


def test_bytes_that_come_again_heal_their_file(sqlite_newsroom: Newsroom, folder: Bodies) -> None:
    with sqlite_newsroom.writing() as session:
        sha256 = folder.keep(session, RAW)
        folder.path(sha256).write_bytes(b"damaged")

        folder.keep(session, RAW)

        assert folder.read(session, sha256) == RAW


def test_the_proof_reads_the_folder_too(sqlite_newsroom: Newsroom, folder: Bodies) -> None:
    sqlite_newsroom.bodies = folder
    sqlite_newsroom.take_in(FORCED)
    whole, without = sqlite_newsroom.proof(), sqlite_newsroom.proof(IN_DATABASE)

    next(folder.folder.rglob("*.zlib")).unlink()  # type: ignore[union-attr]

    assert whole.problems == ()
    assert "no folder of snapshots is known" in without.problems[0]
    assert "is missing" in sqlite_newsroom.proof().problems[0]


def test_the_setting_chooses_the_place(sqlite_settings: Settings) -> None:
    assert Bodies.of(sqlite_settings) == Bodies(sqlite_settings.home / "snapshots", into_folder=False)
    assert Bodies.of(replace(sqlite_settings, snapshots=SnapshotsIn.FOLDER)).into_folder


def test_a_transaction_that_fails_leaves_no_row_and_a_harmless_file(sqlite_url: str, folder: Bodies) -> None:
    engine = db.connect(sqlite_url)
    with pytest.raises(OSError, match="No space left"), full_disk(), db.transaction(engine) as session:
        folder.keep(session, RAW)
    engine.dispose()

    assert folder.read_file(hashlib.sha256(RAW).hexdigest()) == RAW
