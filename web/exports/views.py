"""The downloads: each file is written whole before its first byte is sent, so that it is complete or an error."""

import io
import tempfile
from contextlib import ExitStack
from typing import BinaryIO

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from claims import exports
from claims.exports import Export, Scope
from claims.models import Role
from web.access import allow, everyone, signed_in
from web.storage import base_url, now, reading


@everyone
def index() -> ResponseReturnValue:
    """What there is to download, and what is in it."""
    return render_template("exports/index.html")


@everyone
def download(name: str) -> ResponseReturnValue:
    """A file of what is published, or of everything for those who work at the desk."""
    return whole_file(Export(name), published_only=signed_in() is None)


@allow(Role.EDITOR)
def download_audit() -> ResponseReturnValue:
    """The audit log, in which each event is chained to the one before it."""
    return whole_file(Export.AUDIT, published_only=False)


@allow(Role.REVIEWER)
def download_suggestions() -> ResponseReturnValue:
    """What people decided about the matcher's suggestions, which is for the desk alone."""
    return whole_file(Export.SUGGESTIONS, published_only=False)


def whole_file(export: Export, *, published_only: bool) -> Response:
    """The export as a download, with its length, named after its day."""
    with ExitStack() as undo:
        file = undo.enter_context(tempfile.TemporaryFile())
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        with reading() as session:
            exports.write(session, export, text, Scope(base_url(), published_only=published_only))
        text.detach()
        response = download_of(file, f"claimline-{export.value}-{now():%Y-%m-%d}.csv")
        undo.pop_all()  # from here the answer closes the file, once it is sent
    return response


def download_of(file: BinaryIO, name: str) -> Response:
    """The answer that sends a file that was just written, from its start."""
    size_bytes = file.tell()
    file.seek(0)
    response = send_file(file, mimetype="text/csv", as_attachment=True, download_name=name)
    response.content_length = size_bytes
    response.headers["Cache-Control"] = "no-store"
    return response
