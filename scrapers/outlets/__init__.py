"""The outlets whose pages the general reading cannot know: a small file of rules for each, and which rules come first.

Adding one means adding it to OUTLETS. Rules live in the package alone: what an article's extracted_by names is then
one thing in every newsroom, and each rule is held to a page of its own in the test suite.
"""

from datetime import date

from scrapers.addresses import parse
from scrapers.errors import FetchRefused
from scrapers.outlets.causeway_brief import CAUSEWAY_BRIEF
from scrapers.outlets.pellworth_gazette import PELLWORTH_GAZETTE
from scrapers.outlets.rule import OutletRule, RuledOutlet
from scrapers.outlets.yeni_rihtim import YENI_RIHTIM

OUTLETS = (CAUSEWAY_BRIEF, PELLWORTH_GAZETTE, YENI_RIHTIM)
PLACES = [(place, outlet) for outlet in OUTLETS for place in outlet.places]


def outlet_of(url: str) -> RuledOutlet | None:
    """The outlet that the address belongs to, where it has rules; the one with the longest place where several do."""
    try:
        address = parse(url)
    except FetchRefused:
        return None
    here = address.host.removeprefix("www.") + address.path
    fitting = [(place, outlet) for place, outlet in PLACES if here.startswith(place)]
    return max(fitting, key=lambda fit: len(fit[0]))[1] if fitting else None


def rules_for(outlet: RuledOutlet, on: date | None) -> tuple[OutletRule, ...]:
    """The outlet's rules in the order in which they are tried: what holds on the day, then the others, latest first.

    The others follow because a day can mislead: outlets show old articles in a new dress, and new ones in an old.
    """
    latest_first = sorted(outlet.rules, key=lambda rule: rule.holds_from, reverse=True)
    return tuple(sorted(latest_first, key=lambda rule: on is None or not rule.holds_on(on)))
