"""The stories that hostile and healthy hosts tell: long enough to be articles, each with a mark of its own."""

from tests.hostile.case import Stored

SENTENCES = (
    "The harbour board of {mark} met on Monday after a week of strikes that had closed both of its piers.",
    "The pilots' union of {mark} has long insisted that it was never asked about the forty-eight night shifts.",
    "According to the mayor, the ferries to {mark} carried more passengers in October than in any month before.",
    "The ministry said that the bridge at {mark} would open in the spring of next year, after two delays.",
    "Since then the fishermen of {mark} have called for new talks, arguing that their exclusion was unlawful.",
    "Talks go on next week, and the boats to {mark} sail by their winter timetable until both sides have signed.",
)


def text_of(mark: str) -> str:
    """The first sentence of the story with this mark."""
    return SENTENCES[0].format(mark=mark)


def paragraphs(mark: str) -> str:
    """The story's text as markup."""
    return "\n".join(f"<p>{sentence.format(mark=mark)}</p>" for sentence in SENTENCES)


def story(mark: str, *, head: str = "", before: str = "", after: str = "") -> str:
    """A page that tells the story with this mark; the rest is markup of the caller's."""
    return (
        f'<!doctype html>\n<html lang="en"><head><title>News from {mark}</title>{head}</head>\n'
        f"<body>{before}<article><h1>News from {mark}</h1>\n{paragraphs(mark)}\n</article>{after}</body></html>\n"
    )


def told(mark: str) -> Stored:
    """The end of a case whose one story is stored."""
    return Stored(text_of(mark))
