"""What outlets changed is shown at the desk and before the public, and what they sent never runs under our name."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from claims.audit import COMMAND_LINE
from claims.drafts import Access, Page
from claims.fetching import Wish, enqueue, leases
from claims.models import Alert, RequestKind, User
from claims.rechecks import copies, outcomes
from claims.rechecks.wanted import Wanted, request_all
from claims.versions.bodies import Bodies
from tests.claims.builders import FORCED, NOW, Newsroom
from tests.web.review.conftest import Visitor
from web.display import day, exact
from web.fetched import taken_by

FIRST = "The committee met on Monday."
SECOND = "The committee met on Tuesday."
SOLD = "Greece sold forty old tanks to Cyprus in spring."
HOSTILE = b"<script>alert(1)</script><h1>not ours</h1>"
URL = "https://evidence.example/treaty"


@pytest.fixture
def newsroom(app: Flask, tmp_path: Path) -> Newsroom:
    """A newsroom on the app's database."""
    made = Newsroom(app.extensions["claimline"].engine)
    made.open()
    return made


@pytest.fixture
def ada(newsroom: Newsroom, visit: Callable[[User], Visitor]) -> Visitor:
    """Ada, a reviewer, at the desk."""
    return visit(newsroom.ada)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def edited(newsroom: Newsroom) -> int:
    """The id of an article of three versions behind a published verdict; the last one lost the quote."""
    newsroom.take_in(FORCED, FIRST, title="Talks begin")
    newsroom.publish(newsroom.home(1))
    newsroom.take_in(FORCED, SECOND, title="Talks go on", at=NOW + timedelta(days=1))
    newsroom.take_in(SECOND, SOLD, title="Talks go on", at=NOW + timedelta(days=2))
    return 1


def copy(newsroom: Newsroom, text: str, body: bytes = HOSTILE) -> None:
    """Keep what the first evidence's address returned."""
    page = Page(URL, URL, 200, (), body, "text/html", NOW)
    with newsroom.writing() as session:
        copies.keep_copy(session, 1, page, text, "test", bodies=newsroom.bodies, now=NOW)


