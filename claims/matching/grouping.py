"""A whole batch of wordings grouped at once: a label for each, whatever their order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from claims.matching.clusters import Batch, Clusters, Link, unseen, words_of
from claims.matching.folding import Gist, gist
from claims.matching.guards import Wording
from claims.matching.pausing import without_collection
from claims.matching.proposals import THRESHOLDS, Thresholds
from claims.matching.scoring import PairScorer, shipped_scorer

Order = tuple[str, str, str, bool, str]


@without_collection()
def group(texts: Sequence[str], thresholds: Thresholds = THRESHOLDS, scorer: PairScorer | None = None) -> list[int]:
    """A label for each text; texts with one label say the same. A label is the first position of its group.

    Texts that fold to the same words are one. The order of the texts does not change the groups.
    """
    gists = [gist(text) for text in texts]
    forms = [known.text for known in gists]
    spoken: dict[str, tuple[str, Gist]] = {}
    for text, known in zip(texts, gists, strict=True):
        if known.text not in spoken or text < spoken[known.text][0]:
            spoken[known.text] = (text, known)
    spoken.pop("", None)
    kinds = sorted(spoken)
    wordings = [Wording(spoken[form][0]) for form in kinds]
    batch = Batch(wordings, [spoken[form][1] for form in kinds])
    clusters = Clusters(batch, thresholds, scorer or shipped_scorer())
    homes = dict(zip(kinds, clusters.homes(), strict=True))
    first: dict[int, int] = {}
    return [first.setdefault(homes[form], place) if form else place for place, form in enumerate(forms)]


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
