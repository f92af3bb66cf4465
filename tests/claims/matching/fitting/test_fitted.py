"""A scorer is fitted to pairs that people labelled, and measured on pairs that it did not see."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from claims.errors import InvalidDraft
from claims.matching import PairScorer, fold
from claims.matching.fitting import fit
from claims.matching.fitting.figures import area
from claims.matching.fitting.fitted import FEWEST_TEXTS, Fitted, rarities
from claims.matching.fitting.lab import FOLDS
from claims.matching.fitting.labelled import Labelled, LabelledPair
from claims.matching.scoring.features import NAMES
from claims.matching.scoring.scorers import read_scorer

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


def test_a_model_tells_apart_pairs_that_it_did_not_see(fitted: Fitted) -> None:
    dice = Random(99)
    unseen = [invented(dice, same=bool(number % 2)) for number in range(60)]

    found = scores(PairScorer(fitted.model, "test"), unseen)

    labels = np.array([pair.same for pair in unseen], np.float64)
    assert area(found, labels, np.ones(len(labels))) > 0.98
    assert np.mean((found >= 50) == (labels > 0)) >= 0.9


def test_the_figures_are_of_pairs_that_were_held_out(fitted: Fitted) -> None:
    assert (fitted.pairs, fitted.mined, fitted.texts) == (2 * NUMBER_OF_PAIRS, 0, 4 * NUMBER_OF_PAIRS)
    assert fitted.unseen.f1 >= 0.9
    assert fitted.unseen.auc > 0.95
    assert fitted.by_letters.f1 <= 1


def test_the_figures_leave_guesses_out() -> None:
    pairs = invented_pairs()
    others = tuple(text for pair in pairs[1::2] for text in (pair.left, pair.right))

    found = fit(
        Labelled(tuple(LabelledPair(pair.left[::-1], pair.right[::-1], pair.same) for pair in pairs), (), others),
        lambda at, of: None,
    )

    assert found.guessed > 0
    assert (found.pairs, found.mined) == (len(pairs), 0)
    assert found.unseen.f1 >= 0.9


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


def test_whoever_has_too_few_pairs_hears_how_many_count_and_which_do_not() -> None:
    pairs = invented_pairs()
    stopped = tuple(LabelledPair(pair.left, "not " + pair.left, same=False) for pair in pairs[:60])

    with pytest.raises(InvalidDraft, match=r"no guard keeps apart\. Of 70 pairs, 10 such say the same and 0 do not\."):
        fit(Labelled((*[pair for pair in pairs if pair.same][:10], *stopped), (), ()), lambda at, of: None)


def test_rare_words_are_those_of_few_texts() -> None:
    texts = [f"wheat town{number}x" for number in range(FEWEST_TEXTS)] + ["barley"] * 50

    rarity, rarest = rarities(texts)

    # Nine different texts, eight of them about wheat.
    assert rarity == {"wheat": 0.1}
    assert rarest == pytest.approx(np.log(9 / 4), abs=0.05)
    assert "barley" in {unit.concept for unit in fold("barley").units}


def test_a_models_file_holds_no_more_digits_than_they_are_worth(fitted: Fitted) -> None:
    stored = json.loads(fitted.model.as_json())

    assert tuple(stored["features"]) == NAMES
    assert all(round(number, 4) == number for number in stored["means"])
