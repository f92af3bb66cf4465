"""From what a user names to stored rows: every item ends in one result, and bad ones stop nothing."""

from pathlib import Path
from threading import Event

import pytest
from sqlmodel import col, func, select

from claims import db, proof
from claims.clock import utc_now
from claims.db import Engine
from claims.drafts import AppearanceDraft
from claims.grouping import Matcher
from claims.intake import Outcome, Stored
from claims.matching import shipped_scorer
from claims.models import Appearance, Article, Claimant, Snapshot
from scrapers.ahead import ahead
from scrapers.fetch import Fetcher
from scrapers.pipeline import MAX_STATEMENTS, Found, Item, Pipeline, Result, line_for, most_worth_checking
from tests.scrapers.site import Site
from tests.stopwatch import Stopwatch

STORY = """<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1>
<p>The mayor of Larkhaven met the harbour workers on Monday, after a week of strikes that closed both piers.</p>
<p>The harbour union has long insisted that it was never asked about the {nights} night shifts.</p>
<p>Since then, the union has called for new talks, arguing that its exclusion was unlawful and a danger to trust.</p>
<p>Talks go on next week, and the ferries sail by their winter timetable until both sides have signed a paper.</p>
<ul><li>The closing of both piers</li><li>The harbour master Jon Peel, whom the union accuses of hiding it</li></ul>
</body></html>"""


@pytest.fixture
def pipeline(sqlite_url: str, fetcher: Fetcher):
    engine = db.connect(sqlite_url)
    yield Pipeline(engine, fetcher, Matcher(shipped_scorer()), utc_now)
    engine.dispose()


def story(title: str = "Harbour talks", nights: int = 48) -> str:
    return STORY.format(title=title, nights=nights)


def items(pipeline: Pipeline, *wanted: str) -> list[Item]:
    return [step for step in pipeline.ingest(wanted) if isinstance(step, Item)]


def count(engine: Engine, table: type) -> int:
    with db.reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_a_page_on_the_web_becomes_an_article_with_its_claimants(pipeline: Pipeline, site: Site) -> None:
    [item] = items(pipeline, site.serve("/story", story()))

    with db.reading(pipeline.engine) as session:
        said = select(Appearance.exact, Claimant.name).join(Claimant, col(Claimant.id) == Appearance.claimant_id)
        found = dict(session.exec(said).all())
    assert item.result is Result.NEW
    assert "union" in found["it was never asked about the 48 night shifts"]
    assert "union" in found["its exclusion was unlawful and a danger to trust"]
    assert any("Jon Peel" in exact or "hiding it" in exact for exact in found)


def test_what_is_stored_already_adds_nothing(pipeline: Pipeline, site: Site) -> None:
    url = site.serve("/story", story())
    items(pipeline, url)

    [again] = items(pipeline, url)

    assert again.result is Result.UNCHANGED
    assert (count(pipeline.engine, Article), count(pipeline.engine, Snapshot)) == (1, 1)


def test_an_article_that_changed_is_a_new_snapshot(pipeline: Pipeline, site: Site) -> None:
    items(pipeline, site.serve("/story", story(nights=48)))

    [changed] = items(pipeline, site.serve("/story", story(nights=40)))

    assert changed.result is Result.CHANGED
    assert (count(pipeline.engine, Article), count(pipeline.engine, Snapshot)) == (1, 2)


