"""Copies of evidence: the first is the one that is cited, each later one is kept beside it."""

from claims.models import Body, Snapshot
from claims.rechecks import copies
from tests.claims.builders import NOW, Newsroom, page


def copy(newsroom: Newsroom, evidence_id: int, text: str = "Article 5") -> Snapshot | None:
    """Keep what the evidence's address returned."""
    fetched = page("https://evidence.example/treaty", b"<p>Article 5")
    with newsroom.writing() as session:
        return copies.keep_copy(session, evidence_id, fetched, text, "trafilatura", bodies=newsroom.bodies, now=NOW)


def test_evidence_gets_the_copy_that_was_fetched(newsroom: Newsroom) -> None:
    evidence_id = newsroom.cite(newsroom.claim())

    kept = copy(newsroom, evidence_id)

    assert kept is not None
    assert newsroom.stored_evidence(evidence_id).snapshot_id == kept.id
    assert newsroom.proof().problems == ()


def test_a_later_copy_does_not_take_the_place_of_the_cited_one(newsroom: Newsroom) -> None:
    evidence_id = newsroom.cite(newsroom.claim())
    cited, later = copy(newsroom, evidence_id), copy(newsroom, evidence_id, "Article 6")

    assert cited is not None
    assert later is not None
    assert newsroom.stored_evidence(evidence_id).snapshot_id == cited.id
    assert newsroom.proof().problems == ()


def test_two_pieces_of_evidence_may_have_the_very_same_copy(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim()

    for evidence_id in (newsroom.cite(claim_id), newsroom.cite(claim_id, "The treaty again")):
        copy(newsroom, evidence_id)

    assert newsroom.stored_evidence(1).snapshot_id != newsroom.stored_evidence(2).snapshot_id
    assert newsroom.count(Body) == 2
