"""crfsuite at work: what it learns from examples, and the chain that fits sequences of features and labels."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from scrapers.statements.learned.chain import NO_FEATURE, Buckets, Chain

Sequences = Iterator[tuple[Buckets, Sequence[str]]]


class WatchedTrainer(pycrfsuite.Trainer):  # type: ignore[misc]
    """A trainer that says how many rounds are over."""

    watch: Callable[[int], None]

    def message(self, message: str) -> None:
        """Read crfsuite's report of its progress."""
        if self.logparser.feed(message) == "iteration":
            self.watch(int(self.logparser.last_iteration["num"]))


def trained(
    sequences: Sequences, labels: Sequence[str], settings: Mapping[str, float], watch: Callable[[int], None]
) -> Chain:
    """The chain that crfsuite fits to the sequences, whose features are named by their buckets."""
    trainer = WatchedTrainer(verbose=False)
    trainer.watch = watch
    for buckets, truth in sequences:
        trainer.append(
            [[str(bucket) for bucket in column if bucket != NO_FEATURE] for column in buckets.T.tolist()], truth
        )
    trainer.set_params({**settings, "feature.possible_transitions": True})
    fitted = learned(trainer)
    return Chain.fitted(labels, fitted.state_features, fitted.transitions)


def learned(trainer: pycrfsuite.Trainer) -> Any:
    """What a trainer with examples learns, its state_features and transitions; crfsuite gives them by a file alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "model"))
        trainer.train(path)
        with pycrfsuite.Tagger().open(path) as tagger:
            return tagger.info()
