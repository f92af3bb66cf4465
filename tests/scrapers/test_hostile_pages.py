"""Pages made to hurt: each ends in a draft or a named error, in seconds and in bounded memory."""

import importlib
import inspect
import pkgutil
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import scrapers

ROOT = Path(__file__).parents[2]
MAX_SECONDS, MAX_MEGABYTES = 10, 300
HOSTILE_CHARS = 50_000
MAX_SEARCH_S = 2.0

PARAGRAPH = "<p>The minister said on Monday that the bridge would open in the spring of next year after two delays.</p>"
# Python's expressions for the pages, so that the process that reads them is the one that builds them.
PAGES = {
    "empty": "b''",
    "binary": "bytes(range(256)) * 40_000",
    "nesting": "b'<div>' * 50_000 + P * 5",
    "attributes": "b'<p ' + b' '.join(b'a%d=\"x\"' % n for n in range(100_000)) + b'>' + P * 5",
    "formatting": "b'<b><i>' * 2_500 + P * 5",
    "lying charset": "b'<meta charset=utf-16>' + P * 5",
    "wrong charset": "b'<meta charset=punycode>' + b'\\xfe\\xff\\xe9' * 9_000 + P * 5",
    "NUL and surrogates": "(b'\\x00\\xed\\xa0\\x80&#xD800;&#0;' + P) * 5_000",
    "one line": "b'<p>' + b'word said he. ' * 730_000",
    "one link": "b'<a href=' + b'x' * 10_000_000",
    "spans": "b'<p>' + b'<span>word</span> ' * 550_000",
    "line breaks": "P + b'word said he<br>' * 600_000",
    "script": "P * 5 + b'<script>' + b'var a = \"<p>\"; ' * 600_000",
    "bylines": "P * 5 + b'<a class=author href=/author/x>' * 300_000",
    "headings": "P * 5 + b'<h1>A - b | c: ' * 600_000",
    "closed parts": (
        'P * 5 + b\'<script type=application/ld+json>{"@type": "NewsArticle", "isAccessibleForFree": false, '
        "\"cssSelector\": \"' + b','.join(b'.c%d' % n for n in range(100_000)) + b'\"}</script>' "
        "+ b'<!-- class=\"x\" -->' * 100_000"
    ),
    "metas": "b'<meta name=author content=\"Ana Ruiz and Bo Lund\">' * 200_000 + P * 5",
}
# The peak of the process's own memory: getrusage would count what the process that started it held.
READER = """
import re, resource, time
from pathlib import Path
from scrapers.article import read
from scrapers.errors import NotAnArticle
P = {paragraph!r}
html = {page}
started = time.process_time()
try:
    ended = type(read(html, "https://news.example/story")).__name__
except NotAnArticle as refusal:
    ended = type(refusal).__name__
spent, status = time.process_time() - started, Path("/proc/self/status")
peak = re.search("VmHWM:\\s+([0-9]+)", status.read_text())[1] if status.exists() else None
print(ended, spent, peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize("built", PAGES.values(), ids=PAGES.keys())
def test_a_hostile_page_is_read_in_bounded_time_and_memory(built: str) -> None:
    script = READER.format(paragraph=PARAGRAPH.encode(), page=built)

    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    ended, seconds, kilobytes = ran.stdout.split()
    assert ended in {"ArticleDraft", "NotAnArticle"}
    assert float(seconds) < MAX_SECONDS
    assert int(kilobytes) < MAX_MEGABYTES * 1024


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every regular expression that a module of scrapers holds, by its name; those for bytes made to read text."""
    for module in pkgutil.walk_packages(scrapers.__path__, "scrapers."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value
            elif isinstance(value, re.Pattern):
                flags = value.flags & ~re.LOCALE | re.ASCII
                yield f"{module.name}.{name}", re.compile(value.pattern.decode("latin-1"), flags)


PATTERNS = dict(patterns())
# What an expression is made to look for, and what makes it look again.
FRAGMENT = re.compile(r"\\?[\w <>/=\"'(),.:;@&#|-]+")


def fragments(pattern: re.Pattern[str]) -> list[str]:
    """Pieces of the expression's own alphabet, and the characters that most expressions turn on."""
    literal = {piece.replace("\\", "")[:12] for piece in FRAGMENT.findall(pattern.pattern)[:40]}
    return sorted(literal | {"a", "A", "1", " ", "\n", "<", ">", '"', "=", "-", ".", "<a ", "(A", " A-"})


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail in the middle of what takes more processor time than this: a backtracking search ends no other way."""

    def fail(*_: object) -> None:
        raise TimeoutError(f"took more than {seconds} s")

    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def is_only_matched(name: str) -> bool:
    """Whether the module asks the expression only about a text's beginning or its whole, and never searches with it."""
    module, _, pattern = name.rpartition(".")
    used = set(re.findall(rf"\b{pattern}\.(\w+)\(", inspect.getsource(sys.modules[module])))
    return bool(used) and used <= {"match", "fullmatch"}


def search(pattern: re.Pattern[str], text: str) -> None:
    """Find everything that the expression finds in the text."""
    sum(1 for _ in pattern.finditer(text))


def match(pattern: re.Pattern[str], text: str) -> None:
    """Match the text's beginning, and its whole."""
    pattern.match(text)
    pattern.fullmatch(text)


@pytest.mark.parametrize("backtracking", [r"(?:a|aa)+$", r"\w+\s*\w+\s*:", r"<a.*?>x"])
def test_the_measure_stops_an_expression_that_backtracks(backtracking: str) -> None:
    with pytest.raises(TimeoutError), at_most(MAX_SEARCH_S):
        search(re.compile(backtracking, re.DOTALL), "<aa" * HOSTILE_CHARS + "a" * HOSTILE_CHARS + "!")


@pytest.mark.parametrize("name", sorted(PATTERNS))
@given(drawn=st.data())
@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_a_regular_expression_takes_time_by_the_length_of_what_it_reads(name: str, drawn: st.DataObject) -> None:
    pieces = st.lists(st.sampled_from(fragments(PATTERNS[name])), min_size=1, max_size=4).map("".join)
    first, again, last = drawn.draw(pieces), drawn.draw(pieces), drawn.draw(pieces)

    text = first + again * (HOSTILE_CHARS // len(again)) + last

    with at_most(MAX_SEARCH_S):
        (match if is_only_matched(name) else search)(PATTERNS[name], text)
