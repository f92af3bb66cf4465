"""Numbers with their units, years and dates, each in one form however it was written."""

import re
from decimal import Decimal
from typing import Final

from claims.matching.folding.clock import CLOCK, MINUTES, clock_form, is_clock
from claims.matching.folding.spelled import NUMBER_IN_WORDS, SPELLED, place_form, small, spelled_value

# Languages that write 3,5 for three and a half and 1.000 for a thousand.
DECIMAL_COMMA: Final = frozenset(
    [
        "az",
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "fi",
        "fr",
        "hr",
        "hu",
        "id",
        "it",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sl",
        "sr",
        "sv",
        "tr",
        "uk",
        "vi",
    ]
)

MAGNITUDES: Final = {
    "dozen": 12,
    "hundred": 100,
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mln", "million", "millions", "milyon"), 10**6),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions", "milyar"), 10**9),
    **dict.fromkeys(("tn", "trn", "trillion", "trillions", "trilyon"), 10**12),
}
UNITS: Final = {
    **dict.fromkeys(("%", "٪", "percent", "per cent", "pct"), "%"),
    **dict.fromkeys(("$", "us$", "dollar", "dollars", "usd", "dolar"), "$"),
    **dict.fromkeys(("€", "euro", "euros", "eur", "avro"), "€"),
    **dict.fromkeys(("£", "gbp", "pounds sterling"), "£"),
    **dict.fromkeys(("₺", "lira", "liras", "tl"), "₺"),
    **dict.fromkeys(("¥", "yen"), "¥"),
    **dict.fromkeys(("₹", "rupee", "rupees"), "₹"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles"), "₽"),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), "km"),
    **dict.fromkeys(("km/h", "kph", "kmh", "km per hour", "kilometers per hour", "kilometres per hour"), "km/h"),
    **dict.fromkeys(("meter", "meters", "metre", "metres"), "m"),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("°", "°c", "° c", "degree", "degrees", "degrees celsius", "degrees centigrade"), "°"),
    **dict.fromkeys(("°f", "° f", "degrees fahrenheit"), "°F"),
}
# Most numbers in words are one word.
SPELLED_FORMS: Final = {form: str(value) for word, value in SPELLED.items() for form in (word, word.title())}
MOST_QUICK_DIGITS: Final = 15
CURRENCIES: Final = frozenset("$€£¥₺₹₽")
MONTHS: Final = {
    name: month
    for month in (
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
    for name in (month, month[:3], "sept" if month == "september" else month)
}


def one_of(words: dict[str, str] | dict[str, int]) -> str:
    """A pattern for any of the words, the longest first; what begins with no letter of theirs is not tried."""
    firsts = "".join(sorted({re.escape(word[0]) for word in words}))
    tried = "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in sorted(words, key=len, reverse=True))
    return f"(?=[{firsts}])(?:{tried})"


MONTH: Final = "|".join(sorted((name.title() for name in MONTHS), key=len, reverse=True))
MONTH_NAMES: Final = tuple(dict.fromkeys(MONTHS.values()))
# Behind a day these are months in any text: Turkish and German with their capitals, French and Spanish with or without.
MONTHS_ABROAD: Final = {
    name: MONTH_NAMES[number]
    for names, is_small in (
        ("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık", False),
        ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember", False),
        ("Janvier Février Mars Avril Mai Juin Juillet Août Septembre Octobre Novembre Décembre", True),
        ("Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre", True),
    )
    for number, title in enumerate(names.split())
    for name in ((title, title.lower()) if is_small else (title,))
    if title.lower() not in MONTHS
}
MONTH_ABROAD: Final = "|".join(sorted(MONTHS_ABROAD, key=len, reverse=True))
YEAR_BEHIND: Final = r"(?=(?:1[5-9]|20)\d\d(?!\w|\.\d))"
# Of dates in digits, those are read that leave no doubt: 04.05.2019 and 25/5/2019, but not 4/5/2019.
DAY_IN_DIGITS, MONTH_IN_DIGITS, LATE_DAY = "(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])", "(?:1[3-9]|2\\d|3[01])"
DATE: Final = (
    rf"(?=[ADFJMNOS])(?P<month>{MONTH})\.?\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\w%])"
    rf"|(?=\d)(?<![\w.])(?:(?P<day_first>[0-3]?\d)(?:(?:st|nd|rd|th)?\s(?:of\s)?|\.\s(?=\w+\s(?:19|20)\d\d))"
    rf"(?P<month_last>{MONTH})\b"
    rf"|(?P<day_abroad>[0-3]?\d)(?:\.|er)?\s(?:de\s)?(?P<month_abroad>{MONTH_ABROAD})\b(?:['\u2019][^\W\d_]+)?"
    rf"|(?P<day_dotted>{DAY_IN_DIGITS})\.(?P<month_dotted>{MONTH_IN_DIGITS})\.{YEAR_BEHIND}"
    rf"|(?P<day_slashed>{LATE_DAY})/(?P<month_slashed>{MONTH_IN_DIGITS})/{YEAR_BEHIND}"
    rf"|(?P<month_before>{MONTH_IN_DIGITS})/(?P<day_behind>{LATE_DAY})/{YEAR_BEHIND})"
)
# A sign belongs to the number right behind it: "5-7", "5 -7" and " - 5" have none. "Eksi" is the Turkish "minus", and
# "plus" is a sign where it is warm.
MINUS: Final = r"(?<![\w.)\]%])(?<!\d\s)[-\u2013\u2212](?=[$€£¥₺₹]?\d)|(?:minus|eksi)\s"
PLUS: Final = r"(?<!\d\s)plus\s(?=[\w.,]+\s?(?:°|degree))"
# "330m" is 330 metres before these words; elsewhere it is millions.
METRES: Final = r"m(?=\s(?:tall|high|long|wide|deep|thick|below|underwater|sprint|hurdles|freestyle|dash|race|relay)\b)"
# "3 1/2" and "3-5/8". What was written in one character is "1⁄2" in NFKC, and "31⁄2" behind a 3.
SLASH: Final = r"[/\u2044]"
FRACTION: Final = (
    rf"(?:1{SLASH}(?:[2-9]|10|16)|2{SLASH}[3579]|3{SLASH}(?:[4578]|10|16)|4{SLASH}[579]|5{SLASH}[6-9]|6{SLASH}7"
    rf"|7{SLASH}(?:[89]|10)|8{SLASH}9)(?![\d/\u2044])"
)
NUMBER: Final = rf"""(?xi:(?:(?<![\w.])|(?<=\d\.){YEAR_BEHIND})
    (?:(?=[-\u2013\u2212mep])(?:(?P<minus>{MINUS})|{PLUS}))?
    (?:(?P<currency>US\$|[$€£¥₺₹])\s?)?
    (?:(?P<part>(?=\d\u2044){FRACTION})
      |(?P<digits>[012]?\d{MINUTES}|\d+(?:[.,]\d+)*)(?!\u2044)(?:(?:[\s-]|(?=\d\u2044))(?P<fraction>{FRACTION}))?
      |(?P<words>{NUMBER_IN_WORDS}|(?:(?<=minus\s)one|one(?=[\s-]?{one_of(UNITS)}(?!\w)))\b)
    )
    (?P<half>\sand\sa\shalf)?
    (?:[\s-]?(?!{METRES})(?P<magnitude>{one_of(MAGNITUDES)})(?!\w))?
    (?P<plus>\+)?
    (?:[\s-]?(?:(?P<clock>{CLOCK})|(?P<unit>{one_of(UNITS)}|{METRES})))?
    (?!\w))"""


def date_form(match: re.Match[str]) -> str:
    """The day of a matched DATE as "10-june"."""
    if name := match["month"] or match["month_last"]:
        return f"{int(match['day'] or match['day_first'])}-{MONTHS[name.lower()]}"
    if match["month_abroad"]:
        return f"{int(match['day_abroad'])}-{MONTHS_ABROAD[match['month_abroad']]}"
    day = match["day_dotted"] or match["day_slashed"] or match["day_behind"]
    month = match["month_dotted"] or match["month_slashed"] or match["month_before"]
    return f"{int(day)}-{MONTH_NAMES[int(month) - 1]}"


def number_form(match: re.Match[str], language: str) -> str:
    """A matched NUMBER as plain digits with its unit and a minus: "3.5%", "$2000000000", "100+", "-5".

    A time of day is "19:00".
    """
    number = match[0]
    if number in SPELLED_FORMS:
        return SPELLED_FORMS[number]
    if len(number) <= MOST_QUICK_DIGITS and number.isascii() and number.isdigit():
        return str(int(number))
    if is_clock(match, language):
        return clock_form(number, language)
    if match["words"] and (place := place_form(number)):
        return place
    amount = amount_of(match, language)
    unit_words = small(match["currency"] or match["unit"] or "").split()
    unit = UNITS.get(" ".join(unit_words)) or "".join(unit_words)
    minus, plus = "-" if match["minus"] else "", match["plus"] or ""
    return f"{minus}{unit}{amount}{plus}" if unit in CURRENCIES else f"{minus}{amount}{plus}{unit}"


def is_year(form: str) -> bool:
    """Whether a number's form is a bare year of this or the last century."""
    return len(form) == 4 and form.isascii() and form.isdigit() and form[:2] in {"19", "20"}


def amount_of(match: re.Match[str], language: str) -> str:
    """The matched number's value in plain decimal digits, no zeros behind the point."""
    if match["part"]:
        value = fraction_of(match["part"])
    elif match["digits"]:
        value = value_of(match["digits"], decimal_comma=language[:2] in DECIMAL_COMMA)
    else:
        value = spelled_value(match["words"])
    if match["fraction"]:
        value += fraction_of(match["fraction"])
    if match["half"]:
        value += Decimal("0.5")
    if match["magnitude"]:
        value *= MAGNITUDES[small(match["magnitude"])]
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fraction_of(fraction: str) -> Decimal:
    """The value of what FRACTION matches, with four digits."""
    part, whole = re.split(SLASH, fraction)
    return round(Decimal(part) / Decimal(whole), 4)


def value_of(digits: str, *, decimal_comma: bool) -> Decimal:
    """The value of digits with commas and full stops, which part thousands or decimals.

    Both kinds: the last is the decimal sign. One kind, more than once: thousands. One sign with three digits
    behind it: the language decides. Anything else is a decimal sign.
    """
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return Decimal(digits)
    sign, whole, rest = digits[last], digits[:last], digits[last + 1 :]
    thousands_sign = "." if decimal_comma else ","
    is_mixed = {",", "."} <= set(digits)
    is_thousands = len(rest) == 3 and sign == thousands_sign and whole.lstrip("0") != ""
    if not is_mixed and (sign in whole or is_thousands):
        return Decimal(digits.replace(sign, ""))
    return Decimal(f"{whole.replace(',', '').replace('.', '')}.{rest}")
