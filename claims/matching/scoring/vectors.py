"""What words mean, as far as a model was told: a few whole numbers each, much the same where words are used alike."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

# A number from -LARGEST to LARGEST is one letter of these in a model's file, as in base64; the one in the middle is 0.
LETTERS: Final = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
MIDDLE: Final = len(LETTERS) // 2
LARGEST: Final = MIDDLE - 1
NO_NUMBER: Final = -1

Vectors = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """The vectors of words: that of a word is table[rows[word]], of whole numbers, and lengths has how long each is.

    Row 0, of length 1, is that of all words that have none. What is whole is added up without an error, in any order.
    """

    rows: Mapping[str, int]
    table: Vectors
    lengths: NDArray[np.float64]


def word_vectors(letters: Mapping[str, str]) -> WordVectors:
    """The vectors that a model's file has as letters; ValueError where it is something else, or not all are as long."""
    known = np.full(128, NO_NUMBER, np.int8)
    known[[ord(letter) for letter in LETTERS]] = np.arange(len(LETTERS))
    width = len(next(iter(letters.values()), " "))
    if any(len(each) != width for each in letters.values()) or not width:
        raise ValueError("vectors of other lengths")
    codes = np.array(bytearray("".join(letters.values()), "ascii"), np.uint8)
    numbers = known[codes].astype(np.float32).reshape(-1, width)
    if (numbers == NO_NUMBER).any():
        raise ValueError("a vector of other letters")
    table = np.concatenate([np.zeros((1, width), np.float32), numbers - MIDDLE])
    lengths = np.sqrt((table.astype(np.float64) ** 2).sum(axis=1))
    return WordVectors({word: row for row, word in enumerate(letters, 1)}, table, np.where(lengths > 0, lengths, 1.0))


def as_letters(vectors: NDArray[np.floating], words: Sequence[str]) -> dict[str, str]:
    """The vectors of these words as a model's file has them, each as long as whole numbers up to LARGEST allow."""
    highest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    numbers = np.round(vectors * (LARGEST / highest)).astype(np.int64) + MIDDLE
    return {
        word: "".join([LETTERS[number] for number in row]) for word, row in zip(words, numbers.tolist(), strict=True)
    }
