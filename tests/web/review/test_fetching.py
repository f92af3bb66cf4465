"""The fetching page: addresses handed in line by line, how each goes, how outlets stand, and what to do about it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from claims import db
from claims.models import FetchRequest, Listing, RequestKind, RequestState


def ask(world: Any, url: str, state: RequestState = RequestState.QUEUED, **more: Any) -> int:
    """The id of a request in a state, as the worker would leave it."""
    values = {"kind": RequestKind.SUBMITTED, "task": url, "requested_at": world.now, "due_at": world.now} | more
    with db.transaction(world.engine) as session:
        row = FetchRequest(url=url, host=url.split("/")[2], state=state, **values)
        session.add(row)
        session.flush()
        return row.id or 0


def add_listing(world: Any, outlet_id: int, **more: Any) -> int:
    """The id of a listing of an outlet."""
    values = {"url": "https://1.example/feed", "every_s": 1800, "due_at": world.now + timedelta(minutes=20)} | more
    with db.transaction(world.engine) as session:
        row = Listing(outlet_id=outlet_id, added_at=world.now, **values)
        session.add(row)
        session.flush()
        return row.id or 0


def stored(world: Any, request_id: int) -> FetchRequest:
    """The request's row."""
    with db.reading(world.engine) as session:
        return session.get_one(FetchRequest, request_id)


def part(page: str, element_id: str) -> str:
    """The text of the list item with this id, its tags taken out and its spaces made one."""
    found = re.search(rf'<li [^>]*id="{element_id}">(.*?)</li>', page, re.DOTALL)
    assert found, page
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_each_line_becomes_a_request(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls="https://one.example/a\r\n\r\n  https://two.example/b  \r\n")

    page = desk.get("/desk/fetching")
    assert response.status_code == 303
    assert 'href="https://one.example/a"' in page
    assert 'href="https://two.example/b"' in page
    assert page.count('class="request request-queued"') == 2


def test_bad_lines_are_named_one_by_one_and_the_good_ones_are_kept(desk: Any) -> None:
    response = desk.post(
        "/desk/fetching", urls="https://one.example/a\nnonsense\nftp://two.example\nhttps://a b.example"
    )

    assert response.status_code == 400
    assert "1 address waits for the worker." in response.text
    assert "3 lines were not recorded" in response.text
    for number in (1, 2, 3):
        assert f"Line {number}</a>: " in response.text
    assert "\nnonsense\nftp://two.example\nhttps://a b.example</textarea>" in response.text
    assert "They stand in the form again, to be mended. The other lines wait for the worker." in response.text
    assert desk.get("/desk/fetching").count('class="request request-queued"') == 1


def test_a_bad_line_alone_is_told_of_in_the_singular_and_no_other_waits(desk: Any) -> None:
    page = desk.post("/desk/fetching", urls="\n\nnonsense").text

    assert "1 line was not recorded" in page
    assert "Line 1</a>: " in page
    assert "It stands in the form again, to be mended." in page
    assert "The other lines" not in page


def test_only_new_requests_are_counted_as_such(desk: Any) -> None:
    desk.post("/desk/fetching", urls="https://one.example/a\nhttps://one.example/a")
    first = desk.get("/desk/fetching")
    desk.post("/desk/fetching", urls="https://one.example/a\nhttps://one.example/b\nhttps://one.example/b")
    second = desk.get("/desk/fetching")
    desk.post("/desk/fetching", urls="https://one.example/a\nhttps://one.example/b")
    third = desk.get("/desk/fetching")

    assert "1 address waits for the worker.</" in first
    assert "1 address waits for the worker. 1 address was waiting already." in second
    assert ">2 addresses were waiting already." in third


def test_an_empty_form_asks_for_an_address(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls=" \n ")

    assert response.status_code == 400
    assert "write one on each line" in response.text


def test_lines_past_the_two_hundredth_are_given_back(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls="\n".join(f"https://one.example/{n}" for n in range(201)))

    assert response.status_code == 400
    assert "200 addresses wait for the worker." in response.text
    assert "\nhttps://one.example/200</textarea>" in response.text


def test_before_anything_was_asked_for_the_page_says_what_to_do(desk: Any) -> None:
    page = desk.get("/desk/fetching")

    assert "Nothing was asked for yet" in page
    assert "No outlet is known yet" in page
    assert "Nothing is due to be fetched." in page


def test_a_failed_fetch_says_why_and_can_be_tried_again(world: Any, desk: Any) -> None:
    due_at = world.now + timedelta(minutes=12)
    why = "https://one.example/a: there is no such page."
    ended = {"outcome": why, "tries": 2, "due_at": due_at, "finished_at": world.now - timedelta(hours=2)}
    request_id = ask(world, "https://one.example/a", RequestState.FAILED, **ended)

    failed = part(desk.get("/desk/fetching"), f"request-{request_id}")
    desk.post(f"/desk/fetching/{request_id}/retry")

    assert failed.startswith("one.example /a there is no such page. 2 hours ago 2 tries is tried again by itself in 12")
    assert "Fetch again" in failed
    assert stored(world, request_id).state is RequestState.QUEUED


