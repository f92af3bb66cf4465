"""What was fetched once is looked at again: versions of an article its outlet edits, evidence that vanishes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlmodel import col, select

from claims import db, evidence, fetching, proof, reviews
from claims.addresses import AllowedHosts, parse
from claims.clock import utc_now
from claims.errors import NotFound
from claims.fetching import Wish
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.models import (
    Alert,
    AlertKind,
    Anchor,
    Appearance,
    Article,
    Bearing,
    FetchRequest,
    Match,
    Recheck,
    RequestKind,
    RequestState,
    Review,
    ReviewState,
    Role,
    Snapshot,
)
from claims.rechecks.schedule import SECOND_LOOK
from claims.settings import ArchiveAt, Settings
from scrapers.archive import Archive
from scrapers.article import LISTS_STORIES
from scrapers.errors import HostResting
from scrapers.fetch import Content, Fetcher
from scrapers.pipeline import Item, Pipeline
from scrapers.worker import work
from scrapers.working.copying import NOT_THERE, keep_article, note_trouble
from tests.claims.builders import NOW, user
from tests.scrapers.conftest import Names
from tests.scrapers.site import Site, answer, cut_off
from tests.scrapers.test_worker import work_once

PARAGRAPHS = (
    "The mayor of Larkhaven met the harbour workers on Monday, after a week of strikes that closed both piers.",
    "The harbour union has long insisted that it was never asked about the 48 night shifts.",
    "Talks go on next week, and the ferries sail by their winter timetable until both sides have signed a paper.",
)
QUOTE = "it was never asked about the 48 night shifts"
ADDED = "The ferry company said on Tuesday that it had no part in the talks and wished both sides well with them."


def story(*paragraphs: str, title: str = "Harbour talks") -> str:
    """A page that tells these paragraphs."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1>{told}</body></html>'


def listing() -> str:
    """A front page: teasers of stories and nothing else."""
    headlines = (f"Council puts off its vote on pier number {number}" for number in range(6))
    cards = "".join(f'<div><h3><a href="/s">{headline}</a></h3><p>{ADDED}</p></div>' for headline in headlines)
    return f'<html lang="en"><head><title>The Ledger</title></head><body>{cards}</body></html>'


@pytest.fixture
def pipeline(sqlite_url: str, fetcher: Fetcher) -> Iterator[Pipeline]:
    """A pipeline on a fresh database."""
    engine = db.connect(sqlite_url)
    yield Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
    engine.dispose()


@pytest.fixture
def url(pipeline: Pipeline, site: Site) -> str:
    """The address of a story that was taken in."""
    address = site.serve("/story", story(*PARAGRAPHS))
    list(pipeline.ingest([address]))
    return address


def looked_at(pipeline: Pipeline, wish: Wish) -> FetchRequest:
    """The request for what is wanted, as a worker ended it."""
    with db.transaction(pipeline.engine) as session:
        fetching.enqueue(session, wish, None, utc_now())
    return next(request for request in work(pipeline, stop=Event(), once=True) if request.task == wish.task)


def again(pipeline: Pipeline, url: str) -> str:
    """What came of looking at the story again."""
    return looked_at(pipeline, Wish(RequestKind.ARTICLE, url, article_id=1)).outcome


def copied(pipeline: Pipeline, evidence_id: int, url: str) -> str:
    """What came of copying evidence."""
    return looked_at(pipeline, Wish(RequestKind.EVIDENCE, url, evidence_id=evidence_id)).outcome


