"""The guard for negation and what carries it: not, never, without, denies, false."""

from collections.abc import Iterator, Sequence
from typing import Final

from claims.matching.folding import Unit
from claims.matching.folding.lexicon import MEETS_NEGATION
from claims.matching.guards.asides import is_aside
from claims.matching.guards.complements import has_complement
from claims.matching.guards.doubles import CARRIERS, UNDOING
from claims.matching.guards.negators import NOTHING, NOTHING_NEGATED, Negator, concepts_in, negations
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight
from claims.matching.guards.turkish import is_turkish, lone_denials, turkish_turns
from claims.matching.guards.ways import SUPERLATIVE

SHORTEST_SUPERLATIVE: Final = 6


def negation(pair: Pair) -> Iterator[Guard]:
    """Stop where one side turns round what the other says; ask where it is not clear what is turned.

    Who denies what another negates says the same: an even number of turns is none.
    """
    is_in_turkish = pair.left.read(is_turkish) and pair.right.read(is_turkish)
    nothing = pair.left.read(negations) is pair.right.read(negations) is NOTHING_NEGATED
    if nothing and not is_in_turkish and pair.left.wording.denies == pair.right.wording.denies:
        return
    turns = turkish_turns(pair) if is_in_turkish else english_turns(pair)
    found = [turn for turn in (*turns, turned_stance(pair)) if turn]
    if len(found) % 2:
        yield Guard(Rule.NEGATION, found[0], Weight.STOPS)
    if found:
        return
    if is_in_turkish:
        here, there = lone_denials(pair.left), lone_denials(pair.right)
    else:
        here, there = lone_negators(pair.left, pair.right), lone_negators(pair.right, pair.left)
    if len(here) % 2 != len(there) % 2:
        side, units = (pair.left, here) if len(here) > len(there) else (pair.right, there)
        other = pair.right if side is pair.left else pair.left
        weight = Weight.NOTES if all(is_aside(side, unit, other) for unit in units) else Weight.ASKS
        yield Guard(Rule.NEGATION, f"only one of them says *{side.shown(units)}*", weight)


def english_turns(pair: Pair) -> tuple[str, str]:
    """The difference by a word that negates what is near, and by one that calls all of it false; "" without."""
    return turned_words(pair) or turned_refusal(pair), turned_whole(pair)


def lone_negators(side: Side, other: Side) -> list[Unit]:
    """The units of one side that negate; one that withholds does where the other side negates the same."""
    here = turning(side, other)
    whole = [negator for negator in side.read(negations).whole if not is_said_otherwise(side, negator, other)]
    units = [negator.unit for negator in (*here, *whole, *answering(side, here, other))]
    # "Neither" and its "nor" are one.
    return [unit for unit in units if unit.concept != "nor" or all(other.concept != "neither" for other in units)]


def answering(side: Side, here: Sequence[Negator], other: Side) -> list[Negator]:
    """The side's negators that withhold what the other side negates; here has the side's of what follows."""
    withholding = side.read(negations).withholding
    there = concepts_in(turning(other, side)) - concepts_in(here) if withholding else NOTHING
    return [
        negator
        for negator in withholding
        if not negator.concepts.isdisjoint(there) and negator.unit.concept not in there
    ]


def turning(side: Side, other: Side) -> list[Negator]:
    """The side's negators of what follows that the other side does not say in other words."""
    found = side.read(negations).next
    return [negator for negator in found if not negator.is_double and not is_other_words(side, negator, other)]


def turned_words(pair: Pair) -> str:
    """The difference where one side negates words that the other affirms."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        here = one.read(negations)
        for negator in unmet_negators(one, other):
            is_shared = any(unit in here.turned and unit.concept in other.concepts for unit in negator.reach)
            if is_shared and not is_other_words(one, negator, other):
                return f"differs by *{one.folded.shown(negator.unit)}*"
    return ""


def turned_refusal(pair: Pair) -> str:
    """The difference where one side refuses to do what the other does."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        there = other.read(negations)
        for refusal in one.read(negations).refusing:
            is_shared = bool(refusal.reach) and refusal.reach[0].concept in other.concepts
            if is_shared and refusal.concepts.isdisjoint(there.negated | there.withheld):
                return f"differs by *{one.folded.shown(refusal.unit)}*"
    return ""