def test_what_runs_says_for_how_long_and_what_waits_when_it_is_due(world: Any, desk: Any, deniz: Any) -> None:
    later = world.now + timedelta(minutes=5)
    running = {"started_at": world.now - timedelta(seconds=74), "leased_until": later, "requested_by_id": deniz.id}
    first = ask(world, "https://one.example/feed", RequestState.RUNNING, **running)
    lost = ask(world, "https://one.example/b", RequestState.RUNNING, leased_until=world.now - timedelta(minutes=1))
    waiting = ask(world, "https://one.example/c", due_at=later, parent_id=first)

    by_command = ask(world, "https://one.example/d", is_by_command=True)

    page = desk.get("/desk/fetching")

    assert part(page, f"request-{by_command}").endswith("asked for on the command line")
    assert "for 1 minute 0 of 1 read asked for by Deniz" in part(page, f"request-{first}")
    assert "its worker stopped; another one takes it on schedule" in part(page, f"request-{lost}")
    assert "due in 5 minutes found in one.example/feed" in part(page, f"request-{waiting}")


def test_a_done_fetch_leads_to_the_claims_of_its_article(world: Any, desk: Any) -> None:
    claim_id = world.claim("Ankara was forced to buy")
    world.claim("Snow fell in May")
    ask(world, "https://one.example/a", RequestState.DONE, article_id=1, finished_at=world.now, outcome="stored")

    assert "1 claim in https://one.example/a" in part(desk.get("/desk/fetching"), "request-1")
    queue = desk.get("/desk/?status=all&article=1")

    assert f"/desk/claims/{claim_id}?" in queue
    assert "Ankara was forced to buy" in queue
    assert "Snow fell in May" not in queue
    assert "Only claims that appear in" in queue
    assert ">A story</cite>" in queue


def test_claims_of_an_article_that_is_not_there_are_not_found(desk: Any) -> None:
    assert "There is no article 99" in desk.get("/desk/?article=99", status=404)


def test_evidence_that_was_copied_leads_to_its_claim(world: Any, desk: Any) -> None:
    claim_id = world.claim("Ankara was forced to buy")
    form = {"title": "T", "url": "https://evidence.example/1", "bearing": "context", "is_primary": "no"}
    assert desk.post(f"/desk/claims/{claim_id}/evidence", **form).status_code == 303

    page = desk.get("/desk/fetching")

    assert f'href="/desk/claims/{claim_id}#evidence"' in page
    assert "evidence.example" in page


@pytest.mark.parametrize(("state", "words"), [("failed", "b"), ("queued", "a"), ("done", "c")])
def test_a_state_has_a_list_of_its_own(world: Any, desk: Any, state: str, words: str) -> None:
    ask(world, "https://one.example/a")
    ask(world, "https://one.example/b", RequestState.FAILED)
    ask(world, "https://one.example/c", RequestState.DONE)

    page = desk.get(f"/desk/fetching?state={state}")

    assert page.count('<li class="request ') == 1
    assert f"https://one.example/{words}" in page


def test_a_long_list_has_pages_that_keep_the_filter_and_the_count(world: Any, desk: Any) -> None:
    for number in range(51):
        ask(world, f"https://one.example/{number}")

    page = desk.get("/desk/fetching?state=queued&host=one.example&page=2")

    assert "Page 2 of 2" in page
    assert "state=queued&amp;host=one.example&amp;page=1" in page
    assert '<ol class="requests" start="51">' in page
    assert page.count('<li class="request ') == 1


@pytest.mark.parametrize("query", ["state=lost", "outlet=x", "within=-1", "page=0", f"host={'h' * 300}"])
def test_an_odd_filter_is_refused(desk: Any, query: str) -> None:
    desk.get(f"/desk/fetching?{query}", status=400)


def test_a_filter_that_nothing_fits_says_so(world: Any, desk: Any) -> None:
    ask(world, "https://one.example/a")

    page = desk.get("/desk/fetching?host=two.example")

    assert "No request fits this filter" in page
    assert "one.example/a" not in page


def test_the_page_asks_again_soon_while_something_is_under_way(world: Any, desk: Any) -> None:
    assert 'data-poll="30"' in desk.get("/desk/fetching")

    ask(world, "https://one.example/a")
    assert desk.get("/desk/fetching").count('data-poll="3"') == 4


def test_a_missing_worker_is_named_with_the_command_that_starts_one(world: Any, desk: Any) -> None:
    ask(world, "https://one.example/a", due_at=world.now - timedelta(minutes=10))

    page = desk.get("/desk/fetching")

    assert "No worker takes what waits." in page
    assert "<code>claimline worker</code>" in page


