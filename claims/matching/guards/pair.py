"""Two folded wordings side by side, and what a guard says about them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeVar, cast

from claims.matching.folding import Folded, Unit

Reading = TypeVar("Reading")

MOST_UNITS: Final = 1024


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


@dataclass(frozen=True)
class Wording:
    """The words of a statement, who made it, in which language, and whether its claimant denies it."""

    text: str
    claimant: str | None = None
    language: str = "und"
    denies: bool = False


@dataclass(frozen=True)
class Side:
    """One wording of a pair."""

    wording: Wording
    folded: Folded
    readings: dict[Callable[..., Any], object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units in order, so many as a claim can have: what is longer must not cost more."""
        return self.folded.units[:MOST_UNITS]

    @cached_property
    def content(self) -> tuple[Unit, ...]:
        """The units that say something by themselves, in order."""
        return tuple(unit for unit in self.units if unit.is_content)

    @cached_property
    def said(self) -> frozenset[str]:
        """The concepts that say something by themselves."""
        return frozenset(unit.concept for unit in self.content)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Every concept of the wording."""
        return frozenset(unit.concept for unit in self.folded.units)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the wording has each concept."""
        return Counter(unit.concept for unit in self.units)

    def read(self, reading: Callable[["Side"], Reading]) -> Reading:
        """What the reading finds in this side, remembered: a side meets many others."""
        if reading not in self.readings:
            self.readings[reading] = reading(self)
        return cast("Reading", self.readings[reading])

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
