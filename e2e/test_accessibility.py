"""Every page type, looked at by axe on a wide screen, on a phone, and in the dark; nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from claims import db
from claims.clock import utc_now
from claims.models import Claim
from e2e.conftest import Installation
from e2e.pages import ClaimPage, Desk

WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
STANDARDS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PUBLIC_PAGES = ("/", "/?q=nothing+holds+these+words", "/sign-in", "/exports/", "/claims/999999")
DESK_PAGES = (
    "/desk/",
    "/desk/?status=all&order=widest",
    "/desk/?search=nothing+holds+these+words",
    "/desk/fetching",
    "/desk/matching",
    "/desk/matching?from=2000-01-01&to=2000-01-02",
    "/desk/account",
    "/desk/articles/1",
    "/desk/?alerts=only",
)


@pytest.fixture(params=[(WIDE, "light"), (PHONE, "light"), (WIDE, "dark")], ids=["wide", "phone", "dark"])
def looking(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A browser window of some size and colours."""
    viewport, colours = request.param
    context = browser.new_context(viewport=viewport, color_scheme=colours)
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_on_public_pages(looking: Page, claimline: Installation) -> None:
    found = {path: problems(looking, claimline.url + path) for path in PUBLIC_PAGES}

    assert found == {path: [] for path in PUBLIC_PAGES}


def test_axe_finds_nothing_at_the_desk(looking: Page, claimline: Installation) -> None:
    Desk(looking, claimline.url).sign_in("can@sample.example", claimline.password("can@sample.example"))

    found = {path: problems(looking, claimline.url + path) for path in DESK_PAGES}

    assert found == {path: [] for path in DESK_PAGES}


def test_axe_finds_nothing_on_a_claim_on_its_way(looking: Page, claimline: Installation, second_desk: Desk) -> None:
    desk = Desk(looking, claimline.url).sign_in("ada@sample.example", claimline.password("ada@sample.example"))
    claim = desk.open_story()
    address, public_address = claim.page.url, f"{claimline.url}/claims/{claim.claim_id}"
    found = {"open": problems(looking, address), "merge": problems(looking, f"{claimline.url}{merge_path(claim)}")}

    claim.page.goto(address)
    claim.add_evidence("Minutes of the committee", "", bearing="Gives context")
    claim.write_verdict("Mostly false", "Nobody was forced.")
    found["drafted"] = problems(looking, address)
    claim.write_verdict("Mostly false", "Nobody was forced.")
    claim.submit()
    found["in review"] = problems(looking, address)
    second_desk.open_address(address).publish()
    found["published"] = problems(looking, address)
    found["public list"] = problems(looking, f"{claimline.url}/")
    found["public claim"] = problems(looking, public_address)

    assert found == {place: [] for place in found}


LONG_WORD = "çekoslovakyalılaştıramadıklarımızdanmışsınızcasına"


def test_a_long_word_breaks_on_a_phone_as_its_language_breaks_it(browser: Browser, claimline: Installation) -> None:
    claim_id = open_claim(claimline, f"Bakan onları {LONG_WORD} suçladı.", "tr")
    page = browser.new_context(viewport=PHONE).new_page()
    Desk(page, claimline.url).sign_in("can@sample.example", claimline.password("can@sample.example"))

    found = problems(page, f"{claimline.url}/desk/claims/{claim_id}")

    statement = page.locator("h1.statement")
    assert found == []
    assert statement.get_attribute("lang") == "tr"
    assert statement.evaluate("one => getComputedStyle(one).hyphens") == "auto"
    assert statement.evaluate("one => getComputedStyle(one).hyphenateLimitChars") == "16 5 5"
    page.set_viewport_size(WIDE)
    assert statement.evaluate("one => getComputedStyle(one).hyphens") == "manual"
    page.context.close()


def open_claim(claimline: Installation, words: str, language: str) -> int:
    """The id of a new claim in these words."""
    engine = db.connect(claimline.settings.database_url)
    with db.transaction(engine) as session:
        claim = Claim(text=words, language=language, created_at=utc_now())
        session.add(claim)
        session.flush()
        claim_id = claim.id
    engine.dispose()
    return claim_id


def merge_path(claim: ClaimPage) -> str:
    """Where another claim is searched for to merge this one into."""
    return f"/desk/claims/{claim.claim_id}/merge?q=turkey"


def problems(page: Page, url: str) -> list[str]:
    """What axe finds on the page, and whether it scrolls sideways."""
    page.goto(url)
    found = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in Axe().run(page, options=STANDARDS).response["violations"]
        for node in violation["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("scrolls sideways")
    return found
