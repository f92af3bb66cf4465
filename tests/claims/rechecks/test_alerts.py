"""A published verdict whose ground moved is flagged once to its reviewers, who settle it; the verdict stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from claims import reviews
from claims.curation import merge, split
from claims.drafts import Access, Page
from claims.errors import IllegalTransition, InvalidDraft, NotAllowed
from claims.intake import Outcome, store
from claims.models import Alert, AlertKind, AuditEvent, Claim, Evidence, Recheck, Review, ReviewState, Snapshot
from claims.queries.alerts import claims_with_alerts, open_alerts
from claims.queries.listing import ClaimFilter, DeskStatus, claim_list
from claims.rechecks import alerts, copies, outcomes
from tests.claims.builders import FORCED, NOW, Newsroom, article, page

SOLD = "Greece sold forty old tanks to Cyprus in spring."
DAY = timedelta(days=1)
URL = "https://evidence.example/treaty"


def copy(newsroom: Newsroom, text: str, *, body: bytes = b"bytes", content_type: str = "text/html") -> bool:
    """Keep what the first evidence's address returned; whether that was a new version."""
    page = Page(URL, URL, 200, (), body, content_type, NOW)
    with newsroom.writing() as session:
        return copies.keep_copy(session, 1, page, text, "test", bodies=newsroom.bodies, now=NOW) is not None


def raised(newsroom: Newsroom) -> list[AlertKind]:
    """The kinds of all alerts, in order."""
    with newsroom.reading() as session:
        return list(session.exec(select(Alert.kind).order_by(col(Alert.id))))


def gone(newsroom: Newsroom, at: datetime = NOW) -> None:
    """Note that the first evidence's address says 404."""
    with newsroom.writing() as session:
        outcomes.note_gone(session, outcomes.of_evidence(session, 1), "the server answered 404 Not Found", now=at)


def settle(newsroom: Newsroom, note: str = "A redesign; it says the same.") -> None:
    """Have Ada settle the first alert."""
    with newsroom.writing() as session:
        alerts.settle(session, 1, note=note, by=newsroom.ada, now=NOW)


