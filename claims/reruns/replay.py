"""Makes a run of the matcher again from rows that never change, and holds it against what was stored."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from sqlmodel import Session

from claims.errors import ClaimsError
from claims.grouping import runs
from claims.grouping.placing import MadeMatch, Placing, made_matches, weighed
from claims.grouping.wordings import stored_wordings
from claims.matching import THRESHOLDS, PairScorer
from claims.models import MatchRun, MatchRunKind
from claims.reruns.groups import Done, Standing
from claims.reruns.regrouping import regroup
from claims.rows import key, load


@dataclass(frozen=True, slots=True)
class Difference:
    """The first line in which two results differ, counted from 1; a text is empty where its result has ended."""

    line: int
    stored: str
    made: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What making a run again came to; difference is None where it is identical, byte for byte."""

    run_id: int
    sha256: str
    difference: Difference | None


def replay(session: Session, run_id: int, *, scorer: PairScorer, done: Done) -> Replay:
    """Make the run again with this scorer and compare; done hears how far it is.

    NotFound where there is no such run; ClaimsError where another version of the matcher made it.
    """
    run = load(session, MatchRun, run_id)
    require_same_matcher(run, scorer)
    stored, made = runs.result_of(run), RESULTS[run.kind](session, run, scorer, done)
    return Replay(run_id, runs.sha256_of(made), first_difference(stored, made))


def require_same_matcher(run: MatchRun, scorer: PairScorer) -> None:
    """Raise ClaimsError unless the matcher is the one that made the run."""
    if run.matcher_version != scorer.version:
        is_model_alone = runs.rules_of(run.matcher_version) == runs.rules_of(scorer.version)
        raise ClaimsError(
            f"Run {key(run)} was made by version {run.matcher_version} of the matcher. "
            f"This is version {scorer.version}, which cannot reproduce it."
            + (" Only the models differ: CLAIMLINE_MODELS chooses them." if is_model_alone else "")
        )
    if run.thresholds != dataclasses.asdict(THRESHOLDS):
        raise ClaimsError(f"Run {key(run)} was made with other thresholds, {run.thresholds}: it cannot be reproduced.")


def intake_result(session: Session, run: MatchRun, scorer: PairScorer, done: Done) -> str:
    """The matches that come of placing the run's appearances among the claims that were weighed."""
    return runs.canonical_lines(match.as_json() for match in intake_matches(session, run, scorer, done))


def intake_matches(session: Session, run: MatchRun, scorer: PairScorer, done: Done) -> Iterator[MadeMatch]:
    """Every match of an intake, in its order."""
    given = runs.given_to(run)
    placings = [Placing.from_json(kept) for kept in given["placings"]]
    members = {member for one in placings for candidate in one.candidates for member in candidate.member_ids}
    wordings = stored_wordings(session, members | {placing.appearance_id for placing in placings})
    for at, placing in enumerate(placings, 1):
        new = wordings[placing.appearance_id]._replace(language=given["language"])
        options = weighed(placing.candidates, new, wordings, scorer)
        yield from made_matches(placing.appearance_id, placing.claim_id, *options)
        done(at, len(placings))


def rerun_result(session: Session, run: MatchRun, scorer: PairScorer, done: Done) -> str:
    """The groups and the moves that come of grouping anew what was stored then."""
    standing = Standing.from_json(runs.given_to(run))
    wordings = stored_wordings(session, standing.appearance_ids())
    return regroup(standing, wordings, scorer, done=done).as_result()


def first_difference(stored: str, made: str) -> Difference | None:
    """The first line in which the results differ, or None."""
    if stored == made:
        return None
    pairs = enumerate(zip_longest(stored.split("\n"), made.split("\n"), fillvalue=""), 1)
    return next(Difference(line, left, right) for line, (left, right) in pairs if left != right)


RESULTS: dict[MatchRunKind, Callable[[Session, MatchRun, PairScorer, Done], str]] = {
    MatchRunKind.INTAKE: intake_result,
    MatchRunKind.RERUN: rerun_result,
}
