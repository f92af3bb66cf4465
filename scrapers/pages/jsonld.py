"""What a page's JSON-LD (schema.org) says about its article."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MAX_SCRIPT_CHARS = 2_000_000
MAX_NODES = 5_000
# What outlets wrap JSON in so that old parsers skip it, and a comma too many.
WRAPPING = re.compile(
    r"^\s{0,99}(?://)?\s{0,99}(?:<!--|<!\[CDATA\[|/\*\s{0,9}<!\[CDATA\[\s{0,9}\*/)"
    r"|(?://)?\s{0,99}(?:-->|\]\]>)\s{0,99};?\s{0,99}$|;\s{0,99}$"
)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
LIST_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})
ARTICLE_TYPES = frozenset({"Article", "Report", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Review"})


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """The article's own values as JSON-LD gives them, not judged yet; empty where it says nothing."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    url: str = ""
    publisher: str = ""
    language: str = ""


def article_node(scripts: Iterable[str]) -> ArticleNode:
    """The values of the first article that the scripts describe; where several do, the one with most to say."""
    nodes = list(all_nodes(scripts))
    named = {text(node.get("@id")): node for node in nodes if node.get("@id") and len(node) > 1}
    articles = [node for node in nodes if is_article(node)]
    if not articles:
        return ArticleNode()
    best = max(articles, key=fullness)
    return ArticleNode(
        headline=text(best.get("headline")) or text(best.get("name")),
        authors=tuple(names(best.get("author") or best.get("creator"), named)),
        published=text(best.get("datePublished")) or text(best.get("dateCreated")),
        modified=text(best.get("dateModified")),
        url=text(best.get("url")) or text(best.get("mainEntityOfPage")),
        publisher=next(names(best.get("publisher"), named), ""),
        language=text(best.get("inLanguage")),
    )


def describes_article(scripts: Iterable[str]) -> bool:
    """Whether the scripts describe an article, and not only those that a list holds."""
    pending: list[Json] = [loaded(script) for script in scripts]
    for _ in range(MAX_NODES):
        if not pending:
            break
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            if is_article(value):
                return True
            if LIST_TYPES.isdisjoint(types(value)):
                pending.extend(value.values())
    return False


def all_nodes(scripts: Iterable[str]) -> Iterator[dict[str, Json]]:
    """Every object in the scripts, outermost first; scripts that are no JSON are passed over."""
    for script in scripts:
        pending: list[Json] = [loaded(script)]
        for _ in range(MAX_NODES):
            if not pending:
                break
            value = pending.pop(0)
            if isinstance(value, dict):
                yield value
                pending.extend(value.values())
            elif isinstance(value, list):
                pending.extend(value)


def loaded(script: str) -> Json:
    """The script's JSON, forgiving raw line breaks in strings, comment marks around it and trailing commas."""
    if len(script) > MAX_SCRIPT_CHARS:
        return None
    bare = WRAPPING.sub("", script.strip())
    for attempt in (bare, TRAILING_COMMA.sub("", bare)):
        try:
            value: Json = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def is_article(node: dict[str, Json]) -> bool:
    """Whether the object's type is schema.org's Article or one of its kinds."""
    return any(kind in ARTICLE_TYPES or kind.endswith("Article") for kind in types(node))


def types(node: dict[str, Json]) -> list[str]:
    """The object's types, without the vocabulary's address."""
    kinds = node.get("@type")
    return [text(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def fullness(node: dict[str, Json]) -> int:
    """How many of the properties that we read the object has."""
    wanted = ("headline", "author", "datePublished", "dateModified", "publisher", "articleBody", "mainEntityOfPage")
    return sum(1 for name in wanted if node.get(name))


def text(value: Json) -> str:
    """The value as text: a string itself, the first of a list, an object's value or id."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        if isinstance(value, dict):
            value = value.get("@value") or value.get("@id") or value.get("name") or ""
    return value.strip() if isinstance(value, str) else ""


def names(value: Json, named: dict[str, dict[str, Json]]) -> Iterator[str]:
    """The names of the people or organisations that the value holds or points to by id."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list):
            yield from (text(inner) for inner in item if text(inner))
        elif isinstance(item, dict):
            known = item if item.get("name") else named.get(text(item.get("@id")), item)
            inner = known.get("name")
            yield from (text(each) for each in (inner if isinstance(inner, list) else [inner]) if text(each))
        elif text(item):
            yield text(item)
