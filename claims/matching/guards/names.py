"""The guard for names: a different one in the same place."""

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import FAMILIES, NO_NAMES, PLACES
from claims.matching.folding.words import STOP_WORDS, Kind
from claims.matching.guards.dates import SPEAKING
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.slots import words

# Two names are in the same place when what differs there is no longer than this.
LONGEST_SLOT: Final = 2
# Names that are spelled this alike are one name: Shi'ites and Shiites, Qurei and Qureia.
SAME_SPELLING: Final = 75
PERHAPS_SAME: Final = 60
SHORTEST: Final = 3
FEWEST_SHARED: Final = 3
# Behind these stands where it was.
PLACING: Final = words("in, at, near, from, to, into, around, outside")
# Names that are common words, as those of offices and houses are: they stand beside who holds them.
OFFICES: Final = frozenset(FAMILIES.concepts.values()) - PLACES
NOBODY: Final[frozenset[str]] = frozenset()


def other_names(pair: Pair) -> Iterator[Guard]:
    """Stop where one side has a name in the place where the other has a different one of its sort."""
    if not pair.each_says_more():
        return
    if pair.right.read(names_of) <= pair.left.concepts or pair.left.read(names_of) <= pair.right.concepts:
        return
    known = known_names(pair)
    # Always aligned in one direction, so that the answer is the same from both sides.
    one, other = sorted((pair.left, pair.right), key=lambda side: side.folded.source)
    for here, there in (*faced(one, other), *lone(one, other)):
        names, rivals = foreign_names(here, known, other), foreign_names(there, known, one)
        if not names or not rivals or is_one_name(names, rivals):
            continue
        is_sure = are_rivals(one, names[0], other, rivals[0])
        if is_sure or are_perhaps_rivals(one, names[0], other, rivals[0]):
            shown = one.shown(names), other.shown(rivals)
            ours, theirs = shown if one is pair.left else shown[::-1]
            speak = is_spoken(one, names[0]) and is_spoken(other, rivals[0])
            weight = Weight.STOPS if is_sure and not speak else Weight.ASKS
            yield Guard(Rule.NAME, f"{ours} here, {theirs} there", weight)
            return


def faced(one: Side, other: Side) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """What stands in one place of the two, where it is short, or all of it names; "Mayor Ada Koc" is a name of two."""
    left, right = ([unit.concept for unit in side.content] for side in (one, other))
    for step in Levenshtein.opcodes(left, right):
        if step.tag != "replace":
            continue
        here, there = one.content[step.src_start : step.src_end], other.content[step.dest_start : step.dest_end]
        full = full_name(here), full_name(there)
        if min(map(len, full)) >= LONGEST_SLOT:
            yield full
        elif all(len(units) <= LONGEST_SLOT or all(unit.is_name for unit in units) for units in (here, there)):
            yield here, there


def full_name(units: Sequence[Unit]) -> Sequence[Unit]:
    """The units without the words before a name that say who it is; nothing where they do not end in names."""
    first = next((place for place, unit in enumerate(units) if unit.is_name), len(units))
    return units[first:] if all(unit.is_name for unit in units[first:]) else ()


def lone(one: Side, other: Side) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """The one thing that each of two wordings says alone, wherever it stands: "by Rome" and "Paris did"."""
    left, right = one.said - other.said, other.said - one.said
    if len(left) == len(right) == 1 and len(one.said) > FEWEST_SHARED:
        yield (
            [next(unit for unit in one.content if unit.concept in left)],
            [next(unit for unit in other.content if unit.concept in right)],
        )


def is_spoken(side: Side, name: Unit) -> bool:
    """Whether the name stands beside "says": it is who says so, and no part of what is said."""
    place = side.units.index(name)
    beside = (*side.units[max(place - 1, 0) : place], *side.units[place + 1 : place + 2])
    return any(unit.concept in SPEAKING for unit in beside)


def known_names(pair: Pair) -> frozenset[str]:
    """The concepts that are names in either wording: a capital that one hides at its start, the other may show."""
    return pair.left.read(names_of) | pair.right.read(names_of)


def names_of(side: Side) -> frozenset[str]:
    """The concepts that the side writes as names."""
    name = Kind.NAME
    concepts = [unit.concept for unit in side.content if unit.kind is name or unit.concept in PLACES]
    return frozenset(concepts) - NO_NAMES if concepts else NOBODY


