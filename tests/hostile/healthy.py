"""The honest outlets beside the hostile ones: each has a feed and twenty stories, of which none may be lost."""

from tests.hostile.case import Case, Stored
from tests.hostile.listing import XML, rss
from tests.hostile.stories import story, text_of
from tests.scrapers.site import answer

OUTLETS = 5
STORIES = 20


def outlet(number: int) -> Case:
    """An outlet whose feed lists all its stories."""
    name = f"healthy-{number}"
    marks = {f"/2026/{serial}": f"{name} {serial}" for serial in range(1, STORIES + 1)}
    pages = {target: answer(story(mark)) for target, mark in marks.items()}
    robots = answer("User-agent: *\nDisallow: /private/\n", "Content-Type: text/plain")
    return Case(
        name,
        Stored(text_of(f"{name} {STORIES}"), at_least=STORIES, at_most=STORIES),
        {"/feed.xml": answer(rss(marks), XML), "/robots.txt": robots, **pages},
        submitted=("/feed.xml",),
    )


CASES = tuple(outlet(number) for number in range(1, OUTLETS + 1))
