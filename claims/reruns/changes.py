"""Says what a plan to group anew would change, in people's terms: what joins, what parts, what people are asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from claims.grouping.placing import MadeMatch
from claims.matching import Comparison, compare_wordings
from claims.models import Claim
from claims.reruns.groups import NEW, Move
from claims.reruns.rerun import Plan

IDS_AT_ONCE = 500


class ChangeKind(StrEnum):
    """What happens to an appearance: its claim joins another, it parts from its claim, or a person is asked.

    ASKS: it is proposed to a claim with a verdict, which nothing joins by itself.
    """

    JOINS = "joins"
    PARTS = "parts"
    ASKS = "asks"


@dataclass(frozen=True, slots=True)
class Change:
    """One appearance's move, or proposal. to_id is None where a claim is opened, and to_text its wording then.

    score and reasons compare it with what the other claim is about, or with what its own claim is about where it parts.
    """

    kind: ChangeKind
    appearance_id: int
    wording: str
    from_id: int
    from_text: str
    to_id: int | None
    to_text: str
    score: float
    reasons: tuple[str, ...]


def changes(session: Session, planned: Plan) -> list[Change]:
    """Claims that join first, then appearances that part, then proposals, each by the claims that they are in."""
    moves, proposed = planned.regrouping.moves, planned.regrouping.proposals
    homes = {member: group.claim_id for group in planned.regrouping.groups for member in group.members}
    named = {claim_id for each in moves for claim_id in (each.from_id, each.group.claim_id)}
    asked = {claim_id for each in proposed for claim_id in (each.claim_id, homes[each.appearance_id])}
    texts = texts_of(session, sorted(named | asked))
    found = [change_of(planned, texts, each) for each in moves]
    found += [question_of(planned, texts, each, homes[each.appearance_id]) for each in proposed]
    order = list(ChangeKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.from_id, one.appearance_id))


def change_of(planned: Plan, texts: dict[int, str], moved: Move) -> Change:
    """One move, with the texts of both claims."""
    into_id = moved.group.claim_id
    joins = into_id != NEW and planned.regrouping.closed.get(moved.from_id) == into_id
    compared = compared_with(planned, moved, into_id if joins else moved.from_id)
    first = planned.wordings[moved.group.members[0]].text
    return Change(
        kind=ChangeKind.JOINS if joins else ChangeKind.PARTS,
        appearance_id=moved.appearance_id,
        wording=planned.wordings[moved.appearance_id].text,
        from_id=moved.from_id,
        from_text=texts[moved.from_id],
        to_id=into_id or None,
        to_text=texts[into_id] if into_id else first,
        score=compared.score,
        reasons=tuple(guard.sentence for guard in compared.guards),
    )


def question_of(planned: Plan, texts: dict[int, str], proposed: MadeMatch, home_id: int) -> Change:
    """One proposal to a claim with a verdict; from a claim that is still to be opened, it has its own words."""
    wording = planned.wordings[proposed.appearance_id].text
    return Change(
        kind=ChangeKind.ASKS,
        appearance_id=proposed.appearance_id,
        wording=wording,
        from_id=home_id,
        from_text=texts.get(home_id, wording),
        to_id=proposed.claim_id,
        to_text=texts[proposed.claim_id],
        score=proposed.score,
        reasons=tuple(guard["sentence"] for guard in proposed.explanation["guards"]),
    )


def compared_with(planned: Plan, moved: Move, claim_id: int) -> Comparison:
    """What the matcher says about an appearance and the one that stands for a claim."""
    stands_for_it = planned.standing.claims[claim_id][0]
    return compare_wordings(
        planned.wordings[moved.appearance_id], planned.wordings[stands_for_it], scorer=planned.scorer
    )


def texts_of(session: Session, claim_ids: Sequence[int]) -> dict[int, str]:
    """Claims' wordings by their ids, some hundreds to a query."""
    return dict(rows_of(session, claim_ids))


def rows_of(session: Session, claim_ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The ids and wordings of these claims."""
    for start in range(0, len(claim_ids), IDS_AT_ONCE):
        ids = claim_ids[start : start + IDS_AT_ONCE]
        for claim_id, text in session.exec(select(Claim.id, Claim.text).where(col(Claim.id).in_(ids))):
            if claim_id is not None:
                yield claim_id, text
