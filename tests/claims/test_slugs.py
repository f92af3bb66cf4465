"""Addresses of claims: an id for good, and words that people can read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.slugs import MAX_SLUG_CHARS, claim_path, slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ankara was forced to buy the S-400.", "ankara-was-forced-to-buy-the-s-400"),
        ("Işık, İstanbul'da çöktü", "isik-istanbulda-coktu"),
        ("Straße und Größe", "strasse-und-grosse"),
        ("the <b>removal</b> was “unjust”", "the-b-removal-b-was-unjust"),
        ("انهيار المحادثات", ""),
        ("../../etc/passwd?a=b#c", "etc-passwd-a-b-c"),
    ],
)
def test_a_slug_is_the_texts_words_in_ascii(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_a_long_slug_ends_with_a_whole_word() -> None:
    slug = slug_of("removal " * 20)

    assert slug == "-".join(["removal"] * 7)
    assert len(slug) <= MAX_SLUG_CHARS


def test_a_claim_without_latin_letters_is_reached_by_its_id() -> None:
    assert claim_path(12, "انهيار") == "/claims/12"
    assert claim_path(12, "Its removal") == "/claims/12-its-removal"


@given(st.text())
def test_any_text_makes_a_path_that_needs_no_quoting(text: str) -> None:
    assert re.fullmatch(r"/claims/7(-[a-z0-9]+)*", claim_path(7, text))
    assert len(slug_of(text)) <= MAX_SLUG_CHARS
