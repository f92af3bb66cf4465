"""Everything hostile, fetched by one worker in one run: `python -m tests.bench.hostile [FAMILY | CASE]…`.

Prints how each case ended beside how it must, then the canary's connections, the worker's peak memory and what the
healthy outlets kept; ends with status 1 where anything is off. --deadline shortens the 25 s that a fetch may take.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.hostile import healthy
from tests.hostile.cases import ALL, FAMILIES
from tests.hostile.running import Pace, Run, run

TIMEOUT_S = 3_600.0
FAMILY_OF = {case.name: family for family, cases in FAMILIES.items() for case in cases}
WIDTHS = (34, 24, 76, 6)


def main() -> int:
    """Run the families that are named, or all; returns the exit status."""
    parser = argparse.ArgumentParser(description="Fetch from the hostile world with one worker.")
    parser.add_argument("wanted", nargs="*", metavar="FAMILY", help=f"a case, or all of {', '.join(FAMILIES)}")
    parser.add_argument("--deadline", type=float, default=Pace().deadline_s, help="seconds that one fetch may take")
    given = parser.parse_args()
    wanted = set(given.wanted)
    cases = [case for case in ALL if not given.wanted or not wanted.isdisjoint((case.name, FAMILY_OF[case.name]))]
    with tempfile.TemporaryDirectory() as folder:
        finished = run(cases, Path(folder), Pace(deadline_s=given.deadline), timeout_s=TIMEOUT_S)
    print_table(finished)
    print_totals(finished)
    return 1 if finished.wrong else 0


def print_table(finished: Run) -> None:
    """A line for each case."""
    print(row("case", "expected", "ended", "s", "ok"))
    for outcome in finished.outcomes:
        ok = "no" if outcome.wrong else "yes"
        print(row(outcome.case.name, str(outcome.case.ends), outcome.how, f"{outcome.seconds:.1f}", ok))


def row(*cells: str) -> str:
    """The cells in columns, cut to their widths."""
    padded = [cell[:width].ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)]
    return "  ".join((*padded, *cells[len(WIDTHS) :])).rstrip()


def print_totals(finished: Run) -> None:
    """What holds for the whole run, and everything that is off."""
    report, outcomes = finished.report, finished.outcomes
    kept = [outcome.articles for outcome in outcomes if outcome.case in healthy.CASES]
    print(f"\n{len(outcomes)} cases, {sum(not outcome.wrong for outcome in outcomes)} ended as they must")
    print(f"slowest item: {max(outcome.seconds for outcome in outcomes):.1f} s (30 at most)")
    print(f"connections that reached the canary: {finished.canary_connections}; others astray: {len(report.strays)}")
    print(f"peak memory of the worker: {report.peak_mb:.0f} MB (300 at most)")
    print(f"articles of the {len(kept)} healthy outlets: {sum(kept)} of {len(kept) * healthy.STORIES}")
    print(f"wall time {report.wall_s:.1f} s, processor time {report.cpu_s:.1f} s")
    for line in finished.wrong:
        print(f"OFF: {line}")


if __name__ == "__main__":
    sys.exit(main())
