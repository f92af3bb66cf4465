"""Two versions side by side, as an address asks for them; the same at the desk and before the public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.anchoring import Span
from claims.differences import Stretch, compare
from claims.highlighting import Run, marked_paragraphs
from claims.queries.versions import PlacedQuote, VersionView, version_of
from web.asked import version_asked


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and what differs between them; where only one is there, it is both."""

    old: VersionView
    new: VersionView
    stretches: tuple[Stretch, ...]

    @property
    def has_changes(self) -> bool:
        """Whether anything differs."""
        return any(stretch.is_changed for stretch in self.stretches)


def comparison(versions: Sequence[VersionView], query: Mapping[str, str]) -> Comparison | None:
    """The two versions that the address asks for: by default the newest and the one before it. None without any."""
    if not versions:
        return None
    new = version_of(versions, version_asked(query, "to"))
    asked = version_asked(query, "from")
    old = version_of(versions, asked if asked is not None else max(1, new.number - 1))
    return Comparison(old, new, compare(old.text, new.text))


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
