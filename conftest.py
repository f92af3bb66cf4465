"""What holds for every test, of tests/ and of e2e/: nothing is skipped, names are steady, and which browser opens."""

import os
from collections.abc import Generator
from typing import Any

import hypothesis
import pytest

# Laws are checked without a clock: a busy machine breaks no law.
hypothesis.settings.register_profile("laws", deadline=None)
hypothesis.settings.load_profile("laws")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skipped test as failed: what was not looked at is not known to work."""
    report = yield
    if not hasattr(report, "wasxfail"):
        refuse_a_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Count a file that was skipped whole as failed, too."""
    report = yield
    refuse_a_skip(report)
    return report


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test after no bytes: packed ones hold the second of their making, and workers must agree on names."""
    return argname if isinstance(val, bytes) else None


def refuse_a_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a report of a skip into one of a failure that gives the reason."""
    if report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"A skipped test counts as failed: {report.longrepr}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's way to launch the browser, with the executable that `do test` found."""
    executable = os.environ.get("CLAIMLINE_TEST_BROWSER")
    return browser_type_launch_args | ({"executable_path": executable} if executable else {})


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """What the addresses of pages are relative to: nothing, until a folder of tests serves the app and says so.

    It stands in for pytest-playwright's fixture, which pytest 9.2 calls deprecated.
    """
    return None
