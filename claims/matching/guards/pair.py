"""Two folded wordings side by side, and what a guard says about them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeVar

from claims.matching.folding import Folded, Unit
from claims.matching.folding.lexicon import STOP_STEMS

Reading = TypeVar("Reading")

MOST_UNITS: Final = 1024
UNREAD: Final[Any] = object()
FIGURE: Final = re.compile(r"\d")
CONCEPT: Final = attrgetter("concept")


class Rule(StrEnum):
    """What a guard looks at."""

    NUMBER = "number"
    DATE = "date"
    NEGATION = "negation"
    MODALITY = "modality"
    OPPOSITE = "opposite"
    NAME = "name"
    ROLES = "roles"
    CLAIMANT = "claimant"


class Weight(StrEnum):
    """What follows from a guard: the two cannot be one claim, a person must say, or a reviewer should know."""

    STOPS = "stops"
    ASKS = "asks"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Guard:
    """One difference that scores cannot see, as a reviewer reads it."""

    rule: Rule
    sentence: str
    weight: Weight


class Wording(NamedTuple):
    """The words of a statement, who made it, in which language, and whether its claimant denies it."""

    text: str
    claimant: str | None = None
    language: str = "und"
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One wording of a pair, with what most guards look at.

    units are those of the folded wording in order, so many as a claim can have: what is longer must not cost more.
    forms has the form of each, content the units that say something by themselves, said their concepts. concepts are
    those of the whole wording, and parts all its words ("could" and "not" of "couldn't"), so that a reading which none
    of them concerns can say so at once. has_figures where there may be a number, a year or a date.
    """

    wording: Wording
    folded: Folded
    units: tuple[Unit, ...] = field(init=False, repr=False, compare=False)
    forms: tuple[str, ...] = field(init=False, repr=False, compare=False)
    content: tuple[Unit, ...] = field(init=False, repr=False, compare=False)
    said: frozenset[str] = field(init=False, repr=False, compare=False)
    concepts: frozenset[str] = field(init=False, repr=False, compare=False)
    parts: frozenset[str] = field(init=False, repr=False, compare=False)
    has_figures: bool = field(init=False, repr=False, compare=False)
    readings: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look once at what every guard would look at again: a property that remembers costs more than this."""
        words, text, units = self.folded.words, self.folded.text, self.folded.units[:MOST_UNITS]
        content = tuple([unit for unit in units if unit.concept not in STOP_STEMS])
        # Where no form is of two words, as "could not" is, the forms are the parts as well, and need not be cut anew.
        forms = [word.form for word in words] if text.count(" ") < len(words) else text.split()
        remember = object.__setattr__
        remember(self, "units", units)
        remember(self, "forms", tuple([words[unit.first].form for unit in units]))
        remember(self, "content", content)
        remember(self, "said", frozenset(map(CONCEPT, content)))
        remember(self, "concepts", frozenset(map(CONCEPT, self.folded.units)))
        remember(self, "parts", frozenset(forms))
        # Numbers, years and dates have digits in their forms, however they were written. Most texts are all letters,
        # which is sooner seen.
        remember(self, "has_figures", not text.replace(" ", "").isalpha() and FIGURE.search(text) is not None)

    def read(self, reading: Callable[["Side"], Reading]) -> Reading:
        """What the reading finds in this side, remembered: a side meets many others."""
        found: Reading = self.readings.get(reading, UNREAD)
        if found is UNREAD:
            found = self.readings[reading] = reading(self)
        return found

    def form(self, unit: Unit) -> str:
        """The first word of the unit in the form it has here: "could", where the concept is that of "can"."""
        return self.folded.words[unit.first].form

    def shown(self, units: Iterable[Unit]) -> str:
        """The units as the wording has them, each once, joined for a sentence."""
        return " and ".join(dict.fromkeys(self.folded.shown(unit) for unit in units))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings that guards look at."""

    left: Side
    right: Side

    def each_says_more(self) -> bool:
        """Whether each of the two says something that the other does not say at all."""
        return not (self.left.said <= self.right.concepts or self.right.said <= self.left.concepts)
