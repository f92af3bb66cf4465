"""Which language a text is in: what the page says, checked against the words that it uses."""

import re
from collections import Counter

UNKNOWN = "und"
TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?(?:[-_.][a-z0-9._-]*)?", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
SAMPLE_CHARS = 5_000
MIN_WORDS = 20
# The share of function words that running text of the language has at least, and its lead over the next language.
MIN_SHARE = 0.12
MIN_LEAD = 1.5

# Function words that are frequent in one of these languages and rare or missing in the others.
FUNCTION_WORDS = {
    "en": "the of and to that was for with is it on as by at from his he has have this are be not who which",
    "tr": "ve bir bu için ile da de olarak daha çok gibi olan sonra kadar ise dedi ancak her göre en ki ne",
    "de": "der die und das den nicht von mit ist des sich auf für dem ein eine zu auch als wird bei nach",
    "fr": "le les des et est une du dans que qui pour sur pas par plus avec sont cette il ce au ont aux",
    "es": "el los las que del una por con para como más pero sus sobre este fue también su ha ser al es",
    "it": "il che di della per non una sono con dei anche più nel alla gli del ha delle si le è come",
    "pt": "o os da do não uma que em para com por mais dos das ao foi como são mas pelo no na se à",
    "nl": "de het een van en dat niet voor met zijn op te ook aan maar bij uit wordt hij er om naar",
    "sv": "och att det som är på för av inte med den till har ett om var han från men kan så vid",
    "da": "og at det er på for af ikke med den til har et som de han fra men kan ved også en der",
    "no": "og å det er på for av ikke med den til har et som de han fra men kan ved også en seg",
    "pl": "w na się nie że z do jest to jak o od ale po co są przez dla został tym tego być za już",
    "ru": "и в на не что с по как это из за но он для от его к его был при так до же",
    "uk": "і в на не що з по як це із за але він для від його до та у був про ще",
    "ar": "في من على إلى أن عن التي الذي مع هذا هذه كان بعد قال ما لا كما بين",
}
PROFILES = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}


def language_of(text: str, declared: str = "") -> str:
    """The text's language as a BCP 47 tag, or "und".

    A declared tag ("en_US", "tr-TR.UTF-8") is believed unless the words speak clearly for another language, as they
    do where an outlet left its template's language in place.
    """
    tag = language_tag(declared)
    seen = language_by_words(text)
    if seen is None:
        return tag
    return tag if tag.partition("-")[0] == seen or {tag[:2], seen} <= {"nb", "nn", "no", "da"} else seen


def language_tag(declared: str) -> str:
    """The tag in BCP 47's usual letters, such as "en-US"; "und" where it is none."""
    match = TAG.fullmatch(declared.strip())
    if not match or match[1].lower() == "utf":
        return UNKNOWN
    region = match[2] or ""
    return match[1].lower() + (f"-{region.upper() if len(region) == 2 else region.title()}" if region else "")


def language_by_words(text: str) -> str | None:
    """The language whose function words the text is clearly full of, or None."""
    words = [word.casefold() for word in WORD.findall(text[:SAMPLE_CHARS])]
    if len(words) < MIN_WORDS:
        return None
    counts = Counter(words)
    shares = sorted(
        ((sum(counts[word] for word in profile) / len(words), language) for language, profile in PROFILES.items()),
        reverse=True,
    )
    (best, language), (second, _) = shares[:2]
    return language if best >= MIN_SHARE and best >= MIN_LEAD * second else None
