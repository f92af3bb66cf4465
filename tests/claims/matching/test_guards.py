"""Each guard fires where it must, says so in words, and keeps still where it must."""

import pytest

from claims.matching import Comparison, Rule, Weight, Wording, compare, compare_wordings

STOPPED = [
    (Rule.NUMBER, "Turkey ordered 40 jets", "Turkey ordered 48 jets", "40 against 48"),
    (Rule.NUMBER, "Prices rose 3.5% in May", "Prices rose 5.3 percent in May", "3.5% against 5.3 percent"),
    (Rule.NUMBER, "It cost $2 bn to build", "It cost $2 million to build", "$2 bn against $2 million"),
    (Rule.DATE, "Turkey left the program in 2019", "Turkey left the program in 2020", "2019 against 2020"),
    (Rule.DATE, "They met on June 10 in Rome", "They met on 12 June in Rome", "June 10 against 12 June"),
    (Rule.NEGATION, "Ankara was not forced to buy it", "Ankara was forced to buy it", "differs by *not*"),
    (Rule.NEGATION, "Rome did not refuse to sell it", "Rome refused to sell it", "differs by *not*"),
    (
        Rule.NEGATION,
        "It was not forced to buy tanks because Rome would not sell it jets",
        "It was forced to buy tanks because Rome would not sell it jets",
        "differs by *not*",
    ),
    (Rule.NEGATION, "Ankara was never forced to buy it", "Ankara was forced to buy it", "differs by *never*"),
    (Rule.NEGATION, "It wasn't an accident", "It was an accident", "differs by *wasn't*"),
    (Rule.NEGATION, "There is no evidence of a leak", "There is evidence of a leak", "differs by *no*"),
    (Rule.NEGATION, "Ankara denies that it bought jets", "Ankara bought jets", "differs by *denies*"),
    (Rule.NEGATION, "It is false that the bridge fell", "The bridge fell", "differs by *false*"),
    (Rule.NEGATION, "They left without paying the bill", "They left paying the bill", "differs by *without*"),
    (Rule.OPPOSITE, "Ankara had to buy the jets", "Ankara had to sell the jets", "says buy here, sell there"),
    (Rule.OPPOSITE, "Exports rose last year", "Exports fell last year", "says rose here, fell there"),
    (Rule.OPPOSITE, "The vaccine is safe", "The vaccine is dangerous", "says safe here, dangerous there"),
    (Rule.OPPOSITE, "The court accepted it", "The court rejected it", "says accepted here, rejected there"),
    (Rule.NAME, "Ankara refused the offer", "Athens refused the offer", "Ankara here, Athens there"),
    (Rule.NAME, "The talks with Hakan Fidan went on", "The talks with Hakan Demir went on", "Fidan here, Demir there"),
    (
        Rule.ROLES,
        "Russia attacked Ukraine in the east",
        "Ukraine attacked Russia in the east",
        "who did it to whom is reversed: Russia and Ukraine",
    ),
    (
        Rule.ROLES,
        "Russia was attacked by Ukraine",
        "Russia attacked Ukraine",
        "who did it to whom is reversed: Russia and Ukraine",
    ),
]

