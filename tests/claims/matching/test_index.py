"""The index finds what is like a wording, also after others came and went."""

from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Index

TEXTS = [
    "Ankara was forced to buy the Russian system",
    "The storm delays the start of the convention",
    "Turkish officials had no choice but to purchase the S-400 system from Moscow",
    "Shares of the company rose more than two percent",
]


def filled(texts: list[str]) -> Index:
    index = Index()
    for number, text in enumerate(texts):
        index.add(number, text)
    return index


def test_the_closest_comes_first() -> None:
    found = filled(TEXTS).closest("Turkey had to buy the system of Russia", 2)

    assert [number for number, _ in found] == [0, 2]
    assert found[0][1] > found[1][1] > 0


def test_no_more_than_k_are_given() -> None:
    assert len(filled([*TEXTS, TEXTS[0]] * 3).closest(TEXTS[0], 4)) == 4


def test_a_removed_wording_is_not_found() -> None:
    index = filled(TEXTS)

    index.remove(1)

    assert 1 not in [number for number, _ in index.closest(TEXTS[1], 4)]
    assert len(index) == 3


def test_a_wording_added_again_has_its_new_words_only() -> None:
    index = filled(TEXTS)

    index.add(1, "Taxes on imported cars will double in April")

    assert index.closest(TEXTS[1], 1) == []
    assert index.closest("Taxes on cars double", 1)[0][0] == 1


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = filled(TEXTS)

    index.remove(99)

    assert len(index) == len(TEXTS)


def test_nothing_is_close_to_nothing() -> None:
    assert Index().closest("Ankara bought jets", 5) == []
    assert filled(TEXTS).closest("…", 5) == []


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=40), min_size=1, max_size=12), st.data())
def test_removing_undoes_adding(texts: list[str], data: st.DataObject) -> None:
    index, fewer = filled(texts), filled(texts[:-1])

    index.remove(len(texts) - 1)

    query = data.draw(st.sampled_from(texts))
    assert index.closest(query, 5) == fewer.closest(query, 5)


@given(st.text(max_size=60))
def test_a_stored_wording_finds_itself_or_its_equal(text: str) -> None:
    index = filled([*TEXTS, text])

    found = index.closest(text, 1)

    assert found == [] or found[0][0] == len(TEXTS) or text in TEXTS
