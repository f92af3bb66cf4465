"""A text is cut into what is marked and what is not, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from claims.versions.anchoring import Span
from claims.versions.highlighting import Run, marked_paragraphs

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda at: Span(at[0], at[0] + at[1])), max_size=5
)


def test_a_span_is_marked_and_named_where_it_begins() -> None:
    assert list(marked_paragraphs("One two three.", [Span(4, 7)])) == [
        (Run("One ", False), Run("two", True, 0), Run(" three.", False)),
    ]


def test_overlapping_spans_are_marked_once_and_each_is_named() -> None:
    [runs] = marked_paragraphs("One two three.", [Span(4, 13), Span(0, 7)])

    assert [(run.text, run.is_marked, run.first) for run in runs] == [
        ("One ", True, 1),
        ("two", True, 0),
        (" three", True, None),
        (".", False, None),
    ]


def test_a_span_over_two_paragraphs_is_marked_in_both() -> None:
    assert list(marked_paragraphs("One two.\nThree.", [Span(4, 14)])) == [
        (Run("One ", False), Run("two.", True, 0)),
        (Run("Three", True), Run(".", False)),
    ]


@given(text=st.text(st.sampled_from("ab \n"), min_size=45, max_size=80), spans=SPANS)
def test_all_of_the_text_is_shown_and_all_of_the_spans_are_marked(text: str, spans: list[Span]) -> None:
    runs = [run for paragraph in marked_paragraphs(text, spans) for run in paragraph]

    marked = {place for span in spans for place in range(span.start, span.end)}
    assert "".join(run.text for run in runs) == text.replace("\n", "")
    wanted = "".join(char for place, char in enumerate(text) if place in marked and char != "\n")
    assert "".join(run.text for run in runs if run.is_marked) == wanted
