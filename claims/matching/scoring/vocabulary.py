"""What a model knows of words, and that of many words at once."""

import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from claims.matching.folding.lexicon import STOP_STEMS
from claims.matching.scoring.vectors import NO_VECTORS, WordVectors

Numbers: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.int32]

# A word is told from others by a number of 32 bits, and in strings by one character, which two share once in a million.
NUMBERS: Final = 1 << 32
CODES: Final = 1 << 20
MOST_FACTS: Final = 262_144
# Set before a form, so that it is not taken for a concept.
FORM: Final = "="


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What a model knows of words.

    rarity has the natural logarithm of how many texts there are to one with the concept; rarest is that of what it
    does not know. The rest are log odds that two wordings say the same: lone where one of them alone has the concept,
    shared where both have it, lone_forms where one alone has the very form. vectors are those of concepts.
    """

    rarity: Mapping[str, float] = field(default_factory=dict)
    rarest: float = 1.0
    lone: Mapping[str, float] = field(default_factory=dict)
    shared: Mapping[str, float] = field(default_factory=dict)
    lone_forms: Mapping[str, float] = field(default_factory=dict)
    vectors: WordVectors = NO_VECTORS


class Known(NamedTuple):
    """What is known of some words, in their order: each one's number, whether it says something, how rare it is.

    lone is what it changes that one wording alone has the word, odds what it changes that the other has it too: a word
    that both have is lone in neither, so that both take back what they counted for it. vector_rows
    says where the vectors are.
    """

    numbers: Numbers
    says_something: NDArray[np.bool_]
    rarity: Weights
    lone: Weights
    odds: Weights
    vector_rows: Rows


class Places(dict[str, int]):
    """Where words are noted; of a new one it is found out."""

    def __init__(self, learned: Callable[[str], int]) -> None:
        super().__init__()
        self.learned = learned

    def __missing__(self, word: str) -> int:
        """Find out about the word."""
        return self.learned(word)


class Facts:
    """What a vocabulary knows of concepts, or of forms, found out when a word is first met."""

    def __init__(self, vocabulary: Vocabulary, *, of_forms: bool) -> None:
        self.vocabulary = vocabulary
        self.of_forms = of_forms
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, with what is known of no word at all."""
        self.places = Places(self.learned)
        self.places[""] = 0
        self.numbers = array("q", [0])
        self.says_something = array("b", [False])
        self.rarity, self.lone, self.odds = array("d", [0]), array("d", [0]), array("d", [0])
        self.vector_rows = array("i", [0])

    def known(self, words: Iterable[str], size: int) -> Known:
        """What is known of so many words."""
        with self.lock:
            if len(self.places) >= MOST_FACTS:
                self.forget()
            places = np.fromiter(map(self.places.__getitem__, words), np.int32, size)
            return Known(
                numbers=np.frombuffer(self.numbers, np.int64)[places],
                says_something=np.frombuffer(self.says_something, np.bool_)[places],
                rarity=np.frombuffer(self.rarity)[places],
                lone=np.frombuffer(self.lone)[places],
                odds=np.frombuffer(self.odds)[places],
                vector_rows=np.frombuffer(self.vector_rows, np.int32)[places],
            )

    def learned(self, word: str) -> int:
        """Find out about a word, and where it is noted."""
        vocabulary = self.vocabulary
        lone = (vocabulary.lone_forms if self.of_forms else vocabulary.lone).get(word, 0.0)
        self.numbers.append(number_of(FORM + word if self.of_forms else word))
        self.says_something.append(not self.of_forms and word not in STOP_STEMS)
        self.rarity.append(0.0 if self.of_forms else vocabulary.rarity.get(word, vocabulary.rarest))
        self.lone.append(lone)
        self.odds.append((0.0 if self.of_forms else vocabulary.shared.get(word, 0.0)) - 2 * lone)
        self.vector_rows.append(0 if self.of_forms else vocabulary.vectors.rows.get(word, 0))
        self.places[word] = place = len(self.places)
        return place


@lru_cache(maxsize=8)
def concept_facts(vocabulary: Vocabulary) -> Facts:
    """What a model knows of concepts."""
    return Facts(vocabulary, of_forms=False)


@lru_cache(maxsize=8)
def form_facts(vocabulary: Vocabulary) -> Facts:
    """What a model knows of forms, each of which is set apart from the concept of the same letters."""
    return Facts(vocabulary, of_forms=True)


def number_of(word: str) -> int:
    """The word's number, below NUMBERS."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))
