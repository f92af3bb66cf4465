"""Odd addresses as scrapers meet them: refused with the address in the line."""

from collections.abc import Callable

import pytest

from claims.addresses import AllowedHosts
from scrapers.addresses import canonical, identity, join, parse, require_public
from scrapers.errors import FetchRefused

ODD = "http://127.1/"


@pytest.mark.parametrize(
    "use",
    [parse, canonical, identity, lambda url: join(parse("https://news.example/"), url)],
    ids=["parse", "canonical", "identity", "join"],
)
def test_an_odd_address_is_named_in_the_refusal(use: Callable[[str], object]) -> None:
    with pytest.raises(FetchRefused, match=r"^http://127\.1/: the host is a number in an odd notation; write"):
        use(ODD)


def test_a_private_address_is_refused_in_the_name_of_the_one_that_was_asked_for() -> None:
    with pytest.raises(FetchRefused, match=r"^https://news\.example/: 10\.0\.0\.1 is a private address; "):
        require_public("https://news.example/", parse("http://10.0.0.1/"), AllowedHosts())
