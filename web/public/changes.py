"""What an outlet changed in an article that a checked claim appeared in, for everybody to see."""

from flask import render_template, request

from claims.queries import versions
from web.access import everyone
from web.comparing import comparison, orphaned, pair_asked, standing
from web.storage import reading


@everyone
def show(article_id: int) -> str:
    """The passages that differ between two versions of the article; what did not change is the outlet's to show."""
    with reading() as session:
        article = versions.public_article_versions(session, article_id, *pair_asked(request.args))
    return render_template(
        "public/changes.html",
        article=article,
        compared=comparison(article.pair, article.outlet),
        standing=standing(article.quotes),
        orphaned=orphaned(article.quotes),
    )
