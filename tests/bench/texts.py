"""Claim-like English texts without end, the same for the same seed: facts, said anew, said otherwise, contradicted.

No sentence comes from elsewhere. A fact is a frame with its blanks filled; a frame holds wordings that say the same and
wordings that say the opposite. News come in waves, so what is repeated is one of the latest facts.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Final

from tests.bench import vocabulary
from tests.bench.vocabulary import common_first

# Of a hundred texts, this many are facts that nobody stated before; the others repeat one of the latest.
NEW_SHARE: Final = 0.7
OPPOSITE_SHARE: Final = 0.2
LATEST_FACTS: Final = 3_000


@dataclass(frozen=True, slots=True)
class Frame:
    """Wordings of one statement and of its opposite, with blanks such as {town}; {town_2} is another town."""

    same: tuple[str, ...]
    opposite: tuple[str, ...]


class Filling(dict[str, str]):
    """What stands in the blanks of one fact, drawn when first asked for."""

    def __init__(self, dice: Random) -> None:
        super().__init__()
        self.dice = dice

    def __missing__(self, blank: str) -> str:
        self[blank] = drawn = DRAWN[blank.partition("_")[0]](self.dice)
        return drawn


def drawn_from(words: list[str]) -> Callable[[Random], str]:
    """What draws one of the words, the first ones most often."""
    return lambda dice: common_first(dice, words)


DRAWN: Final[dict[str, Callable[[Random], str]]] = {
    "person": vocabulary.person,
    "town": vocabulary.town,
    "company": vocabulary.company,
    "number": vocabulary.figure,
    "percent": vocabulary.percentage,
    "year": vocabulary.year,
    "day": vocabulary.day,
    "country": drawn_from(vocabulary.COUNTRIES),
    "office": drawn_from(vocabulary.OFFICES),
    "role": drawn_from(vocabulary.ROLES),
    "project": drawn_from(vocabulary.PROJECTS),
    "goods": drawn_from(vocabulary.GOODS),
    "people": drawn_from(vocabulary.PEOPLE),
    "measure": drawn_from(vocabulary.MEASURES),
    "cause": drawn_from(vocabulary.CAUSES),
    "weekday": drawn_from(vocabulary.WEEKDAYS),
    "manner": drawn_from(vocabulary.MANNERS),
    "kind": drawn_from(vocabulary.KINDS),
}

FRAMES: Final = (
    Frame(
        (
            "{country} bought {number} tonnes of {goods} from {country_2} in {year}",
            "in {year}, {country_2} sold {country} {number} tonnes of {goods}",
            "{number} tonnes of {goods} were purchased by {country} from {country_2} in {year}",
        ),
        (
            "{country} never bought any {goods} from {country_2} in {year}",
            "{country_2} bought {number} tonnes of {goods} from {country} in {year}",
        ),
    ),
    Frame(
        (
            "the {office} of {country} will build a {kind} {project} in {town}",
            "{town} is to get a {kind} {project}, built by the {office} of {country}",
            "a {kind} {project} will be built in {town} by the {office} of {country}",
        ),
        (
            "the {office} of {country} will not build a {kind} {project} in {town}",
            "the {office} of {country} will close the {kind} {project} in {town}",
        ),
    ),
    Frame(
        (
            "{measure} in {town} rose by {percent} percent between {year} and {year_2}",
            "between {year} and {year_2}, {measure} in {town} went up {percent}%",
            "{town} saw {measure} climb by {percent} percent from {year} to {year_2}",
        ),
        (
            "{measure} in {town} fell by {percent} percent between {year} and {year_2}",
            "{measure} in {town} did not rise between {year} and {year_2}",
        ),
    ),
    Frame(
        (
            "{person}, the {role} of {town}, resigned on {day} after the {cause}",
            "after the {cause}, {role} {person} of {town} stepped down on {day}",
            "{role} {person} gave up office in {town} on {day}, following the {cause}",
        ),
        (
            "{person}, the {role} of {town}, refused to resign after the {cause}",
            "{person}, the {role} of {town}, denied having resigned on {day}",
        ),
    ),
    Frame(
        (
            "{number} {people} were left without {goods} by the {cause} in {town}",
            "the {cause} in {town} left {number} {people} without {goods}",
        ),
        (
            "{number_2} {people} were left without {goods} by the {cause} in {town}",
            "no {people} were left without {goods} by the {cause} in {town}",
        ),
    ),
    Frame(
        (
            "{company} is cutting {number} jobs at its {town} site and moving them to {country}",
            "{company} moves {number} jobs from {town} to {country}",
            "{number} jobs will go at the {town} site of {company}, to be moved to {country}",
        ),
        (
            "{company} is creating {number} jobs at its {town} site",
            "{company} moves {number_2} jobs from {town} to {country}",
        ),
    ),
    Frame(
        (
            "{country} had no choice but to buy {goods} from {company}, {role} {person} said on {weekday}",
            "{role} {person} said on {weekday} that {country} was forced to purchase {goods} from {company}",
        ),
        (
            "{country} chose freely to buy {goods} from {company}, {role} {person} said on {weekday}",
            "{country} was not forced to buy {goods} from {company}, {role} {person} said on {weekday}",
        ),
    ),
    Frame(
        (
            "the {kind} {project} near {town} cost {number} dollars, {percent} percent more than planned",
            "at {number} dollars, the {kind} {project} near {town} was {percent}% over budget",
        ),
        (
            "the {kind} {project} near {town} cost {number} dollars, {percent} percent less than planned",
            "the {kind} {project} near {town} did not cost more than planned",
        ),
    ),
    Frame(
        (
            "{percent} percent of {people} in {country} support the {kind} {project}, a survey by {company} found",
            "a survey by {company} found that {percent}% of {people} in {country} are for the {kind} {project}",
        ),
        (
            "{percent} percent of {people} in {country} oppose the {kind} {project}, a survey by {company} found",
            "{percent_2} percent of {people} in {country} support the {kind} {project}, a survey by {company} found",
        ),
    ),
    Frame(
        (
            "{person} {manner} told the {office} that {company} had paid {number} euros to {person_2}",
            "{company} had paid {person_2} {number} euros, {person} {manner} told the {office}",
        ),
        (
            "{person} {manner} told the {office} that {person_2} had paid {number} euros to {company}",
            "{person} {manner} told the {office} that {company} had not paid {person_2}",
        ),
    ),
    Frame(
        (
            "the {office} in {town} banned {people} from the {project} until {day}",
            "until {day}, {people} may not use the {project} in {town}, the {office} ruled",
        ),
        (
            "the {office} in {town} allowed {people} into the {project} until {day}",
            "the {office} in {town} did not ban {people} from the {project}",
        ),
    ),
    Frame(
        (
            "{country} and {country_2} signed a treaty on {goods} in {town} on {day} {year}",
            "a treaty on {goods} was signed by {country} and {country_2} in {town} on {day} {year}",
        ),
        (
            "{country} and {country_2} failed to sign a treaty on {goods} in {town} on {day} {year}",
            "{country} and {country_2} signed a treaty on {goods} in {town} on {day_2} {year}",
        ),
    ),
    Frame(
        (
            "{measure} in {country} must fall before the {project} in {town} can open, {person} said",
            "the {project} in {town} cannot open until {measure} in {country} falls, according to {person}",
        ),
        ("{measure} in {country} may fall after the {project} in {town} has opened, {person} said",),
    ),
    Frame(
        (
            "{person} won {number} votes in {town}, {percent} percent of all, the {office} announced on {weekday}",
            "with {number} votes, {person} took {percent}% in {town}, the {office} said {weekday}",
        ),
        (
            "{person} lost {number} votes in {town}, {percent} percent of all, the {office} announced on {weekday}",
            "{person} won {number_2} votes in {town}, the {office} announced on {weekday}",
        ),
    ),
)
LEADS: Final = ("", "", "", "", "It is true that ", "Officials say ", "Reports claim that ", "As of today, ")
TAILS: Final = (
    "",
    "",
    "",
    "",
    ", {person_9} said",
    ", according to {company_9}",
    ", the {office_9} of {country_9} says",
)
ENDS: Final = (".", ".", "", "!")

Fact = tuple[Frame, Filling]


def statements(count: int, seed: int = 0) -> list[str]:
    """So many texts; a longer list from the same seed begins with the shorter one."""
    return list(islice(every_statement(Random(seed)), count))


def every_statement(dice: Random) -> Iterator[str]:
    """Texts without end, new facts among repeated and contradicted ones."""
    latest: deque[Fact] = deque(maxlen=LATEST_FACTS)
    while True:
        if not latest or dice.random() < NEW_SHARE:
            latest.append((dice.choice(FRAMES), Filling(dice)))
            yield worded(dice, latest[-1])
        else:
            yield worded(dice, latest[dice.randrange(len(latest))], opposite=dice.random() < OPPOSITE_SHARE)


def worded(dice: Random, fact: Fact, *, opposite: bool = False) -> str:
    """One of the fact's wordings, or of its opposite's, as some outlet would print it."""
    frame, filling = fact
    wording = dice.choice(frame.opposite if opposite else frame.same)
    said = (wording + dice.choice(TAILS)).format_map(filling)
    lead = dice.choice(LEADS)
    return lead + (said if lead else said[0].upper() + said[1:]) + dice.choice(ENDS)
