"""The verdict's life: nobody publishes their own, and what was published stays as it was."""

from threading import Barrier, Thread

import pytest
from sqlmodel import select

from claims import curation, evidence, reviews
from claims.errors import ClaimsError, Conflict, IllegalTransition, InvalidDraft, NotAllowed
from claims.models import AuditEvent, Claim, Correction, Review, ReviewState, User
from claims.ratings import Rating
from claims.reviews import content_sha256
from tests.claims.builders import NOW, Newsroom


def save(newsroom: Newsroom, claim_id: int, *, by: User, seen: int, rating: str = "true", summary: str = "So.") -> None:
    """Save the claim's draft."""
    with newsroom.writing() as session:
        reviews.save_draft(session, claim_id, rating=rating, summary=summary, by=by, seen_version=seen, now=NOW)


def publish(newsroom: Newsroom, review_id: int, *, by: User, reason: str = "") -> None:
    """Publish what was submitted."""
    seen = newsroom.version(Review, review_id)
    with newsroom.writing() as session:
        reviews.publish(session, review_id, by=by, seen_version=seen, override_reason=reason, now=NOW)


def hand_back(newsroom: Newsroom, review_id: int, reason: str = "Cite the treaty") -> None:
    """Request changes."""
    seen = newsroom.version(Review, review_id)
    with newsroom.writing() as session:
        reviews.request_changes(session, review_id, reason=reason, by=newsroom.bo, seen_version=seen, now=NOW)


def discard(newsroom: Newsroom, review_id: int) -> None:
    """Throw a draft away."""
    seen = newsroom.version(Review, review_id)
    with newsroom.writing() as session:
        reviews.discard(session, review_id, by=newsroom.ada, seen_version=seen, now=NOW)