def test_a_fetch_that_did_not_fail_is_not_tried_again(desk: Any) -> None:
    desk.post("/desk/fetching", urls="https://one.example/a")

    response = desk.post("/desk/fetching/1/retry")

    assert response.status_code == 409
    assert "Only a fetch that failed" in response.text


def test_another_try_goes_back_to_the_list_as_it_was_narrowed(world: Any, desk: Any) -> None:
    request_id = ask(world, "https://one.example/a", RequestState.FAILED)

    response = desk.post(f"/desk/fetching/{request_id}/retry?state=failed&host=one.example")

    assert response.location == "/desk/fetching?state=failed&host=one.example"


def test_an_outlet_in_trouble_says_what_is_wrong_and_what_can_be_done(world: Any, desk: Any) -> None:
    outlet_id = world.outlet("Larkhaven Ledger")
    problem = "https://1.example/feed: no answer within 25 s"
    listing_id = add_listing(world, outlet_id, failures=4, problem=problem)
    ask(world, "https://1.example/a", RequestState.FAILED, finished_at=world.now, outcome="gone")

    page = desk.get("/desk/fetching")

    assert "1 outlet needs a look" in page
    assert "A listing could not be read." in page
    assert "4 failures in a row: no answer within 25 s" in page
    assert "next <time" in page
    assert "every 30 minutes" in page
    assert f'action="/desk/fetching/listings/{listing_id}/read"' in page
    assert "Fetch the failed one again" in page


def test_an_outlet_shows_what_it_publishes_as_bars_and_in_words(world: Any, desk: Any) -> None:
    outlet_id = world.outlet("Larkhaven Ledger")
    for hours_ago in (1, 2, 50):
        world.appearance(world.claim(f"Claim {hours_ago}"), "words", outlet_id=outlet_id, hours_ago=hours_ago)

    everywhere, alone = desk.get("/desk/fetching"), desk.get(f"/desk/fetching?outlet={outlet_id}")

    assert 'aria-label="3 articles in 30 days, most on 4 March: 2"' in everywhere
    assert "<td>4 March 2026</td><td>2</td>" not in everywhere
    assert "<td>4 March 2026</td><td>2</td>" in alone


def test_a_listing_is_read_now_paused_and_resumed(world: Any, desk: Any) -> None:
    listing_id = add_listing(world, world.outlet("Larkhaven Ledger"))

    assert desk.post(f"/desk/fetching/listings/{listing_id}/read").status_code == 303
    read = desk.get("/desk/fetching")
    desk.post(f"/desk/fetching/listings/{listing_id}/pause")
    paused = desk.get("/desk/fetching")
    desk.post(f"/desk/fetching/listings/{listing_id}/resume")

    assert "The listing is due now: the worker reads it next." in read
    assert "asked for by Deniz" in part(read, "request-1")
    assert "The listing is paused, for everybody." in paused
    assert "Paused: none of its listings is read." in paused
    resumed = desk.get("/desk/fetching")
    assert "The listing is read on schedule again" in resumed
    assert "Paused: none" not in resumed


def test_a_paused_listing_is_not_read_now(world: Any, desk: Any) -> None:
    listing_id = add_listing(world, world.outlet("Larkhaven Ledger"), is_active=False)

    response = desk.post(f"/desk/fetching/listings/{listing_id}/read")

    assert response.status_code == 409
    assert "This listing is paused. Resume it" in response.text


def test_all_that_failed_of_an_outlet_is_tried_again(world: Any, desk: Any) -> None:
    outlet_id = world.outlet("Larkhaven Ledger")
    for number in range(2):
        ask(world, f"https://1.example/{number}", RequestState.FAILED)
    ask(world, "https://other.example/1", RequestState.FAILED)

    desk.post(f"/desk/fetching/outlets/{outlet_id}/retry")

    assert "2 requests wait for another try." in desk.get("/desk/fetching")
    with db.reading(world.engine) as session:
        failed = session.exec(select(FetchRequest).where(FetchRequest.state == RequestState.FAILED)).all()
    assert [row.host for row in failed] == ["other.example"]


def test_a_hostile_address_is_text(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls='<script>alert(1)</script>\nhttps://x.example/"><b>')

    assert "<script>alert" not in response.text
    assert '"><b>' not in response.text + desk.get("/desk/fetching")


def test_a_hostile_outcome_is_text_and_a_long_address_is_cut_in_the_middle(world: Any, desk: Any) -> None:
    url = "https://x.example/" + "long/" * 390 + "end"
    ask(world, url, RequestState.FAILED, outcome="<script>alert(1)</script>")

    page = desk.get("/desk/fetching")

    assert "<script>alert" not in page
    assert f'href="{url}"' in page
    assert "…" in part(page, "request-1")
    assert len(part(page, "request-1")) < 500
