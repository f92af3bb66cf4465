"""The sample news world of `claimline demo`: invented outlets, served so that the real scrapers can read them."""

from web.sample.outlets import OUTLETS, FeedFormat, SampleOutlet, Section
from web.sample.stories import SampleArticle, sample_articles
from web.sample.world import SAMPLE_NOTICE, create_sample_world

__all__ = [
    "OUTLETS",
    "SAMPLE_NOTICE",
    "FeedFormat",
    "SampleArticle",
    "SampleOutlet",
    "Section",
    "create_sample_world",
    "sample_articles",
]
