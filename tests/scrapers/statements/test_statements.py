import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.drafts import AppearanceDraft, ArticleDraft, Stance, StatementKind
from scrapers.statements import Statement, drafts, find
from tests.stopwatch import Computing, cpu_s_once


def article(text: str, language: str = "en") -> ArticleDraft:
    return ArticleDraft("https://news.example/story", "The story", text, language)


def only(text: str, language: str = "en") -> AppearanceDraft:
    (draft,) = drafts(article(text, language))
    return draft


def first(text: str, language: str = "en") -> tuple[str, str, str]:
    """Claimant, cue and content of the text's first statement, parts apart by a bar."""
    statement = find(text, language)[0]
    parts = (statement.claimant, statement.cue, statement.content)
    claimant, cue, content = (" | ".join(span.of(text) for span in spans) for spans in parts)
    return claimant, cue, content


CONSTRUCTIONS = [
    ("Oslo has long insisted that the pact was void.", "Oslo", "has long insisted", "the pact was void"),
    ("Oslo has maintained for years that the pact was void.", "Oslo", "has maintained", "the pact was void"),
    ("The mayor said the bridge had cost 40 million.", "The mayor", "said", "the bridge had cost 40 million"),
    ("The bridge was late, the mayor said on Monday.", "the mayor", "said", "The bridge was late"),
    ("The bridge, she said, was late.", "she", "said", "The bridge | was late"),
    ("“The bridge was late,” said Ana Ruiz.", "Ana Ruiz", "said", "“The bridge was late,”"),
    ("“The bridge was late,” Ruiz said.", "Ruiz", "said", "“The bridge was late,”"),
    ("Ruiz said: “The bridge was late.”", "Ruiz", "said", "“The bridge was late.”"),
    ("Ana Ruiz, the mayor, told reporters that it was late.", "Ana Ruiz, the mayor", "told", "it was late"),
    ("He went on to say that taxes had fallen.", "He", "went on to say", "taxes had fallen"),
    ("According to the ministry, exports fell by 3%.", "the ministry", "According to", "exports fell by 3%"),
    ("Exports fell by 3%, according to the ministry.", "the ministry", "according to", "Exports fell by 3%"),
    ("She accused the yard of hiding 12 reports.", "She", "accused", "the yard of hiding 12 reports"),
    ("The yard denied that it had been paid late.", "The yard", "denied", "it had been paid late"),
    ("The yard denied on Monday that it had been paid late.", "The yard", "denied", "it had been paid late"),
    ("The yard denied paying bribes to anyone.", "The yard", "denied", "paying bribes to anyone"),
    ("It is alleged that the yard was bribed.", "", "is alleged", "the yard was bribed"),
    ("The yard is accused of hiding 12 reports.", "", "is accused of", "The yard | hiding 12 reports"),
    ("Oslo’s claim that the pact was void drew laughter.", "Oslo’s", "claim", "the pact was void"),
    ("A study found that drivers were faster.", "A study", "found", "drivers were faster"),
    ("She left the talks and said the pact was void.", "She", "said", "the pact was void"),
    ("Ruiz, who believes the pact is void, left.", "who", "believes", "the pact is void"),
]


@pytest.mark.parametrize(("text", "claimant", "cue", "content"), CONSTRUCTIONS)
def test_a_construction_gives_claimant_cue_and_content(text: str, claimant: str, cue: str, content: str) -> None:
    assert first(text) == (claimant, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "The report was long and its claims were many.",
        "The United States should build 40 bridges.",
        "She wrote a book about bridges.",
        "The talks opened on Monday in a hotel near the lake.",
    ],
)
def test_what_nobody_stated_is_no_statement(text: str) -> None:
    assert [each for each in find(text) if not each.is_attitude] == []


def test_a_participle_takes_the_subject_of_its_main_clause() -> None:
    draft = only("Since May, Oslo has repeatedly asked for talks, arguing that its exclusion was unfair and harmful.")

    assert (draft.claimant, draft.exact) == ("Oslo", "its exclusion was unfair and harmful")
    assert draft.wording == "[Oslo’s] exclusion was unfair and harmful"


