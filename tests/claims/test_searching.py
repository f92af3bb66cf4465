"""People find words however they type them, on both engines, and nothing they type is taken for a pattern."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import col, select

from claims.models import Claim
from claims.searching import fold_for_search, holds_words
from tests.claims.builders import NOW, Newsroom


def found(newsroom: Newsroom, search: str) -> list[str]:
    """The texts of the claims that hold the words, oldest first."""
    with newsroom.reading() as session:
        return list(session.exec(select(Claim.text).where(holds_words(search)).order_by(col(Claim.id))))


def keep(newsroom: Newsroom, *texts: str) -> None:
    """Store claims with these texts, searchable by them."""
    with newsroom.writing() as session:
        session.add_all(
            Claim(text=text, language="und", created_at=NOW, search_text=fold_for_search(text)) for text in texts
        )


@pytest.mark.parametrize("search", ["Işık", "ISIK", "ışık", "IŞIK", "isik", "İsik"])
def test_turkish_letters_are_found_however_they_are_typed(newsroom: Newsroom, search: str) -> None:
    keep(newsroom, "Işık söndü", "Karanlık")

    assert found(newsroom, search) == ["Işık söndü"]


@pytest.mark.parametrize("search", ["المحادثات", "المُحادَثات"])
def test_arabic_is_found_with_and_without_its_vowel_signs(newsroom: Newsroom, search: str) -> None:
    keep(newsroom, "انهارت المحادثات أمس", "other words")

    assert found(newsroom, search) == ["انهارت المحادثات أمس"]


@pytest.mark.parametrize(
    ("search", "texts"),
    [
        ("100%", ["It fell by 100% again"]),
        ("_", ["the file_name"]),
        ("/", ["either/or"]),
        ("\\", ["a \\ b"]),
        ("'", ["it's so"]),
        ("%", ["It fell by 100% again"]),
    ],
)
def test_signs_that_mean_something_to_sql_mean_themselves(newsroom: Newsroom, search: str, texts: list[str]) -> None:
    keep(newsroom, "It fell by 100% again", "It fell by 1000 again", "the file_name", "either/or", "a \\ b", "it's so")

    assert found(newsroom, search) == texts


def test_every_word_must_occur_in_any_order(newsroom: Newsroom) -> None:
    keep(newsroom, "Ankara bought the S-400", "Ankara sold the jets")

    assert found(newsroom, "s-400 ANKARA") == ["Ankara bought the S-400"]
    assert found(newsroom, "   ") == ["Ankara bought the S-400", "Ankara sold the jets"]


@pytest.mark.parametrize("search", ["a\x00b", "\x00", "\ud800", "x" * 60_000, "x " * 5_000])
def test_a_hostile_search_finds_what_it_finds_and_breaks_nothing(newsroom: Newsroom, search: str) -> None:
    keep(newsroom, "Ankara bought the S-400")

    assert found(newsroom, search) in ([], ["Ankara bought the S-400"])


@given(st.text())
@example("㎒")
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold_for_search(text)

    assert fold_for_search(once) == once


@given(st.text())
def test_case_makes_no_difference_to_a_search(text: str) -> None:
    assert fold_for_search(text.upper()) == fold_for_search(text)
