"""A quote is found again by its exact words and what stands around them, or not at all."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.drafts import CONTEXT_CHARS
from claims.versions.anchoring import Quote, Span, find

WORDS = st.text(st.sampled_from("ab ğ.م语\n\u00a0"), min_size=1, max_size=12)
TEXTS = st.text(st.sampled_from("ab ğ.م语\n\u00a0"), max_size=120)


def quote_in(text: str, exact: str, nth: int = 0) -> Quote:
    """The nth place of these words in a text, as it was read."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(exact, start + 1)
    end = start + len(exact)
    return Quote(exact, text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS], start)


def test_a_quote_that_moved_is_found_where_it_stands_now() -> None:
    quote = quote_in("He said: the bridge was closed on Monday. Nobody knew.", "the bridge was closed on Monday")
    text = "An earlier line.\nHe said: the bridge was closed on Monday. Nobody knew."

    assert find(quote, text) == Span(26, 57)


@pytest.mark.parametrize(
    "now",
    [
        "He said: the bridge was closed on Tuesday.",
        "He said: the bridge wasn't closed on Monday.",
        "He said: the Bridge was closed on Monday.",
        "He said: the bridge was, closed on Monday.",
        "",
    ],
)
def test_a_quote_of_other_words_is_not_found(now: str) -> None:
    quote = quote_in("He said: the bridge was closed on Monday.", "the bridge was closed on Monday")

    assert find(quote, now) is None


def test_other_space_between_the_same_words_is_the_same_quote() -> None:
    quote = quote_in("He said: the bridge was closed on Monday.", "the bridge was closed on Monday")
    text = "He said: the\u00a0bridge was\n closed on Monday."

    found = find(quote, text)

    assert found is not None
    assert text[found.start : found.end].split() == quote.exact.split()


def test_of_several_places_the_one_with_the_context_is_taken() -> None:
    before = "Ankara said it was forced to buy the system. Athens said it was forced to buy the system too."
    quote = quote_in(before, "it was forced to buy the system", nth=1)
    after = "Athens said it was forced to buy the system too. Ankara said it was forced to buy the system."

    assert find(quote, after) == Span(12, 43)


def test_a_word_that_grew_over_the_edge_is_another_word() -> None:
    quote = quote_in("They called for the ban at noon yesterday.", "They called for the ban")

    assert find(quote, "They called for the bank at noon yesterday.") is None


def test_words_of_a_script_without_spaces_may_touch_others() -> None:
    said = "大桥因结构损坏自星期一起对所有车辆关闭直至另行通知为止"
    quote = quote_in(f"他说：{said}。", said)

    assert find(quote, f"市长他说{said}。") == Span(4, 4 + len(said))


def test_a_short_quote_without_its_context_is_not_believed() -> None:
    quote = quote_in("Asked about the bill, the minister replied: not now. She left.", "not now")

    assert find(quote, "Why it matters, and if not now then when.") is None
    assert find(quote, "Asked about the bill again, the minister replied: not now. She left.") is not None


def test_a_quote_that_stands_a_million_times_is_found_soon() -> None:
    text = "a " * 500_000
    quote = Quote("a a", text[:32], text[:32], 900_000)

    assert find(quote, text) == Span(900_000, 900_003)


@given(text=TEXTS, data=st.data())
def test_in_a_text_that_did_not_change_a_quote_stands_where_it_stood(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote(text[start:end], text[max(0, start - 32) : start], text[end : end + 32], start)

    assert find(quote, text) == Span(start, end)


@given(exact=WORDS, prefix=WORDS, suffix=WORDS, start=st.integers(0, 50), text=TEXTS)
def test_what_is_found_is_exactly_the_quote(exact: str, prefix: str, suffix: str, start: int, text: str) -> None:
    found = find(Quote(exact, prefix, suffix, start), text)

    assert found is None or "".join(text[found.start : found.end].split()) == "".join(exact.split())
    if found is not None and exact in text:
        assert text[found.start : found.end].split() == exact.split()


@given(text=TEXTS, now=TEXTS, data=st.data())
def test_quotes_are_found_each_for_itself_in_whatever_order(text: str, now: str, data: st.DataObject) -> None:
    assume(len(text) > 1)
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=2, max_size=5, unique=True))
    quotes = [Quote(text[at : at + 5], text[max(0, at - 32) : at], text[at + 5 : at + 37], at) for at in starts]

    one_way = {quote: find(quote, now) for quote in quotes}
    other_way = {quote: find(quote, now) for quote in reversed(quotes)}

    assert one_way == other_way