def unmet_negators(side: Side, other: Side) -> Iterator[Negator]:
    """The negators of one side that the other has no match for.

    A "not" is met where the other side negates or refuses one of the words in its reach: "would not sell" says what
    "refused to sell" says; but not by a "ban" that both sides speak of.
    """
    there = other.read(negations)
    here = side.read(negations)
    own = {(negator.unit.concept, concept) for negator in here.withholding for concept in negator.concepts}
    withheld = {
        concept for each in there.withholding for concept in each.concepts if (each.unit.concept, concept) not in own
    }
    for negator in here.next:
        is_withheld = not negator.concepts.isdisjoint(withheld) and not is_of_ban(negator)
        if negator.concepts.isdisjoint(there.negated) and not is_withheld:
            yield negator


def is_of_ban(negator: Negator) -> bool:
    """Whether what the negator turns is itself a word that withholds."""
    return bool(negator.reach) and negator.reach[0].concept in MEETS_NEGATION


def is_other_words(side: Side, negator: Negator, other: Side) -> bool:
    """Whether the other side says the same without a "not": "unsafe" for "not safe", "ever" for "never stronger".

    Who ended a ban says so by any word for it: "expelled" for "removed".
    """
    if negator.ways is UNDOING and negator.unit.concept in other.concepts:
        return True
    # What this side has as well is not there in place of the "not": "since the last election" in both.
    if negator.ways and not negator.ways.isdisjoint(other.read(telling_forms) - side.read(telling_forms)):
        return True
    return any(has_complement(side, unit, other) for unit in negator.reach[:2])


def telling_forms(side: Side) -> frozenset[str]:
    """The forms of the side's words, and the mark of a superlative."""
    forms = {word.form for word in side.folded.words}
    has_superlative = any(form.endswith("est") and len(form) >= SHORTEST_SUPERLATIVE for form in forms)
    return frozenset([*forms, SUPERLATIVE] if has_superlative else forms)


def is_answered(side: Side, unit: Unit, other: Side) -> bool:
    """Whether the unit is a negator that the other side does without: "never fails", "nobody survived"."""
    return unit.concept in CARRIERS and any(
        negator.unit is unit and (negator.is_double or is_other_words(side, negator, other))
        for negator in side.read(negations).next
    )


def turned_whole(pair: Pair) -> str:
    """The difference where one side alone says that all of it is false."""
    if len(pair.left.read(negations).whole) % 2 == len(pair.right.read(negations).whole) % 2:
        return ""
    if is_turned_denial(pair.left, pair.right) or is_turned_denial(pair.right, pair.left):
        return ""
    left, right = whole_negators(pair.left, pair.right), whole_negators(pair.right, pair.left)
    if not left and not right:
        return ""
    return f"differs by *{pair.left.shown(left) if len(left) > len(right) else pair.right.shown(right)}*"


def is_turned_denial(side: Side, other: Side) -> bool:
    """Whether the side turns round the very word by which the other denies: "nobody denies" and "many deny"."""
    denials = {negator.unit.concept for negator in other.read(negations).whole}
    return any(negator.is_double and negator.reach[0].concept in denials for negator in side.read(negations).next)


def whole_negators(side: Side, other: Side) -> list[Unit]:
    """The units by which the side calls false what the other says: not a charge that is denied beside it.

    Who denies that it is unsafe says that it is safe.
    """
    return [
        negator.unit
        for negator in side.read(negations).whole
        if not negator.reach
        or (
            any(unit.concept in other.concepts for unit in negator.reach)
            and not is_said_otherwise(side, negator, other)
        )
    ]


def is_said_otherwise(side: Side, negator: Negator, other: Side) -> bool:
    """Whether the other side has a word for the contrary of what the negator calls false."""
    return any(has_complement(side, unit, other) for unit in negator.reach if unit.concept not in CARRIERS)


def turned_stance(pair: Pair) -> str:
    """The difference where one claimant denies the words and the other stands by them."""
    return "denied in one, asserted in the other" if pair.left.wording.denies != pair.right.wording.denies else ""


def is_turned(side: Side, unit: Unit) -> bool:
    """Whether a "not" reaches the unit, or all that the side says is called false."""
    here = side.read(negations)
    deniers = [negator for negator in here.whole if negator.unit is not unit]
    return (unit in here.turned) != (len(deniers) % 2 == 1)