def published(pipeline: Pipeline, url: str) -> int:
    """The id of evidence at this address, behind a verdict on the story's quote that was published."""
    with db.transaction(pipeline.engine) as session:
        ada, bo = user(Role.REVIEWER, "Ada"), user(Role.REVIEWER, "Bo")
        session.add_all([ada, bo])
        session.flush()
        home = select(Match.claim_id).join(Appearance, col(Appearance.id) == Match.appearance_id)
        claim_id = session.exec(home.where(Appearance.exact == QUOTE)).one()
        cited = evidence.add(
            session,
            claim_id,
            title="Minutes",
            url=url,
            quote="",
            note="",
            is_primary=True,
            bearing=Bearing.REFUTES,
            by=ada,
            now=NOW,
            allow_hosts=["127.0.0.1", "news.example"],
        )
        reviews.save_draft(session, claim_id, rating="false", summary="It was.", by=ada, seen_version=0, now=NOW)
        reviews.submit(session, 1, by=ada, seen_version=1, now=NOW)
        reviews.publish(session, 1, by=bo, seen_version=2, now=NOW)
        return cited.id or 0


def after(pipeline: Pipeline, hours: float) -> Pipeline:
    """The pipeline so many hours later."""
    return replace(pipeline, clock=lambda: utc_now() + timedelta(hours=hours))


def rows(pipeline: Pipeline, table: type) -> list:
    """Every row of a table, in order."""
    with db.reading(pipeline.engine) as session:
        return list(session.exec(select(table).order_by(col(table.id))))


