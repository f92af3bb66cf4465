"""Reads from the log what became of matches: the latest word on each, whoever spoke."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel import Session, and_, col, or_, select

from claims.audit import Action
from claims.models import AuditEvent, MatchState, Relation

# What a run made at first is in its result; the log is asked for what came after.
LATER = (Action.MATCH_CONFIRM, Action.MATCH_REJECT, Action.MATCH_DETACH, Action.CLAIM_MERGE, Action.CLAIM_SPLIT)


@dataclass(frozen=True, slots=True)
class Word:
    """Where an event left a match; relation is None where it said nothing about that."""

    event_id: int
    actor: str
    state: MatchState
    relation: Relation | None


@dataclass(slots=True)
class Words:
    """The latest word on each match, by its id and by (appearance, claim), and the claims that others were merged into.

    left has the appearances that were taken out of each claim, in order: those that a merge moved are the last of them.
    """

    on_match: dict[int, Word] = field(default_factory=dict)
    on_place: dict[tuple[int, int], Word] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    left: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def latest(self, match_id: int, appearance_id: int, claim_id: int) -> Word | None:
        """The latest word on a match, if there is any since it was made."""
        found = self.on_match.get(match_id), self.on_place.get((appearance_id, claim_id))
        return max((word for word in found if word), key=lambda word: word.event_id, default=None)

    def leads(self, claim_id: int, to_id: int) -> bool:
        """Whether what was proposed for one claim may stand at the other: it is the same, or became that by merges."""
        seen = set[int]()
        while claim_id != to_id and claim_id in self.merged and claim_id not in seen:
            seen.add(claim_id)
            claim_id = self.merged[claim_id]
        return claim_id == to_id

    def hear(self, event: AuditEvent) -> None:
        """Take in one event; they come in order."""
        details, action = json.loads(event.details), Action(event.action)
        claim_id = int(event.subject.partition(":")[2])
        if action is Action.MATCH_DETACH:
            self.left[claim_id].append(details["appearance"])
            self.on_place[details["appearance"], claim_id] = word(event, MatchState.DETACHED, None)
        elif action is Action.MATCH_REJECT:
            self.on_match[details["match"]] = word(event, MatchState.REJECTED, Relation(details["relation"]))
        elif action is Action.CLAIM_MERGE:
            self.merged[details["merged"]] = claim_id
            count = details["appearances"]
            self.settle(event, self.left[details["merged"]][-count:] if count else [], claim_id)
        elif action is Action.CLAIM_SPLIT:
            self.settle(event, details["appearances"], details["into"])
        else:
            self.on_match[details["match"]] = word(event, MatchState.CONFIRMED, Relation.SAME)

    def settle(self, event: AuditEvent, appearance_ids: list[int], claim_id: int) -> None:
        """Note that appearances came into a claim."""
        settled = word(event, MatchState.CONFIRMED, Relation.SAME)
        self.on_place.update(((appearance_id, claim_id), settled) for appearance_id in appearance_ids)


def word(event: AuditEvent, state: MatchState, relation: Relation | None) -> Word:
    """What an event says of one match."""
    return Word(event.id, event.actor, state, relation)


def read_words(session: Session) -> Words:
    """All that the log says about matches since they were made."""
    regrouped = and_(col(AuditEvent.action) == Action.MATCH_GROUP.value, col(AuditEvent.details).contains('"ran_by":'))
    later = or_(col(AuditEvent.action).in_([action.value for action in LATER]), regrouped)
    words = Words()
    for event in session.exec(
        select(AuditEvent).where(later).order_by(col(AuditEvent.id)).execution_options(yield_per=1000)
    ):
        words.hear(event)
    return words
