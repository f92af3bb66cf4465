"""Says what a plan to group anew would change, in people's terms: what joins, what parts, what people are asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import Session, col, select

from claims.grouping.placing import MadeMatch
from claims.matching import Comparison, compare_wordings, wording_key
from claims.models import Claim, Relation
from claims.reruns.groups import NEW, Done, Move
from claims.reruns.rerun import Plan

IDS_AT_ONCE = 500
CALLED_SAME = "people called the two the same"
KEPT_APART = "people kept the two apart"


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


@dataclass(slots=True)
class PeoplesWord:
    """What people decided about any two appearances of a plan."""

    planned: Plan
    about_words: dict[str, dict[str, Relation]] = field(default_factory=lambda: defaultdict(dict))
    about_copies: dict[int, dict[int, Relation]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        """Turn the decisions so that they are found from either side."""
        for left, right, relation in self.planned.standing.decided:
            self.about_words[left][right] = self.about_words[right][left] = relation
        for first, second, relation in self.planned.standing.copies:
            self.about_copies[first][second] = self.about_copies[second][first] = relation

    def on(self, member: int, others: Iterable[int]) -> set[Relation]:
        """All that they decided about an appearance and any of the others."""
        words = self.about_words.get(self.key(member), {}) if self.about_words else {}
        copies = self.about_copies.get(member, {})
        if not words and not copies:
            return set()
        rest = set(others) - {member}
        found = {copies[other] for other in rest if other in copies}
        return found | {words[key] for key in map(self.key, rest) if key in words}

    def key(self, member: int) -> str:
        """What decisions know an appearance's wording by."""
        return wording_key(self.planned.wordings[member].text)


def changes(session: Session, planned: Plan, *, done: Done) -> list[Change]:
    """Claims that join first, then appearances that part, then proposals, each by the claims that they are in.

    done hears how many of the moves are compared.
    """
    moves, proposed = planned.regrouping.moves, planned.regrouping.proposals
    homes = {member: group.claim_id for group in planned.regrouping.groups for member in group.members}
    named = {claim_id for each in moves for claim_id in (each.from_id, each.group.claim_id)}
    asked = {claim_id for each in proposed for claim_id in (each.claim_id, homes[each.appearance_id])}
    texts = texts_of(session, sorted(named | asked))
    word = PeoplesWord(planned)
    found: list[Change] = []
    for at, each in enumerate(moves, 1):
        found.append(change_of(planned, texts, word, each))
        done(at, len(moves))
    found += [question_of(planned, texts, each, homes[each.appearance_id]) for each in proposed]
    order = list(ChangeKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.from_id, one.appearance_id))


def change_of(planned: Plan, texts: dict[int, str], word: PeoplesWord, moved: Move) -> Change:
    """One move, with the texts of both claims, and why: what guards say, and what people said before."""
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
        reasons=(*(guard.sentence for guard in compared.guards), *said_by_people(planned, word, moved, joins=joins)),
    )


def said_by_people(planned: Plan, word: PeoplesWord, moved: Move, *, joins: bool) -> Iterator[str]:
    """Whose word it is that an appearance joins others, or parts from those that it was with, if it is people's."""
    if joins:
        if Relation.SAME in word.on(moved.appearance_id, moved.group.members):
            yield CALLED_SAME
        return
    left = set(planned.standing.claims[moved.from_id]).difference(moved.group.members)
    if word.on(moved.appearance_id, left) - {Relation.SAME}:
        yield KEPT_APART


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
