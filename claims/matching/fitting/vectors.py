"""Word vectors from elsewhere, made as small as a model keeps them: of those words alone that its texts have."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claims.errors import InvalidDraft
from claims.matching.folding import fold
from claims.matching.scoring.vectors import as_letters

# So many numbers are kept of each vector, those in which the words differ most.
WIDTH: Final = 48
# A concept's vector is the mean of those of its commonest forms; of a concept of fewer texts it is not kept.
MOST_FORMS: Final = 3
FEWEST_TEXTS: Final = 2
# A form of several words is known to few files, with a line between them.
PHRASE_COUNTS: Final = 0.1
# What lower() makes of a Turkish capital.
DOT_ABOVE: Final = "\u0307"
# How many numbers a file may begin with: how many words it has, and how many numbers each.
HEAD: Final = 2
FIGURE: Final = re.compile(r"\d")

Vectors = NDArray[np.float64]
Forms = dict[str, dict[str, float]]


def small_vectors(texts: Iterable[str], path: Path) -> dict[str, str]:
    """The vectors of the texts' concepts, as letters, from a file in the text format of word2vec, GloVe and fastText.

    InvalidDraft where the file is none, or knows too few of the words.
    """
    forms, counts = forms_of(texts)
    wanted = {form for chosen in forms.values() for form in chosen}
    known: dict[str, Vectors] = {}
    for word, vector in wanted_vectors(path, wanted):
        known.setdefault(word, vector)
    found = {
        concept: mean_of(chosen, known) for concept, chosen in forms.items() if not known.keys().isdisjoint(chosen)
    }
    if len(found) <= WIDTH:
        raise InvalidDraft(
            f"{path} has vectors of {len(found)} of the words that the texts have; more than {WIDTH} are needed. Use a "
            "file of word vectors in the language of the texts."
        )
    shares = np.sqrt([counts[concept] for concept in found])
    return as_letters(most_telling(np.array(list(found.values())), shares), list(found))


def forms_of(texts: Iterable[str]) -> tuple[Forms, Counter[str]]:
    """The commonest forms of the concepts that say something, and how often each is met; how many texts have each."""
    met: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    counts: Counter[str] = Counter()
    for text in sorted(set(texts)):
        folded = fold(text)
        units = [unit for unit in folded.units if unit.is_content and not FIGURE.search(unit.concept)]
        counts.update({unit.concept for unit in units})
        for unit in units:
            is_word = unit.stop - unit.first == 1
            form = folded.shown(unit).lower().replace(DOT_ABOVE, "").replace(" ", "_")
            met[unit.concept][form] += 1 if is_word else PHRASE_COUNTS
    kept = {concept: found for concept, found in met.items() if counts[concept] >= FEWEST_TEXTS}
    return {
        concept: dict(sorted(found.items(), key=lambda form: (-form[1], form[0]))[:MOST_FORMS])
        for concept, found in kept.items()
    }, counts


def wanted_vectors(path: Path, wanted: set[str]) -> Iterator[tuple[str, Vectors]]:
    """The vectors of the wanted words, in lines of a word and its numbers; a first line of two numbers is a head.

    A word may have spaces in it. A byte that is no UTF-8 spoils its word alone.
    """
    width = 0
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
            for number, line in enumerate(file, 1):
                parts = line.split()
                if not parts or (number == 1 and len(parts) == HEAD and all(part.isdecimal() for part in parts)):
                    continue
                width = width or len(parts) - 1
                word, *numbers = line.rsplit(maxsplit=width)
                if len(numbers) != width or width < WIDTH:
                    raise InvalidDraft(
                        f"{path}, line {number}: write a word and at least {WIDTH} numbers, as many in each line."
                    )
                if word in wanted:
                    yield word, unit_vector(path, number, numbers)
    except OSError as error:
        raise InvalidDraft(f"{path} cannot be read: {error.strerror}.") from error


def unit_vector(path: Path, line: int, numbers: list[str]) -> Vectors:
    """The vector with length 1."""
    try:
        vector = np.array(numbers, np.float64)
    except ValueError as error:
        raise InvalidDraft(f"{path}, line {line}: write numbers behind the word.") from error
    if not np.isfinite(vector).all():
        raise InvalidDraft(f"{path}, line {line}: write numbers that are finite.")
    vector /= max(float(np.abs(vector).max()), 1e-9)
    return np.asarray(vector / max(float(np.sqrt((vector**2).sum())), 1e-9))


def mean_of(forms: Mapping[str, float], known: Mapping[str, Vectors]) -> Vectors:
    """The mean of the known forms' vectors by how often each form is met, with length 1."""
    total = sum((count * known[form] for form, count in forms.items() if form in known), np.zeros(1))
    return np.asarray(total / max(float(np.sqrt((total**2).sum())), 1e-9))


def most_telling(vectors: Vectors, shares: Vectors) -> Vectors:
    """The vectors less their mean, on the axes on which they differ most, by how much each of them counts."""
    centred = vectors - shares @ vectors / shares.sum()
    _, axes = np.linalg.eigh((centred * shares[:, None]).T @ centred)
    return np.asarray(centred @ axes[:, ::-1][:, :WIDTH])
