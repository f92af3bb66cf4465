"""Earlier rows of a batch are found by their rare words, and by pairs of their common ones."""

import numpy as np

from claims.matching.finding.lookup import MOST_POSTINGS, Lookup, Postings, within
from claims.matching.finding.terms import terms_of
from claims.matching.folding import gist
from claims.matching.scoring.vocabulary import Vocabulary

KNOWN = Vocabulary(rarest=3.0)


def test_postings_give_the_latest_of_the_earlier_rows() -> None:
    postings = Postings(np.array([0, 1, 0, 0, 1]), np.array([0, 0, 1, 2, 3], np.int32), 2)

    rows, counts = postings.read(np.array([3, 4]), most=1)

    assert postings.before.tolist() == [0, 0, 1, 2, 1]
    assert (rows.tolist(), counts.tolist()) == ([1, 0], [1, 1])
    assert postings.read(np.array([3]), most=9)[0].tolist() == [0, 1]
    assert postings.read(np.array([0]), most=9)[0].tolist() == []


def test_the_cheapest_entries_are_read_while_they_cost_little_enough() -> None:
    owners, costs = np.array([0, 0, 0, 1, 1]), np.array([5, 1, 3, 9, 12])

    assert within(owners, costs, 5).tolist() == [False, True, True, True, False]


def test_common_words_that_are_not_read_are_met_beside_their_neighbours() -> None:
    dull = [f"{('barko', 'dolmi', 'fenlu')[number % 3]} {number}q" for number in range(3 * MOST_POSTINGS + 3)]
    gists = [gist(text) for text in ["barko dolmi fenlu", *dull, "barko dolmi fenlu"]]

    later, sooner = Lookup(terms_of(gists, KNOWN, 1)).earlier(len(gists) - 1, len(gists))

    assert 0 in sooner.tolist()
    assert set(later.tolist()) == {len(gists) - 1}
