"""The published claims as a list: all of them, or those that a reader searches for."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from claims.queries.listing import public_list
from web.access import everyone
from web.asked import page_asked, rating_asked, search_asked
from web.storage import reading


@everyone
def front() -> ResponseReturnValue:
    """The front page: the latest verdicts."""
    return list_page("public.front", "")


@everyone
def search() -> ResponseReturnValue:
    """The verdicts that hold what the reader searches for."""
    return list_page("public.search", search_asked(request.args))


def list_page(endpoint: str, search_words: str) -> str:
    """One page of the published claims, narrowed by words and by the rating that the address asks for."""
    rating = rating_asked(request.args)
    with reading() as session:
        listing = public_list(session, search=search_words, rating=rating, page=page_asked(request.args))
    return render_template("public/list.html", listing=listing, search=search_words, rating=rating, endpoint=endpoint)
