"""The pages as a person sees them: by their headings, labels and buttons."""

import re
from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True, slots=True)
class Desk:
    """A reviewer's browser."""

    page: Page
    url: str

    def sign_in(self, email: str, password: str) -> Self:
        """Sign in and arrive at the queue."""
        self.page.goto(f"{self.url}/desk/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(re.compile(r"/desk/$"))
        return self

    def search_queue(self, words: str) -> Self:
        """Narrow the queue to claims that hold the words."""
        self.page.get_by_label(re.compile("search", re.IGNORECASE)).first.fill(words)
        self.page.get_by_label(re.compile("search", re.IGNORECASE)).first.press("Enter")
        expect(self.page).to_have_url(re.compile("search="))
        return self

    def open_claim(self, words: str | re.Pattern[str]) -> "ClaimPage":
        """Open the first claim of the queue whose line holds the words."""
        self.page.locator("main").get_by_role("link", name=words).first.click()
        expect(self.page).to_have_url(re.compile(r"/desk/claims/\d+"))
        return ClaimPage(self.page)

    def open_story(self) -> "ClaimPage":
        """Open the claim that the sample world's first story is about."""
        return self.search_queue("forced to buy").open_claim(re.compile("forced to buy the Russian system after"))

    def open_fetching(self) -> "FetchingPage":
        """Open the page of requests to fetch."""
        self.page.goto(f"{self.url}/desk/fetching")
        return FetchingPage(self.page)

    def open_address(self, url: str) -> "ClaimPage":
        """Open a claim's page at the desk by its address."""
        self.page.goto(url)
        return ClaimPage(self.page)


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A claim's page at the desk."""

    page: Page

    @property
    def claim_id(self) -> int:
        """The claim's id, as the address has it."""
        found = re.search(r"/claims/(\d+)", self.page.url)
        assert found
        return int(found[1])

    def proposal(self, words: str) -> Locator:
        """The proposal that holds the words."""
        return self.page.locator(".proposal", has_text=words).first

    def confirm(self, words: str) -> None:
        """Group the proposed appearance that holds the words with this claim."""
        self.proposal(words).get_by_role("button", name=re.compile("^Group")).click()
        expect(self.page.locator(".proposal", has_text=words)).to_have_count(0)

    def add_evidence(self, title: str, url: str, *, bearing: str, quote: str = "") -> None:
        """Cite a source."""
        form = self.page.locator("#adding")
        if form.get_attribute("open") is None:
            form.locator("summary").click()
        form.get_by_label("Title").fill(title)
        form.get_by_label("Address").fill(url)
        form.get_by_label("Quote").fill(quote)
        form.get_by_label(bearing).check()
        form.get_by_role("button", name="Add this evidence").click()
        expect(self.page.locator("#evidence .cited")).to_contain_text(title)

    def write_verdict(self, rating: str, summary: str) -> None:
        """Choose a rating and write the summary, saving neither."""
        self.page.get_by_role("radio", name=re.compile(f"^{rating}")).check()
        self.page.get_by_label("Summary").fill(summary)

    def save_draft(self) -> None:
        """Save the verdict as far as it is written."""
        self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.get_by_role("button", name="Discard this draft")).to_be_visible()

    def submit(self) -> None:
        """Hand the verdict to a second pair of eyes."""
        self.page.get_by_role("button", name="Submit to a second pair of eyes").click()
        expect(self.page.get_by_role("heading", name="Second pair of eyes")).to_be_visible()

    def publish(self) -> None:
        """Publish what somebody else submitted."""
        self.page.get_by_role("button", name=re.compile("^Publish as")).click()
        expect(self.page.get_by_role("link", name="Public page").first).to_be_visible()


@dataclass(frozen=True, slots=True)
class FetchingPage:
    """The page of requests to fetch, at the desk."""

    page: Page

    @property
    def addresses(self) -> Locator:
        """The field that addresses are written into."""
        return self.page.get_by_role("textbox", name="Addresses")

    def submit(self, *urls: str) -> None:
        """Hand in addresses, one on each line."""
        self.addresses.fill("\n".join(urls))
        self.page.get_by_role("button", name="Submit for fetching").click()
        expect(self.page.get_by_text(re.compile("wait for the worker|waits for the worker"))).to_be_visible()

    def lane(self, state: str) -> Locator:
        """The requests that stand in a state, by its name on the page."""
        return self.page.get_by_role("region", name=re.compile(f"^{state}"))

    def request(self, state: str, words: str) -> Locator:
        """The request in a state whose line holds the words."""
        return self.lane(state).get_by_role("listitem").filter(has_text=words)

    def retry(self, words: str) -> None:
        """Have the failed request that holds the words tried again."""
        self.request("Failed", words).get_by_role("button", name="Fetch again").click()

    def reload(self) -> None:
        """Load the page again by its own link, as people without JavaScript do."""
        self.page.get_by_role("link", name="Load this page again").click()

    def reload_until(self, wanted: Locator) -> None:
        """Load the page again and again until what is wanted stands on it."""
        for _ in range(60):
            if wanted.count():
                return
            self.page.wait_for_timeout(250)
            self.reload()
        expect(wanted).to_be_visible()

    def outlet(self, name: str) -> Locator:
        """An outlet and how it stands."""
        return self.page.locator("#outlets > ul > li").filter(has_text=name)

    def tab_to(self, wanted: Locator) -> None:
        """Go to an element by the Tab key alone."""
        for _ in range(150):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        expect(wanted).to_be_focused()
