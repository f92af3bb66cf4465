"""Evidence is added or withdrawn, never edited, and a copy of its address is asked for."""

import pytest
from sqlmodel import select

from claims import curation, evidence
from claims.errors import IllegalTransition, InvalidDraft, NotFound
from claims.models import AuditEvent, Bearing, Evidence, FetchRequest
from tests.claims.builders import NOW, Newsroom


def cite(newsroom: Newsroom, claim_id: int, **changes: str) -> Evidence:
    """Cite evidence for the claim."""
    words = {"title": "The treaty", "url": "https://evidence.example/1", "quote": "", "note": ""} | changes
    with newsroom.writing() as session:
        return evidence.add(
            session, claim_id, is_primary=True, bearing=Bearing.REFUTES, by=newsroom.ada, now=NOW, **words
        )


def withdraw(newsroom: Newsroom, evidence_id: int) -> int:
    """Withdraw the evidence."""
    with newsroom.writing() as session:
        return evidence.withdraw(session, evidence_id, by=newsroom.bo, now=NOW)


def titles(newsroom: Newsroom, claim_id: int) -> list[str]:
    """The titles of what is cited now."""
    with newsroom.reading() as session:
        return [one.title for one in evidence.cited(session, claim_id)]


def test_evidence_is_kept_as_it_was_cited(newsroom: Newsroom) -> None:
    added = cite(newsroom, newsroom.claim(), title="  The \n treaty ", quote="“Article 5”\r\nsays", note=" Read it ")

    kept = newsroom.stored_evidence(added.id or 0)
    assert (kept.title, kept.quote, kept.note) == ("The treaty", "“Article 5”\nsays", "Read it")
    assert (kept.bearing, kept.is_primary, kept.added_by_id) == (Bearing.REFUTES, True, newsroom.ada.id)


def test_a_copy_of_the_address_is_asked_for(newsroom: Newsroom) -> None:
    added = cite(newsroom, newsroom.claim(), url=" https://evidence.example/1 ")

    with newsroom.reading() as session:
        wanted = session.exec(select(FetchRequest)).one()
    assert (wanted.url, wanted.evidence_id) == ("https://evidence.example/1", added.id)


def test_a_document_without_an_address_is_evidence_too(sqlite_newsroom: Newsroom) -> None:
    added = cite(sqlite_newsroom, sqlite_newsroom.claim(), url="  ")

    assert added.url is None
    assert sqlite_newsroom.count(FetchRequest) == 0


@pytest.mark.parametrize(
    "url",
    [
        "evidence.example",
        "javascript:alert(1)",
        "ftp://evidence.example/",
        "https://",
        "https://[::1",
        "https://evidence.example/a b",
        "https://evidence.example/\x00",
        "https://evidence.example/\u202egpj.exe",
        "https://evidence.example/" + "x" * 2_000,
        "https://desk@evidence.example/",
        "http://2130706433/",
        "http://10.0.0.1/",
        "http://wiki/",
    ],
)
def test_what_is_no_web_address_is_refused(sqlite_newsroom: Newsroom, url: str) -> None:
    claim_id = sqlite_newsroom.claim()

    with pytest.raises(InvalidDraft, match=r"^Address: .*; .*\. Or leave it empty\.$"):
        cite(sqlite_newsroom, claim_id, url=url)
    assert sqlite_newsroom.count(Evidence) == 0


def test_a_private_address_that_is_allowed_may_be_cited(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()

    with sqlite_newsroom.writing() as session:
        evidence.add(
            session,
            claim_id,
            title="The minutes",
            url="http://wiki/minutes",
            quote="",
            note="",
            is_primary=True,
            bearing=Bearing.REFUTES,
            by=sqlite_newsroom.ada,
            now=NOW,
            allow_hosts=["wiki"],
        )

    assert sqlite_newsroom.count(FetchRequest) == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "  ", "Title: write something here"),
        ("title", "x" * 501, "Title: 501 characters are too many"),
        ("quote", "x" * 20_001, "Quote: 20001 characters are too many"),
        ("note", "x" * 20_001, "Note: 20001 characters are too many"),
    ],
)
def test_words_that_do_not_fit_are_refused_by_name(
    sqlite_newsroom: Newsroom, field: str, value: str, message: str
) -> None:
    with pytest.raises(InvalidDraft, match=message):
        cite(sqlite_newsroom, sqlite_newsroom.claim(), **{field: value})


def test_withdrawn_evidence_is_not_cited_any_more_but_stays(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()
    first, _ = cite(newsroom, claim_id, title="First"), cite(newsroom, claim_id, title="Second")

    assert withdraw(newsroom, first.id or 0) == claim_id

    assert titles(newsroom, claim_id) == ["Second"]
    kept = newsroom.stored_evidence(first.id or 0)
    assert (kept.withdrawn_at, kept.withdrawn_by_id) == (NOW, newsroom.bo.id)


def test_evidence_is_withdrawn_once(sqlite_newsroom: Newsroom) -> None:
    added = cite(sqlite_newsroom, sqlite_newsroom.claim())
    withdraw(sqlite_newsroom, added.id or 0)

    with pytest.raises(IllegalTransition, match="withdrawn already"):
        withdraw(sqlite_newsroom, added.id or 0)


def test_evidence_stays_while_a_review_waits_for_its_second_pair_of_eyes(sqlite_newsroom: Newsroom) -> None:
    review_id = sqlite_newsroom.draft(sqlite_newsroom.claim())
    sqlite_newsroom.submit(review_id)

    with pytest.raises(IllegalTransition, match="Request changes first"):
        withdraw(sqlite_newsroom, 1)


def test_a_claim_that_was_merged_away_takes_no_evidence(sqlite_newsroom: Newsroom) -> None:
    first, second = (sqlite_newsroom.claim(wording) for wording in ("Ankara bought jets.", "Snow fell in Oslo."))
    with sqlite_newsroom.writing() as session:
        curation.merge(session, first, second, by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    with pytest.raises(IllegalTransition, match=f"merged into claim {second}"):
        cite(sqlite_newsroom, first)


def test_a_claim_that_is_not_there_takes_no_evidence(sqlite_newsroom: Newsroom) -> None:
    with pytest.raises(NotFound, match="There is no claim 99"):
        cite(sqlite_newsroom, 99)


def test_adding_and_withdrawing_are_logged_with_the_title(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    withdraw(sqlite_newsroom, cite(sqlite_newsroom, claim_id).id or 0)

    with sqlite_newsroom.reading() as session:
        mine = select(AuditEvent).where(AuditEvent.subject == f"claim:{claim_id}")
        logged = [(e.action, e.actor, "The treaty" in e.details) for e in session.exec(mine)][-2:]
    assert logged == [
        ("evidence:add", "ada@desk.example", True),
        ("evidence:withdraw", "bo@desk.example", True),
    ]
