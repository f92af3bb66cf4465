"""claimline serve: the web app on waitress."""

import click
import waitress

from claims.settings import Settings
from web import create_app
from web.cli.opening import opened

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the desk, the public pages and the exports; stop with Ctrl-C.

    Behind a proxy that speaks https, set CLAIMLINE_BASE_URL to the public address.

    \b
    Example:  claimline serve --port 8000
    """
    with opened() as (settings, _):
        click.echo(f"Serving on http://{host}:{port}/ (Ctrl-C stops)", err=True)
        run_server(settings, host, port)


def run_server(settings: Settings, host: str, port: int) -> None:
    """Answer requests until the process is told to stop; ClickException where the port is taken."""
    try:
        server = waitress.create_server(create_app(settings), host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another --port."
        ) from error
    try:
        server.run()
    finally:
        server.close()
