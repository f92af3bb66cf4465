"""The measures of grouping, on examples that were worked out by hand."""

import pytest

from tests.bench.measures import b_cubed, largest, pairwise, share_merged

GOLD = "aaabbc"
GIVEN = [1, 1, 2, 2, 2, 3]


def test_pairs_are_counted_within_clusters() -> None:
    agreement = pairwise(GOLD, GIVEN)

    # Wanted: three pairs of a, one of b. Given: one within 1, three within 2. Both: one of a, one of b.
    assert (agreement.precision, agreement.recall, agreement.f1) == (2 / 4, 2 / 4, 0.5)


def test_labels_that_join_nothing_are_precise_and_find_nothing() -> None:
    agreement = pairwise("aabb", [1, 2, 3, 4])

    assert (agreement.precision, agreement.recall, agreement.f1) == (1.0, 0.0, 0.0)


def test_b_cubed_looks_at_texts_of_clusters_of_two_and_more() -> None:
    agreement = b_cubed(GOLD, GIVEN)

    # a a a b b, each by the share of its given cluster and of its gold cluster that is in both.
    assert agreement.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert agreement.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_a_single_text_that_joins_a_cluster_costs_b_cubed_precision() -> None:
    assert b_cubed("aab", [1, 1, 2]).f1 == 1.0
    assert b_cubed("aab", [1, 1, 1]).precision == pytest.approx(2 / 3)


def test_the_share_of_merged_pairs_is_of_all_pairs_asked_about() -> None:
    assert share_merged([(0, 1), (0, 2), (3, 4), (0, 5)], GIVEN) == 0.5
    assert share_merged([], GIVEN) == 0.0


def test_the_largest_cluster_is_counted_in_texts() -> None:
    assert largest(GIVEN) == 3
    assert largest([]) == 0


def test_measures_refuse_labels_that_do_not_fit_the_texts() -> None:
    with pytest.raises(ValueError, match="shorter"):
        pairwise("aab", [1, 1])
