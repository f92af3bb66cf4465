"""A page that lists stories is told from one that tells a story, and in doubt it tells one."""

import json

import pytest

from scrapers.article import LISTS_STORIES, read, read_any
from scrapers.errors import NotAnArticle

URL = "https://ledger.example/politics"
HEADLINES = (
    "Council puts off the vote on the new harbour bridge",
    "Ferries will sail by their winter timetable until May",
    "Two schools in the old town are to share one roof",
    "Minister says that the grain store was never empty",
    "Rail union and ministry meet again in the capital",
    "Night buses return to the hills after four years",
    "Court hears the case of the vanished lighthouse",
)
STANDFIRST = "Both sides say that they are closer than in spring, but neither names a day on which they will sign."
ABOUT = "All that our reporters in the capital write on parliament, parties and the elections of this year."
TOLD = (
    "The engineers told the council that the piers would stand for thirty years more, the mayor asked for a vote "
    "before the summer, and the auditors wished to count the money once more before anybody signed."
)
CHINESE = "拉克港议会周一再次推迟了新港口大桥的表决，市长说没有人应受责备，资金也已经到位。"
CHINESE_HEADLINES = (
    "财政部长表示粮食仓库从来没有空过并且账目公开透明",
    "铁路工会与交通部在首都再次会面讨论夜班安排问题",
    "两所老城区学校将在明年春天共用一栋教学楼的屋顶",
    "山区夜间巴士在停运四年之后终于恢复原来的时间表",
    "渡轮公司宣布冬季时刻表将一直沿用到明年五月为止",
)
JAPANESE = "港の新しい橋の投票が再び延期されたと市長が発表"


def page(body: str, head: str = "") -> bytes:
    """A page with this body."""
    title = "<title>Politics | The Ledger</title>"
    return f'<html lang="en"><head>{title}{head}</head><body>{body}</body></html>'.encode()


def as_json_ld(value: object) -> str:
    """A script that describes the page."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def teasers(pattern: str) -> str:
    """A teaser for each headline, in an outlet's markup."""
    return "".join(pattern.format(number, headline, STANDFIRST) for number, headline in enumerate(HEADLINES))


