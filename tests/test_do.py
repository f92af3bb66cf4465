"""What the script `do` decides: what to install, which browser to take, what to say."""

import re
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "do"
IN_A_WORKER = "def test_one(worker_id): assert worker_id in ('gw0', 'gw1')\n"
HERE = "cpython 3.11.2 /home/ada/claimline/.venv"


@pytest.fixture(scope="module")
def do() -> ModuleType:
    """The script as a module, which its name without .py makes it no other way."""
    spec = spec_from_loader("do", SourceFileLoader("do", str(SCRIPT)))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["do"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_second_run_installs_nothing(do: ModuleType) -> None:
    stamp = do.Stamp(HERE, "set 1")

    assert do.next_step(stamp, HERE, {"set 1"}) is do.Step.NOTHING


def test_the_demo_is_content_with_the_development_set(do: ModuleType) -> None:
    stamp = do.Stamp(HERE, "development set")

    assert do.next_step(stamp, HERE, {"runtime set", "development set"}) is do.Step.NOTHING


def test_a_changed_lock_is_installed_over_the_old_one(do: ModuleType) -> None:
    stamp = do.Stamp(HERE, "set 1")

    assert do.next_step(stamp, HERE, {"set 2"}) is do.Step.INSTALL


@pytest.mark.parametrize("elsewhere", ["cpython 3.12.1 /home/ada/claimline/.venv", "cpython 3.11.2 /moved/.venv"])
def test_another_python_or_folder_remakes_the_venv(do: ModuleType, elsewhere: str) -> None:
    stamp = do.Stamp(elsewhere, "set 1")

    assert do.next_step(stamp, HERE, {"set 1"}) is do.Step.REMAKE


@pytest.mark.parametrize("left_behind", [None, "", "one line only\n"])
def test_an_unfinished_venv_is_remade(do: ModuleType, tmp_path: Path, left_behind: str | None) -> None:
    stamp_file = tmp_path / "stamp"
    if left_behind is not None:
        stamp_file.write_text(left_behind)

    stamp = do.Stamp.read(stamp_file)

    assert do.next_step(stamp, HERE, {"set 1"}) is do.Step.REMAKE


def test_a_stamp_is_read_as_it_was_written(do: ModuleType, tmp_path: Path) -> None:
    stamp = do.Stamp(HERE, "set 1")

    stamp.write(tmp_path / "stamp")

    assert do.Stamp.read(tmp_path / "stamp") == stamp


def test_a_changed_requirement_changes_the_digest(do: ModuleType, tmp_path: Path) -> None:
    before, after = tmp_path / "before.txt", tmp_path / "after.txt"
    before.write_text("flask==3.1.2\n")
    after.write_text("flask==3.1.3\n")

    assert do.digest(before) != do.digest(after)


def test_no_browser_is_installed_once_one_opens(do: ModuleType) -> None:
    asked_for = []

    def candidates():
        for browser in ("broken", "working", "to be installed"):
            asked_for.append(browser)
            yield browser

    found = do.first_that_opens(candidates(), lambda browser: browser == "working")

    assert found == "working"
    assert asked_for == ["broken", "working"]


def test_a_file_that_is_no_browser_does_not_open(do: ModuleType, tmp_path: Path) -> None:
    no_browser = tmp_path / "chromium"
    no_browser.write_text("#!/bin/sh\nexit 0\n")
    no_browser.chmod(0o755)

    assert not do.opens(str(no_browser))


def test_a_failing_step_shows_what_the_tool_said(do: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(do.Trouble, match="checking failed"):
        do.run("checking", ["sh", "-c", "echo line 3 is too long; exit 1"])

    assert "line 3 is too long" in capfd.readouterr().out


@pytest.mark.parametrize(("cores", "workers"), [(2, 2), (4, 4), (64, 4)])
def test_the_whole_suite_has_a_worker_for_each_core_up_to_four(do: ModuleType, cores: int, workers: int) -> None:
    assert f"--numprocesses={workers}" in do.chosen_or_spread([], cores)


def test_the_whole_suite_leaves_no_folder_of_tests_out(do: ModuleType) -> None:
    settings = tomllib.loads(SCRIPT.with_name("pyproject.toml").read_text())

    assert sorted(do.LONGEST_FIRST) == sorted(settings["tool"]["pytest"]["ini_options"]["testpaths"])


def test_on_one_core_the_whole_suite_runs_in_one_process(do: ModuleType) -> None:
    assert do.chosen_or_spread([], 1) == []


@pytest.mark.parametrize("words", [["-k", "quotes"], ["tests/test_do.py"], ["--pdb", "-x"], ["-n", "2", "e2e"]])
def test_chosen_tests_run_just_as_pytest_is_told(do: ModuleType, words: list[str]) -> None:
    assert do.chosen_or_spread(words, 2) == words


def test_pytest_knows_the_options_of_the_whole_suite(do: ModuleType, tmp_path: Path) -> None:
    for folder in ("e2e", "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"test_in_{folder}.py").write_text(IN_A_WORKER)

    run_pytest = [sys.executable, "-m", "pytest", *do.chosen_or_spread([], 2)]
    ran = subprocess.run(run_pytest, cwd=tmp_path, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stdout
    assert "2 passed" in ran.stdout


@pytest.mark.parametrize("words", [[], ["--help"], ["test", "--help"]])
def test_help_shows_an_example(words: list[str]) -> None:
    shown = run_do(*words)

    assert shown.returncode == 0
    assert "python3 do test -k quotes" in shown.stdout


def test_an_unknown_command_is_a_usage_error_from_any_folder(tmp_path: Path) -> None:
    refused = run_do("tset", folder=tmp_path)

    assert refused.returncode == 2
    assert "'tset'" in refused.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_requirement_files_pin_every_package_by_hash_and_name_no_place(name: str) -> None:
    locked = SCRIPT.with_name(name).read_text()

    packages = re.split(r"^(?=[a-z0-9])", locked, flags=re.MULTILINE)[1:]

    assert len(packages) > 50
    assert all("==" in package and "--hash=sha256:" in package for package in packages)
    assert not re.search(r"://|--(?!hash)|\s/|\bfile:| @ ", locked)


def test_every_package_that_the_project_asks_for_is_locked(do: ModuleType) -> None:
    project = do.project_file()["project"]
    asked_for = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"],
    }

    for name, requirements in asked_for.items():
        locked = set(re.findall(r"^[a-z0-9-]+(?===)", SCRIPT.with_name(name).read_text(), flags=re.MULTILINE))
        # A name's dots are dashes in the lock (PyPA's normalised names).
        named = {re.split(r"[^a-z0-9.-]", requirement)[0].replace(".", "-") for requirement in requirements}
        assert named <= locked


def run_do(*words: str, folder: Path = SCRIPT.parent) -> subprocess.CompletedProcess[str]:
    """Run the script as a person would."""
    return subprocess.run([sys.executable, SCRIPT, *words], cwd=folder, capture_output=True, text=True)
