"""Wordings of a batch joined to clusters: average link over the best of their pairs, and nothing across a guard."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, pairwise, product
from typing import Final

from claims.matching.clusters.batch import Batch
from claims.matching.clusters.links import Link, linked_sets, scored_pairs, with_all_of_small_sets
from claims.matching.guards import Pair, blocks
from claims.matching.proposals import Thresholds, is_short, mean_of_best
from claims.matching.scoring import PairScorer

# Pairs that were not scored, of sets too large to be scored whole, are where so much of each would do: a higher bar
# finds more of what many outlets retell, and costs grouping more time than that is worth.
WORTH_SCORING: Final = 20.0


def unseen(at: int, of: int) -> None:
    """Show nobody how far it is."""


class Clusters:
    """Wordings that are joined pair by pair, the most alike first."""

    def __init__(
        self,
        batch: Batch,
        thresholds: Thresholds,
        scorer: PairScorer,
        done: Callable[[int, int], None] = unseen,
    ) -> None:
        self.batch = batch
        self.thresholds = thresholds
        self.scorer = scorer
        self.done = done
        self.scores: dict[Link, float] = {}
        self.clear: dict[Link, bool] = {}
        self.home = list(range(len(batch)))
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
        for left, right in pairwise(range(len(self.batch))):
            if self.batch.words_at(left) == self.batch.words_at(right) and not is_short(self.batch.side_at(left)):
                self.bind(left, right)

    def homes(self) -> list[int]:
        """Which cluster each wording is in, after all links were tried, set by set."""
        spoken = [place for place in range(len(self.batch)) if not self.is_copy(place)]
        near = scored_pairs(self.batch, spoken, self.scorer, self.done)
        pairs = with_all_of_small_sets(self.batch, near, self.scorer, self.thresholds.group)
        self.batch.profiles.clear()
        for scores in linked_sets(pairs, self.home, self.thresholds.group):
            self.scores = scores
            links = [(-score, *link) for link, score in scores.items() if score >= self.thresholds.group]
            for _, left, right in sorted(links):
                self.join(self.home[left], self.home[right])
            self.forget()
        return self.home

    def is_copy(self, place: int) -> bool:
        """Whether the wording before it is the same one in the same cluster."""
        before = place - 1
        words_at = self.batch.words_at
        return before >= 0 and self.home[before] == self.home[place] and words_at(before) == words_at(place)

    def forget(self) -> None:
        """Keep nothing of a set of wordings of which all links were tried."""
        self.batch.sides.clear()
        self.batch.profiles.clear()
        self.clear.clear()
        self.parted.clear()

    def join(self, one: int, other: int) -> None:
        """Make two clusters one, if on average most of their pairs score high enough and no guard fires."""
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
        return list({self.batch.words_at(place): place for place in reversed(self.members[cluster])}.values())

    def are_alike(self, pairs: Sequence[Link]) -> bool:
        """Whether the pairs of two clusters score high enough.

        A pair of a large set that was not near is scored only where it would matter, since that costs most.
        """
        links = [(left, right) if left < right else (right, left) for left, right in pairs]
        if mean_of_best([self.scores.get(link, WORTH_SCORING) for link in links]) < self.thresholds.group:
            return False
        unscored = [link for link in links if link not in self.scores]
        if not unscored:
            return True
        known = self.batch.profiles_at(dict.fromkeys(chain.from_iterable(unscored)), self.scorer.model.vocabulary)
        left, right = ([known[link[side]] for link in unscored] for side in (0, 1))
        self.scores.update(zip(unscored, self.scorer.scores(left, right).tolist(), strict=True))
        return mean_of_best([self.scores[link] for link in links]) >= self.thresholds.group

    def is_clear(self, left: int, right: int) -> bool:
        """Whether neither is short, and no guard stops the pair or wants a person to say."""
        pair = (min(left, right), max(left, right))
        if pair not in self.clear:
            one, other = (self.batch.side_at(place) for place in pair)
            self.clear[pair] = not (is_short(one) or is_short(other) or blocks(Pair(one, other)))
        return self.clear[pair]
