"""A headline is new when it says something else, not when it is printed otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.versions.headlines import is_new_byline, is_new_headline

PLAIN = "Mayor: 'no talks' with the union - until May..."


@pytest.mark.parametrize(
    "printed",
    [
        PLAIN,
        " Mayor:  'no\u00a0talks' with the union - until May...\n",
        "Mayor: \u2018no talks\u2019 with the union \u2013 until May\u2026",
        "Mayor: \u201cno talks\u201d with the union -- until May...",
        "Mayor: \u00abno talks\u00bb with the uni\u00adon \u2014 until May...",
        'Mayor: "no talks" with the union - until May...',
        "Mayor: \u300cno talks\u300d with the union\u2014until May...",
        "Mayor: \u300eno talks\u300f with the union-until May...",
        "\u202bMayor: 'no talks' with the \u2066union\u2069 - until\u2061 May...\u202c",
    ],
)
def test_a_headline_in_other_type_is_the_same(printed: str) -> None:
    assert not is_new_headline(PLAIN, printed)


@pytest.mark.parametrize("said", ["Mayor: 'talks' with the union - until May...", PLAIN + "!", "MAYOR: " + PLAIN[7:]])
def test_a_headline_in_other_words_is_new(said: str) -> None:
    assert is_new_headline(PLAIN, said)


@pytest.mark.parametrize(
    "end", [" | The Ledger", "|the ledger", " - The Ledger", " \u2013 The Ledger", "\u2014The Ledger"]
)
def test_the_name_of_its_outlet_after_a_headline_is_no_part_of_it(end: str) -> None:
    assert not is_new_headline(PLAIN, PLAIN + end, ("", "The Ledger"))
    assert not is_new_headline(PLAIN + end, PLAIN + " \u00b7 The Ledger", ("The Ledger",))
    assert is_new_headline(PLAIN, PLAIN + end, ("The Courier",))
    assert is_new_headline("Mayor sues", end, ("The Ledger",))


def test_an_outlet_that_is_named_in_a_headline_is_a_part_of_it() -> None:
    assert is_new_headline("Mayor sues", "Mayor sues The Ledger", ("The Ledger",))


def test_a_headline_that_was_never_kept_is_not_known_to_have_changed() -> None:
    assert not is_new_headline(None, PLAIN)
    assert not is_new_byline(None, ("Ada",))


@pytest.mark.parametrize(
    ("old", "new", "is_new"),
    [
        (("Ada", "Bo"), ("Bo", " Ada "), False),
        (("Ada O'Neil",), ("Ada O\u2019Neil",), False),
        (("Ada",), (), False),
        (("Ada",), ("Bo",), True),
        (("Ada",), ("Ada", "Bo"), True),
        ((), ("Ada",), False),
        (("ADA LOVELACE",), ("Ada Lovelace",), False),
        (("Ada", "Bo"), ("Ada",), True),
    ],
)
def test_a_byline_is_new_when_it_names_others(old: tuple[str, ...], new: tuple[str, ...], is_new: bool) -> None:
    assert is_new_byline(old, new) is is_new


@given(st.text(max_size=40), st.text(max_size=40))
def test_which_of_two_headlines_came_first_does_not_matter(one: str, other: str) -> None:
    assert not is_new_headline(one, one)
    assert is_new_headline(one, other) == is_new_headline(other, one)
