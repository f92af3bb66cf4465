"""Two texts are shown as what they share and what one of them has, and nothing is lost between them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.versions.differences import Piece, PieceKind, compare, pieces
from tests.stopwatch import cpu_s, cpu_s_once

SHARED, OLD, NEW = PieceKind.SHARED, PieceKind.OLD, PieceKind.NEW
TEXTS = st.lists(
    st.sampled_from(["the ", "bridge ", "was ", "closed", ". ", "\n", "语", "حق ", "-", "3.5"]), max_size=40
)


def test_one_word_that_changed_is_one_word_that_changed() -> None:
    assert pieces("The bridge was closed on Monday.", "The bridge was closed on Tuesday.") == (
        Piece(SHARED, "The bridge was closed on "),
        Piece(OLD, "Monday"),
        Piece(NEW, "Tuesday"),
        Piece(SHARED, "."),
    )


def test_words_in_a_row_go_together() -> None:
    found = pieces("He was asked, and he then refused to go.", "He was asked, and she soon agreed to go.")

    assert [piece.text for piece in found if piece.kind is OLD] == ["he then refused"]
    assert [piece.text for piece in found if piece.kind is NEW] == ["she soon agreed"]


def test_a_passage_that_shares_too_little_went_and_another_came() -> None:
    found = pieces("Same.\nIt rained all day in the hills.\nEnd.", "Same.\nPrices of the bread rose sharply.\nEnd.")

    assert [piece.kind for piece in found] == [SHARED, OLD, NEW, SHARED]


def test_paragraphs_far_from_a_change_are_out_of_the_way() -> None:
    old = "\n".join(f"Paragraph {number}." for number in range(10))

    stretches = compare(old, old.replace("graph 5", "graph five"))

    assert [(stretch.is_changed, len(stretch.paragraphs)) for stretch in stretches] == [
        (False, 4),
        (True, 3),
        (False, 3),
    ]


def test_a_text_that_did_not_change_is_one_unchanged_stretch() -> None:
    [stretch] = compare("One.\nTwo.", "One.\nTwo.")

    assert (stretch.is_changed, len(stretch.paragraphs)) == (False, 2)


def test_a_script_without_spaces_is_compared_by_its_characters() -> None:
    found = pieces("大桥星期一关闭。", "大桥星期二关闭。")

    assert [(piece.kind, piece.text) for piece in found][1:3] == [(OLD, "一"), (NEW, "二")]


@given(old=TEXTS.map("".join), new=TEXTS.map("".join))
def test_nothing_of_either_text_is_lost(old: str, new: str) -> None:
    found = pieces(old, new)

    assert "".join(piece.text for piece in found if piece.kind is not NEW) == old
    assert "".join(piece.text for piece in found if piece.kind is not OLD) == new


@given(old=TEXTS.map("".join), new=TEXTS.map("".join))
def test_stretches_say_all_that_the_pieces_say_but_for_line_ends(old: str, new: str) -> None:
    shown = [piece for stretch in compare(old, new) for one in stretch.paragraphs for piece in one]

    for kind, text in ((NEW, old), (OLD, new)):
        assert "".join(piece.text for piece in shown if piece.kind is not kind) == text.replace("\n", "")


LONG = "".join(
    f"The {number}th bridge was closed on Monday, said the mayor of town {number}.\n" for number in range(3_000)
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG, LONG.replace("9", "nine")),
        (LONG.replace("\n", " ").replace(".", ","), LONG.replace("\n", " ").replace(".", ",").replace("9", "nine")),
        ("a\n" * 100_000, "b a\n" * 100_000),
        ("x" * 200_000, "y" * 200_000),
    ],
    ids=["edited everywhere", "one endless sentence", "a hundred thousand lines", "one word"],
)
def test_long_texts_are_compared_soon(old: str, new: str) -> None:
    assert cpu_s_once(lambda: compare(old, new)) < 4


def gibberish(letters: random.Random, words: int) -> str:
    """So many words, drawn from few."""
    return " ".join(letters.choices("abcdef", k=words))


def edited_all_over(seed: int, passages: int, words: int) -> str:
    """A text of passages in which texts of other seeds have other words, with sentences between that all have."""
    letters = random.Random(seed)
    return "".join(f"Sentence {n} is shared.\n{gibberish(letters, words)}\n" for n in range(passages))


@pytest.mark.parametrize(("passages", "words"), [(60, 3_500), (3_000, 70)])
def test_many_edited_passages_cost_little_more_than_one_does(passages: int, words: int) -> None:
    old, new = (edited_all_over(seed, passages, words) for seed in (1, 2))
    assert min(len(old), len(new)) > 420_000
    one, other = (edited_all_over(seed, 1, 7_000) for seed in (1, 2))

    assert cpu_s(lambda: pieces(old, new)) < 25 * cpu_s(lambda: pieces(one, other))

    found = pieces(old, new)

    assert "".join(piece.text for piece in found if piece.kind is not NEW) == old
    assert "".join(piece.text for piece in found if piece.kind is not OLD) == new
    assert "Sentence 59 is shared.\n" in "".join(piece.text for piece in found if piece.kind is SHARED)


def test_what_a_comparison_may_cost_is_spent_on_what_comes_first() -> None:
    old, new = (edited_all_over(seed, 60, 3_500) for seed in (1, 2))

    kinds = [piece.kind for piece in pieces(old, new)]

    assert kinds[:5] != [SHARED, OLD, NEW, SHARED, OLD]
    assert kinds[-6:] == [SHARED, OLD, NEW, SHARED, OLD, NEW]


def test_two_texts_are_compared_once() -> None:
    old, new = (edited_all_over(seed, 20, 500) for seed in (3, 4))

    assert compare(old, new) is compare("".join(old), "".join(new))
