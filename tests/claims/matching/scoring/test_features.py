"""Each feature measures what its name says, on pairs small enough to count by hand."""

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.folding import outline
from claims.matching.scoring.features import NAMES, features
from claims.matching.scoring.profiles import profiles
from claims.matching.scoring.vectors import word_vectors
from claims.matching.scoring.vocabulary import Vocabulary

WORDS = st.sampled_from(
    ["Ankara", "Athens", "bought", "sold", "jets", "40", "48", "2019", "the", "to", "never", "rose"]
)
SENTENCES = st.lists(WORDS, max_size=10).map(" ".join)


def measured(left: str, right: str, vocabulary: Vocabulary | None = None) -> dict[str, float]:
    """The features of one pair by their names."""
    known = vocabulary or Vocabulary()
    one, other = profiles([outline(left), outline(right)], known)
    row = features([one], [other], known.vectors)[0]
    return dict(zip(NAMES, row.tolist(), strict=True))


def test_shares_are_of_the_shorter_and_of_the_longer_wording() -> None:
    found = measured("farmers grew wheat", "farmers grew tall green barley")

    assert found["forms_bag_cover"] == pytest.approx(2 / 3)
    assert found["forms_bag_overlap"] == pytest.approx(2 / 5)
    assert (found["content_bag_cover"], found["content_bag_overlap"]) == pytest.approx((2 / 3, 2 / 5))


def test_runs_of_words_are_shared_where_the_words_stand_in_the_same_order() -> None:
    found = measured("farmers grew tall wheat", "wheat farmers grew tall")

    assert found["forms_bag_cover"] == 1
    assert found["pairs_bag_cover"] == pytest.approx(2 / 3)
    assert found["forms_cover"] == pytest.approx(3 / 4)


def test_words_without_weight_are_left_out_of_the_content() -> None:
    found = measured("the farmers grew wheat", "farmers have grown the wheat")

    assert found["content_bag_overlap"] == found["content_pairs_bag_overlap"] == 1
    assert found["forms_bag_cover"] == pytest.approx(3 / 4)


def test_letters_are_compared() -> None:
    found = measured("abcd", "abce")

    assert found["letters"] == found["order"] == pytest.approx(6 / 8)


def test_letters_do_not_care_for_the_order_of_words_and_order_does() -> None:
    found = measured("wheat farmers", "farmers wheat")

    assert found["letters"] == 1
    assert found["order"] < 1


def test_names_and_figures_are_counted_on_both_sides_and_the_fewer_come_first() -> None:
    found = measured("they say Kemal met Fidan on 40 days", "they say Kemal met Selim and Deniz on 48 cold days")

    assert found["names_bag_shared"] == pytest.approx(log(2))
    assert (found["names_bag_left_less"], found["names_bag_left_more"]) == pytest.approx((log(2), log(3)))
    assert found["figures_bag_shared"] == 0
    assert (found["figures_bag_left_less"], found["figures_bag_left_more"]) == pytest.approx((log(2), log(2)))


def test_words_are_counted_and_what_must_be_changed() -> None:
    found = measured("farmers grew the wheat", "farmers grew the green tall wheat")

    assert found["edits"] == pytest.approx(log(3))
    assert (found["words_fewer"], found["words_more"]) == pytest.approx((log(5), log(7)))
    assert (found["content_fewer"], found["content_more"]) == pytest.approx((log(4), log(6)))


def test_rare_words_weigh_more_than_common_ones() -> None:
    known = Vocabulary(rarity={"farmer": 1.0, "wheat": 2.0}, rarest=5.0)

    found = measured("farmers wheat", "wheat barley", known)

    assert found["weight_shared"] == pytest.approx(log(3))
    assert found["weight_cosine"] == pytest.approx(4 / (sqrt(5) * sqrt(29)))
    assert found["weight_dice"] == pytest.approx(4 / 10)
    assert (found["weight_cover"], found["weight_overlap"]) == pytest.approx((2 / 3, 2 / 7))
    assert (found["weight_left_less"], found["weight_left_more"]) == pytest.approx((log(2), log(6)))
    assert (found["rarest_left_less"], found["rarest_left_more"]) == pytest.approx((1, 5))
    assert (found["rarest_shared"], found["next_shared"]) == pytest.approx((2, 0))