def test_a_pronoun_that_means_the_claimant_is_worded_out() -> None:
    draft = only("Oslo has long maintained that it was compelled to lease the old ships after Riga refused to sell.")

    assert draft.exact == "it was compelled to lease the old ships after Riga refused to sell"
    assert draft.wording == "[Oslo] was compelled to lease the old ships after Riga refused to sell"


def test_a_pronoun_that_means_nobody_stays() -> None:
    draft = only("Oslo insisted that it was clear that the 12 ships were old.")

    assert draft.wording == draft.exact


def test_a_relative_clause_is_worded_with_what_it_is_about() -> None:
    draft = only("The council bought old ships, which Riga argued posed a danger to all 12 harbours of the coast.")

    assert (draft.claimant, draft.exact) == ("Riga", "posed a danger to all 12 harbours of the coast")
    assert draft.wording == "[old ships] posed a danger to all 12 harbours of the coast"


def test_a_quoted_fragment_says_what_it_describes() -> None:
    draft = only('They met after a call between the two mayors, which a senior Ruiz aide described as "decisive".')

    assert (draft.claimant, draft.exact, draft.kind) == ("a senior Ruiz aide", "decisive", StatementKind.DIRECT)
    assert draft.wording == "[a call between the two mayors] decisive"


def test_an_accusation_in_a_list_item_names_the_accused() -> None:
    text = (
        "They differ over two things:\n- The price of parts\n- Engineer Pia Holt, whom Oslo accuses of selling its maps"
    )

    draft = only(text)

    assert (draft.claimant, draft.exact) == ("Oslo", "selling its maps")
    assert draft.wording == "[Engineer Pia Holt] selling its maps"


def test_an_accusation_is_worded_without_its_preposition() -> None:
    draft = only("Ruiz accused the yard of hiding 12 reports.")

    assert draft.wording == "[the yard] hiding 12 reports"


def test_a_surname_becomes_the_full_name() -> None:
    text = "Norwegian Foreign Minister Ana Ruiz flew to Riga. Ruiz will argue that the 12 ships were old."

    assert only(text).claimant == "Ana Ruiz"


@pytest.mark.parametrize(
    ("subject", "claimant"), [("She", "Ana Ruiz"), ("The foreign minister", "Ana Ruiz"), ("It", "Oslo")]
)
def test_a_pronoun_or_title_becomes_the_name_before_it(subject: str, claimant: str) -> None:
    text = f"Foreign Minister Ana Ruiz arrived. Oslo has sold ships. {subject} said the pact cost 40 million."

    assert only(text).claimant == claimant


def test_a_quotation_that_goes_on_has_one_speaker_and_an_appearance_for_each_sentence() -> None:
    text = (
        "“The bridge was late,” Ana Ruiz said. “It cost 40 million. Nobody paid for it.”\n"
        "“Not even the city did,\n“and it could have.”"
    )

    found = drafts(article(text))

    assert {draft.claimant for draft in found} == {"Ana Ruiz"}
    assert [draft.exact for draft in found][:3] == ["The bridge was late", "It cost 40 million", "Nobody paid for it"]


def test_kinds_and_stances_are_told_apart() -> None:
    text = "Ruiz said “it was late”. Ruiz said the “old” bridge was late. The yard denied that it was late."

    found = find(text)

    assert [each.kind for each in found] == [StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT]
    assert [each.stance for each in found] == [Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES]


def test_wishes_and_stands_are_statements_but_no_appearances() -> None:
    text = "Oslo vowed to leave the pact. Riga criticized the pact."

    assert len(find(text)) == 2
    assert drafts(article(text)) == []


def test_a_fact_with_a_number_is_more_worth_checking_than_a_hope() -> None:
    fact, hope = find("Ruiz said that Riga had sold 12 ships to Oslo. Ruiz said that things should go well, perhaps.")

    assert fact.check_worthiness > hope.check_worthiness


