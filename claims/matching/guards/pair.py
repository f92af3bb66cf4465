"""Two folded wordings side by side, and what a guard says about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from claims.matching.folding import Folded, Unit


class Rule(StrEnum):
    """What a guard looks at."""

    NUMBER = "number"
    DATE = "date"
    NEGATION = "negation"
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

    @cached_property
    def content(self) -> tuple[Unit, ...]:
        """The units that say something by themselves, in order."""
        return tuple(unit for unit in self.folded.units if unit.is_content)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Every concept of the wording."""
        return frozenset(unit.concept for unit in self.folded.units)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the wording has each concept."""
        return Counter(unit.concept for unit in self.folded.units)

    def shown(self, units: Iterable[Unit]) -> str:
        """The units as the wording has them, each once, joined for a sentence."""
        return " and ".join(dict.fromkeys(self.folded.shown(unit) for unit in units))


@dataclass(frozen=True)
class Pair:
    """Two wordings that guards look at."""

    left: Side
    right: Side

    @cached_property
    def only_left(self) -> tuple[Unit, ...]:
        """The left side's content that the right side lacks."""
        return tuple(unit for unit in self.left.content if unit.concept not in self.right.concepts)

    @cached_property
    def only_right(self) -> tuple[Unit, ...]:
        """The right side's content that the left side lacks."""
        return tuple(unit for unit in self.right.content if unit.concept not in self.left.concepts)
