"""The outlets of the crash bench: generated stories on hosts that are all on loopback, each with a feed of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.bench.texts import every_statement
from tests.scrapers.site import Site

STORY = """<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The hall was full until late in the evening, and those who found no seat listened from the stairs outside.</p>
<p>The mayor has long insisted that {first}.</p>
<p>Officials in the capital said that {second}.</p>
<p>It rained all day; the market closed early, and the ferries kept to their winter timetable for one more week.</p>
</article></body></html>"""
FEED = "<rss version='2.0'><channel><title>{host}</title>{entries}</channel></rss>"


@dataclass(frozen=True, slots=True)
class World:
    """What there is to fetch: the pages' bodies by target, and the addresses of the feeds and of all stories."""

    pages: Mapping[str, str]
    feeds: tuple[str, ...]
    stories: frozenset[str]
    hosts: frozenset[str]

    def serve_on(self, site: Site) -> None:
        """Have the site answer for every host."""
        for target, body in self.pages.items():
            kind = "application/rss+xml" if target.endswith(".xml") else "text/html; charset=utf-8"
            site.serve(target, body, f"Content-Type: {kind}", f'ETag: "{len(body)}"')


def made_world(stories: int, hosts: int, port: int, seed: int) -> World:
    """Outlets with as many stories each as go evenly into the number asked for, the same for the same seed."""
    said = (text.rstrip(".!") for text in every_statement(Random(seed)))
    pages: dict[str, str] = {}
    feeds: list[str] = []
    names = [f"outlet-{n:02}.example:{port}" for n in range(hosts)]
    for number, host in enumerate(names):
        mine = [f"/{number}/{n}" for n in range(number, stories, hosts)]
        for target in mine:
            pages[target] = STORY.format(title=f"Notes{target}", first=next(said), second=next(said))
        entries = "".join(f"<item><title>x</title><link>http://{host}{target}</link></item>" for target in mine)
        pages[f"/{number}.xml"] = FEED.format(host=host, entries=entries)
        feeds.append(f"http://{host}/{number}.xml")
    told = (f"http://{names[int(target.split('/')[1])]}{target}" for target in pages if not target.endswith(".xml"))
    return World(pages, tuple(feeds), frozenset(told), frozenset(names))
