"""The files that auditors download."""

from flask import Blueprint

from web.exports import views

blueprint = Blueprint("exports", __name__, url_prefix="/exports")

blueprint.add_url_rule("/", "index", views.index)
blueprint.add_url_rule("/audit.csv", "audit", views.download_audit)
blueprint.add_url_rule("/suggestions.csv", "suggestions", views.download_suggestions)
blueprint.add_url_rule("/<any(claims, appearances, reviews, evidence):name>.csv", "download", views.download)
