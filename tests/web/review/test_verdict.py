"""The verdict: written by one, seen by another, and never overwritten by a third."""

from collections.abc import Callable
from typing import Any

import pytest

from claims.models import Role, User

SUMMARY = "The council’s minutes of 3 March say so."


@pytest.fixture
def mira(world: Any, visit: Callable[[User], Any]) -> Any:
    """Mira, another reviewer, at the desk."""
    return visit(world.person("Mira"))


@pytest.fixture
def claim_id(world: Any) -> int:
    """A claim without a verdict."""
    claim_id: int = world.claim("The bridge was closed.")
    return claim_id


@pytest.fixture
def submitted(desk: Any, claim_id: int) -> str:
    """The address of a review that Deniz submitted: it has evidence, a rating and a summary; its version is 2."""
    path = f"/desk/claims/{claim_id}"
    desk.post(f"{path}/evidence", title="Minutes of the council", url="", bearing="supports")
    desk.post(f"{path}/verdict", seen_version=0, rating="true", summary=SUMMARY, submit="1")
    return f"{path}/reviews/1"


def test_a_saved_draft_is_there_the_next_time(desk: Any, claim_id: int) -> None:
    path = f"/desk/claims/{claim_id}"

    response = desk.post(f"{path}/verdict", seen_version=0, rating="half-true", summary="Partly.")

    assert response.status_code == 303
    assert response.location == f"{path}#verdict"
    assert 'value="half-true" checked' in desk.get(path)
    assert "Partly.</textarea>" in desk.get(path)


def test_saving_over_somebody_elses_draft_is_refused_and_keeps_what_was_typed(
    desk: Any, mira: Any, claim_id: int
) -> None:
    path = f"/desk/claims/{claim_id}"
    mira.post(f"{path}/verdict", seen_version=0, rating="true", summary="Mira was first.")

    response = desk.post(f"{path}/verdict", seen_version=0, rating="false", summary="Deniz came second.")

    assert response.status_code == 409
    assert "this changed since you saw it" in response.text
    assert "Mira was first." in response.text
    assert "Deniz came second.</textarea>" in response.text
    assert 'value="false" checked' in response.text
    assert "Mira was first.</textarea>" in desk.get(path)


def test_the_form_of_whoever_came_second_carries_the_version_that_it_now_shows(
    desk: Any, mira: Any, claim_id: int
) -> None:
    path = f"/desk/claims/{claim_id}"
    mira.post(f"{path}/verdict", seen_version=0, rating="true", summary="Mira was first.")

    refused = desk.post(f"{path}/verdict", seen_version=0, rating="false", summary="Deniz came second.")
    accepted = desk.post(f"{path}/verdict", seen_version=1, rating="false", summary="Deniz came second.")

    verdict_form = refused.text.partition('id="verdict-form"')[2].partition("</form>")[0]
    assert 'name="seen_version" value="1"' in verdict_form
    assert accepted.status_code == 303


def test_a_verdict_that_lacks_something_says_what_and_keeps_what_was_typed(desk: Any, claim_id: int) -> None:
    response = desk.post(f"/desk/claims/{claim_id}/verdict", seen_version=0, rating="true", summary="Sure.", submit="1")

    assert response.status_code == 400
    assert "at least one piece of evidence" in response.text
    assert "Sure.</textarea>" in response.text


def test_a_summary_that_is_too_long_is_marked_and_never_seen_as_newer_than_it_was(
    desk: Any, mira: Any, claim_id: int
) -> None:
    path = f"/desk/claims/{claim_id}"
    mira.post(f"{path}/verdict", seen_version=0, rating="true", summary="Mira was first.")
    mira.post(f"{path}/verdict", seen_version=1, rating="true", summary="Mira again.")

    response = desk.post(f"{path}/verdict", seen_version=2, rating="true", summary="x" * 20_001)

    assert response.status_code == 400
    assert 'id="summary-error"' in response.text
    assert "x" * 20_001 + "</textarea>" in response.text
    assert 'name="seen_version" value="2"' in response.text


def test_an_invalid_form_still_carries_the_version_that_was_seen(
    world: Any, desk: Any, mira: Any, claim_id: int
) -> None:
    world.appearance(claim_id, "the bridge was painted")
    path = f"/desk/claims/{claim_id}"
    mira.post(f"{path}/reword", seen_version=1, text="Mira worded it.")

    response = desk.post(f"{path}/split", seen_version=1, text="typed")

    assert response.status_code == 400
    assert 'value="typed"' in response.text
    split_form = response.text.partition('id="split"')[2]
    assert 'name="seen_version" value="1"' in split_form.partition("</form>")[0]


def test_the_author_is_told_who_may_publish_and_has_no_button(desk: Any, claim_id: int, submitted: str) -> None:
    page = desk.get(f"/desk/claims/{claim_id}")

    assert "somebody else publishes it" in page
    assert f'action="{submitted}/publish"' not in page


