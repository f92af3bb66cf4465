"""Causeway Brief, of the sample world: pages that never say whose they are, with a date line among the paragraphs."""

from datetime import date

from scrapers.outlets.rule import OutletRule, RuledOutlet

CAUSEWAY_BRIEF = RuledOutlet(
    name="causeway-brief",
    places=("127.0.0.1/causeway-brief/",),
    outlet_name="Causeway Brief",
    rules=(
        OutletRule(
            holds_from=date(2023, 4, 1),
            holds_until=date(2025, 12, 31),
            text="#item",
            drop="#item > small, .also",
            authors="#item > small b",
            published="#item > small i",
        ),
        OutletRule(
            holds_from=date(2026, 1, 1),
            text="html[amp] main",
            drop="main > h1, main > .when, main > .credit",
            credit="main > .credit",
        ),
    ),
)
