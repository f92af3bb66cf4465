"""Outlets' rules: which one reads a page, when they give way, and that each is held to a saved page."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
import soupsieve

from scrapers.article import read
from scrapers.checking import check
from scrapers.errors import BadSavedPage
from scrapers.outlets import OUTLETS, outlet_of, rules_for
from scrapers.outlets.reading import by_rules_of
from scrapers.outlets.rule import OutletRule, RuledOutlet
from scrapers.pages.metadata import metadata_of

SAVED = Path(__file__).parent.parent / "outlets"
BRIEF = "http://127.0.0.1:8010/causeway-brief/2026-02-03-ferry-bridge-toll"
PARAGRAPH = "<p>The harbour office said on Monday that the toll on the bridge would fall from four crowns to three.</p>"
OLD, NEW = OutletRule(date(2020, 1, 1), "#old", holds_until=date(2023, 12, 31)), OutletRule(date(2024, 1, 1), "#new")
PLANET = RuledOutlet("planet", ("planet.example/",), (OLD, NEW))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A copy of the saved pages that a test may change."""
    return Path(shutil.copytree(SAVED, tmp_path / "outlets"))


def change(folder: Path, **values: object) -> None:
    """Expect something else of a saved page."""
    path = folder / "expected.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


def brief(main: str, *, below: str = "") -> bytes:
    """A page in the markup of the Causeway Brief of today."""
    return f"<html amp><head><title>Tolls</title></head><body><main>{main}</main>{below}</body></html>".encode()


def test_every_rule_has_a_saved_page_and_every_saved_page_is_as_expected() -> None:
    found = check(SAVED)

    assert found.rules_without_page == ()
    assert [page for page in found.pages if page.drift] == []


def test_every_rule_that_a_saved_page_names_is_registered() -> None:
    registered = {outlet.name_of(rule) for outlet in OUTLETS for rule in outlet.rules}

    assert {page.rule for page in check(SAVED).pages} - {None} <= registered


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.name)
def test_an_outlets_rules_follow_each_other_without_overlap(outlet: RuledOutlet) -> None:
    for earlier, later in zip(outlet.rules, outlet.rules[1:], strict=False):
        assert earlier.holds_until is not None
        assert earlier.holds_from <= earlier.holds_until < later.holds_from

    assert all(soupsieve.compile(selector) for rule in outlet.rules for selector in rule.selectors)
    assert all(place == place.lower() and "/" in place for place in outlet.places)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2020, 1, 1), OLD),
        (date(2023, 12, 31), OLD),
        (date(2024, 1, 1), NEW),
        (date(2019, 12, 31), NEW),
        (None, NEW),
    ],
)
def test_the_rule_that_holds_on_the_day_comes_first_and_else_the_latest(on: date | None, first: OutletRule) -> None:
    rules = rules_for(PLANET, on)

    assert rules[0] is first
    assert set(rules) == {OLD, NEW}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://127.0.0.1/yeni-rihtim/haber/x", "yeni-rihtim"),
        (BRIEF, "causeway-brief"),
        ("http://127.0.0.1:8010/causeway-briefs/x", None),
        ("https://yeni-rihtim.example/", None),
        ("file:///causeway-brief/x.html", None),
        ("nonsense", None),
    ],
)
def test_an_address_leads_to_its_outlets_rules(url: str, name: str | None) -> None:
    outlet = outlet_of(url)

    assert (outlet and outlet.name) == name


@pytest.mark.parametrize(
    ("published", "on", "rule"),
    [
        ("2022-05-05", date(2026, 11, 2), "planet@2024-01-01"),
        ("2026-05-05", date(2022, 5, 6), "planet@2020-01-01"),
        ("2022-05-05", None, "planet@2020-01-01"),
        ("", None, "planet@2024-01-01"),
    ],
)
def test_where_two_rules_fit_the_day_decides_fetched_before_published(
    published: str, on: date | None, rule: str
) -> None:
    head = f"<meta property='article:published_time' content='{published}'>"
    markup = f"<head>{head}</head><div id='old'>{PARAGRAPH}<div id='new'>{PARAGRAPH}</div></div>"

    ruled = by_rules_of(PLANET, markup, metadata_of(markup, "https://planet.example/tolls"), on)

    assert ruled is not None
    assert ruled.main.extracted_by == f"rule:{rule}"


def test_a_page_in_an_outlets_old_design_is_read_by_the_old_rule_whatever_the_day() -> None:
    page = (SAVED / "causeway_brief_2024" / "page.html").read_bytes()

    by_day = {read(page, BRIEF, on=day).extracted_by for day in (date(2024, 5, 14), date(2026, 11, 2), None)}

    assert by_day == {"rule:causeway-brief@2023-04-01"}


