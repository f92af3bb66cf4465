"""Wordings of a batch joined to clusters: average link among candidates, and nothing across a guard."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import Final

import numpy as np

from claims.matching.finding import near_pairs
from claims.matching.folding import Folded, Gist, Outline, fold, outline_of, outline_of_gist
from claims.matching.guards import Pair, Side, Wording, blocks
from claims.matching.proposals import FEWEST_WORDS, Thresholds, is_short
from claims.matching.scoring import PairScorer
from claims.matching.scoring.profiles import Profile, profiles

# So many profiles are remembered, of some 2 kB each, and so many wordings as guards read them, of some 5 kB.
MOST_PROFILES: Final = 400_000
MOST_SIDES: Final = 100_000

Link = tuple[int, int]
ScoredLink = tuple[float, int, int]
Words = tuple[str, str, str, bool]


def unseen(at: int, of: int) -> None:
    """Show nobody how far it is."""


class Clusters:
    """Wordings that are joined pair by pair, the most alike first."""

    def __init__(
        self,
        wordings: Sequence[Wording],
        gists: Sequence[Gist],
        thresholds: Thresholds,
        scorer: PairScorer,
        done: Callable[[int, int], None] = unseen,
    ) -> None:
        self.wordings = wordings
        self.gists = gists
        self.thresholds = thresholds
        self.scorer = scorer
        self.done = done
        self.scored: dict[Link, float] = {}
        self.clear: dict[Link, bool] = {}
        self.profiles: dict[int, Profile] = {}
        self.folded: dict[int, Folded] = {}
        self.sides: dict[int, Side] = {}
        self.home = list(range(len(wordings)))
        self.members = {place: [place] for place in self.home}
        self.foes: defaultdict[int, set[int]] = defaultdict(set)
        self.parted: set[tuple[int, int, int, int]] = set()

    def part(self, left: int, right: int) -> None:
        """Let two clusters never be one."""
        self.foes[left].add(right)
        self.foes[right].add(left)

    def bind(self, left: int, right: int) -> None:
        """Make the clusters of two wordings one, whatever they say, unless they are kept apart."""
        one, other = self.home[left], self.home[right]
        if one != other and other not in self.foes[one]:
            self.unite(one, other)

    def bind_copies(self) -> None:
        """Bind the very same wordings, which follow each other; a short one says too little to be sure."""
        for left, right in pairwise(range(len(self.wordings))):
            if self.words_at(left) == self.words_at(right) and not is_short(self.side_at(left)):
                self.bind(left, right)

    def homes(self) -> list[int]:
        """Which cluster each wording is in, after all links were tried."""
        for links in connected(self.links(), self.home):
            for _, left, right in sorted(links):
                self.join(self.home[left], self.home[right])
        return self.home

    def links(self) -> Iterator[ScoredLink]:
        """Candidates that score high enough to be grouped, as (100 - score, left, right)."""
        places = np.array([place for place in range(len(self.wordings)) if not self.is_copy(place)], np.int64)
        gists = [self.gists[place] for place in places.tolist()]
        for later, earlier in near_pairs(gists, self.scorer.model.vocabulary, FEWEST_WORDS, self.done):
            pairs = list(zip(places[earlier].tolist(), places[later].tolist(), strict=True))
            for pair, score in zip(pairs, self.measured(pairs), strict=True):
                self.scored[pair] = score
                if score >= self.thresholds.group:
                    yield 100 - score, *pair

    def is_copy(self, place: int) -> bool:
        """Whether the wording before it is the same one in the same cluster."""
        before = place - 1
        return before >= 0 and self.home[before] == self.home[place] and self.words_at(before) == self.words_at(place)

    def words_at(self, place: int) -> Words:
        """What the copies of a wording share."""
        return words_of(self.wordings[place], self.gists[place])

    def measured(self, pairs: Sequence[Link]) -> list[float]:
        """The score of each pair."""
        self.learn({place for pair in pairs for place in pair})
        left, right = ([self.profiles[pair[side]] for pair in pairs] for side in (0, 1))
        found: list[float] = self.scorer.scores(left, right).tolist()
        return found

    def learn(self, places: Iterable[int]) -> None:
        """Have the profiles of these wordings at hand, which are remembered while their neighbours are scored."""
        if len(self.profiles) >= MOST_PROFILES:
            self.profiles.clear()
        new = [place for place in places if place not in self.profiles]
        outlines = [self.outline_at(place) for place in new]
        self.profiles.update(zip(new, profiles(outlines, self.scorer.model.vocabulary), strict=True))

    def outline_at(self, place: int) -> Outline:
        """The outline of the wording, from its gist where that says all."""
        return outline_of_gist(self.wordings[place].text, self.gists[place]) or outline_of(self.folded_at(place))

    def join(self, one: int, other: int) -> None:
        """Make two clusters one, if on average all their pairs score high enough and no guard fires."""
        key = (one, len(self.members[one]), other, len(self.members[other]))
        if one == other or other in self.foes[one] or key in self.parted:
            return
        pairs = list(product(self.spoken(one), self.spoken(other)))
        if not self.are_alike(pairs):
            self.parted.add(key)
        elif all(self.is_clear(left, right) for left, right in pairs):
            self.unite(one, other)
        else:
            # What a guard parts stays apart, whatever else either becomes one with.
            self.part(one, other)

    def unite(self, one: int, other: int) -> None:
        """Make two clusters one, with the foes of both."""
        for place in self.members.pop(other):
            self.home[place] = one
            self.members[one].append(place)
        for foe in self.foes.pop(other, set()):
            self.foes[foe] = self.foes[foe] - {other} | {one}
            self.foes[one].add(foe)

    def spoken(self, cluster: int) -> list[int]:
        """The members of a cluster, copies of one wording once."""
        if len(self.members[cluster]) == 1:
            return self.members[cluster]
        return list({self.words_at(place): place for place in reversed(self.members[cluster])}.values())

    def are_alike(self, pairs: Sequence[Link]) -> bool:
        """Whether the pairs of two clusters score high enough on average; one that shares too little scores nothing."""
        total = sum(self.scored.get((left, right) if left < right else (right, left), 0.0) for left, right in pairs)
        return total >= self.thresholds.group * len(pairs)

    def is_clear(self, left: int, right: int) -> bool:
        """Whether neither is short, and no guard stops the pair or wants a person to say."""
        pair = (min(left, right), max(left, right))
        if pair not in self.clear:
            one, other = (self.side_at(place) for place in pair)
            self.clear[pair] = not (is_short(one) or is_short(other) or blocks(Pair(one, other)))
        return self.clear[pair]

    def side_at(self, place: int) -> Side:
        """The wording as guards look at it, remembered with what they read."""
        if place not in self.sides:
            if len(self.sides) >= MOST_SIDES:
                self.sides.clear()
            self.sides[place] = Side(self.wordings[place], self.folded_at(place))
        return self.sides[place]

    def folded_at(self, place: int) -> Folded:
        """The wording folded, remembered from its scoring to its guards."""
        if place not in self.folded:
            if len(self.folded) >= MOST_SIDES:
                self.folded.clear()
            wording = self.wordings[place]
            self.folded[place] = fold(wording.text, wording.language)
        return self.folded[place]


def connected(links: Iterable[ScoredLink], homes: Sequence[int]) -> Iterator[list[ScoredLink]]:
    """The links by the wordings that they connect, however far: what one set does changes nothing in another.

    So the wordings of a set are read together, and forgotten together.
    """
    kept = list(links)
    parents = list(range(len(homes)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for _, left, right in kept:
        parents[root(homes[left])] = root(homes[right])
    sets: defaultdict[int, list[ScoredLink]] = defaultdict(list)
    for link in kept:
        sets[root(homes[link[1]])].append(link)
    yield from sets.values()


def words_of(wording: Wording, known: Gist) -> Words:
    """What makes two wordings copies of each other, whatever their capitals and punctuation."""
    return known.text, wording.claimant or "", wording.language, wording.denies
