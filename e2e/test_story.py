"""The whole story in a browser: from the queue to a public verdict, the CSV and a log that is whole."""

import csv
import io
import re
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from e2e.conftest import Installation
from e2e.pages import ClaimPage, Desk
from web.cli import commands

STORY_WORDS = "forced to buy the Russian system after"
SUMMARY = "Washington did offer the Patriot, on terms that Ankara turned down. Nobody was forced."


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with script", "without script"])
def test_a_claim_goes_from_the_queue_to_the_public_and_the_csv(
    browser: Browser, claimline: Installation, sample_url: str, *, has_javascript: bool
) -> None:
    ada = browser.new_context(java_script_enabled=has_javascript)
    can = browser.new_context(java_script_enabled=has_javascript)
    reader = browser.new_context(java_script_enabled=has_javascript)

    first = Desk(ada.new_page(), claimline.url).sign_in("ada@sample.example", claimline.password("ada@sample.example"))
    claim = first.open_story()
    confirm_something(claim)
    claim.add_evidence(
        "Offer of 2013", f"{sample_url}/larkhaven-ledger/", bearing="Refutes it", quote="an offer was made"
    )
    claim.add_evidence("Minutes of the committee", "", bearing="Gives context")
    claim.write_verdict("Mostly false", SUMMARY)
    claim.save_draft()
    claim.submit()
    expect(claim.page.get_by_role("button", name=re.compile("^Publish as"))).to_have_count(0)

    second = Desk(can.new_page(), claimline.url).sign_in("can@sample.example", claimline.password("can@sample.example"))
    second.open_address(claim.page.url).publish()

    public = open_public_page(reader.new_page(), claimline.url, STORY_WORDS)
    expect(public.get_by_role("main")).to_contain_text("Mostly false")
    expect(public.get_by_role("main")).to_contain_text(SUMMARY)
    expect(public.get_by_role("main")).to_contain_text("Minutes of the committee")

    rows = published_claims(claimline.url)
    assert [row["rating"] for row in rows if row["claim_id"] == str(claim.claim_id)] == ["Mostly false"]
    assert "The audit log is whole" in verified(claimline)
    for context in (ada, can, reader):
        context.close()


def confirm_something(claim: ClaimPage) -> None:
    """Group the first suggestion of the claim with it."""
    suggested = claim.page.locator("section[aria-labelledby=suggested-title] .proposal")
    expect(suggested.first).to_be_visible()
    grouped = claim.page.locator(f"#{suggested.first.get_attribute('id')}")
    grouped.get_by_role("button", name=re.compile("^Group with")).click()
    # What was proposed to the claim that it came from may be proposed here now.
    expect(grouped).to_have_count(0)


def open_public_page(page: Page, url: str, words: str) -> Page:
    """The public page of the claim with these words, found as a reader finds it."""
    page.goto(f"{url}/")
    page.get_by_role("link", name=re.compile(words)).first.click()
    expect(page).to_have_url(re.compile(r"/claims/\d+-"))
    return page


def published_claims(url: str) -> list[dict[str, str]]:
    """The rows of the CSV that anybody can download."""
    with urlopen(f"{url}/exports/claims.csv") as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"), newline="")))


def verified(claimline: Installation) -> str:
    """What `claimline audit verify` says."""
    environment = {"CLAIMLINE_HOME": str(claimline.settings.home)}
    result = CliRunner(env=environment).invoke(commands, ["audit", "verify"])
    assert result.exit_code == 0, result.output
    return result.output
