"""The fetching page in a browser: an address goes from waiting to done before a reviewer's eyes."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask, request
from playwright.sync_api import Browser, Page, expect

from claims import db
from claims.clock import utc_now
from claims.models import Listing
from e2e.conftest import Installation, working
from e2e.pages import Desk, FetchingPage
from e2e.test_accessibility import PHONE, WIDE, problems
from web.review.fetching import POLL_S
from web.sample import create_sample_world, sample_articles
from web.sample.serving import serving

ARTICLE = sample_articles()[0]
STALE = "/nobody/writes/here"
# Notes what the one live region of the page says whenever something on the page changes.
LISTEN = """() => {
  window.said = [];
  const note = () => said.push(document.querySelector("#at-work").innerText.trim());
  new MutationObserver(note).observe(document.querySelector("main"), { subtree: true, childList: true });
}"""
# A worker under test shares the machine with the browser.
PATIENCE_MS = 30_000
NEWS_EVERY_S = 0.5


@pytest.fixture(autouse=True)
def quick_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page ask for news more often than people need it to."""
    monkeypatch.setattr("web.review.fetching.POLL_S", dict.fromkeys(POLL_S, NEWS_EVERY_S))


@dataclass(slots=True)
class Outlets:
    """The sample outlets, on a server that answers no article before it is let go, and none that is withdrawn."""

    url: str = ""
    let_go: threading.Event = field(default_factory=threading.Event)
    withdrawn: threading.Event = field(default_factory=threading.Event)

    def create(self, url: str) -> Flask:
        """The app of the sample world behind the gate."""
        self.url = url
        app = create_sample_world(url)
        app.before_request(self.hold)
        return app

    def hold(self) -> tuple[str, int] | None:
        """Wait for the gate before an article is shown."""
        if request.path != ARTICLE.path:
            return None
        self.let_go.wait(timeout=20)
        return ("It was withdrawn.", 404) if self.withdrawn.is_set() else None

    @property
    def article_url(self) -> str:
        """The address of the article behind the gate."""
        return self.url + ARTICLE.path


@pytest.fixture
def outlets() -> Iterator[Outlets]:
    """The sample outlets behind a gate that is closed."""
    world = Outlets()
    with serving(world.create):
        yield world
        world.let_go.set()


def test_an_address_goes_from_waiting_to_done_without_reloading_and_its_claims_are_opened(
    desk: Desk, claimline: Installation, outlets: Outlets
) -> None:
    fetching = desk.open_fetching()
    fetching.page.evaluate("window.isTheSamePage = true")

    fetching.submit(outlets.article_url)
    expect(fetching.request("Waiting", ARTICLE.path)).to_contain_text("asked for by Ada Sample")
    with working(claimline.settings):
        expect(fetching.request("Running", ARTICLE.path)).to_be_visible(timeout=PATIENCE_MS)
        outlets.let_go.set()
        expect(fetching.request("Done", ARTICLE.path)).to_contain_text("stored", timeout=PATIENCE_MS)
    assert fetching.page.evaluate("window.isTheSamePage") is True

    open_claims(fetching)


