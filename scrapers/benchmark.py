"""How fast pages are read and statements found, beside trafilatura alone, in one run so that noise hits both alike."""

import cProfile
import gzip
import json
import pstats
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from claims.drafts import ArticleDraft
from scrapers import article
from scrapers.errors import FetchFailed, ScrapeError
from scrapers.fetch import Limits
from scrapers.statements import drafts
from scrapers.statements.models import ModelsOf, shipped_folder

SUFFIXES = (".html", ".htm", ".html.gz")
NO_ADDRESS = "https://saved.example/page"


@dataclass(frozen=True, slots=True)
class BenchPage:
    """A page to read, and its address."""

    html: bytes
    url: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds for all pages together, each page's at its fastest round."""

    pages: int
    reading_s: float
    trafilatura_s: float
    finding_s: float
    statements: int

    @property
    def reading_ratio(self) -> float:
        """Our pages per second over trafilatura's."""
        return self.trafilatura_s / self.reading_s

    @property
    def finding_ratio(self) -> float:
        """The time to find an article's statements over the time to read its page."""
        return self.finding_s / self.reading_s


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the program, its own seconds, and how many calls it took."""

    name: str
    own_s: float
    calls: int


def pages_in(folder: Path) -> list[BenchPage]:
    """The pages in a folder and below it, with the addresses that a gold.json beside or above them names.

    Raises FetchFailed where there is none, or one cannot be read.
    """
    addresses = addresses_in(folder)
    found = [path for path in sorted(folder.rglob("*")) if path.name.lower().endswith(SUFFIXES) and path.is_file()]
    if not found:
        raise FetchFailed(str(folder), "this folder holds no .html and no .html.gz file; name another")
    return [BenchPage(page_bytes(path), addresses.get(path.name.partition(".html")[0], NO_ADDRESS)) for path in found]


def page_bytes(path: Path) -> bytes:
    """A saved page's bytes, unpacked where it is packed, up to the cap on a page."""
    most = Limits().max_html_bytes
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read(most)
    except (OSError, EOFError, zlib.error) as error:
        raise FetchFailed(str(path), "cannot be read or unpacked; remove it from the folder") from error


def addresses_in(folder: Path) -> dict[str, str]:
    """The address of each page by its file's name, from the folder's or its parent's gold.json."""
    for path in (folder / "gold.json", folder.parent / "gold.json"):
        if path.is_file():
            try:
                gold = json.loads(path.read_bytes())
            except ValueError as error:
                raise FetchFailed(str(path), "this is no JSON") from error
            rows = gold.items() if isinstance(gold, dict) else ()
            return {name: row["url"] for name, row in rows if isinstance(row, dict) and isinstance(row.get("url"), str)}
    return {}


def measure(
    pages: Sequence[BenchPage], models: ModelsOf, rounds: int, done: Callable[[], None] = lambda: None
) -> Timing:
    """The times of the pages, after one round to warm up; done is told after each page of each round.

    A page that is no article takes its time in reading and none in finding.
    """
    best: list[list[float]] = [[float("inf")] * 3 for _ in pages]
    statements = 0
    for number in range(rounds + 1):
        statements = 0
        for page, least in zip(pages, best, strict=True):
            times, found = timed(page, models, ours_first=number % 2 == 0)
            statements += found
            if number:
                least[:] = map(min, least, times)
            done()
    ours, theirs, finding = (sum(column) for column in zip(*best, strict=True))
    return Timing(len(pages), ours, theirs, finding, statements)


def timed(page: BenchPage, models: ModelsOf, *, ours_first: bool) -> tuple[tuple[float, float, float], int]:
    """Seconds to read the page with ours, with trafilatura, and to find its statements; and how many they are.

    Whoever comes second finds the page in the processor's cache, so they take turns.
    """
    theirs = 0.0 if ours_first else seconds(lambda: read_with_trafilatura(page))
    drafted: list[ArticleDraft] = []
    ours = seconds(lambda: drafted.extend(read(page)))
    theirs = theirs or seconds(lambda: read_with_trafilatura(page))
    found = 0

    def find() -> None:
        nonlocal found
        found = sum(len(drafts(each, models(each.language))) for each in drafted)

    return (ours, theirs, seconds(find)), found


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def read(page: BenchPage) -> Iterator[ArticleDraft]:
    """The page's article; nothing where it tells none."""
    try:
        yield article.read(page.html, page.url)
    except ScrapeError:
        return


def read_with_trafilatura(page: BenchPage) -> object:
    """What trafilatura makes of the page, text and metadata."""
    return trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True)


def profile(pages: Iterable[BenchPage], models: ModelsOf) -> tuple[list[Share], list[Share]]:
    """Where our time goes by own time: the functions, and the modules that they are folded into."""
    profiler = cProfile.Profile()
    for page in pages:
        profiler.enable()
        for draft in read(page):
            drafts(draft, models(draft.language))
        profiler.disable()
    functions: list[Share] = []
    modules: dict[str, tuple[float, int]] = {}
    for (file, line, name), (_, calls, own, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        module = module_of(file)
        functions.append(Share(f"{module}:{line} {name}" if line else name, own, calls))
        own_s, so_far = modules.get(module, (0.0, 0))
        modules[module] = own_s + own, so_far + calls
    return by_own_time(functions), by_own_time(Share(name, *sums) for name, sums in modules.items())


def by_own_time(shares: Iterable[Share]) -> list[Share]:
    """The shares, the largest first."""
    return sorted(shares, key=lambda share: -share.own_s)


def module_of(file: str) -> str:
    """The dotted name of our module or of a library's first two folders; what is built in goes by that."""
    if file.startswith("~"):
        return "built in"
    parts = Path(file).with_suffix("").parts
    for root in ("site-packages", "scrapers", "claims"):
        if root in parts:
            place = len(parts) - parts[::-1].index(root)
            return ".".join(parts[place : place + 2] if root == "site-packages" else parts[place - 1 :])
    return parts[-1]


def models_size_bytes(language: str = "en") -> int:
    """How large the models are together that come with Claimline."""
    return sum(path.stat().st_size for path in shipped_folder(language).glob("*") if path.suffix != ".md")
