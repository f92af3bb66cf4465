"""How people search: words folded the same way on every engine, found anywhere in the folded text."""

import unicodedata

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import col

from claims.models import Claim
from claims.rows import storable

MAX_SEARCH_WORDS = 12
# SQLite refuses a pattern of more than 50,000 bytes.
MAX_SEARCH_CHARS = 500


def fold_for_search(text: str) -> str:
    """The text as it is searched: case, accents and the Turkish dotless i folded away."""
    # Some characters are capitals only once they are taken apart ("㎒"), so case is folded twice.
    unfolded = unicodedata.normalize("NFKD", storable(text).replace("ı", "i").casefold())
    decomposed = unicodedata.normalize("NFKD", unfolded.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def holds_words(search: str) -> ColumnElement[bool]:
    """A condition on claims: every word of the search occurs in the claim or its claimants."""
    words = fold_for_search(search[:MAX_SEARCH_CHARS]).split()[:MAX_SEARCH_WORDS]
    return and_(true(), *(col(Claim.search_text).contains(word, autoescape=True) for word in words))
