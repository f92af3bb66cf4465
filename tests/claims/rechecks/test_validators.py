"""What makes asking again cheap is kept with the thing that it vouches for, the newest of each address."""

from dataclasses import replace
from datetime import timedelta

import pytest

from claims.drafts import Page, Validators
from claims.rechecks import validators
from claims.rows import MAX_INDEXED_BYTES
from tests.claims.builders import NOW, Newsroom, page

URL = "https://planet.example/1"
OTHER = "https://planet.example/2"
ARTICLE = validators.of_article(1)
LATER = NOW + timedelta(hours=1)


def tagged(*headers: tuple[str, str], url: str = URL) -> Page:
    """A page that came with these headers."""
    return replace(page(url), headers=headers)


def keep(newsroom: Newsroom, *headers: tuple[str, str], url: str = URL) -> Validators:
    """What is known of the article at the address after a page with these headers was kept."""
    with newsroom.writing() as session:
        validators.keep(session, ARTICLE, tagged(*headers, url=url), now=LATER)
    return known(newsroom, ARTICLE, url)


def known(newsroom: Newsroom, subject: str, url: str = URL) -> Validators:
    """What is known of the subject at the address."""
    with newsroom.reading() as session:
        return validators.known(session, subject, url)


def test_what_an_address_told_is_known_until_it_tells_something_else(newsroom: Newsroom) -> None:
    first = keep(newsroom, ("ETag", 'W/"1"'), ("Last-Modified", "Mon, 02 Nov 2026 09:30:00 GMT"))
    second = keep(newsroom, ("etag", '"2"'))

    assert first == Validators('W/"1"', "Mon, 02 Nov 2026 09:30:00 GMT")
    assert second == Validators('"2"', "")


def test_an_address_that_tells_nothing_any_more_is_asked_for_all(newsroom: Newsroom) -> None:
    keep(newsroom, ("ETag", '"1"'))

    assert keep(newsroom) == Validators()


@pytest.mark.parametrize("subject", [validators.of_article(2), validators.of_evidence(1), validators.of_listing(1)])
def test_what_was_told_of_one_thing_is_not_known_of_another(newsroom: Newsroom, subject: str) -> None:
    keep(newsroom, ("ETag", '"1"'))

    assert known(newsroom, subject) == Validators()


def test_a_new_version_is_vouched_for_by_its_own_address_alone(newsroom: Newsroom) -> None:
    keep(newsroom, ("ETag", '"1"'))
    keep(newsroom, ("ETag", '"2"'), url=OTHER)
    with newsroom.writing() as session:
        validators.keep(session, validators.of_article(2), tagged(("ETag", '"3"')), now=LATER)
        validators.replace(session, ARTICLE, tagged(("ETag", '"4"'), url=OTHER), now=LATER)

    assert known(newsroom, ARTICLE) == Validators()
    assert known(newsroom, ARTICLE, OTHER) == Validators('"4"')
    assert known(newsroom, validators.of_article(2)) == Validators('"3"')


def test_what_no_page_alone_vouches_for_is_asked_for_whole(newsroom: Newsroom) -> None:
    keep(newsroom, ("ETag", '"1"'))
    with newsroom.writing() as session:
        validators.replace(session, ARTICLE, None, now=LATER)

    assert known(newsroom, ARTICLE) == Validators()


def test_an_address_is_the_article_s_that_was_kept_there_last(newsroom: Newsroom) -> None:
    with newsroom.writing() as session:
        for hours, subject in enumerate((validators.of_article(12), validators.of_article(3), "evidence:7")):
            now = NOW + timedelta(hours=hours)
            validators.keep(session, subject, tagged(("ETag", '"1"')), now=now)

    with newsroom.reading() as session:
        assert validators.article_at(session, URL) == 3
        assert validators.article_at(session, OTHER) is None


def test_an_address_too_long_to_index_is_asked_for_whole(newsroom: Newsroom) -> None:
    url = URL + "?" + "x" * MAX_INDEXED_BYTES

    assert keep(newsroom, ("ETag", '"1"'), url=url) == Validators()
