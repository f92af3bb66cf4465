"""Drafts are checked when they are made, so that nothing half right travels on."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.drafts import CONTEXT_CHARS, MAX_WORDING_CHARS, AppearanceDraft, ArticleDraft
from claims.errors import InvalidDraft
from tests.claims.builders import NOW, article, page, statement

NAIVE = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001 - the time without a zone is what is refused


def test_a_statement_is_worded_by_its_exact_words_unless_told_otherwise() -> None:
    draft = article("Its removal was unjust.")

    assert statement(draft, "Its removal").wording == "Its removal"
    assert statement(draft, "Its removal", wording="[Turkey's] removal").wording == "[Turkey's] removal"


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (0, 4), (0, 6), (5, 0)])
def test_offsets_that_do_not_span_the_words_are_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidDraft, match="do not span 5 characters"):
        AppearanceDraft(exact="words", start=start, end=end, prefix="", suffix="")


@pytest.mark.parametrize("worthiness", [-0.01, 1.01, float("nan")])
def test_check_worthiness_runs_from_0_to_1(worthiness: float) -> None:
    with pytest.raises(InvalidDraft, match="is not between 0 and 1"):
        AppearanceDraft(exact="words", start=0, end=5, prefix="", suffix="", check_worthiness=worthiness)


@pytest.mark.parametrize("side", ["prefix", "suffix"])
def test_context_is_32_characters_at_most(side: str) -> None:
    fits = {"prefix": "", "suffix": ""} | {side: "x" * CONTEXT_CHARS}
    AppearanceDraft(exact="words", start=0, end=5, **fits)

    with pytest.raises(InvalidDraft, match="over 32 characters"):
        AppearanceDraft(exact="words", start=0, end=5, **fits | {side: "x" * (CONTEXT_CHARS + 1)})


def test_a_statement_that_runs_on_is_refused() -> None:
    words = "x" * (MAX_WORDING_CHARS + 1)

    with pytest.raises(InvalidDraft, match="a statement of 2001 characters is over 2000"):
        AppearanceDraft(exact=words, start=0, end=len(words), prefix="", suffix="")


@pytest.mark.parametrize("field", ["title", "text", "canonical_url", "outlet_name", "origin"])
@pytest.mark.parametrize("poison", ["\x00", "\ud800"])
def test_an_article_holds_nothing_that_no_database_keeps(field: str, poison: str) -> None:
    with pytest.raises(InvalidDraft, match="cannot be stored"):
        replace(article("A sentence."), **{field: f"words{poison}"})


@pytest.mark.parametrize("field", ["exact", "prefix", "suffix", "claimant", "cue", "wording"])
@pytest.mark.parametrize("poison", ["\x00", "\ud800"])
def test_a_statement_holds_nothing_that_no_database_keeps(field: str, poison: str) -> None:
    sound = {"exact": "word", "prefix": "", "suffix": "", "claimant": "", "cue": "", "wording": ""}

    with pytest.raises(InvalidDraft, match="cannot be stored"):
        AppearanceDraft(start=0, end=4, **sound | {field: f"wor{poison}"})  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["title", "text"])
@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0"])
def test_an_article_without_title_or_text_is_refused(field: str, blank: str) -> None:
    with pytest.raises(InvalidDraft, match=f"{field} is empty"):
        replace(article("A sentence."), **{field: blank})


@pytest.mark.parametrize("field", ["published_at", "modified_at"])
def test_an_articles_times_need_a_zone(field: str) -> None:
    with pytest.raises(InvalidDraft, match=f"{field} has no time zone"):
        replace(article("A sentence."), **{field: NAIVE})


def test_a_page_needs_the_zone_of_its_time() -> None:
    with pytest.raises(InvalidDraft, match="fetched_at has no time zone"):
        page("https://outlet.example/1", fetched_at=NAIVE)


def test_drafts_cannot_be_changed() -> None:
    draft = ArticleDraft("https://outlet.example/1", "Title", "Text", published_at=NOW.astimezone(UTC))

    with pytest.raises(FrozenInstanceError):
        draft.text = "Other"  # type: ignore[misc]


@given(before=st.text(max_size=50), words=st.text(min_size=1, max_size=50), after=st.text(max_size=50))
def test_every_span_of_a_text_that_can_be_stored_makes_a_statement(before: str, words: str, after: str) -> None:
    start, end = len(before), len(before + words)

    assume("\x00" not in before + words + after and words.strip())

    draft = AppearanceDraft(words, start, end, before[-CONTEXT_CHARS:], after[:CONTEXT_CHARS])

    assert (before + words + after)[draft.start : draft.end] == draft.exact == draft.wording
