"""Fits the pair scorer to pairs that people labelled, and measures it on pairs that it did not see."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.errors import InvalidDraft
from claims.matching.finding import Index
from claims.matching.fitting.words import vocabulary_of, word_table, word_weights
from claims.matching.folding import fold, gist, outline
from claims.matching.guards import Pair, Side, Wording, blocks
from claims.matching.scoring.features import NAMES, WORDS, Features, features
from claims.matching.scoring.profiles import profiles
from claims.matching.scoring.scorers import FARTHEST, Model
from claims.matching.scoring.vocabulary import Vocabulary

FOLDS: Final = 5
NETWORKS: Final = 4
HIDDEN: Final = 32
ROUNDS: Final = 30
BATCH: Final = 128
STEP: Final = 2e-3
L2: Final = 0.004
# Words of fewer texts than this are the rarest.
FEWEST_TEXTS: Final = 8
# Of texts in groups, each is compared with so many others like it; they outnumber what people labelled.
NEIGHBOURS: Final = 12
MINED_WEIGHT: Final = 0.5
# Pairs that share less of their weight are nothing to learn from: nobody would ask about them.
LEAST_SHARED: Final = 0.33
FEWEST_PAIRS: Final = 50
F1_TO_SPARE: Final = 0.004

Done = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two wordings and whether they say the same; mined ones are known to differ only by their groups."""

    left: str
    right: str
    same: bool
    is_mined: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """How well pairs are told apart at the score from which they are grouped; auc is over all scores."""

    precision: float
    recall: float
    f1: float
    auc: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, what it was fitted on, and its figures on pairs that the fold's model did not see."""

    model: Model
    pairs: int
    mined: int
    guarded: int
    texts: int
    unseen: Figures
    by_letters: Figures


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a file of labelled wordings holds: pairs, texts by group, and texts that only show how rare words are."""

    pairs: tuple[LabelledPair, ...]
    groups: tuple[tuple[str, str], ...]
    others: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Every text, as often as it stands there."""
        for pair in self.pairs:
            yield from (pair.left, pair.right)
        yield from (text for text, _ in self.groups)
        yield from self.others


def labelled_wordings(lines: Iterable[tuple[int, Mapping[str, object]]]) -> Labelled:
    """The numbered JSON objects of a file; InvalidDraft with the line's number where one is something else."""
    pairs, groups, others = [], [], []
    for number, line in lines:
        match line:
            case {"left": str(left), "right": str(right), "same": bool(same)}:
                pairs.append(LabelledPair(left, right, same))
            case {"text": str(text), "group": str(group)}:
                groups.append((text, group))
            case {"text": str(text)}:
                others.append(text)
            case _:
                raise InvalidDraft(
                    f'Line {number}: write {{"left", "right", "same"}}, {{"text", "group"}} or {{"text"}}.'
                )
    return Labelled(tuple(pairs), tuple(groups), tuple(others))


