"""What matching costs and how good it is, beside brute force and other matchers, in one run.

    python -m tests.bench.matching
    python -m tests.bench.matching --sizes 1000 10000 100000 1000000 --plot cost.svg
    python -m tests.bench.matching --data FOLDER --only quality

Texts are generated, or taken from FOLDER (tests/bench/labelled.py says what it holds), which also has the labels that
quality is measured by. Every measurement has a process of its own; tables go to standard output.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tests.bench.costs import LOOKED_UP, Grouping, Insertion, grouping, in_own_process, insertion, restart, write_texts
from tests.bench.plot import Line, Panel, cost_plot
from tests.bench.quality import Finder, Grouper, hits, quality
from tests.bench.rivals import datasketch_is_installed
from tests.bench.tables import (
    cost_rows,
    grouping_table,
    hits_table,
    insertion_table,
    quality_table,
    restart_table,
)

SIZES: Final = (1_000, 10_000, 100_000)
SMALLEST_SIZE: Final = 100
FILES: Final = ("sentences.jsonl", "pairs.jsonl", "background.txt.gz")
TITLE: Final = "What matching a text costs"
DOWN: Final = "CPU microseconds for each text"
# Wide enough for every table: a narrower terminal breaks lines, where rich would cut numbers.
WIDTH: Final = 120

R = TypeVar("R")


class Part(StrEnum):
    """What can be measured by itself."""

    GROUPING = "grouping"
    INSERTION = "insertion"
    RESTART = "restart"
    QUALITY = "quality"


def main(words: Sequence[str] | None = None) -> None:
    """Measure what the words of the command line ask for, and print it."""
    asked = arguments(words)
    console = Console(highlight=False, width=WIDTH)
    if set(asked.only) != {Part.QUALITY}:
        with TemporaryDirectory() as folder:
            panels = list(print_costs(console, asked.only, asked.sizes, written_texts(Path(folder), asked)))
        print_plot(console, panels, asked.plot)
    if asked.data and Part.QUALITY in asked.only:
        print_quality(console, asked.data)


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for: data (a folder or None), sizes (ascending), plot (a file or None), only (parts)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="labelled sentences, instead of generated texts")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of texts")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw cost against n into this file")
    parser.add_argument(
        "--only",
        type=Part,
        nargs="+",
        choices=list(Part),
        default=list(Part),
        metavar="PART",
        help=f"measure only these: {', '.join(Part)}",
    )
    asked = parser.parse_args(words)
    asked.sizes = sorted(set(asked.sizes))
    for reason in reasons_to_refuse(asked):
        parser.error(reason)
    return asked


def reasons_to_refuse(asked: argparse.Namespace) -> Iterator[str]:
    """Why what is asked for cannot be measured."""
    if asked.sizes[0] < SMALLEST_SIZE:
        yield f"--sizes: {asked.sizes[0]} is too few to time; {SMALLEST_SIZE} is the least"
    for name in FILES if asked.data else ():
        if not (asked.data / name).is_file():
            yield f"--data: {asked.data / name} is not there"
    if asked.only == [Part.QUALITY] and not asked.data:
        yield "--only quality: labelled sentences are needed; --data names their folder"
    if asked.plot and not {Part.GROUPING, Part.INSERTION} & set(asked.only):
        yield "--plot: grouping or insertion must be measured to draw it"


def written_texts(folder: Path, asked: argparse.Namespace) -> Path:
    """A file in the folder with the texts that are measured on, as many as the largest size needs."""
    texts = folder / "texts.jsonl"
    count = asked.sizes[-1] + LOOKED_UP
    measured("Making", {f"{count:,} texts": partial(write_texts, texts, count, asked.data)})
    return texts


def print_costs(console: Console, only: Sequence[Part], sizes: Sequence[int], texts: Path) -> Iterator[Panel]:
    """Print each part's table as soon as it is measured; the panels of the plot."""
    if Part.GROUPING in only:
        grouped = measured("Grouping", {f"{n:,} texts": partial(grouping, n, texts) for n in sizes})
        console.print(grouping_table(grouped))
        yield grouping_panel(grouped)
    if Part.INSERTION in only:
        inserted = measured("Looking up", {f"in {n:,} texts": partial(insertion, n, texts) for n in sizes})
        console.print(insertion_table(inserted))
        yield insertion_panel(inserted)
    if Part.RESTART in only:
        restarted = measured("Starting anew", {f"with {n:,} texts": partial(restart, n, texts) for n in sizes})
        console.print(restart_table(restarted))


def print_plot(console: Console, panels: Sequence[Panel], picture: Path | None) -> None:
    """Print cost against n, if it was measured, and draw it if a file for the picture is named."""
    if panels:
        console.print(cost_rows(panels, f"{TITLE}: {DOWN}"))
    if picture:
        picture.write_text(cost_plot(panels, TITLE, "n, texts in all", DOWN), encoding="utf-8")
        console.print(f"\n{picture}", soft_wrap=True)


def print_quality(console: Console, data: Path) -> None:
    """Measure and print how well matching and its rivals group and find."""
    groupers = [each for each in Grouper if not each.needs_datasketch or datasketch_is_installed()]
    grouped = measured("Grouping labelled sentences", {each.value: partial(quality, each, data) for each in groupers})
    console.print(quality_table(grouped, unmeasured=[each for each in Grouper if each not in groupers]))
    found = measured("Finding claims", {each.value: partial(hits, each, data) for each in Finder})
    console.print(hits_table(found))


def measured(what: str, calls: dict[str, Callable[[], R]]) -> list[R]:
    """What the calls return, each made in its own process, with a bar on the terminal meanwhile."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=len(calls))
        returned = []
        for name, call in calls.items():
            progress.update(task, description=f"{what}: {name}")
            returned.append(in_own_process(call))
            progress.advance(task)
        return returned


def grouping_panel(rows: Iterable[Grouping]) -> Panel:
    """The cost of a text in a batch against the batch's size."""
    ours = Line("Claimline", True, tuple((row.n, row.us_per_text) for row in rows))
    brute = Line("brute force", False, tuple((row.n, row.brute_us_per_text) for row in rows))
    return Panel("Grouping a batch", (ours, brute))


def insertion_panel(rows: Iterable[Insertion]) -> Panel:
    """The cost of looking up and adding a text against the number of those stored."""
    ours = Line("Claimline", True, tuple((row.n, row.mean_s * 1e6) for row in rows))
    brute = Line("brute force", False, tuple((row.n, row.brute_s * 1e6) for row in rows))
    return Panel("Looking up and adding one", (ours, brute))


if __name__ == "__main__":
    main()
