"""Groups anew what is stored, within what people decided, and says what would change; pure, so it can be replayed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, product
from typing import Final

from claims import matching
from claims.grouping.placing import MadeMatch, explained, opening
from claims.matching import PairScorer, Wording, wording_key
from claims.models import MatchState, Relation
from claims.reruns.groups import MEMBERS_COMPARED, NEW, Done, Group, Move, Regrouping, Standing
from claims.reruns.proposing import proposals

# How often it is said how many groups are done.
PARTS_TOLD: Final = 100
Links = Iterable[tuple[int, int]]


def regroup(standing: Standing, wordings: Mapping[int, Wording], scorer: PairScorer, *, done: Done) -> Regrouping:
    """Group all appearances of the claims anew; done hears how far each part is.

    The parts are looking up what is alike, joining it, and saying who moves why. Of the claims whose first words are in
    a group, the oldest keeps its id and the others are closed. A group that has no claim's first words becomes a new
    claim.
    """
    homes = {member: claim_id for claim_id, members in standing.claims.items() for member in members}
    ids = sorted(homes)
    places = {appearance_id: place for place, appearance_id in enumerate(ids)}
    same, apart = links(standing, wordings, ids)
    labels = matching.group_wordings(
        [wordings[appearance_id] for appearance_id in ids],
        same=((places[left], places[right]) for left, right in same),
        apart=((places[left], places[right]) for left, right in apart),
        done=partial(looked_up, done),
        scorer=scorer,
    )
    members: dict[int, list[int]] = defaultdict(list)
    for appearance_id, label in zip(ids, labels, strict=True):
        members[label].append(appearance_id)
    groups = tuple(kept_by(standing, homes, each) for each in members.values())
    moves = tuple(move for group in counted(groups, done) for move in moves_into(group, homes, wordings, scorer))
    asked = tuple(proposals(standing, groups, wordings, scorer))
    return Regrouping(groups, moves, closed_by(standing, groups), asked)


def looked_up(done: Done, at: int, of: int) -> None:
    """Say how many wordings were looked up; what is alike is joined after the last, for as long as it takes."""
    done(at, of)
    if at >= of:
        done(0, 0)


def counted(groups: Sequence[Group], done: Done) -> Iterator[Group]:
    """The groups, with how many of them are done said a hundred times."""
    step = max(1, len(groups) // PARTS_TOLD)
    for at, group in enumerate(groups, 1):
        yield group
        if at % step == 0 or at == len(groups):
            done(at, len(groups))


def links(standing: Standing, wordings: Mapping[int, Wording], ids: Iterable[int]) -> tuple[Links, Links]:
    """What must be in one group, and what must not, as pairs of appearances."""
    same = [pair for held in standing.held.values() for pair in pairwise(held)]
    apart: list[tuple[int, int]] = []
    stored = set(ids)
    for first, second, relation in standing.copies:
        if {first, second} <= stored:
            (same if relation is Relation.SAME else apart).append((first, second))
    said = by_key(standing, wordings, ids)
    for left, right, relation in standing.decided:
        (same if relation is Relation.SAME else apart).extend(product(said.get(left, ()), said.get(right, ())))
    return same, apart


def by_key(standing: Standing, wordings: Mapping[int, Wording], ids: Iterable[int]) -> dict[str, list[int]]:
    """The appearances whose wordings people decided about, by the wording's key."""
    wanted = {key for left, right, _ in standing.decided for key in (left, right)}
    found: dict[str, list[int]] = defaultdict(list)
    keys: dict[str, str] = {}
    for appearance_id in ids if wanted else ():
        text = wordings[appearance_id].text
        own = keys.get(text) or keys.setdefault(text, wording_key(text))
        if own in wanted:
            found[own].append(appearance_id)
    return found


def kept_by(standing: Standing, homes: Mapping[int, int], members: list[int]) -> Group:
    """The group with the oldest claim whose first words are in it."""
    standing_there = [homes[member] for member in members if standing.claims[homes[member]][0] == member]
    return Group(min(standing_there, default=NEW), tuple(members))


def moves_into(
    group: Group, homes: Mapping[int, int], wordings: Mapping[int, Wording], scorer: PairScorer
) -> Iterator[Move]:
    """Who comes to the group's claim from elsewhere; a new claim is opened by the first."""
    for member in group.members:
        if homes[member] == group.claim_id:
            continue
        opens = group.claim_id == NEW and member == group.members[0]
        match = opening(member, NEW) if opens else joining(member, group, homes, wordings, scorer)
        yield Move(member, homes[member], group, match)


def joining(
    member: int, group: Group, homes: Mapping[int, int], wordings: Mapping[int, Wording], scorer: PairScorer
) -> MadeMatch:
    """The match of an appearance that joins a group: compared with those that are there, then with who comes along."""
    others: dict[Wording, int] = {}
    for other in sorted(group.members, key=lambda other: (homes[other] != group.claim_id, other)):
        if other != member and len(others) < MEMBERS_COMPARED:
            others.setdefault(wordings[other], other)
    judgement = matching.judge(wordings[member], list(others), scorer=scorer)
    compared = list(others.values())
    return MadeMatch(
        appearance_id=member,
        claim_id=group.claim_id,
        compared_with_id=compared[judgement.closest],
        state=MatchState.CONFIRMED,
        relation=Relation.SAME,
        score=judgement.score,
        explanation=explained(judgement, compared) | {"regrouped": True},
    )


def closed_by(standing: Standing, groups: Iterable[Group]) -> dict[int, int]:
    """The claims that nothing stays in, with the claims that their first words went to."""
    anchors = {members[0]: claim_id for claim_id, members in standing.claims.items()}
    return {
        anchors[member]: group.claim_id
        for group in groups
        for member in group.members
        if member in anchors and anchors[member] != group.claim_id
    }
