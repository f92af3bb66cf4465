"""claimline bench: pages of a folder or of the sample world, timed beside trafilatura; no test asserts a time."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.errors import ClaimsError
from scrapers.benchmark import BenchPage, measure, module_of, pages_in, profile
from scrapers.errors import FetchFailed
from scrapers.statements.models import no_models
from web.cli import commands
from web.cli.bench import sample_pages

PAGE = b"""<html lang="en"><head><title>Harbour talks</title></head><body><article><h1>Harbour talks</h1>
<p>The mayor of Larkhaven met the harbour workers on Monday after a week of strikes that closed both piers.</p>
<p>The harbour union insisted that it was never asked about the 48 night shifts before the new plan was announced.</p>
<p>City officials said that the plan would save 3.5 million crowns a year and that no job would be lost.</p>
<p>Talks go on next week, and the ferries sail by their winter timetable until both sides have signed.</p>
</article></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain page, a packed one with an address, and an empty one."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "plain.html").write_bytes(PAGE)
    (pages / "packed.html.gz").write_bytes(gzip.compress(PAGE))
    (pages / "void.html").touch()
    (tmp_path / "gold.json").write_text(json.dumps({"packed": {"url": "https://ledger.example/talks"}}))
    return pages


def test_pages_are_unpacked_and_have_the_addresses_that_are_known(folder: Path) -> None:
    packed, plain, void = pages_in(folder)

    assert packed == BenchPage(PAGE, "https://ledger.example/talks")
    assert (plain.html, void.html) == (PAGE, b"")
    assert plain.url.startswith("https://")


def test_every_page_is_read_by_both_and_its_statements_are_found(folder: Path) -> None:
    steps: list[None] = []

    timing = measure(pages_in(folder), no_models, rounds=2, done=lambda: steps.append(None))

    assert (timing.pages, len(steps)) == (3, 9)
    assert timing.statements >= 4
    assert min(timing.reading_s, timing.trafilatura_s, timing.finding_s) > 0
    assert timing.reading_ratio == timing.trafilatura_s / timing.reading_s


def test_the_profile_folds_functions_into_modules(folder: Path) -> None:
    functions, modules = profile(pages_in(folder), no_models)

    names = {share.name for share in modules}
    assert {"scrapers.article", "scrapers.statements.finding"} <= names
    assert sum(share.calls for share in functions) == sum(share.calls for share in modules)
    assert modules == sorted(modules, key=lambda share: -share.own_s)


def test_a_module_goes_by_its_dotted_name() -> None:
    assert module_of("/home/ada/scrapers/statements/en/words.py") == "scrapers.statements.en.words"
    assert module_of("/opt/lib/site-packages/lxml/html/clean.py") == "lxml.html"
    assert module_of("~") == "built in"


@pytest.mark.parametrize("broken", [b"no gzip", gzip.compress(PAGE)[:40]])
def test_a_page_that_cannot_be_unpacked_is_named(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "bad.html.gz").write_bytes(broken)

    with pytest.raises(FetchFailed, match=r"bad\.html\.gz"):
        pages_in(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["bench", str(tmp_path)])

    assert isinstance(result.exception, FetchFailed | ClaimsError)


@pytest.mark.parametrize(("option", "line"), [("--rounds=1", "Reading over trafilatura"), ("--profile", "Own time")])
def test_the_command_prints_a_table(folder: Path, option: str, line: str) -> None:
    result = CliRunner().invoke(commands, ["bench", str(folder), option, "--models", "off"])

    assert result.exit_code == 0, result.output
    assert line in result.output


def test_the_sample_world_gives_pages_that_are_articles() -> None:
    pages = sample_pages()

    assert len(pages) >= 30
    assert all(b"<html" in page.html for page in pages)
