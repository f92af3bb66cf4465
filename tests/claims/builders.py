"""What tests of the domain begin with: drafts as scrapers make them, and a newsroom with a user of each role."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zlib import crc32

from sqlalchemy import Engine, event
from sqlmodel import Session, col, func, select

from claims import db, evidence, reviews
from claims.audit import AuditReport
from claims.drafts import AppearanceDraft, ArticleDraft, Page
from claims.grouping import Matcher
from claims.intake import Stored, store
from claims.matching import shipped_scorer
from claims.models import (
    Appearance,
    Bearing,
    Claim,
    Evidence,
    Match,
    MatchState,
    Relation,
    Review,
    Role,
    Table,
    User,
)
from claims.moving import homes_in
from claims.proof import verify
from claims.tallies import recount
from claims.versions.bodies import IN_DATABASE, Bodies

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
FORCED = "Ankara was forced to buy the Russian S-400 system after Washington refused to sell Patriot missiles."
SNOW = "Snow fell in Oslo on the first day of June."
RAIN = "Rain stopped the harvest in three provinces of Spain."


def page(url: str, body: bytes = b"<html></html>", fetched_at: datetime = NOW) -> Page:
    """A page that an outlet's server returned."""
    return Page(url, url, 200, (("Content-Type", "text/html"),), body, "text/html", fetched_at)


def article(*sentences: str, url: str = "https://outlet.example/1", **changes: object) -> ArticleDraft:
    """An article whose text is these sentences, a line each."""
    draft = {"title": "A story", "text": "\n".join(sentences), "language": "en"} | changes
    return ArticleDraft(canonical_url=url, **draft)  # type: ignore[arg-type]


def statement(draft: ArticleDraft, exact: str, **changes: object) -> AppearanceDraft:
    """A statement at the first place where the article has its words."""
    start = draft.text.index(exact)
    end = start + len(exact)
    around = {"prefix": draft.text[max(0, start - 32) : start], "suffix": draft.text[end : end + 32]}
    return AppearanceDraft(exact=exact, start=start, end=end, **around | changes)  # type: ignore[arg-type]


def user(role: Role, name: str) -> User:
    """A user as a row; the password cannot be guessed, since there is none."""
    return User(
        email=f"{name.lower()}@desk.example",
        name=name,
        password_hash="none",
        role=role,
        session_key=f"session of {name}",
        created_at=NOW,
    )


@contextmanager
def full_disk() -> Iterator[None]:
    """While this lasts, what is to be stored meets a disk without room, at the last moment."""

    def refuse(_: object) -> None:
        raise OSError("No space left on device")

    event.listen(Session, "before_commit", refuse)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", refuse)


