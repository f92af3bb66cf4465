"""What an English cue does with what it attributes, where no rule says so: asserts, denies or only reports."""

from collections.abc import Sequence

from claims.drafts import Stance
from scrapers.statements.en import words as w
from scrapers.statements.en.cues import CUES, HEARSAY, STATEMENT_NOUNS, Frame

STATING = frozenset((Frame.SAY, Frame.TELL, Frame.BELIEVE, Frame.SHOW, Frame.ACCUSE, Frame.CALL, Frame.DENY))


def stance(cue: Sequence[str]) -> Stance:
    """The stance of a cue's words, in lower case: "denied", "did not say", "said"."""
    frames = frames_of(cue)
    if Frame.DENY in frames:
        return Stance.DENIES
    if set(cue) & (w.NEGATIONS | w.REFUSALS | HEARSAY | STATEMENT_NOUNS) or not frames & STATING:
        return Stance.REPORTS
    return Stance.ASSERTS


def is_attitude(cue: Sequence[str]) -> bool:
    """Whether the cue tells of a wish, a plan or a stand on something, and of no statement that could be checked."""
    return not frames_of(cue) & STATING and not set(cue) & (HEARSAY | {"according", ":"})


def frames_of(cue: Sequence[str]) -> frozenset[Frame]:
    """How the cue's words take their content."""
    return frozenset(frame for word in cue if word in CUES for frame in CUES[word].frames)
