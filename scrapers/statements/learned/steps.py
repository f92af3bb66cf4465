"""What lies between a cue and each token of its sentence."""

from dataclasses import dataclass

import numpy as np

from scrapers.statements.learned.chain import Codes, Counts
from scrapers.statements.learned.opened import Flags, Reading
from scrapers.statements.learned.sequences import counted, neighbours
from scrapers.statements.learned.views import Views


@dataclass(frozen=True, slots=True)
class Steps:
    """What lies between the cue and each token: counts, each up to its limit, and the word that opened its segment."""

    segment: Counts
    opener: Codes
    cues: Counts
    verbs: Counts
    that: Counts
    quotes: Counts
    commas: Counts


def steps(reading: Reading, views: Views, after: Flags, is_other: Counts) -> Steps:
    """The steps from the cue to each token, walking away from the cue on both sides.

    A segment runs from a break to the next; on the cue's left the break behind a segment opens it.
    """
    at, start, stop = views.at, views.cue_start, views.cue_stop
    last_break, next_break = breaks_around(reading.breaks)
    breaks = counted(reading.breaks)
    segment = np.where(after, breaks[at + 1] - breaks[stop], breaks[np.maximum(start, at + 1)] - breaks[at + 1])
    opening = np.where(after, last_break[at], np.minimum(next_break[at + 1], reading.count - 1))
    opener = np.where(segment > 0, reading.word.here[opening], np.uint64(0))

    def between(flags: Flags) -> Counts:
        sums = counted(flags)
        return np.where(after, sums[at + 1] - sums[stop], sums[start] - sums[np.minimum(at, start)])

    finite = counted(reading.finite)
    from_break = np.maximum(last_break[at], stop)
    to_break = np.minimum(next_break[at + 1], start)
    verbs = np.where(
        after, finite[at + 1] - finite[np.minimum(from_break, at + 1)], finite[np.maximum(to_break, at)] - finite[at]
    )
    passed = cues_passed(views, after, is_other)
    clause = counted(reading.clause_opener)
    that = np.where(after, clause[at] - clause[np.minimum(stop, at)], clause[start] - clause[np.minimum(at + 1, start)])
    return Steps(
        segment=np.minimum(segment, 4),
        opener=opener,
        cues=np.minimum(passed, 2),
        verbs=np.clip(verbs, 0, 2),
        that=np.minimum(that, 1),
        quotes=np.minimum(between(reading.quote_mark), 3),
        commas=np.minimum(between(reading.comma), 3),
    )


def breaks_around(breaks: Flags) -> tuple[Counts, Counts]:
    """The last break up to each position, and the first from each position on (one longer); -1 and far off for none."""
    count = len(breaks)
    positions = np.arange(count, dtype=np.int64)
    last = np.maximum.accumulate(np.where(breaks, positions, -1))
    following = np.minimum.accumulate(np.where(breaks, positions, count)[::-1])[::-1]
    return last, np.append(following, count)


def cues_passed(views: Views, after: Flags, is_other: Counts) -> Counts:
    """How many other cues begin between the cue and each token."""
    before, _ = neighbours(is_other, views.lengths)
    begins = counted((is_other > 0) & (before == 0))
    offsets = np.repeat(np.cumsum(views.lengths) - views.lengths, views.lengths)
    first = np.repeat(views.at[np.cumsum(views.lengths) - views.lengths], views.lengths)
    here = np.arange(len(views.at), dtype=np.int64)
    start, stop = views.cue_start - first + offsets, views.cue_stop - first + offsets
    on_right = begins[here + 1] - begins[np.minimum(stop, here + 1)]
    on_left = begins[np.maximum(start, here)] - begins[here]
    passed: Counts = np.where(after, on_right, on_left)
    return passed
