"""In other languages than English and Turkish only the same words are grouped, and common negators are known."""

import pytest

from claims.matching import Comparison, Proposal, Wording, compare_wordings
from claims.matching.grouping import group_wordings


def said(left: str, right: str, language: str) -> Comparison:
    return compare_wordings(Wording(left, language=language), Wording(right, language=language))


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [
        ("de", "Die Brücke über den Fluss ist nicht sicher", "Die Brücke über den Fluss ist sicher"),
        ("de", "Der Hafen von Emden hat keine Schulden", "Der Hafen von Emden hat Schulden"),
        ("fr", "Le maire de Lille n'a pas signé le contrat", "Le maire de Lille a signé le contrat"),
        ("fr", "La digue ne tient plus depuis l'hiver", "La digue tient depuis l'hiver"),
        ("es", "El puente nuevo de Cádiz no es seguro", "El puente nuevo de Cádiz es seguro"),
        ("it", "Il sindaco di Bari non ha firmato il contratto", "Il sindaco di Bari ha firmato il contratto"),
        ("pt", "A ponte de Faro nunca foi segura", "A ponte de Faro foi segura"),
        ("ru", "Мэр Казани не подписал договор о мосте", "Мэр Казани подписал договор о мосте"),
        ("ar", "رئيس البلدية لم يوقع عقد الجسر", "رئيس البلدية يوقع عقد الجسر"),
        ("und", "Die Brücke über den Fluss ist nicht sicher", "Die Brücke über den Fluss ist sicher"),
        ("und", "Le maire de Lille n'a pas signé le contrat", "Le maire de Lille a signé le contrat"),
    ],
)
def test_a_word_that_negates_in_another_language_is_no_paraphrase(language: str, left: str, right: str) -> None:
    assert said(left, right, language).proposal is Proposal.CONTRADICTS
    assert said(right, left, language).proposal is Proposal.CONTRADICTS


def test_a_negator_beside_other_words_is_left_to_a_person() -> None:
    found = said("Die Brücke von Kehl ist nicht gesperrt", "Die Brücke von Kehl ist offen", "de")

    assert [guard.sentence for guard in found.guards] == ["only one of them says *nicht*"]
    assert found.proposal is Proposal.SUGGEST


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [
        ("de", "Die Mieten in Köln sind gestiegen", "Die Mieten in Köln sind gesunken"),
        ("es", "El puente de Cádiz no solo es seguro", "El puente de Cádiz es seguro"),
        ("sw", "Daraja la mto Tana ni salama", "Daraja la mto Tana ni hatari"),
    ],
)
def test_where_opposites_are_not_known_other_words_are_only_suggested(language: str, left: str, right: str) -> None:
    found = said(left, right, language)

    assert found.proposal is Proposal.SUGGEST
    assert [guard.sentence for guard in found.guards] == [f"opposites in this language ({language}) are not known"]


def test_the_same_words_are_one_claim_in_every_language() -> None:
    found = said("Die Mieten in Köln sind gestiegen", "die Mieten in Köln sind gestiegen.", "de-AT")

    assert found.guards == ()
    assert found.proposal is Proposal.GROUP


def test_a_batch_groups_other_languages_no_more_than_one_pair_is() -> None:
    texts = ["Die Mieten in Köln stiegen an", "Die Mieten in Köln sanken ab", "die Mieten in Köln stiegen an"]

    first, other, copy = group_wordings([Wording(text, language="de") for text in texts])

    assert first == copy
    assert first != other


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The sin tax on sugar raised prices in Malta", "A sin tax on sugar raised the prices in Malta"),
        ("Nie Yuan played the part in the film", "The part in the film was played by Nie Yuan"),
    ],
)
def test_an_english_word_negates_nothing_where_no_language_is_known(left: str, right: str) -> None:
    assert [guard for guard in said(left, right, "und").guards if "says" in guard.sentence] == []
