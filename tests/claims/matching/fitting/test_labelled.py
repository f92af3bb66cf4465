"""What people labelled is read from a file, and their groups make pairs."""

from pathlib import Path

import pytest

from claims.errors import InvalidDraft
from claims.matching.fitting import labelled_wordings, numbered_lines
from claims.matching.fitting.labelled import (
    GUESSES_TO_A_PAIR,
    GroupedText,
    Labelled,
    LabelledPair,
    Origin,
    guessed,
    mined,
)
from claims.matching.scoring.vocabulary import Vocabulary


def test_each_kind_of_line_is_read() -> None:
    lines = [
        {"left": "A", "right": "B", "same": True},
        {"text": "C", "group": "one"},
        {"text": "D"},
        {"left": "E", "right": "F", "same": False, "by": "somebody"},
        {"left": "G", "right": "H", "same": False, "counts": 0.25},
        {"text": "I", "group": "one", "counts": 0.5},
    ]

    found = labelled_wordings(enumerate(lines, 1))

    pairs = (
        LabelledPair("A", "B", same=True),
        LabelledPair("E", "F", same=False),
        LabelledPair("G", "H", same=False, counts=0.25),
    )
    assert found == Labelled(pairs, (GroupedText("C", "one"), GroupedText("I", "one", 0.5)), ("D",))
    assert list(found.texts()) == ["A", "B", "E", "F", "G", "H", "C", "I", "D"]


@pytest.mark.parametrize("counts", [0, -1, 1.5, True, "much", None, float("nan")])
def test_a_line_counts_as_a_share_of_one(counts: object) -> None:
    with pytest.raises(InvalidDraft, match=r'^Line 3: write "counts" as a number above 0 and up to 1'):
        labelled_wordings([(3, {"left": "A", "right": "B", "same": True, "counts": counts})])


@pytest.mark.parametrize(
    "line",
    [{}, {"left": "A", "right": "B"}, {"left": "A", "right": "B", "same": 1}, {"left": 3, "right": "B", "same": True},
     {"text": None}, {"texts": "A"}],
)  # fmt: skip
def test_a_line_of_no_kind_is_refused_with_its_number(line: dict[str, object]) -> None:
    with pytest.raises(InvalidDraft, match=r'^Line 7: write \{"left", "right", "same"\}'):
        labelled_wordings([(6, {"text": "A"}), (7, line)])


@pytest.mark.parametrize(("line", "problem"), [("{", "no JSON"), ("[]", "one JSON object"), ('"A"', "one JSON object")])
def test_a_line_that_is_no_object_is_refused_with_its_number(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(f'{{"text": "A"}}\n{line}\n{{"text": "B"}}\n', encoding="utf-8")

    with pytest.raises(InvalidDraft, match=rf"labelled\.jsonl, line 2: .*{problem}"):
        list(numbered_lines(path))


def test_lines_are_numbered_from_one(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "A"}\n{"text": "ü"}', encoding="utf-8")

    assert list(numbered_lines(path)) == [(1, {"text": "A"}), (2, {"text": "ü"})]


def test_texts_of_groups_make_pairs_with_those_most_like_them() -> None:
    groups = (
        GroupedText("barkom dolmip fenlut", "one"),
        GroupedText("barkom dolmip fenrad", "one"),
        GroupedText("barkom dolmip fenmip", "two", 0.1),
    )

    found = mined(Labelled((), groups, ()))

    assert {(pair.left[-3:], pair.right[-3:], pair.same, pair.origin) for pair in found} == {
        ("lut", "rad", True, Origin.LABELLED),
        ("lut", "mip", False, Origin.MINED),
        ("rad", "mip", False, Origin.MINED),
    }
    assert sorted(pair.weight for pair in found) == [0.05, 0.05, 1.0]


def test_what_people_labelled_is_not_mined_again() -> None:
    groups = (
        GroupedText("barkom dolmip fenlut", "one"),
        GroupedText("barkom dolmip fenrad", "two"),
        GroupedText("barkom dolmip fenrad", "three"),
    )
    pairs = (LabelledPair("barkom dolmip fenrad", "barkom dolmip fenlut", same=True),)

    assert mined(Labelled(pairs, groups, ())) == []


def test_texts_without_a_group_that_are_alike_are_guessed_to_differ() -> None:
    alike = ("farmers in Oslo grew wheat and barley", "farmers in Oslo grew wheat and lentils")
    others = (*alike, "Farmers in Oslo grew wheat and barley!", "the harbour of Bergen closed early on Sunday")

    found = guessed(Labelled((LabelledPair("A", "B", same=True),), (), others), Vocabulary(rarest=2.0))

    assert [{pair.left.casefold().strip("!"), pair.right.casefold().strip("!")} for pair in found] == [
        {text.casefold() for text in alike}
    ]
    assert [(pair.same, pair.origin) for pair in found] == [(False, Origin.GUESSED)]


def test_there_are_no_guesses_about_what_people_labelled_nor_more_than_can_be_weighed() -> None:
    others = tuple(f"farmers in Oslo grew wheat and {crop}" for crop in ("barley", "lentils", "oats", "hops", "flax"))
    labelled = (LabelledPair(others[1], others[0], same=True),)

    known = guessed(Labelled(labelled * 5, (), others[:2]), Vocabulary(rarest=2.0))
    many = guessed(Labelled(labelled, (), others), Vocabulary(rarest=2.0))

    assert known == []
    assert 0 < len(many) <= GUESSES_TO_A_PAIR
