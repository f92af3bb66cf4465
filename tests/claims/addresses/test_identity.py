"""Which addresses are one page, and which look alike and are two."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.addresses import canonical, identity, parse, same_page, spellings

STORY = "https://news-sample.org/2026/11/ankara-s-400"
CACHED = "https://www-news--sample-org.cdn.ampproject.org"
SAME = [
    (STORY, "http://news-sample.org/2026/11/ankara-s-400"),
    (STORY, "https://www.news-sample.org/2026/11/ankara-s-400"),
    (STORY, "HTTPS://WWW.News-Sample.org:443/2026/11/ankara-s-400#comments"),
    (STORY, "http://news-sample.org:80/2026/11/ankara-s-400/"),
    (STORY, f"{STORY}?utm_source=feed&utm_medium=rss&fbclid=IwAR0x&gclid=7&%75tm_term=x"),
    (STORY, f"{STORY}?mc_cid=8f2e&mc_eid=77aa&at_medium=social&at_campaign=x&ref_src=twsrc"),
    (STORY, f"{STORY}?"),
    (STORY, f"{STORY}/amp"),
    (STORY, f"{STORY}/amp/"),
    (STORY, f"{STORY}?amp"),
    (STORY, f"{STORY}?amp=1"),
    (STORY, f"{STORY}?outputType=amp&usqp=mq331AQ"),
    (STORY, "https://amp.news-sample.org/2026/11/ankara-s-400"),
    (STORY, f"{CACHED}/c/s/www.news-sample.org/2026/11/ankara-s-400"),
    (STORY, f"{CACHED}/v/s/www.news-sample.org/2026/11/ankara-s-400/amp?amp_js_v=0.1"),
    (STORY, f"{CACHED}/c/www.news-sample.org/2026/11/ankara-s-400"),
    (STORY, "https://news-sample.org/2026/./11/x/../ankara-s-400"),
    (STORY, "https://news-sample.org/2026/11/ankara%2Ds%2d400"),
    (STORY, f"{STORY};jsessionid=0A1B2C3D4E5F60718293A4B5C6D7E8F9.node1"),
    (STORY, f"{STORY}?PHPSESSID=q8e0vq3cb0a6c1tn5l4q2s1m07"),
    (STORY, f"{STORY}?sid=9f86d081884c7d659a2feaa0c55ad015"),
    (STORY, f"{STORY}?ASPSESSIONIDQQABCDEF=KJHGFDSA"),
    (STORY, "https://news-sample.org/2026/(S(lit3py55t21z5v55vlm25s55))/11/ankara-s-400"),
    ("https://news-sample.org", "http://www.news-sample.org/"),
    ("https://news-sample.org/a?id=5&page=2", "https://news-sample.org/a?page=2&id=5"),
    ("https://news-sample.org/a?id=5&page=2", "https://news-sample.org/a/?id=5&&page=2&s=9f86d081884c7d659a2feaa0"),
    ("https://news-sample.org/haber/ışık", "https://news-sample.org/haber/%C4%B1%C5%9F%C4%B1k"),
    ("https://news-sample.org/a?q=two words".replace(" ", "%20"), "https://news-sample.org/a?q=two+words"),
    ("https://news-sample.org/a%c3%bc", "https://news-sample.org/a%C3%BC"),
    ("https://news-sample.org/~desk/a", "https://news-sample.org/%7Edesk/a"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("https://news-sample.org/a", "https://news-sample.org/a/;"),
    ("https://news.example./a", "https://news.example/a"),
    ("https://news.example:8443/a", "https://www.news.example:8443/a/"),
]
DIFFERENT = [
    (STORY, "https://news-sample.org/2026/11/ankara-s-401"),
    (STORY, "https://news-sample.org/2026/11/Ankara-S-400"),
    (STORY, f"{STORY}.html"),
    (STORY, f"{STORY}?page=2"),
    (STORY, f"{STORY}/2"),
    (STORY, "https://news-sample.com/2026/11/ankara-s-400"),
    (STORY, "https://m-news-sample.org/2026/11/ankara-s-400"),
    (STORY, "https://sport.news-sample.org/2026/11/ankara-s-400"),
    (STORY, "https://news-sample.org:8443/2026/11/ankara-s-400"),
    (STORY, "http://news-sample.org:443/2026/11/ankara-s-400"),
    (STORY, "https://google.com/amp/s/news-sample.org/2026/11/ankara-s-400"),
    (STORY, "https://other-example.cdn.ampproject.org/c/s/news-sample.org/2026/11/ankara-s-400"),
    (STORY, "https://cdn.ampproject.org.evil.example/c/s/news-sample.org/2026/11/ankara-s-400"),
    ("https://news-sample.org/?12345", "https://news-sample.org/?12346"),
    ("https://news-sample.org/?12345", "https://news-sample.org/"),
    ("https://news-sample.org/story.php?cid=7", "https://news-sample.org/story.php?cid=8"),
    ("https://news-sample.org/story?ref=7", "https://news-sample.org/story?ref=8"),
    ("https://news-sample.org/story?eid=7", "https://news-sample.org/story?eid=8"),
    ("https://news-sample.org/story?source=a", "https://news-sample.org/story?source=b"),
    ("https://news-sample.org/story?article_ref=7", "https://news-sample.org/story?article_ref=8"),
    ("https://news-sample.org/story?session=7", "https://news-sample.org/story?session=8"),
    ("https://news-sample.org/story?uid=7", "https://news-sample.org/story?uid=8"),
    ("https://news-sample.org/story?sid=1000234", "https://news-sample.org/story?sid=1000235"),
    ("https://news-sample.org/story?sid=1234567890123456", "https://news-sample.org/story?sid=1234567890123457"),
    ("https://news-sample.org/?s=ankara", "https://news-sample.org/?s=moscow"),
    ("https://news-sample.org/story?keyword=a", "https://news-sample.org/story?keyword=b"),
    ("https://news-sample.org/story?clid=4", "https://news-sample.org/story?clid=5"),
    ("https://news-sample.org/story?campaign=1", "https://news-sample.org/story?campaign=2"),
    ("https://news-sample.org/story?ga_id=1", "https://news-sample.org/story?ga_id=2"),
    ("https://news-sample.org/story?medium=tv", "https://news-sample.org/story?medium=radio"),
    ("https://news-sample.org/guitars/amp", "https://news-sample.org/guitars"),
    ("https://news-sample.org/amp", "https://news-sample.org/"),
    ("https://news-sample.org/story-1/amplified", "https://news-sample.org/story-1"),
    ("https://news-sample.org/story?amp=marshall", "https://news-sample.org/story"),
    ("https://news-sample.org/story?outputType=pdf", "https://news-sample.org/story"),
    ("https://web.example/2020/https://a.example/s", "https://web.example/2020/https://b.example/s"),
    ("https://news-sample.org/100%25", "https://news-sample.org/100"),
    ("https://news-sample.org/100%2541", "https://news-sample.org/100%41"),
    ("https://news-sample.org/a%2Fb", "https://news-sample.org/a/b"),
    ("https://news-sample.org/a%3Fb", "https://news-sample.org/a?b"),
    ("https://news-sample.org/a%23b", "https://news-sample.org/a#b"),
    ("https://news-sample.org/?q=a%26b=1", "https://news-sample.org/?q=a&b=1"),
    ("https://news-sample.org/?q=1%2B2", "https://news-sample.org/?q=1+2"),
    ("https://news-sample.org/%FC", "https://news-sample.org/%C3%BC"),
    ("https://news-sample.org/?q=%FC", "https://news-sample.org/?q=%FE"),
    ("https://news-sample.org//a", "https://news-sample.org/a"),
    ("https://news-sample.org/{a}", "https://news-sample.org/{b}"),
    ("https://one.blogspot.com/a", "https://blogspot.com/a"),
    ("https://amp.blogspot.com/a", "https://blogspot.com/a"),
    ("https://www.blogspot.com/a", "https://amp.blogspot.com/a"),
    ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    ("https://news-sample.org/;a=1", "https://news-sample.org/;a=2"),
]
HOSTS = ("news-sample.org", "www.news-sample.org", "amp.news-sample.org", "haber.example", "bücher.example", "10.0.0.1")
SEGMENTS = st.text(alphabet="ab1-./%~+;,:@ü=amp()", max_size=8).map(lambda text: quote(text, safe="%~+;,:@=()ü"))
NAMES = st.sampled_from(["id", "p", "q", "sid", "amp", "utm_source", "a-b", "%61", "", "s", "12"])
PARAMETERS = st.lists(st.tuples(NAMES, st.text(alphabet="a1&%+=ü ", max_size=5).map(quote)), max_size=4)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Addresses of pages, as odd as outlets make them."""
    path = "".join(f"/{segment}" for segment in draw(st.lists(SEGMENTS, max_size=4)))
    query = "&".join(f"{name}={value}" if value else name for name, value in draw(PARAMETERS))
    start = draw(st.sampled_from(["http://{}", "https://{}", "http://{}:80", "https://{}:443", "http://{}:8080"]))
    return f"{start.format(draw(st.sampled_from(HOSTS)))}{path}?{query}"


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_page_have_one_identity(one: str, other: str) -> None:
    assert identity(one) == identity(other)
    assert same_page(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_pages_never_share_an_identity(one: str, other: str) -> None:
    assert identity(one) != identity(other)
    assert not same_page(one, other)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&b=2&fbclid=3&a=1&&gclid#top", "https://news.example/a?b=2&a=1"),
        ("http://www.news.example/a/", "http://www.news.example/a/"),
        ("https://amp.news.example/s-400/amp", "https://amp.news.example/s-400/amp"),
        ("https://news.example/s-400?amp=1&id=5", "https://news.example/s-400?id=5"),
        ("https://news.example/a;jsessionid=0A1B?id=5", "https://news.example/a?id=5"),
        ("https://news.example/%7ea%c3%bc%2f?q=%7e", "https://news.example/~a%C3%BC%2F?q=~"),
        ("https://news.example/a?q=1+2&r=a,b;c", "https://news.example/a?q=1+2&r=a,b;c"),
        (f"{CACHED}/c/s/www.news-sample.org/s-400/amp?x=1", "https://www.news-sample.org/s-400/amp?x=1"),
    ],
)
def test_the_canonical_address_drops_only_what_no_server_needs(url: str, linked: str) -> None:
    assert canonical(url) == linked


