"""A whole batch of wordings grouped at once: a label for each, whatever their order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from claims.matching.clusters import Batch, Clusters, Link, unseen, words_of
from claims.matching.folding import Gist, gist
from claims.matching.guards import Wording
from claims.matching.pausing import without_collection
from claims.matching.proposals import THRESHOLDS, Thresholds
from claims.matching.scoring import PairScorer, shipped_scorer

Order = tuple[str, str, str, bool, str]
# That of texts without words, of which none says what another does.
NO_HOME: Final = -1


@without_collection()
def group(texts: Sequence[str], thresholds: Thresholds = THRESHOLDS, scorer: PairScorer | None = None) -> list[int]:
    """A label for each text; texts with one label say the same. A label is the first position of its group.

    Texts that fold to the same words are one. The order of the texts does not change the groups.
    """
    gists = [gist(text) for text in texts]
    numbers: dict[str, int] = {}
    said = [numbers.setdefault(known.text, len(numbers)) for known in gists]
    # Of the texts with one form the first in order speaks for all, whichever came first.
    shown: list[int] = []
    for place, number in enumerate(said):
        if number == len(shown):
            shown.append(place)
        elif texts[place] < texts[shown[number]]:
            shown[number] = place
    forms = list(numbers)
    order = sorted((number for number, form in enumerate(forms) if form), key=forms.__getitem__)
    batch = Batch([Wording(texts[shown[number]]) for number in order], [gists[shown[number]] for number in order])
    homes = [NO_HOME] * len(forms)
    for number, home in zip(order, Clusters(batch, thresholds, scorer or shipped_scorer()).homes(), strict=True):
        homes[number] = home
    first: dict[int, int] = {}
    return [
        place if homes[number] == NO_HOME else first.setdefault(homes[number], place)
        for place, number in enumerate(said)
    ]


@without_collection()
def group_wordings(
    wordings: Sequence[Wording],
    *,
    same: Iterable[Link] = (),
    apart: Iterable[Link] = (),
    done: Callable[[int, int], None] = unseen,
    scorer: PairScorer | None = None,
) -> list[int]:
    """A label for each wording, within what people decided; a label is the first position of its group.

    same and apart are pairs of positions. What is the same is in one group whatever the guards say; what is apart
    never is, by no chain of others either, and wins where the two contradict each other. The order of the wordings
    does not change the groups. done hears how many of the wordings were looked up, and of how many.
    """
    same, apart = list(same), list(apart)
    gists = [gist(wording.text, wording.language) for wording in wordings]
    order = canonical_order(wordings, gists, same, apart)
    rank = {place: at for at, place in enumerate(order)}
    ordered, known = [wordings[place] for place in order], [gists[place] for place in order]
    clusters = Clusters(Batch(ordered, known), THRESHOLDS, scorer or shipped_scorer(), done)
    for left, right in apart:
        clusters.part(rank[left], rank[right])
    for link in sorted(sorted((rank[left], rank[right])) for left, right in same):
        clusters.bind(*link)
    clusters.bind_copies()
    homes = clusters.homes()
    first: dict[int, int] = {}
    return [first.setdefault(homes[rank[place]], place) for place in range(len(wordings))]


def canonical_order(
    wordings: Sequence[Wording], gists: Sequence[Gist], same: Iterable[Link], apart: Iterable[Link]
) -> list[int]:
    """The positions by what is said there, and, for the same words, by what they are bound to and kept from."""
    said = [(*words_of(one, known), one.text) for one, known in zip(wordings, gists, strict=True)]
    ties: dict[int, list[tuple[int, Order]]] = defaultdict(list)
    for kind, links in enumerate((same, apart)):
        for left, right in links:
            ties[left].append((kind, said[right]))
            ties[right].append((kind, said[left]))
    return sorted(range(len(wordings)), key=lambda place: (said[place], sorted(ties.get(place, ()))))
