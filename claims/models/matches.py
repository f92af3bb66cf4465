"""Which appearances belong together: what runs of the matcher proposed, and what people decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Computed, Index, String, UniqueConstraint, column, text
from sqlmodel import JSON, Column, Field, LargeBinary

from claims.models.table import NEVER_REUSE_IDS, Table, choice, moment


class MatchState(StrEnum):
    """Where a proposal that an appearance belongs to a claim stands."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DETACHED = "detached"


class Relation(StrEnum):
    """What a person decided about two wordings, or what a match proposes."""

    SAME = "same"
    DISTINCT = "distinct"
    CONTRADICTS = "contradicts"
    RELATED = "related"


class MatchRunKind(StrEnum):
    """What made a run of the matcher: an article that came in, or regrouping all that is stored."""

    INTAKE = "intake"
    RERUN = "rerun"


class MatchRun(Table, table=True):
    """One run of the matcher: what it was given that may change later, and what came of it; never changed.

    constraints is zlib-compressed JSON with all that no immutable row says (the appearances compared, what people had
    decided), result what claims.reruns.replay makes anew from it: zlib-compressed canonical JSON, result_sha256 its
    hash before that. Appearances after last_appearance_id were not known to it.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: MatchRunKind = choice(MatchRunKind)
    actor: str
    started_at: datetime = moment()
    finished_at: datetime = moment()
    matcher_version: str
    thresholds: dict[str, float] = Field(sa_column=Column(JSON, nullable=False))
    last_appearance_id: int
    counts: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    constraints: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    result: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    result_sha256: str

    __table_args__ = (NEVER_REUSE_IDS,)


def told(name: str) -> Any:
    """A column that the database derives from what a match's explanation says by this name; NULL where it does not."""
    said = column("explanation", JSON)[name].as_string()
    return Field(default=None, sa_column=Column(String, Computed(said, persisted=True)))


class Match(Table, table=True):
    """A scored, explained proposal that an appearance belongs to a claim.

    relation is what the matcher proposes: same, or contradicts where a guard fired. explanation holds scores, guards,
    thresholds and versions, enough to reproduce it; proposal and matcher_version are what it says of them, for what
    counts all matches. decided_by_id is None while the machine alone has spoken. run_id is None for what people made.
    held_with_id names the claim in which a person kept the appearance together with others, where the machine has moved
    them all since.
    """

    id: int | None = Field(default=None, primary_key=True)
    appearance_id: int = Field(foreign_key="appearance.id", index=True)
    claim_id: int = Field(foreign_key="claim.id", index=True)
    compared_with_id: int | None = Field(default=None, foreign_key="appearance.id")
    state: MatchState = choice(MatchState)
    relation: Relation = choice(Relation)
    score: float
    explanation: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    proposal: str | None = told("proposal")
    matcher_version: str | None = told("version")
    decided_by_id: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = moment(default=None)
    run_id: int | None = Field(default=None, foreign_key="match_run.id")
    held_with_id: int | None = Field(default=None, foreign_key="claim.id")
    version: int = 1
    created_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("appearance_id", "claim_id"),
        # An appearance is at home in one claim at most.
        Index(
            "uq_match_home",
            "appearance_id",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
    )


class PairDecision(Table, table=True):
    """A reviewer's lasting word on two wordings; keys are in order, so a pair has one row."""

    id: int | None = Field(default=None, primary_key=True)
    first_key: str
    second_key: str = Field(index=True)
    first_wording: str
    second_wording: str
    relation: Relation = choice(Relation)
    decided_by_id: int = Field(foreign_key="user.id")
    decided_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("first_key", "second_key"),
        CheckConstraint("first_key < second_key", name="ordered"),
    )


class CopyDecision(Table, table=True):
    """A reviewer's lasting word on two appearances of one wording, where the words cannot tell them apart."""

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="appearance.id")
    second_id: int = Field(foreign_key="appearance.id", index=True)
    relation: Relation = choice(Relation)
    decided_by_id: int = Field(foreign_key="user.id")
    decided_at: datetime = moment()

    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="ordered"),
    )
