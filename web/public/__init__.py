"""The public pages, which anybody may read: the list, each claim's page and its versions."""

from flask import Blueprint

from web.public import changes, claim, listing, service
from web.security import cache_for_anyone

blueprint = Blueprint("public", __name__)
blueprint.after_request(cache_for_anyone)

# Ids and numbers that both databases can hold; anything else is a 404 before a query is made.
ID = "int(min=1, max=2147483647)"

blueprint.add_url_rule("/", "front", listing.front)
blueprint.add_url_rule("/search", "search", listing.search)
blueprint.add_url_rule(f"/claims/<{ID}:claim_id>", "claim_by_id", claim.show_by_id)
blueprint.add_url_rule(f"/claims/<{ID}:claim_id>-<slug>", "claim", claim.show)
blueprint.add_url_rule(f"/claims/<{ID}:claim_id>/v/<{ID}:number>", "version_by_id", claim.show_version_by_id)
blueprint.add_url_rule(f"/claims/<{ID}:claim_id>-<slug>/v/<{ID}:number>", "version", claim.show_version)
blueprint.add_url_rule(f"/articles/<{ID}:article_id>/changes", "changes", changes.show)
blueprint.add_url_rule("/healthz", "health", service.health)
blueprint.add_url_rule("/robots.txt", "robots", service.robots)
