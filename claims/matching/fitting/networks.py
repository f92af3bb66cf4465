"""Small networks that learn from the features of pairs which of them say the same, and the model that they make."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from claims.matching.scoring.features import Features
from claims.matching.scoring.scorers import FARTHEST, Model
from claims.matching.scoring.vocabulary import Vocabulary

NETWORKS: Final = 8
HIDDEN: Final = 16
ROUNDS: Final = 30
BATCH: Final = 128
STEP: Final = 2e-3
L2: Final = 0.002


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
