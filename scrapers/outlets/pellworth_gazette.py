"""The Pellworth Gazette, of the sample world: tables and line breaks for paragraphs, and its name in no meta tag."""

from datetime import date

from scrapers.outlets.rule import OutletRule, RuledOutlet

PELLWORTH_GAZETTE = RuledOutlet(
    name="pellworth-gazette",
    places=("127.0.0.1/pellworth-gazette/",),
    outlet_name="The Pellworth Gazette",
    rules=(
        OutletRule(
            holds_from=date(2004, 5, 1),
            text="td.content > .text",
            credit="td.content > .text + div[align=right]",
        ),
    ),
)