SILENT = [
    (Rule.NUMBER, "It rose by 3.5%", "It rose by 3,5 per cent"),
    (Rule.NUMBER, "It cost $2 bn", "It cost 2 billion dollars"),
    (Rule.NUMBER, "They spent $114.3 million", "They spent $114 million"),
    (Rule.NUMBER, "It bought over 100 jets", "It bought 100+ jets"),
    (Rule.NUMBER, "It bought 40 jets for $2 bn", "It bought 40 jets"),
    (Rule.DATE, "Turkey left the program in 2019", "Turkey left the program"),
    (Rule.DATE, "They met on June 10", "They met on the 10th of June"),
    (Rule.NEGATION, "Ankara had no choice but to buy it", "Ankara was forced to buy it"),
    (
        Rule.NEGATION,
        "It bought tanks because Rome would not sell it jets",
        "It bought tanks after Rome refused to sell it jets",
    ),
    (Rule.NEGATION, "They do not know the cause", "They don’t know what the cause is"),
    (Rule.NEGATION, "Police, not soldiers, did not fire first", "Police did not fire first, nor did soldiers"),
    (Rule.OPPOSITE, "Moscow sold the system to Ankara", "Ankara bought the system from Moscow"),
    (Rule.OPPOSITE, "Exports rose after prices fell", "Exports rose when prices fell"),
    (Rule.OPPOSITE, "Exports rose last year", "Exports climbed last year"),
    (Rule.NAME, "Ankara refused the offer", "Turkey refused the offer"),
    (Rule.NAME, "Shi'ites won ten seats", "The Shiites won ten seats"),
    (Rule.NAME, "The talks with Mr Fidan went on", "The talks with Hakan Fidan went on"),
    (Rule.NAME, "They asked for help from the ECB", "They asked for help from the European Central Bank"),
    (Rule.ROLES, "Russia attacked Ukraine", "Ukraine was attacked by Russia"),
    (Rule.ROLES, "Fidan met Rubio in Washington", "In Washington, Rubio met Fidan"),
    (Rule.ROLES, "Moscow sold the system to Ankara", "Ankara bought the system from Moscow"),
]


def weights(comparison: Comparison, rule: Rule) -> set[Weight]:
    return {guard.weight for guard in comparison.guards if guard.rule is rule}


@pytest.mark.parametrize(("rule", "left", "right", "sentence"), STOPPED)
def test_a_guard_stops_the_pair_and_says_why(rule: Rule, left: str, right: str, sentence: str) -> None:
    guards = compare(left, right).guards

    assert (rule, sentence, Weight.STOPS) in [(guard.rule, guard.sentence, guard.weight) for guard in guards]


@pytest.mark.parametrize(("rule", "left", "right", "sentence"), STOPPED)
def test_a_guard_stops_the_pair_the_other_way_round(rule: Rule, left: str, right: str, sentence: str) -> None:
    assert sentence

    assert Weight.STOPS in weights(compare(right, left), rule)


@pytest.mark.parametrize(("rule", "left", "right"), SILENT)
def test_a_guard_does_not_stop_what_says_the_same(rule: Rule, left: str, right: str) -> None:
    assert Weight.STOPS not in weights(compare(left, right), rule)


def test_a_number_on_one_side_is_noted() -> None:
    comparison = compare("Turkey ordered 40 jets from Spain", "Turkey ordered jets from Spain")

    assert [(guard.sentence, guard.weight) for guard in comparison.guards] == [
        ("only one of them says 40", Weight.NOTES)
    ]


def test_a_denied_wording_differs_from_the_asserted_one() -> None:
    asserted = Wording("Ankara was forced to buy the jets")
    denied = Wording("Ankara was forced to buy the jets", denies=True)

    guards = compare_wordings(asserted, denied).guards

    assert [guard.sentence for guard in guards] == ["denied in one, asserted in the other"]
    assert guards[0].weight is Weight.STOPS


def test_to_deny_and_to_say_not_is_left_to_a_person() -> None:
    denied = Wording("Ankara was forced to buy the jets", denies=True)
    negated = Wording("Ankara was not forced to buy the jets")

    assert weights(compare_wordings(denied, negated), Rule.NEGATION) == {Weight.ASKS}


def test_an_opposite_under_a_not_is_left_to_a_person() -> None:
    comparison = compare("The vaccine is not safe at all", "The vaccine is dangerous")

    assert weights(comparison, Rule.OPPOSITE) == {Weight.ASKS}


def test_another_claimant_is_left_to_a_person() -> None:
    comparison = compare("it was forced to buy jets", "it was forced to buy jets",
                         left_claimant="Ankara", right_claimant="the Greek government")  # fmt: skip

    assert [(guard.rule, guard.weight) for guard in comparison.guards] == [(Rule.CLAIMANT, Weight.ASKS)]
    assert comparison.guards[0].sentence == "said by Ankara here, by the Greek government there"


@pytest.mark.parametrize("other", ["Turkish officials", "Turkey", None, "they", "[Ankara]"])
def test_the_same_claimant_by_another_name_is_no_difference(other: str | None) -> None:
    comparison = compare("it bought jets", "it bought jets", left_claimant="Ankara", right_claimant=other)

    assert comparison.guards == ()
