"""Word vectors are kept as letters and read as whole numbers."""

import numpy as np
import pytest

from claims.matching.scoring.vectors import LARGEST, as_letters, word_vectors


def test_vectors_are_read_as_they_were_written_but_for_their_lengths() -> None:
    written = np.array([[1.0, -0.5], [0.0, 0.25], [1e-6, 2e-6]])

    found = word_vectors(as_letters(written, ["wheat", "rye", "jet"]))

    rows = [found.rows[word] for word in ("wheat", "rye", "jet")]
    assert found.table[rows].tolist() == [[LARGEST, -16], [0, LARGEST], [16, LARGEST]]
    assert found.lengths[rows] == pytest.approx(np.hypot([31, 0, 16], [16, 31, 31]))
    assert found.table[0].tolist() == [0, 0]
    assert found.lengths[0] == 1


def test_a_vector_of_nothing_has_a_length_to_divide_by() -> None:
    found = word_vectors(as_letters(np.zeros((1, 3)), ["wheat"]))

    assert (found.table[1].tolist(), found.lengths.tolist()) == ([0, 0, 0], [1, 1])


def test_without_vectors_there_is_the_one_of_all_words_that_have_none() -> None:
    found = word_vectors({})

    assert (dict(found.rows), found.table.tolist(), found.lengths.tolist()) == ({}, [[0]], [1])


@pytest.mark.parametrize("letters", [{"a": "AB", "b": "ABC"}, {"a": ""}, {"a": "A-"}, {"a": "é"}, {"a": "A\0"}])
def test_what_are_no_vectors_is_refused(letters: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"vector|ascii"):
        word_vectors(letters)
