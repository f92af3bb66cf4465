"""An outlet edits its article twice, and a source vanishes: the desk sees both, and no verdict changes by itself."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from claims import db
from claims.audit import COMMAND_LINE
from claims.clock import utc_now
from claims.grouping import Matcher
from claims.matching import shipped_scorer
from claims.models import Recheck
from claims.rechecks.outcomes import MISSING_APART
from claims.rechecks.wanted import Wanted, request_all
from e2e.conftest import Installation
from e2e.pages import Desk
from e2e.test_accessibility import STANDARDS
from scrapers.fetch import Fetcher
from scrapers.pipeline import Item, Pipeline
from tests.scrapers.site import Site

QUOTE = "it was never asked about the 48 night shifts"
FIRST = (
    "The mayor of Larkhaven met the harbour workers on Monday, after a week of strikes that closed both piers.",
    f"The harbour union has long insisted that {QUOTE}.",
    "Talks go on next week, and the ferries sail by their winter timetable until both sides have signed a paper.",
)
SECOND = (FIRST[0].replace("Monday", "Tuesday"), *FIRST[1:])
THIRD = (SECOND[0], SECOND[2])
MINUTES = "The committee met and heard both sides at length in the spring, as the minutes of that day say."
EVIDENCE, ARTICLES = Wanted(articles=False), Wanted(evidence=False)


@pytest.fixture
def outlet() -> Iterator[Site]:
    """An outlet on loopback that edits what it published, and keeps some committee's minutes too."""
    with Site() as site:
        site.serve("/minutes", story("Minutes", MINUTES))
        yield site


def story(title: str, *paragraphs: str) -> str:
    """A page that tells these paragraphs."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1>{told}</body></html>'


def publish(outlet: Site, claimline: Installation, *paragraphs: str) -> int:
    """Have the outlet publish this, and Claimline take it in; the article's id."""
    url = outlet.serve("/story", story("Harbour talks", *paragraphs))
    engine = db.connect(claimline.settings.database_url)
    with Fetcher(claimline.settings) as fetcher:
        pipeline = Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
        [item] = [step for step in pipeline.ingest([url]) if isinstance(step, Item)]
    engine.dispose()
    assert item.stored, item.line
    return item.stored.article_id


def look_again(claimline: Installation, wanted: Wanted = EVIDENCE) -> None:
    """Do what `claimline recheck` and then a worker do."""
    engine = db.connect(claimline.settings.database_url)
    with db.transaction(engine) as session:
        request_all(session, wanted, by=COMMAND_LINE, now=utc_now())
    engine.dispose()
    claimline.carry_out_requests()


def let_an_hour_pass(claimline: Installation) -> None:
    """Put what was not found once an hour back."""
    engine = db.connect(claimline.settings.database_url)
    with db.transaction(engine) as session:
        for look in session.exec(select(Recheck).where(col(Recheck.missing_at).is_not(None))):
            look.missing_at = utc_now() - MISSING_APART
    engine.dispose()


def problems(page: Page) -> list[str]:
    """What axe finds on the page as it is."""
    return [found["id"] for found in Axe().run(page, options=STANDARDS).response["violations"]]


def test_an_article_edited_twice_shows_three_versions_and_what_became_of_its_quote(
    page: Page, desk: Desk, claimline: Installation, outlet: Site
) -> None:
    article_id = publish(outlet, claimline, *FIRST)
    publish(outlet, claimline, *SECOND)
    publish(outlet, claimline, *THIRD)

    page.goto(f"{claimline.url}/desk/articles/{article_id}")
    versions = page.locator(".kept-version")
    expect(versions).to_have_count(3)
    expect(page.get_by_text("The outlet changed this after publication.")).to_be_visible()
    expect(page.locator(".differences del")).to_contain_text([QUOTE])
    expect(page.get_by_text("no longer on the page; last in version 2")).to_be_visible()
    expect(page.locator("mark", has_text=QUOTE)).to_have_count(0)
    found = problems(page)

    page.get_by_role("link", name="What changed in version 2").click()
    expect(page.locator(".differences del")).to_have_text("Monday")
    expect(page.locator(".differences ins")).to_have_text("Tuesday")
    expect(page.locator("mark", has_text=QUOTE)).to_be_visible()

    page.get_by_label("From version").select_option("1")
    page.get_by_label("to version", exact=True).select_option("3")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile("from=1&to=3"))
    expect(page.locator(".differences ins").first).to_have_text("Tuesday")
    assert found + problems(page) == []


