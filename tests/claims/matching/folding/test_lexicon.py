"""The word lists hold together: no form in two families, no word its own opposite."""

import re
from collections import Counter

from claims.matching.folding.lexicon import FAMILIES, NEGATES_NEXT, NEGATES_WHOLE, ONE_OF, OPPOSITES, stems_of
from claims.matching.folding.stems import stem
from claims.matching.folding.word_lists import comma_lists, lines


def test_no_form_is_in_two_families() -> None:
    families = [*comma_lists("places.txt"), *comma_lists("families.txt")]

    counts = Counter(form for family in families for form in {stems_of(member) for member in family})

    assert [form for form, count in counts.items() if count > 1] == []


def test_no_concept_is_its_own_opposite() -> None:
    assert [entry for entry in OPPOSITES if entry.left & entry.right] == []


def test_no_negation_is_in_a_family_that_affirms() -> None:
    assert FAMILIES.longest(stems_of("no choice"), 0) == ("no", 1)
    assert NEGATES_NEXT.isdisjoint(NEGATES_WHOLE)
    assert {"not", "never", "without"} <= NEGATES_NEXT


def test_forms_of_one_word_share_a_stem() -> None:
    forms = ["buy bought buying buys", "refuse refused refusing refuses", "plan planned planning plans",
             "cancel cancelled cancelling cancels", "control controlled controlling",
             "vote voted voting votes", "carry carried carrying carries", "order ordered ordering orders"]  # fmt: skip

    stems = [{stem(form) for form in line.split()} for line in forms]

    assert [len(same) for same in stems] == [1] * len(forms)


def test_short_words_that_look_alike_keep_their_own_stems() -> None:
    pairs = [("note", "not"), ("plane", "plan"), ("thing", "th"), ("need", "ne"), ("hoping", "hop"), ("us", "u")]

    assert [pair for pair in pairs if stem(pair[0]) == stem(pair[1])] == []


def test_the_longest_phrase_wins() -> None:
    stems = stems_of("had no choice but to leave")

    assert FAMILIES.longest(stems, 0) == ("force", 5)


def test_each_opposite_is_one_word_or_one_phrase_of_a_family() -> None:
    entries = [entry for line in lines("opposites.txt") for entry in re.split("[:~|,]", line)]

    stems = [stems_of(entry) for entry in entries]

    assert [
        entry for entry, words in zip(entries, stems, strict=True) if FAMILIES.longest(words, 0)[1] != len(words)
    ] == []


def test_words_of_which_one_can_be_so_are_all_told_apart() -> None:
    written = [line.split("|") for line in lines("opposites.txt") if "|" in line]

    assert [words for words, concepts in zip(written, ONE_OF, strict=True) if len(concepts) < len(words) - 1] == []
