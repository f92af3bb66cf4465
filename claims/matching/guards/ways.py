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
OTHER_WAYS: Final = {
    "until": ["only", "earliest"],
    "till": ["only", "earliest"],
    "before": ["only", "earliest"],
    "since": ["last"],
    "unless": ["only"],
    "except": ["only"],
    "but": ["only", "sole"],
}


def other_way(side: Side, place: int) -> frozenset[str]:
    """The words by which another wording says this without a "not": "only" for "not until", "last" for "not since"."""
    start = side.units[place].stop
    forms = [word.form for word in side.folded.words[start : start + FARTHEST]]
    ways = frozenset(word for form in forms for word in OTHER_WAYS.get(form, ()))
    rest = [form for form in forms if form not in LINKING]
    compared = rest[: forms.index("than") if "than" in forms else 1]
    return ways | TOPMOST if any(map(is_comparing, compared)) else ways


def is_comparing(form: str) -> bool:
    """Whether the word compares: "stronger", "so"."""
    return form in COMPARING or (form.endswith("er") and len(form) >= SHORTEST_COMPARATIVE)
