"""What matching costs beside brute force, each measurement in a process of its own.

Brute force is what RapidFuzz does without an index: token_set_ratio of every pair. For a batch it is extrapolated from
sampled rows, halved since a pair counts once; a look-up is one extractOne over all that is stored. CPU seconds count
every thread and child.
"""

import json
import multiprocessing
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Final, ParamSpec, TypeVar

import numpy as np
from rapidfuzz import fuzz, process, utils

from claims.matching import Index, group
from tests.bench.labelled import real_texts
from tests.bench.texts import statements

P = ParamSpec("P")
R = TypeVar("R")

WARM_UP_TEXTS: Final = 200
# Sampled rows of brute force: so many that a small batch is measured over about as many pairs as one of 10,000.
BRUTE_PAIRS: Final = 400_000
FEWEST_BRUTE_ROWS: Final = 40
LOOKED_UP: Final = 2_000
NEIGHBOURS: Final = 10
# A brute-force best below this score need not be found.
WORTH_FINDING: Final = 85


@dataclass(frozen=True, slots=True)
class Grouping:
    """One batch of n texts grouped; peak_mb is above what the texts themselves took."""

    n: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    brute_cpu_s: float
    clusters: int

    @property
    def us_per_text(self) -> float:
        """CPU microseconds for each text."""
        return self.cpu_s / self.n * 1e6

    @property
    def brute_us_per_text(self) -> float:
        """What brute force takes for each text, in CPU microseconds."""
        return self.brute_cpu_s / self.n * 1e6

    @property
    def ratio(self) -> float:
        """How many times what we take brute force takes."""
        return self.brute_cpu_s / self.cpu_s


@dataclass(frozen=True, slots=True)
class Insertion:
    """Texts (2,000 of them) looked up and then added, one at a time, to an index of n.

    The times are CPU seconds; found tells how many of the brute-force bests (a score of 85 or more) that were looked
    for are among the ten closest.
    """

    n: int
    build_s: float
    mean_s: float
    p50_s: float
    p99_s: float
    brute_s: float
    found: int
    looked_for: int

    @property
    def ratio(self) -> float:
        """How many times what a look-up and insertion takes a brute-force look-up takes."""
        return self.brute_s / self.mean_s


@dataclass(frozen=True, slots=True)
class Restart:
    """How long it takes until an index of n texts answers again, built anew from its texts."""

    n: int
    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What one call took; peak_mb is by how much it raised the most memory that the process ever held."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def in_own_process(measure: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What the function returns, run in a new process, so that memory and caches are its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, *args, **kwargs).result()


def grouping(n: int, texts_file: Path) -> Grouping:
    """Group the first n texts of the file, and sample brute force on the same."""
    texts = first_texts(texts_file, n)
    group(texts[:WARM_UP_TEXTS])
    labels, spent = spent_by(lambda: group(texts))
    brute_cpu_s = brute_grouping_s(texts)
    return Grouping(n, spent.cpu_s, spent.wall_s, spent.peak_mb, brute_cpu_s, clusters=len(set(labels)))


def insertion(n: int, texts_file: Path, looked_up: int = LOOKED_UP) -> Insertion:
    """Look up and add texts in an index of n, and do some of the look-ups by brute force."""
    texts = first_texts(texts_file, n + looked_up)
    index, built = spent_by(lambda: index_of(texts[:n]))
    answers, took_s = looked_up_and_added(index, texts[n:], first_id=n)
    brute_s, found = brute_look_ups(texts, n, answers)
    return Insertion(
        n,
        build_s=built.cpu_s,
        mean_s=sum(took_s) / len(took_s),
        p50_s=percentile(took_s, 0.5),
        p99_s=percentile(took_s, 0.99),
        brute_s=brute_s,
        found=sum(found),
        looked_for=len(found),
    )


def restart(n: int, texts_file: Path) -> Restart:
    """Build an index of n texts anew, as a process must that starts."""
    texts = first_texts(texts_file, n)
    index_of(texts[:WARM_UP_TEXTS])
    _, rebuilt = spent_by(lambda: index_of(texts))
    return Restart(n, rebuilt.cpu_s, rebuilt.wall_s, rebuilt.peak_mb)


def write_texts(texts_file: Path, count: int, folder: Path | None) -> None:
    """Write so many texts, the folder's own or generated ones, as a JSON string to a line.

    A process that only reads them back has not held more than them before it is measured.
    """
    texts = real_texts(folder, count) if folder else statements(count)
    with texts_file.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(text)}\n" for text in texts)


def first_texts(texts_file: Path, count: int) -> list[str]:
    """The first of the texts that were written."""
    with texts_file.open(encoding="utf-8") as file:
        return [json.loads(line) for line in islice(file, count)]


def index_of(texts: list[str]) -> Index:
    """An index of the texts, by their positions."""
    index = Index()
    for number, text in enumerate(texts):
        index.add(number, text)
    return index


def spent_by(call: Callable[[], R]) -> tuple[R, Spent]:
    """What the call returns, and what it took."""
    floor_mb, cpu_at_start, started = peak_mb(), cpu_s(), perf_counter()
    returned = call()
    return returned, Spent(cpu_s() - cpu_at_start, perf_counter() - started, peak_mb() - floor_mb)


def looked_up_and_added(index: Index, texts: list[str], first_id: int) -> tuple[list[list[int]], list[float]]:
    """For each text the ids of its ten closest and the CPU seconds it took; added from first_id on."""
    answers, took_s = [], []
    for number, text in enumerate(texts, first_id):
        started = process_time()
        answers.append([place for place, _ in index.closest(text, NEIGHBOURS)])
        index.add(number, text)
        took_s.append(process_time() - started)
    return answers, took_s


def cpu_s() -> float:
    """CPU seconds of this process and of its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_mb() -> float:
    """The most memory that this process ever held; the kernel counts in KiB, but on macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1_000_000 if sys.platform == "darwin" else peak * 1024 / 1_000_000


def brute_grouping_s(texts: list[str]) -> float:
    """CPU seconds that every pair's token_set_ratio would take, from a sample of rows."""
    folded = [utils.default_process(text) for text in texts]
    rows = Random(1).sample(folded, min(len(folded), max(FEWEST_BRUTE_ROWS, BRUTE_PAIRS // len(folded))))
    started = cpu_s()
    process.cdist(rows, folded, scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=2)
    return (cpu_s() - started) / len(rows) * len(folded) / 2


def brute_look_ups(texts: list[str], n: int, answers: list[list[int]]) -> tuple[float, list[bool]]:
    """The mean CPU seconds of a brute-force look-up among the first n, and for each best whether the answer has it."""
    folded = [utils.default_process(text) for text in texts]
    stored = folded[:n]
    took_s, found = [], []
    for query, answer in list(zip(folded[n:], answers, strict=True))[: brute_look_ups_at(n)]:
        started = process_time()
        best = process.extractOne(query, stored, scorer=fuzz.token_set_ratio, score_cutoff=WORTH_FINDING)
        took_s.append(process_time() - started)
        if best:
            found.append(any(fuzz.token_set_ratio(query, folded[place]) >= best[1] for place in answer))
    return sum(took_s) / len(took_s), found


def brute_look_ups_at(n: int) -> int:
    """How many look-ups are done by brute force, too."""
    return 60 if n <= 100_000 else 20


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    return sorted(values)[int(share * (len(values) - 1))]
