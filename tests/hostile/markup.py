"""Hosts whose pages are made to choke a parser, or point to where nobody may go."""

import json

from tests.hostile.case import CANARY, CANARY_NAME, NAMED, Case
from tests.hostile.stories import paragraphs, story, told
from tests.scrapers.site import answer

SECRET = f"http://{CANARY_NAME}/secret"
LINKED_DATA = json.dumps({"@context": SECRET, "@type": "NewsArticle", "url": SECRET, "mainEntityOfPage": SECRET})
LONG_TITLE = f"<html><head><title>{'long ' * 200_000}</title></head><body><h1>News</h1><article>"


def page(name: str, html: str | bytes) -> Case:
    """A page from which the story can be read all the same."""
    return Case(name, told(name), {"/story": answer(html)})


def head(name: str, markup: str) -> Case:
    """A story with this in its head."""
    return page(name, story(name, head=markup))


POINTING = (
    head("meta-refresh", f'<meta http-equiv="refresh" content="0; url={SECRET}">'),
    head("meta-refresh-quoted", f"<META HTTP-EQUIV='Refresh' CONTENT='0;URL=&quot;{SECRET}&quot;'>"),
    head("base", f'<base href="http://{CANARY_NAME}/">'),
    head("canonical", f'<link rel="canonical" href="{SECRET}">'),
    head("canonical-to-address", f'<link rel="canonical" href="http://{CANARY}/secret">'),
    head("canonical-to-file", '<link rel="canonical" href="file:///etc/hostname">'),
    head("canonical-garbage", '<link rel="canonical" href="http://[::1/%00 \\">'),
    head("base-and-canonical", f'<base href="http://{CANARY_NAME}/"><link rel="canonical" href="secret">'),
    head("og-url", f'<meta property="og:url" content="{SECRET}"><meta property="og:image" content="{SECRET}.png">'),
    head(
        "amp",
        f'<link rel="amphtml" href="{SECRET}"><link rel="next" href="{SECRET}"><link rel="alternate" href="{SECRET}">',
    ),
    head(
        "stylesheet",
        f'<link rel="stylesheet" href="{SECRET}"><script src="{SECRET}"></script><link rel="icon" href="{SECRET}">',
    ),
    head("json-ld", f'<script type="application/ld+json">{LINKED_DATA}</script>'),
    head("manifest", f'<link rel="manifest" href="{SECRET}"><link rel="dns-prefetch" href="http://{CANARY_NAME}/">'),
    page("links", story("links", after="".join(f'<a href="http://{CANARY}/{n}">more</a>' for n in range(500)))),
    page(
        "images",
        story(
            "images", before=f'<img src="{SECRET}"><iframe src="{SECRET}"></iframe><object data="{SECRET}"></object>'
        ),
    ),
    page("form", story("form", before=f'<form action="{SECRET}"><input autofocus onfocus="submit()"></form>')),
    page("doctype", f'<!DOCTYPE html SYSTEM "{SECRET}" [<!ENTITY x SYSTEM "{SECRET}">]>&x;' + story("doctype")),
    page("stylesheet-instruction", f'<?xml-stylesheet href="{SECRET}"?>' + story("stylesheet-instruction")),
    page(
        "xinclude",
        story("xinclude", before=f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{SECRET}"/>'),
    ),
)
CHOKING = (
    page("50000-deep", story("50000-deep", after="<div>" * 50_000)),
    page("50000-deep-before", story("50000-deep-before", before="<div>" * 12_000 + "</div>" * 12_000)),
    Case("50000-deep-around", NAMED, {"/story": answer("<div>" * 50_000 + "<p>deep</p>")}),
    page("line-of-6-mb", story("line-of-6-mb", after="<!--" + "x" * 5_900_000 + "-->")),
    Case(
        "line-of-6-mb-of-words",
        NAMED,
        {"/story": answer("<p>" + "ten words in a row without an end. " * 160_000 + "x" * 300_000)},
    ),
    page(
        "half-a-million-attributes",
        story("half-a-million-attributes", after="<p " + " ".join(f"a{n}=1" for n in range(550_000)) + ">"),
    ),
    Case("page-of-nuls", NAMED, {"/story": answer(bytes(5_000_000))}),
    page(
        "nuls-between",
        story("nuls-between").replace("harbour", "har\0bour").replace("har\0bour board", "harbour board"),
    ),
    page("million-entities", story("million-entities", after="<p>" + "&amp;" * 1_000_000 + "</p>")),
    page("unclosed-tags", story("unclosed-tags", after="<b><i><u>" * 30_000)),
    page("unclosed-comment", story("unclosed-comment", after="<!-- " + "- " * 1_000_000)),
    page("unclosed-attribute", story("unclosed-attribute", after='<a href="' + "x" * 3_000_000)),
    page("cdata", story("cdata", after="<![CDATA[" + "]" * 1_000_000)),
    page("many-links", story("many-links", after="<a href=x>y</a>" * 380_000)),
    page("tables", story("tables", after="<table><tr><td>" * 20_000)),
    page(
        "megabytes-of-json-ld",
        story("megabytes-of-json-ld", head='<script type="application/ld+json">' + "[" * 2_000_000 + "</script>"),
    ),
    page("title-of-a-megabyte", f"{LONG_TITLE}{paragraphs('title-of-a-megabyte')}</article></body></html>"),
    page(
        "surrogates-and-bells",
        story("surrogates-and-bells", after="<p>&#xD800;&#0;&#x110000;\x07\x1b[31m‮reversed\u2028</p>"),
    ),
)
CASES = (*POINTING, *CHOKING)
