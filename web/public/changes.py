"""What an outlet changed in an article that a checked claim appeared in, for everybody to see."""

from flask import render_template, request

from claims.bodies import Bodies
from claims.queries import versions
from web.access import everyone
from web.comparing import comparison, orphaned, standing
from web.storage import parts, reading


@everyone
def show(article_id: int) -> str:
    """The passages that differ between two versions of the article; what did not change is the outlet's to show."""
    with reading() as session:
        article = versions.public_article_versions(session, article_id, Bodies.of(parts().settings))
    return render_template(
        "public/changes.html",
        article=article,
        compared=comparison(article.versions, request.args),
        standing=[quote for quote in standing(article.quotes) if quote.is_public],
        orphaned=[quote for quote in orphaned(article.quotes) if quote.is_public],
    )
