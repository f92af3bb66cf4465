"""What a hostile case is: a host of its own, what that host does, and how fetching it must end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from socket import socket

from scrapers.errors import ScrapeError
from tests.scrapers.site import Answer

# Addresses that are public by every registry. Nobody calls them: the worker's routes end at ports of this machine.
PUBLIC = "11.22.33.44"
DEAD = "11.99.0.1"  # refuses every connection
HOLE = "11.98.0.1"  # never answers one
CANARY = "10.0.0.7"
CANARY_NAME = "internal.example"


class Fault(StrEnum):
    """What name servers do instead of answering."""

    SILENT = "never answers"
    UNKNOWN = "knows no such host"
    BROKEN = "breaks"


LookUp = Sequence[str] | Fault


class Certificate(Enum):
    """What a host shows to whoever asks it over TLS."""

    GOOD = "good"
    EXPIRED = "expired"
    OTHER_NAME = "other name"
    UNKNOWN_AUTHORITY = "unknown authority"


@dataclass(frozen=True, slots=True)
class Stored:
    """The case must end in articles, one of which holds the text; their number is between the two."""

    text: str
    at_least: int = 1
    at_most: int = 1

    def __str__(self) -> str:
        if self.at_least == self.at_most:
            return "stored" if self.at_most == 1 else f"{self.at_most} stored"
        return f"{self.at_least} to {self.at_most} stored"


@dataclass(frozen=True, slots=True)
class Refused:
    """The case must end in no article and in a line that the expression finds something in.

    errors are the classes of which fetching may raise one; none where what was fetched is refused by its reader.
    """

    words: str
    errors: tuple[type[ScrapeError], ...] = ()

    def __str__(self) -> str:
        return " or ".join(error.__name__ for error in self.errors) or "unreadable"


# Ends in a line, whatever it says; and in no article, whatever became of the rest.
NAMED = Refused(".")
NONE = Stored("", at_least=0, at_most=0)


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile host, <name>.example; submitted are the targets that somebody asks to fetch.

    pages maps targets to answers, and where one is missing, otherwise is asked for it. look_ups are the host's own
    answers of name servers, the last given again and again; names are those of others. raw is given a connection
    before TLS.
    """

    name: str
    ends: Stored | Refused
    pages: Mapping[str, Answer] = field(default_factory=dict)
    otherwise: Callable[[str], Answer | None] | None = None
    submitted: tuple[str, ...] = ("/story",)
    scheme: str = "http"
    certificate: Certificate = Certificate.GOOD
    look_ups: Sequence[LookUp] = ((PUBLIC,),)
    names: Mapping[str, Sequence[LookUp]] = field(default_factory=dict)
    raw: Callable[[socket], None] | None = None

    @property
    def host(self) -> str:
        """The case's own host."""
        return f"{self.name}.example"

    @property
    def urls(self) -> list[str]:
        """The addresses that are submitted."""
        return [f"{self.scheme}://{self.host}{target}" for target in self.submitted]

    def answer_to(self, target: str) -> Answer | None:
        """What the host answers, if it knows the target."""
        known = self.pages.get(target)
        return self.otherwise(target) if known is None and self.otherwise is not None else known
