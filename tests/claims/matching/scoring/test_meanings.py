"""What only one side says is compared with what only the other says, however much that is."""

import numpy as np
import pytest

from claims.matching.scoring import meanings as module
from claims.matching.scoring.meanings import MOST_COMPARED, Lone, meanings
from claims.matching.scoring.vectors import LETTERS, word_vectors

VECTORS = word_vectors({f"word {one}{other}": one + other for one in LETTERS[::7] for other in LETTERS[::7]})


def lone(dice: np.random.Generator, sizes: list[int]) -> Lone:
    """So many words for each pair, some of them without a vector."""
    pairs = np.repeat(np.arange(len(sizes)), sizes)
    return Lone(pairs, dice.integers(0, len(VECTORS.table), len(pairs)), dice.uniform(1, 9, len(pairs)))


def of_pair(side: Lone, pair: int) -> Lone:
    chosen = side.where(side.pairs == pair)
    return chosen._replace(pairs=chosen.pairs - pair)


def test_many_pairs_compared_in_parts_are_measured_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(2)
    here, there = (lone(dice, sizes) for sizes in ([3, 0, 5, 1, 0, 7, 40], [2, 4, 0, 6, 0, 7, 45]))
    monkeypatch.setattr(module, "COMPARED_AT_ONCE", 20)

    together = np.stack(meanings(here, there, 7, VECTORS))

    for pair in range(7):
        alone = np.stack(meanings(of_pair(here, pair), of_pair(there, pair), 1, VECTORS))
        assert together[:, pair] == pytest.approx(alone[:, 0])
    assert np.array_equal(together, np.stack(meanings(there, here, 7, VECTORS)))


def test_a_word_that_is_near_the_other_sides_is_covered_by_its_nearest() -> None:
    vectors = word_vectors({"a": "/g", "b": "/o", "c": "g/"})
    east, nearer, north = (vectors.rows[word] for word in "abc")
    here = Lone(np.array([0]), np.array([east]), np.array([4.0]))
    there = Lone(np.array([0, 0]), np.array([nearer, north]), np.array([1.0, 1.0]))

    _, less, more, share = meanings(here, there, 1, vectors)

    near = 31 / np.hypot(31, 8)
    assert np.expm1([less[0], more[0]]) == pytest.approx(sorted([4 * (1 - near), 2 - near]))
    assert share[0] == pytest.approx(min(near, near / 2))


def test_what_words_mean_together_is_weighed_whatever_the_lengths_of_their_vectors() -> None:
    vectors = word_vectors({"long east": "/g", "short north": "gi"})
    here = Lone(np.array([0, 0]), np.array([1, 2]), np.array([3.0, 4.0]))
    there = Lone(np.array([0]), np.array([1]), np.array([2.0]))

    cosine, *_ = meanings(here, there, 1, vectors)

    assert cosine[0] == pytest.approx(3 / 5)


def test_of_very_long_wordings_so_many_words_are_compared() -> None:
    dice = np.random.default_rng(3)
    here, there = lone(dice, [5_000]), lone(dice, [5_000])

    found = meanings(here, there, 1, VECTORS)

    known = [side.where(side.rows > 0) for side in (here, there)]
    first = [side.where(np.arange(len(side.rows)) < MOST_COMPARED) for side in known]
    assert found[0] == pytest.approx(meanings(*first, 1, VECTORS)[0])
    assert found[2][0] > np.log1p(here.weights.sum() - 9 * MOST_COMPARED)


def test_no_lone_words_leave_nothing() -> None:
    nothing = lone(np.random.default_rng(4), [0, 0])

    assert [column.tolist() for column in meanings(nothing, nothing, 2, VECTORS)] == [[0, 0], [0, 0], [0, 0], [1, 1]]
