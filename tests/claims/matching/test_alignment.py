"""Two wordings side by side, and not a character lost."""

from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Run, RunKind, align

SENTENCES = st.lists(st.sampled_from(["Ankara", "bought", "purchase", "3,5 per cent", "“jets”", "don’t", "½"])).map(
    "  ".join
)


def test_what_only_one_side_says_is_marked() -> None:
    alignment = align("Ankara was forced to buy the jets.", "Ankara was not forced to buy the jets.")

    assert alignment.right == (
        Run("Ankara was ", RunKind.SHARED),
        Run("not", RunKind.ONLY_HERE),
        Run(" forced to buy the jets.", RunKind.SHARED),
    )
    assert alignment.left == (Run("Ankara was forced to buy the jets.", RunKind.SHARED),)


def test_other_words_for_the_same_are_kin() -> None:
    alignment = align("Turkey had to buy jets", "Ankara had to purchase jets")

    assert [run.text for run in alignment.right if run.kind is RunKind.KIN] == ["Ankara", "purchase"]


def test_a_phrase_is_one_run() -> None:
    alignment = align("It had no choice but to leave", "It was forced to leave")

    assert Run("had no choice but", RunKind.KIN) in alignment.left


@given(st.text(max_size=200) | SENTENCES, st.text(max_size=200) | SENTENCES)
def test_the_runs_put_together_are_the_text(left: str, right: str) -> None:
    alignment = align(left, right)

    assert "".join(run.text for run in alignment.left) == left
    assert "".join(run.text for run in alignment.right) == right
