"""The queue: what waits for a reviewer, narrowed by its address."""

from typing import Any

import pytest

QUEUE = "/desk/"


def test_the_queue_lists_open_claims_with_the_most_worth_checking_first(world: Any, desk: Any) -> None:
    world.claim("A small thing happened.", check_worthiness=0.1)
    world.claim("A large thing happened.", check_worthiness=0.9)

    page = desk.get(QUEUE)

    assert page.index("A large thing") < page.index("A small thing")
    assert "Worth checking: 90 of 100" in page


def test_a_claim_with_a_draft_moves_from_the_open_tab_to_the_drafts(world: Any, desk: Any) -> None:
    claim_id = world.claim("The bridge was closed.")
    desk.post(f"/desk/claims/{claim_id}/verdict", seen_version=0, rating="", summary="Begun.")

    assert "The bridge was closed." not in desk.get(QUEUE)
    assert "The bridge was closed." in desk.get("/desk/?status=draft")


@pytest.mark.parametrize(
    "query", ["search=bridge", "language=tr", "suggestions=only", "outlet={outlet_id}", "search=Mira+Aydın"]
)
def test_each_filter_keeps_what_fits_and_drops_the_rest(world: Any, desk: Any, query: str) -> None:
    outlet_id = world.outlet("The Bridge Post")
    wanted = world.claim("Köprü: the bridge was closed.", outlet_id=outlet_id, language="tr", claimant="Mira Aydın")
    world.suggestion(wanted, "They closed the bridge.")
    world.claim("Bread became cheaper.")

    page = desk.get(f"/desk/?{query.format(outlet_id=outlet_id)}")

    assert "the bridge was closed" in page
    assert "Bread became cheaper." not in page


def test_the_filter_travels_to_the_claim_and_on_to_its_neighbour(world: Any, desk: Any) -> None:
    first = world.claim("The first bridge was closed.")
    second = world.claim("The second bridge was closed.")
    world.claim("Bread became cheaper.")

    page = desk.get(f"/desk/claims/{second}?search=bridge&order=newest")

    assert f'href="/desk/claims/{first}?search=bridge&amp;order=newest" rel="next"' in page
    assert 'href="/desk/?search=bridge&amp;order=newest"' in page
    assert 'rel="prev"' not in page


def test_a_long_queue_has_pages_that_keep_the_filter(world: Any, desk: Any) -> None:
    for number in range(51):
        world.claim(f"Bridge {number} was closed.", check_worthiness=number / 100)

    page = desk.get("/desk/?search=bridge")

    assert "Page 1 of 2" in page
    assert 'href="/desk/?search=bridge&amp;page=2"' in page
    assert "Bridge 0 was closed." in desk.get("/desk/?search=bridge&page=2")


def test_another_status_begins_on_its_first_page(world: Any, desk: Any) -> None:
    for number in range(51):
        world.claim(f"Bridge {number} was closed.")

    page = desk.get("/desk/?search=bridge&page=2")

    assert 'href="/desk/?status=all&amp;search=bridge"' in page


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("", "Submit an article’s address"),
        ("search=unheard", "clear the filter"),
        ("status=in-review", "See the drafts"),
        ("status=changes-requested", "See what is in review"),
        ("status=published", "Open a claim"),
    ],
)
def test_an_empty_queue_says_what_to_do_next(desk: Any, query: str, advice: str) -> None:
    page = desk.get(f"/desk/?{query}")

    assert advice in page


@pytest.mark.parametrize(
    "query", ["status=lost", "order=random", "page=0", "page=9999999999999999999", "outlet=x", "search=%00"]
)
def test_a_filter_that_does_not_exist_is_refused_in_words(desk: Any, query: str) -> None:
    page = desk.get(f"/desk/?{query}", status=400)

    assert "That cannot be read" in page


def test_hostile_words_are_shown_and_not_run(world: Any, desk: Any) -> None:
    world.claim("<script>alert(1)</script> & more", claimant="<img src=x onerror=alert(2)>")

    page = desk.get('/desk/?search="><script>')

    assert "<script>alert" not in page + desk.get(QUEUE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in desk.get(QUEUE)
    assert "<img" not in desk.get(QUEUE)


def test_words_from_right_to_left_are_laid_out_by_their_own_direction(world: Any, desk: Any) -> None:
    claim_id = world.claim("قال الوزير إن الاتفاق سيوقع", language="ar")

    assert '<span class="row-text" lang="ar" dir="auto">قال' in desk.get(QUEUE)
    assert 'dir="auto" lang="ar">قال' in desk.get(f"/desk/claims/{claim_id}")
