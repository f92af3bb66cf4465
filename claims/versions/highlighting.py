"""Cuts a text into what is marked in it and what is not; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.versions.anchoring import Span


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that lie in some span, or in none; first is the place among the spans of one that begins."""

    text: str
    is_marked: bool
    first: int | None = None


def marked_paragraphs(text: str, spans: Iterable[Span]) -> Iterator[tuple[Run, ...]]:
    """The text's lines that hold something, each in runs; spans may overlap and go over several lines."""
    listed = list(spans)
    begins = {span.start: place for place, span in reversed(list(enumerate(listed)))}
    edges = sorted({0, len(text), *(edge for span in listed for edge in (span.start, span.end))})
    covered = coverage(listed, edges)
    line: list[Run] = []
    for start, end in pairwise(edges):
        *ended, rest = text[start:end].split("\n")
        first = begins.get(start)
        for piece in ended:
            if piece:
                line.append(Run(piece, covered[start], first))
                first = None
            if line:
                yield tuple(line)
            line = []
        if rest:
            line.append(Run(rest, covered[start], first))
    if line:
        yield tuple(line)


def coverage(spans: Iterable[Span], edges: Iterable[int]) -> dict[int, bool]:
    """For each edge, whether the text that begins there lies in some span."""
    steps: dict[int, int] = dict.fromkeys(edges, 0)
    for span in spans:
        steps[span.start] += 1
        steps[span.end] -= 1
    depth, covered = 0, {}
    for edge in sorted(steps):
        depth += steps[edge]
        covered[edge] = depth > 0
    return covered
