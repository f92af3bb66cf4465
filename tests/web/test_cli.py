"""The command line: exit statuses, clear lines, nothing half-written, and the promised names."""

import csv
import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.errors import ClaimsError
from claims.settings import Settings
from scrapers.errors import BadSavedPage
from web.cli import commands
from web.cli.demo import welcome
from web.cli.serve import settings_for

STORY = """<html lang="en"><head><title>Harbour talks</title></head><body><article><h1>Harbour talks</h1>
<p>The mayor of Larkhaven met the harbour workers on Monday after a week of strikes that closed both piers.</p>
<p>The harbour union insisted that it was never asked about the 48 night shifts before the new plan was announced.</p>
<p>City officials said that the plan would save 3.5 million crowns a year and that no job would be lost.</p>
<p>Talks go on next week, and the ferries sail by their winter timetable until both sides have signed.</p>
</article></body></html>"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a fresh home."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"CLAIMLINE_HOME": str(tmp_path / "home")})
    return lambda *words, **options: runner.invoke(commands, words, **options)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A saved page."""
    path = tmp_path / "story.html"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_a_saved_page_is_ingested_once(run: Run, story: Path) -> None:
    first = run("ingest", str(story), "--url", "https://ledger.example/harbour")
    second = run("ingest", str(story), "--url", "https://ledger.example/harbour")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "1 read: 1 article new" in first.output
    assert "0 articles new, 0 changed, 1 unchanged, 0 failed" in second.output
    assert "0 appearances, 0 new claims" in second.output


def test_a_saved_page_without_an_address_is_known_by_its_file(run: Run, story: Path) -> None:
    run("ingest", str(story))

    rows = list(csv.DictReader(run("export", "appearances").stdout.splitlines()))

    assert {row["article_url"] for row in rows} == {story.as_uri()}
    assert {row["outlet"] for row in rows} == {"Saved pages"}


def test_one_bad_item_stops_no_other_and_exits_with_1(run: Run, story: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.touch()

    result = run("ingest", str(empty), "nowhere.html", "ftp://ledger.example/x", "http://10.0.0.1/x", str(story))

    assert result.exit_code == 1
    assert "5 read: 1 article new, 0 changed, 0 unchanged, 4 failed" in result.output
    assert "the page is empty" in result.output
    assert "there is no such file or folder" in result.output
    assert "Traceback" not in result.output


def test_an_export_to_a_file_is_whole_and_leaves_nothing_else(run: Run, story: Path, tmp_path: Path) -> None:
    run("ingest", str(story))

    result = run("export", "appearances", "--output", str(tmp_path / "out" / ".." / "appearances.csv"))
    assert result.exit_code == 1  # the folder "out" does not exist
    result = run("export", "appearances", "--output", str(tmp_path / "appearances.csv"))

    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader((tmp_path / "appearances.csv").read_text(encoding="utf-8").splitlines()))
    assert "it was never asked about the 48 night shifts before the new plan was announced" in {
        r["exact"] for r in rows
    }
    assert list(tmp_path.glob(".claimline-*")) == []


def test_an_export_replaces_neither_a_pipe_nor_a_link(run: Run, tmp_path: Path) -> None:
    pipe, link, file = tmp_path / "pipe", tmp_path / "link.csv", tmp_path / "file.csv"
    os.mkfifo(pipe)
    link.symlink_to(file)

    ends = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)  # both, so that neither waits for the other
    results = [run("export", "claims", "--output", str(place)) for place in (pipe, link)]
    told = os.read(ends, 65_536) if pipe.is_fifo() else b""
    os.close(ends)

    assert [result.exit_code for result in results] == [0, 0]
    assert (pipe.is_fifo(), link.is_symlink()) == (True, True)
    assert told == file.read_bytes()


def test_an_audit_log_that_was_tampered_with_is_found_out(run: Run, story: Path, tmp_path: Path) -> None:
    run("ingest", str(story))
    run("export", "audit", "--output", str(tmp_path / "audit.csv"))
    whole = run("audit", "verify", str(tmp_path / "audit.csv"))
    text = (tmp_path / "audit.csv").read_text(encoding="utf-8").replace("outlet:add", "outlet:ade", 1)
    (tmp_path / "audit.csv").write_text(text, encoding="utf-8")

    tampered = run("audit", "verify", str(tmp_path / "audit.csv"))

    assert (whole.exit_code, tampered.exit_code) == (0, 1), whole.output
    assert "event 1 (outlet:ade) was changed after it was written" in tampered.output


def test_a_user_is_added_by_a_script(run: Run) -> None:
    added = run("user", "add", "ayla@example.org", "--role", "admin", "--password-stdin", input="long enough for us\n")
    again = run("user", "add", "ayla@example.org", "--role", "admin", "--password-stdin", input="long enough for us\n")

    assert added.exit_code == 0, added.output
    assert "ayla@example.org may sign in as admin" in added.output
    assert "a user has" in str(again.exception)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port of this machine that is taken, but where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize("words", [["worker", "--once"], ["db", "upgrade"]])