def test_every_bad_item_gets_one_line_and_the_others_go_on(pipeline: Pipeline, site: Site, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    bad = {
        "no address at all": "there is no such file or folder",
        "ftp://news.example/x": "there is no such file or folder",
        "http://10.1.2.3/x": "private",
        site.url + "/gone": "404",
        site.serve("/paper.pdf", b"%PDF-1.7 ...", "Content-Type: application/pdf"): "PDF",
        site.serve("/empty", b""): "empty",
        site.serve("/front", "<html><body><a href='/x'>x</a></body></html>"): "no article",
        site.serve("/feed.xml", "<rss><channel>", "Content-Type: application/rss+xml"): "feed",
        site.serve("/big", b"<p>" + b"x" * 20_000_000): "MB",
        str(tmp_path / "empty"): "no .html file",
    }
    good = site.serve("/story", story())

    found = items(pipeline, *bad, good)

    lines = {item.name: item.line for item in found if item.result is Result.FAILED}
    assert [name for name, reason in bad.items() if reason not in lines.get(name, "")] == []
    assert [line for line in lines.values() if "\n" in line or "Traceback" in line] == []
    assert found[-1].result is Result.NEW
    assert count(pipeline.engine, Article) == 1


def test_a_feed_says_how_many_stories_it_has_before_they_are_read(pipeline: Pipeline, site: Site) -> None:
    links = "".join(
        f"<item><title>{n}</title><link>{site.serve(f'/s/{n}', story(f'Talks {n}', 40 + n))}</link></item>"
        for n in range(3)
    )
    url = site.serve("/feed.xml", f"<rss version='2.0'><channel><title>x</title>{links}</channel></rss>")

    steps = list(pipeline.ingest([url]))

    assert steps[0] == Found(3, ())
    assert [step.result for step in steps[1:] if isinstance(step, Item)] == [Result.NEW] * 3


def test_a_folder_of_saved_pages_is_read_whole(pipeline: Pipeline, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.html").write_text(story(f"Talks {n}", 40 + n), encoding="utf-8")

    found = items(pipeline, str(tmp_path))

    assert [item.result for item in found] == [Result.NEW] * 3


def test_to_stop_between_two_items_loses_nothing_that_was_stored(pipeline: Pipeline, tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.html").write_text(story(f"Talks {n}", 40 + n), encoding="utf-8")
    running = pipeline.ingest([str(tmp_path)])
    next(running), next(running), next(running)

    running.close()
    resumed = items(pipeline, str(tmp_path))

    assert [item.result for item in resumed] == [Result.UNCHANGED] * 2 + [Result.NEW] * 4
    with db.reading(pipeline.engine) as session:
        assert proof.verify(session).problems == ()


def test_work_runs_ahead_in_order_and_within_bounds() -> None:
    begun: list[int] = []

    def square(number: int) -> int:
        begun.append(number)
        return number * number

    running = ahead(square, range(100))
    first = [next(running) for _ in range(3)]
    running.close()

    assert first == [(0, 0), (1, 1), (2, 4)]
    assert len(begun) <= 12


def test_who_stops_early_does_not_wait_for_what_is_in_work() -> None:
    goes_on = Event()
    running = ahead(lambda number: number and goes_on.wait(20), range(3))
    next(running)

    with Stopwatch() as watch:
        running.close()
    goes_on.set()

    assert watch.own_s < 1


def stated(place: int, worth: float) -> AppearanceDraft:
    """A statement somewhere in a text."""
    return AppearanceDraft(
        exact="x", prefix="", suffix="", start=place, end=place + 1, wording="x", check_worthiness=worth
    )


def test_of_too_many_statements_the_most_worth_checking_are_kept_in_their_order() -> None:
    found = [stated(place, worth=1.0 if place % 2 else 0.1) for place in range(2 * MAX_STATEMENTS)]

    kept = most_worth_checking(found)

    assert [statement.start for statement in kept] == list(range(1, 2 * MAX_STATEMENTS, 2))
    assert most_worth_checking(found[:MAX_STATEMENTS]) == found[:MAX_STATEMENTS]


def test_one_of_a_thing_is_told_in_the_singular() -> None:
    line = line_for(Stored(Outcome.NEW, 1, appearances=1, claims=1), left_out=1)

    assert line == "stored; 1 appearance, 1 new claim; left out 1 statement that is less worth checking"


def test_what_was_left_out_is_said() -> None:
    line = line_for(Stored(Outcome.NEW, 1, appearances=300, claims=4), left_out=7)

    assert line == "stored; 300 appearances, 4 new claims; left out 7 statements that are less worth checking"
