"""The generated texts: the same for the same seed, and with repeats, opposites and ever new words among them."""

import re
from random import Random

import pytest

from tests.bench.texts import DRAWN, FRAMES, LATEST_FACTS, Filling, Frame, statements
from tests.bench.vocabulary import common_first


def test_a_longer_list_begins_with_the_shorter_one() -> None:
    assert statements(300)[:100] == statements(100)
    assert statements(100, seed=1) != statements(100)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.same[0])
def test_every_blank_of_a_frame_can_be_filled_and_every_wording_is_another(frame: Frame) -> None:
    wordings = [*frame.same, *frame.opposite]
    filling = Filling(Random(3))

    filled = [wording.format_map(filling) for wording in wordings]

    assert set(re.findall(r"{([a-z]+)", " ".join(wordings))) <= DRAWN.keys()
    assert len(set(filled)) == len(wordings)


def test_a_blank_keeps_what_it_was_filled_with() -> None:
    filling = Filling(Random(0))

    assert "{town} and {town}, not {town_2}".format_map(filling) == (
        f"{filling['town']} and {filling['town']}, not {filling['town_2']}"
    )
    assert filling["town"] != filling["town_2"]


def test_facts_come_again_in_other_words() -> None:
    sold = re.compile(r"[Ii]n (\d+), (\w+) sold (\w+) ([\d.,]+(?: million)?) tonnes of (\w+)")
    texts = statements(LATEST_FACTS)
    facts = [match.groups() for text in texts if (match := sold.search(text))]

    again = [
        text
        for year, seller, buyer, number, goods in facts
        for text in texts
        if f"{buyer} bought {number} tonnes of {goods} from {seller} in {year}" in text
    ]

    assert again


def test_new_words_keep_turning_up() -> None:
    texts = statements(8_000)

    early, late = (set(" ".join(part).split()) for part in (texts[:4_000], texts[4_000:]))

    assert len(late - early) > 500


def test_the_first_word_of_a_list_is_the_commonest_and_the_last_one_is_drawn_too() -> None:
    dice = Random(0)

    drawn = [common_first(dice, ["one", "two", "three"]) for _ in range(300)]

    assert drawn.count("one") > drawn.count("two") > drawn.count("three") > 0
