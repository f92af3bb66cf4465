"""Keeps the raw bytes of snapshots: compressed, once each, named by their SHA-256; in the database or in a folder."""

import hashlib
import os
import secrets
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlmodel import Session, col, select

from claims.errors import ClaimsError
from claims.models import Body
from claims.settings import Settings, SnapshotsIn

HEAD_CHARS = 2


class BodyLost(ClaimsError):
    """The bytes of a snapshot are missing, or are not those that were fetched."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Where raw bytes go: into the folder where into_folder says so, else into the database.

    They are read from wherever they are, so that the setting may change later.
    """

    folder: Path | None = None
    into_folder: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The place that the settings name."""
        return cls(settings.home / "snapshots", settings.snapshots is SnapshotsIn.FOLDER)

    def keep(self, session: Session, raw: bytes) -> str:
        """Store the bytes unless they are stored, and return their SHA-256.

        A file is whole and on the disk when this returns, so before the transaction that refers to it is committed;
        where that fails, a file that nothing refers to stays, and is found when the same bytes come again.
        """
        sha256 = sha256_of(raw)
        known = is_in_database(session, sha256)
        if known is None:
            packed = None if self.into_folder else zlib.compress(raw)
            session.add(Body(sha256=sha256, size=len(raw), packed=packed))
            session.flush()
        if known is False or (known is None and self.into_folder):
            self.write_file(sha256, raw)
        return sha256

    def read(self, session: Session, sha256: str) -> bytes:
        """The bytes with this hash; BodyLost where they are missing or altered."""
        stored = session.get(Body, sha256)
        if stored is None:
            raise BodyLost(f"The bytes {sha256} are not stored. Bring them back from a backup.")
        if stored.packed is None:
            return self.read_file(sha256)
        return checked(stored.packed, sha256, "in the database")

    def path(self, sha256: str) -> Path:
        """The file of these bytes, which need not be there; BodyLost where no folder is known."""
        if self.folder is None:
            raise BodyLost(f"The bytes {sha256} are not in the database, and no folder of snapshots is known.")
        return self.folder / sha256[:HEAD_CHARS] / f"{sha256}.zlib"

    def read_file(self, sha256: str) -> bytes:
        """The bytes in the folder; BodyLost where the file is missing or altered."""
        path = self.path(sha256)
        try:
            packed = path.read_bytes()
        except FileNotFoundError:
            raise BodyLost(f"{path} is missing. Bring it back from a backup: a snapshot was made from it.") from None
        except OSError as error:
            raise BodyLost(f"{path} cannot be read: {error.strerror}.") from error
        return checked(packed, sha256, str(path))

    def write_file(self, sha256: str, raw: bytes) -> None:
        """Write the bytes' file whole or not at all; one that is there and whole is left alone."""
        path = self.path(sha256)
        with suppress(BodyLost):
            if self.read_file(sha256) == raw:
                return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(zlib.compress(raw))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        # The new name is durable only when its folder is, and the folder's own name likewise.
        for folder in (path.parent, path.parent.parent):
            sync(folder)


IN_DATABASE = Bodies()


def sha256_of(raw: bytes) -> str:
    """The name under which bytes are kept."""
    return hashlib.sha256(raw).hexdigest()


def is_in_database(session: Session, sha256: str) -> bool | None:
    """Whether the database holds the bytes themselves; False where a file does, None where they are not known."""
    return session.exec(select(col(Body.packed).is_not(None)).where(Body.sha256 == sha256)).first()


def checked(packed: bytes, sha256: str, where: str) -> bytes:
    """The unpacked bytes; BodyLost where they do not have this hash."""
    try:
        raw = zlib.decompress(packed)
    except zlib.error:
        raw = None
    if raw is None or sha256_of(raw) != sha256:
        raise BodyLost(f"The bytes {sha256} {where} were altered. Bring them back from a backup.")
    return raw


def sync(folder: Path) -> None:
    """Have the folder's entries on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
