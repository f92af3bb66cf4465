"""The sample world as a Flask application: home pages, articles, feeds, sitemaps and robots.txt of every outlet."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from flask import Flask, Response, abort, current_app, json, render_template, request

from web.sample.outlets import OUTLETS, FeedFormat, SampleOutlet, Section
from web.sample.stories import SampleArticle, sample_articles

SAMPLE_NOTICE = "Sample page made for Claimline’s demo; not a real outlet"
RELATED_ARTICLES = 4
FEED_TEMPLATES = {
    FeedFormat.RSS: "feeds/rss.xml",
    FeedFormat.RDF: "feeds/rdf.xml",
    FeedFormat.ATOM: "feeds/atom.xml",
}
TURKISH_MONTHS = (
    *("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran"),
    *("Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"),
)


def create_sample_world(base_url: str) -> Flask:
    """The application that serves every outlet; base_url is where visitors reach it, such as http://127.0.0.1:8010."""
    app = Flask(__name__)
    app.config["SAMPLE_BASE_URL"] = base_url.rstrip("/")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(absolute=absolute, bylines=bylines, notice=SAMPLE_NOTICE, outlets=OUTLETS)
    app.jinja_env.filters.update(iso=datetime.isoformat, rfc822=format_datetime, long_date=long_date)
    app.add_url_rule("/", view_func=front)
    app.add_url_rule("/robots.txt", view_func=robots)
    app.add_url_rule("/<slug>/", view_func=home)
    app.add_url_rule("/<slug>/about", view_func=about)
    app.add_url_rule("/<slug>/section/<section_slug>", view_func=section)
    app.add_url_rule("/<slug>/feed.xml", view_func=feed)
    app.add_url_rule("/<slug>/feed.json", view_func=feed)
    app.add_url_rule("/<slug>/sitemap.xml", view_func=sitemap)
    app.add_url_rule("/<slug>/sitemap-<section_slug>.xml", view_func=sitemap_part)
    app.add_url_rule("/<slug>/<path:rest>", view_func=article)
    return app


def front() -> str:
    """The list of all outlets."""
    return render_template("front.html")


def robots() -> Response:
    """The rules for crawlers, which name every outlet's sitemap."""
    return Response(render_template("robots.txt"), content_type="text/plain; charset=utf-8")


def home(slug: str) -> Response:
    """An outlet's home page: all its articles, newest first."""
    outlet = outlet_at(slug)
    return page(outlet, "common/listing.html", heading=outlet.tagline, articles=articles_of(outlet))


def section(slug: str, section_slug: str) -> Response:
    """The articles of one section of an outlet."""
    outlet = outlet_at(slug)
    shown = section_at(outlet, section_slug)
    return page(outlet, "common/listing.html", heading=shown.name, articles=articles_in(outlet, shown))


def about(slug: str) -> Response:
    """The page that says what the outlet is: a sample."""
    return page(outlet_at(slug), "common/about.html")


def article(slug: str, rest: str) -> Response:
    """An article in its outlet's own markup, with links to others beside it."""
    outlet = outlet_at(slug)
    listed = articles_of(outlet)
    found = next((listed_article for listed_article in listed if listed_article.path == request.path), None)
    if found is None:
        abort(404, f"{outlet.name} has no page {rest!r}.")
    related = [other for other in listed if other != found][:RELATED_ARTICLES]
    return page(outlet, f"{slug}/article.html", article=found, related=related)


def feed(slug: str) -> Response:
    """An outlet's feed, in the one format that it offers."""
    outlet = outlet_at(slug)
    if request.path != outlet.feed_path:
        abort(404)
    articles = articles_of(outlet)
    if outlet.feed_format is FeedFormat.JSON_FEED:
        text = json_feed(outlet, articles)
    else:
        text = render_template(FEED_TEMPLATES[outlet.feed_format], outlet=outlet, articles=articles)
    return Response(text, content_type=f"{outlet.feed_format}; charset=utf-8")


def sitemap(slug: str) -> Response:
    """An outlet's sitemap, or the index of its sections' sitemaps."""
    outlet = outlet_at(slug)
    template = "feeds/sitemap-index.xml" if outlet.sitemap_index else "feeds/sitemap.xml"
    return xml(render_template(template, outlet=outlet, articles=articles_of(outlet)))


def sitemap_part(slug: str, section_slug: str) -> Response:
    """The sitemap of one section, which an outlet's sitemap index points to."""
    outlet = outlet_at(slug)
    if not outlet.sitemap_index:
        abort(404)
    articles = articles_in(outlet, section_at(outlet, section_slug))
    return xml(render_template("feeds/sitemap.xml", outlet=outlet, articles=articles))


def outlet_at(slug: str) -> SampleOutlet:
    """The outlet under this path; 404 where there is none."""
    outlet = next((outlet for outlet in OUTLETS if outlet.slug == slug), None)
    if outlet is None:
        abort(404)
    return outlet


def section_at(outlet: SampleOutlet, slug: str) -> Section:
    """The outlet's section of this slug; 404 where there is none."""
    found = next((section for section in outlet.sections if section.slug == slug), None)
    if found is None:
        abort(404)
    return found


def articles_of(outlet: SampleOutlet) -> list[SampleArticle]:
    """An outlet's articles, newest first."""
    return [article for article in sample_articles() if article.outlet == outlet]


def articles_in(outlet: SampleOutlet, part: Section) -> list[SampleArticle]:
    """The articles of one section, newest first."""
    return [article for article in articles_of(outlet) if article.section == part]


def page(outlet: SampleOutlet, template: str, **context: object) -> Response:
    """An HTML page in the outlet's own charset; what the charset lacks becomes a character reference."""
    html = render_template(template, outlet=outlet, **context)
    body = html.encode(outlet.charset, "xmlcharrefreplace")
    return Response(body, content_type=f"text/html; charset={outlet.charset}")


def xml(text: str) -> Response:
    """An XML answer."""
    return Response(text, content_type="application/xml; charset=utf-8")


def json_feed(outlet: SampleOutlet, articles: Sequence[SampleArticle]) -> str:
    """The articles as a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items = [
        {
            "id": absolute(article.path),
            "url": absolute(article.path),
            "title": article.headline,
            "summary": article.summary,
            "content_text": article.summary,
            "date_published": article.published_at.isoformat(),
            "date_modified": article.modified_at.isoformat(),
            "authors": [{"name": author} for author in article.authors],
        }
        for article in articles
    ]
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": outlet.name,
            "description": SAMPLE_NOTICE,
            "language": outlet.language,
            "home_page_url": absolute(outlet.path),
            "feed_url": absolute(outlet.feed_path),
            "items": items,
        },
        indent=2,
    )


def bylines(article: SampleArticle) -> list[dict[str, str]]:
    """The authors as JSON-LD names them: an agency is an organisation, anybody else a person."""
    kind = "Organization" if article.agency else "Person"
    return [{"@type": kind, "name": author} for author in article.authors]


def absolute(path: str) -> str:
    """The path as a whole address."""
    return f"{current_app.config['SAMPLE_BASE_URL']}{path}"


def long_date(moment: datetime, language: str) -> str:
    """The date and time as an outlet of this language prints it: "3 November 2026, 09:30"."""
    if language == "tr":
        return f"{moment.day} {TURKISH_MONTHS[moment.month - 1]} {moment:%Y, %H.%M}"
    if language == "en-US":
        return f"{moment:%B} {moment.day}, {moment:%Y, %H:%M} GMT"
    return f"{moment.day} {moment:%B %Y, %H:%M}"
