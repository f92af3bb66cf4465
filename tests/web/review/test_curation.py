"""What belongs to a claim, decided on its page."""

from typing import Any

import pytest


@pytest.fixture
def claim_id(world: Any) -> int:
    """A claim with one appearance."""
    claim_id: int = world.claim("The bridge was closed.")
    return claim_id


def test_a_confirmed_suggestion_becomes_an_appearance(world: Any, desk: Any, claim_id: int) -> None:
    match_id = world.suggestion(claim_id, "They shut the bridge.")

    response = desk.post(f"/desk/claims/{claim_id}/matches/{match_id}/confirm?search=bridge", seen_version=1)

    assert response.status_code == 303
    assert response.location == f"/desk/claims/{claim_id}?search=bridge#match-{match_id}"
    page = desk.get(f"/desk/claims/{claim_id}")
    assert "2 appearances in 2 outlets" in page
    assert "grouped by Deniz" in page


def test_confirming_what_somebody_else_decided_is_refused_and_changes_nothing(
    world: Any, desk: Any, claim_id: int
) -> None:
    match_id = world.suggestion(claim_id, "They shut the bridge.")

    response = desk.post(f"/desk/claims/{claim_id}/matches/{match_id}/confirm", seen_version=0)

    assert response.status_code == 409
    assert "Nothing was stored: this changed since you saw it" in response.text
    page = desk.get(f"/desk/claims/{claim_id}")
    assert "1 appearance in 1 outlet" in page
    assert "Group with this claim" in page


@pytest.mark.parametrize("relation", ["distinct", "contradicts", "related"])
def test_a_rejected_suggestion_leaves_the_page_for_good(world: Any, desk: Any, claim_id: int, relation: str) -> None:
    match_id = world.suggestion(claim_id, "They shut the bridge.")

    desk.post(f"/desk/claims/{claim_id}/matches/{match_id}/reject", seen_version=1, relation=relation)

    page = desk.get(f"/desk/claims/{claim_id}")
    assert "They shut the bridge." not in page
    assert f"does not belong here: {relation}" in page


@pytest.mark.parametrize("relation", ["", "same", "cousin"])
def test_a_rejection_must_say_what_it_is_instead(world: Any, desk: Any, claim_id: int, relation: str) -> None:
    match_id = world.suggestion(claim_id, "They shut the bridge.")

    response = desk.post(f"/desk/claims/{claim_id}/matches/{match_id}/reject", seen_version=1, relation=relation)

    assert response.status_code == 400
    assert "Group with this claim" in response.text


def test_rejecting_a_proposal_for_another_claim_stays_on_the_page(world: Any, desk: Any, claim_id: int) -> None:
    home = world.claim("They closed the bridge.")
    world.propose_home_of(home, claim_id)

    response = desk.post(f"/desk/claims/{home}/matches/3/reject", seen_version=1, relation="distinct")

    assert response.location.startswith(f"/desk/claims/{home}#")


def test_ticked_appearances_become_a_claim_of_their_own(world: Any, desk: Any, claim_id: int) -> None:
    moved = world.appearance(claim_id, "the bridge was painted")

    response = desk.post(
        f"/desk/claims/{claim_id}/split", seen_version=1, appearance=moved, text="The bridge was painted."
    )

    assert response.status_code == 303
    assert "The bridge was painted." in desk.get(response.location)
    assert "the bridge was painted" not in desk.get(f"/desk/claims/{claim_id}").partition("History")[0]


def test_a_split_of_everything_is_refused_with_the_ticks_and_words_kept(world: Any, desk: Any, claim_id: int) -> None:
    world.appearance(claim_id, "the bridge was painted")

    response = desk.post(f"/desk/claims/{claim_id}/split", seen_version=1, appearance=[1, 2], text="All of it.")

    assert response.status_code == 400
    assert "Leave at least one appearance" in response.text
    assert response.text.count('form="split" name="appearance"') == response.text.count("split it off") == 2
    assert response.text.count("checked>") == 2 + response.text.count('value="context" checked>')
    assert 'value="All of it."' in response.text


def test_a_claim_is_merged_into_one_that_was_searched_for(world: Any, desk: Any, claim_id: int) -> None:
    other = world.claim("They shut the bridge.")

    page = desk.get(f"/desk/claims/{claim_id}/merge?q=shut")
    response = desk.post(f"/desk/claims/{claim_id}/merge", seen_version=1, into_id=other)

    assert f"Merge into claim {other}" in page
    assert response.location == f"/desk/claims/{other}#claim"
    assert "2 appearances in 2 outlets" in desk.get(f"/desk/claims/{other}")


def test_a_merge_that_saw_an_older_claim_is_refused(world: Any, desk: Any, claim_id: int) -> None:
    other = world.claim("They shut the bridge.")

    response = desk.post(f"/desk/claims/{claim_id}/merge", seen_version=7, into_id=other)

    assert response.status_code == 409
    assert "1 appearance in 1 outlet" in desk.get(f"/desk/claims/{other}")


def test_a_step_on_a_claim_that_was_merged_away_shows_the_claim_that_it_went_to(
    world: Any, desk: Any, claim_id: int
) -> None:
    other = world.claim("They shut the bridge.")
    desk.post(f"/desk/claims/{claim_id}/merge", seen_version=1, into_id=other)

    response = desk.post(f"/desk/claims/{claim_id}/reword", seen_version=1, text="My better words.")

    assert response.status_code == 409
    assert f"was merged into claim {other}" in response.text
    assert "My better words.</textarea>" in response.text
    assert f'action="/desk/claims/{other}/reword"' in response.text


def test_a_reworded_claim_that_changed_meanwhile_keeps_both_wordings(world: Any, desk: Any, claim_id: int) -> None:
    desk.post(f"/desk/claims/{claim_id}/reword", seen_version=1, text="Somebody’s words.")

    response = desk.post(f"/desk/claims/{claim_id}/reword", seen_version=1, text="My words.")

    assert response.status_code == 409
    assert "My words.</textarea>" in response.text
    assert ">Somebody’s words.</h1>" in response.text


@pytest.mark.parametrize("version", ["", "-1", "1e9", "9" * 30, "²"])
def test_a_version_that_is_no_number_is_refused_in_words(desk: Any, claim_id: int, version: str) -> None:
    response = desk.post(f"/desk/claims/{claim_id}/reword", seen_version=version, text="My words.")

    assert response.status_code == 400
    assert "Load the page again" in response.text
    assert "My words.</textarea>" in response.text


def test_a_form_without_its_token_changes_nothing(desk: Any, claim_id: int) -> None:
    response = desk.client.post(f"/desk/claims/{claim_id}/reword", data={"seen_version": 1, "text": "Forged."})

    assert response.status_code == 400
    assert "Forged." not in desk.get(f"/desk/claims/{claim_id}")
