"""Fits the pair scorer to pairs that people labelled, and measures it on pairs that it did not see."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.errors import InvalidDraft
from claims.matching.fitting.figures import Figures, best_figures, best_shift, figures
from claims.matching.fitting.lab import FOLDS, Lab, folds
from claims.matching.fitting.labelled import Labelled, guessed, mined
from claims.matching.fitting.words import vocabulary_of
from claims.matching.folding import gist
from claims.matching.scoring.features import NAMES
from claims.matching.scoring.scorers import Model, share_enough_of
from claims.matching.scoring.vectors import word_vectors
from claims.matching.scoring.vocabulary import Vocabulary

# Words of fewer texts than this are the rarest.
FEWEST_TEXTS: Final = 8
FEWEST_PAIRS: Final = 50

Done = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, what it was fitted on, and its figures on pairs that the fold's model did not see."""

    model: Model
    pairs: int
    mined: int
    guessed: int
    guarded: int
    texts: int
    vectors: int
    unseen: Figures
    by_letters: Figures


def fit(data: Labelled, done: Done, vectors: Mapping[str, str] | None = None) -> Fitted:
    """A model of the labelled pairs, of those that groups tell apart and of guesses; done is told of every round.

    What a guard blocks is left out: the score is asked where no guard fires. vectors are those of words, as letters, if
    there are any. InvalidDraft where too little is left.
    """
    rarity, rarest = rarities(data.texts())
    vocabulary = Vocabulary(rarity, rarest, vectors=word_vectors(vectors or {}))
    told = [*data.pairs, *mined(data)]
    pairs = [*told, *guessed(data, vocabulary)]
    lab = Lab(pairs, vocabulary)
    learned = lab.near & ~lab.guarded
    sure = ~lab.guessed
    require_enough(lab, learned & sure, len(told))
    fold_of = folds(pairs)
    unseen = np.zeros(len(pairs))
    for number in range(FOLDS):
        held = lab.near & (fold_of == number)
        model, words = lab.fitted(learned & (fold_of != number), fold_of)
        unseen[held] = model.scores(lab.with_words(words)[held])
        done(number + 1, FOLDS + 1)
    unseen[lab.guarded | ~share_enough_of(lab.measured)] = 0
    unseen, labels, counts = unseen[sure], lab.labels[sure], np.array([pair.counts for pair in told], np.float64)
    shift = best_shift(unseen, labels, counts)
    final, words = lab.fitted(learned, fold_of)
    done(FOLDS + 1, FOLDS + 1)
    return Fitted(
        model=replace(final, shift=final.shift + shift, vocabulary=vocabulary_of(lab.words, words, vocabulary)),
        pairs=len(data.pairs),
        mined=len(told) - len(data.pairs),
        guessed=len(pairs) - len(told),
        guarded=int(lab.guarded.sum()),
        texts=sum(1 for _ in data.texts()),
        vectors=len(vocabulary.vectors),
        unseen=figures(unseen, labels, counts, 100 / (1 + np.exp(-shift))),
        by_letters=best_figures(100 * lab.measured[sure, NAMES.index("letters")], labels, counts),
    )


def require_enough(lab: Lab, learned: NDArray[np.bool_], told: int) -> None:
    """Raise InvalidDraft, with how many of the pairs that were told count, where those of a kind are too few."""
    differ, same = np.bincount(lab.labels[learned].astype(int), minlength=2).tolist()
    if min(differ, same) < FEWEST_PAIRS:
        raise InvalidDraft(
            f"At least {FEWEST_PAIRS} pairs of each kind are needed that share some words and that no guard keeps "
            f"apart. Of {told:,} pairs, {same:,} such say the same and {differ:,} do not."
        )


def rarities(texts: Iterable[str]) -> tuple[dict[str, float], float]:
    """How rare the concepts of the texts are, and how rare what few texts or none have."""
    counts: Counter[str] = Counter()
    size = 0
    for text in set(texts):
        size += 1
        counts.update(set(gist(text).concepts))
    rarity = {concept: round(log(size / count), 1) for concept, count in counts.items() if count >= FEWEST_TEXTS}
    return rarity, round(log(max(size, FEWEST_TEXTS) / (FEWEST_TEXTS / 2)), 1)
