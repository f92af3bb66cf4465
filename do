#!/usr/bin/env python3
"""Show Claimline or check it on a bare machine: makes .venv, installs the locked set, then runs the demo or the tests.

    python3 do demo             fetch the sample news site, group its claims and serve the result
    python3 do test             the gate, then every test, the browser's and PostgreSQL's included
    python3 do test -k quotes   the gate, then what pytest's own options choose, in one process (-n 2: in two)
    python3 do lock             renew requirements.txt and requirements-dev.txt
    python3 do lock -P flask    renew one package in them; further words are for uv pip compile

It needs Python 3.11 with its venv module and a package index. uv is used where it is installed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is just what this line is for
    sys.exit("do: Claimline needs Python 3.11 or newer, this is %d.%d." % sys.version_info[:2])  # noqa: UP031

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, NoReturn, Self

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME_SET = ROOT / "requirements.txt"
DEVELOPMENT_SET = ROOT / "requirements-dev.txt"
STAMP_FILE = VENV / "installed-by-do"
BROWSER_FILE = VENV / "browser-found-by-do"

BROWSER_VARIABLE = "CLAIMLINE_TEST_BROWSER"
PLAYWRIGHTS_OWN = ""
MOST_WORKERS = 4
# A file stays with one worker, so that what its tests share is made once; the last files to be begun are short ones.
FILE_BY_FILE = ("--dist=loadfile", "--no-loadscope-reorder")
LONGEST_FIRST = ("e2e", "tests")
SYSTEM_BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/usr/lib/chromium/chromium-headless-shell",
    "/usr/lib/chromium/chromium",
    "/usr/lib/chromium-browser/chromium-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DRIVER_PACKAGES = ("libatomic1",)
BROWSER_PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core")
DOWNLOAD_TIMEOUT_S = 300
OPENING_TIMEOUT_S = 60
OPEN_A_PAGE = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1] or None)
    browser.new_page().set_content("<p>It opens.</p>")
    browser.close()
"""

GATE = (
    ("ruff", "check", ".", "do"),
    ("ruff", "format", "--check", ".", "do"),
    ("mypy",),
    ("lint-imports",),
)


class Trouble(Exception):
    """What stops a command; its message says what happened and what to do."""


