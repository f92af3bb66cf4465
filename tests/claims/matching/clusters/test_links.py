"""The sets of wordings that links connect: each whole, none mixed with another, with all scores within it."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.clusters.links import MOST_MEMBERS, MOST_NEW, Link, ScoredPairs, connected, linked_sets, unscored

PLACES = 12
LINKS = st.lists(st.tuples(st.integers(0, PLACES - 1), st.integers(0, PLACES - 1)).map(sorted), max_size=14)


def one_by_one(links: list[list[int]]) -> list[int]:
    """The lowest place that each is connected with, found the plain way."""
    sets = list(range(PLACES))
    for _ in links:
        for left, right in links:
            sets = [min(sets[left], sets[right]) if at in (sets[left], sets[right]) else at for at in sets]
    return sets


def scored(links: dict[Link, float]) -> ScoredPairs:
    """The links with their scores, as pairs."""
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    return ScoredPairs(left, right, np.array([*links.values()], np.float64))


@given(LINKS)
def test_all_that_links_connect_however_far_is_one_set(links: list[list[int]]) -> None:
    ends = np.array(links, np.int64).reshape(-1, 2)

    assert connected(np.arange(PLACES), ends[:, 0], ends[:, 1]).tolist() == one_by_one(links)


def test_a_set_has_its_low_scores_too_and_no_others() -> None:
    pairs = scored({(0, 1): 90, (1, 2): 60, (0, 2): 20, (2, 3): 30, (4, 5): 70, (6, 7): 40})

    found = [*linked_sets(pairs, range(8), 50)]

    assert found == [{(0, 1): 90, (1, 2): 60, (0, 2): 20}, {(4, 5): 70}]


def test_what_has_one_home_already_is_in_one_set() -> None:
    pairs = scored({(0, 2): 80, (1, 3): 70, (0, 1): 10})

    assert [*linked_sets(pairs, [0, 0, 2, 3], 50)] == [{(0, 2): 80, (1, 3): 70, (0, 1): 10}]


def test_without_links_there_are_no_sets() -> None:
    assert [*linked_sets(scored({}), range(3), 50)] == []
    assert [*linked_sets(scored({(0, 1): 49}), range(3), 50)] == []
    assert [*linked_sets(scored({(0, 1): 10}), [0, 0, 2], 50)] == []


def test_what_is_not_scored_within_a_small_set_is_every_other_two_of_it() -> None:
    pairs = scored({(0, 1): 90, (1, 2): 60, (2, 3): 55, (0, 3): 10, (5, 6): 80, (6, 7): 20, (8, 9): 70})

    left, right = unscored(pairs, 10, 50)

    assert [*zip(left.tolist(), right.tolist(), strict=True)] == [(0, 2), (1, 3)]


@pytest.mark.parametrize(("members", "is_whole"), [(MOST_MEMBERS, True), (MOST_MEMBERS + 1, False)])
def test_a_set_of_too_many_is_not_scored_whole(members: int, is_whole: bool) -> None:
    places = range(members)
    every = [*combinations(places, 2)]
    near = {link: 90.0 for link in every if link[1] - link[0] <= members // 8}

    left, right = unscored(scored(near), members, 50)

    assert {*zip(left.tolist(), right.tolist(), strict=True)} == ({*every} - near.keys() if is_whole else set())


def test_a_long_chain_costs_more_to_score_whole_than_it_is_worth() -> None:
    chain = {(place, place + 1): 90.0 for place in range(2 * MOST_NEW + 2)}

    assert len(unscored(scored(chain), len(chain) + 1, 50)[0]) == 0
    chain.popitem()
    assert len(unscored(scored(chain), len(chain) + 1, 50)[0]) == MOST_NEW * len(chain)


def test_without_links_nothing_more_is_scored() -> None:
    assert unscored(scored({(0, 1): 49, (1, 2): 10}), 3, 50)[0].tolist() == []
