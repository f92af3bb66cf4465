"""The language packs: what finding and wording statements needs to know of one language.

A pack is a folder of this package with a PACK in its __init__.py; adding one means adding it to PACKS.
"""

from dataclasses import replace

from scrapers.statements.en import PACK as ENGLISH
from scrapers.statements.models import Models, base_of, shipped_models
from scrapers.statements.pack import LanguagePack, quotations_only
from scrapers.statements.tr import PACK as TURKISH

PACKS = {pack.language: pack for pack in (ENGLISH, TURKISH)}


def pack_for(language: str, models: Models | None = None) -> LanguagePack:
    """The pack of a BCP 47 tag's language; one that finds direct quotations alone where there is none.

    It uses the models given, or those that ship.
    """
    base = base_of(language)
    pack = PACKS.get(base) or quotations_only(base)
    return replace(pack, models=shipped_models(base) if models is None else models)
