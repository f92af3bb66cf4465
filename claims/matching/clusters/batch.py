"""The wordings of a batch with what was read of each, remembered while it is needed."""

from collections.abc import Iterable, Sequence
from typing import Final

from claims.matching.folding import Folded, Gist, Outline, fold, outline_of, outline_of_gist
from claims.matching.guards import Side, Wording
from claims.matching.scoring.profiles import Profile, profiles
from claims.matching.scoring.vocabulary import Vocabulary

# So many profiles are remembered, of some 2 kB each, and so many folded wordings, of some 3 kB.
MOST_PROFILES: Final = 650_000
MOST_FOLDED: Final = 100_000

Words = tuple[str, str, str, bool]


class Batch:
    """Wordings in order, with their gists."""

    def __init__(self, wordings: Sequence[Wording], gists: Sequence[Gist]) -> None:
        self.wordings = wordings
        self.gists = gists
        self.folded: dict[int, Folded] = {}
        self.sides: dict[int, Side] = {}
        self.profiles: dict[int, Profile] = {}

    def __len__(self) -> int:
        return len(self.wordings)

    def words_at(self, place: int) -> Words:
        """What the copies of a wording share."""
        return words_of(self.wordings[place], self.gists[place])

    def profiles_at(self, places: Iterable[int], vocabulary: Vocabulary) -> dict[int, Profile]:
        """The profiles of these wordings, and of others, by their places."""
        if len(self.profiles) >= MOST_PROFILES:
            self.profiles.clear()
        new = [place for place in places if place not in self.profiles]
        outlines = [self.outline_at(place) for place in new]
        self.profiles.update(zip(new, profiles(outlines, vocabulary), strict=True))
        return self.profiles

    def outline_at(self, place: int) -> Outline:
        """The outline of the wording, from its gist where that says all."""
        return outline_of_gist(self.wordings[place].text, self.gists[place]) or outline_of(self.folded_at(place))

    def side_at(self, place: int) -> Side:
        """The wording as guards look at it, remembered with what they read."""
        if place not in self.sides:
            if len(self.sides) >= MOST_FOLDED:
                self.sides.clear()
            self.sides[place] = Side(self.wordings[place], self.folded_at(place))
        return self.sides[place]

    def folded_at(self, place: int) -> Folded:
        """The wording folded, remembered from its scoring to its guards."""
        if place not in self.folded:
            if len(self.folded) >= MOST_FOLDED:
                self.folded.clear()
            wording = self.wordings[place]
            self.folded[place] = fold(wording.text, wording.language)
        return self.folded[place]


def words_of(wording: Wording, known: Gist) -> Words:
    """What makes two wordings copies of each other, whatever their capitals and punctuation."""
    return known.text, wording.claimant or "", wording.language, wording.denies
