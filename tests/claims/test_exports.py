"""CSV for auditors: the promised columns, every cell as it is stored, and to the public nothing but what is public."""

import csv
import hashlib
import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import delete, select

from claims import curation, evidence, exports, reviews
from claims.drafts import Access
from claims.errors import NotAllowed
from claims.exports import COLUMNS, Export, Scope
from claims.exports.layout import ROWS_AT_ONCE
from claims.models import Claim, Match, MatchState, Relation
from claims.queries.suggestions import ReportFilter, suggestion_report
from claims.rechecks import copies, outcomes
from tests.claims.builders import FORCED, NOW, SNOW, Newsroom, page

DESK, PUBLIC = (
    Scope("https://checks.example", published_only=False),
    Scope("https://checks.example", published_only=True),
)
CELLS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)


def written(newsroom: Newsroom, export: Export, scope: Scope = DESK) -> str:
    """The file of an export."""
    file = io.StringIO(newline="")
    with newsroom.reading() as session:
        exports.write(session, export, file, scope)
    return file.getvalue()


def reject(newsroom: Newsroom, match_id: int, relation: Relation) -> None:
    """Keep a proposed appearance out."""
    with newsroom.writing() as session:
        curation.reject(session, match_id, by=newsroom.ada, seen_version=1, relation=relation, now=NOW)


def rows(newsroom: Newsroom, export: Export, scope: Scope = DESK) -> list[dict[str, str]]:
    """The lines of an export by their column names, as any reader of RFC 4180 sees them."""
    return list(csv.DictReader(io.StringIO(written(newsroom, export, scope), newline=""), strict=True))


def test_the_columns_of_appearances_begin_as_promised() -> None:
    promised = (
        "appearance_id, claim_id, claim_url, claim, outlet, article_url, article_title, published_at, exact, prefix, "
        "suffix, start, end, claimant, cue, stance, check_worthiness, match_state, snapshot_sha256"
    )

    assert ", ".join(COLUMNS[Export.APPEARANCES]).startswith(promised)


def test_the_columns_of_claims_begin_as_promised() -> None:
    promised = (
        "claim_id, claim_url, claim, language, status, rating, rating_value, published_at, appearances, outlets, "
        "first_appeared_at, last_appeared_at"
    )

    assert ", ".join(COLUMNS[Export.CLAIMS]).startswith(promised)


@pytest.mark.parametrize("export", Export)
def test_every_line_has_the_columns_of_the_first_one(sqlite_newsroom: Newsroom, export: Export) -> None:
    published = sqlite_newsroom.claim(outlets=("one", "two"))
    sqlite_newsroom.publish(published)
    reject(sqlite_newsroom, sqlite_newsroom.suggest(sqlite_newsroom.claim(SNOW), published), Relation.DISTINCT)

    lines = list(csv.reader(io.StringIO(written(sqlite_newsroom, export), newline=""), strict=True))

    assert lines[0] == list(COLUMNS[export])
    assert len(lines) > 1
    assert {len(line) for line in lines} == {len(COLUMNS[export])}


@pytest.mark.parametrize("export", Export)
def test_an_export_of_nothing_is_its_first_line(sqlite_newsroom: Newsroom, export: Export) -> None:
    assert written(sqlite_newsroom, export) == ",".join(COLUMNS[export]) + "\r\n"


def test_a_claim_is_one_line(newsroom: Newsroom) -> None:
    claim_id = newsroom.claim("The old jets were sold to Ankara again.", outlets=("one", "two"))
    newsroom.publish(claim_id, rating="mostly-false")

    (line,) = rows(newsroom, Export.CLAIMS)

    assert line["claim"] == "The old jets were sold to Ankara again."
    assert line["claim_url"] == "https://checks.example/claims/1-the-old-jets-were-sold-to-ankara-again"
    assert (line["status"], line["rating"], line["rating_value"]) == ("published", "Mostly false", "2")
    assert (line["appearances"], line["outlets"], line["language"]) == ("2", "2", "en")
    assert line["published_at"] == line["first_appeared_at"] == "2026-11-02T09:30:00+00:00"


