"""One worker over the hostile world: every case ends as it must, and nobody calls where nobody may."""

import pytest

from tests.hostile import healthy
from tests.hostile.cases import ALL, FAMILIES
from tests.hostile.running import MAX_PEAK_MB, Pace, Run, run

# Impatient, so that what ends at the deadline ends soon; the whole at full patience is tests.bench.hostile.
PACE = Pace(deadline_s=3.0, delay_s=0.01, max_delay_s=0.2)
# These cost seconds of processor time each, and are left to the bench.
COSTLY = frozenset(("feed-of-9-mb", "sitemap-of-50000", "healthy-3", "healthy-4", "healthy-5"))
CASES = [case for case in ALL if case.name not in COSTLY]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One worker's run over all cases."""
    return run(CASES, tmp_path_factory.mktemp("hostile"), PACE, timeout_s=300.0)


@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_a_hostile_host_ends_as_it_must(finished: Run, name: str) -> None:
    outcome = next(outcome for outcome in finished.outcomes if outcome.case.name == name)

    assert not outcome.wrong, f"it ended {outcome.how!r}"


def test_nobody_calls_the_canary_or_anything_else_that_is_not_public(finished: Run) -> None:
    assert finished.canary_connections == 0
    assert finished.report.strays == []


def test_the_worker_stays_small(finished: Run) -> None:
    assert finished.report.peak_mb <= MAX_PEAK_MB


def test_healthy_outlets_beside_it_lose_nothing(finished: Run) -> None:
    kept = [outcome.articles for outcome in finished.outcomes if outcome.case in healthy.CASES]

    assert kept == [healthy.STORIES] * len(kept)
    assert kept


def test_at_least_sixty_cases_are_hostile() -> None:
    assert len(CASES) - len(healthy.CASES) >= 60
    assert set(FAMILIES) >= {"redirects", "names", "heads", "bodies", "robots", "sitemaps", "feeds", "charsets"}
