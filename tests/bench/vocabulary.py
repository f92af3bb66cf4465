"""The words of the generated statements, the commonest of each list first, and names put together from parts.

Written for this benchmark. Ordinary words come from closed lists, as in a language; people, places, companies and
figures are open, as in the news, so that rare words keep turning up however many texts are made.
"""

from random import Random


def listed(text: str) -> list[str]:
    """The words of a list, or its phrases where bars part them."""
    return text.strip().replace("\n", "|").split("|") if "|" in text else text.split()


FIRST_NAMES = listed("""
John Maria David Anna Michael Sarah James Elena Robert Laura Ahmed Karen Peter Fatma Thomas Linda Mehmet Susan Paul
Ayşe Mark Julia Daniel Irina Hassan Claire Victor Leyla George Nadia Simon Ingrid Omar Ruth Carlos Helen Ivan Grace Luca
Marta Kemal Alice Hugo Zeynep Felix Priya Anton Rosa Edgar Mina Oskar Selma Jonas Vera Emre Tilda Bruno Yara Casper Noor
""")

NAME_STEMS = listed("""
Ash Brook Carl Dun East Fair Gar Hart Iver Kings Lang Mar Nor Oak Pem Rad Sel Thorn Under Wal Alder Bram Crom Dray Elm
Fen Glen Hol Ing Jar Kel Lyn Mil Nether Orm Pres Quarn Rush Stan Tam Up Vin West Yar Black Cold Deer Ever Fox Grim High
Kirk Lox Mere New Ot Pool Raven Sand Tel Whit Amber Birch Cedar Dove Egret Flint Gorse Hazel Ivy Juniper
""")
PERSON_ENDINGS = listed("ton well ley man ford son field wood worth more by er ridge shaw cott stone lin dale low ham")
TOWN_ENDINGS = listed("""
ton ford ville burg bridge port haven mouth field minster ham stead chester wick stoke bury thorpe cross combe pool gate
""")
COMPANY_ENDINGS = listed("Energy Foods Steel Airlines Bank Motors Pharma Telecom Shipping Mining Media Chemicals Rail")

COUNTRIES = listed("""
Turkey Russia Germany France China Britain India Brazil Canada Japan Italy Spain Poland Ukraine Greece Egypt Iran Israel
Mexico Sweden Norway Kenya Nigeria Chile Peru Portugal Austria Hungary Romania Bulgaria Finland Denmark Belgium Morocco
Tunisia Algeria Jordan Lebanon Qatar Georgia Armenia Serbia Croatia Albania Vietnam Thailand Malaysia Indonesia Ghana
Senegal Ecuador Uruguay Iceland Latvia Estonia Slovakia Slovenia Cyprus Malta Nepal Mongolia
""")

OFFICES = listed("""
government|parliament|finance ministry|health ministry|interior ministry|supreme court|central bank|city council
defence ministry|police|education ministry|statistics office|election commission|transport ministry|trade ministry
foreign ministry|energy regulator|tax office|food agency|coast guard|farm ministry|customs office|housing agency
labour office|space agency|weather service|audit court|rail authority|port authority|fisheries board|water board
""")

ROLES = listed("""
president|minister|mayor|spokesman|governor|senator|judge|director|ambassador|chairwoman|union leader|general|professor
police chief|banker|lawmaker|doctor|party leader|adviser|prosecutor|mediator|economist|bishop|farmer|headteacher|coach
""")

PROJECTS = listed("""
hospital|school|bridge|power plant|railway line|airport|tax reform|pension reform|housing scheme|border post|dam
trade deal|pipeline|budget|ceasefire|missile system|prison|stadium|vaccine programme|university|data centre|harbour
motorway|solar farm|tram line|refugee camp|steelworks|visa scheme|wind farm|library|reservoir|tunnel|fishing quota
satellite|job centre|court house|fire station|recycling plant|cycle path|opera house|bus fleet|archive|ferry|barracks
""")

GOODS = listed("""
oil gas wheat cars steel weapons medicines food fuel electricity rice coal fruit machinery milk timber phones clothes
copper fertiliser cotton maize beef sugar cement tyres chips ships batteries tractors fish olives coffee tea wine salt
paper glass furniture shoes toys bicycles drones turbines bricks honey wool tobacco peaches almonds lentils
""")

PEOPLE = listed("""
people workers children voters patients teachers soldiers refugees students farmers police pensioners drivers nurses
families tourists prisoners doctors miners households migrants protesters passengers engineers fishermen volunteers
apprentices tenants shopkeepers pilots firefighters judges librarians gardeners carpenters beekeepers
""")

MEASURES = listed("""
unemployment|inflation|crime|rents|wages|exports|imports|taxes|public debt|petrol prices|air pollution|food prices
births|road deaths|tourism|interest rates|school results|water use|house prices|poverty|knife crime|steel output
car sales|hospital waiting times|electricity bills|emissions|bankruptcies|burglaries|grain stocks|fish catches
""")

CAUSES = listed("""
flood|fire|strike|storm|explosion|drought|power cut|earthquake|protest|cyber attack|heatwave|landslide|shortage
train crash|outbreak|oil spill|avalanche|blockade|recall|hailstorm|mine collapse|gas leak|locust swarm|frost
""")

WEEKDAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = listed("March June September January May October April November February July December August")
MANNERS = listed("quickly quietly again officially openly reluctantly unanimously secretly twice abruptly")
KINDS = listed("""
new public old national local foreign private military cheap rural emergency second joint northern temporary regional
controversial modern planned southern disputed coastal half-finished smaller eastern underground floating solar-powered
""")


def common_first(dice: Random, words: list[str]) -> str:
    """One of the words, each about in inverse proportion to its place in the list (Zipf's law)."""
    return words[int((len(words) + 1) ** dice.random()) - 1]


def person(dice: Random) -> str:
    """A first name and a surname."""
    return f"{common_first(dice, FIRST_NAMES)} {compound(dice, PERSON_ENDINGS)}"


def town(dice: Random) -> str:
    """The name of a town; one in five is a part of a larger one."""
    part = f"{common_first(dice, ['North', 'South', 'Upper', 'Lower', 'Old'])} " if dice.random() < 0.2 else ""
    return part + compound(dice, TOWN_ENDINGS)


def company(dice: Random) -> str:
    """The name of a company."""
    return f"{compound(dice, PERSON_ENDINGS)} {common_first(dice, COMPANY_ENDINGS)}"


def compound(dice: Random, endings: list[str]) -> str:
    """A proper name of a stem or two and an ending."""
    middle = common_first(dice, NAME_STEMS).lower() if dice.random() < 0.25 else ""
    return common_first(dice, NAME_STEMS) + middle + common_first(dice, endings)


def figure(dice: Random) -> str:
    """A number as news write it: small ones more often, large ones round."""
    size = int(10 ** (0.3 + 4.7 * dice.random()))
    if size < 100:
        return str(size)
    if dice.random() < 0.2:
        return f"{1 + size % 90 / 10:.1f} million"
    return f"{size:,}" if dice.random() < 0.4 else f"{round(size, -2):,}"


def percentage(dice: Random) -> str:
    """A share in per cent."""
    return f"{dice.randrange(1, 600) / 10:.1f}" if dice.random() < 0.5 else str(dice.randrange(1, 90))


def year(dice: Random) -> str:
    """A year, mostly a late one."""
    return str(2026 - int(40 ** dice.random()))


def day(dice: Random) -> str:
    """A day of a month."""
    return f"{dice.randrange(1, 29)} {common_first(dice, MONTHS)}"
