"""What the span tagger is told of each token of a sentence, seen from one cue: one row of buckets for each template."""

from collections.abc import Sequence

import numpy as np

from scrapers.statements.learned.chain import Buckets, Counts, buckets
from scrapers.statements.learned.opened import NO_ROLE, Reading
from scrapers.statements.learned.sequences import neighbours, only_where
from scrapers.statements.learned.steps import steps
from scrapers.statements.learned.views import CueAt, Views, views_of

# Distances from the cue are told apart up to these.
DISTANCES = np.array((0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 70))
FAR = 9
NEAR_WORDS = 3
NEAR_CUE = 5
SENTENCE_END = 3


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
