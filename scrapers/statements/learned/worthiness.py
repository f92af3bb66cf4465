"""The check-worthiness model: weights of features, read from a file that a person can read too."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import mul
from pathlib import Path
from typing import Self

from claims.errors import InvalidDraft
from scrapers.statements.learned.worthiness_features import features

FILE_NAME = "check_worthiness.json"
FORMAT = "claimline check-worthiness 1"
NUMBERS = ("bias", "slope", "shift")
MAX_FILE_BYTES = 3_000_000
# How much each neighbour counts where sentences follow each other; chosen by cross-validation over debates.
NEIGHBOUR = 0.1


@dataclass(frozen=True, slots=True)
class WorthinessModel:
    """A logistic model of one language: its weights by feature, and what is added for every sentence.

    slope and shift bring its log-odds to our scale, on which 0.2 is where hardly anything worth checking lies below
    and 0.7 where it is as likely worth checking as not.
    """

    language: str
    bias: float
    slope: float
    shift: float
    weights: Mapping[str, float] = field(repr=False)

    def score(self, sentence: str) -> float:
        """How much the sentence is worth checking, from 0 to 1."""
        return self.scaled(self.log_odds(sentence))

    def scores_in_order(self, sentences: Sequence[str]) -> list[float]:
        """The scores of sentences that follow each other, each swayed a little by the two beside it."""
        odds = [self.log_odds(sentence) for sentence in sentences]
        before, behind = odds[:1] + odds[:-1], odds[1:] + odds[-1:]
        whole = 1 + 2 * NEIGHBOUR
        return [
            self.scaled((here + NEIGHBOUR * (left + right)) / whole)
            for left, here, right in zip(before, odds, behind, strict=True)
        ]

    def scaled(self, log_odds: float) -> float:
        """The score from 0 to 1 that stands for the odds."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.slope * log_odds + self.shift))))

    def log_odds(self, sentence: str) -> float:
        """The logarithm of the odds that people would want the sentence checked."""
        found = features(sentence)
        odds: float = sum(map(mul, map(self.weights.get, found, repeat(0.0)), found.values()))
        return self.bias + odds

    def as_json(self) -> str:
        """The model as its file holds it, one feature to a line."""
        numbers = {name: getattr(self, name) for name in NUMBERS}
        content = {"format": FORMAT, "language": self.language, **numbers, "weights": dict(self.weights)}
        return json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n"

    @classmethod
    def read(cls, path: Path) -> Self:
        """The model in the file; InvalidDraft where it holds none."""
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise InvalidDraft(f"{path}: cannot read the model: {error.strerror}.") from error
        if len(raw) > MAX_FILE_BYTES:
            raise InvalidDraft(f"{path}: larger than {MAX_FILE_BYTES:,} bytes, so no model of check-worthiness.")
        try:
            content = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise refusal(path) from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise refusal(path)
        language, weights = content.get("language"), content.get("weights")
        if not isinstance(language, str) or not isinstance(weights, dict):
            raise refusal(path)
        if not all(map(is_number, (*weights.values(), *map(content.get, NUMBERS)))):
            raise refusal(path)
        bias, slope, shift = (float(content[name]) for name in NUMBERS)
        return cls(language, bias, slope, shift, {name: float(weight) for name, weight in weights.items()})


def is_number(value: object) -> bool:
    """Whether the value of a JSON file is a finite number, which json also lets be NaN or a thousand digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e6 < value < 1e6


def refusal(path: Path) -> InvalidDraft:
    """The error for a file that is no model."""
    return InvalidDraft(f"{path} is no model of check-worthiness. Make one with claimline model fit check-worthiness.")
