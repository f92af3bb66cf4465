"""Word vectors of elsewhere are made as small as a model keeps them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from claims.errors import InvalidDraft
from claims.matching.fitting.vectors import WIDTH, forms_of, small_vectors
from claims.matching.scoring.vectors import word_vectors

WIDE = 60
STARTS = ("bar", "dol", "fen", "gup", "hat", "jes", "kir", "lon", "mur")
MANY = [start + end for start in STARTS for end in ("kom", "mip", "lut", "rad", "sef", "tog", "bix", "zan")]


def texts() -> list[str]:
    """Each of MANY in two texts."""
    return [f"{word} {ending}" for word in MANY for ending in ("ships", "lorries")]


def written(path: Path, vectors: dict[str, np.ndarray], head: str = "") -> Path:
    lines = [f"{word} " + " ".join(f"{number:.4f}" for number in vector) for word, vector in vectors.items()]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def vectors() -> dict[str, np.ndarray]:
    """Those of MANY, of which the first two are much the same and the third is far from them."""
    dice = np.random.default_rng(5)
    found = {word: dice.normal(size=WIDE) for word in MANY}
    found[MANY[1]] = found[MANY[0]] + 0.05 * dice.normal(size=WIDE)
    return found | {"unwanted": dice.normal(size=WIDE)}


@pytest.mark.parametrize("head", ["", "74 60\n"])
def test_words_that_are_near_stay_near_and_those_that_the_texts_lack_are_left_out(
    tmp_path: Path, vectors: dict[str, np.ndarray], head: str
) -> None:
    letters = small_vectors(texts(), written(tmp_path / "words.vec", vectors, head))

    found = word_vectors(letters)
    one, same, other = (found.table[found.rows[word]] / found.lengths[found.rows[word]] for word in MANY[:3])
    assert set(letters) == set(MANY)
    assert {len(vector) for vector in letters.values()} == {WIDTH}
    assert one @ same > 0.95
    assert abs(one @ other) < 0.5


def test_the_axes_on_which_words_differ_most_are_kept(tmp_path: Path) -> None:
    dice = np.random.default_rng(6)
    wide = np.concatenate([np.full(WIDTH, 1.0), np.full(WIDE - WIDTH, 0.001)])
    vectors = {word: wide * dice.normal(size=WIDE) + 0.5 for word in MANY}

    found = word_vectors(small_vectors(texts(), written(tmp_path / "words.vec", vectors)))

    whole = np.array([vectors[word] / np.linalg.norm(vectors[word]) for word in MANY])
    whole -= whole.mean(axis=0)
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    kept = np.array([found.table[found.rows[word]] / found.lengths[found.rows[word]] for word in MANY])
    assert np.abs(kept @ kept.T - whole @ whole.T).max() < 0.05


def test_a_concepts_vector_is_nearer_to_the_form_that_is_met_more_often(tmp_path: Path) -> None:
    dice = np.random.default_rng(8)
    often, seldom = dice.normal(size=(2, WIDE))
    vectors = {word: dice.normal(size=WIDE) for word in MANY} | {"wheats": often, "wheat": seldom}
    vectors |= {"kirmip": often, "kirlut": seldom}
    said = ["wheats fell", "wheats rose", "wheats and wheats", "wheat"]

    found = word_vectors(small_vectors([*texts(), *said], written(tmp_path / "words.vec", vectors)))

    wheat, one, other = (
        found.table[found.rows[word]] / found.lengths[found.rows[word]] for word in ("wheat", "kirmip", "kirlut")
    )
    assert wheat @ one > 0.9 > wheat @ other


@pytest.mark.parametrize(
    "content",
    [
        lambda lines: "\ufeff" + "\n".join(lines),
        lambda lines: "72  60\n" + "\n\n".join(lines) + "\n\n",
        lambda lines: "\r\n".join(lines),
        lambda lines: "\n".join(["72\t60", *(line.replace(" ", "\t") for line in lines)]),
        lambda lines: "\n".join([*lines[:3], lines[3].replace(MANY[3], ". . ."), *lines[4:], lines[3]]),
        lambda lines: "\n".join([*lines, lines[5].replace(MANY[5], MANY[4])]),
    ],
    ids=["byte order mark", "empty lines", "windows", "tabs", "a word with spaces", "a word twice"],
)
def test_the_ways_in_which_such_files_are_written_are_read(
    tmp_path: Path, vectors: dict[str, np.ndarray], content: Callable[[list[str]], str]
) -> None:
    plain = written(tmp_path / "plain.vec", vectors)
    other = tmp_path / "other.vec"

    other.write_bytes(content(plain.read_text(encoding="utf-8").splitlines()).encode())

    assert small_vectors(texts(), other) == small_vectors(texts(), plain)


def test_a_byte_that_is_no_text_spoils_its_word_alone(tmp_path: Path, vectors: dict[str, np.ndarray]) -> None:
    path = written(tmp_path / "words.vec", vectors)
    path.write_bytes(path.read_bytes().replace(b"unwanted", b"unw\xffnted"))

    assert set(small_vectors(texts(), path)) == set(MANY)


def test_figures_mean_nothing_and_a_turkish_capital_is_its_small_letter() -> None:
    forms, _ = forms_of(["İstanbul paid $100 in 2019", "İSTANBUL got $100 in 2019"])

    assert "istanbul" in forms["istanbul"]
    assert [concept for concept in forms if any(letter.isdigit() for letter in concept)] == []


def test_a_concept_has_the_mean_of_its_commonest_forms_and_one_of_a_single_text_is_left_out() -> None:
    said = ["farmers bought", "a farmer buys", "Farmers sold it", "farmer's wheat", "farmers' farmer farming once"]

    forms, counts = forms_of(said)

    assert forms["farmer"] == {"farmers": 3, "farmer": 2, "farmer's": 1}
    assert forms["buy"] == {"bought": 1, "buys": 1}
    assert "wheat" not in forms
    assert (counts["wheat"], counts["farmer"]) == (1, 5)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"barkom 1 2 3\n", r"line 1: write a word and at least 48 numbers"),
        (b"barkom " + b"1 " * 60 + b"\nbarmip " + b"1 " * 59 + b"\n", r"line 2: write a word and at least 48 numbers"),
        (b"barkom " + b"x " * 60, r"line 1: write numbers behind the word"),
        (b"barkom " + b"nan " * 60, r"line 1: write numbers that are finite"),
        (b"barkom " + b"1e400 " * 60, r"line 1: write numbers that are finite"),
        (b"barkom x\n", r"line 1: write a word and at least 48 numbers"),
        (b"barkom " + b"1 " * 60, r"vectors of 1 of the words that the texts have; more than 48 are needed"),
        (b"", r"vectors of 0 of the words"),
        (b"\xff\xfe\x00\x01 " * 9, r"line 1: write a word and at least 48 numbers"),
    ],
)
def test_a_file_that_is_none_is_refused_and_it_is_said_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "words.vec"
    path.write_bytes(content)

    with pytest.raises(InvalidDraft, match=says):
        small_vectors(texts(), path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidDraft, match="cannot be read: Is a directory"):
        small_vectors(texts(), tmp_path)
