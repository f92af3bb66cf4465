"""The rules of the house hold: imports go one way down, and no test is skipped."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLAIMS_ONE_WAY = "One way down in claims: rooms above what they stand on"
MATCHING_ONE_WAY = "One way down in matching: folding at the bottom"
SCRAPERS_ONE_WAY = "One way down in scrapers: each step above its room"
ROOT = Path(__file__).parents[1]
PACKAGES = ("claims", "scrapers", "web")
PLANTED = {
    "test_skipped.py": "import pytest\ndef test_one(): pytest.skip('no server')\n",
    "test_skipped_whole.py": "import pytest\npytest.skip('no browser', allow_module_level=True)\n",
    "test_warning.py": "import warnings\ndef test_one(): warnings.warn('it will go away')\n",
    # Every worker makes other bytes of it.
    "test_named_by_bytes.py": """
import os, pytest
@pytest.mark.parametrize("packed", [os.urandom(9)])
def test_one(packed): pass
""",
}


def test_imports_go_one_way_down() -> None:
    checked = lint_imports(ROOT)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("claims/ratings.py", "import flask", "claims knows neither Flask, nor HTML, nor the network"),
        ("claims/ratings.py", "import web", "One way down: web, scrapers, claims"),
        ("scrapers/planted.py", "import sqlmodel", "scrapers knows neither Flask nor SQL"),
        ("web/planted.py", "import bs4", "web knows neither SQL nor HTML parsing"),
        ("claims/matching/planted.py", "import claims.models", "matching is pure: wordings in, matches out"),
        ("claims/matching/folding/planted.py", "import claims.matching.guards", MATCHING_ONE_WAY),
        ("claims/matching/guards/planted.py", "import claims.matching.scoring", MATCHING_ONE_WAY),
        ("claims/matching/finding/planted.py", "import claims.matching.clusters", MATCHING_ONE_WAY),
        ("claims/matching/planted.py", "", MATCHING_ONE_WAY),
        (
            "claims/matching/finding/planted.py",
            "import claims.matching.scoring.scorers",
            "near wordings are found without scoring them",
        ),
        ("claims/versions/planted.py", "import claims.rechecks.alerts", CLAIMS_ONE_WAY),
        ("claims/grouping/planted.py", "import claims.reruns.rerun", CLAIMS_ONE_WAY),
        ("claims/fetching/planted.py", "import claims.grouping", CLAIMS_ONE_WAY),
        ("claims/planted.py", "", CLAIMS_ONE_WAY),
        ("claims/versions/differences.py", "import claims.models", "two texts are compared without a database"),
        ("scrapers/pages/planted.py", "import scrapers.working.turns", SCRAPERS_ONE_WAY),
        ("scrapers/listings/planted.py", "import scrapers.discovery", SCRAPERS_ONE_WAY),
        ("scrapers/planted.py", "", SCRAPERS_ONE_WAY),
        ("scrapers/pages/planted.py", "import scrapers.network.lines", "reading a page asks no network"),
        ("scrapers/statements/planted.py", "import httpcore2", "reading a page asks no network"),
        ("scrapers/network/planted.py", "import scrapers.pages.markup", "asking the network reads no page"),
    ],
)
def test_an_import_that_goes_up_breaks_its_contract(tmp_path: Path, module: str, planted: str, contract: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a") as file:
        file.write(f"\n{planted}\n")

    checked = lint_imports(tmp_path)

    assert checked.returncode == 1
    assert f"{contract} BROKEN" in checked.stdout


@pytest.fixture(scope="module", params=[0, 2], ids=["in one process", "in two workers"])
def planted_suite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says under our settings of a folder with one file of each kind."""
    folder = tmp_path_factory.mktemp("planted")
    for settings in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / settings, folder)
    for name, text in PLANTED.items():
        (folder / name).write_text(text)
    command = [sys.executable, "-m", "pytest", f"--numprocesses={request.param}", "--continue-on-collection-errors"]
    ran = subprocess.run([*command, "."], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 1, ran.stdout
    return ran.stdout


def test_a_skipped_test_and_a_skipped_file_fail_the_suite(planted_suite: str) -> None:
    assert "FAILED test_skipped.py::test_one - A skipped test counts as failed" in planted_suite
    assert "ERROR test_skipped_whole.py - A skipped test counts as failed" in planted_suite
    assert "2 failed, 1 passed, 1 error" in planted_suite


def test_a_warning_fails_its_test(planted_suite: str) -> None:
    assert "FAILED test_warning.py::test_one - UserWarning: it will go away" in planted_suite


def test_workers_agree_on_what_there_is_to_run(planted_suite: str) -> None:
    assert "Different tests were collected" not in planted_suite


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import contracts of the packages in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True)
