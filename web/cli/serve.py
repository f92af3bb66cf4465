"""claimline serve: the web app on waitress."""

import click
import waitress
from waitress import wasyncore

from claims.db import Engine
from claims.settings import Settings
from web import create_app
from web.cli.opening import opened

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the desk, the public pages and the exports; stop with Ctrl-C.

    Public addresses begin with CLAIMLINE_BASE_URL, or with where this listens when that is not set. Behind a proxy that
    speaks https, set it.

    \b
    Example:  claimline serve --port 8000
    """
    with opened(settings_for(host, port)) as (settings, engine):
        run_server(settings, engine, host, port, welcome=f"Serving on {reachable_at(host, port)}/ (Ctrl-C stops)")


def settings_for(host: str, port: int) -> Settings:
    """The settings of this process; where they name no public address, it is where we listen."""
    return Settings.from_environment(usual_base_url=reachable_at(host, port))


def reachable_at(host: str, port: int) -> str:
    """The address at which a browser on this machine reaches what listens there."""
    here = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"


def run_server(settings: Settings, engine: Engine, host: str, port: int, *, welcome: str) -> None:
    """Say welcome once we listen, and answer requests until told to stop; ClickException where that cannot be there."""
    channels: dict[int, object] = {}
    options = {"host": host, "port": port, "threads": THREADS, "ident": None}
    app = create_app(settings, engine=engine)
    try:
        server = waitress.create_server(app, channels, **options)
    except ValueError as error:
        raise click.ClickException(f"There is no address {host} to listen on. Choose another --host.") from error
    except OSError as error:
        wasyncore.close_all(channels, ignore_all=True)
        raise click.ClickException(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another --port."
        ) from error
    click.echo(welcome, err=True)
    try:
        server.run()
    finally:
        server.close()