def test_the_context_around_an_appearance_is_32_characters() -> None:
    text = "A" * 40 + ". Oslo said that the pact was void, and more so since 2019. " + "B" * 40

    draft = only(text)

    assert text[draft.start : draft.end] == draft.exact
    assert (draft.prefix, draft.suffix) == (text[draft.start - 32 : draft.start], text[draft.end : draft.end + 32])


TURKISH = [
    ("Ruiz, “Köprü 40 milyon liraya mal oldu” dedi.", "Ruiz", "Köprü 40 milyon liraya mal oldu"),
    ("“Köprü 40 milyon liraya mal oldu” diyen Ruiz ayrıldı.", "Ruiz", "Köprü 40 milyon liraya mal oldu"),
    ("Ruiz şöyle dedi: “Köprü 40 milyon liraya mal oldu.”", "Ruiz", "Köprü 40 milyon liraya mal oldu"),
    ("Bakan Ana Ruiz, köprünün geç açıldığını söyledi.", "Ana Ruiz", "köprünün geç açıldığını"),
    ("Ana Ruiz’e göre köprü 40 milyon liraya mal oldu.", "Ana Ruiz", "köprü 40 milyon liraya mal oldu"),
    ("Köprünün geç açıldığını, pahalı olduğunu söyledi.", None, "Köprünün geç açıldığını, pahalı olduğunu"),
    ("Köprünün 40 milyon liraya mal olduğu iddia edildi.", None, None),
]


@pytest.mark.parametrize(("text", "claimant", "exact"), TURKISH)
def test_turkish_is_read_by_its_own_rules(text: str, claimant: str | None, exact: str | None) -> None:
    found = [(draft.claimant, draft.exact) for draft in drafts(article(text, "tr-TR"))]

    assert found == ([(claimant, exact)] if exact else [])


def test_a_language_without_a_pack_gives_its_long_quotations_only() -> None:
    text = "Ruiz sa: «Broen kostet førti millioner kroner og kom for sent.» Hun gikk."

    draft = only(text, "nb")

    assert (draft.claimant, draft.cue) == (None, None)
    assert draft.exact == "Broen kostet førti millioner kroner og kom for sent"


def spans_of(statement: Statement) -> list[tuple[int, int]]:
    return [*statement.claimant, *statement.cue, *statement.content]


PIECES = st.sampled_from(
    [
        "said", "Oslo", "“", "”", '"', "‘", "’", "''", "«", "»", ",", ".", ":", "(", ")", "that", "which", "whom",
        "accused", "of", "according", "to", "and", "it", "is alleged", "claim", "her", "dedi", "söyledi", "göre", "—",
        "\n", " ", "12%", "Mr.", "U.S.", "ı", "İ", "e\u0301", "\U0001f600", "saying", "who", "denied", "'s",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=200), st.sampled_from(["en", "tr", "xx"]))
@settings(max_examples=200)
def test_every_span_lies_in_the_text_and_every_draft_is_anchored(text: str, language: str) -> None:
    with Computing() as computing:
        for statement in find(text, language):
            assert all(0 <= start < end <= len(text) for start, end in spans_of(statement))
        if text.strip() and "\x00" not in text:
            assert all(text[draft.start : draft.end] == draft.exact for draft in drafts(article(text, language)))
    assert computing.cpu_s < 2


