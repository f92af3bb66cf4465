"""A linear-chain conditional random field as numbers: weights in buckets, and how likely each label of each token is.

crfsuite fits it; applying it takes numpy alone, for all sentences of a text at once.
"""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from claims.errors import InvalidDraft

Codes = npt.NDArray[np.uint64]
Buckets = npt.NDArray[np.int32]
Table = npt.NDArray[np.generic]
Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

# Features share a bucket where their hashes do. Of 2**22 buckets a fitted model fills some ten thousand.
BUCKET_BITS = 22
NO_FEATURE = 0
MIX = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(64 - BUCKET_BITS)
FOLD = np.uint64(29)
MAX_FEATURES = 500_000
# So often the sums are brought back to one: in between they stay within what a number can hold.
EACH_SCALED = 8
SCORED_AT_ONCE = 10_000
MAX_LABELS = 16
MAX_UNPACKED_BYTES = 50_000_000
# What a file that is no model, or a damaged one, makes numpy and zip raise.
UNREADABLE = (OSError, ValueError, KeyError, EOFError, TypeError, MemoryError, zipfile.BadZipFile, zlib.error)


@lru_cache(maxsize=50_000)
def code(name: str) -> int:
    """A number for a word or a class, the same on every machine."""
    return crc32(name.encode("utf-8", "surrogatepass"))


@lru_cache
def stirred(template: str) -> int:
    """The template's number as every one of its features begins with it."""
    number = code(template)
    return (number ^ (number >> int(FOLD))) * int(MIX) % (1 << 64)


def buckets(
    template: str, *columns: npt.NDArray[np.unsignedinteger[Any] | np.signedinteger[Any] | np.bool_]
) -> Buckets:
    """The bucket of each token's feature: the template's name with the values of the columns.

    Where it is bucket 0, which stands for no feature, there is none.
    """
    mixed = columns[0].astype(np.uint64) + np.uint64(stirred(template))
    moved = np.empty_like(mixed)
    for column in columns[1:]:
        stir(mixed, moved)
        mixed += column.astype(np.uint64, copy=False)
    stir(mixed, moved)
    mixed >>= SHIFT
    return mixed.astype(np.int32)


