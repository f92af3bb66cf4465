"""Stories at the desk: two people at once, the keyboard, contradictions in words, requests to fetch."""

import re

from playwright.sync_api import expect

from e2e.conftest import Installation
from e2e.pages import Desk


def test_the_denial_is_kept_apart_and_the_page_says_why(desk: Desk) -> None:
    claim = desk.open_story()

    apart = claim.page.get_by_role("region", name=re.compile("^Kept apart"))

    expect(apart).to_contain_text(re.compile("not|denies", re.IGNORECASE))
    expect(claim.page.get_by_role("region", name=re.compile("^Appearances"))).not_to_contain_text("was not forced")


def test_the_same_in_other_words_is_grouped_by_itself_or_suggested(desk: Desk) -> None:
    claim = desk.open_story()

    said = claim.page.get_by_role("region", name=re.compile("^Appearances"))
    proposed = claim.page.get_by_role("region", name=re.compile("^Suggestions"))

    expect(said).to_contain_text("was left with no option but to buy the S-400")
    expect(said).to_contain_text("had no choice but to purchase the S-400")
    expect(said).to_contain_text("grouped by the matcher")
    expect(proposed).to_contain_text("were forced to buy the Russian system")


def test_a_changed_number_is_kept_apart_and_the_page_says_which(desk: Desk) -> None:
    claim = desk.search_queue("fare will rise").open_claim(re.compile("2.10 to 2.60 crowns on 1 December"))

    apart = claim.page.get_by_role("region", name=re.compile("^Kept apart"))

    expect(apart).to_contain_text(re.compile("2.80 against 2.60|2.60 against 2.80"))


def test_a_reviewer_who_comes_second_loses_nothing(desk: Desk, second_desk: Desk) -> None:
    claim = desk.open_story()
    other = second_desk.open_address(claim.page.url)
    claim.write_verdict("Mostly false", "What the first reviewer wrote.")
    claim.save_draft()

    other.write_verdict("True", "What the second reviewer wrote.")
    other.page.get_by_role("button", name="Save draft").click()

    expect(other.page.get_by_text("Somebody else changed this").first).to_be_visible()
    expect(other.page.get_by_label("Summary")).to_have_value("What the second reviewer wrote.")
    expect(other.page.get_by_role("main")).to_contain_text("What the first reviewer wrote.")


def test_the_queue_is_walked_by_keyboard(desk: Desk) -> None:
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("k")
    first = desk.page.evaluate("document.activeElement.textContent.trim()")

    desk.page.keyboard.press("Enter")

    expect(desk.page).to_have_url(re.compile(r"/desk/claims/\d+"))
    assert desk.page.get_by_role("heading", level=1).inner_text()[:30] in first


def test_a_rejected_match_stays_rejected(desk: Desk) -> None:
    claim = desk.open_story()
    suggested = claim.page.locator("section[aria-labelledby=suggested-title] .proposal")
    before = suggested.count()

    suggested.first.get_by_role("button", name="Not the same claim").click()
    expect(suggested).to_have_count(before - 1)
    claim.page.reload()

    expect(suggested).to_have_count(before - 1)


def test_an_address_asked_for_at_the_desk_is_fetched_by_the_worker(
    desk: Desk, claimline: Installation, sample_url: str
) -> None:
    desk.page.goto(f"{claimline.url}/desk/fetching")
    desk.page.get_by_role("textbox").first.fill(f"{sample_url}/nobody/writes/here")
    desk.page.get_by_role("button", name=re.compile("fetch", re.IGNORECASE)).first.click()
    expect(desk.page.get_by_role("main")).to_contain_text(re.compile("waiting|queued", re.IGNORECASE))

    claimline.carry_out_requests()
    desk.page.reload()

    expect(desk.page.get_by_role("main")).to_contain_text("404")
