"""The Turkish language pack: quotations and "…diğini söyledi", a first set of rules."""

from collections.abc import Sequence

from scrapers.statements.pack import LanguagePack, References
from scrapers.statements.spans import Token
from scrapers.statements.tr.clauses import attributions, claimant_before
from scrapers.statements.wordlists import word_set


def no_phrase(tokens: Sequence[Token], end: int) -> None:
    """No phrase: Turkish has no relative pronouns to look behind."""


PACK = LanguagePack(
    language="tr",
    attributions=attributions,
    phrase_before=no_phrase,
    clause_subject=claimant_before,
    references=References(
        persons={"o": False, "onun": True},
        things={},
        groups={"onlar": False, "onların": True},
        speakers={"ben": False, "biz": False, "bizim": True, "benim": True},
        relatives=frozenset(),
        definite_articles=frozenset(),
        titles=word_set(
            "bakan bakanı başkan başkanı cumhurbaşkanı başbakan sözcü sözcüsü müdür müdürü vali valisi genel dışişleri "
            "içişleri savunma milletvekili büyükelçi büyükelçisi yardımcısı prof. dr. lideri sekreteri"
        ),
        organisations=word_set(
            "hükümet hükümeti bakanlığı bakanlık partisi parti meclis meclisi kurumu ajansı şirketi üniversitesi "
            "derneği birliği mahkemesi bankası belediyesi ordusu"
        ),
        plurals=word_set("yetkililer yetkilileri uzmanlar kaynaklar"),
        possessive_suffix="",
    ),
    doubtful=word_set("belki umarım inşallah güzel kötü keşke muhtemelen"),
    drops_subjects=True,
)
