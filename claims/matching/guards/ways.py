"""Other ways to say what a "not" says: only for "not until", ever for "never stronger"."""

from typing import Final

from claims.matching.guards.pair import Side

# As far as a "not" can reach.
FARTHEST: Final = 10
# "Never been stronger", "never so strong": the strongest there was.
LINKING: Final = frozenset(["been", "be", "before", "looked", "seemed", "felt", "stood", "was", "were", "seen"])
COMPARING: Final = frozenset(["more", "less", "better", "worse", "so", "such"])
SHORTEST_COMPARATIVE: Final = 5
# Words that say that there was none like it, as "never stronger" does; SUPERLATIVE is any in -est.
SUPERLATIVE: Final = "-est"
TOPMOST: Final = frozenset(["ever", "record", "most", "best", "worst", "unprecedented", SUPERLATIVE])
# "No other is more" is more than any other.
OTHER: Final = "other"
ANY: Final = frozenset(["any"])
WITHOUT: Final = "without"
FEW: Final = frozenset(["no", "hardly", "scarcely", "barely", "never"])
EVERY: Final = frozenset(["every", "all", "each", "everybody", "everyone", "always"])
OTHER_WAYS: Final = {
    "until": ["only", "earliest"],
    "till": ["only", "earliest"],
    "before": ["only", "earliest", "first"],
    "since": ["last"],
    "unless": ["only"],
    "except": ["only"],
    "but": ["only", "sole"],
}


def other_way(side: Side, place: int) -> frozenset[str]:
    """The words by which another wording says this without a "not": "only" for "not until", "last" for "not since"."""
    start = side.units[place].stop
    forms = [word.form for word in side.folded.words[start : start + FARTHEST]]
    ways = frozenset([word for form in forms if form in OTHER_WAYS for word in OTHER_WAYS[form]])
    if is_without_exception(side, place, forms):
        ways |= EVERY
    if forms and forms[0] == OTHER and "than" in forms:
        ways |= ANY
    rest = [form for form in forms if form not in LINKING]
    compared = rest[: forms.index("than") if "than" in forms else 1]
    return ways | TOPMOST if any(map(is_comparing, compared)) else ways


def is_without_exception(side: Side, place: int, behind: list[str]) -> bool:
    """Whether the negator is one of "hardly a house without", "no day without", which says it of every one."""
    form = side.forms[place]
    if form == WITHOUT:
        return not FEW.isdisjoint(side.forms[max(place - FARTHEST, 0) : place])
    return form in FEW and WITHOUT in behind


def is_comparing(form: str) -> bool:
    """Whether the word compares: "stronger", "so"."""
    return form in COMPARING or (form.endswith("er") and len(form) >= SHORTEST_COMPARATIVE)
