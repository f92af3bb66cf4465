"""What machines ask of the site: whether it is well, and where robots may go."""

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from claims.queries.listing import public_list
from web.access import everyone
from web.storage import reading

ROBOTS = """\
User-agent: *
Disallow: /desk/
Disallow: /sign-in
Disallow: /search
Disallow: /exports/
"""


@everyone
def health() -> ResponseReturnValue:
    """Says ok once the database has answered a real question; 503 while it does not."""
    with reading() as session:
        published = public_list(session).total
    return jsonify(status="ok", published_claims=published), {"Cache-Control": "no-store"}


@everyone
def robots() -> ResponseReturnValue:
    """Where search engines may go: to the claims, not to lists that never end."""
    return Response(ROBOTS, mimetype="text/plain")
