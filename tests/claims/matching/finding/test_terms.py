"""The words of a batch, by number."""

from claims.matching.finding.terms import terms_of
from claims.matching.folding import Gist
from claims.matching.scoring.vocabulary import Vocabulary


def test_terms_are_the_words_that_say_something_each_once_with_how_rare_they_are() -> None:
    terms = terms_of(
        [Gist("", ("farm", "the", "farm", "wheat"), True), Gist("", ("wheat",), True)], Vocabulary({"farm": 1.5}), 1
    )

    farm, wheat, again = terms.flat.tolist()
    assert wheat == again != farm
    assert terms.starts.tolist() == [0, 2, 3]
    assert terms.rarity[terms.flat].tolist() == [1.5, 1.0, 1.0]
    assert terms.owners.tolist() == [0, 0, 1]
