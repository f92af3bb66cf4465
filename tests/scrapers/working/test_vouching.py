"""A server's "unchanged" holds for the very thing that was stored with its validators, and for nothing else there."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from claims import db
from claims.clock import utc_now
from claims.fetching import Wish, listings
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.models import Alert, AlertKind, Article, Evidence, Recheck, RequestKind, RequestState, Snapshot, Validator
from claims.outlets import add_outlet
from scrapers.fetch import Fetcher
from scrapers.pipeline import Pipeline
from tests.scrapers.site import Site, answer
from tests.scrapers.working.test_copying import ADDED, PARAGRAPHS, again, copied, looked_at, published, rows, story

UNCHANGED = "looked at again, unchanged"


@pytest.fixture
def pipeline(sqlite_url: str, fetcher: Fetcher) -> Iterator[Pipeline]:
    """A pipeline on a fresh database."""
    engine = db.connect(sqlite_url)
    yield Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
    engine.dispose()


def serve(site: Site, target: str, body: str) -> str:
    """The address of a page that is sent only to who does not send its ETag."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:8]}"'
    whole, same = answer(body.encode(), f"ETag: {tag}"), answer(b"", f"ETag: {tag}", status="304 Not Modified")
    site.pages[target] = lambda connection: connection.sendall(
        same if re.search(f"(?i)if-none-match: {tag}", site.requests[-1]) else whole
    )
    return site.url + target


@pytest.fixture
def url(pipeline: Pipeline, site: Site) -> str:
    """The address of a story that was taken in."""
    address = serve(site, "/story", story(*PARAGRAPHS))
    list(pipeline.ingest([address]))
    return address


def cited_again(pipeline: Pipeline, evidence_id: int) -> int:
    """The id of a second piece of evidence at the same address."""
    with db.transaction(pipeline.engine) as session:
        first = session.get_one(Evidence, evidence_id)
        second = Evidence(**first.model_dump(exclude={"id", "snapshot_id"}))
        session.add(second)
        session.flush()
        return second.id or 0


def alerts(pipeline: Pipeline) -> list[tuple[AlertKind, int | None]]:
    """What was raised, and of which evidence."""
    return [(alert.kind, alert.evidence_id) for alert in rows(pipeline, Alert)]


def test_each_piece_of_evidence_at_one_address_is_found_changed(pipeline: Pipeline, site: Site, url: str) -> None:
    address = serve(site, "/minutes", story(*PARAGRAPHS))
    leaned_on = published(pipeline, address)
    other = cited_again(pipeline, leaned_on)
    firsts = [copied(pipeline, evidence_id, address) for evidence_id in (leaned_on, other)]
    serve(site, "/minutes", story(ADDED, *PARAGRAPHS[:2]))

    seconds = [copied(pipeline, evidence_id, address) for evidence_id in (other, leaned_on)]

    assert all(line.startswith("kept") for line in firsts)
    assert all(line.startswith("changed since it was cited") for line in seconds)
    assert (AlertKind.EVIDENCE_CHANGED, leaned_on) in alerts(pipeline)
    assert [copied(pipeline, evidence_id, address) for evidence_id in (other, leaned_on)] == [UNCHANGED] * 2


def test_a_story_that_was_copied_as_evidence_is_taken_in_all_the_same(pipeline: Pipeline, site: Site, url: str) -> None:
    address = serve(site, "/other", story(*PARAGRAPHS, ADDED, title="Other"))
    copied(pipeline, published(pipeline, address), address)

    found = looked_at(pipeline, Wish(RequestKind.ARTICLE, address))

    assert (found.state, found.article_id) == (RequestState.DONE, 2)
    assert [row.canonical_url for row in rows(pipeline, Article)] == [url, address]


