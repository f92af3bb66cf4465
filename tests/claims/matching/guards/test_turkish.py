"""In Turkish a verb is negated within itself, and most words with an "m" in them negate nothing."""

from itertools import product

import pytest

from claims.matching import Rule, Weight, Wording, compare_wordings, fold
from claims.matching.guards import Pair, Side, guards_of
from claims.matching.guards.slots import words
from claims.matching.guards.turkish import is_turkish, roots_of
from tests.stopwatch import cpu_s_once


def weights(left: str, right: str, language: str = "tr") -> set[Weight]:
    guards = compare_wordings(Wording(left, language=language), Wording(right, language=language)).guards
    return {guard.weight for guard in guards if guard.rule is Rule.NEGATION}


@pytest.mark.parametrize(
    ("form", "root"),
    [
        ("gelmedi", "gel"),
        ("satmadılar", "sat"),
        ("almayacak", "al"),
        ("vermeyeceğini", "ver"),
        ("yapılmamış", "yapıl"),
        ("vermiyor", "ver"),
        ("okumuyorlar", "oku"),
        ("gitmiyor", "gid"),
        ("edilmeyecek", "edil"),
        ("olmaz", "ol"),
        ("gelmezse", "gel"),
        ("yapamadı", "yap"),
        ("edemedik", "et"),
        ("bilinmediğini", "bilin"),
        ("kalmayan", "kal"),
        ("gelmemesi", "gel"),
        ("ödememek", "öde"),
        ("yapmamalı", "yap"),
        ("olmasın", "ol"),
    ],
)
def test_a_negated_verb_is_read_with_its_root(form: str, root: str) -> None:
    assert root in roots_of(form)


@pytest.mark.parametrize(
    "form",
    sorted(
        words(
            "almak, alma, almayı, görüşme, görüşmede, görüşmeden, görüşmesi, deneme, çalışmasını, çalışmada, "
            "osmanlı, hamam, hamamı, tamamen, tamamı, namaz, damadı, komedi, gömüyor, pekmez, ramazan, ekmek, "
            "mahkemesini, açıklamasında, zamanında, elmalı, memeli, maden, medya, mayın, masası, temmuz, "
            "sinemada, programı, demiryolu, muhammed, umudu, adamı, ödemeyi, dönemde, temsilci"
        )
    ),
)
def test_a_word_that_only_looks_negated_is_none(form: str) -> None:
    assert roots_of(form) == frozenset()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Belediye limandaki arsayı sattı", "Belediye limandaki arsayı satmadı"),
        ("Yeni köprü bu yıl açılacak", "Yeni köprü bu yıl açılmayacak"),
        ("Banka krediyi zamanında ödüyor", "Banka krediyi zamanında ödemiyor"),
        ("Vali bu akşam köye gidiyor", "Vali bu akşam köye gitmiyor"),
        ("Gemi dün limana girebildi", "Gemi dün limana giremedi"),
        ("Kuşlar bu yemi yiyor", "Kuşlar bu yemi yemiyor"),
        ("Su geceleri sıcak olur", "Su geceleri sıcak olmaz"),
        ("Uzmanlara göre ilaç güvenli", "Uzmanlara göre ilaç güvenli değil"),
        ("Uzmanlara göre ilaç güvenli", "Uzmanlara göre ilaç güvensiz"),
        ("Köyde bir doktor var", "Köyde bir doktor yok"),
        ("Vali ve rektör törene katıldı", "Ne vali ne rektör törene katıldı"),
        ("Rektör istifa iddialarını doğruladı", "Rektör istifa iddialarını yalanladı"),
        ("Rektör rüşvet aldı", "Rektör rüşvet aldığını yalanladı"),
        ("Kulüp son teklifi kabul etti", "Kulüp son teklifi reddetti"),
        ("Kulüp son teklifi reddetti", "Kulüp son teklifi reddetmedi"),
    ],
)
def test_a_turkish_claim_is_not_its_negation(left: str, right: str) -> None:
    assert weights(left, right) == weights(right, left) == {Weight.STOPS}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Törene hiç kimse katılmadı", "Törene kimse katılmadı"),
        ("Köyde hiç doktor yok", "Köyde doktor yok"),
        ("Ne vali ne rektör törene katıldı", "Vali ve rektör törene katılmadı"),
        ("Rektör rüşvet aldığını yalanladı", "Rektör rüşvet almadı"),
        ("Kulüp son teklifi reddetti", "Kulüp son teklifi kabul etmedi"),
        ("Kulüp son teklifi kabul etti", "Kulüp son teklifi reddetmedi"),
        ("Rektör iddiaları doğruladı", "Rektör iddiaları yalanlamadı"),
        ("Belediye arsayı satma kararı aldı", "Belediye arsayı satmaya karar verdi"),
        ("Osmanlı arşivinde çalışma yapıldı", "Osmanlı arşivinde çalışıldı"),
        ("Yılmaz görevinden istifa etti", "Başkan görevinden istifa etti"),
        ("Damadı köprüyü açtı", "Köprüyü damadı açtı"),
        ("Not ortalaması bu yıl yükseldi", "Bu yıl ortalama yükseldi"),
    ],
)
def test_what_says_the_same_in_turkish_is_no_negation(left: str, right: str) -> None:
    assert weights(left, right) == weights(right, left) == set()


def test_a_turkish_negation_that_the_other_side_lacks_is_left_to_a_person() -> None:
    assert weights("Gemi limana giremedi, yolcular bekledi", "Gemi açıkta durdu, yolcular bekledi") == {Weight.ASKS}


@pytest.mark.parametrize(
    ("text", "language", "is_so"),
    [
        ("Vali köye gitmiyor", "tr", True),
        ("Vali köye gitmiyor", "tr-TR", True),
        ("Vali köye gitmiyor, açıkladı", "und", True),
        ("Erdoğan did not go to the village", "und", False),
        ("Vali kəndə getmir, çağırıldı", "und", False),
        ("Vali köye gitmiyor, açıkladı", "de", False),
    ],
)
def test_turkish_is_told_by_its_language_or_beyond_doubt(text: str, language: str, is_so: bool) -> None:
    assert is_turkish(Side(Wording(text, language=language), fold(text, language))) is is_so


def test_texts_of_unknown_language_are_read_as_turkish_where_they_are() -> None:
    one, other = "Gemi limana bu akşam girecek, vali açıkladı", "Gemi limana bu akşam girmeyecek, vali açıkladı"

    assert weights(one, other, "und") == {Weight.STOPS}


def test_a_turkish_wording_that_never_ends_costs_no_more_than_a_long_one() -> None:
    roots = ["".join(letters) for letters in product("bcdgkst", "aı", "klnrst", "aı", "klrst", "aı", "lr")]
    negated = fold(" ".join(f"{root}madı" for root in roots), "tr")
    affirmed = fold(" ".join(f"{root}dı" for root in reversed(roots)), "tr")

    def seconds() -> float:
        pair = Pair(*(Side(Wording(each.source, language="tr"), each) for each in (negated, affirmed)))
        return cpu_s_once(lambda: guards_of(pair))

    # The best of three: the machine may be busy with something else.
    assert min(seconds() for _ in range(3)) < 0.1
