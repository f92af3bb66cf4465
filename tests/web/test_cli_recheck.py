"""claimline recheck asks for another look, once."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims import db
from claims.clock import utc_now
from claims.models import RequestState
from claims.queries.fetching import RequestFilter, fetch_list
from claims.rechecks.schedule import request_due
from web.cli import commands

PAGE = """<html lang="en"><head><title>Harbour talks</title></head><body><article><h1>Harbour talks</h1>
<p>The mayor of Larkhaven met the harbour workers on Monday after a week of strikes that closed both piers.</p>
<p>The harbour union insisted that it was never asked about the 48 night shifts before the new plan came.</p>
</article></body></html>"""


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    """Runs commands in a home with one article, its raw bytes in the folder."""
    page = tmp_path / "story.html"
    page.write_text(PAGE, encoding="utf-8")
    runner = CliRunner(env={"CLAIMLINE_HOME": str(tmp_path / "home"), "CLAIMLINE_SNAPSHOTS": "folder"})
    assert runner.invoke(commands, ["ingest", str(page), "--url", "https://ledger.example/harbour"]).exit_code == 0
    return runner


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ([], 1),
        (["--articles"], 1),
        (["--evidence"], 0),
        (["--articles", "--evidence"], 1),
        (["--older-than", "1"], 0),
        (["--claim", "1"], 1),
    ],
)
def test_what_is_named_is_asked_for_once(runner: CliRunner, options: list[str], asked: int) -> None:
    first, second = (runner.invoke(commands, ["recheck", *options]) for _ in range(2))

    once, again = {
        0: ("0 addresses wait for the worker", "0 addresses wait for the worker"),
        1: ("1 address waits for the worker", "1 address waits for the worker, 1 of them did already"),
    }[asked]
    assert (first.exit_code, first.output, second.output) == (0, f"{once}\n", f"{again}\n")


def test_the_queue_says_that_the_command_line_asked(runner: CliRunner, tmp_path: Path) -> None:
    runner.invoke(commands, ["recheck"])

    engine = db.connect(f"sqlite:///{tmp_path / 'home' / 'claimline.sqlite'}")
    with db.reading(engine) as session:
        [row] = fetch_list(session, RequestFilter(), RequestState.QUEUED, now=utc_now()).rows
    engine.dispose()
    assert (row.requested_by, row.is_by_command) == (None, True)


def test_what_the_schedule_asked_for_is_the_command_lines_once_it_asks(runner: CliRunner, tmp_path: Path) -> None:
    engine = db.connect(f"sqlite:///{tmp_path / 'home' / 'claimline.sqlite'}")
    with db.transaction(engine) as session:
        request_due(session, now=utc_now() + timedelta(days=3))

    result = runner.invoke(commands, ["recheck"])

    with db.reading(engine) as session:
        [row] = fetch_list(session, RequestFilter(), RequestState.QUEUED, now=utc_now()).rows
    engine.dispose()
    assert result.output == "1 address waits for the worker, 1 of them did already\n"
    assert row.is_by_command
    assert row.due_at is not None
    assert row.due_at <= utc_now()


def test_a_claim_that_is_not_there_is_named(runner: CliRunner) -> None:
    result = runner.invoke(commands, ["recheck", "--claim", "999999"])

    assert (result.exit_code, str(result.exception)) == (1, "There is no claim 999999.")


@pytest.mark.parametrize("options", [["--older-than", "-1"], ["--claim", "0"], ["--claim", "99999999999"]])
def test_numbers_that_cannot_be_are_refused(runner: CliRunner, options: list[str]) -> None:
    assert runner.invoke(commands, ["recheck", *options]).exit_code != 0


def test_the_bytes_lie_in_the_folder_and_the_proof_reads_them(runner: CliRunner, tmp_path: Path) -> None:
    [path] = (tmp_path / "home" / "snapshots").rglob("*.zlib")
    whole = runner.invoke(commands, ["audit", "verify"])

    path.write_bytes(b"altered")

    assert whole.exit_code == 0, whole.output
    assert "were altered" in runner.invoke(commands, ["audit", "verify"]).output