def test_a_story_that_is_evidence_too_is_found_changed_as_both(pipeline: Pipeline, site: Site, url: str) -> None:
    evidence_id = published(pipeline, url)
    copied(pipeline, evidence_id, url)
    serve(site, "/story", story(ADDED, PARAGRAPHS[0], PARAGRAPHS[2]))

    lines = copied(pipeline, evidence_id, url), again(pipeline, url)

    assert [line.partition(";")[0] for line in lines] == ["changed since it was cited", "changed since it was stored"]
    assert {kind for kind, _ in alerts(pipeline)} == {AlertKind.EVIDENCE_CHANGED, AlertKind.QUOTE_GONE}


def test_an_unchanged_page_elsewhere_does_not_bring_a_gone_story_back(pipeline: Pipeline, site: Site, url: str) -> None:
    named = f'<head><link rel="canonical" href="{url}">'
    light = Wish(RequestKind.ARTICLE, serve(site, "/light", story(*PARAGRAPHS).replace("<head>", named)))
    before = looked_at(pipeline, light).article_id
    site.serve("/story", b"", status="410 Gone")
    again(pipeline, url)

    found = looked_at(pipeline, light)

    assert (before, found.article_id, found.outcome) == (1, 1, "unchanged since it was last fetched")
    assert rows(pipeline, Recheck)[0].gone_at is not None


def test_a_front_page_that_is_evidence_is_read_as_a_listing(pipeline: Pipeline, site: Site, url: str) -> None:
    story_at = serve(site, "/other", story(*PARAGRAPHS, ADDED, title="Other"))
    feed = f"<rss version='2.0'><channel><item><title>x</title><link>{story_at}</link></item></channel></rss>"
    address = serve(site, "/", feed)
    copied(pipeline, published(pipeline, address), address)
    with db.transaction(pipeline.engine) as session:
        outlet = add_outlet(session, "Harbour News", address, actor="test", now=utc_now())
        every, allowed = timedelta(minutes=15), ["127.0.0.1"]
        listing = listings.add(session, outlet, address, every=every, actor="test", now=utc_now(), allow_hosts=allowed)
        wish = Wish(RequestKind.LISTING, address, listing_id=listing.id)
        listing.due_at += timedelta(days=1)

    lines = [looked_at(pipeline, wish).outcome for _ in range(2)]

    assert lines == ["lists 1 address, 1 of them to be fetched", "unchanged since it was last fetched"]


@pytest.mark.parametrize("is_saved", [True, False], ids=["from a file", "from its address"])
def test_a_version_that_was_ingested_is_not_taken_for_an_older_one(
    pipeline: Pipeline, site: Site, url: str, tmp_path: Path, *, is_saved: bool
) -> None:
    again(pipeline, url)
    newer = story(ADDED, *PARAGRAPHS)
    if is_saved:
        (tmp_path / "saved.html").write_text(newer, encoding="utf-8")
        list(replace(pipeline, address=url).ingest([str(tmp_path / "saved.html")]))
    else:
        serve(site, "/story", newer)
        list(pipeline.ingest([url]))
        serve(site, "/story", story(*PARAGRAPHS))

    line = again(pipeline, url)

    assert line.startswith("changed since it was stored")
    assert len(rows(pipeline, Snapshot)) == 3


def test_what_was_ingested_is_not_sent_again(pipeline: Pipeline, site: Site, url: str) -> None:
    assert again(pipeline, url) == UNCHANGED
    assert looked_at(pipeline, Wish(RequestKind.ARTICLE, url)).outcome == "unchanged since it was last fetched"


def test_a_story_under_another_address_is_asked_for_without_conditions(
    pipeline: Pipeline, site: Site, url: str
) -> None:
    elsewhere = serve(site, "/elsewhere", story(*PARAGRAPHS))
    lines = [looked_at(pipeline, Wish(RequestKind.ARTICLE, elsewhere)).outcome for _ in range(2)]

    assert lines == ["already stored, unchanged"] * 2
    with db.reading(pipeline.engine) as session:
        assert session.get(Validator, ("article:1", elsewhere)) is None
