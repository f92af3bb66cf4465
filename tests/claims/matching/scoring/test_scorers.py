"""The scorer that ships, one of a user's own, and the one without a model."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims.errors import InvalidDraft
from claims.matching import PairScorer, Wording, chosen_scorer, compare_wordings, group, shipped_scorer
from claims.matching.scoring import hand_scorer
from claims.matching.scoring.features import NAMES
from claims.matching.scoring.scorers import (
    FILE_NAME,
    MOST_APART,
    OFF,
    RULES,
    SHIPPED,
    SHIPPED_FOLDER,
    ByHand,
    Model,
    read_scorer,
)
from claims.matching.scoring.vectors import word_vectors
from claims.matching.scoring.vocabulary import Vocabulary

JETS = "Turkey ordered 40 new jets from the makers in Spain"
SAME_JETS = "Forty new jets were ordered by Turkey from the makers in Spain"
STORM = "The storm delays the start of the Republican convention"


def tiny_model() -> Model:
    """A model of two rectified sums, the first of the letters and the second of the order."""
    weights = np.zeros((len(NAMES), 2))
    weights[NAMES.index("letters"), 0] = weights[NAMES.index("order"), 1] = 1.0
    vectors = word_vectors({"jet": "A/", "sell": "gg"})
    vocabulary = Vocabulary({"jet": 2.5}, 6.0, {"turkey": -1.5}, {"jet": 0.5}, {"jets": -0.25}, vectors)
    return Model(
        means=np.full(len(NAMES), 0.25),
        deviations=np.full(len(NAMES), 0.5),
        weights=weights,
        biases=np.zeros(2),
        outputs=np.array([2.0, 1.0]),
        shift=0.8,
        vocabulary=vocabulary,
    )


def stored(folder: Path, **changes: Any) -> Path:
    """A file of the tiny model with these keys changed."""
    path = folder / FILE_NAME
    path.write_text(json.dumps(json.loads(tiny_model().as_json()) | changes), encoding="utf-8")
    return path


def scored(scorer: PairScorer, left: str, right: str) -> float:
    return float(scorer.scores([scorer.profile_of(left)], [scorer.profile_of(right)])[0])


def test_a_score_is_the_share_of_the_odds_that_the_sums_give() -> None:
    model = tiny_model()
    row = np.zeros((1, len(NAMES)))
    row[0, NAMES.index("letters")], row[0, NAMES.index("order")] = 0.75, 0.0

    # Letters are one deviation above the mean, the order is below it: 2 * 1 + 1 * 0, less the shift.
    expected = 100 / (1 + np.exp(0.8 - 2.0))
    assert model.scores(row) == pytest.approx([expected])
    assert model.scores(row[:0]).shape == (0,)


def test_what_is_far_from_all_that_was_fitted_counts_no_more_than_the_farthest() -> None:
    row = np.zeros((2, len(NAMES)))
    row[:, NAMES.index("letters")] = 2.25, 1e9

    far, farther = tiny_model().scores(row)

    assert far == farther


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    read = read_scorer(stored(tmp_path)).model

    assert isinstance(read, Model)
    assert read.as_json() == tiny_model().as_json()
    row = np.full((1, len(NAMES)), 0.7)
    assert read.scores(row) == pytest.approx(tiny_model().scores(row))


@pytest.mark.parametrize(
    "changes",
    [
        {"means": None},
        {"means": [0.0]},
        {"deviations": ["wide"]},
        {"deviations": [0.0] * len(NAMES)},
        {"weights": []},
        {"weights": [[0.0]]},
        {"biases": [0.0]},
        {"outputs": 3},
        {"shift": "far"},
        {"rarest": None},
        {"lone": {"jet": "low"}},
        {"lone": {"jet": float("nan")}},
        {"lone": [3]},
        {"vectors": None},
        {"vectors": 3},
        {"vectors": {"jet": "A/", "sell": "A"}},
        {"vectors": {"jet": ""}},
        {"vectors": {"jet": "A "}},
        {"vectors": {"jet": "é/"}},
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_broken_model_is_refused_and_it_is_said_what_to_do(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = stored(tmp_path, **changes)

    with pytest.raises(InvalidDraft, match=r"is no matching model\. Make one with claimline model fit matching"):
        read_scorer(path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"3", b"null", b"\xff\xfe", b"{}", b'{"format": "claimline"}', b"[" * 200_000]
)
def test_a_file_that_is_no_model_is_refused_and_it_is_said_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)

    with pytest.raises(InvalidDraft, match="claimline model fit matching"):
        read_scorer(path)


def test_a_folder_in_a_models_place_is_named_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()

    with pytest.raises(InvalidDraft, match=rf"{FILE_NAME} is no matching model that can be read: Is a directory\. Put"):
        read_scorer(tmp_path / FILE_NAME)


@pytest.mark.parametrize("changes", [{"format": "claimline matching 0"}, {"features": ["letters", *NAMES[1:]]}])
def test_a_model_for_other_features_is_to_be_fitted_anew(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = stored(tmp_path, **changes)

    with pytest.raises(InvalidDraft, match=r"was fitted for another version\. Fit it anew with claimline model fit"):
        read_scorer(path)


def test_the_shipped_model_tells_a_paraphrase_from_another_claim() -> None:
    scorer = shipped_scorer()

    assert isinstance(scorer.model, Model)
    assert scored(scorer, JETS, SAME_JETS) >= 50 > 15 > scored(scorer, JETS, STORM)


@pytest.mark.parametrize("scorer", [shipped_scorer(), hand_scorer()], ids=["shipped", "by hand"])
def test_scores_are_from_0_to_100_for_all_that_can_be_measured(scorer: PairScorer) -> None:
    dice = np.random.default_rng(1)
    measured = np.concatenate([dice.uniform(0, 1, (200, len(NAMES))), dice.normal(0, 50, (200, len(NAMES)))])

    scores = scorer.model.scores(measured)

    assert scores.shape == (400,)
    assert np.isfinite(scores).all()
    assert 0 <= scores.min() <= scores.max() <= 100


def test_without_a_model_words_and_letters_are_weighed_by_hand() -> None:
    off = chosen_scorer(OFF)

    assert off is hand_scorer()
    assert isinstance(off.model, ByHand)
    assert off.version == f"{RULES}+hand"
    assert scored(off, JETS, JETS) == 100
    assert scored(off, JETS, SAME_JETS) > scored(off, JETS, STORM) == 0


def test_a_model_of_ones_own_is_read_from_its_folder(tmp_path: Path) -> None:
    path = stored(tmp_path)

    own = chosen_scorer(tmp_path)

    assert own.version == f"{RULES}+{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
    assert scored(own, JETS, STORM) != scored(shipped_scorer(), JETS, STORM)


def test_a_folder_without_a_model_of_matching_leaves_the_shipped_one(tmp_path: Path) -> None:
    assert chosen_scorer(tmp_path) is chosen_scorer(SHIPPED) is shipped_scorer()


def test_the_version_names_the_rules_and_the_very_file() -> None:
    content = (SHIPPED_FOLDER / FILE_NAME).read_bytes()

    assert shipped_scorer().version == f"{RULES}+{hashlib.sha256(content).hexdigest()[:12]}"


def test_a_comparison_and_a_batch_are_scored_by_the_scorer_that_is_given() -> None:
    said = compare_wordings(Wording(JETS), Wording(SAME_JETS), scorer=hand_scorer())

    assert said.version == hand_scorer().version
    assert said.score != compare_wordings(Wording(JETS), Wording(SAME_JETS)).score
    strict = PairScorer(replace(tiny_model(), shift=50.0), "strict")
    assert group([JETS, SAME_JETS, STORM], scorer=hand_scorer()) == [0, 0, 2]
    assert group([JETS, SAME_JETS, STORM], scorer=strict) == [0, 1, 2]


def test_pairs_are_scored_in_parts_as_in_one() -> None:
    scorer = hand_scorer()
    jets, storm = scorer.profile_of(JETS), scorer.profile_of(STORM)

    many = scorer.scores([jets, storm] * 10_001, [jets] * 20_002)

    assert many.tolist() == [100.0, 0.0] * 10_001
    assert scorer.scores([], []).shape == (0,)


def test_what_shares_too_little_is_never_grouped_whatever_the_model_makes_of_it() -> None:
    sure = PairScorer(replace(tiny_model(), shift=-20.0), "test")

    assert scored(sure, JETS, SAME_JETS) > 99
    assert scored(sure, JETS, STORM) == MOST_APART
    assert scored(sure, "Turkey", "Turkey") == 100
    # Half of four words is too little, half of eight is not.
    assert scored(sure, "farmers Oslo sold wheat", "farmers Oslo mended lorries") == MOST_APART
    longer = ("council bridge ferries winter", "council bridge taxes libraries")
    assert scored(sure, f"farmers Oslo sold wheat {longer[0]}", f"farmers Oslo mended lorries {longer[1]}") > 99
