"""Folded wordings as the pair scorer reads them: strings with one character for each word, so that RapidFuzz counts."""

from collections.abc import Collection, Sequence
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.matching.folding import Outline
from claims.matching.scoring.vocabulary import (
    CODES,
    NUMBERS,
    Facts,
    Known,
    Numbers,
    Rows,
    Vocabulary,
    Weights,
    concept_facts,
    form_facts,
)

# Private code points for words: one character each, so that RapidFuzz compares bags of words in C.
FIRST_CODE_POINT: Final = 0x10000
# Any odd factor: it spreads the runs of words over the codes.
SPREAD: Final = 0x9E3779B1


class Profile(NamedTuple):
    """One wording, ready to be scored.

    line and sorted_line are its concepts as text. forms and content have one character for each word and for each
    concept that says something, in order; what ends in bag is sorted, so that the longest common subsequence of two
    is what they share. weights says how rare each concept of numbers is, which are those that say something, and
    vector_rows where its vector is; odds, by the words of telling, and lone_odds are what the words themselves say (see
    Vocabulary and Known).
    """

    line: str
    sorted_line: str
    forms: str
    forms_bag: str
    pairs_bag: str
    content: str
    content_bag: str
    content_pairs_bag: str
    names_bag: str
    figures_bag: str
    numbers: Numbers
    weights: Weights
    vector_rows: Rows
    telling: Numbers
    odds: Weights
    lone_odds: float


class Codes(NamedTuple):
    """Words of many wordings as codes below CODES, and which wording each is of, which never goes back."""

    rows: Numbers
    codes: Numbers

    def where(self, kept: NDArray[np.bool_]) -> "Codes":
        """Some of the words."""
        return Codes(self.rows[kept], self.codes[kept])

    def neighbours(self) -> "Codes":
        """A code for every two words of one wording that follow each other."""
        codes = (self.codes[:-1] * SPREAD + self.codes[1:]) % CODES
        return Codes(self.rows[:-1], codes).where(self.rows[:-1] == self.rows[1:])

    def lines(self, size: int) -> list[str]:
        """The words of each of so many wordings, in order, as characters."""
        characters = (self.codes + FIRST_CODE_POINT).astype("<u4").tobytes().decode("utf-32-le")
        return parts(characters, self.rows, size)

    def bags(self, size: int) -> list[str]:
        """The words of each of so many wordings, sorted, as characters."""
        keys = self.rows * CODES + self.codes
        keys.sort()
        return Codes(self.rows, keys % CODES).lines(size)


def profiles(outlines: Sequence[Outline], vocabulary: Vocabulary) -> list[Profile]:
    """The wordings as they are scored; many at once cost a third of what they cost alone."""
    size = len(outlines)
    by_concept, by_form = concept_facts(vocabulary), form_facts(vocabulary)
    concept_rows, concepts = known_of([outline.concepts for outline in outlines], by_concept)
    form_rows, forms = known_of([outline.forms for outline in outlines], by_form)
    name_rows, names = known_of([outline.names for outline in outlines], by_concept)
    figure_rows, figures = known_of([outline.figures for outline in outlines], by_concept)
    # A wording none of whose words says something is scored by all of them.
    is_mute = np.bincount(concept_rows[concepts.says_something], minlength=size) == 0
    is_said, is_named = (
        known.says_something | is_mute[rows] for rows, known in ((concept_rows, concepts), (name_rows, names))
    )
    form_codes = Codes(form_rows, forms.numbers % CODES)
    content = Codes(concept_rows, concepts.numbers % CODES).where(is_said)
    rows, numbers, firsts = each_once(concept_rows[is_said], concepts.numbers[is_said])
    weights, vector_rows = (facts[is_said][firsts] for facts in (concepts.rarity, concepts.vector_rows))
    all_rows, words, firsts = each_once(
        np.concatenate([concept_rows, form_rows]), np.concatenate([concepts.numbers, forms.numbers])
    )
    lone = np.concatenate([concepts.lone, forms.lone])[firsts]
    odds = np.concatenate([concepts.odds, forms.odds])[firsts]
    is_telling = odds != 0
    return [
        Profile(*columns)
        for columns in zip(
            [" ".join(outline.concepts) for outline in outlines],
            [" ".join(sorted(outline.concepts)) for outline in outlines],
            form_codes.lines(size),
            form_codes.bags(size),
            form_codes.neighbours().bags(size),
            content.lines(size),
            content.bags(size),
            content.neighbours().bags(size),
            Codes(name_rows, names.numbers % CODES).where(is_named).bags(size),
            Codes(figure_rows, figures.numbers % CODES).bags(size),
            parts(numbers, rows, size),
            parts(weights, rows, size),
            parts(vector_rows, rows, size),
            parts(words[is_telling], all_rows[is_telling], size),
            parts(odds[is_telling], all_rows[is_telling], size),
            np.bincount(all_rows, weights=lone, minlength=size).tolist(),
            strict=True,
        )
    ]


def known_of(words: Sequence[Collection[str]], facts: Facts) -> tuple[Numbers, Known]:
    """What is known of every word of every wording, and which wording it is of."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return np.repeat(np.arange(len(words)), lengths), facts.known(chain.from_iterable(words), int(lengths.sum()))


def each_once(rows: Numbers, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Each wording's words by their numbers, each once: the wordings, the numbers, and where each was first."""
    keys, firsts = np.unique(rows * NUMBERS + numbers, return_index=True)
    return keys // NUMBERS, keys % NUMBERS, firsts


def parts(whole: Any, rows: Numbers, size: int) -> list[Any]:
    """What of a string or an array belongs to each of so many wordings, given which one each place is of."""
    ends = np.bincount(rows, minlength=size).cumsum().tolist()
    return [whole[start:end] for start, end in pairwise([0, *ends])]