def test_evidence_that_vanished_flags_the_verdict_until_a_reviewer_settles_it(
    page: Page, desk: Desk, second_desk: Desk, claimline: Installation, outlet: Site
) -> None:
    publish(outlet, claimline, *FIRST)
    claim = desk.search_queue("night shifts").open_claim(re.compile("night shifts"))
    address = page.url
    claim.add_evidence("Minutes", outlet.url + "/minutes", bearing="Refutes it")
    claimline.carry_out_requests()
    page.goto(address)
    claim.write_verdict("False", "It was asked in spring, as the minutes say.")
    claim.save_draft()
    claim.submit()
    second_desk.open_address(address).publish()
    outlet.serve("/minutes", "gone", status="410 Gone")

    look_again(claimline)

    page.goto(f"{claimline.url}/desk/?status=all&alerts=only")
    expect(page.get_by_role("link", name="With alerts 1")).to_be_visible()
    page.goto(address)
    alert = page.locator(".alert")
    expect(alert).to_contain_text("Evidence is gone from its address")
    expect(page.locator("#verdict")).to_contain_text("Published")
    found = problems(page)
    alert.get_by_role("link", name="See what changed in this evidence").click()
    expect(page.get_by_text("Not at its address since")).to_be_visible()
    found += problems(page)

    page.goto(address)
    alert.get_by_text("Seen, nothing to do").click()
    alert.get_by_label("Note").fill("The committee moved its site; our copy holds.")
    alert.get_by_role("button", name="Settle this alert").click()
    expect(page.locator(".alert")).to_have_count(0)
    expect(page.locator("#history")).to_contain_text("settled an alert: The committee moved its site")

    page.goto(f"{claimline.url}/claims/{claim.claim_id}")
    expect(page.get_by_text("Not at its address since")).to_be_visible()
    assert found + problems(page) == []


def test_an_article_that_vanished_flags_the_verdict_until_it_is_back(
    page: Page, desk: Desk, second_desk: Desk, claimline: Installation, outlet: Site
) -> None:
    publish(outlet, claimline, *FIRST)
    claim = desk.search_queue("night shifts").open_claim(re.compile("night shifts"))
    address = page.url
    claim.add_evidence("Minutes", outlet.url + "/minutes", bearing="Refutes it")
    claim.write_verdict("False", "It was asked in spring, as the minutes say.")
    claim.save_draft()
    claim.submit()
    second_desk.open_address(address).publish()
    outlet.serve("/story", "gone", status="404 Not Found")

    look_again(claimline, ARTICLES)

    page.goto(address)
    expect(page.locator(".alert")).to_have_count(0)
    found = problems(page)
    page.locator(".appearance").get_by_role("link", name="When it is looked at again").click()
    expect(page.get_by_text("One answer proves nothing")).to_be_visible()
    found += problems(page)

    let_an_hour_pass(claimline)
    look_again(claimline, ARTICLES)

    page.goto(address)
    alert = page.locator(".alert")
    expect(alert).to_contain_text("An article with this claim is not at its address since")
    expect(page.locator("#verdict")).to_contain_text("Published")
    found += problems(page)
    alert.get_by_role("link", name="See what we read of it").click()
    expect(page.get_by_text("Not at its address since")).to_be_visible()

    outlet.serve("/story", story("Harbour talks", *FIRST))
    look_again(claimline, ARTICLES)
    page.goto(address)
    expect(page.locator(".alert")).to_have_count(0)
    expect(page.locator("#history")).to_contain_text("settled an alert: the article is at its address again")
    assert found == []


def test_a_headline_that_changed_alone_is_a_version_of_its_own(
    page: Page, desk: Desk, claimline: Installation, outlet: Site
) -> None:
    article_id = publish(outlet, claimline, *FIRST)
    outlet.serve("/story", story("Union was never asked", *FIRST))

    look_again(claimline, ARTICLES)

    page.goto(f"{claimline.url}/desk/articles/{article_id}")
    expect(page.locator(".kept-version")).to_have_count(2)
    expect(page.locator(".differences del")).to_have_text("Harbour talks")
    expect(page.locator(".differences ins")).to_have_text("Union was never asked")
    expect(page.locator("mark", has_text=QUOTE)).to_be_visible()
    assert problems(page) == []
