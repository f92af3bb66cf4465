"""What the span tagger is told of each token of a sentence, seen from one cue: one row of buckets for each template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scrapers.statements.learned.chain import Buckets, Codes, Counts, buckets
from scrapers.statements.learned.cue_features import only_where
from scrapers.statements.learned.opened import CLOSING, NO_ROLE, OPENING, Flags, Reading

Number = TypeVar("Number", np.int64, np.uint64)

# Distances from the cue are told apart up to these.
DISTANCES = np.array((0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 70))
FAR = 9
NEAR_WORDS = 3
NEAR_CUE = 5
SENTENCE_END = 3


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


def span_features(reading: Reading, cues: Sequence[CueAt], others: Sequence[CueAt]) -> tuple[Buckets, Counts]:
    """The features of each token for each cue, and how many tokens each cue's sentence has.

    others are the cues for whose sake content may end; a cue among them is never its own other.
    """
    views = views_of(reading, cues)
    at = views.at
    word, kind, place = reading.word, reading.kind, reading.place
    after = at >= views.cue_stop
    in_cue = (at >= views.cue_start) & ~after
    side = after.astype(np.uint64)
    gap = np.where(after, at - views.cue_stop + 1, views.cue_start - at)
    distance = np.searchsorted(DISTANCES, gap).astype(np.uint64) * np.uint64(2) + side
    is_other, ahead = other_cues(reading, views, others)
    step = steps(reading, views, after, is_other)
    own, rest, ruled = roles_by_cue(reading, cues)
    own_before, own_behind = neighbours(own, views.lengths)
    w, k, p = word.here[at], kind.here[at], place.here[at]
    k_before, k_behind = kind.before[at], kind.behind[at]
    segment = step.segment * 2 + after
    opener = step.opener * np.uint64(2) + side
    stem, frame, left, right = views.stem, views.frame, views.left, views.right
    rows = [
        buckets("bias", np.zeros_like(at)),
        buckets("word", side, w),
        buckets("word before", side, word.before[at]),
        buckets("word behind", side, word.behind[at]),
        buckets("distance, class", distance, k),
        buckets("classes before", side, k_before, k),
        buckets("classes behind", side, k, k_behind),
        buckets("classes around", side, k_before, k, k_behind),
        buckets("roles", side, own_before, own, own_behind, ruled),
        buckets("other roles", rest, own),
        buckets("place, speech", side, p, views.spoken, left, right),
        buckets("place, places", side, p, views.place_left, views.place_right),
        buckets("place, stem", side, p, stem),
        buckets("place, class", segment, p, k),
        buckets("opener, segment", opener, step.segment),
        buckets("opener, verbs", opener, step.verbs),
        buckets("opener, cues", opener, step.cues),
        buckets("opener, frame", opener, frame),
        buckets("opener, stem", opener, stem),
        buckets("between", side, step.commas, step.cues, step.that, step.quotes),
        buckets("next cue, class", side, ahead, k),
        buckets("distance, stem", distance, stem),
        buckets("class, stem", side, k, stem),
        buckets("segment, stem", segment, stem),
        buckets("right, stem", side, right, stem),
        buckets("distance, frame", distance, frame),
        buckets("segment, class, frame", segment, k, frame),
        buckets("around", side, frame, left, right),
        buckets("segment, around", segment, frame, left, right),
        buckets("segment, sides", segment, left, right, np.minimum(step.verbs, 1)),
        buckets("distance, right", distance, right),
        buckets("distance, left", distance, left),
        buckets("last, kind", side, views.last, views.kind),
        buckets("kind, sides", side, views.kind, left, right),
        buckets("other", side, is_other),
        buckets("role, class", side, own, k),
        buckets("role, distance", distance, own),
        buckets("role, stem", side, own, stem),
        buckets("classes 2 before", side, kind.two_before[at], k_before, k),
        buckets("classes 2 behind", side, k, k_behind, kind.two_behind[at]),
        buckets("head, stem", side, views.to_head, stem),
        buckets("head, frame, class", views.to_head, views.head_before, frame, k),
        buckets("head before, class", side, views.head_before, k),
        buckets("place, frame", side, p, frame, views.spoken),
        only_where(gap <= NEAR_WORDS, buckets("near word", distance, w)),
        only_where(ahead < NEAR_CUE, buckets("next cue, word", side, ahead, w)),
        only_where(at == reading.start_of[at], buckets("first", stem)),
        only_where(reading.end_of[at] - at <= SENTENCE_END, buckets("end", reading.end_of[at] - at)),
    ]
    features = np.stack(rows)
    features[:, in_cue] = 0
    features[0, in_cue] = buckets("cue", np.zeros(1, dtype=np.int64))[0]
    return features, views.lengths


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


def counted(flags: Flags) -> Counts:
    """How many flags are set before each position; one longer than the flags."""
    return np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])


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


def other_cues(reading: Reading, views: Views, others: Sequence[CueAt]) -> tuple[Counts, Counts]:
    """Whether each token is of another cue, and how far ahead of it the next one is, up to 9."""
    marked = np.zeros(reading.count, dtype=bool)
    for other in others:
        marked[other.tokens.start : other.tokens.stop] = True
    owned = owners(reading, others)
    own = owned[views.cue_start]
    apart = (own < 0) | (owned[views.at] != own)
    is_other = marked[views.at] & apart & ~((views.at >= views.cue_start) & (views.at < views.cue_stop))
    ends = np.cumsum(views.lengths)
    here = np.arange(len(views.at), dtype=np.int64)
    following = np.minimum.accumulate(np.where(is_other, here, len(here) + FAR)[::-1])[::-1]
    following = np.append(following, len(here) + FAR)[here + 1]
    inside = following < np.repeat(ends, views.lengths)
    return is_other.astype(np.int64), np.where(inside, np.minimum(following - here, FAR), FAR)


def owners(reading: Reading, cues: Sequence[CueAt]) -> Counts:
    """Which of the cues each token of the text is of; -1 for none."""
    owner = np.full(reading.count, -1, dtype=np.int64)
    for i, cue in enumerate(cues):
        owner[cue.tokens.start : cue.tokens.stop] = i
    return owner


def roles_by_cue(reading: Reading, cues: Sequence[CueAt]) -> tuple[Counts, Counts, Counts]:
    """What the rules take each token for, by cue: the rule of that cue, all other rules; and whether it has a rule."""
    own_parts, rest_parts, ruled = [], [], []
    for cue in cues:
        start = int(reading.starts[cue.sentence])
        length = int(reading.lengths[cue.sentence])
        own, rest = np.full(length, NO_ROLE, dtype=np.int64), np.full(length, NO_ROLE, dtype=np.int64)
        is_ruled = 0
        for rule in reading.sentences[cue.sentence].rules:
            is_own = rule.cue.start < cue.tokens.stop - start and cue.tokens.start - start < rule.cue.stop
            is_ruled |= int(is_own)
            rule.take(own if is_own else rest)
        own_parts.append(own)
        rest_parts.append(rest)
        ruled.append(np.full(length, is_ruled, dtype=np.int64))
    return np.concatenate(own_parts), np.concatenate(rest_parts), np.concatenate(ruled)


def neighbours(values: Counts, lengths: Counts) -> tuple[Counts, Counts]:
    """The values before and behind each, 0 at the ends of its sequence."""
    ends = np.cumsum(lengths)
    before = np.concatenate([[0], values[:-1]])
    behind = np.concatenate([values[1:], [0]])
    before[(ends - lengths)[lengths > 0]] = 0
    behind[(ends - 1)[lengths > 0]] = 0
    return before, behind
