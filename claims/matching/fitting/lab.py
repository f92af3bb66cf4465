"""Labelled pairs with all that is measured of them, and models of some of them that leave out the others."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.matching.fitting.labelled import LabelledPair, Origin
from claims.matching.fitting.networks import fitted
from claims.matching.fitting.words import word_table, word_weights
from claims.matching.folding import fold, outline
from claims.matching.guards import Pair, Side, Wording, blocks
from claims.matching.scoring.features import NAMES, WORDS, Features, features
from claims.matching.scoring.profiles import profiles
from claims.matching.scoring.scorers import Model
from claims.matching.scoring.vocabulary import Vocabulary

FOLDS: Final = 5
# Pairs that share less of their weight are nothing to learn from: nobody would ask about them.
LEAST_SHARED: Final = 0.33
# Of a pair that shares more, nobody can guess that it differs.
MOST_SHARED: Final = 0.9


class Lab:
    """Pairs with all that is measured of them.

    near are those worth learning from, guarded those of them that a guard blocks, guessed those that nobody labelled.
    """

    def __init__(self, pairs: Sequence[LabelledPair], vocabulary: Vocabulary) -> None:
        folded = {text: fold(text) for pair in pairs for text in (pair.left, pair.right)}
        known = dict(zip(folded, profiles([outline(text) for text in folded], vocabulary), strict=True))
        sides = {text: Side(Wording(text), each) for text, each in folded.items()}
        left, right = ([known[getattr(pair, side)] for pair in pairs] for side in ("left", "right"))
        self.measured = features(left, right, vocabulary.vectors)
        self.labels = np.array([pair.same for pair in pairs], np.float64)
        self.weights = np.array([pair.weight for pair in pairs], np.float64)
        self.guessed = np.array([pair.origin is Origin.GUESSED for pair in pairs], np.bool_)
        shared = self.measured[:, NAMES.index("weight_dice")]
        self.near = (shared >= LEAST_SHARED) & ~(self.guessed & (shared >= MOST_SHARED))
        self.guarded = np.zeros(len(pairs), np.bool_)
        for row in np.flatnonzero(self.near).tolist():
            self.guarded[row] = blocks(Pair(sides[pairs[row].left], sides[pairs[row].right]))
        self.words = word_table([(folded[pair.left], folded[pair.right]) for pair in pairs], self.near & ~self.guarded)

    def fitted(self, seen: NDArray[np.bool_], fold_of: NDArray[np.int64]) -> tuple[Model, Features]:
        """A model of the pairs that are seen, and the weights of words.

        What the networks learn from the words comes from weights that were learned without the very pair.
        """
        unseen_words = np.zeros(len(self.labels))
        for number in range(FOLDS):
            others = seen & (fold_of != number)
            if others.any() and (seen & ~others).any():
                part = self.words.odds(self.learn_words(others), len(self.labels))
                unseen_words[fold_of == number] = part[fold_of == number]
        measured = self.measured.copy()
        measured[:, NAMES.index(WORDS)] = unseen_words
        return fitted(measured[seen], self.labels[seen], self.weights[seen]), self.learn_words(seen)

    def learn_words(self, seen: NDArray[np.bool_]) -> Features:
        """The weights of words by the pairs that are seen."""
        return word_weights(self.words, seen, self.measured, self.labels, self.weights)

    def with_words(self, weights: Features) -> Features:
        """The features with what the words say by these weights."""
        measured = self.measured.copy()
        measured[:, NAMES.index(WORDS)] = self.words.odds(weights, len(self.labels))
        return measured


def folds(pairs: Sequence[LabelledPair]) -> NDArray[np.int64]:
    """Which fold each pair is held out in; pairs that share a text are in one."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for pair in pairs:
        if pair.origin is Origin.LABELLED:
            parent[root(pair.left)] = root(pair.right)
    order: defaultdict[str, int] = defaultdict(lambda: len(order))
    return np.array([order[root(pair.left)] % FOLDS for pair in pairs], np.int64)