def test_nobody_publishes_their_own_verdict(desk: Any, claim_id: int, submitted: str) -> None:
    response = desk.post(f"{submitted}/publish", seen_version=2)

    assert response.status_code == 403
    assert "somebody else has to publish it" in response.text
    assert "The bridge was closed." in desk.get("/desk/?status=in-review")


def test_another_reviewer_publishes_it(mira: Any, claim_id: int, submitted: str) -> None:
    assert "Publish as “True”" in mira.get(f"/desk/claims/{claim_id}")

    response = mira.post(f"{submitted}/publish", seen_version=2)

    assert response.status_code == 303
    assert "Published version 1" in mira.get(f"/desk/claims/{claim_id}")


def test_what_was_changed_since_it_was_seen_is_not_published(
    desk: Any, mira: Any, claim_id: int, submitted: str
) -> None:
    response = mira.post(f"{submitted}/publish", seen_version=1)

    assert response.status_code == 409
    assert "The bridge was closed." in mira.get("/desk/?status=in-review")


def test_an_admin_publishes_alone_only_with_a_reason_that_stays(
    world: Any, visit: Callable[[User], Any], claim_id: int
) -> None:
    ada = visit(world.person("Ada", Role.ADMIN))
    path = f"/desk/claims/{claim_id}"
    ada.post(f"{path}/evidence", title="Minutes", url="", bearing="supports")
    ada.post(f"{path}/verdict", seen_version=0, rating="true", summary=SUMMARY, submit="1")

    refused = ada.post(f"{path}/reviews/1/publish", seen_version=2, override_reason=" ")
    ada.post(f"{path}/reviews/1/publish", seen_version=2, override_reason="The polls open in an hour.")

    assert refused.status_code == 403
    assert "The polls open in an hour." in ada.get(path)


def test_requested_changes_come_back_to_the_author_with_what_to_change(
    desk: Any, mira: Any, claim_id: int, submitted: str
) -> None:
    mira.post(f"{submitted}/request-changes", seen_version=2, reason="Name the page of the minutes.")

    page = desk.get(f"/desk/claims/{claim_id}")

    assert "Name the page of the minutes." in page
    assert "Save draft" in page


def test_a_request_without_a_reason_marks_its_field(mira: Any, submitted: str) -> None:
    response = mira.post(f"{submitted}/request-changes", seen_version=2, reason="")

    assert response.status_code == 400
    assert 'id="changes-reason-error"' in response.text


def test_words_typed_while_somebody_submitted_the_verdict_are_not_lost(
    mira: Any, claim_id: int, submitted: str
) -> None:
    response = mira.post(f"/desk/claims/{claim_id}/verdict", seen_version=1, rating="false", summary="Not lost.")

    assert response.status_code == 409
    assert "Not lost.</textarea>" in response.text


def test_a_discarded_draft_is_gone_and_the_claim_is_open_again(desk: Any, claim_id: int) -> None:
    path = f"/desk/claims/{claim_id}"
    desk.post(f"{path}/verdict", seen_version=0, rating="", summary="A false start.")

    desk.post(f"{path}/reviews/1/discard", seen_version=1)

    assert "A false start." not in desk.get(path)
    assert "The bridge was closed." in desk.get("/desk/")


@pytest.fixture
def published(mira: Any, claim_id: int, submitted: str) -> str:
    """The address of a review that Mira published; its version is 3."""
    mira.post(f"{submitted}/publish", seen_version=2)
    return submitted


def test_an_editor_corrects_and_retracts_and_a_reviewer_does_not(
    world: Any, visit: Callable[[User], Any], mira: Any, claim_id: int, published: str
) -> None:
    edith = visit(world.person("Edith", Role.EDITOR))
    path = f"/desk/claims/{claim_id}"

    assert "Retract it" in edith.get(path)
    assert "Retract it" not in mira.get(path)
    for step in (f"{published}/retract", f"{path}/correction"):
        refused = mira.post(step, seen_version=3, reason="No.", why="No.", requested_by="Nobody")
        assert refused.status_code == 403
        assert "This page is for the role editor" in refused.text
    assert edith.post(f"{published}/retract", seen_version=3, reason="A forged source.").status_code == 303
    assert "A forged source." in mira.get(path)


def test_a_correction_opens_the_next_version_with_the_words_that_stand(
    world: Any, visit: Callable[[User], Any], claim_id: int, published: str
) -> None:
    edith = visit(world.person("Edith", Role.EDITOR))
    path = f"/desk/claims/{claim_id}"

    refused = edith.post(f"{path}/correction", why="", requested_by="A reader")
    edith.post(f"{path}/correction", why="The year was wrong.", requested_by="A reader")

    assert refused.status_code == 400
    assert 'value="A reader"' in refused.text
    assert "Version 2 corrects “True”" in edith.get(path)
    assert f"{SUMMARY}</textarea>" in edith.get(path)
