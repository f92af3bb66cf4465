"""What features are made with, for all tokens at once: sums of flags, values of neighbours, rows with gaps."""

import numpy as np

from scrapers.statements.learned.chain import NO_FEATURE, Buckets, Counts
from scrapers.statements.learned.opened import Flags


def counted(flags: Flags) -> Counts:
    """How many flags are set before each position; one longer than the flags."""
    return np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])


def neighbours(values: Counts, lengths: Counts) -> tuple[Counts, Counts]:
    """The values before and behind each, 0 at the ends of its sequence."""
    ends = np.cumsum(lengths)
    before = np.concatenate([[0], values[:-1]])
    behind = np.concatenate([values[1:], [0]])
    before[(ends - lengths)[lengths > 0]] = 0
    behind[(ends - 1)[lengths > 0]] = 0
    return before, behind


def only_where(holds: Flags, row: Buckets) -> Buckets:
    """The row with no feature where the condition does not hold."""
    return np.where(holds, row, NO_FEATURE).astype(np.int32)