@pytest.fixture
def plain_desk(browser: Browser, claimline: Installation) -> Iterator[Desk]:
    """The first reviewer, whose browser runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield Desk(context.new_page(), claimline.url).sign_in(
        "ada@sample.example", claimline.password("ada@sample.example")
    )
    context.close()


def test_without_javascript_the_same_is_seen_by_reloading(
    plain_desk: Desk, claimline: Installation, outlets: Outlets
) -> None:
    fetching = plain_desk.open_fetching()

    fetching.submit(outlets.article_url)
    expect(fetching.request("Waiting", ARTICLE.path)).to_be_visible()
    with working(claimline.settings):
        fetching.reload_until(fetching.request("Running", ARTICLE.path))
        outlets.let_go.set()
        fetching.reload_until(fetching.request("Done", ARTICLE.path))

    open_claims(fetching)


def test_a_failed_fetch_shows_its_reason_and_is_tried_again(
    desk: Desk, claimline: Installation, outlets: Outlets
) -> None:
    outlets.let_go.set()
    outlets.withdrawn.set()
    fetching = desk.open_fetching()
    fetching.submit(outlets.article_url)

    claimline.carry_out_requests()
    expect(fetching.request("Failed", ARTICLE.path)).to_contain_text("404", timeout=PATIENCE_MS)
    outlets.withdrawn.clear()
    fetching.retry(ARTICLE.path)
    expect(fetching.request("Waiting", ARTICLE.path)).to_be_visible()
    claimline.carry_out_requests()

    expect(fetching.request("Done", ARTICLE.path)).to_be_visible(timeout=PATIENCE_MS)
    expect(fetching.request("Failed", ARTICLE.path)).to_have_count(0)


def test_all_of_it_is_done_by_keyboard(desk: Desk, claimline: Installation, outlets: Outlets) -> None:
    fetching, keyboard = desk.open_fetching(), desk.page.keyboard
    outlets.let_go.set()
    outlets.withdrawn.set()

    fetching.tab_to(fetching.addresses)
    keyboard.type(outlets.article_url)
    fetching.tab_to(desk.page.get_by_role("button", name="Submit for fetching"))
    keyboard.press("Enter")
    expect(fetching.request("Waiting", ARTICLE.path)).to_be_visible()
    claimline.carry_out_requests()
    failed = fetching.request("Failed", ARTICLE.path)
    expect(failed).to_be_visible(timeout=PATIENCE_MS)
    outlets.withdrawn.clear()
    fetching.tab_to(failed.get_by_role("button", name="Fetch again"))
    keyboard.press("Enter")
    expect(fetching.request("Waiting", ARTICLE.path)).to_be_visible()
    claimline.carry_out_requests()
    done = fetching.request("Done", ARTICLE.path).get_by_role("link").first
    expect(done).to_be_visible(timeout=PATIENCE_MS)
    fetching.tab_to(done)

    expect(done).to_be_focused()


def test_a_listing_is_paused_and_resumed_by_keyboard_from_one_place(desk: Desk, claimline: Installation) -> None:
    add_listing(claimline)
    fetching = desk.open_fetching()
    outlet = fetching.outlet("tern.example/feed.xml")
    if not outlet.locator("details").evaluate("element => element.open"):
        outlet.locator("summary").click()

    outlet.get_by_role("button", name="Pause").focus()
    desk.page.keyboard.press("Enter")
    expect(outlet).to_contain_text("Paused: none of its listings is read.")
    expect(outlet.get_by_role("button", name="Resume")).to_be_focused()
    desk.page.keyboard.press("Enter")

    expect(outlet).not_to_contain_text("Paused: none")
    expect(outlet.get_by_role("button", name="Pause")).to_be_focused()


def test_news_comes_in_without_touching_what_somebody_is_doing(
    desk: Desk, claimline: Installation, outlets: Outlets
) -> None:
    add_listing(claimline)
    fetching = desk.open_fetching()
    fetching.submit(outlets.article_url)
    link = fetching.request("Waiting", ARTICLE.path).get_by_role("link").first
    fetching.addresses.fill("https://half.example/typ")
    listings = desk.page.locator("#outlets details").filter(has_text="feed.xml")
    listings.locator("summary").click()
    is_open = listings.evaluate("element => element.open")
    link.focus()

    with working(claimline.settings):
        moved = fetching.request("Running", ARTICLE.path).get_by_role("link").first
        expect(moved).to_be_focused(timeout=PATIENCE_MS)
        scrolled = desk.page.evaluate("scrollY")
        outlets.let_go.set()
        expect(fetching.request("Done", ARTICLE.path)).to_be_visible(timeout=PATIENCE_MS)

    expect(fetching.addresses).to_have_value("https://half.example/typ")
    expect(fetching.request("Done", ARTICLE.path).get_by_role("link").first).to_be_focused()
    assert listings.evaluate("element => element.open") is is_open
    assert desk.page.evaluate("scrollY") == scrolled


def test_what_a_screen_reader_is_told_is_calm(desk: Desk, claimline: Installation, outlets: Outlets) -> None:
    outlets.let_go.set()
    fetching = desk.open_fetching()
    expect(desk.page.locator("#at-work")).to_contain_text("Nothing is due to be fetched.")
    desk.page.evaluate(LISTEN)

    fetching.submit(outlets.article_url)
    claimline.carry_out_requests()
    expect(fetching.request("Done", ARTICLE.path)).to_be_visible(timeout=PATIENCE_MS)

    said = desk.page.evaluate("said.filter((words, place) => words !== said[place - 1])")
    assert said == ["Fetching is under way.", "Nothing is due to be fetched."]
    assert desk.page.locator("#requests [aria-live], #outlets [aria-live]").count() == 0


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_while_requests_wait_run_fail_and_are_done(
    browser: Browser, claimline: Installation, outlets: Outlets, viewport: object
) -> None:
    context = browser.new_context(viewport=viewport)  # type: ignore[arg-type]
    desk = Desk(context.new_page(), claimline.url).sign_in(
        "ada@sample.example", claimline.password("ada@sample.example")
    )
    address = f"{claimline.url}/desk/fetching"
    found = {"empty": problems(desk.page, address)}

    fetching = desk.open_fetching()
    fetching.submit(outlets.url + STALE, outlets.article_url, f"{outlets.url}/{'long-' * 380}")
    found["waiting"] = problems(desk.page, address)
    with working(claimline.settings):
        expect(fetching.request("Running", ARTICLE.path)).to_be_visible(timeout=PATIENCE_MS)
        found["running"] = problems(desk.page, address)
        outlets.let_go.set()
        expect(fetching.request("Done", ARTICLE.path)).to_be_visible(timeout=PATIENCE_MS)
        expect(fetching.request("Failed", STALE)).to_be_visible(timeout=PATIENCE_MS)
    found["failed and done"] = problems(desk.page, address)
    found["one state"] = problems(desk.page, f"{address}?state=failed")
    found["one outlet"] = problems(desk.page, f"{address}?outlet=1")
    desk.open_fetching().addresses.fill("nonsense")
    desk.page.get_by_role("button", name="Submit for fetching").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("1 line was not recorded")

    assert found == {state: [] for state in found}
    context.close()


def open_claims(fetching: FetchingPage) -> Page:
    """Open the claims of the article behind the gate, and the first of them."""
    fetching.request("Done", ARTICLE.path).get_by_role("link", name="claim").click()
    expect(fetching.page.get_by_role("main")).to_contain_text(ARTICLE.headline)
    fetching.page.locator(".row-link").first.click()
    expect(fetching.page.get_by_role("main")).to_contain_text(ARTICLE.headline)
    return fetching.page


def add_listing(claimline: Installation) -> None:
    """Have a feed of the first outlet read, but not during the test."""
    engine, now = db.connect(claimline.settings.database_url), utc_now()
    with db.transaction(engine) as session:
        due_at = now + timedelta(days=1)
        url = "https://tern.example/feed.xml"
        session.add(Listing(outlet_id=1, url=url, every_s=900, due_at=due_at, added_at=now))
    engine.dispose()


def signed_in(page: Page, claimline: Installation) -> Desk:
    """The first reviewer at the desk, in this browser."""
    return Desk(page, claimline.url).sign_in("ada@sample.example", claimline.password("ada@sample.example"))


def test_a_section_page_is_refused_with_what_to_do(desk: Desk, claimline: Installation, outlets: Outlets) -> None:
    fetching = desk.open_fetching()
    fetching.submit(f"{outlets.url}/larkhaven-ledger/section/city")

    claimline.carry_out_requests()

    failed = fetching.request("Failed", "/larkhaven-ledger/section/city")
    expect(failed).to_contain_text("this is a page that lists stories, not one", timeout=PATIENCE_MS)
    expect(failed).to_contain_text("submit the story's own address")
