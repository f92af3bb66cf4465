"""An article comes in whole or not at all, once, and what it said before stays."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from claims import articles, outlets
from claims.drafts import Access, AppearanceDraft, Stance, StatementKind
from claims.errors import InvalidDraft
from claims.intake import Outcome, store
from claims.models import (
    Appearance,
    Article,
    AuditEvent,
    Claim,
    Claimant,
    Match,
    Outlet,
    Snapshot,
)
from claims.queries.events import sentence_of
from claims.versions.bodies import IN_DATABASE
from tests.claims.builders import FORCED, NOW, Newsroom, article, full_disk, page, statement

SOLD = "Greece sold forty old tanks to Cyprus in spring."
TABLES = (Outlet, Article, Snapshot, Appearance, Claim, Claimant, Match, AuditEvent)


def outlet_of(newsroom: Newsroom, url: str) -> str:
    """The name of the outlet that an article at this address is given to."""
    newsroom.take_in(f"A sentence at {url}.", url=url)
    with newsroom.reading() as session:
        wanted = select(Outlet.name).join(Article, col(Article.outlet_id) == Outlet.id)
        return session.exec(wanted.where(Article.canonical_url == url)).one()


def add_outlet(newsroom: Newsroom, name: str, address: str) -> Outlet:
    """Store an outlet as a person does."""
    with newsroom.writing() as session:
        return outlets.add_outlet(session, name, address, actor="setup", now=NOW)


def test_a_new_article_is_stored_with_all_that_was_read(newsroom: Newsroom) -> None:
    draft = article(f"He said: {FORCED} That was all.", url="https://outlet.example/1", authors=("A. B.",))
    said = statement(draft, FORCED, claimant="Ankara", cue="He said", stance=Stance.DENIES, kind=StatementKind.DIRECT)

    fetched = page("https://outlet.example/1", b"<html>")

    stored = store(newsroom.engine, newsroom.matcher, fetched, draft, [said], now=NOW)

    assert (stored.outcome, stored.appearances, stored.claims, stored.suggestions) == (Outcome.NEW, 1, 1, 0)
    with newsroom.reading() as session:
        kept, snapshot = session.exec(select(Appearance)).one(), session.exec(select(Snapshot)).one()
        assert session.exec(select(Article)).one().authors == ["A. B."]
        assert session.exec(select(Claimant.name)).one() == "Ankara"
    assert (kept.exact, kept.prefix, kept.suffix) == (FORCED, "He said: ", " That was all.")
    assert (kept.cue, kept.stance, kept.kind) == ("He said", Stance.DENIES, StatementKind.DIRECT)
    assert snapshot.text[kept.start : kept.end] == FORCED
    with newsroom.reading() as session:
        assert IN_DATABASE.read(session, snapshot.body_sha256) == b"<html>"


def test_an_article_that_is_stored_already_adds_nothing(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    before = [newsroom.count(table) for table in TABLES]

    again = newsroom.take_in(FORCED)

    assert (again.outcome, again.appearances) == (Outcome.UNCHANGED, 0)
    assert [newsroom.count(table) for table in TABLES] == before


def test_an_article_that_is_read_again_keeps_how_much_of_it_is_open_now(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, access=Access.OPEN)

    again = newsroom.take_in(FORCED, access=Access.PAYWALLED)

    with newsroom.reading() as session:
        assert session.exec(select(Article.access)).one() is Access.PAYWALLED
        logged = session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc())).first()
    assert again.outcome is Outcome.UNCHANGED
    assert logged is not None
    assert sentence_of(logged) == "read an article again: paywalled, open before"
    assert newsroom.proof().problems == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://outlet.example/s-400",
        "https://www.outlet.example/s-400",
        "https://outlet.example/s-400/",
        "https://outlet.example/s-400/amp",
        "http://amp.outlet.example/s-400",
    ],
)
def test_an_article_is_found_again_at_every_spelling_of_its_address(newsroom: Newsroom, url: str) -> None:
    newsroom.take_in(FORCED, url="https://outlet.example/s-400")

    again = newsroom.take_in(f"{FORCED} {SOLD}", url=url, access=Access.METERED)

    assert again.outcome is Outcome.CHANGED
    assert (newsroom.count(Outlet), newsroom.count(Article), newsroom.count(Snapshot)) == (1, 1, 2)
    with newsroom.reading() as session:
        kept = session.exec(select(Article)).one()
    assert (kept.canonical_url, kept.access) == ("https://outlet.example/s-400", Access.METERED)


def test_an_article_is_found_at_its_very_address_first(sqlite_newsroom: Newsroom) -> None:
    for url in ("http://outlet.example/s-400/", "https://outlet.example/s-400"):
        with sqlite_newsroom.writing() as session:
            outlet = outlets.add_outlet(session, url, url, actor="setup", now=NOW)
            articles.add_article(session, outlet, article(FORCED, url=url), now=NOW)

    found = sqlite_newsroom.take_in(SOLD, url="https://outlet.example/s-400")

    assert (found.article_id, sqlite_newsroom.count(Article)) == (2, 2)


def test_an_article_at_an_address_that_only_looks_alike_is_another(sqlite_newsroom: Newsroom) -> None:
    for number, url in enumerate(
        ("https://outlet.example/?12345", "https://outlet.example/?12346", "file:///a", "file:///b")
    ):
        sqlite_newsroom.take_in(f"Talks number {number} began.", url=url)

    assert sqlite_newsroom.count(Article) == 4


@pytest.mark.parametrize("access", Access)
def test_an_article_of_every_access_can_be_stored(newsroom: Newsroom, access: Access) -> None:
    newsroom.take_in(FORCED, access=access)

    with newsroom.reading() as session:
        assert session.exec(select(Article.access)).one() is access


def test_the_same_text_at_another_address_leaves_the_articles_access_alone(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED, access=Access.METERED)

    sqlite_newsroom.take_in(FORCED, url="https://outlet.example/copy-of-1", access=Access.OPEN)

    with sqlite_newsroom.reading() as session:
        assert session.exec(select(Article.access)).one() is Access.METERED


def test_a_text_that_changed_is_a_new_snapshot_with_the_new_statements_alone(newsroom: Newsroom) -> None:
    first = newsroom.take_in(FORCED)

    changed = newsroom.take_in("An earlier line.", FORCED, SOLD)

    assert (changed.outcome, changed.article_id, changed.appearances) == (Outcome.CHANGED, first.article_id, 2)
    assert (newsroom.count(Article), newsroom.count(Snapshot)) == (1, 2)
    with newsroom.reading() as session:
        old = session.exec(select(Appearance).where(Appearance.exact == FORCED)).one()
        assert session.get_one(Snapshot, old.snapshot_id).text == FORCED


def test_a_text_that_changed_back_is_a_third_version(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED)
    newsroom.take_in(FORCED, SOLD)

    back = newsroom.take_in(FORCED)

    assert (back.outcome, back.appearances) == (Outcome.CHANGED, 0)
    assert newsroom.count(Snapshot) == 3
    assert newsroom.proof().problems == ()


def test_a_changed_version_gives_the_article_its_headline_and_keeps_the_earlier_ones(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, title="Minister resigns")

    newsroom.take_in(FORCED, SOLD, title="Minister denies", modified_at=NOW)

    with newsroom.reading() as session:
        row = session.exec(select(Article)).one()
        titles = session.exec(select(Snapshot.title).order_by(col(Snapshot.id))).all()
    assert (row.title, row.modified_at) == ("Minister denies", NOW)
    assert titles == ["Minister resigns", "Minister denies"]


def test_the_name_of_its_outlet_after_the_headline_is_no_version(newsroom: Newsroom) -> None:
    add_outlet(newsroom, "The Ledger", "https://outlet.example/")
    newsroom.take_in(FORCED, title="Minister resigns")

    named = newsroom.take_in(FORCED, title="Minister resigns \u2013 The Ledger")
    by_page = newsroom.take_in(FORCED, title="Minister resigns | Ledger Online", outlet_name="Ledger Online")

    assert (named.outcome, by_page.outcome) == (Outcome.UNCHANGED, Outcome.UNCHANGED)
    assert newsroom.take_in(FORCED, title="Minister resigns | Live").outcome is Outcome.CHANGED


def test_an_older_text_at_another_address_is_no_version(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)
    sqlite_newsroom.take_in(FORCED, SOLD)

    cached = sqlite_newsroom.take_in(FORCED, url="https://outlet.example/print/1")

    assert cached.outcome is Outcome.UNCHANGED
    assert sqlite_newsroom.count(Snapshot) == 2


def test_one_outlets_text_at_another_address_is_the_same_article(sqlite_newsroom: Newsroom) -> None:
    first = sqlite_newsroom.take_in(FORCED, url="https://outlet.example/1")

    again = sqlite_newsroom.take_in(FORCED, url="https://outlet.example/1?utm=x")

    assert (again.outcome, again.article_id) == (Outcome.UNCHANGED, first.article_id)


def test_a_wire_copy_in_another_outlet_is_an_appearance_of_its_own(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, url="https://agency.example/1", origin="Agency")

    copy = newsroom.take_in(FORCED, url="https://outlet.example/1", origin="Agency")

    assert (copy.outcome, copy.appearances, copy.claims) == (Outcome.NEW, 1, 0)
    claim = newsroom.stored_claim(1)
    assert (claim.appearances, claim.outlets) == (2, 2)


def test_one_span_is_stored_once(sqlite_newsroom: Newsroom) -> None:
    draft = article(FORCED)
    twice = [statement(draft, FORCED, claimant="Ankara"), statement(draft, FORCED, claimant="Turkey")]

    stored = store(sqlite_newsroom.engine, sqlite_newsroom.matcher, page(draft.canonical_url), draft, twice, now=NOW)

    assert stored.appearances == 1


def test_a_statement_that_does_not_stand_in_the_text_stops_the_whole_article(newsroom: Newsroom) -> None:
    draft = article(FORCED, SOLD)
    wrong = AppearanceDraft(exact="never said", start=0, end=10, prefix="", suffix="")
    statements = [statement(draft, SOLD), wrong]

    with pytest.raises(InvalidDraft, match=r"'never said' does not stand at 0 in https://outlet.example/1"):
        store(newsroom.engine, newsroom.matcher, page(draft.canonical_url), draft, statements, now=NOW)

    assert [newsroom.count(table) for table in TABLES] == [0] * len(TABLES)


def test_a_storing_that_fails_at_its_last_step_leaves_nothing_anywhere(newsroom: Newsroom) -> None:
    newsroom.take_in(SOLD, url="https://outlet.example/0")
    before = [newsroom.count(table) for table in TABLES]

    with pytest.raises(OSError, match="No space left"), full_disk():
        newsroom.take_in(FORCED)

    assert [newsroom.count(table) for table in TABLES] == before
    assert list(newsroom.matcher.memory.copies) == [SOLD]
    assert len(newsroom.matcher.memory.index) == 1


def test_what_failed_comes_in_whole_the_next_time(newsroom: Newsroom) -> None:
    with pytest.raises(OSError, match="No space left"), full_disk():
        newsroom.take_in(SOLD)

    newsroom.take_in(FORCED)
    copy = newsroom.take_in(FORCED, url="https://other.example/1")

    assert (copy.claims, newsroom.count(Claim)) == (0, 1)
    assert newsroom.proof().problems == ()


def test_a_matcher_learns_what_another_process_stored(sqlite_newsroom: Newsroom) -> None:
    elsewhere = Newsroom(sqlite_newsroom.engine)
    elsewhere.take_in(FORCED)

    copy = sqlite_newsroom.take_in(FORCED, url="https://other.example/1")

    assert copy.claims == 0


def test_a_snapshot_is_sealed_in_the_log(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED)

    with sqlite_newsroom.reading() as session:
        sealed = session.exec(select(AuditEvent).where(AuditEvent.action == "snapshot:add")).one()
        snapshot = session.exec(select(Snapshot)).one()
    assert (sealed.actor, sealed.subject) == ("machine", f"snapshot:{snapshot.id}")
    assert snapshot.text_sha256 in sealed.details
    assert snapshot.body_sha256 in sealed.details


def test_an_article_goes_to_the_outlet_with_the_longest_address(newsroom: Newsroom) -> None:
    add_outlet(newsroom, "Portal", "https://portal.example")
    add_outlet(newsroom, "Portal Sports", "https://portal.example/sports")

    assert outlet_of(newsroom, "https://portal.example/sports/1") == "Portal Sports"
    assert outlet_of(newsroom, "https://portal.example/sportsmen/1") == "Portal"
    assert outlet_of(newsroom, "https://portal.example/1") == "Portal"


def test_a_host_that_is_not_known_becomes_an_outlet(sqlite_newsroom: Newsroom) -> None:
    assert outlet_of(sqlite_newsroom, "https://www.unknown.example/1") == "unknown.example"
    assert outlet_of(sqlite_newsroom, "https://portal.example.evil.example/1") == "portal.example.evil.example"


def test_an_outlet_is_named_by_its_page(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.take_in(FORCED, outlet_name="The Outlet")

    with sqlite_newsroom.reading() as session:
        assert session.exec(select(Outlet.name)).one() == "The Outlet"


@pytest.mark.parametrize("url", ["https://portal.example", "https://Portal.Example/1"])
def test_the_machine_never_renames_what_a_person_named(sqlite_newsroom: Newsroom, url: str) -> None:
    add_outlet(sqlite_newsroom, "Portal", "https://portal.example/")

    assert outlet_of(sqlite_newsroom, url) == "Portal"


def test_saved_pages_without_an_address_share_an_outlet(sqlite_newsroom: Newsroom) -> None:
    assert outlet_of(sqlite_newsroom, "file:///saved/one.html") == "Saved pages"
    assert outlet_of(sqlite_newsroom, "file:///saved/two.html") == "Saved pages"


def test_an_outlet_that_is_added_again_is_renamed(newsroom: Newsroom) -> None:
    first = add_outlet(newsroom, "Outlet", "https://Outlet.example")

    again = add_outlet(newsroom, " The  Outlet ", "https://outlet.example/")

    assert (again.id, again.name, again.address) == (first.id, "The Outlet", "https://outlet.example/")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("", "https://outlet.example"),
        ("Outlet", "outlet.example"),
        ("Outlet", "ftp://outlet.example"),
        ("Outlet", "https://[::1"),
        ("Outlet", "https://"),
        ("\x00", "https://outlet.example"),
        ("Outlet", "https://outlet.example/" + "x" * 2_000),
    ],
)
def test_an_outlet_needs_a_name_and_an_address(newsroom: Newsroom, name: str, address: str) -> None:
    with pytest.raises(InvalidDraft, match=r"needs a name and an address|is no address|Name: write|is over 2000"):
        add_outlet(newsroom, name, address)


def test_claimants_are_one_however_their_name_is_typed(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, url="https://outlet.example/1", claimant="Işık Bakanlığı")
    newsroom.take_in(SOLD, url="https://outlet.example/2", claimant="IŞIK  BAKANLIĞI")

    with newsroom.reading() as session:
        assert session.exec(select(Claimant.name)).all() == ["Işık Bakanlığı"]


@pytest.mark.parametrize("long", ["url", "claimant"])
def test_what_no_index_holds_is_refused_in_one_line(newsroom: Newsroom, long: str) -> None:
    words = "".join(chr(0x4E00 + 7 * number % 20_000) for number in range(2_500))
    changes = {"url": f"https://outlet.example/{words}"} if long == "url" else {"claimant": words}

    with pytest.raises(InvalidDraft, match=r"^an? (address|claimant) of \d+ bytes is over 2000: "):
        newsroom.take_in(FORCED, **changes)

    assert newsroom.count(Article) == 0


def test_times_are_kept_in_utc(newsroom: Newsroom) -> None:
    istanbul = NOW.astimezone(tz=None) + timedelta(hours=1)
    newsroom.take_in(FORCED, published_at=istanbul)

    with newsroom.reading() as session:
        kept = session.exec(select(Article.published_at)).one()
    assert kept == istanbul
    assert kept.utcoffset() == timedelta(0)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_hostile_words_come_back_as_they_were(sqlite_newsroom: Newsroom, words: str) -> None:
    sentence = f"x{words}x"

    url = f"https://outlet.example/{hash(words)}"
    stored = sqlite_newsroom.take_in(sentence, url=url, title=sentence, claimant=words)

    with sqlite_newsroom.reading() as session:
        kept = session.exec(select(Appearance).where(Appearance.article_id == stored.article_id)).all()
    assert [one.exact for one in kept] in ([sentence], [])
    assert stored.outcome is not Outcome.NEW or kept != []
