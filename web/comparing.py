"""Two versions side by side and quotes in a text; the same at the desk and before the public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.queries.quotes import PlacedQuote
from claims.queries.snapshots import Pair, VersionView
from claims.versions.anchoring import Span
from claims.versions.differences import Stretch, compare
from claims.versions.headlines import is_new_byline, is_new_headline
from claims.versions.highlighting import Run, marked_paragraphs
from web.asked import version_asked


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and what differs between them; outlet is the name of whose they are, empty where it is unknown."""

    old: VersionView
    new: VersionView
    stretches: tuple[Stretch, ...]
    outlet: str = ""

    @property
    def has_changes(self) -> bool:
        """Whether anything differs."""
        return self.has_new_headline or self.has_new_byline or any(stretch.is_changed for stretch in self.stretches)

    @property
    def has_new_headline(self) -> bool:
        """Whether the headline differs, and not in its typography alone."""
        return is_new_headline(self.old.title, self.new.title, (self.outlet,))

    @property
    def has_new_byline(self) -> bool:
        """Whether others are named as authors."""
        return is_new_byline(self.old.authors, self.new.authors)


def comparison(pair: Pair, outlet: str = "") -> Comparison:
    """What differs between two versions, of an outlet's article where one is named."""
    return Comparison(pair.old, pair.new, compare(pair.old_text, pair.new_text), outlet)


def pair_asked(query: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The numbers of the two versions that an address asks for, the older first; None for what it does not name."""
    return version_asked(query, "from"), version_asked(query, "to")


def marked(text: str, quotes: Iterable[PlacedQuote]) -> tuple[tuple[Run, ...], ...]:
    """The text's paragraphs with the quotes that stand in it marked; a run's first is the place among these."""
    spans = (Span(quote.start or 0, quote.end or 0) for quote in standing(quotes))
    return tuple(marked_paragraphs(text, spans))


def standing(quotes: Iterable[PlacedQuote]) -> tuple[PlacedQuote, ...]:
    """The quotes that stand in the version shown, in the order of their places."""
    return tuple(sorted((quote for quote in quotes if quote.start is not None), key=lambda quote: quote.start or 0))


def orphaned(quotes: Iterable[PlacedQuote]) -> tuple[PlacedQuote, ...]:
    """The quotes that do not stand in the version shown."""
    return tuple(quote for quote in quotes if quote.start is None)