def test_a_database_that_does_not_answer_is_one_line_that_says_what_to_check(
    run: Run, silent_port: int, words: list[str]
) -> None:
    result = run(*words, env={"CLAIMLINE_DATABASE_URL": f"postgresql://nobody:secret@127.0.0.1:{silent_port}/x"})

    said = str(result.exception)
    assert isinstance(result.exception, ClaimsError), said
    assert said.startswith("The database does not answer: ")
    assert "Check CLAIMLINE_DATABASE_URL" in said
    assert (said.count("\n"), "secret" in said) == (0, False)


def test_nothing_is_said_to_be_served_on_a_taken_port(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert f"Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another --port." in result.output
    assert "Serving on" not in result.output


def test_a_host_that_there_is_not_is_no_traceback(run: Run) -> None:
    result = run("serve", "--host", "nowhere.invalid")

    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "There is no address nowhere.invalid to listen on. Choose another --host." in result.output


@pytest.mark.parametrize(
    ("host", "known", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8020"),
        ("desk.example", "", "http://desk.example:8020"),
        ("0.0.0.0", "", "http://127.0.0.1:8020"),
        ("::1", "", "http://[::1]:8020"),
        ("127.0.0.1", "https://checks.example/", "https://checks.example"),
    ],
)
def test_public_addresses_lead_to_where_is_served_unless_a_setting_names_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, known: str, address: str
) -> None:
    monkeypatch.setenv("CLAIMLINE_HOME", str(tmp_path))
    monkeypatch.setenv("CLAIMLINE_BASE_URL", known)

    assert settings_for(host, 8020).base_url == address


@pytest.mark.parametrize("words", [["ingest"], ["export", "secrets"], ["user", "add", "x@example.org"], ["nothing"]])
def test_a_wrong_call_exits_with_2(run: Run, words: list[str]) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert "Usage:" in result.output


def test_how_to_begin_for_real_ends_with_the_worker(run: Run) -> None:
    said = run("--help").output

    assert re.findall(r"claimline (\w+)", said.partition("for real:")[2].partition("Settings")[0]) == [
        *("outlet", "ingest", "user", "serve", "worker")
    ]


def test_the_demo_says_where_there_are_addresses_to_submit(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "", "a key for tests alone", base_url="http://127.0.0.1:8020")

    said = welcome(settings, "http://127.0.0.1:8010")

    assert "sample outlets are at http://127.0.0.1:8010/" in said
    assert "submit at http://127.0.0.1:8020/desk/fetching" in said


@pytest.mark.parametrize(
    "words",
    [
        "db upgrade",
        "outlet add",
        "outlet list",
        "ingest",
        "serve",
        "worker",
        "user add",
        "export",
        "audit verify",
        "demo",
        "match explain",
    ],
)
def test_every_command_has_help_with_an_example(run: Run, words: str) -> None:
    result = run(*words.split(), "--help")

    assert result.exit_code == 0
    assert "Example" in result.output


SAVED_PAGES = Path(__file__).parent.parent / "outlets"


def test_outlets_rules_are_checked_against_their_saved_pages(run: Run) -> None:
    result = run("outlet", "check", str(SAVED_PAGES))

    assert result.exit_code == 0, result.output
    assert "causeway_brief_2024\tcauseway-brief@2023-04-01\tas expected\n" in result.stdout
    assert "plain_page\tthe general reading\tas expected\n" in result.stdout


def test_a_rule_that_drifted_is_shown_line_by_line_and_exits_with_1(run: Run, tmp_path: Path) -> None:
    pages = Path(shutil.copytree(SAVED_PAGES, tmp_path / "tests" / "outlets"))
    shutil.rmtree(pages / "pellworth_gazette_2004")
    page = pages / "causeway_brief_2026" / "page.html"
    page.write_text(page.read_text("utf-8").replace('class="when"', 'class="date"'), "utf-8")

    result = run("outlet", "check")

    assert result.exit_code == 1
    assert "causeway_brief_2026\tcauseway-brief@2026-01-01\tdrifted: text" in result.stdout
    assert "causeway_brief_2026: text is not as expected (-), but (+)\n+ 3 February 2026, 05:00\n" in result.stdout
    assert "pellworth-gazette@2004-05-01: no saved page holds this rule to anything" in result.stdout


def test_a_folder_without_saved_pages_says_what_belongs_there(run: Run) -> None:
    result = run("outlet", "check")

    assert isinstance(result.exception, BadSavedPage)
    assert str(result.exception).startswith("tests/outlets: holds no saved pages; name a folder of folders")


def test_a_saved_page_is_shown_as_what_a_check_would_expect(run: Run) -> None:
    folder = SAVED_PAGES / "causeway_brief_2024"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))

    result = run("outlet", "check", "--page", str(folder / "page.html"), "--url", expected["url"])

    assert json.loads(result.stdout) == expected | {"access": "open"}


def test_a_saved_page_is_not_shown_without_its_address(run: Run, story: Path) -> None:
    result = run("outlet", "check", "--page", str(story))

    assert result.exit_code == 2
    assert "--page and --url go together" in result.output
