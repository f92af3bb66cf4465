"""The rivals' links and their components at the best threshold, on examples worked out by hand."""

from tests.bench.rivals import (
    LOWEST_SCORE,
    Swept,
    best_components,
    character_shingles,
    token_set_links,
    word_shingles,
)


def test_token_set_links_name_each_close_pair_once() -> None:
    texts = ["Ankara bought jets", "jets bought Ankara!", "Rents rose", "Ankara bought jets twice"]

    links = list(token_set_links(texts))

    assert [(left, right) for _, left, right in links] == [(0, 1), (0, 3), (1, 3)]
    assert all(LOWEST_SCORE <= score <= 100 for score, _, _ in links)


def test_links_are_numbered_through_over_blocks_of_rows() -> None:
    texts = [f"{number} {chr(97 + number % 26) * 9} {number * 7919}" for number in range(300)]
    texts[280] = texts[290] = "The bridge at Selford is closed"

    assert (100.0, 280, 290) in token_set_links(texts)


def test_components_chain_and_the_threshold_with_the_best_f1_is_kept() -> None:
    links = [(90.0, 0, 2), (85.0, 1, 2), (80.0, 2, 3)]

    # At 90 one of three wanted pairs, at 85 all of them, at 80 three more that are wrong.
    best = best_components(4, links, (80, 85, 90), news=[0, 1, 2, 3], gold="aaab")

    assert best.threshold == 85
    assert [label == best.labels[0] for label in best.labels] == [True, True, True, False]


def test_of_equally_good_thresholds_the_highest_is_kept() -> None:
    assert best_components(2, [(90.0, 0, 1)], (80, 85), news=[0, 1], gold="aa") == Swept(85, [0, 0])


def test_shingles_overlap_and_a_short_text_is_one() -> None:
    assert word_shingles("Rents rose in Milford") == {"rents rose in", "rose in milford"}
    assert word_shingles("Rents rose") == {"rents rose"}
    assert character_shingles("Rents r") == {"rents", "ents ", "nts r"}
