"""What makes one score of a pair's features: the shipped model, one of a user's own, or a few weights set by hand."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from claims.errors import InvalidDraft
from claims.matching.folding import outline
from claims.matching.scoring.features import NAMES, Features, features
from claims.matching.scoring.profiles import Profile, profiles
from claims.matching.scoring.sharing import share_enough
from claims.matching.scoring.vectors import word_vectors
from claims.matching.scoring.vocabulary import Vocabulary

# Raised when folding, features or guards change, since stored explanations name what made them.
RULES: Final = "5"
FILE_NAME: Final = "matching.json"
SHIPPED_FOLDER: Final = Path(__file__).parent / "model"
FORMAT: Final = "claimline matching 1"
OFF: Final = "off"
SHIPPED: Final = "shipped"
# Features are cut at so many standard deviations, so that no odd text leaves the ground that was fitted.
FARTHEST: Final = 4.0
# The very same words say the same, whatever a model makes of them.
SAME_WORDS: Final = 100.0
# What shares too little is suggested at most, whatever a model makes of it: a whole batch hardly looks at such pairs.
MOST_APART: Final = 49.99
PAIRS_AT_ONCE: Final = 20_000
WORD_LISTS: Final = ("rarity", "lone", "shared", "lone_forms")
VECTORS: Final = "vectors"
# By hand: what was found best before there was a model, put on the scale on which 50 is grouped and 15 suggested.
HAND_WEIGHTS: Final = {"content_bag_dice": 0.4, "content_bag_cover": 0.2, "order": 0.2, "letters": 0.2}
HAND_GROUP: Final = 64.0
HAND_STEP: Final = 1.75


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted scorer: a layer of rectified sums of the standardised features, their weighted sum, and its words.

    The sums of networks that were fitted apart stand side by side, so that their log odds are averaged. shift moves
    the log odds so that 50 is where pairs are grouped.
    """

    means: Features
    deviations: Features
    weights: Features
    biases: Features
    outputs: Features
    shift: float
    vocabulary: Vocabulary

    def scores(self, measured: Features) -> Features:
        """The score of each row of features, from 0 to 100."""
        if not len(measured):
            return np.zeros(0)
        standardised = np.clip((measured - self.means) / self.deviations, -FARTHEST, FARTHEST)
        # Not by BLAS, whose threads cost more here than they bring.
        hidden = np.maximum(np.einsum("ij,jk->ik", standardised, self.weights) + self.biases, 0)
        odds = np.einsum("ij,j->i", hidden, self.outputs)
        return np.asarray(100 / (1 + np.exp(self.shift - odds)))

    def as_json(self) -> str:
        """The model as its file holds it."""
        return json.dumps(
            {
                "format": FORMAT,
                "features": list(NAMES),
                "means": short(self.means),
                "deviations": short(self.deviations),
                "weights": short(self.weights),
                "biases": short(self.biases),
                "outputs": short(self.outputs),
                "shift": round(self.shift, 4),
                "rarest": self.vocabulary.rarest,
                **{name: dict(sorted(getattr(self.vocabulary, name).items())) for name in WORD_LISTS},
                VECTORS: self.vocabulary.vectors.as_letters(),
            },
            indent=0,
            separators=(",", ":"),
            ensure_ascii=False,
        )


