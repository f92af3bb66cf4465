"""How the language packs write down their word lists."""


def word_set(words: str) -> frozenset[str]:
    """The words that the text lists, apart by white space."""
    return frozenset(words.split())
