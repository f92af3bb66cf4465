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

Vectors = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """The vectors of words: that of a word is table[rows[word]], of whole numbers, and lengths has how long each is.

    Row 0, of length 1, is that of all words that have none. What is whole is added up without an error, in any order.
    """

    rows: Mapping[str, int]
    table: Vectors
    lengths: NDArray[np.float64]

    def __len__(self) -> int:
        """How many words have a vector."""
        return len(self.rows)

    def as_letters(self) -> dict[str, str]:
        """The vectors as a model's file has them, by their words in order."""
        return {word: letters_of(self.table[row].tolist()) for word, row in sorted(self.rows.items())}


def word_vectors(letters: Mapping[str, str]) -> WordVectors:
    """The vectors that a model's file has as letters; ValueError where it is something else, or not all are as long."""
    known = np.full(128, NO_NUMBER, np.int8)
    known[[ord(letter) for letter in LETTERS]] = np.arange(len(LETTERS))
    width = len(next(iter(letters.values()), " "))
    if any(len(each) != width for each in letters.values()) or not width:
        raise ValueError("vectors of other lengths")
    codes = np.array(bytearray("".join(letters.values()), "ascii"), np.uint8)
    numbers = known[codes].reshape(-1, width)
    if (numbers == NO_NUMBER).any():
        raise ValueError("a vector of other letters")
    table = np.zeros((len(numbers) + 1, width), np.int8)
    table[1:] = numbers - MIDDLE
    lengths = np.sqrt(np.einsum("ij,ij->i", table, table, dtype=np.float64))
    return WordVectors({word: row for row, word in enumerate(letters, 1)}, table, np.where(lengths > 0, lengths, 1.0))


def as_letters(vectors: NDArray[np.floating], words: Sequence[str]) -> dict[str, str]:
    """The vectors of these words as a model's file has them, each as long as whole numbers up to LARGEST allow."""
    highest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    numbers = np.round(vectors * (LARGEST / highest)).astype(np.int64)
    return dict(zip(words, map(letters_of, numbers.tolist()), strict=True))


def letters_of(numbers: Sequence[int]) -> str:
    """Whole numbers as letters."""
    return "".join([LETTERS[number + MIDDLE] for number in numbers])


NO_VECTORS: Final = word_vectors({})