@given(addresses())
def test_the_canonical_address_is_its_own_and_of_the_same_page(url: str) -> None:
    own = canonical(url)

    assert canonical(own) == own
    assert parse(own).url == own
    assert identity(own) == identity(url)


@given(addresses())
def test_an_identity_is_that_of_itself(url: str) -> None:
    assert identity(f"https://{identity(url)}") == identity(url)


@given(addresses())
def test_every_spelling_is_of_the_same_page_and_finds_the_others(url: str) -> None:
    found = spellings(url)

    assert found[0] == canonical(url)
    assert {identity(spelling) for spelling in found} == {identity(url)}
    assert all(set(found[1:]) <= set(spellings(spelling)) for spelling in found)


@given(addresses(), st.integers(min_value=0, max_value=10_000), st.integers(min_value=0, max_value=10_000))
def test_numbers_tell_articles_apart(url: str, one: int, other: int) -> None:
    base, _, query = url.partition("?")

    assert same_page(f"{base}/{one}-a?{query}", f"{base}/{other}-a?{query}") is (one == other)
    assert same_page(f"{url}&article={one}", f"{url}&article={other}") is (one == other)


# What w3lib writes as three characters each, and what leaves no room for "www." or "/amp".
@pytest.mark.parametrize(
    "longest", ["https://news-sample.org/?" + "'?" * 987, "https://news-sample.org/" + "a" * 1_976]
)
def test_the_longest_addresses_have_an_identity_of_their_own_that_can_be_indexed(longest: str) -> None:
    other = longest[:-1] + "b"
    assert len(parse(longest).url) in {1_999, 2_000}

    assert len(identity(longest)) <= 2_000
    assert identity(longest).startswith("news-sample.org/")
    assert identity(longest) != identity(other)
    assert same_page(longest, longest.replace("https://", "http://"))
    assert spellings(longest)[0] == longest


def test_what_is_no_web_address_is_only_itself() -> None:
    assert spellings("file:///home/desk/a.html") == ("file:///home/desk/a.html",)
    assert same_page("file:///a.html", "file:///a.html")
    assert not same_page("file:///a.html", "file:///b.html")
