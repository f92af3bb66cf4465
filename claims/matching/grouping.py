"""A whole batch of wordings grouped at once: average link among candidates, and nothing across a guard."""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from claims.matching.comparing import THRESHOLDS, Thresholds, is_short, side_of
from claims.matching.folding import fold
from claims.matching.guards import Pair, Weight, Wording, guards_of
from claims.matching.index import Entry, Index, entry_of
from claims.matching.scoring import score_pairs

# Each wording is scored with this many of those that were stored before it.
MOST_CANDIDATES: Final = 30
PAIRS_AT_ONCE: Final = 50_000


def group(texts: Sequence[str], thresholds: Thresholds = THRESHOLDS) -> list[int]:
    """A label for each text; texts with one label say the same. A label is the first position of its group.

    Texts that fold to the same words are one. The order of the texts does not change the groups.
    """
    forms = [fold(text).text for text in texts]
    spoken: dict[str, str] = {}
    for form, text in zip(forms, texts, strict=True):
        spoken[form] = min(text, spoken.get(form, text))
    spoken.pop("", None)
    kinds = sorted(spoken)
    homes = dict(zip(kinds, Clusters([spoken[form] for form in kinds], thresholds).homes(), strict=True))
    first: dict[int, int] = {}
    return [first.setdefault(homes[form], place) if form else place for place, form in enumerate(forms)]


class Clusters:
    """Wordings that are joined pair by pair, the most alike first."""

    def __init__(self, texts: Sequence[str], thresholds: Thresholds) -> None:
        self.texts = texts
        self.thresholds = thresholds
        self.entries = [entry_of(place, text) for place, text in enumerate(texts)]
        self.home = list(range(len(texts)))
        self.members = {place: [place] for place in self.home}
        self.parted: set[tuple[int, int, int, int]] = set()

    def homes(self) -> list[int]:
        """Which cluster each wording is in, after all links were tried."""
        for _, left, right in sorted(self.links()):
            self.join(self.home[left], self.home[right])
        return self.home

    def links(self) -> Iterator[tuple[float, int, int]]:
        """Candidates that score high enough to be grouped, as (100 - score, left, right)."""
        candidates = candidate_pairs(self.entries)
        while pairs := list(islice(candidates, PAIRS_AT_ONCE)):
            totals = self.totals(pairs)
            for (left, right), total in zip(pairs, totals, strict=True):
                if total >= self.thresholds.group:
                    yield 100 - total, left, right

    def join(self, one: int, other: int) -> None:
        """Make two clusters one, if on average all their pairs score high enough and no guard fires."""
        key = (one, len(self.members[one]), other, len(self.members[other]))
        if one == other or key in self.parted:
            return
        pairs = list(product(self.members[one], self.members[other]))
        if not self.belong_together(pairs):
            self.parted.add(key)
            return
        for place in self.members.pop(other):
            self.home[place] = one
            self.members[one].append(place)

    def belong_together(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Whether the pairs of two clusters score high enough on average and no guard fires between any."""
        if sum(self.totals(pairs)) < self.thresholds.group * len(pairs):
            return False
        sides = ((side_of(Wording(self.texts[left])), side_of(Wording(self.texts[right]))) for left, right in pairs)
        return not any(is_short(left) or is_short(right) or is_blocked(Pair(left, right)) for left, right in sides)

    def totals(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """The score of each pair."""
        left = [self.entries[place].sketch for place, _ in pairs]
        right = [self.entries[place].sketch for _, place in pairs]
        return [float(total) for total in score_pairs(left, right).total]


def is_blocked(pair: Pair) -> bool:
    """Whether a guard stops the pair or wants a person to say."""
    return any(guard.weight is not Weight.NOTES for guard in guards_of(pair))


def candidate_pairs(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Each entry with those before it that share rare words with it."""
    index = Index()
    for entry in entries:
        for candidate, _ in index.candidates(entry, MOST_CANDIDATES):
            yield candidate.id, entry.id
        index.insert(entry)