CARDS = teasers('<div class="card"><a href="/s/{0}"><h3>{1}</h3><p>{2}</p></a></div>')
WITH_STANDFIRST = teasers('<article><h2><a href="/s/{0}">{1}</a></h2><p>{2}</p><time>3 May</time></article>')
ARCHIVE = teasers('<div><h2><a href="/s/{0}">{1}</a></h2><p>By Mia Sander</p><p>3 May 2026</p><p>{2}</p></div>')
LINKS = "<ul>" + teasers('<li><a href="/s/{0}">{1}</a></li>') + "</ul>"
FEW = ["<article>".join(WITH_STANDFIRST.split("<article>")[: number + 1]) for number in range(4)]
LISTED_ARTICLES = as_json_ld(
    {
        "@type": "CollectionPage",
        "mainEntity": {"@type": "ItemList", "itemListElement": [{"item": {"@type": "NewsArticle", "headline": "A"}}]},
    }
)
IS_NEWS = as_json_ld([{"@type": ["ReportageNewsArticle"], "headline": HEADLINES[0]}])
SECTIONS = {
    "a front page of cards": page(CARDS, '<meta property="og:type" content="website">'),
    "a section with its own words": page(f"<h1>Politics</h1><p>{ABOUT}</p>{WITH_STANDFIRST}"),
    "a tag's archive": page(f"<h1>Tag: harbour</h1>{ARCHIVE}<a href='/tag/harbour/2'>Older stories from before</a>"),
    "a list of links": page(f"<h1>Archive of May 2026</h1>{LINKS}"),
    "a short section": page("<h1>Politics</h1>" + FEW[3]),
    "what a search found": page(
        f"<h1>7 results for harbour</h1>{WITH_STANDFIRST}", '<meta name="robots" content="noindex">'
    ),
    "a section of one outlet's closed stories": page(
        f"<h1>Politics</h1><p>{ABOUT}</p>"
        + teasers('<div><h2><a href="/s/{0}">{1}</a></h2><p>{2}</p><p>For subscribers</p></div>')
    ),
    "a list in microdata": page(
        teasers(
            '<div itemscope itemtype="https://schema.org/NewsArticle"><h2><a href="/s/{0}">{1}</a></h2><p>{2}</p></div>'
        )
    ),
    "a list whose stories are described": page(f"<h1>Politics</h1>{CARDS}", LISTED_ARTICLES),
}
BRIEF = "The council of Larkhaven put off the vote on the new bridge on Monday, for the third time in this year."
LONG = f"{BRIEF} {STANDFIRST} {ABOUT} The mayor said that nobody was to blame, and that the money lies ready."
HEADLINE = "<h1>Vote on the new harbour bridge is put off once more</h1>"
STORIES = {
    "a brief beside many others": page(f"{HEADLINE}<p>{BRIEF}</p>{WITH_STANDFIRST}"),
    "a story under a short headline": page(f"<h1>No vote</h1><p>{LONG}</p>{LINKS}"),
    "a story below other stories": page(f"{LINKS}<h1>No vote</h1><p>a</p><p>b</p><p>c</p><p>{LONG}</p>"),
    "a page that calls itself an article": page(WITH_STANDFIRST, '<meta property="og:type" content="article">'),
    "one that JSON-LD calls an article": page(
        WITH_STANDFIRST, as_json_ld({"@type": "NewsArticle", "headline": HEADLINES[0]})
    ),
    "one beside a list of others": page(WITH_STANDFIRST, LISTED_ARTICLES + IS_NEWS),
    "two stories in short": page("<h1>Politics</h1>" + FEW[2]),
    "a story below a few others": page(f"{FEW[3]}<h1>Vote</h1><p>{BRIEF}</p>"),
    "a brief in Japanese": page(f"<h1>{JAPANESE}</h1><p>{JAPANESE * 4}</p>{LINKS}"),
    "a story in a blog, whose headline leads to it": page(
        f'<h2><a href="/s">{HEADLINES[0]}</a></h2><p>{TOLD}</p><p>{LONG}</p>'
        f'<ul><li><a href="/a">{HEADLINES[1]}</a></li><li><a href="/b">{HEADLINES[2]}</a></li></ul>'
    ),
    "a story on one line under a headline that is a link": page(
        f'<h2><a href="/s">{HEADLINES[0]}</a></h2><div>{TOLD} {LONG}</div>'
        f'<a href="/a">{HEADLINES[1]}</a><p><a href="/b">{HEADLINES[2]}</a></p>'
    ),
    "a story with others between its paragraphs": page(
        f"<h1>No vote</h1><p>{BRIEF}</p>"
        + teasers(f'<p><a href="/s/{{0}}">Read also: {{1}}</a></p><p>{TOLD}</p><p>{{2}}</p>')
    ),
    "a story in points whose headings are links": page(
        "<h1>What we decided</h1>"
        + teasers(f'<h2><a href="/s/{{0}}">{{0}}. {{1}}</a></h2><p>{TOLD}</p><p>And so the year ended with {{2}}</p>')
    ),
    "questions and answers": page(
        "<h1>You ask</h1>" + teasers('<h3><a href="#q{0}">Why is it that {1}?</a></h3><p>{2}</p>')
    ),
    "a live blog": page(
        f"<h1>Live: the vote</h1><p>{BRIEF}</p>"
        + teasers('<div><h3><a href="#e{0}">14:0{0} {1}</a></h3><p>{2}</p></div>')
    ),
    "a story in pictures": page(
        "<h1>Forty years of the harbour bridge, in pictures from our archive</h1>"
        + "".join(f"<p>The bridge in {year}. Photo: Sander</p>" for year in range(1986, 1998))
        + FEW[3]
    ),
    "a short notice": page(
        "<h1>Schools in the old town stay closed on Monday because of the storm</h1>"
        f"<p>There are no lessons on Monday.</p><p>All the buses run as usual.</p>"
        f"<p>More is to follow in the evening.</p>{FEW[3]}"
    ),
    "a brief in Chinese": page(
        f"<h1>大桥表决推迟</h1>{''.join(f'<p>{day}日，{CHINESE[:30]}。</p>' for day in range(1, 7))}"
        + "".join(f'<p><a href="/{number}">{headline}</a></p>' for number, headline in enumerate(CHINESE_HEADLINES))
    ),
    "a page of OpenGraph's type newsarticle": page(
        f"<h1>No vote</h1><p>{BRIEF}</p>{LINKS}", '<meta property="og:type" content="NewsArticle">'
    ),
    "one that microdata calls an article": page(
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1>No vote</h1><p>{BRIEF}</p></div>{LINKS}'
    ),
    "one whose body microdata marks, beside others": page(
        f'<div itemscope itemtype="http://schema.org/Article"><h1>No vote</h1>'
        f'<p itemprop="articleBody">{BRIEF}</p></div>'
        + teasers('<div itemscope itemtype="http://schema.org/Article"><a href="/s/{0}">{1}</a></div>')
    ),
    "a page that says for whom the article is": page(
        WITH_STANDFIRST, '<meta property="article:content_tier" content="locked">'
    ),
    "the opening of a story for subscribers": page(f"<h1>No vote</h1><p>{TOLD}</p><p>Subscribe to read on.</p>{LINKS}"),
}


@pytest.mark.parametrize("html", SECTIONS.values(), ids=SECTIONS)
def test_a_page_that_lists_stories_is_refused_with_what_to_do(html: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        read(html, URL)

    assert refusal.value.what == LISTS_STORIES
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("html", STORIES.values(), ids=STORIES)
def test_in_doubt_a_page_tells_a_story(html: bytes) -> None:
    assert read(html, URL).text


def test_a_list_can_be_evidence() -> None:
    assert STANDFIRST in read_any(SECTIONS["a section with its own words"], URL).text
