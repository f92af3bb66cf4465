"""Finds each new appearance its claim: asks the matcher, keeps to what people decided, and proposes the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from claims import audit
from claims.audit import MACHINE, Action, Told
from claims.grouping import pairs
from claims.grouping.judging import Judgements
from claims.grouping.memory import Memory
from claims.grouping.placing import Candidate, MadeMatch, Option, Placing, chosen, made_matches
from claims.grouping.surroundings import MEMBERS_COMPARED, Neighbour, Surroundings
from claims.grouping.wordings import wordings_of
from claims.matching import PairScorer, Wording
from claims.models import Appearance, Claim, Match, MatchRun, MatchState, Relation
from claims.rows import key

__all__ = ["CANDIDATES", "MEMBERS_COMPARED", "Home", "Matcher", "add_match", "open_claim"]

CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Home:
    """Where an appearance was placed, in a claim that is new or not, and the matches that were made of it."""

    placing: Placing
    is_new: bool
    matches: tuple[MadeMatch, ...]

    @property
    def suggestions(self) -> int:
        """How many of the matches wait for a person."""
        return len(self.matches) - 1


@dataclass(slots=True)
class Matcher:
    """Places appearances in claims by what it remembers of all wordings; the scorer says how alike two of them are."""

    scorer: PairScorer
    memory: Memory = field(default_factory=Memory)

    def foresee(self, session: Session, expected: Iterable[Wording]) -> Judgements:
        """What placing appearances in these words will ask the matcher, as far as it can be told from what is stored.

        That is read in this session, and nothing is written. The claims that they open or join among themselves are
        not foreseen.
        """
        near = [(new, self.memory.closest(new.text, CANDIDATES)) for new in expected]
        ids = frozenset(one for _, texts in near for each in texts.values() for one in each)
        around, judged = Surroundings(session), Judgements(self.scorer, ids)
        around.look_up(ids)
        for new, texts in near:
            judged.judge_each(new, [words_of(claim, texts) for claim in around.near(texts).values()])
        return judged

    def place(
        self,
        session: Session,
        appearances: Sequence[Appearance],
        language: str,
        *,
        judged: Judgements,
        run: MatchRun,
        now: datetime,
    ) -> list[Home]:
        """Group each appearance with the claim it fits best, or open a claim for it; propose it to others.

        They are an article's, each placed after the one before it; judged may know something of them already.
        """
        around = Surroundings(session)
        around.look_up(judged.near_ids)
        wordings = wordings_of(session, map(key, appearances))
        decisions = pairs.decisions_about_each(session, [appearance.wording for appearance in appearances])
        homes = []
        for appearance, decided in zip(appearances, decisions, strict=True):
            said = wordings[key(appearance)]
            candidates, options = self.weigh(around, said._replace(language=language), decided, judged)
            joined, proposed = options
            home_id = joined.candidate.claim_id if joined else key(add_claim(session, appearance, language, now=now))
            matches = made_matches(key(appearance), home_id, joined, proposed)
            around.add(home_id, key(appearance), said, appearance.stance)
            self.memory.remember(key(appearance), appearance.wording)
            homes.append(Home(Placing(key(appearance), home_id, tuple(candidates)), joined is None, tuple(matches)))
        keep(session, appearances, homes, run, now=now)
        return homes

    def weigh(
        self, around: Surroundings, new: Wording, decided: Mapping[str, Relation], judged: Judgements
    ) -> tuple[list[Candidate], tuple[Option | None, list[Option]]]:
        """The claims near a wording by id, and which of them to join and to propose; decided is what people said."""
        texts = self.memory.closest(new.text, CANDIDATES)
        near = around.near(texts)
        candidates = [
            Candidate(id_, claim.is_published, tuple(one for one, _ in claim.nearest(texts)), claim.decided(decided))
            for id_, claim in near.items()
        ]
        judgements = judged.judge_each(new, [words_of(claim, texts) for claim in near.values()])
        return candidates, chosen(candidates, judgements)


def words_of(claim: Neighbour, near: Iterable[str]) -> list[Wording]:
    """The wordings of a claim's members that are worth comparing."""
    return [wording for _, wording in claim.nearest(near)]


def keep(
    session: Session, appearances: Iterable[Appearance], homes: Sequence[Home], run: MatchRun, *, now: datetime
) -> None:
    """Store and log what came of an article's appearances; the claims that they opened are stored already."""
    rows = [[match_row(made, run, now=now) for made in home.matches] for home in homes]
    session.add_all(row for each in rows for row in each)
    session.flush()
    audit.record_all(session, told_of(appearances, homes, rows, run), actor=MACHINE, now=now)


def told_of(
    appearances: Iterable[Appearance], homes: Iterable[Home], rows: Iterable[Sequence[Match]], run: MatchRun
) -> Iterator[Told]:
    """The events of what came of an article's appearances; the first match of a claim has none, the claim's says it."""
    for appearance, home, matches in zip(appearances, homes, rows, strict=True):
        if home.is_new:
            yield claim_told(home.placing.claim_id, appearance)
        for made, row in zip(home.matches, matches, strict=True):
            if made.compared_with_id is not None:
                yield match_told(made, row, run)


def open_claim(session: Session, appearance: Appearance, language: str, *, now: datetime, **details: object) -> Claim:
    """Store a claim worded as its first appearance; details go into the log."""
    claim = add_claim(session, appearance, language, now=now)
    audit.record_all(session, [claim_told(key(claim), appearance, **details)], actor=MACHINE, now=now)
    return claim


def add_claim(session: Session, appearance: Appearance, language: str, *, now: datetime) -> Claim:
    """Store a claim worded as its first appearance, which the caller logs."""
    claim = Claim(text=appearance.wording, language=language, created_at=now)
    session.add(claim)
    session.flush()
    return claim


def claim_told(claim_id: int, first: Appearance, **details: object) -> Told:
    """The event of a claim that its first appearance opened."""
    return Told(Action.CLAIM_ADD, f"claim:{claim_id}", {"appearance": first.id, "text": first.wording, **details})


def add_match(session: Session, made: MadeMatch, run: MatchRun, *, now: datetime, **details: object) -> None:
    """Store a match that a run made by comparing, with its explanation; details go into the log."""
    match = match_row(made, run, now=now)
    session.add(match)
    session.flush()
    audit.record_all(session, [match_told(made, match, run, **details)], actor=MACHINE, now=now)


def match_row(made: MadeMatch, run: MatchRun, *, now: datetime) -> Match:
    """A match that a run made, as a row that is not stored yet."""
    return Match(
        appearance_id=made.appearance_id,
        claim_id=made.claim_id,
        compared_with_id=made.compared_with_id,
        state=made.state,
        relation=made.relation,
        score=made.score,
        explanation=made.explanation,
        run_id=run.id,
        created_at=now,
    )


def match_told(made: MadeMatch, match: Match, run: MatchRun, **details: object) -> Told:
    """The event of a match that a run made by comparing."""
    said = {
        "match": match.id,
        "appearance": made.appearance_id,
        "relation": made.relation.value,
        "score": round(made.score, 1),
        "run": run.id,
    }
    action = Action.MATCH_GROUP if made.state is MatchState.CONFIRMED else Action.MATCH_SUGGEST
    return Told(action, f"claim:{made.claim_id}", said | details)
