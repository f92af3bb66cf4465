"""The requests to fetch: handed in line by line, and tried again."""

from typing import Any

from claims import db, leases


def test_each_line_becomes_a_request(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls="https://one.example/a\r\n\r\n  https://two.example/b  \r\n")

    page = desk.get("/desk/fetching")
    assert response.status_code == 303
    assert "https://one.example/a</a>" in page
    assert "https://two.example/b</a>" in page
    assert page.count('class="request request-queued"') == 2


def test_bad_lines_are_named_one_by_one_and_the_good_ones_are_kept(desk: Any) -> None:
    response = desk.post(
        "/desk/fetching", urls="https://one.example/a\nnonsense\nftp://two.example\nhttps://a b.example"
    )

    assert response.status_code == 400
    assert "1 address waits for the worker." in response.text
    assert "3 lines were not recorded" in response.text
    for number, line in ((2, "nonsense"), (3, "ftp://two.example"), (4, "https://a b.example")):
        assert f"Line {number}</a>: &#39;{line}&#39;" in response.text
    assert "\nnonsense\nftp://two.example\nhttps://a b.example</textarea>" in response.text
    assert desk.get("/desk/fetching").count('class="request request-queued"') == 1


def test_an_empty_form_asks_for_an_address(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls=" \n ")

    assert response.status_code == 400
    assert "write one on each line" in response.text


def test_lines_past_the_two_hundredth_are_given_back(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls="\n".join(f"https://one.example/{n}" for n in range(201)))

    assert response.status_code == 400
    assert "200 addresses wait for the worker." in response.text
    assert "\nhttps://one.example/200</textarea>" in response.text


def test_a_failed_fetch_says_why_and_can_be_tried_again(world: Any, desk: Any) -> None:
    desk.post("/desk/fetching", urls="https://one.example/a")
    with db.transaction(world.engine) as session:
        [lease] = leases.take(session, 1, now=world.now)
        leases.fail(session, lease, "There is no such page.", now=world.now)

    failed = desk.get("/desk/fetching")
    desk.post("/desk/fetching/1/retry")

    assert "There is no such page." in failed
    assert "Fetch again" in failed
    assert "data-poll" not in failed
    assert 'data-poll="4"' in desk.get("/desk/fetching")


def test_a_fetch_that_did_not_fail_is_not_tried_again(desk: Any) -> None:
    desk.post("/desk/fetching", urls="https://one.example/a")

    response = desk.post("/desk/fetching/1/retry")

    assert response.status_code == 409
    assert "Only a fetch that failed" in response.text


def test_a_hostile_address_is_text(desk: Any) -> None:
    response = desk.post("/desk/fetching", urls='<script>alert(1)</script>\nhttps://x.example/"><b>')

    assert "<script>alert" not in response.text
    assert '"><b>' not in response.text + desk.get("/desk/fetching")
