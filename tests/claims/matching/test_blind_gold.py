"""Floors under what the matcher gets right of pairs that were written without a look at it, judged by the held half.

`python -m tests.gold.matching twins` prints the figures of today, and so with `repeats` and `lookalikes`. A share below
its floor fails; raise what has grown. Models and guards may learn from the tuned half, so that it shows too much.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.matching import compare_wordings
from tests.gold.matching import (
    LOOKALIKES,
    PAIRS,
    REPEATS,
    TWINS,
    Answer,
    GoldPair,
    Half,
    answers,
    by_guard,
    overall,
    pairs,
    report,
)


@dataclass(frozen=True, slots=True)
class Floors:
    """What is pinned of a file: its hash, the least and the most shares of what is held of it, and how much that is."""

    sha256: str
    same_grouped: float
    same_proposed: float
    different_grouped: float
    held: float


FLOORS = {
    TWINS: Floors("2b8bc50190e6f502ec9bd744c432b666e7d2a001a4454b74918aac18af7d4047", 0.77, 0.89, 0.15, 1 / 2),
    REPEATS: Floors("f10035c67dd8357ddee1935d7558869eb10dd911bbf4fb847c0d3b6c676cf87b", 0.32, 0.72, 0.44, 1 / 2),
    LOOKALIKES: Floors("0f24e955bdd468430ea1a67a7c46b89b88f70f272d5fd2a96cfd6883c1eeaace", 0.42, 0.81, 0.27, 1 / 4),
}
# guard: share that fires where it must, share that keeps still where it must, of the twins' held half
GUARD_FLOORS = {
    "number": (0.82, 0.9),
    "date": (0.81, 0.98),
    "negation": (0.98, 0.92),
    "opposite": (0.88, 0.72),
    "modality": (0.49, 0.98),
    "name": (0.84, 0.98),
    "roles": (0.98, 0.86),
}
FEWEST = 300
# So much less than its part of a family may be held, since families are not all a multiple of it.
SPARE = 0.05

GOLD = {file: pairs(file) for file in FLOORS}


@pytest.fixture(scope="module")
def held() -> dict[Path, list[Answer]]:
    return {
        file: answers([pair for pair in gold if pair.half is Half.HELD], compare_wordings)
        for file, gold in GOLD.items()
    }


@pytest.mark.parametrize("file", FLOORS, ids=lambda file: file.stem)
def test_the_floors_above_were_measured_on_this_very_file(file: Path) -> None:
    found = hashlib.sha256(file.read_bytes()).hexdigest()

    assert found == FLOORS[file].sha256, (
        f"{file.name} has changed: look at `python -m tests.gold.matching {file.stem}` again, renew the floors, then "
        f"pin {found}"
    )


@pytest.mark.parametrize("file", FLOORS, ids=lambda file: file.stem)
def test_the_matcher_keeps_its_floors_on_pairs_written_blind(file: Path, held: dict[Path, list[Answer]]) -> None:
    found, floors = overall(held[file]), FLOORS[file]

    assert found["same grouped"].value >= floors.same_grouped, report(held[file])
    assert found["same proposed"].value >= floors.same_proposed, report(held[file])
    assert found["different grouped"].value <= floors.different_grouped, report(held[file])


@pytest.mark.parametrize("guard", GUARD_FLOORS)
def test_a_guard_keeps_its_floors_on_pairs_written_blind(guard: str, held: dict[Path, list[Answer]]) -> None:
    fired, still = by_guard(held[TWINS])[guard]
    least_fired, least_still = GUARD_FLOORS[guard]

    assert fired.value >= least_fired, report(held[TWINS])
    assert still.value >= least_still, report(held[TWINS])


def test_there_are_pairs_enough_and_none_is_in_two_files() -> None:
    everything = [pair for gold in (pairs(PAIRS), *GOLD.values()) for pair in gold]
    keys = Counter(frozenset((pair.left, pair.right)) for pair in everything)

    assert min(map(len, GOLD.values())) >= FEWEST
    assert [key for key, times in keys.items() if times > 1] == []
    assert [pair for pair in everything if pair.left == pair.right] == []


@pytest.mark.parametrize("file", FLOORS, ids=lambda file: file.stem)
def test_of_every_family_a_part_is_held_back(file: Path) -> None:
    shares = dict(held_shares(GOLD[file]))

    assert {family for family, share in shares.items() if abs(share - FLOORS[file].held) > SPARE} == set()


def held_shares(gold: list[GoldPair]) -> Iterator[tuple[tuple[str, str], float]]:
    """Which share of each family's pairs of a relation is held back."""
    halves: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for pair in gold:
        halves[pair.family, pair.relation.value].append(pair.half is Half.HELD)
    for family, held_back in halves.items():
        yield family, sum(held_back) / len(held_back)