def words(html: str) -> str:
    """The page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_article_shows_what_its_outlet_changed_last(ada: Visitor, edited: int) -> None:
    page = ada.get(f"/desk/articles/{edited}")

    assert "The outlet changed this after publication." in page
    assert f"<del>{FORCED}</del>" in page
    assert f"<ins>{SOLD}</ins>" in page
    assert "3 versions" in page


def test_any_two_versions_can_be_compared(ada: Visitor, edited: int) -> None:
    page = ada.get(f"/desk/articles/{edited}?from=1&to=2")

    assert "<del>Monday</del><ins>Tuesday</ins>" in page
    assert "<del><bdi>Talks begin</bdi></del> <ins><bdi>Talks go on</bdi></ins>" in page
    assert f"<del>{FORCED}" not in page
    assert f"<del>{FORCED}</del>" in ada.get(f"/desk/articles/{edited}?from=1&to=3")


def test_a_headline_and_a_byline_that_changed_alone_are_shown(
    newsroom: Newsroom, ada: Visitor, reader: FlaskClient
) -> None:
    newsroom.take_in(FORCED, title="Talks begin", authors=("Mia",))
    newsroom.publish(newsroom.home(1))
    newsroom.take_in(FORCED, title="Talks \u201cgo on\u201d", authors=("Mia",), at=NOW + timedelta(days=1))
    newsroom.take_in(FORCED, title="Talks 'go on'", authors=("Mia", "Jo"), at=NOW + timedelta(days=2))

    first, last = ada.get("/desk/articles/1?to=2"), ada.get("/desk/articles/1")

    assert "<del><bdi>Talks begin</bdi></del> <ins><bdi>Talks \u201cgo on\u201d</bdi></ins>" in first
    assert "Byline" not in first
    assert "<del><bdi>Mia</bdi></del> <ins><bdi>Mia, Jo</bdi></ins>" in last
    assert "Headline" not in last
    assert "The outlet changed this after publication." in first
    assert "<del><bdi>Talks begin</bdi></del>" in reader.get("/articles/1/changes?from=1&to=2").text


def test_a_headline_with_the_name_of_its_outlet_is_shown_as_no_other(
    newsroom: Newsroom, ada: Visitor, reader: FlaskClient
) -> None:
    newsroom.take_in(FORCED, title="Talks begin", outlet_name="The Ledger")
    newsroom.publish(newsroom.home(1))
    newsroom.take_in(FORCED, SOLD, title="Talks begin | The Ledger", at=NOW + timedelta(days=1))

    assert "<del>Talks begin</del>" not in ada.get("/desk/articles/1")
    assert "<del>Talks begin</del>" not in reader.get("/articles/1/changes").text


def test_versions_of_one_day_are_told_apart_by_the_time(newsroom: Newsroom, ada: Visitor) -> None:
    for hours, sentence in ((0, FIRST), (3, SECOND), (24, SOLD)):
        newsroom.take_in(FORCED, sentence, at=NOW + timedelta(hours=hours))

    options = re.findall(r'<option value="\d"[^>]*>([^<]*)<', ada.get("/desk/articles/1"))

    at = [NOW + timedelta(hours=hours) for hours in (0, 3, 24)]
    assert options[:3] == [f"1: {exact(at[0])}", f"2: {exact(at[1])}", f"3: {day(at[2])}"]


def test_a_quote_is_marked_where_it_stands_and_listed_where_it_does_not(ada: Visitor, edited: int) -> None:
    before, after = ada.get(f"/desk/articles/{edited}?to=2"), ada.get(f"/desk/articles/{edited}?to=3")

    assert f'<mark id="quote-1">{FORCED}</mark>' in before
    assert f">{FORCED}</mark>" not in after
    assert "no longer on the page; last in version 2, from character 0 on" in words(after)


@pytest.mark.parametrize("query", ["to=9", "from=9", "to=0", "from=x", "to=-1", "to=99999999999999"])
def test_a_version_that_is_not_there_is_refused(ada: Visitor, edited: int, query: str) -> None:
    assert ada.client.get(f"/desk/articles/{edited}?{query}").status_code in (400, 404)


def test_markup_in_a_text_is_text(ada: Visitor, newsroom: Newsroom) -> None:
    newsroom.take_in("He wrote <script>alert(1)</script> on it.")
    newsroom.take_in("He wrote <script>alert(2)</script> on it.")

    page = ada.get("/desk/articles/1")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(" in page


def test_the_claims_page_says_what_became_of_a_quote_and_leads_to_it(ada: Visitor, edited: int) -> None:
    page = ada.get("/desk/claims/1")

    assert "No longer on the page: the outlet changed it after we read it." in words(page)
    assert f'href="/desk/articles/{edited}"' in page


def test_readers_are_told_what_became_of_a_quote(newsroom: Newsroom, reader: FlaskClient) -> None:
    newsroom.take_in(FORCED)
    newsroom.publish(newsroom.home(1))
    unchanged = words(reader.get("/claims/1", follow_redirects=True).text)
    newsroom.take_in(FORCED, SOLD)
    changed = words(reader.get("/claims/1", follow_redirects=True).text)
    newsroom.take_in(SOLD)
    lost = words(reader.get("/claims/1", follow_redirects=True).text)

    assert "by the outlet after we read it" not in unchanged
    assert "Changed by the outlet after we read it; these words still stand." in changed
    assert "No longer on the page: the outlet changed it after we read it." in lost


def test_readers_see_the_passages_that_changed_and_no_others(
    newsroom: Newsroom, reader: FlaskClient, edited: int
) -> None:
    rest = [f"Paragraph {number} stays as it is." for number in range(5)]
    newsroom.take_in(*rest, SECOND, SOLD)
    newsroom.take_in(*rest, FIRST, SOLD)

    page = reader.get(f"/articles/{edited}/changes").text

    assert "<del>Tuesday</del><ins>Monday</ins>" in page
    assert "Paragraph 1 stays" not in page
    assert "4 unchanged paragraphs" in page
    assert "No longer on the page; last in version 2." in page


def test_readers_see_no_article_without_a_verdict(newsroom: Newsroom, reader: FlaskClient) -> None:
    newsroom.take_in(FORCED)
    newsroom.take_in(SOLD)

    assert reader.get("/articles/1/changes").status_code == 404
    assert reader.get("/articles/99/changes").status_code == 404


def test_a_retracted_verdicts_article_stays_to_be_seen(newsroom: Newsroom, reader: FlaskClient) -> None:
    newsroom.take_in(FORCED)
    newsroom.retract(newsroom.publish(newsroom.home(1)))

    assert reader.get("/articles/1/changes").status_code == 200


def test_an_article_that_is_gone_says_so(newsroom: Newsroom, ada: Visitor, reader: FlaskClient, edited: int) -> None:
    with newsroom.writing() as session:
        outcomes.note_gone(session, outcomes.of_article(session, edited), "the server answered 410 Gone", now=NOW)

    pages = [
        words(ada.get(f"/desk/articles/{edited}")),
        words(reader.get(f"/articles/{edited}/changes").text),
        words(reader.get("/claims/1", follow_redirects=True).text),
    ]

    for page in pages:
        assert re.search(r"Not at its address since \d+ \w+ \d{4} \(its server says that it is gone for good\)\.", page)
        assert "Taken down" not in page


def test_reviewers_alone_see_that_an_article_was_not_found_once_and_when_it_is_looked_at_again(
    newsroom: Newsroom, ada: Visitor, reader: FlaskClient, edited: int
) -> None:
    why = "the server answered 404 Not Found"
    with newsroom.writing() as session:
        outcomes.note_missing(session, outcomes.of_article(session, edited), why, now=NOW)
        outcomes.note_missing(session, outcomes.of_evidence(session, 1), why, now=NOW)

    article = words(ada.get(f"/desk/articles/{edited}"))
    cited, claim = words(ada.get("/desk/evidence/1")), words(ada.get("/desk/claims/1"))
    public = [reader.get(path, follow_redirects=True).text for path in (f"/articles/{edited}/changes", "/claims/1")]

    once = "Its address answered once that there is no such page, on 2 November 2026"
    for page in (article, cited):
        assert once in page
        assert "It is looked at again" in page
        assert why in page
    assert "13:30 UTC)." in article
    assert claim.count(once) == 2
    assert not any("answered once" in page for page in public)


def test_a_second_look_that_somebody_asked_for_is_at_once(newsroom: Newsroom, ada: Visitor, edited: int) -> None:
    sooner = NOW + timedelta(minutes=90)
    with newsroom.writing() as session:
        outcomes.note_missing(session, outcomes.of_article(session, edited), "404", now=NOW)
        request_all(session, Wanted(evidence=False), by=COMMAND_LINE, now=sooner)

    assert "(2 November 2026, 11:00 UTC)." in words(ada.get(f"/desk/articles/{edited}"))


def test_a_new_paywall_is_not_called_a_change_of_the_outlets(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.take_in(FORCED)
    newsroom.take_in(SOLD, access=Access.PAYWALLED)

    assert "Not in the part of the article that is open now." in ada.get("/desk/claims/1")


def test_evidence_shows_its_versions_and_which_one_is_cited(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.cite(newsroom.claim())
    copy(newsroom, "Article 5 says so.")
    copy(newsroom, "Article 6 says so.", b"other bytes")

    page = ada.get("/desk/evidence/1")

    assert "<del>5</del><ins>6</ins>" in page
    assert "Version 1 is the copy that was cited" in page
    assert "The page changed after we kept this copy." in ada.get("/desk/claims/1")


def test_a_second_look_that_failed_is_said_to_be_had_when_it_is_tried_again(
    newsroom: Newsroom, ada: Visitor, edited: int
) -> None:
    wish = Wish(RequestKind.ARTICLE, "https://outlet.example/1", article_id=edited)
    with newsroom.writing() as session:
        look = outcomes.of_article(session, edited)
        outcomes.note_missing(session, look, "404", now=NOW)
        look.due_at = None
        enqueue(session, wish, None, NOW)
        for lease in leases.take(session, 9, now=NOW):
            leases.fail(session, lease, "no answer", now=NOW, may_pass=True, retry_after_s=1_800)

    assert "(2 November 2026, 10:00 UTC)." in words(ada.get(f"/desk/articles/{edited}"))


def test_reviewers_read_how_a_page_was_fetched_in_their_own_words(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.take_in(FORCED)

    html = ada.get("/desk/articles/1")

    told, _, audited = html.partition('<details class="for-auditors">')
    sha256 = hashlib.sha256(FORCED.encode()).hexdigest()
    assert "answered in full" in words(told)
    assert "text taken by the general reader" in words(told)
    assert not re.search(r"trafilatura|status|SHA-256", words(told))
    assert all(
        fact in words(audited) for fact in ("status 200", "reader: trafilatura", f"SHA-256 of the text {sha256}")
    )


@pytest.mark.parametrize(
    ("extracted_by", "told"),
    [
        ("rule:planet@2026-01-01", "text taken by this outlet's own rule"),
        ("paragraphs", "text taken paragraph by paragraph"),
        ("nothing", "no text was read from it"),
        ("a reader to come", "text taken by a reader to come"),
    ],
)
def test_every_way_of_reading_has_words(extracted_by: str, told: str) -> None:
    assert taken_by(extracted_by) == told


def test_what_was_answered_word_for_word_is_for_reviewers_alone(
    newsroom: Newsroom, ada: Visitor, reader: FlaskClient, edited: int
) -> None:
    with newsroom.writing() as session:
        outcomes.note_gone(session, outcomes.of_article(session, edited), "the server answered 410 Gone", now=NOW)

    desk, public = words(ada.get(f"/desk/articles/{edited}")), words(reader.get(f"/articles/{edited}/changes").text)

    assert ("answered 410 Gone" in desk, "answered 410 Gone" in public) == (True, False)


@pytest.mark.parametrize(("language", "tag"), [("tr", "tr"), ("und", "")])
def test_what_an_outlet_wrote_is_in_its_language_and_ours_in_english(
    newsroom: Newsroom, ada: Visitor, reader: FlaskClient, language: str, tag: str
) -> None:
    newsroom.take_in(FORCED, FIRST, title="Talks begin", language=language)
    newsroom.publish(newsroom.home(1))
    newsroom.take_in(FORCED, SECOND, title="Talks go on", language=language, at=NOW + timedelta(days=1))
    newsroom.take_in(SECOND, SOLD, title="Talks end", language=language, at=NOW + timedelta(days=2))

    desk, public = ada.get("/desk/articles/1"), reader.get("/articles/1/changes").text
    claim = ada.get("/desk/claims/1")

    in_language = {
        desk: ["Talks go on</p>", "Talks begin</p>", f"{FORCED}</p>", "Talks end</h1>"],
        public: [f'<a href="{reader.get("/claims/1").location}">{FORCED}</a>', "Talks end</h1>"],
        claim: [f"{FORCED}</h1>"],
    }
    for page, texts in in_language.items():
        for text in texts:
            assert re.search(rf'<(p|h1)( class="[^"]*")? dir="auto" lang="{tag}">{re.escape(text)}', page), text
    assert f'lang="{tag}" dir="auto"' in claim
    assert '<html lang="en">' in desk
    assert 'lang="und"' not in desk + public + claim


def test_evidence_without_a_copy_says_so(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.cite(newsroom.claim())

    assert "No copy of it was kept yet." in ada.get("/desk/evidence/1")


def test_evidence_that_changed_and_then_vanished_says_both(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.cite(newsroom.claim())
    copy(newsroom, "Article 5 says so.")
    copy(newsroom, "Article 6 says so.", b"other bytes")
    with newsroom.writing() as session:
        outcomes.note_gone(session, outcomes.of_evidence(session, 1), "the server answered 404 Not Found", now=NOW)

    page = words(ada.get("/desk/claims/1"))

    assert "(its server finds no such page); our copy is kept." in page
    assert "The page changed after we kept this copy." in page


def test_evidence_without_any_copy_says_why(newsroom: Newsroom, ada: Visitor, reader: FlaskClient) -> None:
    claim_id = newsroom.claim()
    newsroom.cite(claim_id)
    waiting = words(ada.get(f"/desk/claims/{claim_id}"))
    why = "the server answered 404 Not Found"
    with newsroom.writing() as session:
        [lease] = leases.take(session, 1, now=NOW)
        outcomes.note_failure(session, outcomes.of_evidence(session, 1), why, now=NOW)
        leases.fail(session, lease, f"{URL}: {why}", now=NOW)

    html, own_page = ada.get(f"/desk/claims/{claim_id}"), words(ada.get("/desk/evidence/1"))
    newsroom.publish(claim_id)

    assert "No copy is kept yet." in waiting
    assert f"No copy could be kept: {why}." in words(html)
    assert 'href="/desk/evidence/1"' in html
    assert "answered since" not in own_page
    assert "Nothing could be read at its address since" in own_page
    assert "No copy kept." in words(reader.get(f"/claims/{claim_id}", follow_redirects=True).text)


def test_a_text_is_served_as_plain_text_in_a_sandbox(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.take_in("<script>alert(1)</script> was written on it. ışık")

    answer = ada.client.get("/desk/snapshots/1/text")

    assert answer.text == "<script>alert(1)</script> was written on it. ışık"
    assert answer.headers.getlist("Content-Type") == ["text/plain; charset=utf-8"]
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox; default-src 'none'; frame-ancestors 'none'"]
    assert answer.headers["Content-Disposition"] == "inline; filename=snapshot-1.txt"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_bytes_are_handed_over_as_a_file(newsroom: Newsroom, ada: Visitor) -> None:
    newsroom.cite(newsroom.claim())
    copy(newsroom, "Article 5 says so.")

    answer = ada.client.get("/desk/snapshots/2/bytes")

    assert answer.data == HOSTILE
    assert answer.headers.getlist("Content-Type") == ["application/octet-stream"]
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox; default-src 'none'; frame-ancestors 'none'"]
    assert answer.headers["Content-Disposition"] == "attachment; filename=snapshot-2.bin"


@pytest.mark.parametrize("path", ["/desk/snapshots/1/text", "/desk/snapshots/1/bytes", "/desk/articles/1"])
def test_what_was_fetched_is_for_reviewers_alone(newsroom: Newsroom, reader: FlaskClient, path: str) -> None:
    newsroom.take_in(FORCED)

    assert "/sign-in" in reader.get(path).headers["Location"]


def test_bytes_that_were_lost_are_told_plainly(newsroom: Newsroom, ada: Visitor, app: Flask) -> None:
    newsroom.bodies = Bodies.of(app.extensions["claimline"].settings)
    newsroom.bodies = Bodies(newsroom.bodies.folder, into_folder=True)
    newsroom.take_in(FORCED)
    next(newsroom.bodies.folder.rglob("*.zlib")).unlink()  # type: ignore[union-attr]

    assert "is missing. Bring it back from a backup" in ada.get("/desk/snapshots/1/bytes", 410)


def test_an_alert_stands_on_the_claims_page_and_in_the_queue_until_it_is_settled(
    newsroom: Newsroom, ada: Visitor, edited: int
) -> None:
    waiting, listed = ada.get("/desk/claims/1"), ada.get("/desk/?status=all&alerts=only")
    answer = ada.post("/desk/claims/1/alerts/1/settle", note="The outlet shortened it.")

    assert "The outlet took this quote out of its article" in waiting
    assert "With alerts" in listed
    assert 'href="/desk/claims/1' in listed
    assert answer.status_code == 303
    assert 'id="alerts"' not in ada.get("/desk/claims/1")
    assert "settled an alert: The outlet shortened it." in words(ada.get("/desk/claims/1"))
    assert "No alert waits" in ada.get("/desk/?alerts=only")


def test_an_alert_is_not_settled_without_a_note(newsroom: Newsroom, ada: Visitor, edited: int) -> None:
    answer = ada.post("/desk/claims/1/alerts/1/settle", note=" ")

    assert answer.status_code == 400
    assert "Write something here." in answer.text
    with newsroom.reading() as session:
        assert session.exec(select(Alert.settled_at)).one() is None
