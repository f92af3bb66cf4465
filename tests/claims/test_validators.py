"""What makes asking again cheap is kept with what it vouches for, the newest of each address."""

from dataclasses import replace
from datetime import timedelta

from claims import validators
from claims.drafts import Validators
from tests.claims.builders import NOW, Newsroom, page

URL = "https://planet.example/1"


def keep(newsroom: Newsroom, *headers: tuple[str, str]) -> Validators:
    """What is known of the address after a page with these headers was kept."""
    with newsroom.writing() as session:
        validators.keep(session, replace(page(URL), headers=headers), now=NOW + timedelta(hours=1))
    with newsroom.reading() as session:
        return validators.known(session, URL)


def test_what_an_address_told_is_known_until_it_tells_something_else(newsroom: Newsroom) -> None:
    first = keep(newsroom, ("ETag", 'W/"1"'), ("Last-Modified", "Mon, 02 Nov 2026 09:30:00 GMT"))
    second = keep(newsroom, ("etag", '"2"'))

    assert first == Validators('W/"1"', "Mon, 02 Nov 2026 09:30:00 GMT")
    assert second == Validators('"2"', "")


def test_an_address_that_tells_nothing_any_more_is_asked_for_all(newsroom: Newsroom) -> None:
    keep(newsroom, ("ETag", '"1"'))

    assert keep(newsroom) == Validators()


def test_nothing_is_known_of_an_address_that_was_never_kept(newsroom: Newsroom) -> None:
    with newsroom.reading() as session:
        assert not validators.known(session, URL)
