"""What is cited for a claim, on its page."""

from typing import Any

import pytest

FORM = {"title": "Minutes of the council", "url": "https://council.example/minutes", "bearing": "supports"}


@pytest.fixture
def path(world: Any) -> str:
    """The page of a claim without evidence."""
    return f"/desk/claims/{world.claim('The bridge was closed.')}"


def test_added_evidence_is_cited_and_its_address_waits_for_the_worker(desk: Any, path: str) -> None:
    response = desk.post(f"{path}/evidence", **FORM, quote="closed on 3 March", note="Page 4.", is_primary="1")

    page = desk.get(path)
    assert response.location == f"{path}#evidence"
    assert '<a href="https://council.example/minutes" rel="noopener noreferrer nofollow ugc">' in page
    assert "closed on 3 March" in page
    assert "primary source" in page
    assert "https://council.example/minutes" in desk.get("/desk/fetching")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": " "}, "title"), ({"url": "javascript:alert(1)"}, "url"), ({"quote": "x" * 20_001}, "quote")],
)
def test_evidence_that_cannot_be_kept_is_shown_again_with_its_field_marked(
    desk: Any, path: str, wrong: dict[str, str], field: str
) -> None:
    response = desk.post(f"{path}/evidence", **(FORM | {"note": "My note."} | wrong))

    assert response.status_code == 400
    assert f'id="{field}-error"' in response.text
    assert "My note.</textarea>" in response.text
    assert 'value="supports" checked' in response.text
    assert 'Evidence <span class="count">0</span>' in response.text


def test_withdrawn_evidence_leaves_the_list_and_stays_in_the_history(desk: Any, path: str) -> None:
    desk.post(f"{path}/evidence", **FORM)

    response = desk.post(f"{path}/evidence/1/withdraw")

    page = desk.get(path)
    assert response.status_code == 303
    assert "council.example" not in page
    assert "withdrew evidence: Minutes of the council" in page


def test_evidence_does_not_change_under_a_verdict_in_review_and_nothing_typed_is_lost(desk: Any, path: str) -> None:
    desk.post(f"{path}/evidence", **FORM)
    desk.post(f"{path}/verdict", seen_version=0, rating="true", summary="So it was.", submit="1")

    response = desk.post(f"{path}/evidence", **(FORM | {"title": "Typed too late"}))

    assert response.status_code == 409
    assert 'value="Typed too late"' in response.text
    assert "Withdraw" not in desk.get(path)