def test_a_rating_off_the_scale_has_no_number(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.publish(sqlite_newsroom.claim(), rating="satire")

    (line,) = rows(sqlite_newsroom, Export.CLAIMS)

    assert (line["rating"], line["rating_value"]) == ("Satire", "")


def test_the_desk_exports_merged_claims_with_where_they_went(sqlite_newsroom: Newsroom) -> None:
    first, second = sqlite_newsroom.claim(FORCED), sqlite_newsroom.claim(SNOW)
    with sqlite_newsroom.writing() as session:
        curation.merge(session, first, second, by=sqlite_newsroom.bo, seen_version=1, now=NOW)

    merged, kept = rows(sqlite_newsroom, Export.CLAIMS)

    assert (merged["status"], merged["merged_into"], kept["status"], kept["merged_into"]) == ("merged", "2", "open", "")


def test_an_appearance_is_one_line_with_where_it_stands(newsroom: Newsroom) -> None:
    newsroom.take_in(FORCED, SNOW, outlet_name="The Outlet", published_at=NOW, access=Access.PAYWALLED)

    line, _ = rows(newsroom, Export.APPEARANCES)

    assert (line["outlet"], line["article_url"], line["claimant"]) == (
        "The Outlet",
        "https://outlet.example/1",
        "Ankara",
    )
    assert (line["exact"], line["start"], line["end"]) == (FORCED, "0", str(len(FORCED)))
    assert (line["prefix"], line["suffix"]) == ("", f"\n{SNOW}"[:32])
    assert (line["stance"], line["match_state"], line["match_relation"]) == ("asserts", "confirmed", "same")
    assert (len(line["snapshot_sha256"]), line["access"]) == (64, "paywalled")


def test_an_appearance_says_what_became_of_its_words(newsroom: Newsroom) -> None:
    told = []
    for said in ((FORCED,), (FORCED, SNOW), (SNOW,)):
        newsroom.take_in(*said)
        told.append(rows(newsroom, Export.APPEARANCES)[0])
    with newsroom.writing() as session:
        outcomes.note_gone(session, outcomes.of_article(session, 1), "410", now=NOW)

    gone = rows(newsroom, Export.APPEARANCES)[0]

    assert [line["anchor"] for line in told] == ["unchanged", "found", "orphaned"]
    assert (told[0]["newest_snapshot_sha256"] == told[0]["snapshot_sha256"], told[0]["article_gone_at"]) == (True, "")
    assert told[2]["newest_snapshot_sha256"] != told[2]["snapshot_sha256"]
    assert gone["article_gone_at"].startswith("2026-11-02T09:30")


def test_evidence_says_how_its_address_stands_now(newsroom: Newsroom) -> None:
    newsroom.cite(newsroom.claim())
    for text in ("Article 5", "Article 6"):
        fetched = page("https://evidence.example/treaty", text.encode())
        with newsroom.writing() as session:
            copies.keep_copy(session, 1, fetched, text, "test", bodies=newsroom.bodies, now=NOW)

    [line] = rows(newsroom, Export.EVIDENCE)

    assert line["snapshot_sha256"] == hashlib.sha256(b"Article 5").hexdigest()
    assert line["newest_snapshot_sha256"] == hashlib.sha256(b"Article 6").hexdigest()
    assert (line["checked_at"][:10], line["gone_at"], line["archived_url"]) == ("2026-11-02", "", "")


def test_a_correction_is_a_line_that_says_from_what_and_why(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    sqlite_newsroom.publish(claim_id, rating="false")
    sqlite_newsroom.correct(claim_id, rating="true")

    first, second = rows(sqlite_newsroom, Export.REVIEWS)

    assert (first["state"], first["corrected_from"]) == ("superseded", "")
    assert (second["state"], second["rating"], second["corrected_from"]) == ("published", "True", "False")
    assert (second["correction_why"], second["correction_requested_by"]) == ("A new document", "A reader")


def test_evidence_names_the_versions_that_stand_on_it(sqlite_newsroom: Newsroom) -> None:
    claim_id = sqlite_newsroom.claim()
    sqlite_newsroom.publish(claim_id)
    sqlite_newsroom.correct(claim_id, rating="true")
    sqlite_newsroom.cite(claim_id, "A later document")

    first, later = rows(sqlite_newsroom, Export.EVIDENCE)

    assert (first["review_numbers"], first["is_primary"], first["added_by"]) == ("1 2", "yes", "Ada")
    assert (later["title"], later["review_numbers"]) == ("A later document", "")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells=st.lists(CELLS, min_size=1, max_size=5))
@example(cells=["=1+1", "+1", "-1", "@SUM(A1)", "\t"])
@example(cells=['"', '""', ",", "\r", "\n", "\r\n", " ", "'"])
def test_nasty_cells_come_back_as_they_were(sqlite_newsroom: Newsroom, cells: list[str]) -> None:
    with sqlite_newsroom.writing() as session:
        session.exec(delete(Claim))
        session.add_all(Claim(text=cell, language="en", created_at=NOW) for cell in cells)

    assert [line["claim"] for line in rows(sqlite_newsroom, Export.CLAIMS)] == cells


@pytest.fixture
def busy(newsroom: Newsroom) -> Newsroom:
    """A newsroom with one published claim that is being corrected and reworded, and others that are secret."""
    secret = newsroom.claim("SECRET wording of a draft")
    newsroom.draft(secret, summary="SECRET summary of a draft")
    newsroom.claim("SECRET wording of an open claim")
    claim_id = newsroom.claim(FORCED)
    newsroom.publish(claim_id)
    newsroom.suggest(secret, claim_id, Relation.CONTRADICTS)
    with newsroom.writing() as session:
        reviews.start_correction(session, claim_id, why="SECRET", requested_by="SECRET", by=newsroom.eve, now=NOW)
        curation.reword(session, claim_id, "SECRET new wording", by=newsroom.eve, seen_version=1, now=NOW)
    withdrawn = newsroom.cite(claim_id, "SECRET withdrawn document")
    newsroom.cite(claim_id, "SECRET document for the next version")
    with newsroom.writing() as session:
        evidence.withdraw(session, withdrawn, by=newsroom.ada, now=NOW)
    return newsroom


def test_the_public_sees_what_was_published_and_nothing_else(busy: Newsroom) -> None:
    for export in set(Export) - {Export.AUDIT, Export.SUGGESTIONS}:
        public = written(busy, export, PUBLIC)

        assert "secret" not in public.lower(), export
        assert public.count("\r\n") == 2, export
        assert "SECRET" in written(busy, export, DESK), export


def test_a_decided_suggestion_is_one_line_with_all_that_it_came_from(newsroom: Newsroom) -> None:
    target, wording = newsroom.claim(FORCED), FORCED.replace("was forced", "was never forced")
    newsroom.claim(wording)
    with newsroom.reading() as session:
        match = session.exec(select(Match).where(Match.state == MatchState.SUGGESTED)).one()
    assert rows(newsroom, Export.SUGGESTIONS) == []

    reject(newsroom, match.id or 0, Relation.RELATED)

    (line,) = rows(newsroom, Export.SUGGESTIONS)
    explained = match.explanation
    assert (line["match_id"], line["claim_id"], line["claim"]) == (str(match.id), str(target), FORCED)
    assert (line["wording"], line["compared_wording"]) == (wording, FORCED)
    assert (line["proposed"], line["decision"], line["match_state"]) == ("contradicts", "related", "rejected")
    assert (float(line["score"]), json.loads(line["scores"])) == (match.score, explained["scores"])
    assert line["guards"].split() == [guard["rule"] for guard in explained["guards"]] == ["negation"]
    assert line["guard_sentences"] == explained["guards"][0]["sentence"]
    assert line["matcher_version"] == explained["version"]
    assert line["proposed_at"] == line["decided_at"] == "2026-11-02T09:30:00+00:00"
    assert "@" not in written(newsroom, Export.SUGGESTIONS)


@pytest.mark.parametrize("going", [0, 1], ids=["the first wording goes", "the grouped one goes"])
def test_a_grouping_that_a_person_parted_is_a_line_as_the_report_counts_it(newsroom: Newsroom, going: int) -> None:
    claim_id = newsroom.claim(FORCED, outlets=("one", "two"))
    assert rows(newsroom, Export.SUGGESTIONS) == []

    gone = newsroom.appearances(claim_id)[going]
    with newsroom.writing() as session:
        curation.split(session, claim_id, [gone], "", by=newsroom.ada, seen_version=1, now=NOW)

    (line,) = rows(newsroom, Export.SUGGESTIONS)
    with newsroom.reading() as session:
        (band,) = suggestion_report(session, ReportFilter()).grouped
    assert (line["proposed"], line["decision"], line["claim_id"]) == ("grouped", "parted", str(claim_id))
    assert (line["wording"], line["compared_wording"], float(line["score"])) == (FORCED, FORCED, 100.0)
    assert line["decided_at"] == "2026-11-02T09:30:00+00:00"
    assert band.parted.part == 1


def test_no_part_of_the_suggestions_is_public(sqlite_newsroom: Newsroom) -> None:
    file = io.StringIO()

    with sqlite_newsroom.reading() as session, pytest.raises(NotAllowed, match="no part of them is public"):
        exports.write(session, Export.SUGGESTIONS, file, PUBLIC)

    assert file.getvalue() == ""


def test_the_public_sees_that_a_verdict_was_retracted_and_why(sqlite_newsroom: Newsroom) -> None:
    sqlite_newsroom.retract(sqlite_newsroom.publish(sqlite_newsroom.claim()))

    (claim,), (review,) = (rows(sqlite_newsroom, export, PUBLIC) for export in (Export.CLAIMS, Export.REVIEWS))

    assert (claim["status"], review["state"]) == ("retracted", "retracted")
    assert review["retraction_reason"] == "The source was forged"


def test_an_export_goes_on_past_what_is_read_at_once(newsroom: Newsroom) -> None:
    wanted = [f"Claim {number}" for number in range(2 * ROWS_AT_ONCE + 1)]
    with newsroom.writing() as session:
        session.add_all(Claim(text=text, language="en", created_at=NOW) for text in wanted)

    assert [line["claim"] for line in rows(newsroom, Export.CLAIMS)] == wanted
