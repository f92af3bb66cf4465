"""The one form of a word: without case, with straight apostrophes, and contractions spelled out."""

import re
from functools import lru_cache
from typing import Final

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
APOSTROPHES: Final = "'\u2019\u02bc"
DASHES: Final = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013"))
SUFFIX_AFTER_APOSTROPHE: Final = frozenset({"tr", "az"})
TIDY: Final = dict.fromkeys(map(ord, INVISIBLE)) | dict.fromkeys(map(ord, APOSTROPHES), "'")
CONTRACTED: Final = {
    "can't": "can not",
    "won't": "will not",
    "cannot": "can not",
    "shan't": "shall not",
    "ain't": "is not",
} | {
    f"{verb}nt": f"{verb} not"
    for verb in ["do", "does", "did", "is", "was", "were", "has", "have", "had", "would", "could", "should"]
}
CLITIC: Final = re.compile(r"(?i:'(?:s|m|re|ve|ll|d))\Z")
# Words that only their capitals tell from common ones.
CAPITALS: Final = {"US": "usa", "USA": "usa", "U.S.": "usa", "U.S": "usa", "U.S.A.": "usa", "WHO": "w.h.o."}


@lru_cache(maxsize=65_536)
def word_form(word: str, language: str) -> str:
    """The one form of a word: casefolded by its language, straight apostrophes, contractions spelled out."""
    if word.isascii() and word.isalpha() and word not in CAPITALS:
        form = casefolded(word, language)
        return form if language[:2] in SUFFIX_AFTER_APOSTROPHE else CONTRACTED.get(form, form)
    straight = word.translate(TIDY)
    plain = CLITIC.sub("", straight)
    capitals = CAPITALS.get(plain.upper() if "." in plain else plain)
    if capitals:
        return capitals
    form = casefolded(straight, language)
    if language[:2] in SUFFIX_AFTER_APOSTROPHE:
        return form.partition("'")[0] or form
    if form in CONTRACTED:
        return CONTRACTED[form]
    if form.endswith("n't"):
        return form.removesuffix("n't") + " not"
    return CLITIC.sub("", form).replace(".", "").translate(DASHES)


def casefolded(text: str, language: str) -> str:
    """The text without case; in Turkish and Azerbaijani, dotted and dotless i stay two letters."""
    if language[:2] in {"tr", "az"}:
        text = text.replace("I", "ı")
    return text.replace("İ", "i").casefold()