@dataclass(frozen=True, slots=True)
class ByHand:
    """The scorer without a model: shares of common words and of common letters, weighted by hand."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def scores(self, measured: Features) -> Features:
        """The score of each row of features, from 0 to 100."""
        column = {
            name: measured[:, NAMES.index(name)] for name in (*HAND_WEIGHTS, "content_bag_overlap") if name in NAMES
        }
        cover, overlap = column["content_bag_cover"], column["content_bag_overlap"]
        dice = 2 * cover * overlap / np.maximum(cover + overlap, 1e-9)
        column["content_bag_dice"] = dice
        alike = 100 * sum((weight * column[name] for name, weight in HAND_WEIGHTS.items()), np.zeros(len(measured)))
        return np.where(dice > 0, np.clip(50 + (alike - HAND_GROUP) * HAND_STEP, 0, 100), 0.0)


@dataclass(frozen=True, eq=False)
class PairScorer:
    """Scores pairs of wordings; its version is named in every explanation that it made."""

    model: Model | ByHand
    model_version: str

    @property
    def version(self) -> str:
        """The version of the rules, then that of the model."""
        return f"{RULES}+{self.model_version}"

    def profile_of(self, text: str, language: str = "und") -> Profile:
        """The wording as it is scored, remembered: near claims are met again and again."""
        return profiled(self, text, language)

    def measure(self, left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Features, Features]:
        """The scores of left[i] with right[i], from 0 to 100, and the features that they come from."""
        measured = features(left, right, self.model.vocabulary.vectors)
        scores = self.model.scores(measured)
        scores = np.where(share_enough_of(measured), scores, np.minimum(scores, MOST_APART))
        copies = [bool(one.forms) and one.forms == other.forms for one, other in zip(left, right, strict=True)]
        return np.where(np.array(copies, np.bool_), SAME_WORDS, scores), measured

    def scores(self, left: Sequence[Profile], right: Sequence[Profile]) -> NDArray[np.float64]:
        """The scores of left[i] with right[i], however many, from 0 to 100."""
        parts = [
            self.measure(left[start : start + PAIRS_AT_ONCE], right[start : start + PAIRS_AT_ONCE])[0]
            for start in range(0, len(left), PAIRS_AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)


@lru_cache(maxsize=32_768)
def profiled(scorer: PairScorer, text: str, language: str) -> Profile:
    """The profile of a text by what the scorer knows of words."""
    return profiles([outline(text, language)], scorer.model.vocabulary)[0]


@lru_cache(maxsize=1)
def shipped_scorer() -> PairScorer:
    """The scorer that comes with Claimline."""
    return read_scorer(SHIPPED_FOLDER / FILE_NAME)


@lru_cache(maxsize=1)
def hand_scorer() -> PairScorer:
    """The scorer without a model."""
    return PairScorer(ByHand(), "hand")


@lru_cache(maxsize=4)
def chosen_scorer(choice: str | Path) -> PairScorer:
    """The scorer that the setting CLAIMLINE_MODELS asks for; what a folder of one's own lacks is what ships."""
    if choice == OFF:
        return hand_scorer()
    own = Path(choice) / FILE_NAME
    return shipped_scorer() if choice == SHIPPED or not own.exists() else read_scorer(own)


def read_scorer(path: Path) -> PairScorer:
    """The scorer in a file; InvalidDraft where it is no model for these features."""
    content = content_of(path)
    try:
        stored = json.loads(content)
        if stored["format"] != FORMAT or tuple(stored["features"]) != NAMES:
            raise InvalidDraft(f"{path} was fitted for another version. Fit it anew with claimline model fit matching.")
        model = model_of(stored)
    # JSON may be nested deeper than Python reads.
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidDraft(f"{path} is no matching model. Make one with claimline model fit matching.") from error
    return PairScorer(model, hashlib.sha256(content).hexdigest()[:12])


def content_of(path: Path) -> bytes:
    """A model's file; InvalidDraft where it cannot be read, since a folder stands in its place for example."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidDraft(
            f"{path} is no matching model that can be read: {error.strerror}. Put a file there that claimline model "
            "fit matching made, or choose other models with CLAIMLINE_MODELS."
        ) from error


def model_of(stored: Mapping[str, Any]) -> Model:
    """The model as a file's JSON says; KeyError, TypeError or ValueError where it does not fit together."""
    model = Model(
        means=column(stored["means"]),
        deviations=column(stored["deviations"]),
        weights=table(stored["weights"], len(NAMES)),
        biases=np.array(stored["biases"], np.float64),
        outputs=np.array(stored["outputs"], np.float64),
        shift=float(stored["shift"]),
        vocabulary=Vocabulary(
            rarest=float(stored["rarest"]),
            vectors=word_vectors({str(word): str(letters) for word, letters in dict(stored[VECTORS]).items()}),
            **{name: weights_of(stored[name]) for name in WORD_LISTS},
        ),
    )
    if not model.weights.shape[1] == len(model.biases) == len(model.outputs):
        raise ValueError("sums without a weight")
    if model.deviations.min() <= 0 or not np.isfinite(model.scores(np.zeros((1, len(NAMES))))).all():
        raise ValueError("no finite score")
    return model


def weights_of(stored: Mapping[str, Any]) -> dict[str, float]:
    """Words with their weights."""
    weights = {str(word): float(weight) for word, weight in dict(stored).items()}
    if not all(map(isfinite, weights.values())):
        raise ValueError("a word without a weight")
    return weights


def column(numbers: Sequence[float]) -> Features:
    """One number for each feature."""
    found = np.array(numbers, np.float64)
    if found.shape != (len(NAMES),):
        raise ValueError("numbers for other features")
    return found


def table(rows: Sequence[Sequence[float]], height: int) -> Features:
    """The rows as a table of this height."""
    found = np.array(rows, np.float64)
    if found.ndim != 2 or len(found) != height:
        raise ValueError("a table of another size")
    return found


def share_enough_of(measured: Features) -> NDArray[np.bool_]:
    """Which of the pairs, by their features, share enough to be one claim."""
    dice, cover, fewer = (
        measured[:, NAMES.index(name)] for name in ("weight_dice", "content_bag_cover", "content_fewer")
    )
    return share_enough(dice, cover, np.expm1(fewer).round())


def short(numbers: Features) -> Any:
    """Numbers with as many digits as they are worth."""
    return np.round(numbers, 4).tolist()