class Step(Enum):
    """What .venv needs before it can be used."""

    NOTHING = auto()
    INSTALL = auto()
    REMAKE = auto()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a finished .venv holds: written last, so that an unfinished one has none."""

    made_for: str
    installed: str

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The stamp kept at path, or None where there is none that can be read."""
        try:
            made_for, installed = path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, ValueError):
            return None
        return cls(made_for, installed)

    def write(self, path: Path) -> None:
        """Keep the stamp at path."""
        path.write_text(f"{self.made_for}\n{self.installed}\n", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Run the command that the words name; returns its exit status unless it took this process's place."""
    if not words or {"-h", "--help"} & set(words[:2]):
        print(__doc__.rstrip())
        return 0
    if words[0] not in COMMANDS:
        print(f"do: there is no command {words[0]!r}; python3 do --help lists them.", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        return COMMANDS[words[0]](words[1:])
    except Trouble as trouble:
        print(f"do: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ndo: stopped; run it again to go on.", file=sys.stderr)
        return 130


def demo(words: Sequence[str]) -> NoReturn:
    """Become `claimline demo`, with the runtime set installed; the development set holds that too."""
    install(RUNTIME_SET, enough=(RUNTIME_SET, DEVELOPMENT_SET))
    become([str(VENV / "bin" / "claimline"), "demo", *words])


def test(words: Sequence[str]) -> NoReturn:
    """Become pytest, after the gate, with the development set installed and a browser that opens."""
    install(DEVELOPMENT_SET, enough=(DEVELOPMENT_SET,))
    browser = find_browser()
    pass_the_gate()
    become([str(PYTHON), "-m", "pytest", *chosen_or_spread(words, cores())], {BROWSER_VARIABLE: browser})


def chosen_or_spread(words: Sequence[str], cores: int) -> list[str]:
    """What pytest is told: the words that choose tests, or else to run every test with a worker for each core.

    A worker takes seconds to start and has no terminal for a debugger, so that a choice of tests does without.
    """
    workers = min(cores, MOST_WORKERS)
    whole_suite = [f"--numprocesses={workers}", *FILE_BY_FILE, *LONGEST_FIRST] if workers > 1 else []
    return list(words) or whole_suite


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def lock(words: Sequence[str]) -> int:
    """Renew both requirement files, the runtime set at the versions of the development set."""
    uv = shutil.which("uv") or fetched_uv()
    renew = list(words) or ["--upgrade"]
    builders = "".join(f"{requirement}\n" for requirement in project_file()["build-system"]["requires"])
    compiling = [uv, "pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes"]
    compiling += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command=python3 do lock"]
    for output, options in (
        (DEVELOPMENT_SET, ["--extra=dev"]),
        (RUNTIME_SET, [f"--constraint={DEVELOPMENT_SET.name}"]),
    ):
        run(
            f"renewing {output.name}",
            [*compiling, *renew, *options, f"--output-file={output.name}", "pyproject.toml", "-"],
            text=builders,
        )
    return 0


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {"demo": demo, "test": test, "lock": lock}


def install(wanted: Path, enough: Iterable[Path]) -> None:
    """Bring .venv to hold the wanted set and the project; left alone where it holds one that is enough."""
    stamp = Stamp.read(STAMP_FILE) if PYTHON.exists() else None
    step = next_step(stamp, this_place(), {digest(requirements) for requirements in enough})
    if step is Step.NOTHING:
        return
    STAMP_FILE.unlink(missing_ok=True)
    if not installed_with_uv(wanted, step):
        install_with_pip(wanted, step)
    Stamp(this_place(), digest(wanted)).write(STAMP_FILE)


def next_step(stamp: Stamp | None, made_for: str, enough: set[str]) -> Step:
    """What a .venv with this stamp needs: one of another Python or folder, or an unfinished one, is remade."""
    if stamp is None or stamp.made_for != made_for:
        return Step.REMAKE
    return Step.NOTHING if stamp.installed in enough else Step.INSTALL


def this_place() -> str:
    """The Python that runs and the folder of .venv, which scripts in it name."""
    return f"{sys.implementation.name} {sys.version.split()[0]} {VENV}"


def digest(requirements: Path) -> str:
    """SHA-256 of what an installation is made from: the locked set and the project's own description."""
    if not requirements.exists():
        raise Trouble(f"{requirements.name} is missing: restore it, or make it with python3 do lock.")
    described = project_file()
    sources = [requirements.read_text(encoding="utf-8"), described["project"], described["build-system"]]
    return hashlib.sha256(json.dumps(sources, sort_keys=True).encode()).hexdigest()


def project_file() -> dict[str, Any]:
    """The tables of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def installed_with_uv(wanted: Path, step: Step) -> bool:
    """Whether uv was there and installed it all; where it could not, pip may, having settings of its own."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    into = ["--quiet", "--python", str(PYTHON)]
    try:
        if step is Step.REMAKE:
            clear(VENV)
            run("making .venv", [uv, "venv", "--quiet", "--no-project", "--python", base_python(), str(VENV)])
        # Compiled once here, or every start of a command would compile again where Python is told to write no bytecode.
        sync = [uv, "pip", "sync", "--require-hashes", "--compile-bytecode", *into, str(wanted)]
        run(f"installing {wanted.name} with uv", sync)
        run("installing the project", [uv, "pip", "install", "--no-deps", "--no-build-isolation", *into, "-e", "."])
    except Trouble as trouble:
        say(f"{trouble} Trying pip.")
        return False
    return True


def install_with_pip(wanted: Path, step: Step) -> None:
    """Install the set and the project with pip, in a .venv that has pip."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    if step is Step.REMAKE or not (VENV / "bin" / "pip").exists():
        make_venv(VENV)
    run(f"installing {wanted.name} with pip", [*pip, "--require-hashes", "-r", str(wanted)])
    run("installing the project", [*pip, "--no-build-isolation", "-e", "."])


def make_venv(place: Path) -> None:
    """Make a virtual environment that has pip, in place of whatever is there."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble("this Python makes no virtual environment: install its venv module (apt install python3-venv).")
    clear(place)
    run(f"making {place.relative_to(ROOT)}", [base_python(), "-m", "venv", str(place)])


def clear(place: Path) -> None:
    """Remove a virtual environment, finished or not."""
    if place.exists():
        say(f"removing the old {place.relative_to(ROOT)}")
        shutil.rmtree(place)


def base_python() -> str:
    """The interpreter outside any virtual environment: the one that runs may stand in the .venv to be remade."""
    return str(getattr(sys, "_base_executable", sys.executable))


def fetched_uv() -> str:
    """The path of a uv that pip puts into a place of its own inside .venv, for lock alone needs it."""
    place = VENV / "uv"
    uv = place / "bin" / "uv"
    if not uv.exists():
        make_venv(place)
        run("fetching uv", [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"])
    return str(uv)


def find_browser() -> str:
    """The executable for the browser's tests, empty for Playwright's own; installs one where none opens."""
    require_driver()
    asked_for = os.environ.get(BROWSER_VARIABLE)
    if asked_for:
        if not opens(asked_for):
            raise Trouble(f"{BROWSER_VARIABLE}: {asked_for} opens no page: name another browser or unset it.")
        return asked_for
    found = first_that_opens(browser_candidates(), opens)
    if found is None:
        raise Trouble(f"no browser opens: install Chromium and put its path into {BROWSER_VARIABLE}.")
    BROWSER_FILE.write_text(found, encoding="utf-8")
    return found


def browser_candidates() -> Iterable[str]:
    """Browsers to try in their order; what only an installation can offer is installed when its turn comes."""
    if BROWSER_FILE.exists():
        yield BROWSER_FILE.read_text(encoding="utf-8")
    yield PLAYWRIGHTS_OWN
    if download_browser():
        yield PLAYWRIGHTS_OWN
    yield from system_browsers()
    install_packages(f"a browser (or its path in {BROWSER_VARIABLE})", BROWSER_PACKAGES)
    yield from system_browsers()


def first_that_opens(candidates: Iterable[str], opens: Callable[[str], bool]) -> str | None:
    """The first candidate that opens; those after it are not asked for."""
    return next((candidate for candidate in candidates if opens(candidate)), None)


def system_browsers() -> list[str]:
    """The paths of the browsers that this machine has, by name or in their usual places."""
    return [path for path in map(shutil.which, SYSTEM_BROWSERS) if path]


def opens(browser: str) -> bool:
    """Whether Playwright can open a page in it, which a file that is merely there does not say."""
    return succeeds([str(PYTHON), "-c", OPEN_A_PAGE, browser], OPENING_TIMEOUT_S)


def download_browser() -> bool:
    """Whether Playwright could download its browser; it fails at once where downloads are closed."""
    say("no browser of Playwright's opens; asking for its download")
    return succeeds([str(PYTHON), "-m", "playwright", "install", "chromium-headless-shell"], DOWNLOAD_TIMEOUT_S)


def require_driver() -> None:
    """Install what Playwright's driver needs of the machine where the driver does not start."""
    version = [str(PYTHON), "-m", "playwright", "--version"]
    if not succeeds(version, OPENING_TIMEOUT_S):
        install_packages("Playwright's driver", DRIVER_PACKAGES)
        run("starting Playwright's driver", version)


def install_packages(purpose: str, packages: Sequence[str]) -> None:
    """Install Debian packages as root or through sudo; Trouble says what to install where neither is possible."""
    by_hand = f"install {' '.join(packages)} or what your system calls them, then run this again."
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not all(map(shutil.which, ["apt-get", *as_root[:1]])):
        raise Trouble(f"{purpose} is missing: {by_hand}")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    try:
        run("asking the distribution for its packages", [*apt, "update"])
        run(f"installing {' '.join(packages)}", [*apt, "install", "--yes", "--no-install-recommends", *packages])
    except Trouble as trouble:
        raise Trouble(f"{trouble} {purpose} is missing: {by_hand}") from trouble


def pass_the_gate() -> None:
    """Check style, types and the direction of imports; Trouble at the first that fails."""
    for tool, *options in GATE:
        run(" ".join([tool, *options]), [str(VENV / "bin" / tool), *options])


def run(title: str, command: Sequence[str], text: str = "") -> None:
    """Run a command that is silent unless it fails; then its output is shown and Trouble raised."""
    started_s = time.monotonic()
    print(f"do: {title} ... ", end="", flush=True)
    try:
        done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        print("failed", flush=True)
        raise Trouble(f"{title}: {command[0]} cannot be run ({error.strerror}).") from error
    print("failed" if done.returncode else f"{time.monotonic() - started_s:.1f} s", flush=True)
    if done.returncode:
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
        raise Trouble(f"{title} failed (exit status {done.returncode}), see above.")


def succeeds(command: Sequence[str], timeout_s: float) -> bool:
    """Whether a command ends well and in time; its output is dropped."""
    try:
        silent = subprocess.DEVNULL
        done = subprocess.run(command, stdin=silent, stdout=silent, stderr=silent, timeout=timeout_s)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def become(command: Sequence[str], environment: Mapping[str, str] | None = None) -> NoReturn:
    """Give this process over to a command, whose signals and exit status are then its own."""
    say(f"running {Path(command[0]).name} {' '.join(command[1:])}".rstrip())
    os.execve(command[0], list(command), {**os.environ, **(environment or {})})  # noqa: S606 - our own .venv's


def say(line: str) -> None:
    """Print one line about what happens now, ahead of what a command prints."""
    print(f"do: {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
