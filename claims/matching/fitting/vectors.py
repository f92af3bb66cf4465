"""Word vectors from elsewhere, made as small as a model keeps them: of those words alone that its texts have."""

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
# A form of several words is known to few files.
PHRASE_COUNTS: Final = 0.1

Vectors = NDArray[np.float64]
Forms = dict[str, dict[str, float]]


def small_vectors(texts: Iterable[str], path: Path) -> dict[str, str]:
    """The vectors of the texts' concepts, as letters, from a file in the text format of word2vec, GloVe and fastText.

    InvalidDraft where the file is none, or knows too few of the words.
    """
    forms, counts = forms_of(texts)
    wanted = {form for chosen in forms.values() for form in chosen}
    known = dict(wanted_vectors(path, wanted))
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
        units = [unit for unit in folded.units if unit.is_content]
        counts.update({unit.concept for unit in units})
        for unit in units:
            is_word = unit.stop - unit.first == 1
            met[unit.concept][folded.shown(unit).lower()] += 1 if is_word else PHRASE_COUNTS
    kept = {concept: found for concept, found in met.items() if counts[concept] >= FEWEST_TEXTS}
    return {
        concept: dict(sorted(found.items(), key=lambda form: (-form[1], form[0]))[:MOST_FORMS])
        for concept, found in kept.items()
    }, counts


def wanted_vectors(path: Path, wanted: set[str]) -> Iterator[tuple[str, Vectors]]:
    """The vectors of the wanted words, in lines of a word and its numbers; a first line with two numbers is a head."""
    width = 0
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                word, *numbers = line.rstrip().split(" ")
                if number == 1 and len(numbers) == 1:
                    continue
                width = width or len(numbers)
                if len(numbers) != width or width < WIDTH:
                    raise InvalidDraft(
                        f"{path}, line {number}: write a word and at least {WIDTH} numbers, as many in each line."
                    )
                if word in wanted:
                    yield word, unit_vector(path, number, numbers)
    except OSError as error:
        raise InvalidDraft(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidDraft(f"{path} is no text in UTF-8. Use word vectors in their text format.") from error


def unit_vector(path: Path, line: int, numbers: list[str]) -> Vectors:
    """The vector with length 1."""
    try:
        vector = np.array(numbers, np.float64)
    except ValueError as error:
        raise InvalidDraft(f"{path}, line {line}: write numbers behind the word.") from error
    length = float(np.sqrt((vector**2).sum()))
    if not np.isfinite(length):
        raise InvalidDraft(f"{path}, line {line}: write numbers that are finite.")
    return vector / max(length, 1e-9)


def mean_of(forms: Mapping[str, float], known: Mapping[str, Vectors]) -> Vectors:
    """The mean of the known forms' vectors by how often each form is met, with length 1."""
    total = sum((count * known[form] for form, count in forms.items() if form in known), np.zeros(1))
    return np.asarray(total / max(float(np.sqrt((total**2).sum())), 1e-9))


def most_telling(vectors: Vectors, shares: Vectors) -> Vectors:
    """The vectors less their mean, on the axes on which they differ most, by how much each of them counts."""
    centred = vectors - shares @ vectors / shares.sum()
    _, axes = np.linalg.eigh((centred * shares[:, None]).T @ centred)
    return np.asarray(centred @ axes[:, ::-1][:, :WIDTH])
