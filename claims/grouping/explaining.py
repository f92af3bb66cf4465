"""Why two wordings are one claim or two: what the matcher says about them, and what people decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rapidfuzz
from sqlmodel import Session, select

from claims.errors import NotFound
from claims.grouping import pairs
from claims.grouping.wordings import wordings_of
from claims.matching import Alignment, Comparison, PairScorer, Run, Wording, align, compare_wordings
from claims.models import CopyDecision, PairDecision, Relation, User
from claims.rows import MAX_ID
from claims.settings import CLAIMLINE_VERSION


@dataclass(frozen=True, slots=True)
class Named:
    """One side: the appearance that was named, or None for words that were given, and its wording."""

    appearance_id: int | None
    wording: Wording


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's word on the two wordings; by is their name."""

    relation: Relation
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two sides, aligned and compared; decided is None where nobody said anything about the two."""

    left: Named
    right: Named
    alignment: Alignment
    comparison: Comparison
    decided: Decided | None
    versions: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The explanation for programs."""
        decided = self.decided
        return {
            "left": side_as_json(self.left, self.alignment.left),
            "right": side_as_json(self.right, self.alignment.right),
            "comparison": self.comparison.as_json(),
            "decided": decided
            and {"relation": decided.relation.value, "by": decided.by, "at": decided.at.isoformat(timespec="seconds")},
            "versions": self.versions,
        }


def explain(session: Session, left: str, right: str, scorer: PairScorer, *, language: str | None = None) -> Explanation:
    """What is to be said about two sides: digits alone name an appearance, anything else is a wording.

    A wording is in this language, else in that of the appearance on the other side. NotFound for an appearance that is
    not stored.
    """
    stored = {side: stored_side(session, side) for side in (left, right) if side.isascii() and side.isdecimal()}
    spoken = language or next((side.wording.language for side in stored.values()), "und")
    one, other = (stored.get(side) or Named(None, Wording(side, language=spoken)) for side in (left, right))
    return Explanation(
        left=one,
        right=other,
        alignment=align(one.wording.text, other.wording.text, one.wording.language),
        comparison=compare_wordings(one.wording, other.wording, scorer=scorer),
        decided=decided_on(session, one, other),
        versions={"claimline": CLAIMLINE_VERSION, "rapidfuzz": rapidfuzz.__version__},
    )


def stored_side(session: Session, digits: str) -> Named:
    """The appearance with this id."""
    appearance_id = int(digits[:20])
    found = wordings_of(session, [appearance_id] if appearance_id <= MAX_ID else [])
    if appearance_id not in found:
        raise NotFound(f"There is no appearance {digits[:20]}. For a wording of digits alone, add a word or a mark.")
    return Named(appearance_id, found[appearance_id])


def decided_on(session: Session, left: Named, right: Named) -> Decided | None:
    """What a person decided about two wordings, or about two appearances of one, if anybody did."""
    decision: PairDecision | CopyDecision | None = pairs.find(session, left.wording.text, right.wording.text)
    if left.appearance_id is not None and right.appearance_id is not None:
        decision = pairs.find_copies(session, left.appearance_id, right.appearance_id) or decision
    if decision is None:
        return None
    name = session.exec(select(User.name).where(User.id == decision.decided_by_id)).one()
    return Decided(decision.relation, name, decision.decided_at)


def side_as_json(side: Named, runs: tuple[Run, ...]) -> dict[str, Any]:
    """One side for programs: runs put together are its text."""
    words = [{"kind": run.kind.value, "text": run.text} for run in runs]
    return {"appearance": side.appearance_id, **side.wording._asdict(), "runs": words}
