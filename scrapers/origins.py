"""Which news agency a story came from, so that a wire copy is counted once."""

import re
from collections.abc import Iterable

HEAD_CHARS = 300
CREDIT_CHARS = 120

# The name that we keep, and how bylines, datelines and credits write it.
AGENCIES = {
    "AP": ("AP", "Associated Press", "The Associated Press", "AP News"),
    "Reuters": ("Reuters", "Thomson Reuters"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "Anadolu Agency": ("Anadolu Agency", "Anadolu Ajansı", "Anadolu", "AA"),
    "DHA": ("DHA", "Demirören Haber Ajansı", "Demirören News Agency"),
    "İHA": ("İHA", "IHA", "İhlas Haber Ajansı", "Ihlas News Agency"),
    "ANKA": ("ANKA", "ANKA Haber Ajansı"),
    "dpa": ("dpa", "dpa-AFX", "Deutsche Presse-Agentur"),
    "APA": ("APA", "Austria Presse Agentur"),
    "SDA": ("SDA", "Keystone-SDA"),
    "SID": ("SID", "Sport-Informations-Dienst"),
    "ANSA": ("ANSA",),
    "EFE": ("EFE", "Agencia EFE"),
    "Europa Press": ("Europa Press",),
    "PA Media": ("PA Media", "Press Association"),
    "UPI": ("UPI", "United Press International"),
    "TASS": ("TASS", "ТАСС"),
    "Interfax": ("Interfax", "Интерфакс"),
    "Xinhua": ("Xinhua", "新华社"),
    "Kyodo": ("Kyodo", "Kyodo News", "共同通信"),
    "Yonhap": ("Yonhap", "연합뉴스"),
    "Bloomberg": ("Bloomberg",),
    "ANP": ("ANP",),
    "Belga": ("Belga",),
    "NTB": ("NTB",),
    "TT": ("TT",),
    "Ritzau": ("Ritzau",),
    "CNA": ("CNA",),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI",),
}
NAMED = {written.casefold(): agency for agency, names in AGENCIES.items() for written in names}
ANY_NAME = "|".join(
    re.escape(name) for name in sorted({n for names in AGENCIES.values() for n in names}, key=len, reverse=True)
)
# "ANKARA, Turkey (AP) —", "BRUSSELS (Reuters) -", "Berlin (dpa/lno) -", "İSTANBUL (AA) -"
DATELINE = re.compile(rf"^[^()\n]{{0,60}}\((?P<name>{ANY_NAME})(?:/[\w-]{{1,10}})?\)", re.MULTILINE)
# "LONDON, March 3 (Reuters)", "(AA)", "Source: AFP", "© 2025 AFP", "With material from dpa"
CREDIT = re.compile(
    rf"(?:\(|©\s?(?:\d{{4}}\s)?|\b(?:source|kaynak|quelle|fuente|fonte|agency|credit)\s?:\s?|[–—-]\s)(?P<name>{ANY_NAME})\b[).]?\W*$",
    re.IGNORECASE,
)


def origin_of(text: str, authors: Iterable[str] = (), outlet_name: str | None = None) -> str | None:
    """The agency that the byline, the dateline or a closing credit line names; None for an outlet's own story.

    An agency's own site is no wire copy of itself only by name: AP on apnews.com is still "AP".
    """
    for name in (*authors, outlet_name or ""):
        if agency := NAMED.get(name.casefold()):
            return agency
    if match := DATELINE.search(text[:HEAD_CHARS]):
        return NAMED[match["name"].casefold()]
    last = text.rpartition("\n")[2]
    if match := CREDIT.search(last[-CREDIT_CHARS:]):
        return NAMED[match["name"].casefold()]
    return None
