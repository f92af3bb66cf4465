"""A whole batch of wordings grouped at once: average link among candidates, and nothing across a guard."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise, product
from typing import Final

from claims.matching.comparing import THRESHOLDS, Thresholds, is_short, side_of
from claims.matching.folding import fold
from claims.matching.guards import Pair, Weight, Wording, guards_of
from claims.matching.index import Entry, Index, entry_of
from claims.matching.scoring import score_pairs

# Each wording is scored with this many of those that were stored before it.
MOST_CANDIDATES: Final = 30
PAIRS_AT_ONCE: Final = 50_000

Link = tuple[int, int]
Order = tuple[str, str, str, bool]


def unseen(at: int, of: int) -> None:
    """Show nobody how far it is."""


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
    homes = dict(zip(kinds, Clusters([Wording(spoken[form]) for form in kinds], thresholds).homes(), strict=True))
    first: dict[int, int] = {}
    return [first.setdefault(homes[form], place) if form else place for place, form in enumerate(forms)]


def group_wordings(
    wordings: Sequence[Wording],
    *,
    same: Iterable[Link] = (),
    apart: Iterable[Link] = (),
    done: Callable[[int, int], None] = unseen,
) -> list[int]:
    """A label for each wording, within what people decided; a label is the first position of its group.

    same and apart are pairs of positions. What is the same is in one group whatever the guards say; what is apart
    never is, by no chain of others either, and wins where the two contradict each other. The order of the wordings
    does not change the groups. done hears how many of the wordings were looked up, and of how many.
    """
    same, apart = list(same), list(apart)
    order = canonical_order(wordings, same, apart)
    rank = {place: at for at, place in enumerate(order)}
    clusters = Clusters([wordings[place] for place in order], THRESHOLDS, done)
    for left, right in apart:
        clusters.part(rank[left], rank[right])
    for link in sorted(sorted((rank[left], rank[right])) for left, right in same):
        clusters.bind(*link)
    clusters.bind_copies()
    homes = clusters.homes()
    first: dict[int, int] = {}
    return [first.setdefault(homes[rank[place]], place) for place in range(len(wordings))]


def canonical_order(wordings: Sequence[Wording], same: Iterable[Link], apart: Iterable[Link]) -> list[int]:
    """The positions by what is said there, and, for the same words, by what they are bound to and kept from."""
    said = [(one.text, one.claimant or "", one.language, one.denies) for one in wordings]
    ties: dict[int, list[tuple[int, Order]]] = defaultdict(list)
    for kind, links in enumerate((same, apart)):
        for left, right in links:
            ties[left].append((kind, said[right]))
            ties[right].append((kind, said[left]))
    return sorted(range(len(wordings)), key=lambda place: (said[place], sorted(ties.get(place, ()))))


class Clusters:
    """Wordings that are joined pair by pair, the most alike first."""

    def __init__(
        self, wordings: Sequence[Wording], thresholds: Thresholds, done: Callable[[int, int], None] = unseen
    ) -> None:
        self.wordings = wordings
        self.thresholds = thresholds
        self.done = done
        self.entries = [entry_of(place, wording.text) for place, wording in enumerate(wordings)]
        self.home = list(range(len(wordings)))
        self.members = {place: [place] for place in self.home}
        self.foes: defaultdict[int, set[int]] = defaultdict(set)
        self.parted: set[tuple[int, int, int, int]] = set()

    def part(self, left: int, right: int) -> None:
        """Let two wordings, each alone so far, never be in one cluster."""
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
            if self.wordings[left] == self.wordings[right] and not is_short(side_of(self.wordings[left])):
                self.bind(left, right)

    def homes(self) -> list[int]:
        """Which cluster each wording is in, after all links were tried."""
        for _, left, right in sorted(self.links()):
            self.join(self.home[left], self.home[right])
        return self.home

    def links(self) -> Iterator[tuple[float, int, int]]:
        """Candidates that score high enough to be grouped, as (100 - score, left, right)."""
        once = {(self.home[place], wording): place for place, wording in reversed(list(enumerate(self.wordings)))}
        candidates = candidate_pairs([self.entries[place] for place in sorted(once.values())], self.done)
        while pairs := list(islice(candidates, PAIRS_AT_ONCE)):
            totals = self.totals(pairs)
            for (left, right), total in zip(pairs, totals, strict=True):
                if total >= self.thresholds.group:
                    yield 100 - total, left, right

    def join(self, one: int, other: int) -> None:
        """Make two clusters one, if on average all their pairs score high enough and no guard fires."""
        key = (one, len(self.members[one]), other, len(self.members[other]))
        if one == other or other in self.foes[one] or key in self.parted:
            return
        if self.belong_together(list(product(self.spoken(one), self.spoken(other)))):
            self.unite(one, other)
        else:
            self.parted.add(key)

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
        return list({self.wordings[place]: place for place in reversed(self.members[cluster])}.values())

    def belong_together(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Whether the pairs of two clusters score high enough on average and no guard fires between any."""
        if sum(self.totals(pairs)) < self.thresholds.group * len(pairs):
            return False
        sides = ((side_of(self.wordings[left]), side_of(self.wordings[right])) for left, right in pairs)
        return not any(is_short(left) or is_short(right) or is_blocked(Pair(left, right)) for left, right in sides)

    def totals(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """The score of each pair."""
        left = [self.entries[place].sketch for place, _ in pairs]
        right = [self.entries[place].sketch for _, place in pairs]
        return [float(total) for total in score_pairs(left, right).total]


def is_blocked(pair: Pair) -> bool:
    """Whether a guard stops the pair or wants a person to say."""
    return any(guard.weight is not Weight.NOTES for guard in guards_of(pair))


def candidate_pairs(entries: Sequence[Entry], done: Callable[[int, int], None]) -> Iterator[Link]:
    """Each entry with those before it that share rare words with it."""
    index = Index()
    for at, entry in enumerate(entries, 1):
        for candidate, _ in index.candidates(entry, MOST_CANDIDATES):
            yield candidate.id, entry.id
        index.insert(entry)
        done(at, len(entries))
