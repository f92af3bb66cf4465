"""The scale that verdicts are given on; versioned, so that an old verdict keeps the scale it was given on."""

from dataclasses import dataclass
from enum import StrEnum

from claims.errors import InvalidDraft

SCALE_VERSION = 1


class Rating(StrEnum):
    """What a review concludes about a claim."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly-true"
    HALF_TRUE = "half-true"
    MOSTLY_FALSE = "mostly-false"
    FALSE = "false"
    MISLEADING = "misleading"
    UNPROVEN = "unproven"
    OUTDATED = "outdated"
    NOT_CHECKABLE = "not-checkable"
    SATIRE = "satire"


@dataclass(frozen=True, slots=True)
class RatingMeaning:
    """A rating's word for readers, its number from 1 to 5 (None off the scale) and what it means."""

    label: str
    value: int | None
    meaning: str


MEANINGS: dict[Rating, RatingMeaning] = {
    Rating.TRUE: RatingMeaning("True", 5, "The evidence supports the statement; nothing important is missing."),
    Rating.MOSTLY_TRUE: RatingMeaning("Mostly true", 4, "Right in substance; a detail is off or missing."),
    Rating.HALF_TRUE: RatingMeaning("Half true", 3, "Right and wrong in about equal parts."),
    Rating.MOSTLY_FALSE: RatingMeaning("Mostly false", 2, "A grain of truth; wrong in substance."),
    Rating.FALSE: RatingMeaning("False", 1, "The evidence refutes the statement."),
    Rating.MISLEADING: RatingMeaning("Misleading", None, "True words that leave a false impression."),
    Rating.UNPROVEN: RatingMeaning("Unproven", None, "The evidence neither supports nor refutes it."),
    Rating.OUTDATED: RatingMeaning("Outdated", None, "It was right once and is not any more."),
    Rating.NOT_CHECKABLE: RatingMeaning("Not checkable", None, "An opinion, a forecast or a matter of taste."),
    Rating.SATIRE: RatingMeaning("Satire", None, "It was meant as a joke and was taken as news."),
}


def rating_named(key: str) -> Rating:
    """The rating with this key, such as "mostly-true"; InvalidDraft where there is none."""
    try:
        return Rating(key)
    except ValueError as error:
        raise InvalidDraft("Choose a rating from the list.") from error
