"""One folding: what is written differently and means the same folds to the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import fold, wording_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rose by 3.5%", "it rose by 3,5 per cent"),
        ("It rose by 3.5%", "It rose by 3½ percent"),
        ("It rose by 3.5%", "It rose by 3 1/2 percent"),
        ("It rose by 3.625%", "It rose by 3-5/8 percent"),
        ("It rose by 10.25%", "It rose by 10¼ percent"),
        ("It rose by 0.75%", "It rose by ¾ percent"),
        ("It rose by 3.5%", "It rose by three and a half percent"),
        ("It cost $2 bn", "It cost 2 billion dollars"),
        ("They ordered 1,200 jets", "They ordered 1200 jets"),
        ("They ordered forty-eight jets", "They ordered 48 jets"),
        ("They ordered one hundred and twenty jets", "They ordered 120 jets"),
        ("They spent a hundred and five thousand euros", "They spent €105,000"),
        ("They spent two and a half million", "They spent 2.5 million"),
        ("One and a half million left", "1.5 million left"),
        ("Half a million left", "500,000 left"),
        ("They lost a quarter of a million", "They lost 250,000"),
        ("They sold three dozen boats", "They sold 36 boats"),
        ("They sold a couple of boats", "They sold two boats"),
        ("They sold a couple of hundred boats", "They sold 200 boats"),
        ("They sold four thousand five hundred and sixty-seven", "They sold 4567"),
        ("They sold one million, five hundred thousand", "They sold 1,500,000"),
        ("It was built in nineteen sixty-eight", "It was built in 1968"),
        ("It was built in Nineteen Oh Five", "It was built in 1905"),
        ("It opens in twenty twenty-nine", "It opens in 2029"),
        ("The twenty-first ferry", "The 21st ferry"),
        ("Forty-Third in line", "43rd in line"),
        ("It opens at 7 p.m. today", "It opens at 19:00 today"),
        ("It opens at 7pm today", "It opens at 7 PM today"),
        ("It opens at 7.30pm today", "It opens at 19:30 today"),
        ("It opens at seven p.m. today", "It opens at 19:00 today"),
        ("It opens at 07:30 today", "It opens at 7:30 a.m. today"),
        ("It opens at 12 a.m. today", "It opens at 00:00 today"),
        ("It opens at seven o'clock", "It opens at 7:00"),
        ("It was minus five degrees", "It was -5 degrees"),
        ("It was \u22125.5\u00b0C", "It was \u20135.5 degrees Celsius"),
        ("It was minus one degree", "It was (-1 degree)"),
        ("It was plus 5 degrees", "It was +5 degrees"),
        ("A swing of -$5 million", "A swing of minus 5 million dollars"),
        ("Rows 5-7 and 9 - 11", "Rows 5\u20137 and 9 11"),
        ("It is 330m tall", "It is 330 metres tall"),
        ("It sold 330m bags", "It sold 330 million bags"),
        ("It drove at 90 km/h", "It drove at 90 kilometres per hour"),
        ("It fell on 3 May 2019", "It fell on 03.05.2019"),
        ("It fell on 25/5/2019", "It fell on 5/25/2019"),
        ("Kale 3 Mart 2024'te düştü", "Kale 03.03.2024'te düştü"),
        ("Sie fiel am 3. März 2024", "Sie fiel am 3.3.2024"),
        ("Sie fiel am 3. August 2024", "Sie fiel am 03.08.2024"),
        ("Il tomba le 1er août 2024", "Il tomba le 01.08.2024"),
        ("Cayó el 3 enero 2024", "Cayó el 03.01.2024"),
        ("Hava eksi 5 derece", "Hava -5 derece"),
        ("On June 10 it fell", "On 10 June it fell"),
        ("[Ankara] said “no”", 'Ankara said "no"'),
        ("Turkey’s bid", "Turkey's bid"),
        ("They don’t know", "They do not know"),
        ("The U.S. left", "The US left"),
        ("The S\u2013400 deal", "The S-400 deal"),
        ("ﬁnal oﬀer", "final offer"),
    ],
)
def test_two_ways_to_write_one_thing_fold_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rose by 3.5%", "It rose by 35%"),
        ("On 3 1/2/2019 it rose", "On 3.5/2019 it rose"),
        ("It won 3 7/2 times", "It won 6.5 times"),
        ("It rose by 3.5%", "It rose by 3.5"),
        ("They ordered 100 jets", "They ordered 100+ jets"),
        ("It was -5 degrees", "It was 5 degrees"),
        ("It fell on 3/5/2019", "It fell on 03.05.2019"),
        ("There were 3. May fell", "There were 3 May fell"),
        ("Growth of \u20130.3%", "Growth of +0.3%"),
        ("It was 5\u00b0C", "It was 5\u00b0F"),
        ("It was bought", "It was not bought"),
        ("They told US", "They told us"),
        ("It opens at 7 p.m.", "It opens at 7 a.m."),
        ("It cost 19.00", "It cost 19:00"),
        ("It took her 2:05:13", "It took her 02:05 13"),
        ("No one am I", "No 1 am I"),
        ("One hundred five-star hotels", "105 star hotels"),
        ("Twenty ten-year-olds sang", "2010 year-olds sang"),
        ("Between one hundred and two hundred", "Between 102 hundred"),
        ("Between one hundred and two", "Between 102"),
        ("Two and three make it", "Five make it"),
        ("Five million, two of them paid", "5000002 of them paid"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_words_of_one_family_stand_for_one_thing() -> None:
    one = fold("had no choice but to purchase")
    other = fold("was forced to buy")

    assert {"force", "buy"} <= {unit.concept for unit in one.units} & {unit.concept for unit in other.units}


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("saat 19.00'da", "tr", "19:00"),
        ("fiyat 19.50 oldu", "tr", "19.5"),
        ("um 19.00 Uhr", "de", "19:00"),
        ("um 7:30", "de", "07:30"),
        ("at 7:30", "en", "7:30"),
    ],
)
def test_a_time_of_day_is_told_as_its_language_writes_it(text: str, language: str, form: str) -> None:
    assert fold(text, language).words[1].form == form


@pytest.mark.parametrize(("name", "figures"), [("noon", "12 p.m."), ("midday", "12:00"), ("midnight", "00:00")])
def test_a_time_of_day_with_a_name_stands_for_its_figures(name: str, figures: str) -> None:
    assert fold(f"by {name}").units[1].concept == fold(f"by {figures}").units[1].concept


@pytest.mark.parametrize("text", ["half an hour", "half of them", "the couple of the year", "a quarter of a town"])
def test_a_share_or_a_pair_of_no_number_stays_in_words(text: str) -> None:
    assert fold(text).text == text


def test_a_place_in_line_stands_for_its_figure() -> None:
    assert fold("the twelfth ferry").units[1].concept == fold("the 12th ferry").units[1].concept


def test_a_capital_stands_for_its_government() -> None:
    concepts = [fold(text).units[0].concept for text in ("Ankara", "Turkey", "Turkish officials", "Türkiye")]

    assert concepts == ["turkey"] * 4


def test_turkish_dotted_and_dotless_i_stay_two_letters() -> None:
    assert fold("IŞIK İSTANBUL'DA", "tr").text == "ışık istanbul"
    assert fold("ILIK", "tr").text != fold("ilik", "tr").text


def test_a_comma_is_read_as_the_language_writes_it() -> None:
    assert fold("1,500 kişi", "en").words[0].form == "1500"
    assert fold("1,500 kişi", "tr").words[0].form == "1.5"


def test_an_acronym_is_not_the_pronoun() -> None:
    assert fold("He asked US officials").words[2].form == "usa"
    assert fold("He asked us").words[2].form == "us"


def test_the_key_ignores_case_and_brackets_and_keeps_words() -> None:
    key = wording_key("[Ankara] was forced to buy the S-400")

    assert key == wording_key("ankara was forced to buy the S‑400.")
    assert key != wording_key("Turkey was forced to buy the S-400")
    assert len(key) == 64


@pytest.mark.parametrize("language", ["und", "tr"])
def test_numbers_in_turkish_capitals_are_those_of_small_letters(language: str) -> None:
    assert fold("50 MİLYON LİRA", language).text == fold("50 milyon lira", language).text == "₺50000000"


@pytest.mark.parametrize("language", ["und", "en", "tr"])
def test_turkish_capitals_have_the_key_of_small_letters_whatever_the_language(language: str) -> None:
    key = wording_key("Işıklı yollar İzmir’i aydınlattı", language)

    assert key == wording_key("IŞIKLI YOLLAR İZMİR’İ AYDINLATTI", language)
    assert key == wording_key("ışıklı yollar izmir’i aydınlattı", language)
    assert key != wording_key("Işıklı yollar İzmit’i aydınlattı", language)


@given(st.text(max_size=300), st.sampled_from(["und", "en", "tr", "de", "ar", ""]))
def test_any_text_can_be_folded(text: str, language: str) -> None:
    folded = fold(text, language)

    assert all(0 <= word.start < word.end <= len(folded.source) for word in folded.words)
    assert all(0 <= unit.first < unit.stop <= len(folded.words) for unit in folded.units)


@given(st.text(alphabet="0123456789.,%$ kmbn+٣½", max_size=40))
def test_any_run_of_digits_and_signs_can_be_folded(text: str) -> None:
    assert fold(text).text == fold(text.upper()).text
