"""The addresses of claims: an id that never changes and words that people can read."""

import re
import unicodedata

MAX_SLUG_CHARS = 60


def claim_path(claim_id: int, text: str) -> str:
    """The path of a claim's public page, such as "/claims/12-ankara-was-forced-to-buy"."""
    slug = slug_of(text)
    return f"/claims/{claim_id}-{slug}" if slug else f"/claims/{claim_id}"


def slug_of(text: str) -> str:
    """The text's words in ASCII, joined by hyphens and cut at a word; empty where no letter is Latin."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ß", "ss"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower().replace("'", ""))
    slug = "-".join(words)
    return slug if len(slug) <= MAX_SLUG_CHARS else slug[:MAX_SLUG_CHARS].rsplit("-", 1)[0]
