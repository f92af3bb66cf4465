"""How far a batch and one-by-one agree, on claims of our own."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import pytest

from claims.matching import Index, Proposal, Wording, compare, group, judge
from tests.bench.texts import statements
from tests.gold.matching import PAIRS, pairs

# All of the 526 pairs and 415 groups were agreed on, and 518 of 540 pairs the other way round, when this was written.
LEAST_FOUND = 0.99
LEAST_JUDGED = 0.99
LEAST_GROUPED_TOO = 0.92
LOOKED_AT = 10
# What ranks lower is hardly ever grouped.
LEAST_RANK = 60

Places = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Both:
    """What a batch groups, and what was found when each text came, before it was added."""

    texts: list[str]
    groups: list[list[int]]
    found: dict[Places, float]


@pytest.fixture(scope="module")
def both() -> Both:
    gold = [wording.text for pair in pairs(PAIRS) for wording in (pair.left, pair.right)]
    texts = list(dict.fromkeys([*statements(600, seed=11), *gold]))
    groups = defaultdict(list)
    for place, label in enumerate(group(texts)):
        groups[label].append(place)
    index, found = Index(), {}
    for place, text in enumerate(texts):
        found |= {(earlier, place): rank for earlier, rank in index.closest(text, LOOKED_AT)}
        index.add(place, text)
    return Both(texts, [places for places in groups.values() if len(places) > 1], found)


def test_one_by_one_finds_nearly_every_pair_that_a_batch_groups(both: Both) -> None:
    grouped = [pair for places in both.groups for pair in combinations(places, 2)]

    found = sum(pair in both.found for pair in grouped)

    assert len(grouped) > 400
    assert found / len(grouped) >= LEAST_FOUND


def test_nearly_every_pair_that_is_a_group_of_a_batch_is_judged_to_be_one(both: Both) -> None:
    twos = [[Wording(both.texts[place]) for place in places] for places in both.groups if len(places) == 2]

    judged = sum(judge(later, [earlier]).proposal is Proposal.GROUP for earlier, later in twos)

    assert len(twos) > 300
    assert judged / len(twos) >= LEAST_JUDGED


def test_a_batch_groups_most_pairs_that_one_by_one_would(both: Both) -> None:
    home = {place: places[0] for places in both.groups for place in places}
    would = [
        pair
        for pair, rank in both.found.items()
        if rank >= LEAST_RANK and compare(*(both.texts[place] for place in pair)).proposal is Proposal.GROUP
    ]

    too = sum(home.get(one, -1) == home.get(other, -2) for one, other in would)

    assert len(would) > 400
    assert too / len(would) >= LEAST_GROUPED_TOO, (too, len(would))
