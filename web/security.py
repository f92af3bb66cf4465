"""What keeps pages and sessions safe: headers, cookies, limits and the check that a form came from us."""

from datetime import timedelta

from flask import Flask, Response, current_app, request, session
from flask_wtf import CSRFProtect

from claims.settings import Settings

MAX_BODY_BYTES = 524_288
MAX_FIELDS = 500
SESSION_LASTS = timedelta(hours=12)
YEAR_S = 31_536_000

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def secure(app: Flask, settings: Settings) -> None:
    """Set the app's limits and cookies, check every write's token and put the headers on every answer."""
    is_https = settings.base_url.startswith("https:")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FIELDS,
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS,
        # A cookie is renewed by work at the desk alone: an answer that a shared cache may keep never carries one.
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="__Host-claimline" if is_https else "claimline",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_https,
        # The token lives as long as the session, so a form may stay open all day.
        WTF_CSRF_TIME_LIMIT=None,
    )
    CSRFProtect(app)
    headers = HEADERS | ({"Strict-Transport-Security": f"max-age={YEAR_S}"} if is_https else {})

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend({n: v for n, v in headers.items() if n not in response.headers})
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def cache_for_anyone(response: Response) -> Response:
    """Let shared caches keep a public page for a minute, but only as somebody without a session sees it.

    Browsers ask again each time and are told cheaply, by the page's ETag, that nothing changed.
    """
    is_page = response.status_code == 200 and request.method in {"GET", "HEAD"}
    has_session = current_app.config["SESSION_COOKIE_NAME"] in request.cookies or session.modified
    if is_page and not has_session and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "public, max-age=0, s-maxage=60, must-revalidate"
        response.add_etag()
        response.make_conditional(request)
    return response