@pytest.fixture
def published(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a published verdict, whose evidence was copied."""
    claim_id = newsroom.claim()
    newsroom.draft(claim_id)
    copy(newsroom, "Article 5 says so.")
    newsroom.submit(1)
    with newsroom.writing() as session:
        reviews.publish(session, 1, by=newsroom.bo, seen_version=2, now=NOW)
    return newsroom


def test_evidence_that_changed_flags_the_verdict_and_leaves_it_standing(published: Newsroom) -> None:
    assert copy(published, "Article 5 says otherwise.")

    assert raised(published) == [AlertKind.EVIDENCE_CHANGED]
    with published.reading() as session:
        assert session.get_one(Review, 1).state is ReviewState.PUBLISHED
        assert session.get_one(Evidence, 1).snapshot_id == 2
        logged = session.exec(select(AuditEvent).where(AuditEvent.action == "alert:raise")).one()
    assert (logged.actor, logged.subject) == ("machine", "claim:1")
    assert published.proof().problems == ()


def test_evidence_that_says_the_same_is_no_version_and_no_alert(published: Newsroom) -> None:
    assert not copy(published, "Article 5 says so.", body=b"another advertisement")

    assert raised(published) == []


def test_a_document_without_text_is_compared_by_its_bytes(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.cite(sqlite_newsroom.claim())

    kept = [copy(sqlite_newsroom, "", body=body, content_type="application/pdf") for body in (b"1", b"1", b"2")]

    assert kept == [True, False, True]


def test_a_page_without_text_is_not_compared_by_its_bytes(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.cite(sqlite_newsroom.claim())

    assert [copy(sqlite_newsroom, "", body=body) for body in (b"1", b"2")] == [True, False]


def test_evidence_that_vanished_flags_the_verdict_once(published: Newsroom) -> None:
    gone(published)
    gone(published, NOW + DAY)

    assert raised(published) == [AlertKind.EVIDENCE_GONE]


def test_what_was_settled_is_not_raised_again_for_the_same_cause(published: Newsroom) -> None:
    gone(published)
    settle(published)

    gone(published, NOW + DAY)

    assert raised(published) == [AlertKind.EVIDENCE_GONE]


def test_what_vanished_again_is_a_new_cause(published: Newsroom) -> None:
    gone(published)
    settle(published)
    copy(published, "Article 5 says so.")

    gone(published, NOW + DAY)

    assert raised(published) == [AlertKind.EVIDENCE_GONE] * 2


def test_trouble_is_told_when_it_lasted_three_days(published: Newsroom) -> None:
    told = []
    for day in range(4):
        with published.writing() as session:
            outcomes.note_failure(session, outcomes.of_evidence(session, 1), "no answer", now=NOW + day * DAY)
        told.append(len(raised(published)))

    assert told == [0, 0, 1, 1]


def test_evidence_of_an_unpublished_verdict_flags_nothing(newsroom: Newsroom) -> None:
    newsroom.draft(newsroom.claim())
    copy(newsroom, "It says so.")

    copy(newsroom, "It says otherwise.")

    assert raised(newsroom) == []


def test_what_changed_before_publication_is_told_at_the_next_look(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    newsroom.draft(claim_id)
    copy(newsroom, "It says so.")
    copy(newsroom, "It says otherwise.")
    newsroom.submit(1)
    with newsroom.writing() as session:
        reviews.publish(session, 1, by=newsroom.bo, seen_version=2, now=NOW)

    copy(newsroom, "It says otherwise.")

    assert raised(newsroom) == [AlertKind.EVIDENCE_CHANGED]


def test_a_quote_that_was_taken_out_flags_the_verdict(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))

    newsroom.take_in(SOLD)
    newsroom.take_in(SOLD, "And more.")

    assert raised(newsroom) == [AlertKind.QUOTE_GONE]


def test_a_quote_behind_a_new_paywall_flags_nothing(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)
    sqlite_newsroom.publish(sqlite_newsroom.home(1))

    sqlite_newsroom.take_in("Only the open part.", access=Access.PAYWALLED)

    assert raised(sqlite_newsroom) == []


def article_gone(newsroom: Newsroom, at: datetime = NOW) -> None:
    """Note that the first article's address says 410."""
    with newsroom.writing() as session:
        outcomes.note_gone(session, outcomes.of_article(session, 1), "the server answered 410 Gone", now=at)


def lead_to_front_page(newsroom: Newsroom, at: datetime) -> None:
    """Take in what the first article's address leads to: the outlet's front page."""
    draft = article(SOLD)
    fetched = replace(page(draft.canonical_url, fetched_at=at), final_url="https://outlet.example/")
    store(newsroom.engine, newsroom.matcher, fetched, draft, (), now=at)


def test_an_article_that_vanished_flags_each_verdict_of_its_claims_once(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, SOLD)
    newsroom.publish(newsroom.home(1))

    article_gone(newsroom)
    article_gone(newsroom, NOW + DAY)

    with newsroom.reading() as session:
        [alert] = session.exec(select(Alert))
        [told] = open_alerts(session, 1)
    assert (alert.kind, alert.claim_id, alert.article_id) == (AlertKind.ARTICLE_GONE, newsroom.home(1), 1)
    assert (told.title, told.article_id, told.gone_at) == ("A story", 1, NOW)
    assert newsroom.proof().problems == ()


def test_an_article_without_a_verdict_flags_nothing_when_it_vanishes(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)

    article_gone(newsroom)

    assert raised(newsroom) == []


def test_an_article_that_comes_back_settles_what_was_told_of_it(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))
    article_gone(newsroom)

    newsroom.take_in(FORCED, at=NOW + DAY)

    with newsroom.reading() as session:
        alert = session.exec(select(Alert)).one()
        logged = session.exec(select(AuditEvent).where(AuditEvent.action == "alert:settle")).one()
        assert open_alerts(session, 1) == ()
    assert (alert.note, alert.settled_at, alert.settled_by_id) == (alerts.IS_BACK, NOW + DAY, None)
    assert (logged.actor, logged.subject) == ("machine", "claim:1")


def test_the_same_text_elsewhere_is_not_the_article_back_at_its_address(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))
    article_gone(newsroom)

    moved = newsroom.take_in(FORCED, url="https://outlet.example/moved", at=NOW + DAY)
    article_gone(newsroom, NOW + 2 * DAY)

    assert (moved.outcome, moved.article_id) == (Outcome.UNCHANGED, 1)
    assert raised(newsroom) == [AlertKind.ARTICLE_GONE]
    with newsroom.reading() as session:
        assert [alert.gone_at for alert in open_alerts(session, 1)] == [NOW]


