"""Serves an app on this machine from a thread, for as long as a block runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

HOST = "127.0.0.1"


class QuietHandler(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the progress of whoever asks is what people look at."""


@contextmanager
def serving(app_for: Callable[[str], Flask], port: int = 0) -> Iterator[str]:
    """The address of the app that app_for makes for it; port 0 takes any that is free.

    Raises OSError or SystemExit, as werkzeug does, where the port is taken.
    """
    server = make_server(HOST, port, Flask("not yet"), threaded=True, request_handler=QuietHandler)
    url = f"http://{HOST}:{server.port}"
    server.app = app_for(url)
    thread = threading.Thread(target=server.serve_forever, name=url, daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
