"""The claim page: what was said, and where a claim went."""

from typing import Any

from sqlmodel import select

from claims import db
from claims.drafts import Access, Stance
from claims.grouping import runs
from claims.matching import shipped_scorer
from claims.models import Match, MatchRunKind, MatchState


def test_the_page_shows_every_appearance_in_its_context_under_its_outlet(world: Any, desk: Any) -> None:
    post = world.outlet("The Bridge Post")
    claim_id = world.claim("The bridge was closed.", outlet_id=post)
    world.appearance(claim_id, "they closed the bridge", outlet_id=post, title="All about it", cue="said that")

    page = desk.get(f"/desk/claims/{claim_id}")

    assert '<section class="carrier" aria-label="The Bridge Post">' in page
    assert "<mark>they closed the bridge</mark>" in page
    assert "according to two people who kn…" in page
    assert "said that" in page
    assert "All about it" in page


def test_a_denial_is_named(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    world.appearance(claim_id, "the bridge was not closed", stance=Stance.DENIES)

    assert "denies it" in desk.get(f"/desk/claims/{claim_id}")


def test_an_article_behind_a_wall_says_how_much_of_it_was_read(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    world.appearance(claim_id, "they closed the bridge", access=Access.PAYWALLED)

    page = desk.get(f"/desk/claims/{claim_id}")

    assert page.count("paywalled: only the open part was read") == 1


def test_a_suggestion_shows_both_wordings_with_the_words_that_differ_marked(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed on Monday.")
    world.suggestion(claim_id, "The bridge was closed on Friday.")

    page = desk.get(f"/desk/claims/{claim_id}")

    assert "<del>Monday</del>" in page
    assert "<ins>Friday</ins>" in page
    assert "Group with this claim" in page


def test_a_suggestion_says_how_it_was_scored_and_held_against_what(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed on Monday.")
    world.suggestion(claim_id, "The bridge was closed on Friday.", score=61.0)

    page = desk.get(f"/desk/claims/{claim_id}")

    assert "Score 61 of 100; from 45 it is suggested, from 68 grouped by itself; matcher version 1" in page
    assert '<th scope="row">words in common, of the longer wording</th><td>50</td>' in page


def test_a_suggestion_names_the_run_that_made_it(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed on Monday.")
    world.suggestion(claim_id, "The bridge was closed on Friday.")
    with db.transaction(world.engine) as session:
        run = runs.begin(session, MatchRunKind.INTAKE, scorer=shipped_scorer(), actor="machine", now=world.now)
        session.exec(select(Match).where(Match.state == MatchState.SUGGESTED)).one().run_id = run.id

    assert f"matcher version 1; run {run.id}</caption>" in desk.get(f"/desk/claims/{claim_id}")


def test_an_appearance_says_who_grouped_it(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    world.appearance(claim_id, "they closed the bridge", score=81.0)

    assert "grouped by the matcher, 81 of 100" in desk.get(f"/desk/claims/{claim_id}")


def test_what_is_kept_apart_says_why_in_words(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    world.suggestion(claim_id, "The bridge was not closed.", guards=("differs by *not*",))

    page = desk.get(f"/desk/claims/{claim_id}")

    assert "differs by <em>not</em>" in page
    assert "It contradicts this claim" in page
    assert "Group anyway" in page


def test_an_appearance_that_may_belong_elsewhere_offers_the_other_claim(world: Any, desk: Any) -> None:
    other = world.claim("The bridge was shut.")
    home = world.claim("They closed the bridge.")
    world.propose_home_of(home, other)

    page = desk.get(f"/desk/claims/{home}")

    assert "May belong elsewhere" in page
    assert f"Group with claim {other}" in page
    assert "May belong elsewhere" not in desk.get(f"/desk/claims/{other}")


def test_a_merged_claim_leads_to_where_it_went_and_keeps_the_queue(world: Any, desk: Any) -> None:
    gone, kept = world.claim("The bridge was shut."), world.claim("The bridge was closed.")
    desk.post(f"/desk/claims/{gone}/merge", seen_version=1, into_id=kept)

    response = desk.client.get(f"/desk/claims/{gone}?search=bridge")

    assert response.status_code == 301
    assert response.location == f"/desk/claims/{kept}?search=bridge"


def test_a_claim_that_is_not_there_is_a_404(desk: Any) -> None:
    assert "There is no claim 7" in desk.get("/desk/claims/7", status=404)
    desk.get("/desk/claims/99999999999999999999", status=404)
    desk.get("/desk/claims/-1", status=404)


def test_a_very_long_statement_is_shown_whole(world: Any, desk: Any) -> None:
    text = "Unbreakable" * 180
    claim_id = world.claim(text)

    page = desk.get(f"/desk/claims/{claim_id}")

    assert page.count(text) >= 2


def test_a_timeline_is_drawn_from_two_appearances_on_and_explains_what_it_holds(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    alone = desk.get(f"/desk/claims/{claim_id}")
    world.appearance(claim_id, "the bridge is closed")

    both = desk.get(f"/desk/claims/{claim_id}")

    assert "timeline-picture" not in alone
    assert "timeline-picture" in both
    assert "in its own words" in both
    assert "copy of earlier words" not in both


def test_a_name_from_right_to_left_leaves_the_dot_after_it_in_place(world: Any, desk: Any) -> None:
    claim_id = world.claim("قال الوزير إن الاتفاق سيوقع", language="ar")
    world.appearance(claim_id, "الاتفاق سيوقع", claimant="الوزير")

    assert '<span class="fact claimant"><bdi>الوزير</bdi></span>' in desk.get(f"/desk/claims/{claim_id}")


def test_what_people_did_stands_in_the_history_in_words(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    desk.post(f"/desk/claims/{claim_id}/reword", seen_version=1, text="The old bridge was closed.")

    page = desk.get(f"/desk/claims/{claim_id}")

    assert "deniz@example.org" in page
    assert "reworded the claim to: The old bridge was closed." in page


def test_a_long_entry_of_the_history_can_be_read_whole(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    long = "The old bridge was closed " + "and opened again " * 30 + "at last."
    desk.post(f"/desk/claims/{claim_id}/reword", seen_version=1, text=long)

    page = desk.get(f"/desk/claims/{claim_id}")

    assert f"<bdi>reworded the claim to: {long[:60]}" in page
    assert f"{long}</bdi></details>" in page


def test_an_address_that_is_no_web_address_is_never_a_link(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    world.appearance(claim_id, "it was closed", url="javascript:alert(1)")

    page = desk.get(f"/desk/claims/{claim_id}")

    assert "javascript:" not in page
