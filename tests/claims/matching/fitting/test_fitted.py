"""A scorer is fitted to pairs that people labelled, and measured on pairs that it did not see."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from claims.errors import InvalidDraft
from claims.matching import PairScorer, fold
from claims.matching.fitting import fit, labelled_wordings, numbered_lines
from claims.matching.fitting.fitted import (
    FEWEST_TEXTS,
    FOLDS,
    Fitted,
    Lab,
    Labelled,
    LabelledPair,
    area,
    best_figures,
    figures,
    folds,
    mined,
    rarities,
)
from claims.matching.scoring.features import NAMES, WORDS
from claims.matching.scoring.scorers import read_scorer
from claims.matching.scoring.vocabulary import Vocabulary

STARTS = ("bar", "dol", "fen", "gup", "hat", "jes", "kir", "lon", "mur", "nob")
PARTS = [start + end for start in STARTS for end in ("kom", "mip", "lut", "rad", "sef", "tog")]
NUMBER_OF_PAIRS = 70


def invented(dice: Random, *, same: bool) -> LabelledPair:
    """Two texts of invented words: the same eight behind another one, or the same four before four others."""
    words = dice.sample(PARTS, 12)
    other = [words[8], *words[:8]] if same else words[:4] + words[8:]
    return LabelledPair(" ".join(words[:8]), " ".join(other), same)


def invented_pairs(each: int = NUMBER_OF_PAIRS) -> tuple[LabelledPair, ...]:
    """So many pairs that say the same, and so many that do not, by turns."""
    dice = Random(4)
    return tuple(invented(dice, same=bool(number % 2)) for number in range(2 * each))


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def fitted(told: list[tuple[int, int]]) -> Fitted:
    return fit(Labelled(invented_pairs(), (), ()), lambda at, of: told.append((at, of)))


def scores(scorer: PairScorer, pairs: list[LabelledPair]) -> np.ndarray:
    left, right = ([scorer.profile_of(getattr(pair, side)) for pair in pairs] for side in ("left", "right"))
    return scorer.scores(left, right)


# What is read


def test_each_kind_of_line_is_read() -> None:
    lines = [
        {"left": "A", "right": "B", "same": True},
        {"text": "C", "group": "one"},
        {"text": "D"},
        {"left": "E", "right": "F", "same": False, "by": "somebody"},
    ]

    found = labelled_wordings(enumerate(lines, 1))

    pairs = (LabelledPair("A", "B", same=True), LabelledPair("E", "F", same=False))
    assert found == Labelled(pairs, (("C", "one"),), ("D",))
    assert list(found.texts()) == ["A", "B", "E", "F", "C", "D"]


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


# What is fitted


def test_a_model_tells_apart_pairs_that_it_did_not_see(fitted: Fitted) -> None:
    dice = Random(99)
    unseen = [invented(dice, same=bool(number % 2)) for number in range(60)]

    found = scores(PairScorer(fitted.model, "test"), unseen)

    labels = np.array([pair.same for pair in unseen], np.float64)
    assert area(found, labels) > 0.98
    assert np.mean((found >= 50) == (labels > 0)) >= 0.9


def test_the_figures_are_of_pairs_that_were_held_out(fitted: Fitted) -> None:
    assert (fitted.pairs, fitted.mined, fitted.texts) == (2 * NUMBER_OF_PAIRS, 0, 4 * NUMBER_OF_PAIRS)
    assert fitted.unseen.f1 >= 0.9
    assert fitted.unseen.auc > 0.95
    assert fitted.by_letters.f1 <= 1


def test_every_round_is_told(fitted: Fitted, told: list[tuple[int, int]]) -> None:
    assert fitted
    assert told == [(number, FOLDS + 1) for number in range(1, FOLDS + 2)]


def test_the_same_pairs_make_the_same_model(fitted: Fitted) -> None:
    again = fit(Labelled(invented_pairs(), (), ()), lambda at, of: None)

    assert again.model.as_json() == fitted.model.as_json()


def test_a_fitted_model_is_read_from_its_file(fitted: Fitted, tmp_path: Path) -> None:
    path = tmp_path / "matching.json"
    path.write_text(fitted.model.as_json(), encoding="utf-8")
    pairs = list(invented_pairs(10))

    read = read_scorer(path)

    assert np.allclose(scores(read, pairs), scores(PairScorer(fitted.model, "test"), pairs), atol=0.5)


@pytest.mark.parametrize("pairs", [(), invented_pairs(20), invented_pairs()[1::2], invented_pairs()[::2]])
def test_too_few_pairs_of_a_kind_are_refused(pairs: tuple[LabelledPair, ...]) -> None:
    with pytest.raises(InvalidDraft, match="At least 50 pairs of each kind"):
        fit(Labelled(pairs, (), ()), lambda at, of: None)


def test_pairs_that_share_a_text_are_held_out_together() -> None:
    chains = [(f"a{number}", f"b{number}", f"c{number}") for number in range(21)]
    pairs = [LabelledPair(a, b, same=True) for a, b, _ in chains] + [
        LabelledPair(c, b, same=False) for _, b, c in chains
    ]

    fold_of = folds(pairs)

    assert fold_of[:21].tolist() == fold_of[21:].tolist()
    assert set(fold_of.tolist()) == set(range(FOLDS))


def test_a_mined_pair_binds_no_texts_together() -> None:
    pairs = [
        LabelledPair("a", "b", same=True),
        LabelledPair("c", "d", same=True),
        LabelledPair("a", "c", same=False, is_mined=True),
    ]

    assert folds(pairs).tolist() == [0, 1, 0]


def test_words_that_a_guard_tells_apart_are_not_learned_from() -> None:
    pairs = [
        LabelledPair("Turkey ordered 40 new jets from Spain", "Turkey ordered 48 new jets from Spain", same=False),
        LabelledPair("Turkey ordered 40 new jets from Spain", "Turkey has ordered 40 new jets from Spain", same=True),
        LabelledPair("Turkey ordered 40 new jets from Spain", "The storm delays the convention", same=False),
    ]

    lab = Lab(pairs, Vocabulary(rarest=2.0))

    assert lab.guarded.tolist() == [True, False, False]
    assert lab.near.tolist() == [True, True, False]
    assert lab.labels.tolist() == [0, 1, 0]


def test_what_words_say_of_a_pair_takes_the_place_of_its_column() -> None:
    lab = Lab([LabelledPair("farmers grew wheat", "farmers grew barley", same=True)] * 5, Vocabulary())

    changed = lab.with_words(np.ones(len(lab.words.names)))

    column = NAMES.index(WORDS)
    assert changed[:, column].tolist() == [lab.words.rows.tolist().count(row) for row in range(5)]
    assert np.array_equal(np.delete(changed, column, 1), np.delete(lab.measured, column, 1))


# What is mined


def test_texts_of_groups_make_pairs_with_those_most_like_them() -> None:
    groups = (("barkom dolmip fenlut", "one"), ("barkom dolmip fenrad", "one"), ("barkom dolmip fenmip", "two"))

    found = mined(Labelled((), groups, ()))

    assert {(pair.left[-3:], pair.right[-3:], pair.same, pair.is_mined) for pair in found} == {
        ("lut", "rad", True, False),
        ("lut", "mip", False, True),
        ("rad", "mip", False, True),
    }


def test_what_people_labelled_is_not_mined_again() -> None:
    groups = (("barkom dolmip fenlut", "one"), ("barkom dolmip fenrad", "two"), ("barkom dolmip fenrad", "three"))
    pairs = (LabelledPair("barkom dolmip fenrad", "barkom dolmip fenlut", same=True),)

    assert mined(Labelled(pairs, groups, ())) == []


def test_rare_words_are_those_of_few_texts() -> None:
    texts = [f"wheat town{number}x" for number in range(FEWEST_TEXTS)] + ["barley"] * 50

    rarity, rarest = rarities(texts)

    # Nine different texts, eight of them about wheat.
    assert rarity == {"wheat": 0.1}
    assert rarest == pytest.approx(np.log(9 / 4), abs=0.05)
    assert "barley" in {unit.concept for unit in fold("barley").units}


# How it is measured


def test_the_area_is_the_chance_that_the_same_scores_higher() -> None:
    labels = np.array([1.0, 1.0, 0.0, 0.0])

    assert area(np.array([4.0, 3.0, 2.0, 1.0]), labels) == 1
    assert area(np.array([1.0, 2.0, 3.0, 4.0]), labels) == 0
    assert area(np.array([4.0, 2.0, 3.0, 1.0]), labels) == 0.75
    assert area(np.array([4.0, 2.0, 2.0, 1.0]), labels) == 0.875
    assert area(np.array([5.0, 5.0, 5.0, 5.0]), labels) == 0.5
    assert area(np.zeros(0), np.zeros(0)) == 0


def test_precision_and_recall_are_of_what_scores_enough() -> None:
    scores_ = np.array([90.0, 60.0, 50.0, 40.0])

    found = figures(scores_, np.array([1.0, 0.0, 1.0, 1.0]), 50)

    assert (found.precision, found.recall, found.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert found.auc == pytest.approx(1 / 3)
    assert figures(scores_, np.zeros(4), 95).f1 == 0


def test_the_best_figures_are_at_the_score_that_parts_best() -> None:
    assert best_figures(np.array([80.0, 70.0, 60.0]), np.array([1.0, 1.0, 0.0])).f1 == pytest.approx(1)


def test_a_models_file_holds_no_more_digits_than_they_are_worth(fitted: Fitted) -> None:
    stored = json.loads(fitted.model.as_json())

    assert tuple(stored["features"]) == NAMES
    assert all(round(number, 4) == number for number in stored["means"])
