"""Addresses of claims: an id for good, and words that people can read."""

import re
import unicodedata
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.slugs import INVISIBLE, MAX_SLUG_BYTES, MAX_SLUG_CHARS, claim_path, slug_of

# What turns writing round or shows nothing: marks of direction, embeddings, isolates, joiners, fillers.
UNSEEN = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060\ufeff\u00ad"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ankara was forced to buy the S-400.", "ankara-was-forced-to-buy-the-s-400"),
        ("Işık, İstanbul'da çöktü", "işık-istanbulda-çöktü"),
        ("Straße und Größe", "straße-und-größe"),
        ("the <b>removal</b> was “unjust”", "the-b-removal-b-was-unjust"),
        ("[the Varn Dam]’s gates [were] shut", "the-varn-dams-gates-were-shut"),
        ("انهيار المحادثات، كما قالت أنقرة", "انهيار-المحادثات-كما-قالت-أنقرة"),
        ("اِنْهَارَت المُحادَثات", "انهارت-المحادثات"),
        ("השיחות קרסו, אמר צה״ל", "השיחות-קרסו-אמר-צהל"),
        ("Η ΑΘΗΝΑ αγόρασε 40 τανκς", "η-αθηνα-αγόρασε-40-τανκς"),
        ("Анкару вынудили купить С-400", "анкару-вынудили-купить-с-400"),
        ("अंकारा को ख़रीदना पड़ा", "अंकारा-को-ख़रीदना-पड़ा"),
        ("آنکارا می\u200cخواهد", "آنکارا-می-خواهد"),
        ("ประเทศไทยซื้อเรือ", "ประเทศไทยซื้อเรือ"),
        ("安卡拉被迫购买", "安卡拉被迫购买"),
        ("ＡＮＫＡＲＡ paid ﬁve million", "ankara-paid-five-million"),
        ("℡ ㎏ 5", "tel-kg-5"),
        ("۴۰ فروند", "۴۰-فروند"),
        ("../../etc/passwd?a=b#c", "etc-passwd-a-b-c"),
        ("．．／．．／etc ℀ a․b", "etc-a-c-a-b"),
        ("Z̸̧̢a̵͢l͏g̷o", "zalgo"),
        ("\u0301accent \u093fvowel", "accent-vowel"),
        (f"un{UNSEEN[:11]}just", "unjust"),
        ("!!! … 🙂", ""),
    ],
)
def test_a_slug_is_the_texts_words_in_its_own_script(text: str, slug: str) -> None:
    assert slug_of(text) == unicodedata.normalize("NFC", slug)


@pytest.mark.parametrize(("word", "most"), [("removal", 7), ("المحادثات", 6), ("переговоры", 5)])
def test_a_long_slug_ends_with_a_whole_word(word: str, most: int) -> None:
    slug = slug_of(f"{word} " * 20)

    assert slug == "-".join([word] * most)


@pytest.mark.parametrize(("text", "chars"), [("a" * 99, MAX_SLUG_CHARS), ("塔" * 99, MAX_SLUG_BYTES // 3)])
def test_a_single_word_is_cut_where_it_is_too_long(text: str, chars: int) -> None:
    assert slug_of(text) == text[:chars]


def test_a_word_that_ends_where_the_room_does_stays_whole() -> None:
    assert slug_of(f"{'a' * 29} {'b' * 30} c") == f"{'a' * 29}-{'b' * 30}"


def test_a_claim_without_any_letter_is_reached_by_its_id() -> None:
    assert claim_path(12, "…") == "/claims/12"
    assert claim_path(12, "Its removal") == "/claims/12-its-removal"
    assert claim_path(12, "انهيار") == f"/claims/12-{quote('انهيار')}"


@given(st.text() | st.text(alphabet=UNSEEN + "/.\\%?#-_aİ߷क़ि\u0301\u3164\ufe0f"))
def test_any_text_makes_a_path_of_readable_words_alone(text: str) -> None:
    path = claim_path(7, text)

    assert re.fullmatch(r"/claims/7(-([a-z0-9]|%[0-9A-F]{2})+)*", path)
    slug = unquote(path, errors="strict").removeprefix("/claims/7").removeprefix("-")
    assert slug == slug_of(text)
    assert len(slug) <= MAX_SLUG_CHARS
    assert len(slug.encode()) <= MAX_SLUG_BYTES
    for word in slug.split("-") if slug else []:
        assert {unicodedata.category(char)[0] for char in word} <= {"L", "N", "M"}
        assert unicodedata.category(word[0])[0] != "M"
        assert not INVISIBLE & set(word)