@pytest.mark.parametrize(
    "main",
    [
        "<p>Soon more.</p>",
        f"<p>{'Soon more. ' * 10}</p>",
        "",
    ],
    ids=["next to nothing", "far less than the page", "nothing"],
)
def test_a_rule_that_finds_next_to_nothing_gives_way_to_the_general_reading(main: str) -> None:
    draft = read(brief(main, below=f"<article><h1>Tolls</h1>{PARAGRAPH * 12}</article>"), BRIEF)

    assert draft.extracted_by == "trafilatura"
    assert "would fall from four crowns" in draft.text


def test_what_a_rule_drops_is_no_reason_to_mistrust_it() -> None:
    draft = read(brief(f"{PARAGRAPH}<div class='when'>{PARAGRAPH * 40}</div>"), BRIEF)

    assert (draft.extracted_by, draft.text.count("\n")) == ("rule:causeway-brief@2026-01-01", 0)


def test_a_wire_copys_agency_is_read_where_the_outlet_prints_it() -> None:
    agencies = {"Text: Continental Press Agency": "Continental Press Agency", "Text: Agence France-Presse": "AFP"}

    origins = [read(brief(f"{PARAGRAPH}<p class='credit'>{credit}</p>"), BRIEF).origin for credit in agencies]

    assert origins == list(agencies.values())


def test_drift_names_the_field_and_the_lines_that_differ(saved: Path) -> None:
    page = saved / "yeni_rihtim_2024" / "page.html"
    rewritten = page.read_text("utf-8").replace("2.000 müşteri", "3.000 müşteri").replace("Ilgaz", "Ilgar")
    page.write_text(rewritten, "utf-8")

    [drifted] = [page for page in check(saved).pages if page.drift]

    assert drifted.name == "yeni_rihtim_2024"
    assert [drift.field for drift in drifted.drift] == ["text", "authors"]
    assert drifted.drift[1].lines == ("- Derya Ilgaz", "+ Derya Ilgar")
    assert [line[:2] for line in drifted.drift[0].lines] == ["- ", "+ "]


def test_a_rule_whose_markup_is_gone_drifts_to_the_general_reading(saved: Path) -> None:
    page = saved / "yeni_rihtim_2024" / "page.html"
    page.write_text(page.read_text("utf-8").replace("haber-metni", "haber-govdesi"), "utf-8")

    [drifted] = [page for page in check(saved).pages if page.drift]

    assert drifted.drift[0].lines == ("- yeni-rihtim@2024-09-01", "+ None")
    assert not check(saved).is_clean


def test_a_rule_without_a_saved_page_is_named(saved: Path) -> None:
    shutil.rmtree(saved / "causeway_brief_2024")

    found = check(saved)

    assert found.rules_without_page == ("causeway-brief@2023-04-01",)
    assert not found.is_clean


def test_a_page_for_a_rule_that_nobody_registered_drifts(saved: Path) -> None:
    change(saved / "plain_page", rule="planet@2024-01-01")

    [drifted] = [page for page in check(saved).pages if page.drift]

    assert (drifted.name, drifted.drift[0].lines) == ("plain_page", ("- planet@2024-01-01", "+ None"))


def test_a_page_that_is_no_article_any_more_drifts(saved: Path) -> None:
    (saved / "plain_page" / "page.html").write_bytes(b"<p>Gone</p>")

    [drifted] = [page for page in check(saved).pages if page.drift]

    assert drifted.drift[0].field == "article"
    assert "holds no article's text" in drifted.drift[0].lines[0]


@pytest.mark.parametrize(
    "expected", ["", "[1]", '{"url": 7}', "{", '{"url": "https://a.example", "rule": []}', "[" * 100_000]
)
def test_an_expectation_that_cannot_be_read_says_which_file_it_is(saved: Path, expected: str) -> None:
    (saved / "plain_page" / "expected.json").write_text(expected)

    with pytest.raises(BadSavedPage, match=r"plain_page/expected\.json"):
        check(saved)


def test_a_page_that_would_never_end_is_not_read(saved: Path) -> None:
    (saved / "plain_page" / "page.html").unlink()
    os.mkfifo(saved / "plain_page" / "page.html")

    with pytest.raises(BadSavedPage, match="is no file"):
        check(saved)


def test_an_expectation_without_its_page_says_which_file_is_missing(saved: Path) -> None:
    (saved / "plain_page" / "page.html").unlink()

    with pytest.raises(BadSavedPage, match=r"plain_page/page\.html: cannot be read"):
        check(saved)