def stir(mixed: Codes, moved: Codes) -> None:
    """Mix the bits of each number in place; moved is room to work in."""
    np.right_shift(mixed, FOLD, out=moved)
    np.bitwise_xor(mixed, moved, out=mixed)
    np.multiply(mixed, MIX, out=mixed)


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The weights of one model: a row of weights, one for each label, for each bucket that is used."""

    labels: tuple[str, ...]
    used: Buckets
    weights: npt.NDArray[np.float32]
    transitions: Numbers
    row_of: Buckets

    @classmethod
    def of(cls, labels: Sequence[str], used: Buckets, weights: npt.NDArray[np.float32], transitions: Numbers) -> Self:
        """The chain with its table from buckets to rows; row 0 has no weight."""
        row_of = np.zeros(1 << BUCKET_BITS, dtype=np.int32)
        row_of[used] = np.arange(1, len(used) + 1, dtype=np.int32)
        padded = np.vstack([np.zeros((1, len(labels)), dtype=np.float32), weights.astype(np.float32)])
        return cls(tuple(labels), used, padded, transitions.astype(np.float64), row_of)

    @classmethod
    def fitted(
        cls, labels: Sequence[str], state: Mapping[tuple[str, str], float], moves: Mapping[tuple[str, str], float]
    ) -> Self:
        """The chain of what crfsuite fitted: weights by bucket and label, and by label and next label."""
        used = np.array(sorted({int(bucket) for bucket, _ in state}), dtype=np.int32)
        row = {int(bucket): i for i, bucket in enumerate(used)}
        column = {label: i for i, label in enumerate(labels)}
        weights = np.zeros((len(used), len(labels)), dtype=np.float32)
        for (bucket, label), weight in state.items():
            weights[row[int(bucket)], column[label]] = weight
        transitions = np.zeros((len(labels), len(labels)))
        for (left, right), weight in moves.items():
            transitions[column[left], column[right]] = weight
        return cls.of(labels, used, weights.astype(np.float16).astype(np.float32), transitions)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The chain in a file; InvalidDraft where it is none, or none that could be applied."""
        try:
            refuse_bomb(path)
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                tables = [file[name] for name in ("labels", "used", "weights", "transitions")]
        except UNREADABLE as error:
            raise InvalidDraft(f"{path}: this is no model that can be read ({type(error).__name__}).") from error
        labels, used, weights, transitions = tables
        if not fit_each_other(labels, used, weights, transitions):
            raise InvalidDraft(f"{path}: the model's tables do not fit each other. Fit it anew.")
        return cls.of([str(label) for label in labels], used.astype(np.int32), weights.astype(np.float32), transitions)

    def write(self, path: Path) -> None:
        """Put the chain into a file."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                labels=np.array(self.labels),
                used=self.used,
                weights=self.weights[1:].astype(np.float16),
                transitions=self.transitions,
            )

    def likelihoods(self, features: Buckets, lengths: Counts) -> Numbers:
        """How likely each label is of each token, a row a token.

        features has a row for each template and a column for each token; the tokens of all sequences stand one after
        another, lengths tells how many each has.
        """
        scores = np.empty((features.shape[1], len(self.labels)))
        for start in range(0, len(scores), SCORED_AT_ONCE):
            part = slice(start, start + SCORED_AT_ONCE)
            scores[part] = self.weights[self.row_of[features[:, part]]].sum(axis=0)
        return likelihoods(scores, self.transitions, lengths)


def refuse_bomb(path: Path) -> None:
    """Raise ValueError where the file is no plain zip file, or unpacks to more than any model has."""
    if not path.is_file():
        raise ValueError("no plain file")
    with zipfile.ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > MAX_UNPACKED_BYTES:
            raise ValueError("too big")


def fit_each_other(labels: Table, used: Table, weights: Table, transitions: Table) -> bool:
    """Whether the tables are of the right kinds, of shapes that belong together, and all their numbers are finite."""
    kinds = (labels.dtype.kind, used.dtype.kind, weights.dtype.kind, transitions.dtype.kind)
    if kinds != ("U", "i", "f", "f") or labels.ndim != 1 or used.ndim != 1:
        return False
    if not 0 < len(labels) <= MAX_LABELS or not 0 < len(used) <= MAX_FEATURES:
        return False
    if weights.shape != (len(used), len(labels)) or transitions.shape != (len(labels), len(labels)):
        return False
    in_range = int(used.min()) > NO_FEATURE and int(used.max()) < 1 << BUCKET_BITS
    return in_range and bool(np.isfinite(weights).all() and np.isfinite(transitions).all())


def likelihoods(scores: Numbers, transitions: Numbers, lengths: Counts) -> Numbers:
    """Each label's marginal likelihood, by the forward and backward sums (Lafferty, McCallum and Pereira, 2001)."""
    result = np.empty_like(scores)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    potentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    moves = np.exp(transitions)
    # Sequences of like length go together, so that little is computed for padding.
    by_length = np.argsort(lengths, kind="stable")
    for group in np.array_split(by_length, max(1, len(by_length) // 16)):
        longest = int(max((lengths[i] for i in group), default=0))
        if longest:
            places = starts[group][:, None] + np.arange(longest)
            inside = places < ends[group][:, None]
            result[places[inside]] = padded_likelihoods(potentials[np.where(inside, places, 0)], inside, moves)[inside]
    return result


def padded_likelihoods(potentials: Numbers, inside: npt.NDArray[np.bool_], moves: Numbers) -> Numbers:
    """The marginals of sequences of equal length; where inside is false there is only padding."""
    potentials = np.where(inside[:, :, None], potentials, 1.0)
    count, longest, labels = potentials.shape
    forward, backward = np.empty_like(potentials), np.empty_like(potentials)
    state = potentials[:, 0] / potentials[:, 0].sum(axis=1, keepdims=True)
    forward[:, 0] = state
    for at in range(1, longest):
        state = (state @ moves) * potentials[:, at]
        if at % EACH_SCALED == 0:
            state /= state.sum(axis=1, keepdims=True)
        forward[:, at] = state
    state = np.full((count, labels), 1.0 / labels)
    backward[:, longest - 1] = state
    for at in range(longest - 2, -1, -1):
        moved = (state * potentials[:, at + 1]) @ moves.T
        if at % EACH_SCALED == 0:
            moved /= moved.sum(axis=1, keepdims=True)
        # Behind a sequence's end nothing is known yet.
        state = np.where(inside[:, at + 1, None], moved, 1.0 / labels)
        backward[:, at] = state
    both = forward * backward
    marginals: Numbers = both / both.sum(axis=2, keepdims=True)
    return marginals
