"""Each cue's view of its sentence: the tokens that the span tagger labels for it, and the cue's own values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scrapers.statements.learned.chain import Codes, Counts
from scrapers.statements.learned.opened import CLOSING, OPENING, Reading
from scrapers.statements.learned.sequences import counted

Number = TypeVar("Number", np.int64, np.uint64)


@dataclass(frozen=True, slots=True)
class CueAt:
    """A cue as a range of a text's tokens, and which sentence it stands in."""

    sentence: int
    tokens: range


@dataclass(frozen=True, slots=True)
class Views:
    """The tokens of each cue's sentence, one cue after another: their places in the text and the cue's own values."""

    at: Counts
    lengths: Counts
    cue_start: Counts
    cue_stop: Counts
    stem: Codes
    frame: Codes
    kind: Codes
    last: Codes
    left: Codes
    right: Codes
    place_left: Codes
    place_right: Codes
    spoken: Counts
    head_before: Codes
    to_head: Counts


def views_of(reading: Reading, cues: Sequence[CueAt]) -> Views:
    """The tokens that each cue looks at, and the cue's own values for each of them."""
    lengths = np.array([reading.lengths[cue.sentence] for cue in cues], dtype=np.int64)
    heads = np.array([head_of(reading, cue.tokens) for cue in cues], dtype=np.int64)
    starts = np.array([cue.tokens.start for cue in cues], dtype=np.int64)
    stops = np.array([cue.tokens.stop for cue in cues], dtype=np.int64)
    at = np.concatenate(
        [np.arange(reading.starts[cue.sentence], reading.ends[cue.sentence], dtype=np.int64) for cue in cues]
    )

    def spread(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
        return np.repeat(values, lengths)

    last = np.where(stops - 1 > heads, reading.word.here[stops - 1], np.uint64(0))
    before, behind = reading.heads()
    at_before, at_behind = spread(before[starts]), spread(behind[stops - 1])
    return Views(
        at=at,
        lengths=lengths,
        cue_start=spread(starts),
        cue_stop=spread(stops),
        stem=spread(reading.stem.here[heads]),
        frame=spread(reading.frame.here[heads]),
        kind=spread(reading.kind.here[heads]),
        last=spread(last),
        left=spread(reading.kind.before[starts]),
        right=spread(reading.kind.behind[stops - 1]),
        place_left=spread(reading.place.before[starts]),
        place_right=spread(reading.place.behind[stops - 1]),
        spoken=spread(speech_around(reading, cues)),
        head_before=spread(reading.kind.taken(before)[starts]),
        to_head=(at == at_before) + 2 * (at == at_behind).astype(np.int64),
    )


def head_of(reading: Reading, cue: range) -> int:
    """The cue's main word: the last that is a cue of the lexicon, else the last that is no function word."""
    for i in reversed(cue):
        if reading.in_lexicon[i]:
            return i
    return next((i for i in reversed(cue) if not reading.light[i]), cue.start)


def speech_around(reading: Reading, cues: Sequence[CueAt]) -> Counts:
    """Whether a quotation ends before the cue, one begins behind it, and the cue is in one, as one number."""
    closing, opening = counted(reading.places == CLOSING), counted(reading.places == OPENING)
    values = []
    for cue in cues:
        before = closing[cue.tokens.start] > closing[reading.starts[cue.sentence]]
        behind = opening[reading.ends[cue.sentence]] > opening[cue.tokens.stop]
        values.append(4 * int(before) + 2 * int(behind) + int(reading.quoted[cue.tokens.start]))
    return np.array(values, dtype=np.int64)
