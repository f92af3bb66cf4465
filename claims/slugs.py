"""The addresses of claims: an id that never changes and words that people can read, in any script."""

import unicodedata
from functools import lru_cache
from urllib.parse import quote

MAX_SLUG_CHARS = 60
# A letter outside ASCII is two to four bytes, and three times as many characters once a link encodes it.
MAX_SLUG_BYTES = 120
# What stands within a word and is none of its letters; every other character of no word parts two.
JOINING = frozenset("'’ʼ״׳[]")
PARTING_CONTROLS = frozenset("\u200b\u200c")
# Letters and marks that show nothing (Default_Ignorable_Code_Point of Unicode).
INVISIBLE = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0))
) | frozenset(map(chr, range(0xFE00, 0xFE10)))
# Classes of marks (Unicode, table 4.3) that may be left out: points and accents that stand beside whole letters. The
# others are vowels and the like, without which a word in Hindi or Thai is another.
HEBREW_AND_ARABIC_POINTS = range(10, 36)
ACCENTS = range(200, 256)
OVERLAY = 1


def claim_path(claim_id: int, text: str) -> str:
    """The path of a claim's public page, such as "/claims/12-ankara-was-forced-to-buy", percent-encoded for links."""
    slug = slug_of(text)
    return f"/claims/{claim_id}-{quote(slug)}" if slug else f"/claims/{claim_id}"


def slug_of(text: str) -> str:
    """The text's words in lower case, joined by hyphens and cut at a word; empty where there is no letter or digit.

    They are letters and digits of any script and their vowel signs, in NFKC, and nothing else: no control that turns
    the writing round or shows nothing, nor what means something in an address.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    words = "".join(map(in_a_slug, folded)).split()
    shown = (unicodedata.normalize("NFC", without_first_marks(word)) for word in words)
    return cut("-".join(word for word in shown if word))


# An export names thousands of claims, and most of their characters are the same few.
@lru_cache(maxsize=4096)
def in_a_slug(char: str) -> str:
    """The character where it belongs to a word, nothing where it stands within one unseen, else a space."""
    category = unicodedata.category(char)
    if char in INVISIBLE or char in JOINING:
        return ""
    if category[0] == "L" or category == "Nd":
        return char
    if category[0] == "M":
        return char if is_vowel_sign(char) else ""
    return "" if category == "Cf" and char not in PARTING_CONTROLS else " "


def is_vowel_sign(mark: str) -> bool:
    """Whether a mark is needed to read the word."""
    kind = unicodedata.combining(mark)
    is_left_out = kind in HEBREW_AND_ARABIC_POINTS or kind in ACCENTS or kind == OVERLAY
    return unicodedata.category(mark) != "Me" and ord(mark) < 0xE0000 and not is_left_out


def without_first_marks(word: str) -> str:
    """The word from its first letter or digit on: a mark that stands before it would join the hyphen."""
    while word and unicodedata.category(word[0])[0] == "M":
        word = word[1:]
    return word


def cut(slug: str) -> str:
    """As many whole words of the slug as there is room for; the beginning of the first where that is too long."""
    end = min(len(slug), MAX_SLUG_CHARS)
    while len(slug[:end].encode()) > MAX_SLUG_BYTES:
        end -= 1
    head = slug[:end]
    if end == len(slug) or slug[end] == "-" or "-" not in head:
        return head
    return head.rpartition("-")[0]
