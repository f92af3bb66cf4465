"""Which news agency a story came from, so that a wire copy is counted once."""

import re
from collections.abc import Iterable

HEAD_CHARS = 600  # a standfirst may come before the dateline
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
# What an agency that is not listed calls itself in a byline.
AN_AGENCY = re.compile(
    r"\b(?:news|press) agency\b|\bhaber ajansı\b|\bnachrichtenagentur\b|\bagence de presse\b|\bagenzia di stampa\b"
    r"|\bagencia de noticias\b|\bagência de notícias\b",
    re.IGNORECASE,
)
SEVERAL = frozenset(("agencies", "news agencies", "wire services", "ajanslar", "agenturen", "agences", "agencias"))
SEVERAL_AGENCIES = "agencies"
# "ANKARA, Turkey (AP) —", "BRUSSELS (Reuters) -", "Berlin (dpa/lno) -", "İSTANBUL (AA) -"
DATELINE = re.compile(rf"^[^()\n]{{0,60}}\((?P<name>{ANY_NAME})(?:/[\w-]{{1,10}})?\)", re.MULTILINE)
# The same of any agency: "(CPA) —", "PORT ELLEN, Oct 3 (XYZ) -". The place is in capitals, and a dash follows.
CAPITALS = r"[^\W\d_a-zß-öø-ÿ]{2,}"
ANY_DATELINE = re.compile(
    rf"^(?:(?P<place>{CAPITALS}(?:[ -]{CAPITALS}){{0,3}})(?:,[^()\n]{{1,40}})?\s)?"
    rf"\((?P<name>{CAPITALS})\)\s?[—–-]{{1,2}}\s",
    re.MULTILINE,
)
MAX_ACRONYM_CHARS = 8
NO_AGENCY = frozenset((
    "ANALYSIS", "AUDIO", "CORRECTED", "EXCLUSIVE", "FEATURE", "FOTO", "LEAD", "LIVE", "OPINION", "PHOTO", "PHOTOS",
    "UPDATE", "UPDATED", "VIDEO",
))  # fmt: skip
# "LONDON, March 3 (Reuters)", "(dpa/AFP)", "Source: AFP", "© 2025 AFP", "With material from dpa"
CREDIT = re.compile(
    r"(?:\(|©\s?(?:\d{4}\s)?|\b(?:source|kaynak|quelle|fuente|fonte|agency|credit)\s?:\s?|[–—-]\s"
    r"|\bwith (?:(?:inputs?|reports?|reporting|material|files) )?(?:from |by )?(?:the )?)"
    rf"(?P<name>{ANY_NAME})\b(?:[/,]\s?\w{{2,8}}){{0,3}}(?: inputs?)?[).]?\W{{0,5}}$",
    re.IGNORECASE,
)
# A last line that is nothing but a credit: "(CPA)", "With agencies".
CREDIT_ALONE = re.compile(rf"^\W{{0,3}}\((?P<name>{CAPITALS})\)\W{{0,3}}$")
SEVERAL_ALONE = re.compile(
    r"^\W{0,3}(?:(?:with|source|sources|kaynak|quelle|avec|con|mit)\b:?\s)?(?:reports? from )?(?:the )?"
    rf"(?:{'|'.join(sorted(SEVERAL))})\W{{0,3}}$",
    re.IGNORECASE,
)


def origin_of(text: str, authors: Iterable[str] = (), outlet_name: str | None = None) -> str | None:
    """The agency that the byline, the dateline or a closing credit line names; None for an outlet's own story.

    An agency's own site is no wire copy of itself only by name: AP on apnews.com is still "AP". An agency that is not
    listed is named as the page writes it, where it stands as only agencies do; several at once are "agencies".
    """
    for name in (*authors, outlet_name or ""):
        if agency := agency_named(name):
            return agency
    return origin_in_dateline(text[:HEAD_CHARS]) or origin_in_credit(text.rpartition("\n")[2].strip())


def agency_named(name: str) -> str | None:
    """The agency that a byline names whole, or None."""
    if name.casefold() in SEVERAL:
        return SEVERAL_AGENCIES
    return NAMED.get(name.casefold()) or (name if AN_AGENCY.search(name) else None)


def origin_in_dateline(head: str) -> str | None:
    """The agency in brackets at the beginning of a paragraph, or None."""
    if match := DATELINE.search(head):
        return NAMED[match["name"].casefold()]
    unlisted = (match for match in ANY_DATELINE.finditer(head) if is_upper(match["place"] or ""))
    return next((match["name"] for match in unlisted if is_acronym(match["name"])), None)


def origin_in_credit(last_line: str) -> str | None:
    """The agency that the text's last line ends with, or None."""
    if match := CREDIT.search(last_line[-CREDIT_CHARS:]):
        return NAMED[match["name"].casefold()]
    if SEVERAL_ALONE.match(last_line[:CREDIT_CHARS]):
        return SEVERAL_AGENCIES
    match = CREDIT_ALONE.match(last_line[:CREDIT_CHARS])
    return match["name"] if match and is_acronym(match["name"]) else None


def is_acronym(name: str) -> bool:
    """Whether an unlisted name in capitals may be an agency's: short, and no label of another kind."""
    return len(name) <= MAX_ACRONYM_CHARS and name not in NO_AGENCY and is_upper(name)


def is_upper(text: str) -> bool:
    """Whether no letter of the text is small, in whatever alphabet."""
    return not any(character.islower() for character in text)