def initials_of(side: Side) -> str:
    """The first letters of the words that say something, then those of all; of a phrase they are those of its words."""
    forms = [word.form for word in side.folded.words if word.form]
    content = [form for form in forms if form not in STOP_WORDS]
    return " ".join("".join(form[0] for form in each) for each in (content, forms))


def foreign_names(units: Sequence[Unit], known: frozenset[str], other: Side) -> list[Unit]:
    """The names among the units that the other side has nowhere, not even as initials or spelled out."""
    initials = other.read(initials_of)
    return [
        unit
        for unit in units
        if unit.concept in known
        and unit.concept not in other.concepts
        and unit.concept.replace(".", "") not in initials
    ]


def are_rivals(one: Side, name: Unit, other: Side, rival: Unit) -> bool:
    """Whether the two are names of one sort, places, offices or others, and not two spellings of one."""
    concepts = name.concept, rival.concept
    if all(concept in PLACES for concept in concepts):
        return True
    if any(concept in PLACES for concept in concepts):
        return is_part_of_name(one, name) and is_part_of_name(other, rival)
    is_office = (concepts[0] in OFFICES) != (concepts[1] in OFFICES)
    are_letters = one.folded.shown(name).isupper() and other.folded.shown(rival).isupper()
    if is_office and not are_letters and not (is_part_of_name(one, name) or is_part_of_name(other, rival)):
        return False
    return not are_alike(*concepts)


def are_perhaps_rivals(one: Side, name: Unit, other: Side, rival: Unit) -> bool:
    """Whether one is a place of our list, and the other a name that is none, where another place could stand.

    That may be a town of the country, or who governs it.
    """
    if (name.concept in PLACES) == (rival.concept in PLACES) or not (name.is_name and rival.is_name):
        return False
    before = before_name(one, name)
    spelling = fuzz.ratio(one.form(name), other.form(rival))
    if before != before_name(other, rival) or spelling >= PERHAPS_SAME:
        return False
    return before in PLACING or len(one.said - other.said) == len(other.said - one.said) == 1


def before_name(side: Side, name: Unit) -> str:
    """The form of the word before the name; "" at the start."""
    place = side.units.index(name)
    return side.forms[place - 1] if place else ""


def are_alike(name: str, other: str) -> bool:
    """Whether the two may be one name: spelled alike, or one of them shortened."""
    return fuzz.ratio(spelled(name), spelled(other)) >= SAME_SPELLING or is_shortened(name, other)


def is_one_name(names: Sequence[Unit], rivals: Sequence[Unit]) -> bool:
    """Whether a word of one name is the start of a word of the other, or its spelling: "Gen Jeffery" and "Jeffrey".

    Places are spelled alike by chance: Iran and Iraq. Their beginnings are their abbreviations: "Ala" and "Alabama".
    """
    words = [(name.concept, rival.concept) for name in names for rival in rivals]
    return any(is_shortened(*each) if not PLACES.isdisjoint(each) else are_alike(*each) for each in words)


def is_shortened(name: str, rival: str) -> bool:
    """Whether one of the two is the start of the other."""
    here, there = spelled(name), spelled(rival)
    return is_short_for(here, there) or is_short_for(there, here)


def is_part_of_name(side: Side, unit: Unit) -> bool:
    """Whether the unit is part of a longer name: "University of Oslo", "European Commission", "Interior Ministry"."""
    place = side.units.index(unit)
    behind = side.units[place + 1 : place + 2]
    if behind and behind[0].kind is Kind.NAME and behind[0].concept in OFFICES:
        return True
    before = side.units[max(place - 2, 0) : place]
    if before and before[-1].concept == "of":
        return len(before) > 1 and before[0].kind is Kind.NAME and before[0].concept not in PLACES
    return bool(before) and before[-1].is_name


def is_short_for(short: str, name: str) -> bool:
    """Whether the first is how the second is shortened: "Ron" for Ronald, "Insp" for inspector."""
    return len(short) >= SHORTEST and name.startswith(short)


def spelled(name: str) -> str:
    """The name without marks that some write and some do not."""
    return name.replace("'", "").replace("-", "")
