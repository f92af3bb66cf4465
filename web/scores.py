"""The parts of a matcher's score in plain words, for pages and the terminal."""

from collections.abc import Mapping

PART_WORDS: Mapping[str, str] = {
    "weight": "words in common, the rarer the more",
    "overlap": "words in common, of the longer wording",
    "cover": "words in common, of the shorter wording",
    "order": "letters in common, in their order",
    "letters": "letters in common, words in any order",
    "contained": "of the shorter wording, the rarer words more",
    "meaning": "of the words that only one has, how much is near in meaning to the other's",
    "alike": "all of it weighed by hand, without a model",
}


def score_part(name: str) -> str:
    """What a part of a score measures; its name where another version of the matcher had parts of its own."""
    return PART_WORDS.get(name, name)