@pytest.mark.parametrize(
    ("url", "headers"), [("https://outlet.example/1", ()), ("https://outlet.example/amp/1", (("Server", "x"),))]
)
def test_a_saved_copy_or_another_address_does_not_say_that_an_article_is_back(
    newsroom: Newsroom, url: str, headers: tuple[tuple[str, str], ...]
) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))
    article_gone(newsroom)

    copied = replace(page(url, fetched_at=NOW + DAY), headers=headers)
    stored = store(newsroom.engine, newsroom.matcher, copied, article(FORCED), (), now=NOW + DAY)

    assert (stored.outcome, stored.article_id) == (Outcome.UNCHANGED, 1)
    with newsroom.reading() as session:
        assert [alert.gone_at for alert in open_alerts(session, 1)] == [NOW]


def test_an_article_that_leads_to_the_front_page_is_not_back(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))
    article_gone(newsroom)

    for day in (1, 2):
        lead_to_front_page(newsroom, NOW + day * DAY)

    assert raised(newsroom) == [AlertKind.ARTICLE_GONE, AlertKind.QUOTE_GONE]
    with newsroom.reading() as session:
        look = session.exec(select(Recheck).where(Recheck.article_id == 1)).one()
        assert {alert.kind for alert in open_alerts(session, 1)} == {AlertKind.ARTICLE_GONE, AlertKind.QUOTE_GONE}
    assert (look.checked_at, look.gone_at) == (NOW + 2 * DAY, NOW)
    assert look.problem == "the server answered 410 Gone"


def test_an_article_that_vanishes_again_is_told_again(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))
    article_gone(newsroom)
    newsroom.take_in(FORCED, at=NOW + DAY)

    article_gone(newsroom, NOW + 2 * DAY)

    assert raised(newsroom) == [AlertKind.ARTICLE_GONE] * 2
    with newsroom.reading() as session:
        assert [alert.gone_at for alert in open_alerts(session, 1)] == [NOW + 2 * DAY]


def waiting(newsroom: Newsroom) -> tuple[int, int, int]:
    """How many alerts wait at the first claim, how many claims are said to have one, and how many the filter finds."""
    with newsroom.reading() as session:
        listed = claim_list(session, ClaimFilter(status=DeskStatus.ALL, alerts_only=True))
        return len(open_alerts(session, 1)), claims_with_alerts(session), len(listed.rows)


def test_no_alert_about_an_article_outlives_the_verdict(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    review_id = newsroom.publish(newsroom.home(1))
    article_gone(newsroom)
    assert waiting(newsroom) == (1, 1, 1)

    newsroom.retract(review_id)

    assert waiting(newsroom) == (0, 0, 0)


def test_an_alert_about_an_article_waits_while_the_claim_is_said_to_have_appeared_there(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim(outlets=("one", "two"))
    newsroom.publish(claim_id)
    article_gone(newsroom)

    with newsroom.writing() as session:
        seen = newsroom.version(Claim, claim_id)
        first = newsroom.appearances(claim_id)[:1]
        apart = split(session, claim_id, first, "", by=newsroom.ada, seen_version=seen, now=NOW)
    assert waiting(newsroom) == (0, 0, 0)

    with newsroom.writing() as session:
        merge(session, apart, claim_id, by=newsroom.ada, seen_version=1, now=NOW)
    assert waiting(newsroom) == (1, 1, 1)
    assert newsroom.proof().problems == ()


def test_a_reviewer_settles_an_alert_with_a_note(published: Newsroom) -> None:
    gone(published)

    settle(published, "  The court moved it; archived copy read. ")

    with published.reading() as session:
        alert = session.exec(select(Alert)).one()
        logged = session.exec(select(AuditEvent).where(AuditEvent.action == "alert:settle")).one()
    assert (alert.note, alert.settled_at, alert.settled_by_id) == ("The court moved it; archived copy read.", NOW, 1)
    assert (logged.actor, logged.subject) == ("ada@desk.example", "claim:1")


def test_an_alert_is_settled_once_and_not_without_a_word(published: Newsroom) -> None:
    gone(published)

    with pytest.raises(InvalidDraft, match="Note: write something"):
        settle(published, " ")
    settle(published)
    with pytest.raises(IllegalTransition, match="settled this alert already"):
        settle(published)


def test_somebody_who_left_settles_nothing(published: Newsroom) -> None:
    gone(published)
    published.ada.is_active = False

    with pytest.raises(NotAllowed):
        settle(published)


def test_no_alert_about_evidence_closes_by_itself(published: Newsroom) -> None:
    gone(published)

    copy(published, "Article 5 says so.")

    with published.reading() as session:
        assert session.exec(select(Alert.settled_at)).one() is None
        assert len(session.exec(select(Snapshot).where(Snapshot.evidence_id == 1)).all()) == 1
