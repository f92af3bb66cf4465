"""The database goes away in the middle of things: nobody sees a traceback, everybody reads what to do."""

import logging
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from claims import db
from claims.settings import Settings
from tests.conftest import migrate, unused_name
from tests.postgres import own_server, temporary_folder, unprivileged_account
from tests.scrapers.site import Site, answer
from tests.web.conftest import Clock, send_sign_in, token_on
from tests.web.review.conftest import World
from web import create_app
from web.access import everyone

CLAIMLINE = [sys.executable, "-c", "from web.cli import main; main()"]
STORY = """<html lang="en"><title>Harbour talks, part {0}</title><h1>Harbour talks, part {0}</h1>
<p>The mayor of Larkhaven met the harbour workers on Monday after a week of strikes that closed both piers.</p>
<p>The harbour union insisted that it was never asked about the {0} night shifts before the plan was announced.</p>
<p>Talks go on next week, and the ferries sail by their winter timetable until both sides have signed.</p>"""
STORIES = 12


@dataclass(frozen=True, slots=True)
class Away:
    """A PostgreSQL server with a database that can be taken away for good."""

    database_url: str
    stop: Callable[[], None]


@pytest.fixture
def away() -> Iterator[Away]:
    """A server of this test alone, which may stop it."""
    account = unprivileged_account()
    with temporary_folder(account) as folder, ExitStack() as running:
        server = running.enter_context(own_server(folder, account))
        url = server.create(unused_name()).render_as_string(hide_password=False)
        migrate(url)
        yield Away(url, running.close)


def ingest(
    home: Path, database_url: str, urls: list[str], max_file_bytes: int = resource.RLIM_INFINITY
) -> subprocess.CompletedProcess[str]:
    """What comes of taking in stories where no file may be larger than that."""
    limits = max_file_bytes, resource.RLIM_INFINITY
    settings = {"CLAIMLINE_HOME": str(home), "CLAIMLINE_DATABASE_URL": database_url, "CLAIMLINE_MODELS": "off"}
    environment = os.environ | settings | {"CLAIMLINE_ALLOW_HOSTS": "127.0.0.1"}
    return subprocess.run(
        [*CLAIMLINE, "ingest", *urls],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
    )


def stories(site: Site, at_third: Callable[[], None]) -> list[str]:
    """The addresses of some stories; something happens before the third one is answered."""
    told: list[int] = []

    def tell(connection: socket) -> None:
        told.append(len(told))
        if len(told) == 3:
            at_third()
        connection.sendall(answer(STORY.format(len(told))))

    for number in range(STORIES):
        site.pages[f"/{number}"] = tell
    return [f"{site.url}/{number}" for number in range(STORIES)]


def test_an_ingest_whose_postgresql_stops_says_in_one_sentence_what_to_do(away: Away, tmp_path: Path) -> None:
    with Site() as site:
        ran = ingest(tmp_path, away.database_url, stories(site, away.stop))

    *counted, last = ran.stderr.strip().splitlines()
    assert (ran.returncode, ran.stdout) == (1, "")
    assert last.startswith("claimline: The database or the disk is out of order: ")
    assert last.endswith("What was stored stays: see that the database runs and that its disk has room, then run the "
                         "same command again.")  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert " read: " in counted[0]
    assert len(counted) == 3


def test_an_ingest_whose_disk_is_full_says_so_too(sqlite_url: str, tmp_path: Path) -> None:
    with Site() as site:
        ran = ingest(tmp_path, sqlite_url, stories(site, lambda: None), max_file_bytes=400_000)

    assert ran.returncode == 1
    assert "claimline: The database or the disk is out of order: " in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_ingest_into_a_damaged_file_says_so_too(sqlite_url: str, tmp_path: Path) -> None:
    Path(urlsplit(sqlite_url).path).write_bytes(b"no database at all " * 10_000)

    ran = ingest(tmp_path, sqlite_url, ["https://outlet.example/"])

    told = "claimline: The database does not answer: file is not a database. Check CLAIMLINE_DATABASE_URL"
    assert (ran.returncode, ran.stderr.startswith(told), ran.stderr.count("\n")) == (1, True, 1)


@pytest.fixture
def elsewhere(away: Away, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The whole app on the database that goes away."""
    engine = db.connect(away.database_url)
    settings = Settings(home=tmp_path, database_url=away.database_url, secret_key="for tests only")
    yield create_app(settings, engine=engine, clock=clock)
    engine.dispose()


def test_pages_answer_503_while_postgresql_is_away_and_log_it_once(
    away: Away, elsewhere: Flask, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    ada, reader = elsewhere.test_client(), elsewhere.test_client()
    send_sign_in(ada, World(elsewhere.extensions["claimline"].engine).person("Ada").email)
    token = token_on(ada, "/desk/account")
    before = [visitor.get(path).status_code for visitor, path in ((ada, "/desk/"), (reader, "/"))]

    with caplog.at_level(logging.WARNING):
        away.stop()
        answers = [
            *(reader.get(path) for path in ("/", "/search?q=x", "/claims/1", "/exports/claims.csv", "/healthz")),
            ada.get("/desk/"),
            ada.post("/desk/fetching", data={"csrf_token": token, "urls": "https://a.example/"}),
            ada.get("/nowhere"),
        ]

    assert before == [200, 200]
    assert [answer.status_code for answer in answers] == [503] * 8
    assert {answer.headers["Retry-After"] for answer in answers} == {"30"}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert all("Claimline is out for a moment" in answer.text for answer in answers)
    assert not any("connection" in answer.text for answer in answers)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].exc_info is None
    clock.now += timedelta(minutes=1)
    reader.get("/")
    assert len(caplog.records) == 2


def test_pages_are_back_when_the_database_is(app: Flask, client: FlaskClient, sqlite_settings: Settings) -> None:
    path = Path(urlsplit(sqlite_settings.database_url).path)
    away = path.rename(path.with_name("away"))
    path.mkdir()

    during = client.get("/")
    path.rmdir()
    away.rename(path)

    assert (during.status_code, client.get("/").status_code) == (503, 200)


def test_the_log_says_where_a_file_could_not_be_read(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    @everyone
    def broken() -> str:
        return Path("nowhere.html").read_text(encoding="utf-8")

    app.view_functions["public.front"] = broken

    assert client.get("/").status_code == 503
    assert "No such file or directory" in caplog.text
    assert "in broken" in caplog.text


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for other writers for a moment only, in what is opened from now on."""
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 100)


@pytest.mark.usefixtures("impatient")
def test_a_form_that_cannot_be_stored_since_others_write_may_be_sent_again(
    client: FlaskClient, world: World, sqlite_settings: Settings
) -> None:
    send_sign_in(client, world.person("Ada").email)
    token = token_on(client, "/desk/fetching")
    form = {"csrf_token": token, "urls": "https://outlet.example/1"}

    with closing(sqlite3.connect(urlsplit(sqlite_settings.database_url).path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        busy = client.post("/desk/fetching", data=form)
        read = client.get("/desk/fetching")
        other.execute("ROLLBACK")
    stored = client.post("/desk/fetching", data=form)

    assert (busy.status_code, busy.headers["Retry-After"], read.status_code) == (503, "30", 200)
    assert "Somebody else has been writing to the database for too long." in busy.text
    assert stored.status_code == 303
