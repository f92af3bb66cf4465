"""A batch is grouped by what it says, and nothing across a guard."""

import random
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Wording, group, group_wordings

BATCH = [
    "[Ankara] was forced to buy the S-400",
    "[Turkish officials] had no choice but to purchase the S-400",
    "[Ankara] was not forced to buy the S-400",
    "Turkey had originally ordered 40 jets from the United States",
    "Turkey had originally ordered 48 jets from the United States",
    "ankara was forced to buy the S-400.",
    "The storm delays the start of the Republican convention",
]
WORDS = ["Ankara", "Athens", "bought", "sold", "forced", "jets", "40", "48", "not", "the", "storm", "Rubio", "rubio"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def partition(texts: list[str], labels: list[int]) -> set[frozenset[str]]:
    """The groups as sets of texts."""
    groups: dict[int, set[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        groups.setdefault(label, set()).add(text)
    return {frozenset(texts) for texts in groups.values()}


def test_paraphrases_and_copies_are_one_group_and_opposites_are_not() -> None:
    labels = group(BATCH)

    assert labels == [0, 0, 2, 3, 4, 0, 6]


def test_an_empty_batch_has_no_labels() -> None:
    assert group([]) == []


@pytest.mark.parametrize("size", [2, 3, 30, 900])
def test_a_batch_about_one_thing_alone_is_one_group(size: int) -> None:
    copies = [
        Wording(f"Turkey bought the {'very ' * (number % 3)}old missile system from Russia") for number in range(size)
    ]

    assert set(group_wordings(copies)) == {0}
    assert set(group([copy.text for copy in copies])) == {0}


def test_wordings_without_words_stay_alone() -> None:
    assert group(["…", "!", "…"]) == [0, 1, 2]


def test_a_chain_of_alike_wordings_is_not_one_group() -> None:
    words = [f"{letter}ville" for letter in ascii_lowercase]
    chain = [" ".join(words[start : start + 6]) for start in range(8)]

    labels = group(chain)

    assert labels[0] != labels[-1]


def test_a_copy_in_small_letters_does_not_hide_a_name() -> None:
    rubio, fidan = "The long talks with Rubio went on for days", "The long talks with Fidan went on for days"

    assert group([rubio, rubio.lower(), fidan]) == [0, 0, 2]
    assert group([rubio.lower(), rubio, fidan]) == [0, 0, 2]


@given(st.lists(SENTENCES, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_texts_does_not_change_the_groups(texts: list[str], dice: random.Random) -> None:
    shuffled = dice.sample(texts, len(texts))

    spoken = [text for text in texts if text]
    assert partition(spoken, group(spoken)) == partition(
        [text for text in shuffled if text], group([text for text in shuffled if text])
    )


@given(st.lists(SENTENCES, max_size=8))
def test_a_wording_and_its_negation_are_never_in_one_group(texts: list[str]) -> None:
    both = [*texts, *(f"never {text}" for text in texts)]

    labels = group(both)

    assert all(one != other for one, other in zip(labels[: len(texts)], labels[len(texts) :], strict=True))


FORCED, DENIED, SNOW = BATCH[0], BATCH[2], BATCH[6]
PLACES = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda link: link[0] != link[1])


def wordings(*texts: str) -> list[Wording]:
    """The texts as nobody's wordings."""
    return [Wording(text) for text in texts]


def test_without_decisions_wordings_are_grouped_as_texts_are() -> None:
    assert group_wordings(wordings(*BATCH)) == group(BATCH)


def test_what_is_the_same_is_one_group_though_a_guard_fires() -> None:
    assert group_wordings(wordings(FORCED, SNOW, DENIED), same=[(2, 0)]) == [0, 1, 0]


def test_what_is_apart_never_meets_in_a_group_of_others() -> None:
    copies = wordings(FORCED, FORCED.upper(), FORCED + "!")

    labels = group_wordings(copies, apart=[(0, 2)], same=[(0, 1)])

    assert labels == [0, 0, 2]


def test_what_is_the_same_gives_way_to_what_is_apart() -> None:
    assert group_wordings(wordings(FORCED, SNOW, DENIED), same=[(0, 1), (1, 2)], apart=[(0, 2)])[2] != 0


def test_a_copy_that_is_kept_from_one_wording_stays_with_the_others_like_it() -> None:
    labels = group_wordings(wordings(FORCED, FORCED, BATCH[1]), apart=[(0, 1)])

    assert labels[0] != labels[1]
    assert labels[2] in labels[:2]


def test_copies_of_a_short_wording_are_left_to_a_person() -> None:
    assert group_wordings(wordings("It is safe", "It is safe")) == [0, 1]


def test_the_same_words_of_two_claimants_are_two_groups() -> None:
    assert group_wordings([Wording(FORCED, "Ankara"), Wording(FORCED, "Paris"), Wording(FORCED, "Ankara")]) == [0, 1, 0]


def test_how_far_it_is_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []

    group_wordings(wordings(*BATCH), done=lambda at, of: told.append((at, of)))

    # Copies are looked up once.
    assert told[-1] == (len(BATCH) - 1, len(BATCH) - 1)


@given(st.permutations(range(6)), st.lists(PLACES, max_size=4), st.lists(PLACES, max_size=4))
def test_decisions_hold_in_any_order_of_the_wordings(
    order: list[int], same: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    told, place = wordings(*BATCH[:6]), {old: new for new, old in enumerate(order)}

    labels = group_wordings(told, same=same, apart=apart)
    moved = group_wordings(
        [told[old] for old in order],
        same=[(place[left], place[right]) for left, right in same],
        apart=[(place[left], place[right]) for left, right in apart],
    )

    assert partition(BATCH[:6], labels) == partition([BATCH[old] for old in order], moved)
    assert all(labels[left] != labels[right] for left, right in apart)
    assert apart or all(labels[left] == labels[right] for left, right in same)
