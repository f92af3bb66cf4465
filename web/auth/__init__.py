"""Signing in and out."""

from flask import Blueprint

from web.auth import views
from web.auth.throttle import Throttle

blueprint = Blueprint("auth", __name__)
blueprint.record_once(lambda setup: setup.app.extensions.setdefault("sign_in_throttle", Throttle()))

blueprint.add_url_rule("/sign-in", "sign_in", views.show_sign_in)
blueprint.add_url_rule("/sign-in", "send_sign_in", views.sign_in, methods=["POST"])
blueprint.add_url_rule("/sign-out", "sign_out", views.sign_out, methods=["POST"])
