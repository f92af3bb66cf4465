"""What a model may learn from our gold is its tuned half, in lines that the fitting takes."""

from claims.matching.fitting import labelled_wordings
from tests.gold.matching import LOOKALIKES, PAIRS, REPEATS, TWINS, GoldPair, Half, pairs
from tests.gold.stories import STORIES, stories
from tests.gold.training import PAIR_COUNTS, STORY_COUNTS, TIMES, lines

PAIRS_OF_ALL = [pair for file in (PAIRS, TWINS, REPEATS, LOOKALIKES) for pair in pairs(file)]


def texts_of(gold: list[GoldPair]) -> set[str]:
    return {side.text for pair in gold for side in (pair.left, pair.right)}


def test_nothing_that_is_held_back_is_learned_from() -> None:
    found = labelled_wordings(enumerate(lines(), 1))
    held = texts_of([pair for pair in PAIRS_OF_ALL if pair.half is Half.HELD])
    held |= {told.text for story in stories(STORIES) if story.half is Half.HELD for told in story.told}
    tuned = texts_of([pair for pair in PAIRS_OF_ALL if pair.half is Half.TUNED])

    assert (set(found.texts()) & held) - tuned == set()
    assert len(found.pairs) > 2000
    assert len(found.groups) > 1500


def test_what_was_written_to_tempt_counts_less() -> None:
    found = labelled_wordings(enumerate(lines(), 1))

    assert {pair.counts for pair in found.pairs} == {1.0, *PAIR_COUNTS.values()}
    assert {told.counts for told in found.groups} == {STORY_COUNTS}
    assert len([pair for pair in found.pairs if pair.counts == 1]) % TIMES == 0
