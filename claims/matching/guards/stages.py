"""The guard for two stages of one thing: who was arrested in one wording is sentenced in the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.word_lists import lines
from claims.matching.guards.opposites import are_about_one
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight

FORM: Final = "="


def ladder_of(line: str) -> tuple[frozenset[str], ...]:
    """What says each stage of one line of the list: concepts, and forms behind a "="."""
    return tuple(frozenset().union(*map(said_by, stage.split(","))) for stage in line.split("|"))


def said_by(entry: str) -> frozenset[str]:
    """The concepts of one entry, or the form that it names with its "="."""
    return frozenset([entry.strip()]) if FORM in entry else concepts_of(entry)


LADDERS: Final = tuple(map(ladder_of, lines("ladders.txt")))
STAGED: Final = frozenset().union(*(stage for ladder in LADDERS for stage in ladder))
LADDERS_OF: Final = {
    said: tuple(
        (place, number) for place, ladder in enumerate(LADDERS) for number, stage in enumerate(ladder) if said in stage
    )
    for said in STAGED
}
FORMS: Final = frozenset(said.removeprefix(FORM) for said in STAGED if FORM in said)

# What stands behind these is not so, or not yet: "to find", "help find".
PURPOSE: Final = frozenset(["to", "help", "helps", "helped", "not"])


@dataclass(frozen=True, slots=True)
class Stage:
    """What of a side is a stage of one ladder: the places of the stages, and the first word that says one."""

    numbers: frozenset[int]
    unit: Unit


def other_stages(pair: Pair) -> Iterator[Guard]:
    """Ask where each side has a stage of one thing that the other has not; who says both tells the later one."""
    if not (has_own_stage(pair.left, pair.right) and has_own_stage(pair.right, pair.left)):
        return
    left, right = pair.left.read(stages_of), pair.right.read(stages_of)
    for ladder in sorted(left.keys() & right.keys()):
        here, there = left[ladder], right[ladder]
        if here.numbers.isdisjoint(there.numbers) and are_about_one(pair, here.unit, there.unit):
            shown = pair.left.folded.shown(here.unit), pair.right.folded.shown(there.unit)
            yield Guard(Rule.OPPOSITE, f"{shown[0]} here, {shown[1]} there", Weight.ASKS)
            return


def has_own_stage(side: Side, other: Side) -> bool:
    """Whether the side says a stage with a word that the other has not."""
    return not STAGED.isdisjoint(side.said - other.said) or not FORMS.isdisjoint(side.parts - other.parts)


def stages_of(side: Side) -> dict[int, Stage]:
    """The stages that the side says, by the places of their ladders in LADDERS."""
    found: dict[int, Stage] = {}
    for at, (unit, form) in enumerate(zip(side.units, side.forms, strict=True)):
        if (unit.concept in STAGED or form in FORMS) and not (at and side.forms[at - 1] in PURPOSE):
            for place, number in (*LADDERS_OF.get(unit.concept, ()), *LADDERS_OF.get(FORM + form, ())):
                earlier = found.get(place)
                numbers = earlier.numbers if earlier else frozenset[int]()
                found[place] = Stage(numbers | {number}, earlier.unit if earlier else unit)
    return found
