"""claimline export: CSV files for auditors."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click

from claims import db, exports
from claims.exports import Export, Scope
from web.cli.opening import opened


@click.command()
@click.argument("what", type=click.Choice([export.value for export in Export]))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
@click.option("--published", is_flag=True, help="Only what the public may see.")
def export(what: str, output: Path | None, published: bool) -> None:
    """Write claims, appearances, reviews, evidence, the audit log or suggestions as CSV, to standard output or a file.

    A file appears whole or not at all; a device or a pipe is written to as it is.

    \b
    Examples:  claimline export claims > claims.csv
               claimline export audit --output audit.csv
    """
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        write_rows(Export(what), sys.stdout, published)
        sys.stdout.flush()
        return
    try:
        rows = write_file(output, lambda file: write_rows(Export(what), file, published))
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
    click.echo(f"{rows:,} rows written to {output}", err=True)


def write_file(output: Path, write: Callable[[IO[str]], int]) -> int:
    """Write rows beside their place and move them there when they are whole; how many there are.

    What stands there and is no file, such as /dev/stdout, cannot be replaced, and a link leads to the file still.
    """
    if output.exists() and not output.is_file():
        with output.open("w", encoding="utf-8", newline="") as device:
            return write(device)
    output = output.resolve() if output.is_symlink() else output
    folder, prefix = output.absolute().parent, ".claimline-"
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=prefix, delete=False
    ) as file:
        draft = Path(file.name)
        try:
            rows = write(file.file)
            file.flush()
            draft.chmod(0o666 & ~current_umask())
            draft.replace(output)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    return rows


def write_rows(what: Export, file: IO[str], published: bool) -> int:
    """Write an export of the database; how many rows it has."""
    with opened() as (settings, engine), db.reading(engine) as session:
        return exports.write(session, what, file, Scope(settings.base_url, published_only=published))


def current_umask() -> int:
    """The permissions that this process withholds from new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
