"""The language packs: what finding and wording statements needs to know of one language.

A pack is a folder of this package with a PACK in its __init__.py; adding one means adding it to PACKS.
"""

from scrapers.statements.en import PACK as ENGLISH
from scrapers.statements.pack import LanguagePack, quotations_only
from scrapers.statements.tr import PACK as TURKISH

PACKS = {pack.language: pack for pack in (ENGLISH, TURKISH)}


def pack_for(language: str) -> LanguagePack:
    """The pack of a BCP 47 tag's language; one that finds direct quotations alone where there is none."""
    base = language.partition("-")[0].lower()
    return PACKS.get(base) or quotations_only(base)