def numbered_lines(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The JSON objects of a file with their lines' numbers; InvalidDraft where a line is none."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidDraft(f"{path}, line {number}: this is no JSON.") from error
        if not isinstance(found, dict):
            raise InvalidDraft(f"{path}, line {number}: a line is one JSON object.")
        yield number, found


def fit(data: Labelled, done: Done) -> Fitted:
    """A model of the labelled pairs, and of those that the texts' groups tell apart; done is told of every round.

    What a guard blocks is left out: the score is asked where no guard fires. InvalidDraft where too little is left.
    """
    rarity, rarest = rarities(data.texts())
    pairs = [*data.pairs, *mined(data)]
    lab = Lab(pairs, Vocabulary(rarity, rarest))
    learned = lab.near & ~lab.guarded
    if min(lab.labels[learned].sum(), (1 - lab.labels[learned]).sum()) < FEWEST_PAIRS:
        raise InvalidDraft(f"At least {FEWEST_PAIRS} pairs of each kind are needed that share some words.")
    fold_of = folds(pairs)
    unseen = np.zeros(len(pairs))
    for number in range(FOLDS):
        held = lab.near & (fold_of == number)
        model, words = lab.fitted(learned & (fold_of != number), fold_of)
        unseen[held] = model.scores(lab.with_words(words)[held])
        done(number + 1, FOLDS + 1)
    unseen[lab.guarded] = 0
    shift = best_shift(unseen, lab.labels)
    final, words = lab.fitted(learned, fold_of)
    done(FOLDS + 1, FOLDS + 1)
    return Fitted(
        model=replace(final, shift=final.shift + shift, vocabulary=vocabulary_of(lab.words, words, rarity, rarest)),
        pairs=len(data.pairs),
        mined=len(pairs) - len(data.pairs),
        guarded=int(lab.guarded.sum()),
        texts=sum(1 for _ in data.texts()),
        unseen=figures(unseen, lab.labels, 100 / (1 + np.exp(-shift))),
        by_letters=best_figures(100 * lab.measured[:, NAMES.index("letters")], lab.labels),
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


def mined(data: Labelled) -> list[LabelledPair]:
    """Texts of different groups that are like each other, and texts of one group that are, as pairs."""
    known = {frozenset((pair.left, pair.right)) for pair in data.pairs}
    index = Index()
    found = []
    for number, (text, group) in enumerate(data.groups):
        for other, _ in index.closest(text, NEIGHBOURS):
            other_text, other_group = data.groups[other]
            if other_text != text and frozenset((text, other_text)) not in known:
                found.append(LabelledPair(other_text, text, group == other_group, is_mined=group != other_group))
        index.add(number, text)
    return found


class Lab:
    """Pairs with all that is measured of them; near are those worth learning from, guarded what a guard blocks."""

    def __init__(self, pairs: Sequence[LabelledPair], vocabulary: Vocabulary) -> None:
        folded = {text: fold(text) for pair in pairs for text in (pair.left, pair.right)}
        known = dict(zip(folded, profiles([outline(text) for text in folded], vocabulary), strict=True))
        sides = {text: Side(Wording(text), each) for text, each in folded.items()}
        self.measured = features([known[pair.left] for pair in pairs], [known[pair.right] for pair in pairs])
        self.labels = np.array([pair.same for pair in pairs], np.float64)
        self.weights = np.array([MINED_WEIGHT if pair.is_mined else 1.0 for pair in pairs])
        self.near = self.measured[:, NAMES.index("weight_dice")] >= LEAST_SHARED
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
        if not pair.is_mined:
            parent[root(pair.left)] = root(pair.right)
    order: defaultdict[str, int] = defaultdict(lambda: len(order))
    return np.array([order[root(pair.left)] % FOLDS for pair in pairs], np.int64)


def fitted(measured: Features, labels: Features, weights: Features) -> Model:
    """A model without its words: networks from several starts, since each alone sways."""
    means, deviations = measured.mean(axis=0), np.maximum(measured.std(axis=0), 1e-3)
    inputs = np.clip((measured - means) / deviations, -FARTHEST, FARTHEST)
    networks = [trained(inputs, labels, weights, start) for start in range(NETWORKS)]
    return Model(
        means=means,
        deviations=deviations,
        weights=np.concatenate([into for into, _, _, _ in networks], axis=1),
        biases=np.concatenate([biases for _, biases, _, _ in networks]),
        outputs=np.concatenate([outputs for _, _, outputs, _ in networks]) / NETWORKS,
        shift=-float(np.mean([bias for _, _, _, bias in networks])),
        vocabulary=Vocabulary(),
    )


def trained(inputs: Features, labels: Features, weights: Features, start: int) -> tuple[Features, ...]:
    """One network, by Adam (Kingma and Ba, 2015) on the cross-entropy with L2."""
    dice = np.random.default_rng(start)
    width = inputs.shape[1]
    values = [
        dice.normal(0, (2 / width) ** 0.5, (width, HIDDEN)),
        np.zeros(HIDDEN),
        dice.normal(0, (1 / HIDDEN) ** 0.5, HIDDEN),
        np.zeros(1),
    ]
    moments = [(np.zeros_like(value), np.zeros_like(value)) for value in values]
    step = 0
    for _ in range(ROUNDS):
        order = dice.permutation(len(inputs))
        for begin in range(0, len(order), BATCH):
            rows = order[begin : begin + BATCH]
            step += 1
            slopes = gradients(values, inputs[rows], labels[rows], weights[rows])
            for value, slope, (first, second) in zip(values, slopes, moments, strict=True):
                first += 0.1 * (slope - first)
                second += 0.001 * (slope**2 - second)
                rate = STEP * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
                value -= rate * first / (np.sqrt(second) + 1e-8)
    return tuple(values)


def gradients(values: Sequence[Features], inputs: Features, labels: Features, weights: Features) -> list[Features]:
    """The slopes of the loss in each of the network's values."""
    into, biases, outputs, bias = values
    hidden = np.maximum(inputs @ into + biases, 0)
    odds = hidden @ outputs + bias[0]
    error = weights * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - labels) / len(labels)
    back = np.outer(error, outputs) * (hidden > 0)
    return [inputs.T @ back + L2 * into, back.sum(axis=0), hidden.T @ error + L2 * outputs, np.array([error.sum()])]


def best_shift(scores: Features, labels: Features) -> float:
    """The log odds from which pairs are grouped: the lowest that F1 allows, since grouping only takes away from it."""
    tried = np.arange(-1.5, 1.5, 0.05)
    f1 = np.array([figures(scores, labels, 100 / (1 + np.exp(-odds))).f1 for odds in tried])
    return float(tried[np.flatnonzero(f1 >= f1.max() - F1_TO_SPARE)[0]])


def best_figures(scores: Features, labels: Features) -> Figures:
    """The figures at the score that serves best."""
    return max((figures(scores, labels, at) for at in np.arange(30.0, 100.0, 1)), key=lambda found: found.f1)


def figures(scores: Features, labels: Features, at: float) -> Figures:
    """Precision, recall and F1 of what scores at least so much, and the area under the ROC curve."""
    given = scores >= at
    right = float((given & (labels > 0)).sum())
    precision, recall = right / max(given.sum(), 1), right / max(labels.sum(), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Figures(precision, recall, f1, area(scores, labels))


def area(scores: Features, labels: Features) -> float:
    """The chance that a pair that says the same scores higher than one that does not; ties count half."""
    values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    same, other = labels.sum(), len(labels) - labels.sum()
    return float((ranks[labels > 0].sum() - same * (same + 1) / 2) / max(same * other, 1)) if len(values) else 0.0
