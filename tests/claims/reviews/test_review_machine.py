"""Whatever people do to a verdict, in whatever order: what must never be false is never false."""

from collections.abc import Callable
from functools import partial

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, select

from claims import curation, evidence, reviews
from claims.errors import ClaimsError
from claims.models import AuditEvent, Bearing, Claim, Review, ReviewState, Role, User
from claims.ratings import Rating
from claims.reviews import content_sha256
from claims.tallies import OPEN_STATES, STANDING_STATES
from tests.claims.builders import NOW, Newsroom

PEOPLE = st.sampled_from(["ada", "bo", "eve", "root"])
WORDS = st.sampled_from(["It is so.", "It is not so.", ""])
LAGS = st.sampled_from([0, 0, 0, 1])


class VerdictMachine(RuleBasedStateMachine):
    """Four people at one claim, doing anything that the desk offers, allowed or not."""

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self.newsroom = newsroom
        with newsroom.writing() as session:
            claim = Claim(text="The claim.", language="en", created_at=NOW)
            session.add(claim)
            session.flush()
            self.claim_id = claim.id or 0

    def teardown(self) -> None:
        assert self.newsroom.proof().problems == ()

    def attempt(self, step: Callable[[Session], object]) -> None:
        """Let somebody try something; a refusal must leave no trace."""
        try:
            with self.newsroom.writing() as session:
                step(session)
        except ClaimsError:
            assert self.logged() == self.events, "a refused step was logged"
        self.events = self.logged()

    def logged(self) -> int:
        """How many events the log has."""
        return self.newsroom.count(AuditEvent)

    def person(self, name: str) -> User:
        """The user with this name."""
        user: User = getattr(self.newsroom, name)
        return user

    def all_reviews(self) -> list[Review]:
        """Every version, oldest first."""
        with self.newsroom.reading() as session:
            mine = select(Review).where(Review.claim_id == self.claim_id)
            return list(session.exec(mine.order_by(col(Review.number))))

    def published_now(self) -> dict[int, str]:
        """The hash over what each published version says, by its id."""
        with self.newsroom.reading() as session:
            versions = session.exec(select(Review).where(Review.claim_id == self.claim_id))
            return {one.id or 0: content_sha256(session, one) for one in versions if one.published_at}

    def latest(self) -> Review | None:
        """The newest version."""
        versions = self.all_reviews()
        return versions[-1] if versions else None

    @initialize(phase=st.sampled_from(["open", "drafted", "submitted", "published", "corrected"]))
    def begin(self, phase: str) -> None:
        if phase in {"drafted", "submitted"}:
            self.newsroom.draft(self.claim_id)
        if phase == "submitted":
            self.newsroom.submit(self.all_reviews()[0].id or 0)
        if phase in {"published", "corrected"}:
            self.newsroom.publish(self.claim_id)
        if phase == "corrected":
            self.newsroom.submit_correction(self.claim_id, rating="true")
        self.events, self.published = self.logged(), self.published_now()

    @rule(by=PEOPLE, rating=st.sampled_from(["", *Rating]), summary=WORDS, lag=LAGS)
    def save(self, by: str, rating: str, summary: str, lag: int) -> None:
        now_open = next((review for review in self.all_reviews() if review.state in OPEN_STATES), None)
        seen = max(0, now_open.version - lag) if now_open else 0
        self.attempt(
            lambda session: reviews.save_draft(
                session,
                self.claim_id,
                rating=rating,
                summary=summary,
                by=self.person(by),
                seen_version=seen,
                now=NOW,
            )
        )

    @rule(by=PEOPLE)
    def cite(self, by: str) -> None:
        words = {"title": "The treaty", "url": "", "quote": "", "note": ""}
        self.attempt(
            lambda session: evidence.add(
                session, self.claim_id, is_primary=False, bearing=Bearing.CONTEXT, by=self.person(by), now=NOW, **words
            )
        )

    @rule(by=PEOPLE)
    def withdraw(self, by: str) -> None:
        with self.newsroom.reading() as session:
            cited = evidence.cited(session, self.claim_id)
        for one in cited[:1]:
            self.attempt(lambda session, one=one: evidence.withdraw(session, one.id or 0, by=self.person(by), now=NOW))

    @rule(by=PEOPLE, text=st.sampled_from(["The claim, reworded.", "The claim, reworded again."]))
    def reword(self, by: str, text: str) -> None:
        seen = self.newsroom.version(Claim, self.claim_id)
        self.attempt(
            lambda session: curation.reword(
                session, self.claim_id, text, by=self.person(by), seen_version=seen, now=NOW
            )
        )

    @precondition(lambda self: self.latest() is not None)
    @rule(by=PEOPLE, step=st.sampled_from(["submit", "discard"]))
    def hand_in_or_throw_away(self, by: str, step: str) -> None:
        review = self.latest()
        assert review is not None
        self.attempt(
            lambda session: getattr(reviews, step)(
                session, review.id, by=self.person(by), seen_version=review.version, now=NOW
            )
        )

    @precondition(lambda self: self.latest() is not None)
    @rule(data=st.data())
    def publish_what_one_wrote(self, data: st.DataObject) -> None:
        review = self.latest()
        assert review is not None
        everybody = (self.newsroom.ada, self.newsroom.bo, self.newsroom.eve, self.newsroom.root)
        by = data.draw(st.sampled_from([one for one in everybody if one.id in review.contributor_ids]))
        self.attempt(
            lambda session: reviews.publish(
                session, review.id or 0, by=by, seen_version=review.version, override_reason="A flood", now=NOW
            )
        )

    @precondition(lambda self: self.latest() is not None)
    @rule(by=PEOPLE, reason=WORDS, lag=LAGS)
    def publish(self, by: str, reason: str, lag: int) -> None:
        review = self.latest()
        assert review is not None
        self.attempt(
            lambda session: reviews.publish(
                session,
                review.id or 0,
                by=self.person(by),
                seen_version=review.version - lag,
                override_reason=reason,
                now=NOW,
            )
        )

    @precondition(lambda self: self.latest() is not None)
    @rule(by=PEOPLE, reason=WORDS)
    def hand_back(self, by: str, reason: str) -> None:
        review = self.latest()
        assert review is not None
        self.attempt(
            lambda session: reviews.request_changes(
                session, review.id or 0, reason=reason, by=self.person(by), seen_version=review.version, now=NOW
            )
        )

    @rule(by=PEOPLE, why=WORDS)
    def correct(self, by: str, why: str) -> None:
        self.attempt(
            lambda session: reviews.start_correction(
                session, self.claim_id, why=why, requested_by="A reader", by=self.person(by), now=NOW
            )
        )

    @precondition(lambda self: self.all_reviews() != [])
    @rule(by=PEOPLE, reason=WORDS, data=st.data())
    def retract(self, by: str, reason: str, data: st.DataObject) -> None:
        review = data.draw(st.sampled_from(self.all_reviews()))
        self.attempt(
            lambda session: reviews.retract(
                session, review.id or 0, reason=reason, by=self.person(by), seen_version=review.version, now=NOW
            )
        )

    @invariant()
    def nobody_published_their_own(self) -> None:
        for review in self.all_reviews():
            if review.published_by_id in review.contributor_ids:
                assert review.override_reason
                assert review.published_by_id == self.newsroom.root.id
                assert self.newsroom.root.role is Role.ADMIN

    @invariant()
    def what_was_published_is_never_changed(self) -> None:
        now_published = self.published_now()
        assert self.published.items() <= now_published.items()
        self.published = now_published

    @invariant()
    def one_is_open_and_one_stands_at_most(self) -> None:
        states = [review.state for review in self.all_reviews()]
        assert sum(state in OPEN_STATES for state in states) <= 1
        assert sum(state in STANDING_STATES for state in states) == bool(self.published_now())
        assert all(state in OPEN_STATES for state in states[len(self.published_now()) :])

    @invariant()
    def what_was_submitted_is_complete(self) -> None:
        with self.newsroom.reading() as session:
            cited = evidence.cited(session, self.claim_id)
        for review in self.all_reviews():
            if review.state not in {ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED}:
                assert review.submitted_at is not None
                assert review.rating is not None
                assert review.summary
                assert cited or review.state is not ReviewState.IN_REVIEW

    @invariant()
    def the_claim_says_how_far_it_has_come(self) -> None:
        claim, versions = self.newsroom.stored_claim(self.claim_id), self.all_reviews()
        assert claim.review_state == (versions[-1].state if versions else None)
        assert (claim.published_at is not None) == bool(self.published_now())


def test_whatever_people_do_to_a_verdict_the_rules_hold(sqlite_newsroom: Newsroom) -> None:
    run_state_machine_as_test(
        partial(VerdictMachine, sqlite_newsroom),  # type: ignore[arg-type]
        settings=settings(
            max_examples=50,
            stateful_step_count=8,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],  # to shrink a failure takes minutes, and its steps are few anyway
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        ),
    )
