"""What on a page is never its article's text: menus, captions, teasers, sharing, forms, and what nobody sees."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

NEVER_TEXT = frozenset((
    "aside", "audio", "button", "canvas", "dialog", "embed", "figcaption", "figure", "footer", "form", "head",
    "iframe", "input", "label", "map", "menu", "nav", "noscript", "object", "picture", "script", "select", "style",
    "svg", "template", "textarea", "video",
))  # fmt: skip
NOT_FOR_READERS = frozenset(("head", "noscript", "script", "style", "svg", "template"))
# These hold the whole story on some pages, whatever their class says of what else they hold.
FRAMES = frozenset(("article", "body", "h1", "html", "main"))
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
))  # fmt: skip
# Words of class names and ids, between hyphens, underscores and humps, as outlets in many countries write them.
BOILERPLATE = re.compile(
    r"""(?:^|[\s_-])(?:
    captions?|credits?|bildunterschrift|legende|media-?info|image-?info|
    by-?line|authors?|autor|autoren|bio|biography|timestamp|dateline|date|published|updated|
    related|recommended|recommendations?|recirc\w*|read-?more|more-?on|see-?also|also-?read|most-?(?:read|popular)|
    trending|teasers?|promos?|promotion|
    newsletters?|subscribe|subscription|sign-?up|registration|register|regwall|
    share|sharing|social|follow|comments?|disqus|tags?|topics?|keywords|breadcrumbs?|
    advert\w*|ads?|sponsor\w*|outbrain|taboola|affiliate|widget|fallback|poll|quiz|
    gallery|slideshow|carousel|player|
    toolbar|tooltip|popup|modal|cookie|consent|banner|dropdown|
    fact-?box|info-?box|expandable-?box|ai-?summary|
    sidebar|nav|menu|footer|screen-reader-text|visually-?hidden|sr-only|noprint
    )(?:[\s_-]|$)|(?:^|\s)(?:hidden|hide)(?:\s|$)""",
    re.VERBOSE | re.IGNORECASE,
)
STANDFIRST = re.compile(
    r"""(?:^|[\s_-])(?:
    stand-?first|lead|lede|leadtext|intro|dek|deck|sub-?title|sub-?headline|sub-?heading|sub-?head|summary|abstract|
    chapo|chapeau|excerpt|teaser-?text|vorspann|anlauf|ingress|perex|manchet|sommario|occhiello|entradilla|bajada|
    sumario|spot|description|preamble|opening
    )(?:[\s_-]|$)""",
    re.VERBOSE | re.IGNORECASE,
)
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# "READ MORE: …", "Lire aussi : …": what such a line links to is another story.
POINTER = re.compile(
    r"""\W{0,5}(?:
    read\ (?:more|also|next)|also\ (?:read|on)|more|see\ (?:also|more)|related|watch|don't\ miss|
    lesen\ sie|lies\ auch|mehr\ zum\ thema|lire\ aussi|à\ lire|leggi\ anche|lee\ (?:también|más)|leia\ (?:também|mais)|
    les\ også|läs\ (?:också|mer)|lees\ ook|czytaj|čtěte|читайте|ayrıca|haberin\ devamı
    )\b.{0,12}[:|\[–-]""",
    re.VERBOSE | re.IGNORECASE,
)
MAX_NAME_CHARS = 300
# Of a line that is mostly a link to somewhere else, and of one that points there in words.
MAX_LINK_SHARE = 0.8
MAX_POINTER_LINK_SHARE = 0.3


def is_boilerplate(element: HtmlElement) -> bool:
    """Whether the element's class, id or state says that it is not the article's text, or not to be seen."""
    attributes = element.attrib
    if not attributes or element.tag in FRAMES:
        return False
    return (
        any(names_boilerplate(attributes.get(name, "")[:MAX_NAME_CHARS]) for name in ("class", "id"))
        or "hidden" in attributes
        or (attributes.get("aria-hidden") == "true" and element.tag != "p")
        or "display:none" in attributes.get("style", "")[:MAX_NAME_CHARS].replace(" ", "")
    )


def is_standfirst(element: HtmlElement) -> bool:
    """Whether the element's class, id or property says that it introduces the article."""
    names = (element.get(name, "")[:MAX_NAME_CHARS] for name in ("class", "id", "itemprop", "data-testid"))
    return any(name and STANDFIRST.search(HUMP.sub("-", name)) for name in names)


def leads_elsewhere(text: str, link_chars: int) -> bool:
    """Whether a line of which so many characters are links is a pointer to other stories."""
    share = link_chars / len(text)
    return share >= MAX_LINK_SHARE or (share >= MAX_POINTER_LINK_SHARE and bool(POINTER.match(text)))


@lru_cache(maxsize=4096)
def names_boilerplate(name: str) -> bool:
    """Whether a class or id is that of boilerplate; a page repeats few of them often."""
    return bool(name) and BOILERPLATE.search(HUMP.sub("-", name)) is not None
