"""Whoever judges hostile runs is no rubber stamp: what is off is told, and what goes astray is seen."""

from pathlib import Path

import pytest

from scrapers.errors import FetchFailed, FetchRefused
from tests.hostile.case import CANARY, PUBLIC, Case, Refused, Stored
from tests.hostile.routes import Ports, Routes
from tests.hostile.running import Pace, run
from tests.hostile.stories import story, text_of
from tests.scrapers.site import Site, answer

GONE = {"/story": answer(b"", status="404 Not Found")}
# By what is off about them.
WRONG = {
    "its request failed": Case("lost", Stored("harbour"), GONE),
    "no article has its text": Case("other-text", Stored("no such words"), {"/story": answer(story("other-text"))}),
    "1 articles, not 2 to 9 stored": Case("few", Stored(text_of("few"), 2, 9), {"/story": answer(story("few"))}),
    "1 articles were stored": Case("kept", Refused("."), {"/story": answer(story("kept"))}),
    "the line does not say 'no such words'": Case("other-words", Refused("no such words"), GONE),
    "raised ['FetchFailed']": Case("other-error", Refused("404", (FetchRefused,)), GONE),
}
RIGHT = (
    Case("right", Stored(text_of("right")), {"/story": answer(story("right"))}),
    Case("gone", Refused("404", (FetchFailed,)), GONE),
)


def test_a_case_that_ends_otherwise_is_told(tmp_path: Path) -> None:
    finished = run([*WRONG.values(), *RIGHT], tmp_path, Pace(deadline_s=3.0, delay_s=0.0), timeout_s=60.0)

    for outcome, wrong in zip(finished.outcomes, WRONG, strict=False):
        assert wrong in outcome.wrong
    assert [outcome.wrong for outcome in finished.outcomes[len(WRONG) :]] == ["", ""]
    assert len(finished.wrong) == len(WRONG)


@pytest.mark.parametrize(
    "called", [CANARY, "127.0.0.1", "::1", "::ffff:10.0.0.7", "fe80::1%1", "169.254.169.254", "8.8.8.8"]
)
def test_whatever_is_no_hosts_leads_to_the_canary(called: str) -> None:
    with Site() as world, Site() as canary:
        routes = Routes(Ports(world.port, world.port, {}, canary.port))

        routes.create_connection((called, 80), 1.0).close()
        routes.create_connection((PUBLIC, 22), 1.0).close()
        routes.create_connection((PUBLIC, 80), 1.0).close()

        assert len(routes.strays) == 2