def test_the_two_rarest_words_that_both_have_are_weighed() -> None:
    known = Vocabulary(rarity={"farmer": 1.0, "wheat": 2.0, "barley": 3.0}, rarest=5.0)

    found = measured("farmers grew barley and wheat", "wheat, barley: farmers sold it", known)

    assert (found["rarest_shared"], found["next_shared"]) == pytest.approx((3, 2))
    assert measured("farmers grew wheat", "lorries carry jets", known)["rarest_shared"] == 0


def test_what_one_side_alone_says_is_near_in_meaning_or_far() -> None:
    east, north, north_east = "/g", "g/", "//"
    known = Vocabulary(
        rarity={"wheat": 2.0, "rye": 2.0},
        rarest=3.0,
        vectors=word_vectors({"wheat": east, "rye": east, "barley": north_east, "lorry": north}),
    )

    alike = measured("farmers sold wheat", "farmers sold rye", known)
    close = measured("farmers sold wheat", "farmers sold barley", known)
    other = measured("farmers sold wheat", "farmers sold lorries", known)
    unknown = measured("farmers sold wheat", "farmers sold jets", known)

    assert (alike["meaning_cosine"], alike["meaning_share"]) == pytest.approx((1, 1))
    assert (alike["meaning_left_less"], alike["meaning_left_more"]) == pytest.approx((0, 0))
    near = 1 / sqrt(2)
    assert (close["meaning_cosine"], close["meaning_share"]) == pytest.approx((near, near))
    left = (log(1 + 2 * (1 - near)), log(1 + 3 * (1 - near)))
    assert (close["meaning_left_less"], close["meaning_left_more"]) == pytest.approx(left)
    assert [found["meaning_cosine"] for found in (other, unknown)] == [0, 0]
    assert [found["meaning_share"] for found in (other, unknown)] == [0, 0]


def test_of_a_side_that_lacks_nothing_all_is_covered_and_of_the_other_nothing() -> None:
    known = Vocabulary(rarest=3.0, vectors=word_vectors({"wheat": "/g"}))

    found = measured("farmers sold wheat", "farmers sold", known)

    assert (found["meaning_cosine"], found["meaning_share"]) == (0, 0)
    assert (found["meaning_left_less"], found["meaning_left_more"]) == pytest.approx((0, log(4)))
    assert measured("farmers sold wheat", "wheat farmers sold", known)["meaning_share"] == 1


def test_each_lone_word_counts_and_a_shared_one_counts_as_shared_alone() -> None:
    known = Vocabulary(lone={"farmer": -1.0, "wheat": -0.5}, shared={"wheat": 0.25}, lone_forms={"barley": -2.0})

    assert measured("farmers wheat", "wheat barley", known)["words"] == pytest.approx(-1 + 0.25 - 2)
    assert measured("wheat barley", "barley wheat", known)["words"] == pytest.approx(0.25)
    assert measured("cars", "jets", known)["words"] == 0


def test_a_word_said_twice_counts_once_for_what_words_say() -> None:
    known = Vocabulary(lone={"wheat": -0.5}, lone_forms={"wheat": -1.0})

    assert measured("wheat wheat", "cars", known)["words"] == pytest.approx(-1.5)


def test_wordings_without_words_share_nothing() -> None:
    found = measured("…", "!")
    nothing_to_lack = {"order", "letters", "meaning_share"}

    assert {name: value for name, value in found.items() if value and name not in nothing_to_lack} == {}


def test_no_pairs_have_no_rows_and_every_column() -> None:
    assert features([], [], Vocabulary().vectors).shape == (0, len(NAMES))


@given(st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=5))
def test_pairs_measured_together_are_measured_as_each_alone_and_from_both_sides(pairs: list[tuple[str, str]]) -> None:
    known = Vocabulary(
        rarity={"jet": 2.0, "buy": 1.0},
        rarest=4.0,
        lone={"turkey": -1.0},
        shared={"jet": 0.5},
        vectors=word_vectors({"buy": "/g", "sell": "9A", "turkey": "A1", "athen": "/f"}),
    )
    left, right = (profiles([outline(pair[side]) for pair in pairs], known) for side in (0, 1))

    together = features(left, right, known.vectors)

    each = zip(left, right, strict=True)
    alone = [features([one], [other], known.vectors)[0] for one, other in each]
    assert np.allclose(together, np.stack(alone))
    assert np.array_equal(together, features(right, left, known.vectors))
    assert np.isfinite(together).all()
