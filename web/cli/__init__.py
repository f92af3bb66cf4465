"""The command line: one module for each group of commands; errors become exit statuses here and nowhere else."""

import logging
import os
import sys

import click

from claims import db
from claims.errors import ClaimsError
from claims.settings import CLAIMLINE_VERSION
from scrapers.errors import ScrapeError
from web.cli.audit import audit
from web.cli.bench import bench
from web.cli.database import database
from web.cli.demo import demo
from web.cli.export import export
from web.cli.ingest import ingest
from web.cli.match import match
from web.cli.model import model
from web.cli.outlet import outlet
from web.cli.recheck import recheck
from web.cli.serve import serve
from web.cli.user import user
from web.cli.worker import worker

OUT_OF_ORDER = (
    "The database or the disk is out of order: {}. What was stored stays: see that the database runs and that its disk "
    "has room, then run the same command again."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(CLAIMLINE_VERSION, prog_name="claimline")
def commands() -> None:
    """Follow claims from the outlets that carried them to a verdict.

    \b
    To look around, with a sample world:  claimline demo
    To begin for real:                    claimline outlet add "Daily Planet" https://planet.example/
                                          claimline ingest https://planet.example/feed.xml
                                          claimline user add you@example.org --role admin
                                          claimline serve
                                          claimline worker     (beside it: reads the outlets on schedule)

    Settings come from the environment: CLAIMLINE_HOME (by default ./claimline-data), CLAIMLINE_DATABASE_URL,
    CLAIMLINE_BASE_URL, CLAIMLINE_CONTACT, CLAIMLINE_ALLOW_HOSTS, CLAIMLINE_MODELS,
    CLAIMLINE_SNAPSHOTS, CLAIMLINE_ARCHIVE, CLAIMLINE_SECRET_KEY.
    """


for command in (audit, bench, database, demo, export, ingest, match, model, outlet, recheck, serve, user, worker):
    commands.add_command(command)


def main() -> None:
    """Run a command; exit status 0 when all went well, 1 when something failed, 2 for a wrong call."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was stored stays; run the command again to go on.", err=True)
        sys.exit(1)
    except (ClaimsError, ScrapeError) as error:
        click.echo(f"claimline: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away, as head does: there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except db.TROUBLES as error:
        if not db.is_out_of_order(error):
            raise
        click.echo(f"claimline: {OUT_OF_ORDER.format(db.out_of_order(error))}", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