def test_a_verdict_goes_from_draft_to_the_public(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    review_id = newsroom.draft(claim_id, rating="mostly-false", summary=" Not quite. ")
    newsroom.submit(review_id)

    publish(newsroom, review_id, by=newsroom.bo)

    review = newsroom.stored_review(review_id)
    assert (review.state, review.number, review.rating) == (ReviewState.PUBLISHED, 1, Rating.MOSTLY_FALSE)
    assert (review.summary, review.published_by_id, review.published_at) == ("Not quite.", newsroom.bo.id, NOW)
    assert review.claim_text == newsroom.stored_claim(claim_id).text
    assert newsroom.stored_claim(claim_id).review_state is ReviewState.PUBLISHED


def test_the_author_cannot_publish_their_own(newsroom: Newsroom) -> None:
    review_id = newsroom.draft(newsroom.claim())
    newsroom.submit(review_id)

    with pytest.raises(NotAllowed, match="somebody else has to publish it"):
        publish(newsroom, review_id, by=newsroom.ada, reason="It is urgent")
    assert newsroom.stored_review(review_id).state is ReviewState.IN_REVIEW


def test_whoever_wrote_a_word_in_it_cannot_publish_it(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    review_id = sqlite_newsroom.draft(claim_id)
    save(sqlite_newsroom, claim_id, by=sqlite_newsroom.bo, seen=1)
    save(sqlite_newsroom, claim_id, by=sqlite_newsroom.ada, seen=2)
    sqlite_newsroom.submit(review_id)

    with pytest.raises(NotAllowed, match="You wrote in this verdict"):
        publish(sqlite_newsroom, review_id, by=sqlite_newsroom.bo)
    publish(sqlite_newsroom, review_id, by=sqlite_newsroom.eve)


def test_only_what_was_submitted_is_published(sqlite_newsroom: Newsroom) -> None:
    review_id = sqlite_newsroom.draft(sqlite_newsroom.claim())

    with pytest.raises(IllegalTransition, match="is draft, so it cannot be published"):
        publish(sqlite_newsroom, review_id, by=sqlite_newsroom.bo)
    sqlite_newsroom.submit(review_id)
    hand_back(sqlite_newsroom, review_id)
    with pytest.raises(IllegalTransition, match="is changes requested, so it cannot be published"):
        publish(sqlite_newsroom, review_id, by=sqlite_newsroom.bo)


def test_an_admin_alone_needs_a_reason_that_readers_will_see(sqlite_newsroom: Newsroom) -> None:
    claim_id, root = sqlite_newsroom.claim(), sqlite_newsroom.root
    sqlite_newsroom.cite(claim_id)
    save(sqlite_newsroom, claim_id, by=root, seen=0)
    sqlite_newsroom.submit(1)

    with pytest.raises(NotAllowed, match="give the emergency reason"):
        publish(sqlite_newsroom, 1, by=root, reason="  ")
    publish(sqlite_newsroom, 1, by=root, reason="A flood is coming")

    assert sqlite_newsroom.stored_review(1).override_reason == "A flood is coming"


def test_a_second_person_needs_no_reason(sqlite_newsroom: Newsroom) -> None:
    review_id = sqlite_newsroom.draft(sqlite_newsroom.claim())
    sqlite_newsroom.submit(review_id)

    publish(sqlite_newsroom, review_id, by=sqlite_newsroom.root, reason="Typed by mistake")

    assert sqlite_newsroom.stored_review(review_id).override_reason is None


@pytest.mark.parametrize(
    ("rating", "summary", "missing"),
    [("", "", "a rating and a summary"), ("true", " ", "a summary"), ("", "So.", "a rating")],
)
def test_an_unfinished_verdict_cannot_be_submitted(
    sqlite_newsroom: Newsroom, rating: str, summary: str, missing: str
) -> None:
    review_id = sqlite_newsroom.draft(sqlite_newsroom.claim(), rating=rating, summary=summary)

    with pytest.raises(InvalidDraft, match=f"add {missing}[.]"):
        sqlite_newsroom.submit(review_id)


def test_a_verdict_needs_evidence_that_was_not_withdrawn(sqlite_newsroom: Newsroom) -> None:
    review_id = sqlite_newsroom.draft(sqlite_newsroom.claim())
    with sqlite_newsroom.writing() as session:
        evidence.withdraw(session, 1, by=sqlite_newsroom.ada, now=NOW)

    with pytest.raises(InvalidDraft, match="at least one piece of evidence"):
        sqlite_newsroom.submit(review_id)


def test_a_verdict_that_was_handed_back_says_what_to_change_until_it_is_submitted(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    review_id = newsroom.draft(claim_id)
    newsroom.submit(review_id)

    hand_back(newsroom, review_id)
    handed_back = newsroom.stored_review(review_id)
    save(newsroom, claim_id, by=newsroom.ada, seen=handed_back.version)
    newsroom.submit(review_id)

    assert (handed_back.state, handed_back.change_request) == (ReviewState.CHANGES_REQUESTED, "Cite the treaty")
    assert newsroom.stored_review(review_id).change_request == ""


def test_handing_back_needs_words(sqlite_newsroom: Newsroom) -> None:
    review_id = sqlite_newsroom.draft(sqlite_newsroom.claim())
    sqlite_newsroom.submit(review_id)

    with pytest.raises(InvalidDraft, match="say what the author should do"):
        hand_back(sqlite_newsroom, review_id, "  ")
    assert sqlite_newsroom.stored_review(review_id).state is ReviewState.IN_REVIEW


def test_what_is_in_review_stays_as_it_is(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    review_id = sqlite_newsroom.draft(claim_id)
    sqlite_newsroom.submit(review_id)

    with pytest.raises(IllegalTransition, match="is in review, so it cannot be edited"):
        save(sqlite_newsroom, claim_id, by=sqlite_newsroom.ada, seen=2)
    with pytest.raises(IllegalTransition, match="evidence stays as it is"):
        sqlite_newsroom.cite(claim_id)
    with pytest.raises(IllegalTransition, match="claim stays as it is"), sqlite_newsroom.writing() as session:
        curation.reword(session, claim_id, "Other", by=sqlite_newsroom.ada, seen_version=1, now=NOW)
    with pytest.raises(IllegalTransition, match="cannot be discarded"):
        discard(sqlite_newsroom, review_id)


def test_a_draft_saved_over_somebody_elses_is_a_conflict(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    review_id = newsroom.draft(claim_id, summary="Mine")
    save(newsroom, claim_id, by=newsroom.bo, seen=1, summary="Theirs")

    with pytest.raises(Conflict):
        save(newsroom, claim_id, by=newsroom.ada, seen=1, summary="Mine again")
    with pytest.raises(Conflict):
        save(newsroom, claim_id, by=newsroom.eve, seen=0, summary="A first draft, I thought")
    assert newsroom.stored_review(review_id).summary == "Theirs"


def test_a_draft_that_somebody_discarded_is_a_conflict_for_who_still_writes(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    discard(sqlite_newsroom, sqlite_newsroom.draft(claim_id))

    with pytest.raises(Conflict, match="discarded this draft"):
        save(sqlite_newsroom, claim_id, by=sqlite_newsroom.bo, seen=1)


def test_a_discarded_draft_stays_in_the_log_and_its_id_is_never_given_again(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    discarded_id = newsroom.draft(claim_id, summary="Never mind")
    discard(newsroom, discarded_id)

    save(newsroom, claim_id, by=newsroom.ada, seen=0)

    with newsroom.reading() as session:
        review = session.exec(select(Review)).one()
        logged = session.exec(select(AuditEvent).where(AuditEvent.action == "review:discard")).one()
    assert review.id == discarded_id + 1
    assert "Never mind" in logged.details


def test_a_correction_is_a_new_version_and_the_old_one_stays(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    first_id = newsroom.publish(claim_id, rating="false", summary="It is not so.")
    before = newsroom.stored_review(first_id)

    second_id = newsroom.correct(claim_id, rating="true")

    old, new = newsroom.stored_review(first_id), newsroom.stored_review(second_id)
    assert (old.state, new.state, new.number) == (ReviewState.SUPERSEDED, ReviewState.PUBLISHED, 2)
    assert (old.rating, old.summary, old.content_sha256) == (before.rating, before.summary, before.content_sha256)


def test_a_correction_says_what_changed_why_who_asked_and_who_approved(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    first_id = sqlite_newsroom.publish(claim_id, rating="false")

    second_id = sqlite_newsroom.correct(claim_id, rating="true")

    with sqlite_newsroom.reading() as session:
        correction = session.exec(select(Correction)).one()
    assert (correction.previous_review_id, correction.review_id) == (first_id, second_id)
    assert (correction.from_rating, correction.to_rating) == (Rating.FALSE, Rating.TRUE)
    assert (correction.why, correction.requested_by) == ("A new document", "A reader")
    assert (correction.approved_by_id, correction.approved_at) == (sqlite_newsroom.bo.id, NOW)


def test_a_correction_that_is_discarded_leaves_the_published_verdict(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    published_id = newsroom.publish(claim_id)
    with newsroom.writing() as session:
        draft_id = reviews.start_correction(
            session, claim_id, why="A doubt", requested_by="A reader", by=newsroom.eve, now=NOW
        )

    discard(newsroom, draft_id)

    assert newsroom.count(Correction) == 0
    assert newsroom.stored_review(published_id).state is ReviewState.PUBLISHED
    assert newsroom.stored_claim(claim_id).review_state is ReviewState.PUBLISHED


def test_a_correction_that_is_discarded_leaves_the_claim_worded_as_it_was_published(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    newsroom.publish(claim_id)
    published = newsroom.stored_claim(claim_id)
    eve, seen = newsroom.eve, published.version
    with newsroom.writing() as session:
        draft_id = reviews.start_correction(session, claim_id, why="A doubt", requested_by="Who", by=eve, now=NOW)
        curation.reword(session, claim_id, "The jets were lent.", by=eve, seen_version=seen, now=NOW)

    discard(newsroom, draft_id)

    assert newsroom.stored_claim(claim_id).text == published.text


def test_one_version_is_written_at_a_time(sqlite_newsroom: Newsroom) -> None:
    claim_id, eve = sqlite_newsroom.claim(), sqlite_newsroom.eve
    sqlite_newsroom.publish(claim_id)

    def correct() -> None:
        with sqlite_newsroom.writing() as session:
            reviews.start_correction(session, claim_id, why="Why", requested_by="Who", by=eve, now=NOW)

    correct()
    with pytest.raises(Conflict, match="being written already"):
        correct()


def test_a_reviewer_cannot_touch_what_was_published(sqlite_newsroom: Newsroom) -> None:
    claim_id, ada = sqlite_newsroom.claim(), sqlite_newsroom.ada
    review_id = sqlite_newsroom.publish(claim_id)

    with pytest.raises(NotAllowed, match="Only an editor"), sqlite_newsroom.writing() as session:
        reviews.start_correction(session, claim_id, why="Why", requested_by="Who", by=ada, now=NOW)
    with pytest.raises(NotAllowed, match="Only an editor"), sqlite_newsroom.writing() as session:
        reviews.retract(session, review_id, reason="Why", by=ada, seen_version=3, now=NOW)


def test_what_was_published_is_changed_by_a_correction_alone(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    review_id = sqlite_newsroom.publish(claim_id)

    with pytest.raises(IllegalTransition, match="Start a correction to change it"):
        save(sqlite_newsroom, claim_id, by=sqlite_newsroom.ada, seen=3)
    with pytest.raises(IllegalTransition, match="correction to reword it"), sqlite_newsroom.writing() as session:
        curation.reword(session, claim_id, "Other", by=sqlite_newsroom.ada, seen_version=1, now=NOW)
    with pytest.raises(IllegalTransition, match="cannot be discarded"):
        discard(sqlite_newsroom, review_id)


def test_rewording_during_a_correction_leaves_the_published_words(sqlite_newsroom: Newsroom) -> None:
    claim_id, eve = sqlite_newsroom.claim("The jets were sold to Ankara."), sqlite_newsroom.eve
    first_id = sqlite_newsroom.publish(claim_id)
    with sqlite_newsroom.writing() as session:
        reviews.start_correction(session, claim_id, why="Why", requested_by="Who", by=eve, now=NOW)
        curation.reword(session, claim_id, "The jets were lent to Ankara.", by=eve, seen_version=1, now=NOW)

    assert sqlite_newsroom.stored_review(first_id).claim_text == "The jets were sold to Ankara."
    assert sqlite_newsroom.stored_claim(claim_id).text == "The jets were lent to Ankara."
    assert sqlite_newsroom.proof().problems == ()


def test_evidence_that_comes_after_publishing_is_not_in_the_published_version(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    review_id = sqlite_newsroom.publish(claim_id)
    before = sqlite_newsroom.stored_review(review_id).content_sha256

    sqlite_newsroom.cite(claim_id, "A later document")
    with sqlite_newsroom.writing() as session:
        evidence.withdraw(session, 1, by=sqlite_newsroom.ada, now=NOW)

    with sqlite_newsroom.reading() as session:
        assert content_sha256(session, session.get_one(Review, review_id)) == before


def test_a_retracted_verdict_keeps_its_words_and_says_why(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    review_id = newsroom.publish(claim_id, summary="It is not so.")

    newsroom.retract(review_id)

    review, claim = newsroom.stored_review(review_id), newsroom.stored_claim(claim_id)
    assert (review.state, review.retraction_reason) == (ReviewState.RETRACTED, "The source was forged")
    assert (review.summary, review.rating) == ("It is not so.", Rating.FALSE)
    assert (claim.review_state, claim.published_at) == (ReviewState.RETRACTED, NOW)


def test_a_retracted_verdict_is_followed_by_a_correction(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    first_id = newsroom.publish(claim_id)
    newsroom.retract(first_id)

    second_id = newsroom.correct(claim_id, rating="unproven")

    first, second = newsroom.stored_review(first_id), newsroom.stored_review(second_id)
    assert (first.state, second.state) == (ReviewState.SUPERSEDED, ReviewState.PUBLISHED)
    assert first.retraction_reason == "The source was forged"
    assert newsroom.proof().problems == ()


@pytest.mark.parametrize("rating", ["True", "6", "null", "draft"])
def test_a_rating_off_the_scale_is_refused(sqlite_newsroom: Newsroom, rating: str) -> None:
    with pytest.raises(InvalidDraft, match="Choose a rating from the list"):
        save(sqlite_newsroom, sqlite_newsroom.claim(), by=sqlite_newsroom.ada, seen=0, rating=rating)


def test_hostile_words_are_kept_as_words(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    nasty = "<script>alert(1)</script>\x00'; DROP TABLE review; --\ud800 ışık"

    save(newsroom, claim_id, by=newsroom.ada, seen=0, summary=nasty)

    kept = newsroom.stored_review(1).summary
    assert kept == "<script>alert(1)</script>'; DROP TABLE review; -- ışık"


def test_of_two_who_save_at_the_same_time_one_gets_a_conflict(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    newsroom.draft(claim_id)
    together, outcomes = Barrier(2), list[str]()

    def write(by: User) -> None:
        together.wait()
        try:
            save(newsroom, claim_id, by=by, seen=1, summary=f"By {by.name}")
            outcomes.append("saved")
        except Conflict:
            outcomes.append("conflict")

    in_two_threads(write, newsroom)

    assert sorted(outcomes) == ["conflict", "saved"]
    assert newsroom.stored_review(1).version == 2
    assert newsroom.proof().problems == ()


def test_of_two_who_publish_at_the_same_time_one_does(newsroom: Newsroom) -> None:
    review_id = newsroom.draft(newsroom.claim())
    newsroom.submit(review_id)
    together, outcomes = Barrier(2), list[str]()

    def release(by: User) -> None:
        together.wait()
        try:
            with newsroom.writing() as session:
                reviews.publish(session, review_id, by=by, seen_version=2, now=NOW)
            outcomes.append("published")
        except ClaimsError:
            outcomes.append("refused")

    in_two_threads(release, newsroom)

    assert sorted(outcomes) == ["published", "refused"]
    assert newsroom.proof().problems == ()


def in_two_threads(work, newsroom: Newsroom) -> None:  # type: ignore[no-untyped-def]
    """Let Bo and Eve do the same at once."""
    threads = [Thread(target=work, args=(person,)) for person in (newsroom.bo, newsroom.eve)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_merged_claim_gets_no_verdict(sqlite_newsroom: Newsroom) -> None:
    first, second = (sqlite_newsroom.claim(wording) for wording in ("Ankara bought jets.", "Snow fell in Oslo."))
    with sqlite_newsroom.writing() as session:
        curation.merge(session, first, second, by=sqlite_newsroom.ada, seen_version=1, now=NOW)

    with pytest.raises(IllegalTransition, match=f"merged into claim {second}"):
        save(sqlite_newsroom, first, by=sqlite_newsroom.ada, seen=0)
    assert sqlite_newsroom.version(Claim, first) == 2
