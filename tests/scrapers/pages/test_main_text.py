import unicodedata

import pytest

from scrapers.pages.main_text import main_text

FIRST = "The harbour master of Port Ellen said on Monday that the old bridge would be closed to lorries until spring."
SECOND = "Fishermen answered that nobody had asked them, and that the detour would cost each boat two hours a day."
THIRD = "The council denied this and promised a public hearing, which is to be held in the school hall in March."
FOURTH = "Until then the ferry takes bicycles and prams without a fare, as it did when the bridge was painted in 2019."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
TEXT = f"{FIRST}\n{SECOND}\n{THIRD}"


def text_of(body: str, head: str = "<title>Old bridge closed</title>") -> str:
    return main_text(f"<html><head>{head}</head><body>{body}</body></html>").text


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<figure><img src='x'><figcaption>The old bridge seen from the harbour last week</figcaption></figure>",
        "<div class='photo-caption'>The old bridge seen from the harbour last week</div>",
        "<div class='newsletterBox'><p>Get our letter every morning, free of charge, with all of the news</p></div>",
        "<div class='related-stories'><p>Ferry fares rise again for the third time since last summer</p></div>",
        "<div id='comments'><p>I have crossed that bridge every day for forty years and it never swayed once</p></div>",
        "<div class='author-bio'><p>Ana Ruiz has written about harbours and bridges for the paper since 2011</p></div>",
        "<p hidden>You have read all of your free articles of this month, so please think of subscribing</p>",
        "<div style='display: none'>You have read all of your free articles of this month already</div>",
        "<p>READ MORE: <a href='/x'>Ferry fares rise again for the third time since last summer</a></p>",
        "<p><a href='/x'>Ferry fares rise again for the third time since last summer, says the line</a></p>",
    ],
)
def test_what_is_no_part_of_the_story_is_left_out_of_its_middle(boilerplate: str) -> None:
    body = f"<article><h1>Old bridge closed</h1><p>{FIRST}</p>{boilerplate}<p>{SECOND}</p><p>{THIRD}</p></article>"

    assert text_of(body) == TEXT


@pytest.mark.parametrize(
    "story",
    [
        f"<div class='newsletter-page share'>{STORY}<p>{FOURTH}</p></div>",
        f"<form id='aspnetForm'>{STORY}<p>{FOURTH}</p></form>",
        f"<div class='tags'><div>{FIRST}<br>{SECOND}<br><br>{THIRD}<br>{FOURTH}</div></div>",
        f"<section><div>{STORY}</div></section><p>{FOURTH}</p>",
    ],
)
def test_no_class_name_and_no_form_leaves_the_story_itself_out(story: str) -> None:
    asked = (
        "<div class='cookie-consent'><p>We and our friends would like to count how often you come back to us</p></div>"
    )

    assert text_of(f"{asked}<h1>Old bridge closed</h1>{story}") == f"{TEXT}\n{FOURTH}"


def test_the_standfirst_is_read_although_it_stands_above_the_body() -> None:
    standfirst = "Two hours more a day: why the boats of Port Ellen are up in arms"
    header = f"<header><h1>Old bridge closed</h1><h2 class='article-subTitle'>{standfirst}</h2></header>"

    assert text_of(f"{header}<article>{STORY}</article>") == f"{standfirst}\n{TEXT}"


def test_what_the_page_is_described_with_is_read_where_it_stands_above_the_body() -> None:
    summary = "Two hours more a day: why the boats of Port Ellen are up in arms"
    head = f"<title>Old bridge closed</title><meta name='description' content='{summary}'>"

    assert text_of(f"<h1>Old bridge closed</h1><div>{summary}</div><div>{STORY}</div>", head).startswith(summary)


def test_the_headline_the_byline_and_the_date_are_no_text() -> None:
    top = "<h1>Old bridge closed</h1><span>Ana Ruiz</span><div>3 March 2026</div>"

    assert text_of(f"<article>{top}{STORY}<div>Share</div></article>") == TEXT


def test_a_link_in_running_text_is_read_whatever_its_class() -> None:
    linked = FIRST.replace("Port Ellen", "<a class='topic keyword' href='/port-ellen'>Port Ellen</a>")

    assert text_of(f"<article><p>{linked}</p><p>{SECOND}</p><p>{THIRD}</p></article>") == TEXT


def test_list_items_and_subheadings_stand_where_the_page_has_them() -> None:
    asked = "<h2>What they ask for</h2><ul><li>a second lane for lorries</li><li>an end to the toll</li></ul>"
    body = f"<article><p>{FIRST}</p>{asked}<p>{SECOND}</p><p>{THIRD}</p></article>"

    lines = text_of(body).split("\n")

    assert lines[1:4] == ["What they ask for", "- a second lane for lorries", "- an end to the toll"]


def test_the_words_stay_as_the_page_composed_them() -> None:
    decomposed = unicodedata.normalize("NFD", "Der Bürgermeister von Königsbrück erklärte, die Brücke bleibe gesperrt.")

    assert text_of(f"<article><p>{decomposed}</p>{STORY}</article>").startswith(decomposed)


def test_what_trafilatura_does_not_find_is_taken_from_the_longest_lines() -> None:
    footer = f"<footer class='footer'>{STORY}</footer>"

    found = main_text(f"<html><head><title>Old bridge closed</title></head><body>{footer}</body></html>")

    assert (found.extracted_by, found.text) == ("paragraphs", TEXT)
