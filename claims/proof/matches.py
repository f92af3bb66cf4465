"""Holds every match against the run that made it, whose result the log seals, and against what was decided since."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Row
from sqlmodel import Session, col, select

from claims.audit import MACHINE
from claims.models import Match, MatchRun, MatchRunKind, MatchState, Relation, User
from claims.proof.words import Words, read_words
from claims.rows import key

BY_HAND: Final = {"by_hand": True}
BY_HAND_SCORE: Final = 100.0
Made = Mapping[str, Any]


@dataclass(slots=True)
class MatchProof:
    """Finds the matches that are not what was made and decided.

    unsealed counts those that nothing says anything about: they were stored before runs were kept. regrouped has the
    latest run that moved each appearance: a match that was there may be told by it since.
    """

    words: Words
    emails: Mapping[int | None, str]
    unsealed: int = 0
    regrouped: dict[int, int] = field(default_factory=dict)
    unseen: list[tuple[int, int]] = field(default_factory=list)

    def problems(self, session: Session) -> Iterator[str]:
        """A line for each match that was altered, each that is lost, and each run whose thresholds are others."""
        found = by_run(session)
        run_id, rows = next(found, (None, []))
        for run in session.exec(select(MatchRun).order_by(col(MatchRun.id)).execution_options(yield_per=20)):
            while run_id is not None and run_id < key(run):
                yield f"match run {run_id}, which made {len(rows)} matches, was deleted"
                run_id, rows = next(found, (None, []))
            mine, (run_id, rows) = (rows, next(found, (None, []))) if run_id == run.id else ([], (run_id, rows))
            yield from self.of_run(run, mine)
        yield from self.without_run(session)
        for appearance_id, made_by in self.unseen:
            if self.regrouped.get(appearance_id, 0) <= made_by:
                yield f"a match of appearance {appearance_id} that run {made_by} made was deleted"

    def of_run(self, run: MatchRun, rows: list[Row[Any]]) -> Iterator[str]:
        """The problems of the matches that a run made."""
        made = made_by(run)
        if made is None:
            self.regrouped.update((row.appearance_id, key(run)) for row in rows)
            return
        if any(one["explanation"].get("thresholds", run.thresholds) != run.thresholds for one in made):
            yield f"match run {run.id} is not what the matcher did: it was made with other thresholds"
        waiting: dict[int, list[Made]] = {}
        for one in made:
            waiting.setdefault(one["appearance"], []).append(one)
            if run.kind is MatchRunKind.RERUN:
                self.regrouped[one["appearance"]] = key(run)
        altered = set[int]()
        for row in rows:
            mine = waiting.get(row.appearance_id, [])
            origin = next(filter(partial(self.may_be, row), mine), None)
            if origin is None:
                altered.add(row.appearance_id)
                yield f"match {row.id} is not what run {run.id} made"
            else:
                mine.remove(origin)
                yield from self.since(row, MatchState(origin["state"]), Relation(origin["relation"]))
        lost = [one["appearance"] for left in waiting.values() for one in left]
        self.unseen += [(appearance_id, key(run)) for appearance_id in lost if appearance_id not in altered]

    def may_be(self, row: Row[Any], made: Made) -> bool:
        """Whether a row is what was made, in the same claim or one that it was merged into; 0 was to be opened."""
        is_there = made["claim"] == 0 or self.words.leads(made["claim"], row.claim_id)
        said = (made["score"], made["compared_with"], made["explanation"])
        return is_there and (row.score, row.compared_with_id, row.explanation) == said

    def without_run(self, session: Session) -> Iterator[str]:
        """The problems of the matches that no run made: people did, or it was before runs were kept."""
        for row in session.execute(COLUMNS.where(col(Match.run_id).is_(None)).execution_options(yield_per=1000)):
            word = self.words.latest(row.id, row.appearance_id, row.claim_id)
            by_hand = row.explanation == BY_HAND
            if word is None or not by_hand:
                self.unsealed += 1
            if by_hand and (row.score, row.compared_with_id) != (BY_HAND_SCORE, None):
                yield f"match {row.id} is not what was made by hand"
            if word is not None:
                yield from self.since(row, word.state, Relation(row.relation))

    def since(self, row: Row[Any], state: MatchState, relation: Relation) -> Iterator[str]:
        """What is wrong with where a match stands, after all that was decided since it was made so."""
        word, by = self.words.latest(row.id, row.appearance_id, row.claim_id), MACHINE
        if word is not None:
            state, relation, by = word.state, word.relation or row.relation, word.actor
        elif row.state is MatchState.DETACHED and row.claim_id in self.words.merged:
            # A proposal to a claim that was merged into one that has its own goes with the merge.
            return
        if (row.state, row.relation) != (state, relation):
            yield (
                f"match {row.id} is {row.state.value} ({row.relation.value}) "
                f"where the log says {state.value} ({relation.value})"
            )
        elif self.emails.get(row.decided_by_id, MACHINE) != by:
            yield f"match {row.id} is said to be decided by another than {by}, whom the log names"


COLUMNS = select(  # type: ignore[call-overload]
    Match.id,
    Match.appearance_id,
    Match.claim_id,
    Match.compared_with_id,
    Match.state,
    Match.relation,
    Match.score,
    Match.explanation,
    Match.run_id,
    Match.decided_by_id,
)


def altered_matches(session: Session) -> tuple[list[str], int]:
    """A line for each match that is not what was made and decided, and how many there are that nothing seals."""
    proof = MatchProof(read_words(session), dict(session.exec(select(User.id, User.email)).all()))
    return list(proof.problems(session)), proof.unsealed


def by_run(session: Session) -> Iterator[tuple[int, list[Row[Any]]]]:
    """The matches of each run that made any, by the run's id."""
    rows = session.execute(
        COLUMNS.where(col(Match.run_id).is_not(None))
        .order_by(col(Match.run_id), col(Match.id))
        .execution_options(yield_per=1000)
    )
    for run_id, found in groupby(rows, key=lambda row: row.run_id):
        yield run_id, list(found)


def made_by(run: MatchRun) -> list[Made] | None:
    """The matches in a run's result; None where it was altered, which is told of the run."""
    try:
        result = zlib.decompress(run.result)
    except zlib.error:
        return None
    if hashlib.sha256(result).hexdigest() != run.result_sha256:
        return None
    return [one for one in json.loads(result) if "explanation" in one]
