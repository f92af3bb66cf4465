"""Learns what single words say about two wordings: which may be missing on one side, and which must not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.matching.folding import Folded
from claims.matching.scoring.features import Features
from claims.matching.scoring.vocabulary import Vocabulary

FEWEST_PAIRS: Final = 5
LONE: Final = "lone"
SHARED: Final = "shared"
LONE_FORM: Final = "lone_forms"
# The other features explain first what they can: they are held less than the words are.
FEATURES_COUNT: Final = 3.0
L2: Final = 0.002
STEPS: Final = 150
STEP: Final = 0.05
LEAST_WEIGHT: Final = 0.02

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Which words which pairs have: entry i says that pair rows[i] has names[columns[i]], as (list, word)."""

    rows: Numbers
    columns: Numbers
    names: tuple[tuple[str, str], ...]

    def odds(self, weights: Features, pairs: int) -> Features:
        """The sum of the weights of the words of each pair."""
        return np.asarray(np.bincount(self.rows, weights=weights[self.columns], minlength=pairs), np.float64)


def word_table(pairs: Sequence[tuple[Folded, Folded]], counted: NDArray[np.bool_]) -> WordTable:
    """The words of the pairs that count, those alone that some of these have."""
    said = [words_of_pair(*pair) if counts else [] for pair, counts in zip(pairs, counted, strict=True)]
    counts_of = Counter(word for words in said for word in words)
    numbers = {word: number for number, word in enumerate(sorted(w for w, n in counts_of.items() if n >= FEWEST_PAIRS))}
    entries = [(row, numbers[word]) for row, words in enumerate(said) for word in words if word in numbers]
    table = np.array(entries, np.int64).reshape(-1, 2)
    return WordTable(table[:, 0], table[:, 1], tuple(numbers))


def words_of_pair(left: Folded, right: Folded) -> list[tuple[str, str]]:
    """The words of a pair, each with the list that it counts in."""
    here, there = ({unit.concept for unit in side.units} for side in (left, right))
    forms_here, forms_there = ({word.form for word in side.words} for side in (left, right))
    return [
        *((LONE, concept) for concept in here ^ there),
        *((SHARED, concept) for concept in here & there),
        *((LONE_FORM, form) for form in forms_here ^ forms_there),
    ]


def word_weights(
    table: WordTable, seen: NDArray[np.bool_], measured: Features, labels: Features, weights: Features
) -> Features:
    """The weight of each of the table's words, by logistic regression on the pairs seen, beside the features."""
    chosen = seen[table.rows]
    rows, columns = (np.cumsum(seen) - 1)[table.rows[chosen]], table.columns[chosen]
    inputs, labels, weights = FEATURES_COUNT * standardised(measured[seen]), labels[seen], weights[seen]
    values = [np.zeros(len(table.names)), np.zeros(measured.shape[1]), np.zeros(1)]
    moments = [(np.zeros_like(value), np.zeros_like(value)) for value in values]
    share = weights / max(float(weights.sum()), 1.0)
    for step in range(1, STEPS + 1):
        odds = np.bincount(rows, weights=values[0][columns], minlength=len(labels)) + inputs @ values[1] + values[2][0]
        error = share * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - labels)
        slopes = [
            np.bincount(columns, weights=error[rows], minlength=len(values[0])) + L2 * values[0],
            inputs.T @ error + L2 * values[1],
            np.array([error.sum()]),
        ]
        for value, slope, (first, second) in zip(values, slopes, moments, strict=True):
            first += 0.1 * (slope - first)
            second += 0.01 * (slope**2 - second)
            value -= STEP * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return values[0]


def standardised(measured: Features) -> Features:
    """The features as deviations from their means."""
    return np.asarray(np.clip((measured - measured.mean(axis=0)) / np.maximum(measured.std(axis=0), 1e-3), -4, 4))


def vocabulary_of(table: WordTable, weights: Features, known: Vocabulary) -> Vocabulary:
    """What is known of words, with the weights that they were given, as a model keeps them."""
    lists: dict[str, dict[str, float]] = {LONE: {}, SHARED: {}, LONE_FORM: {}}
    for (name, word), weight in zip(table.names, weights.tolist(), strict=True):
        if abs(weight) >= LEAST_WEIGHT:
            lists[name][word] = round(weight, 2)
    return replace(known, lone=lists[LONE], shared=lists[SHARED], lone_forms=lists[LONE_FORM])
