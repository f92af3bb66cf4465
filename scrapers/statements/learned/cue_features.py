"""What the cue tagger is told of each token: one row of buckets for each template."""

import numpy as np

from scrapers.statements.learned.chain import Buckets, Counts, buckets
from scrapers.statements.learned.opened import CLOSING, CUE_ROLE, Flags, Reading
from scrapers.statements.learned.sequences import counted, only_where


def cue_features(reading: Reading) -> Buckets:
    """The features of each token of the text: the word, its neighbours, their classes, the rules' opinion, quotations.

    The names of the templates are what weights are kept under: a new template takes a new name.
    """
    word, kind, stem, role, place = reading.word, reading.kind, reading.stem, reading.role, reading.place
    left, right = reading.heads()
    head_left, head_right = kind.taken(left), kind.taken(right)
    told = sooner(reading, reading.role_of == CUE_ROLE)
    quoted_sooner = sooner(reading, reading.places == CLOSING)
    rows = [
        buckets("bias", np.zeros_like(reading.position)),
        buckets("word", word.here),
        buckets("stem", stem.here),
        buckets("class", kind.here),
        buckets("frame", reading.frame.here),
        buckets("suffix", reading.suffix.here),
        buckets("role", role.here),
        buckets("place", place.here),
        buckets("word before", word.before),
        buckets("word behind", word.behind),
        buckets("word 2 before", word.two_before),
        buckets("word 2 behind", word.two_behind),
        buckets("class before", kind.before),
        buckets("class behind", kind.behind),
        buckets("classes before", kind.before, kind.here),
        buckets("classes behind", kind.here, kind.behind),
        buckets("classes around", kind.before, kind.here, kind.behind),
        buckets("classes 2 behind", kind.behind, kind.two_behind),
        buckets("classes 2 before", kind.two_before, kind.before),
        buckets("stem, class behind", stem.here, kind.behind),
        buckets("class before, stem", kind.before, stem.here),
        buckets("stem, word behind", stem.here, word.behind),
        buckets("word before, stem", word.before, stem.here),
        buckets("frame, classes", reading.frame.here, kind.before, kind.behind),
        buckets("roles", role.before, role.here, role.behind),
        buckets("places", place.before, place.here, place.behind),
        buckets("stem, quoted", stem.here, reading.quoted),
        buckets("stem, role", stem.here, role.here),
        buckets("stem, has quotation", stem.here, reading.has_quotation),
        buckets("capital", reading.capital),
        buckets("head before, stem", head_left, stem.here),
        buckets("head before, word, stem", word.taken(left), stem.here),
        buckets("heads, frame", head_left, head_right, reading.frame.here),
        buckets("heads, class", head_left, kind.here, head_right),
        buckets("stem, head behind", stem.here, head_right),
        buckets("head behind, word", word.taken(right), kind.here),
        buckets("cue sooner, class", told, kind.here),
        buckets("cue sooner, role", told, role.here),
        buckets("quoted sooner, stem", quoted_sooner, stem.here),
        buckets("classes 3 behind", kind.behind, kind.two_behind, kind.three_behind),
        only_where(reading.position == reading.start_of, buckets("first", reading.capital)),
        only_where(reading.is_quotation > 0, buckets("quotation", reading.is_quotation)),
    ]
    return np.stack(rows)


def sooner(reading: Reading, flags: Flags) -> Counts:
    """Whether a flag is set for a token that stands before each in its sentence."""
    sums = counted(flags)
    told: Counts = np.minimum(sums[reading.position] - sums[reading.start_of], 1)
    return told
