"""The guard for modality: what may happen, must happen, is planned or asked for, or has happened."""

from collections.abc import Iterator
from typing import Final

from claims.matching.folding.lexicon import concepts_of
from claims.matching.folding.stems import stem
from claims.matching.guards.acts import Act, Mood, acts, acts_of
from claims.matching.guards.pair import Guard, Pair, Rule, Side, Weight

FACTS: Final = frozenset([Mood.FACT, Mood.DONE])
# Who faces ten years in prison may get them: nobody says more by "could face".
OPEN: Final = concepts_of("face")
# What two moods of one act mean; what is not here says the same in the news ("will visit", "plans to visit").
STOPS: Final = frozenset(
    [
        frozenset([Mood.POSSIBLE, Mood.NECESSARY]),
        frozenset([Mood.POSSIBLE, Mood.CERTAIN]),
        frozenset([Mood.ABLE, Mood.NECESSARY]),
    ]
)
ASKS: Final = frozenset(
    [
        *(frozenset([mood, Mood.FACT]) for mood in Mood if mood not in {*FACTS, Mood.CERTAIN}),
        *(frozenset([mood, Mood.DONE]) for mood in Mood if mood not in FACTS),
        *(frozenset([mood, Mood.CERTAIN]) for mood in (Mood.CONSIDERED, Mood.DEMANDED, Mood.ADVISED)),
        *(frozenset([mood, Mood.PLANNED]) for mood in (Mood.CONSIDERED, Mood.DEMANDED, Mood.NECESSARY)),
        *(frozenset([mood, Mood.ADVISED]) for mood in (Mood.POSSIBLE, Mood.NECESSARY)),
        *(frozenset([mood, Mood.LIKELY]) for mood in (Mood.CONSIDERED, Mood.DEMANDED, Mood.NECESSARY, Mood.CERTAIN)),
        frozenset([Mood.CONSIDERED, Mood.DEMANDED]),
        frozenset([Mood.CONSIDERED, Mood.NECESSARY]),
    ]
)


def modality(pair: Pair) -> Iterator[Guard]:
    """Stop where one side says "may" of what it must or will be on the other; ask where one alone states it as done."""
    left, right = pair.left.read(acts), pair.right.read(acts)
    if not left and not right:
        return
    for concept in sorted((left.keys() | right.keys()) & pair.left.concepts & pair.right.concepts):
        here, there = acts_of(pair.left, left, concept), acts_of(pair.right, right, concept)
        moods = {act.mood for act in here}, {act.mood for act in there}
        if not here or not there or moods[0] & moods[1] or is_met(pair, here[0], there[0]):
            continue
        if concept in OPEN and moods[0] | moods[1] <= {Mood.POSSIBLE, Mood.FACT}:
            continue
        weight = weight_of(*moods)
        if Mood.DONE in moods[0] | moods[1] and Mood.CERTAIN in moods[0] | moods[1]:
            weight = weight if are_one_deed(pair, here[0], there[0]) else None
        if weight and not is_thing(pair, here[0], there[0]):
            is_bare = not FACTS.isdisjoint(moods[0] | moods[1])
            shown = shown_act(pair.left, here[0], is_bare=is_bare), shown_act(pair.right, there[0], is_bare=is_bare)
            yield Guard(Rule.MODALITY, f"{shown[0]} against {shown[1]}", weight)
            return


def is_met(pair: Pair, here: Act, there: Act) -> bool:
    """Whether the other side has the word that puts the act in its mood too: it is built in another way there."""
    return bool(
        (here.carrier and here.carrier.concept in pair.right.concepts)
        or (there.carrier and there.carrier.concept in pair.left.concepts)
    )


def are_one_deed(pair: Pair, here: Act, there: Act) -> bool:
    """Whether the acts are forms of one verb behind a word of both: what is built otherwise is told in any tense."""
    if stem(pair.left.form(here.act)) != stem(pair.right.form(there.act)):
        return False
    return is_behind_shared(pair.left, here, pair.right) or is_behind_shared(pair.right, there, pair.left)


def is_behind_shared(side: Side, act: Act, other: Side) -> bool:
    """Whether the word before the act, or before its mood, is the other side's too; where there is none, it may be."""
    first = (act.carrier or act.act).first
    before = [unit.concept for unit in side.content if unit.first < first]
    return not before or before[-1] in other.concepts


def is_thing(pair: Pair, here: Act, there: Act) -> bool:
    """Whether both sides have the "act" with the s of a plural: "sales"."""
    forms = pair.left.form(here.act), pair.right.form(there.act)
    return forms[0] == forms[1] and forms[0].endswith("s") and not FACTS.isdisjoint({here.mood, there.mood})


def weight_of(moods: set[Mood], others: set[Mood]) -> Weight | None:
    """What follows from the moods of one act; None where any two of them say the same in the news."""
    clashes = [frozenset([mood, other]) for mood in moods for other in others]
    if not all(clash in STOPS or clash in ASKS for clash in clashes):
        return None
    return Weight.STOPS if all(clash in STOPS for clash in clashes) else Weight.ASKS


def shown_act(side: Side, act: Act, *, is_bare: bool) -> str:
    """The word for the mood; with the act itself where the other side has no such word."""
    first = act.carrier or act.act
    last = act.act if is_bare else first
    return side.folded.shown(first._replace(stop=max(first.stop, last.stop)))