HOSTILE = [
    "he said ",
    "“",
    "“a ",
    "“He said ‘",
    "a, ",
    "accuses of ",
    "1.,",
    "A ",
    "a'",
    "Mr. Doe said it was 5. ",
    "(",
    "x ",
    "- x says:\n",
    "- a b c\n",
    "He said:\n“a.\n",
    "Jo Doe, a minister, ",
    "a big deal. The deal was off. He said the deal was off. ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    text = "Ruiz said that " + piece * (200_000 // len(piece))
    assert cpu_s_once(lambda: drafts(article(text))) < 10


OWN_VOICE = "The Larkhaven bridge cost 412 million crowns, almost twice what the city had planned in 2024."


def test_a_checkable_sentence_of_the_outlets_own_is_its_statement() -> None:
    story = ArticleDraft("https://news.example/story", "The story", OWN_VOICE, "en", outlet_name="Daily Tern")

    [draft] = drafts(story)

    assert (draft.claimant, draft.cue, draft.exact) == ("Daily Tern", None, OWN_VOICE[:-1])
    assert find(OWN_VOICE)[0].is_own_voice


@pytest.mark.parametrize(
    "text",
    [
        "Had the Larkhaven bridge really cost 412 million crowns by the end of 2024?",
        "Larkhaven bridge costs 412 million crowns, twice what city planned in 2024",
        "We paid 412 million crowns for the Larkhaven bridge by the end of 2024.",
        "Ruiz said the Larkhaven bridge had cost 412 million crowns by the end of 2024.",
    ],
)
def test_questions_headings_confessions_and_reports_are_not_in_the_outlets_own_voice(text: str) -> None:
    assert not any(statement.is_own_voice for statement in find(text))


def test_an_article_of_nothing_but_figures_gives_a_reviewer_a_few_of_them() -> None:
    fact = "The city paid {} million crowns for bridges in {}, and it owed twice as much."
    text = "\n".join(fact.format(n, 1900 + n) for n in range(60))

    assert 0 < len(drafts(article(text))) <= 8


def test_a_quotation_by_nobody_is_not_the_outlets_own_voice() -> None:
    [statement] = find("Ruiz sa: «Broen kostet førti millioner kroner og kom for sent.» Hun gikk.", "nb")

    assert not statement.is_own_voice


@pytest.mark.parametrize("dateline", ["ANKARA (AA) — ", "PORT ELSING, Oct. 3 – ", "Dren (Reuters) - "])
def test_a_dateline_is_never_part_of_a_statement(dateline: str) -> None:
    draft = only(dateline + "Forty schools have closed since May, the council said.")

    assert draft.exact == "Forty schools have closed since May"


def test_a_statement_in_a_statement_is_found_beside_it() -> None:
    text = "Ruiz said that the yard had denied that it was paid late."

    found = find(text)

    assert [each.claimant[0].of(text) for each in found] == ["Ruiz", "the yard"]
    assert [each.stance for each in found] == [Stance.ASSERTS, Stance.DENIES]


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Minister: yard denied that it was paid late", ["Minister", "yard"]),
        ("Larkhaven: The mayor said the bridge was sold.", ["The mayor"]),
        ("A: Because it was time to sell the bridge.", []),
    ],
)
def test_what_stands_before_a_colon_speaks_where_it_can(text: str, claimants: list[str]) -> None:
    assert [each.claimant[0].of(text) for each in find(text)] == claimants


def test_a_list_is_stated_by_whom_its_introduction_names() -> None:
    text = "The union says:\n- 40 nurses have left since May\n- the ward has one doctor for 90 beds"

    found = drafts(article(text))

    assert {draft.claimant for draft in found} == {"The union"}
    assert [draft.exact for draft in found] == ["40 nurses have left since May", "the ward has one doctor for 90 beds"]


def test_a_pronoun_never_means_somebody_of_the_other_gender() -> None:
    text = "Ms Ulla Renn bought 11 flats. He said that the flats had cost 40 million crowns."

    assert drafts(article(text))[-1].claimant is None


def test_a_capital_stays_the_capital() -> None:
    text = "The Norwegian government met in May. Oslo said that the pact had cost 40 million crowns."

    assert drafts(article(text))[-1].claimant == "Oslo"


def test_a_noun_that_two_phrases_could_mean_is_left_as_it_is() -> None:
    text = "The city has a rail bridge and a road bridge. Ruiz said the bridge had cost 40 million crowns."

    assert drafts(article(text))[-1].wording == "the bridge had cost 40 million crowns"
