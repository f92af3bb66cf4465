"""Reads what regrouping must know: where appearances are, and what people decided about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from claims.matching import wording_key
from claims.models import Appearance, Claim, CopyDecision, Match, MatchState, PairDecision, Relation, Review
from claims.reruns.groups import Standing


@dataclass(slots=True)
class Homes:
    """Where appearances are, gathered claim by claim.

    held and pinned have those that people keep together, by the claim in which they did: held since the machine moved
    some of them, pinned by a decision about the claim that they are still in.
    """

    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    anchors: dict[int, int] = field(default_factory=dict)
    held: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    pinned: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def read_standing(session: Session) -> Standing:
    """Everything that regrouping is given, of the claims that have no verdict, neither drafted nor published."""
    homes = read_homes(session)
    claims = {
        claim_id: (anchor, *(member for member in homes.members[claim_id] if member != anchor))
        for claim_id, anchor in homes.anchors.items()
    }
    judged, known = with_verdict(session)
    return Standing(
        claims, kept_together(homes), tuple(decisions(session)), tuple(copy_decisions(session)), judged, known
    )


def read_homes(session: Session) -> Homes:
    """Where every appearance is, in one query.

    An appearance in the claim's own words stands for it, else the earliest.
    """
    rows = session.execute(
        select(
            col(Match.claim_id),
            col(Match.appearance_id),
            col(Match.decided_by_id).is_not(None).label("by_a_person"),
            col(Match.held_with_id),
            (col(Appearance.wording) == col(Claim.text)).label("is_its_text"),
        )
        .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
        .join(Claim, col(Claim.id) == col(Match.claim_id))
        .where(col(Match.state) == MatchState.CONFIRMED, col(Match.claim_id).not_in(select(col(Review.claim_id))))
        .order_by(col(Match.claim_id), (col(Appearance.wording) == col(Claim.text)).desc(), col(Match.appearance_id))
        .execution_options(yield_per=1_000)
    )
    homes = Homes()
    for row in rows:
        homes.anchors.setdefault(row.claim_id, row.appearance_id)
        homes.members[row.claim_id].append(row.appearance_id)
        if row.held_with_id is not None:
            homes.held[row.held_with_id].add(row.appearance_id)
        elif row.by_a_person:
            homes.pinned[row.claim_id].add(row.appearance_id)
    return homes


def with_verdict(session: Session) -> tuple[dict[int, tuple[int, ...]], tuple[tuple[int, int], ...]]:
    """The appearances of each claim with a verdict, and every match with one of them, as (appearance, claim)."""
    rows = session.execute(
        select(col(Match.claim_id), col(Match.appearance_id), col(Match.state))
        .where(col(Match.claim_id).in_(select(col(Review.claim_id))))
        .order_by(col(Match.claim_id), col(Match.appearance_id))
    )
    judged: dict[int, list[int]] = defaultdict(list)
    known: list[tuple[int, int]] = []
    for claim_id, appearance_id, state in rows:
        known.append((appearance_id, claim_id))
        if state is MatchState.CONFIRMED:
            judged[claim_id].append(appearance_id)
    return {claim_id: tuple(members) for claim_id, members in judged.items()}, tuple(known)


def kept_together(homes: Homes) -> dict[int, tuple[int, ...]]:
    """Sets of appearances that people keep together, no appearance in two.

    What a person brought into a claim was brought to what stands for it: the machine may not take the two apart.
    """
    together: dict[int, set[int]] = {label: set(members) for label, members in homes.held.items()}
    for claim_id, members in homes.pinned.items():
        anchor = set() if claim_id in homes.held else {homes.anchors[claim_id]}
        together[claim_id] = together.get(claim_id, set()) | members | anchor
    return merged(together)


def merged(sets: Mapping[int, set[int]]) -> dict[int, tuple[int, ...]]:
    """The sets with those that overlap made one, under the lowest label."""
    label_of: dict[int, int] = {}
    found: dict[int, set[int]] = {}
    for label, members in sorted(sets.items()):
        overlapping = {label_of[member] for member in members if member in label_of}
        whole = members.union(*(found.pop(other) for other in overlapping))
        lowest = min({label, *overlapping})
        found[lowest] = whole
        label_of.update(dict.fromkeys(whole, lowest))
    return {label: tuple(sorted(members)) for label, members in found.items()}


def decisions(session: Session) -> Iterable[tuple[str, str, Relation]]:
    """What people decided about wordings, by the keys that those have now."""
    wanted = select(col(PairDecision.first_wording), col(PairDecision.second_wording), col(PairDecision.relation))
    for first, second, relation in session.execute(wanted.order_by(col(PairDecision.id))):
        keys = wording_key(first), wording_key(second)
        if keys[0] != keys[1]:
            yield *keys, relation


def copy_decisions(session: Session) -> list[tuple[int, int, Relation]]:
    """What people decided about copies of one wording."""
    rows = session.scalars(select(CopyDecision).order_by(col(CopyDecision.id)))
    return [(row.first_id, row.second_id, row.relation) for row in rows]