def test_an_article_that_its_outlet_edited_twice_has_three_versions(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/story", story(ADDED, *PARAGRAPHS, title="Harbour talks begin"))
    first = again(pipeline, url)
    site.serve("/story", story(ADDED, PARAGRAPHS[0], PARAGRAPHS[2]))
    second = again(pipeline, url)

    assert [line.partition(";")[0] for line in (first, second)] == ["changed since it was stored"] * 2
    quoted = next(row for row in rows(pipeline, Appearance) if row.exact == QUOTE)
    places = [anchor.start for anchor in rows(pipeline, Anchor) if anchor.appearance_id == quoted.id]
    texts = [snapshot.text for snapshot in rows(pipeline, Snapshot)]
    assert [text.find(QUOTE) for text in texts] == [quoted.start, places[0], -1]
    assert places[1] is None
    assert rows(pipeline, Article)[0].title == "Harbour talks"
    with db.reading(pipeline.engine) as session:
        assert proof.verify(session).problems == ()


def test_a_headline_that_changed_alone_is_a_version_in_which_every_quote_stands(
    pipeline: Pipeline, site: Site, url: str
) -> None:
    site.serve("/story", story(*PARAGRAPHS, title="Harbour  talks "))
    same = again(pipeline, url)
    site.serve("/story", story(*PARAGRAPHS, title="Union \u2018never asked\u2019 about nights"))
    changed = again(pipeline, url)
    site.serve("/story", story(*PARAGRAPHS, title="Union 'never asked' about  nights"))
    printed = again(pipeline, url)

    assert (same, printed) == ("already stored, unchanged", "already stored, unchanged")
    assert changed.startswith("changed since it was stored")
    first, second = rows(pipeline, Snapshot)
    assert (first.title, second.title) == ("Harbour talks", "Union \u2018never asked\u2019 about nights")
    assert first.text_sha256 == second.text_sha256
    places = [(row.start, row.end) for row in rows(pipeline, Appearance)]
    assert [(row.start, row.end) for row in rows(pipeline, Anchor)] == places != []
    assert rows(pipeline, Article)[0].title == second.title
    with db.reading(pipeline.engine) as session:
        assert proof.verify(session).problems == ()


def test_a_page_that_did_not_change_is_not_sent_again(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/story", story(*PARAGRAPHS), 'ETag: "1"')
    again(pipeline, url)
    site.serve("/story", b"", status="304 Not Modified")

    line = again(pipeline, url)

    assert line == "looked at again, unchanged"
    assert 'If-None-Match: "1"' in site.requests[-1]
    assert len(rows(pipeline, Snapshot)) == 1


def test_an_article_that_is_gone_says_since_when(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/story", b"", status="410 Gone")

    line = again(pipeline, url)

    assert line.startswith("gone: the server answered 410 Gone")
    assert rows(pipeline, Recheck)[0].gone_at is not None
    site.serve("/story", story(*PARAGRAPHS))
    again(pipeline, url)
    assert rows(pipeline, Recheck)[0].gone_at is None


def test_a_site_that_finds_no_page_for_a_minute_alarms_nobody(pipeline: Pipeline, site: Site, url: str) -> None:
    published(pipeline, site.url + "/minutes")
    site.serve("/story", b"", status="404 Not Found")

    lines = [again(after(pipeline, hours), url) for hours in (0, 0.9)]

    assert [line.partition(";")[0] for line in lines] == ["not there, which one answer does not prove"] * 2
    [look] = [row for row in rows(pipeline, Recheck) if row.article_id]
    assert (look.gone_at, look.due_at) == (None, look.missing_at + SECOND_LOOK)
    site.serve("/story", story(*PARAGRAPHS))
    assert work_once(after(pipeline, 3.9)) is None
    work_once(after(pipeline, 4.1))
    [look] = [row for row in rows(pipeline, Recheck) if row.article_id]
    assert (look.missing_at, look.problem, rows(pipeline, Alert)) == (None, "", [])


def test_a_look_for_which_nobody_asked_the_host_tells_nothing_of_the_page(pipeline: Pipeline, url: str) -> None:
    resting = HostResting(url, "it wants a pause between two requests", may_pass=True)

    with db.transaction(pipeline.engine) as session:
        line = note_trouble(session, Recheck(article_id=1), resting, now=utc_now())

    [look] = rows(pipeline, Recheck)
    assert (line, look.failures, look.failing_since, look.problem) == (None, 0, None, "")


def test_evidence_at_a_host_that_was_never_asked_is_looked_at_by_the_schedule(pipeline: Pipeline, url: str) -> None:
    evidence_id = published(pipeline, "https://news.example/minutes")
    resting = HostResting(url, "it wants a pause between two requests", may_pass=True)

    with db.transaction(pipeline.engine) as session:
        note_trouble(session, Recheck(evidence_id=evidence_id), resting, now=utc_now())

    [look] = [row for row in rows(pipeline, Recheck) if row.evidence_id]
    assert look.due_at is not None


def test_an_article_that_is_not_found_twice_is_gone_since_the_first_time(
    pipeline: Pipeline, site: Site, url: str
) -> None:
    published(pipeline, site.url + "/minutes")
    site.serve("/story", b"", status="404 Not Found")
    again(pipeline, url)
    first = rows(pipeline, Recheck)[0].missing_at

    line = again(after(pipeline, 1), url)

    assert line.startswith("gone: the server answered 404 Not Found")
    assert [alert.kind for alert in rows(pipeline, Alert)] == [AlertKind.ARTICLE_GONE]
    assert (rows(pipeline, Recheck)[0].gone_at, rows(pipeline, Recheck)[0].missing_at) == (first, None)


def lead_to_front_page(site: Site, target: str) -> None:
    """Send whoever asks for the target on to a front page that says something."""
    site.serve("/", story(ADDED, "The bakers said that bread will be dearer from next month on in all of Larkhaven."))
    site.send_on(target, "/", "301 Moved Permanently")


def test_an_article_that_leads_to_the_front_page_twice_is_gone(pipeline: Pipeline, site: Site, url: str) -> None:
    published(pipeline, site.url + "/minutes")
    lead_to_front_page(site, "/story")

    first, second = (again(after(pipeline, hours), url) for hours in (0, 4))

    [look] = [row for row in rows(pipeline, Recheck) if row.article_id]
    reason = "the site sends us on to the front page of 127.0.0.1; look for the page elsewhere"
    assert (first, second) == (f"{NOT_THERE}: {reason}", f"gone: {reason}")
    assert (look.problem, look.gone_at is not None) == (reason, True)
    assert [alert.kind for alert in rows(pipeline, Alert)] == [AlertKind.ARTICLE_GONE]
    assert (len(rows(pipeline, Snapshot)), rows(pipeline, Article)[0].title) == (1, "Harbour talks")


def test_an_article_that_is_gone_and_leads_to_the_front_page_is_not_back(
    pipeline: Pipeline, site: Site, url: str
) -> None:
    site.serve("/story", b"", status="410 Gone")
    again(pipeline, url)
    since = rows(pipeline, Recheck)[0].gone_at
    lead_to_front_page(site, "/story")

    again(pipeline, url)

    assert rows(pipeline, Recheck)[0].gone_at == since
    site.serve("/story", story(*PARAGRAPHS))
    again(pipeline, url)
    assert rows(pipeline, Recheck)[0].gone_at is None


def test_a_front_page_that_an_article_is_said_to_be_gives_no_statements(
    pipeline: Pipeline, site: Site, url: str
) -> None:
    before = len(rows(pipeline, Appearance))
    lead_to_front_page(site, "/story")

    keep_article(pipeline, 1, pipeline.fetcher.fetch(url, Content.ARTICLE), lambda *_: None)

    assert len(rows(pipeline, Appearance)) == before
    assert [row.start for row in rows(pipeline, Anchor)] == [None] * before
    assert len(rows(pipeline, Article)) == 1


def test_an_article_that_leads_to_a_list_of_stories_has_lost_its_quote(
    pipeline: Pipeline, site: Site, url: str
) -> None:
    published(pipeline, site.url + "/minutes")
    site.serve("/harbour/", listing())
    site.send_on("/story", "/harbour/")

    line = again(pipeline, url)

    assert line.startswith("changed since it was stored; kept as a new snapshot; ")
    assert [alert.kind for alert in rows(pipeline, Alert)] == [AlertKind.QUOTE_GONE]
    assert [row.failures for row in rows(pipeline, Recheck) if row.article_id] == [0]
    refused = next(item for item in pipeline.ingest([site.url + "/harbour/"]) if isinstance(item, Item))
    assert refused.line.endswith(LISTS_STORIES)


def test_trouble_is_noted_and_told(pipeline: Pipeline, site: Site, url: str) -> None:
    site.pages["/story"] = cut_off(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<html>")

    line = again(pipeline, url)

    assert "broke off" in line
    assert (rows(pipeline, Recheck)[0].failures, len(rows(pipeline, Snapshot))) == (1, 1)


def test_a_page_that_tells_nothing_any_more_is_trouble_and_no_version(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/story", "<html><body><p>Please wait.</p></body></html>")

    line = again(pipeline, url)

    assert "holds no article's text" in line
    assert (rows(pipeline, Recheck)[0].failures, len(rows(pipeline, Snapshot))) == (1, 1)


@pytest.mark.parametrize(("status", "hours"), [("404 Not Found", [0, 4]), ("410 Gone", [0])])
def test_evidence_that_is_gone_flags_the_verdict_once_that_is_certain(
    pipeline: Pipeline, site: Site, url: str, status: str, hours: list[int]
) -> None:
    address = site.serve("/minutes", story("The committee met and heard both sides at length, as the minutes say."))
    evidence_id = published(pipeline, address)
    copied(pipeline, evidence_id, address)
    site.serve("/minutes", b"", status=status)

    *before, line = [copied(after(pipeline, hour), evidence_id, address) for hour in hours]

    assert line.startswith(f"gone: the server answered {status}")
    assert [told.startswith(f"{NOT_THERE}: the server answered {status}") for told in before] == [True] * len(before)
    [alert] = rows(pipeline, Alert)
    assert (alert.kind, alert.evidence_id) == (AlertKind.EVIDENCE_GONE, evidence_id)
    assert rows(pipeline, Review)[0].state is ReviewState.PUBLISHED


@pytest.fixture
def cited(pipeline: Pipeline, site: Site, url: str) -> tuple[int, str]:
    """The id and the address of evidence of which a copy is kept, behind a published verdict."""
    address = site.serve("/minutes", story("The committee met and heard both sides at length, as the minutes say."))
    evidence_id = published(pipeline, address)
    copied(pipeline, evidence_id, address)
    return evidence_id, address


def test_evidence_that_leads_to_the_front_page_twice_is_gone(
    pipeline: Pipeline, site: Site, cited: tuple[int, str]
) -> None:
    lead_to_front_page(site, "/minutes")

    first, second = (copied(after(pipeline, hours), *cited) for hours in (0, 4))

    [look] = [row for row in rows(pipeline, Recheck) if row.evidence_id]
    reason = "the site sends us on to the front page of 127.0.0.1; look for the page elsewhere"
    assert (first, second) == (f"{NOT_THERE}: {reason}", f"gone: {reason}")
    assert (look.problem, look.gone_at is not None) == (reason, True)
    assert [alert.kind for alert in rows(pipeline, Alert)] == [AlertKind.EVIDENCE_GONE]
    assert len([row for row in rows(pipeline, Snapshot) if row.evidence_id]) == 1


def test_evidence_that_is_gone_and_leads_to_the_front_page_is_not_back(
    pipeline: Pipeline, site: Site, cited: tuple[int, str]
) -> None:
    site.serve("/minutes", b"", status="410 Gone")
    copied(pipeline, *cited)
    lead_to_front_page(site, "/minutes")

    copied(pipeline, *cited)

    [look] = [row for row in rows(pipeline, Recheck) if row.evidence_id]
    assert look.gone_at is not None


def test_evidence_that_was_on_a_front_page_when_it_was_cited_is_there(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/", story("The committee met and heard both sides at length, as the minutes say."))
    evidence_id = published(pipeline, site.send_on("/short", "/"))

    lines = [copied(pipeline, evidence_id, f"{site.url}/short") for _ in range(2)]

    assert (lines[0].startswith("kept "), lines[1]) == (True, "looked at again, unchanged")
    assert rows(pipeline, Alert) == []


def test_evidence_that_moved_to_another_page_is_there(pipeline: Pipeline, site: Site, cited: tuple[int, str]) -> None:
    site.pages["/archive/7"] = site.pages["/minutes"]
    site.send_on("/minutes", "/archive/7")

    assert copied(pipeline, *cited) == "looked at again, unchanged"


def test_a_first_copy_that_is_not_there_has_failed(pipeline: Pipeline, site: Site, url: str) -> None:
    evidence_id = published(pipeline, site.url + "/nowhere")

    line = copied(pipeline, evidence_id, site.url + "/nowhere")

    assert "404" in line
    assert rows(pipeline, Alert) == []


def test_what_is_to_be_done_besides_fails_with_the_rest(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/story", story(ADDED, *PARAGRAPHS))

    def refuse(*_: object) -> None:
        raise NotFound("the lease ran out")

    with pytest.raises(NotFound):
        keep_article(pipeline, 1, pipeline.fetcher.fetch(url, Content.ARTICLE), refuse)

    assert len(rows(pipeline, Snapshot)) == 1


def test_the_worker_looks_again_by_itself_when_it_is_time(pipeline: Pipeline, site: Site, url: str) -> None:
    site.serve("/story", story(ADDED, *PARAGRAPHS))
    too_early = work_once(pipeline)
    later = replace(pipeline, clock=lambda: utc_now() + timedelta(days=3))

    work_once(later)

    [request] = rows(pipeline, FetchRequest)
    assert (too_early, request.state) == (None, RequestState.DONE)
    assert request.outcome.startswith("changed since it was stored")
    assert work_once(later) is None


ONLY = "The committee met and heard both sides at length, as the minutes say."


@pytest.fixture
def archiving(pipeline: Pipeline, site: Site) -> Pipeline:
    """A pipeline that asks an archive, which stands on the same site."""
    return replace(pipeline, archive=Archive(site.url))


@pytest.fixture
def minutes(site: Site, names: Names) -> str:
    """The address of a page on a host that anybody may know."""
    names.known["news.example"] = [("127.0.0.1",)]
    site.serve("/minutes", story(ONLY))
    return f"http://news.example:{site.port}/minutes"


def kept_copy(pipeline: Pipeline, address: str) -> Snapshot:
    """The copy of some evidence."""
    copied(pipeline, published(pipeline, address), address)
    return rows(pipeline, Snapshot)[-1]


def test_an_archive_is_asked_where_the_settings_say_so(archiving: Pipeline, site: Site, url: str, minutes: str) -> None:
    site.send_on(f"/save/{minutes}", f"/web/20261102093000/{minutes}")
    site.serve(f"/web/20261102093000/{minutes}", "<p>archived</p>")

    kept = kept_copy(archiving, minutes)

    assert (kept.archived_url, kept.archive_problem) == (f"{site.url}/web/20261102093000/{minutes}", None)


def test_an_archive_may_name_its_copy_in_a_header(archiving: Pipeline, site: Site, url: str, minutes: str) -> None:
    place = f"/web/20261102093000/{minutes}"
    site.pages[f"/save/{minutes}"] = answer(b"saved", f"Content-Location: {place}")

    assert kept_copy(archiving, minutes).archived_url == site.url + place


@pytest.mark.parametrize("status", ["429 Too Many Requests", "200 OK"])
def test_an_archive_that_does_not_save_is_no_failure_and_is_told(
    archiving: Pipeline, site: Site, url: str, minutes: str, status: str
) -> None:
    site.serve(f"/save/{minutes}", "busy", status=status)

    kept = kept_copy(archiving, minutes)

    assert kept.archived_url is None
    assert ("429" in (kept.archive_problem or "")) == status.startswith("429")


@pytest.mark.parametrize("where", ["in the network", "on an allowed host", "behind a redirect"])
def test_an_archive_is_told_nothing_of_a_private_address(
    archiving: Pipeline, site: Site, url: str, minutes: str, where: str
) -> None:
    allowed = AllowedHosts.of(["news.example:8080"] if where == "on an allowed host" else [])
    if where == "behind a redirect":
        site.serve("/inside", story(ONLY))
        site.send_on("/minutes", f"{site.url}/inside")
    address = f"{site.url}/minutes" if where == "in the network" else minutes

    line = copied(replace(archiving, archive=Archive(site.url, allowed)), published(archiving, address), address)

    assert line.endswith("; not archived: a private address")
    assert [target for target in site.asked if target.startswith("/save/")] == []


def test_the_settings_say_which_hosts_an_archive_is_told_nothing_of(tmp_path: Path) -> None:
    told = Settings(
        tmp_path, "", "for tests only", archive=ArchiveAt.INTERNET_ARCHIVE, allow_hosts=frozenset({"wiki.example"})
    )
    archive = Archive.of(told)

    assert archive is not None
    assert archive.is_confidential(parse("https://wiki.example/minutes"))
    assert not archive.is_confidential(parse("https://news.example/minutes"))


def test_no_address_leads_an_archive_elsewhere(archiving: Pipeline, site: Site, minutes: str) -> None:
    fetched = archiving.fetcher.fetch(minutes, Content.EVIDENCE)
    odd = replace(fetched, url=minutes.replace("/minutes", "/%2e%2e/../../../../delete/../minutes#top"))

    Archive(site.url).save(archiving.fetcher, odd)

    assert site.asked[-1] == f"/save/{minutes}"


def test_no_archive_is_asked_unless_the_settings_say_so(pipeline: Pipeline, site: Site, url: str, minutes: str) -> None:
    kept_copy(pipeline, minutes)

    assert [target for target in site.asked if target.startswith("/save/")] == []
