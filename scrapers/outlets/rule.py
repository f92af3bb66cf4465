"""What an outlet's rules are made of: CSS selectors, and the dates between which they hold."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OutletRule:
    """Where an outlet's pages have what they say, from holds_from to holds_until (both included; None: till today).

    Every selector is CSS, as soupsieve reads it. text selects what holds the text, drop what is in it and is none.
    title, authors, published and credit (the agency of a wire copy) are named only where the general reading is wrong
    about them; published is read from datetime or content where the element has one.
    """

    holds_from: date
    text: str
    drop: str = ""
    title: str = ""
    authors: str = ""
    published: str = ""
    credit: str = ""
    holds_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether pages were made so on this day."""
        return self.holds_from <= day and (self.holds_until is None or day <= self.holds_until)

    @property
    def selectors(self) -> tuple[str, ...]:
        """Every selector that the rule has."""
        named = (self.text, self.drop, self.title, self.authors, self.published, self.credit)
        return tuple(selector for selector in named if selector)


@dataclass(frozen=True, slots=True)
class RuledOutlet:
    """An outlet that has rules, one for each design that its pages had.

    name stands in extracted_by and never changes. places are the starts of its articles' addresses, host and path
    without scheme, port and "www.": "planet.example/". outlet_name is what the outlet calls itself, where its pages do
    not say.
    """

    name: str
    places: tuple[str, ...]
    rules: tuple[OutletRule, ...]
    outlet_name: str | None = None

    def name_of(self, rule: OutletRule) -> str:
        """What a rule is called wherever it is named: "planet@2026-01-01"."""
        return f"{self.name}@{rule.holds_from.isoformat()}"
