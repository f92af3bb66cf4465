"""The attribution model: a tagger finds the cues of a text, a second one what each attributes, and to whom."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Self

import numpy as np

from claims.errors import InvalidDraft
from scrapers.statements.grammar import Grammar
from scrapers.statements.learned.chain import Chain, Numbers
from scrapers.statements.learned.cue_features import cue_features
from scrapers.statements.learned.opened import Opened, Reading
from scrapers.statements.learned.span_features import span_features
from scrapers.statements.learned.views import CueAt

MODEL_FILE, CUES_FILE, SPANS_FILE = "attribution.json", "attribution_cues.npz", "attribution_spans.npz"
FILES = (CUES_FILE, SPANS_FILE, MODEL_FILE)
# Another number for another set of features: old weights would mean something else.
FORMAT = "claimline attribution 1"
MAX_ABOUT_BYTES = 10_000
BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
CUE_LABELS = (BEGIN, INSIDE, OUTSIDE)
CONTENT, CLAIMANT, CUE = "C", "S", "Q"
SPAN_LABELS = (CONTENT, CLAIMANT, CUE, OUTSIDE)

# Chosen on articles that were held out of fitting: where a cue is less likely than this, nobody looks for content; so
# likely must it be, times the mean of its content's words, that it counts.
MIN_CUE = 0.12
MIN_CONFIDENCE = 0.35
# For another cue's sake content ends early only where that cue is likely.
SURE_CUE = 0.4
MAX_CUE_TOKENS = 8
# Of one sentence and of a text, so that a page of nothing but cues takes seconds (a long article has a hundred); and
# how many tokens are read at a time, which bounds memory.
MAX_CUES, MAX_CUES_OF_TEXT = 25, 2_000
MAX_BATCH_TOKENS = 20_000
# A word belongs where it is at least so likely, measured by the likeliest; nobody is the claimant below the last.
SHARE_OF_LIKELIEST = 0.3
MIN_CLAIMANT = 0.3


@dataclass(frozen=True, slots=True)
class Learned:
    """What one cue attributes, as ranges of its opened sentence's tokens; confidence from 0 to 1."""

    cue: range
    content: tuple[range, ...]
    claimant: tuple[range, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of one sentence: what it is confident of, and how likely a cue begins at each token."""

    learned: tuple[Learned, ...]
    begins: tuple[float, ...]


def short_file(path: Path) -> bytes:
    """The file's bytes; ValueError where it is no plain file or not a short one."""
    if not path.is_file() or path.stat().st_size > MAX_ABOUT_BYTES:
        raise ValueError("no short file")
    return path.read_bytes()


@dataclass(frozen=True, slots=True, eq=False)
class AttributionModel:
    """Two conditional random fields: one for the cues, one that reads the sentence anew from each cue."""

    language: str
    cues: Chain
    spans: Chain

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The model whose three files lie in the folder; None where none does; InvalidDraft where one is damaged."""
        path = folder / MODEL_FILE
        if not path.exists():
            return None
        try:
            about = json.loads(short_file(path))
        except (OSError, ValueError, RecursionError) as error:
            raise InvalidDraft(f"{path}: this is no model that can be read ({type(error).__name__}).") from error
        if not isinstance(about, dict) or about.get("format") != FORMAT or not isinstance(about.get("language"), str):
            raise InvalidDraft(f"{path}: this is no {FORMAT!r}. Make one with claimline model fit attribution.")
        cues, spans = Chain.read(folder / CUES_FILE), Chain.read(folder / SPANS_FILE)
        if cues.labels != CUE_LABELS or spans.labels != SPAN_LABELS:
            raise InvalidDraft(f"{folder}: the files are of another kind of model. Fit it anew.")
        return cls(about["language"], cues, spans)

    def write(self, folder: Path) -> None:
        """Put the model's files into the folder, the one that says that it is there last."""
        self.cues.write(folder / CUES_FILE)
        self.spans.write(folder / SPANS_FILE)
        about = json.dumps({"format": FORMAT, "language": self.language}, indent=1)
        (folder / MODEL_FILE).write_text(about + "\n", encoding="utf-8")

    def judged(self, sentences: Sequence[Opened], grammar: Grammar) -> list[Judged]:
        """What each sentence attributes, in the order of the cues, as far as the model is confident."""
        reading = Reading(sentences, grammar)
        if not reading.count:
            return [Judged((), ()) for _ in sentences]
        marginals = self.cues.likelihoods(cue_features(reading), reading.lengths)
        learned: list[list[Learned]] = [[] for _ in sentences]
        for cue, each in self.read_from(reading, likely_cues(reading, marginals)):
            if each.confidence >= MIN_CONFIDENCE:
                learned[cue.sentence].append(each)
        begins = np.split(marginals[:, CUE_LABELS.index(BEGIN)], reading.ends[:-1])
        return [Judged(tuple(some), tuple(each.tolist())) for some, each in zip(learned, begins, strict=True)]

    def read_from(self, reading: Reading, candidates: Sequence[tuple[CueAt, float]]) -> Iterator[tuple[CueAt, Learned]]:
        """What each of the possible cues attributes."""
        others = [cue for cue, likely in candidates if likely > SURE_CUE]
        for batch in batches(reading, candidates):
            features, lengths = span_features(reading, [cue for cue, _ in batch], others)
            marginals = np.split(self.spans.likelihoods(features, lengths), np.cumsum(lengths)[:-1])
            for (cue, likely), each in zip(batch, marginals, strict=True):
                yield cue, read_off(reading, cue, likely, each)


def batches(reading: Reading, candidates: Sequence[tuple[CueAt, float]]) -> Iterator[list[tuple[CueAt, float]]]:
    """The possible cues in lots of which each takes little memory, since every cue reads its whole sentence."""
    lot: list[tuple[CueAt, float]] = []
    tokens = 0
    for candidate in candidates:
        length = int(reading.lengths[candidate[0].sentence])
        if lot and tokens + length > MAX_BATCH_TOKENS:
            yield lot
            lot, tokens = [], 0
        lot.append(candidate)
        tokens += length
    if lot:
        yield lot


def likely_cues(reading: Reading, marginals: Numbers) -> list[tuple[CueAt, float]]:
    """The possible cues of a text and how likely each is."""
    begins, goes_on = marginals[:, CUE_LABELS.index(BEGIN)], marginals[:, CUE_LABELS.index(INSIDE)] >= 0.5
    likely = begins >= MIN_CUE
    found: list[tuple[CueAt, float]] = []
    for start in np.flatnonzero(likely).tolist():
        if found and start in found[-1][0].tokens:
            continue
        end, stop = int(reading.end_of[start]), start + 1
        while stop < end and goes_on[stop] and not likely[stop]:
            stop += 1
        sentence = int(np.searchsorted(reading.ends, start, side="right"))
        found.append((CueAt(sentence, range(start, stop)), float(begins[start])))
    kept = [each for _, some in groupby(found, lambda one: one[0].sentence) for each in likeliest(list(some))]
    return kept[:MAX_CUES_OF_TEXT]


def likeliest(cues: list[tuple[CueAt, float]]) -> list[tuple[CueAt, float]]:
    """The possible cues of one sentence, in its order: no sentence of news has as many as are kept."""
    floor = sorted((likely for _, likely in cues), reverse=True)[:MAX_CUES][-1]
    return [each for each in cues if each[1] >= floor][:MAX_CUES]


def read_off(reading: Reading, cue: CueAt, likely: float, marginals: Numbers) -> Learned:
    """What the cue attributes: the words that are likely enough, measured by the likeliest."""
    contents, claimants = (marginals[:, SPAN_LABELS.index(label)] for label in (CONTENT, CLAIMANT))
    content = np.flatnonzero((contents >= SHARE_OF_LIKELIEST * contents.max()) & (contents >= claimants))
    is_claimant = (claimants >= SHARE_OF_LIKELIEST * claimants.max()) & (claimants > contents)
    claimant = np.flatnonzero(is_claimant) if claimants.max() >= MIN_CLAIMANT else np.array([], dtype=np.int64)
    sentence = reading.sentences[cue.sentence]
    start = int(reading.starts[cue.sentence])
    confidence = likely * float(contents[content].mean()) if len(content) else 0.0
    own = range(cue.tokens.start - start, cue.tokens.stop - start)
    return Learned(own, joined(content.tolist(), sentence), joined(claimant.tolist(), sentence), confidence)


def joined(positions: Sequence[int], sentence: Opened) -> tuple[range, ...]:
    """The positions as ranges; where one or two marks alone keep two apart, they are one."""
    parts: list[range] = []
    for position in positions:
        if parts and position - parts[-1].stop <= 2 and marks_only(sentence, range(parts[-1].stop, position)):
            parts[-1] = range(parts[-1].start, position + 1)
        else:
            parts.append(range(position, position + 1))
    return tuple(parts)


def marks_only(sentence: Opened, part: range) -> bool:
    """Whether no token of the part is a word or a number."""
    return all(not sentence.tokens[i].word[:1].isalnum() for i in part)
