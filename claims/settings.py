"""Every setting of Claimline, read from the environment in this one place."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from claims.errors import InvalidDraft

CLAIMLINE_VERSION = "0.1.0"
MIN_KEY_CHARS = 16
MODELS_SHIPPED, MODELS_OFF = "shipped", "off"
# Where "claimline serve" listens unless it is told otherwise.
USUAL_BASE_URL = "http://127.0.0.1:8000"


Choice = TypeVar("Choice", bound=StrEnum)


class SnapshotsIn(StrEnum):
    """Where the raw bytes of what is fetched are kept; both are read."""

    DATABASE = "database"
    FOLDER = "folder"


class ArchiveAt(StrEnum):
    """Who is asked to keep a copy of evidence besides ours."""

    OFF = "off"
    INTERNET_ARCHIVE = "internet-archive"


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation is told: where it keeps things, how it is reached and what it may fetch."""

    home: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str = USUAL_BASE_URL
    contact: str = ""
    allow_hosts: frozenset[str] = frozenset()
    # MODELS_SHIPPED, MODELS_OFF or the folder of a user's own.
    models: str | Path = MODELS_SHIPPED
    snapshots: SnapshotsIn = SnapshotsIn.DATABASE
    archive: ArchiveAt = ArchiveAt.OFF

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ, *, usual_base_url: str = USUAL_BASE_URL) -> Self:
        """Settings of this process; makes the home folder and, on first run, the secret key in it (0600).

        usual_base_url is the public address where CLAIMLINE_BASE_URL does not set another.
        Raises InvalidDraft when a variable cannot be used, naming the variable.
        """
        home = Path(environ.get("CLAIMLINE_HOME") or "claimline-data").absolute()
        make_home(home)
        return cls(
            home=home,
            database_url=environ.get("CLAIMLINE_DATABASE_URL") or f"sqlite:///{home / 'claimline.sqlite'}",
            secret_key=environ.get("CLAIMLINE_SECRET_KEY") or kept_secret_key(home),
            base_url=checked_base_url(environ.get("CLAIMLINE_BASE_URL") or usual_base_url),
            contact=checked_contact(environ.get("CLAIMLINE_CONTACT", "")),
            allow_hosts=frozenset(environ.get("CLAIMLINE_ALLOW_HOSTS", "").replace(",", " ").lower().split()),
            models=checked_models(environ.get("CLAIMLINE_MODELS", "")),
            snapshots=checked_choice(SnapshotsIn, environ, "CLAIMLINE_SNAPSHOTS", SnapshotsIn.DATABASE),
            archive=checked_choice(ArchiveAt, environ, "CLAIMLINE_ARCHIVE", ArchiveAt.OFF),
        )

    @property
    def user_agent(self) -> str:
        """How fetches introduce themselves, with the contact address where one is set."""
        return f"Claimline/{CLAIMLINE_VERSION} ({self.contact or 'no contact set'})"


def make_home(home: Path) -> None:
    """Make the home folder, readable by its owner alone."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidDraft(f"CLAIMLINE_HOME: cannot make the folder {home}: {error.strerror}.") from error


def kept_secret_key(home: Path) -> str:
    """The key that signs sessions: read from the home folder, or made there once; whoever comes second reads it."""
    path = home / "secret-key"
    if not path.exists():
        draft = home / f"secret-key-{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    key = path.read_bytes().decode("ascii", "ignore").strip()
    if len(key) < MIN_KEY_CHARS:
        raise InvalidDraft(f"{path} holds no key. Delete the file and a new one is made; everybody signs in anew.")
    return key


def checked_base_url(url: str) -> str:
    """The address without a trailing slash; InvalidDraft unless it is http or https with a host."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise InvalidDraft(f"CLAIMLINE_BASE_URL: {url!r} is no address such as https://checks.example.org.")
    return url.rstrip("/")


def checked_contact(contact: str) -> str:
    """The contact as it may stand in a header: printable ASCII."""
    if not contact.isascii() or not contact.isprintable():
        raise InvalidDraft("CLAIMLINE_CONTACT: use an e-mail address or a web address in plain ASCII.")
    return contact.strip()


def checked_models(choice: str) -> str | Path:
    """Which models find statements and score wordings: shipped, off, or the folder of a user's, which must be there."""
    wanted = choice.strip() or MODELS_SHIPPED
    if wanted in {MODELS_SHIPPED, MODELS_OFF}:
        return wanted
    folder = Path(wanted).absolute()
    if not folder.is_dir():
        raise InvalidDraft(
            f"CLAIMLINE_MODELS: {wanted!r} is neither {MODELS_SHIPPED!r} nor {MODELS_OFF!r} nor a folder of models."
        )
    return folder


def checked_choice(choices: type[Choice], environ: Mapping[str, str], variable: str, usual: Choice) -> Choice:
    """The choice that a variable names, by default the usual one; InvalidDraft for any other word."""
    word = environ.get(variable, "").strip() or usual.value
    if word not in [choice.value for choice in choices]:
        known = " or ".join(repr(choice.value) for choice in choices)
        raise InvalidDraft(f"{variable}: {word!r} is none of {known}.")
    return choices(word)
