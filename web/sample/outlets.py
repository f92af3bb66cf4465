"""The invented outlets of the sample world: what each is called, where it lives and how it lists its articles."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FeedFormat(StrEnum):
    """How an outlet writes its feed; the value is the content type that it is served with."""

    RSS = "application/rss+xml"
    RDF = "application/rdf+xml"
    ATOM = "application/atom+xml"
    JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an outlet, as its navigation shows it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class SampleOutlet:
    """One invented outlet, under its own path on the sample server.

    article_pattern is formatted with an article's slug, section and published time into its path below the outlet.
    sitemap_index tells whether the sitemap is an index of parts, one for each section. listed_by_feed tells which
    of its two lists the demo ingests.
    """

    name: str
    slug: str
    language: str
    tagline: str
    feed_format: FeedFormat
    article_pattern: str
    sections: tuple[Section, ...]
    listed_by_feed: bool = True
    sitemap_index: bool = False
    charset: str = "utf-8"

    @property
    def path(self) -> str:
        """The path of the home page, which every other path of the outlet begins with."""
        return f"/{self.slug}/"

    @property
    def feed_path(self) -> str:
        """The path of the feed."""
        return self.path + ("feed.json" if self.feed_format is FeedFormat.JSON_FEED else "feed.xml")

    @property
    def sitemap_path(self) -> str:
        """The path of the sitemap or of the sitemap index."""
        return self.path + "sitemap.xml"

    @property
    def listing_path(self) -> str:
        """The path of the list that the demo ingests: the feed of some outlets, the sitemap of others."""
        return self.feed_path if self.listed_by_feed else self.sitemap_path

    def article_path(self, slug: str, section: str, published_at: datetime) -> str:
        """The path of an article."""
        return self.path + self.article_pattern.format(slug=slug, section=section, published=published_at)


OUTLETS = (
    SampleOutlet(
        name="The Larkhaven Ledger",
        slug="larkhaven-ledger",
        language="en-GB",
        tagline="The city, every morning",
        feed_format=FeedFormat.RSS,
        article_pattern="{published:%Y/%m/%d}/{slug}",
        sections=(Section("city", "City"), Section("westmere", "Westmere"), Section("world", "World")),
    ),
    SampleOutlet(
        name="The Pellworth Gazette",
        slug="pellworth-gazette",
        language="en",
        tagline="Serving both banks of the Ossel",
        feed_format=FeedFormat.RDF,
        article_pattern="news/{slug}.html",
        sections=(Section("province", "Province"), Section("abroad", "Abroad")),
        charset="windows-1252",
    ),
    SampleOutlet(
        name="Meridian Dispatch",
        slug="meridian-dispatch",
        language="en-US",
        tagline="Reporting across borders",
        feed_format=FeedFormat.ATOM,
        article_pattern="{section}/{slug}",
        sections=(
            Section("diplomacy", "Diplomacy"),
            Section("climate", "Climate"),
            Section("analysis", "Analysis"),
            Section("science", "Science"),
        ),
    ),
    SampleOutlet(
        name="The Westmere Courier",
        slug="westmere-courier",
        language="en-GB",
        tagline="The province at breakfast",
        feed_format=FeedFormat.RSS,
        article_pattern="articles/{slug}",
        sections=(Section("westmere", "Westmere"), Section("health", "Health"), Section("world", "World")),
        listed_by_feed=False,
        sitemap_index=True,
    ),
    SampleOutlet(
        name="The Daily Tern",
        slug="daily-tern",
        language="en-GB",
        tagline="Sharp eyes, loud voice",
        feed_format=FeedFormat.JSON_FEED,
        article_pattern="story/{slug}",
        sections=(Section("news", "News"), Section("oddities", "Oddities")),
        listed_by_feed=False,
    ),
    SampleOutlet(
        name="Causeway Brief",
        slug="causeway-brief",
        language="en",
        tagline="The day in short",
        feed_format=FeedFormat.ATOM,
        article_pattern="{published:%Y-%m-%d}-{slug}",
        sections=(Section("explainers", "Explainers"), Section("westmere", "Westmere")),
        listed_by_feed=False,
    ),
    SampleOutlet(
        name="Kıyı Postası",
        slug="kiyi-postasi",
        language="tr",
        tagline="Denizden haber var",
        feed_format=FeedFormat.RSS,
        article_pattern="{published:%Y/%m}/{slug}/",
        sections=(Section("dunya", "Dünya"), Section("yasam", "Yaşam")),
    ),
    SampleOutlet(
        name="Yeni Rıhtım",
        slug="yeni-rihtim",
        language="tr",
        tagline="Haberin yanaştığı yer",
        feed_format=FeedFormat.RSS,
        article_pattern="haber/{slug}",
        sections=(Section("diplomasi", "Diplomasi"), Section("yeryuzu", "Yeryüzü")),
        listed_by_feed=False,
    ),
)