@dataclass(slots=True)
class Newsroom:
    """A database with a user of each role, and short ways to bring it to where a test begins."""

    engine: Engine
    matcher: Matcher = field(default_factory=lambda: Matcher(shipped_scorer()))
    bodies: Bodies = IN_DATABASE
    ada: User = field(default_factory=lambda: user(Role.REVIEWER, "Ada"))
    bo: User = field(default_factory=lambda: user(Role.REVIEWER, "Bo"))
    eve: User = field(default_factory=lambda: user(Role.EDITOR, "Eve"))
    root: User = field(default_factory=lambda: user(Role.ADMIN, "Root"))

    def open(self) -> None:
        """Store the users."""
        with self.writing() as session:
            session.add_all([self.ada, self.bo, self.eve, self.root])

    def writing(self) -> AbstractContextManager[Session]:
        """A session that stores what is done in it."""
        return db.transaction(self.engine)

    def reading(self) -> AbstractContextManager[Session]:
        """A session to look at what is stored."""
        return db.reading(self.engine)

    def take_in(
        self,
        *sentences: str,
        url: str = "https://outlet.example/1",
        claimant: str | None = "Ankara",
        at: datetime = NOW,
        **changes: object,
    ) -> Stored:
        """Store an article of which every sentence is a statement."""
        draft = article(*sentences, url=url, **changes)
        by = {"claimant": claimant, "cue": claimant and "said"}
        statements = [statement(draft, sentence, **by) for sentence in dict.fromkeys(sentences)]
        fetched = page(url, fetched_at=at)
        return store(self.engine, self.matcher, fetched, draft, statements, now=at, bodies=self.bodies)

    def claim(self, wording: str = FORCED, *, outlets: Sequence[str] = ("outlet",)) -> int:
        """The id of a claim that each of these outlets carried in the same words."""
        for outlet in outlets:
            url = f"https://{outlet}.example/{crc32(wording.encode())}"
            found = self.take_in(wording, url=url, title=f"Story of {outlet}")
        return self.home(found.article_id)

    def home(self, article_id: int) -> int:
        """The id of the claim that the article's first statement belongs to."""
        with self.reading() as session:
            wanted = select(Match.claim_id).join(Appearance, col(Appearance.id) == Match.appearance_id)
            mine = wanted.where(Appearance.article_id == article_id, Match.state == MatchState.CONFIRMED)
            return session.exec(mine.order_by(col(Appearance.start))).first() or 0

    def appearances(self, claim_id: int) -> list[int]:
        """The ids of the appearances that belong to the claim."""
        with self.reading() as session:
            return [home.appearance_id for home in homes_in(session, claim_id)]

    def suggest(self, from_claim: int, to_claim: int, relation: Relation = Relation.SAME) -> int:
        """The id of a proposal that the first appearance of one claim belongs to another, as the matcher makes it."""
        proposed, compared = self.appearances(from_claim)[0], self.appearances(to_claim)[0]
        with self.writing() as session:
            match = Match(
                appearance_id=proposed,
                claim_id=to_claim,
                compared_with_id=compared,
                state=MatchState.SUGGESTED,
                relation=relation,
                score=55.0,
                explanation={"score": 55.0, "scores": {"overlap": 55.0}, "guards": []},
                created_at=NOW,
            )
            session.add(match)
            recount(session, [to_claim])
            return match.id or 0

    def cite(self, claim_id: int, title: str = "The treaty", *, url: str = "https://evidence.example/treaty") -> int:
        """The id of a piece of evidence for the claim."""
        with self.writing() as session:
            cited = evidence.add(
                session,
                claim_id,
                title=title,
                url=url,
                quote="Article 5",
                note="Read it",
                is_primary=True,
                bearing=Bearing.SUPPORTS,
                by=self.ada,
                now=NOW,
            )
            return cited.id or 0

    def draft(self, claim_id: int, *, rating: str = "false", summary: str = "It is not so.") -> int:
        """The id of a review that Ada drafted, with one piece of evidence."""
        self.cite(claim_id)
        with self.writing() as session:
            review = reviews.save_draft(
                session, claim_id, rating=rating, summary=summary, by=self.ada, seen_version=0, now=NOW
            )
            return review.id or 0

    def submit(self, review_id: int) -> None:
        """Hand Ada's draft to its second pair of eyes."""
        with self.writing() as session:
            reviews.submit(session, review_id, by=self.ada, seen_version=self.version(Review, review_id), now=NOW)

    def publish(self, claim_id: int, *, rating: str = "false", summary: str = "It is not so.") -> int:
        """The id of a review that Ada wrote and Bo published."""
        review_id = self.draft(claim_id, rating=rating, summary=summary)
        self.submit(review_id)
        with self.writing() as session:
            reviews.publish(session, review_id, by=self.bo, seen_version=self.version(Review, review_id), now=NOW)
        return review_id

    def correct(self, claim_id: int, *, rating: str, summary: str = "It is so after all.") -> int:
        """The id of a correction that Eve wrote and Bo published."""
        review_id = self.submit_correction(claim_id, rating=rating, summary=summary)
        with self.writing() as session:
            reviews.publish(session, review_id, by=self.bo, seen_version=3, now=NOW)
        return review_id

    def submit_correction(self, claim_id: int, *, rating: str, summary: str = "It is so after all.") -> int:
        """The id of a correction that Eve wrote and handed in."""
        with self.writing() as session:
            review_id = reviews.start_correction(
                session, claim_id, why="A new document", requested_by="A reader", by=self.eve, now=NOW
            )
            reviews.save_draft(session, claim_id, rating=rating, summary=summary, by=self.eve, seen_version=1, now=NOW)
            reviews.submit(session, review_id, by=self.eve, seen_version=2, now=NOW)
        return review_id

    def retract(self, review_id: int) -> None:
        """Take back a published review."""
        with self.writing() as session:
            version = session.get_one(Review, review_id).version
            reason = "The source was forged"
            reviews.retract(session, review_id, reason=reason, by=self.eve, seen_version=version, now=NOW)

    def version(self, table: type[Claim] | type[Match] | type[Review], row_id: int) -> int:
        """The version of a row that somebody who looks now sees."""
        with self.reading() as session:
            row: Claim | Match | Review = session.get_one(table, row_id)
            return row.version

    def count(self, table: type[Table]) -> int:
        """How many rows a table has."""
        with self.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def stored_claim(self, claim_id: int) -> Claim:
        """The claim's row as it is stored now."""
        with self.reading() as session:
            return session.get_one(Claim, claim_id)

    def stored_review(self, review_id: int) -> Review:
        """The review's row as it is stored now."""
        with self.reading() as session:
            return session.get_one(Review, review_id)

    def stored_evidence(self, evidence_id: int) -> Evidence:
        """The evidence's row as it is stored now."""
        with self.reading() as session:
            return session.get_one(Evidence, evidence_id)

    def proof(self, bodies: Bodies | None = None) -> AuditReport:
        """What checking the whole log says."""
        with self.reading() as session:
            return verify(session, bodies or self.bodies)
