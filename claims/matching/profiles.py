"""A folded wording as the pair scorer reads it: strings with one character for each word, so that RapidFuzz counts."""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from claims.matching.folding import Outline
from claims.matching.lexicon import STOP_STEMS

# Private code points for words: one character each, so that RapidFuzz compares bags of words in C.
FIRST_CODE_POINT: Final = 0x10000
CODE_POINTS: Final = 0x100000
# Where a word must not be taken for another, it has a number of 32 bits.
NUMBERS: Final = 1 << 32
MOST_FACTS: Final = 262_144
# Any odd factor: it spreads the runs of words over the numbers.
SPREAD: Final = 0x9E3779B1
# Set before a form, so that it is not taken for a concept.
FORM: Final = "="


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What a model knows of words.

    rarity has the natural logarithm of how many texts there are to one with the concept; rarest is that of what it
    does not know. The rest are log odds that two wordings say the same: lone where one of them alone has the concept,
    shared where both have it, lone_forms where one alone has the very form.
    """

    rarity: Mapping[str, float] = field(default_factory=dict)
    rarest: float = 1.0
    lone: Mapping[str, float] = field(default_factory=dict)
    shared: Mapping[str, float] = field(default_factory=dict)
    lone_forms: Mapping[str, float] = field(default_factory=dict)


class Profile(NamedTuple):
    """One wording, ready to be scored.

    line and sorted_line are its concepts as text. forms and content have one character for each word and for each
    concept that says something, in order; what ends in bag is sorted, so that the longest common subsequence of two
    is what they share. weights says how rare each concept that says something is, by its number; odds and lone_odds
    are what the words themselves say (see Vocabulary and Fact).
    """

    line: str
    sorted_line: str
    forms: str
    forms_bag: str
    pairs_bag: str
    triples_bag: str
    content: str
    content_bag: str
    content_pairs_bag: str
    names_bag: str
    figures_bag: str
    weights: Mapping[int, float]
    odds: Mapping[int, float]
    lone_odds: float


def profile(outline: Outline, vocabulary: Vocabulary) -> Profile:
    """The wording as it is scored."""
    known, known_forms = facts_by(vocabulary), form_facts_by(vocabulary)
    concepts = [known[concept] for concept in outline.concepts]
    forms = [known_forms[form] for form in outline.forms]
    said = [fact for fact in concepts if fact.says_something] or concepts
    form_codes = [fact.code for fact in forms]
    pairs = runs_of(form_codes, form_codes[1:])
    forms_line, content = line(forms), line(said)
    once = [*{fact.number: fact for fact in (*concepts, *forms)}.values()]
    return Profile(
        line=" ".join(outline.concepts),
        sorted_line=" ".join(sorted(outline.concepts)),
        forms=forms_line,
        forms_bag=bag(forms_line),
        pairs_bag=bag(characters(pairs)),
        triples_bag=bag(characters(runs_of(pairs, form_codes[2:]))),
        content=content,
        content_bag=bag(content),
        content_pairs_bag=bag(characters(runs_of([fact.code for fact in said], [fact.code for fact in said[1:]]))),
        names_bag=bag({fact.character for fact in said if fact.concept in outline.names}) if outline.names else "",
        figures_bag=bag(characters([number_of(figure) % CODE_POINTS for figure in outline.figures])),
        weights={fact.number: fact.rarity for fact in said},
        odds={fact.number: fact.odds for fact in once if fact.odds},
        lone_odds=sum([fact.lone for fact in once]),
    )


class Fact(NamedTuple):
    """What is known of a concept or a form by itself; code is what its number leaves for a character.

    odds is what it changes that the other wording has it too: a word that both have is lone in neither, so that both
    take back what they counted for it.
    """

    concept: str
    number: int
    code: int
    character: str
    says_something: bool
    rarity: float
    lone: float
    odds: float


class Facts(dict[str, Fact]):
    """What a model knows of each word, found out when it is first met."""

    def __init__(self, find_out: Callable[[str], Fact]) -> None:
        self.find_out = find_out

    def __missing__(self, word: str) -> Fact:
        """Find out about the word; a table that has grown too large begins anew."""
        if len(self) >= MOST_FACTS:
            self.clear()
        self[word] = fact = self.find_out(word)
        return fact


@lru_cache(maxsize=8)
def facts_by(vocabulary: Vocabulary) -> Facts:
    """What a model knows of concepts."""

    def find_out(concept: str) -> Fact:
        lone = vocabulary.lone.get(concept, 0.0)
        odds = vocabulary.shared.get(concept, 0.0) - 2 * lone
        rarity = vocabulary.rarity.get(concept, vocabulary.rarest)
        code = (number := number_of(concept)) % CODE_POINTS
        return Fact(concept, number, code, character(code), concept not in STOP_STEMS, rarity, lone, odds)

    return Facts(find_out)


@lru_cache(maxsize=8)
def form_facts_by(vocabulary: Vocabulary) -> Facts:
    """What a model knows of forms, each of which is set apart from the concept of the same letters."""

    def find_out(form: str) -> Fact:
        lone = vocabulary.lone_forms.get(form, 0.0)
        code = (number := number_of(FORM + form)) % CODE_POINTS
        return Fact(form, number, code, character(code), says_something=False, rarity=0.0, lone=lone, odds=-2 * lone)

    return Facts(find_out)


def line(facts: Iterable[Fact]) -> str:
    """The words' characters in their order."""
    return "".join([fact.character for fact in facts])


def runs_of(codes: Sequence[int], later: Sequence[int]) -> list[int]:
    """A number for every run of words and the word behind it, both given by their numbers."""
    return [(run * SPREAD + word) % CODE_POINTS for run, word in zip(codes, later, strict=False)]


def bag(characters_: Iterable[str]) -> str:
    """The characters in a fixed order."""
    return "".join(sorted(characters_))


def characters(codes: Iterable[int]) -> list[str]:
    """A character for each of the numbers; two words share one by chance once in a million."""
    return [chr(FIRST_CODE_POINT + number) for number in codes]


def character(code: int) -> str:
    """The character of one number."""
    return chr(FIRST_CODE_POINT + code)


def number_of(word: str) -> int:
    """The word's number, below NUMBERS."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))
