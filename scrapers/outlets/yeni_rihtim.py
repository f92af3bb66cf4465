"""Yeni Rıhtım, of the sample world: its name stands only in Dublin Core, and its summaries look like paragraphs."""

from datetime import date

from scrapers.outlets.rule import OutletRule, RuledOutlet

YENI_RIHTIM = RuledOutlet(
    name="yeni-rihtim",
    places=("127.0.0.1/yeni-rihtim/",),
    outlet_name="Yeni Rıhtım",
    rules=(OutletRule(holds_from=date(2024, 9, 1), text="#haber-metni"),),
)
