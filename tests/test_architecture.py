"""The rules of the house hold: imports go one way down, and no test is skipped."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("claims", "scrapers", "web")


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


@pytest.mark.parametrize("workers", [0, 2])
def test_a_skipped_test_and_a_skipped_file_fail_the_suite(tmp_path: Path, workers: int) -> None:
    for settings in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / settings, tmp_path)
    (tmp_path / "test_one.py").write_text("import pytest\ndef test_one(): pytest.skip('no server')\n")
    (tmp_path / "test_file.py").write_text("import pytest\npytest.skip('no browser', allow_module_level=True)\n")

    ran = run_pytest(tmp_path, workers, "--continue-on-collection-errors")

    assert ran.returncode == 1
    assert "1 failed, 1 error" in ran.stdout
    assert "A skipped test counts as failed" in ran.stdout


@pytest.mark.parametrize("workers", [0, 2])
def test_a_warning_fails_its_test(tmp_path: Path, workers: int) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "test_one.py").write_text("import warnings\ndef test_one(): warnings.warn('it will go away')\n")

    ran = run_pytest(tmp_path, workers)

    assert ran.returncode == 1
    assert "UserWarning: it will go away" in ran.stdout


def test_workers_agree_on_what_there_is_to_run(tmp_path: Path) -> None:
    for settings in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / settings, tmp_path)
    sometime = "@pytest.mark.parametrize('packed', [os.urandom(9)])\ndef test_one(packed): pass\n"
    (tmp_path / "test_one.py").write_text("import os\nimport pytest\n" + sometime)

    ran = run_pytest(tmp_path, 2)

    assert ran.returncode == 0, ran.stdout


def run_pytest(folder: Path, workers: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a folder, in so many workers or, with none, as one process."""
    command = [sys.executable, "-m", "pytest", f"--numprocesses={workers}", *options, "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import contracts of the packages in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True)
