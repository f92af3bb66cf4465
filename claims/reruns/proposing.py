"""What regrouping would join to claims with a verdict, where it may only ask a person; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from claims import matching
from claims.grouping.placing import Candidate, MadeMatch, Option, made
from claims.matching import Index, PairScorer, Wording, wording_key
from claims.models import MatchState, Relation
from claims.reruns.groups import MEMBERS_COMPARED, Group, Standing

# As many wordings of claims with a verdict are looked at for each group.
NEAR: Final = 10


@dataclass(slots=True)
class Judged:
    """The claims with a verdict, found by their wordings."""

    standing: Standing
    wordings: Mapping[int, Wording]
    index: Index = field(default_factory=Index)
    claim_of: dict[int, int] = field(default_factory=dict)
    said: dict[str, dict[str, Relation]] = field(default_factory=lambda: defaultdict(dict))
    keys: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Take in every wording of every claim once, and what people decided about wordings."""
        for claim_id, members in self.standing.judged.items():
            first_of = {self.wordings[member].text: member for member in reversed(members)}
            for text, member in first_of.items():
                self.index.add(member, text)
                self.claim_of[member] = claim_id
        for left, right, relation in self.standing.decided:
            self.said[left][right] = self.said[right][left] = relation

    def near(self, text: str) -> dict[int, list[int]]:
        """The claims near a text, each with the members that are worth comparing: the near ones, then the earliest."""
        found: dict[int, list[int]] = defaultdict(list)
        for member, _ in self.index.closest(text, NEAR):
            found[self.claim_of[member]].append(member)
        return {
            claim_id: list(dict.fromkeys([*members, *self.standing.judged[claim_id]]))[:MEMBERS_COMPARED]
            for claim_id, members in found.items()
        }

    def decided(self, members: Iterable[int], claim_id: int) -> frozenset[Relation]:
        """What people decided about any of the appearances and any of the claim."""
        theirs = set(self.standing.judged[claim_id])
        mine = set(members)
        copies = {
            relation
            for first, second, relation in self.standing.copies
            if (first in mine and second in theirs) or (first in theirs and second in mine)
        }
        if not self.said:
            return frozenset(copies)
        keys = {self.key(member) for member in theirs}
        words = {
            relation
            for member in mine
            for other, relation in self.said.get(self.key(member), {}).items()
            if other in keys
        }
        return frozenset(copies | words)

    def key(self, member: int) -> str:
        """The key of an appearance's wording."""
        text = self.wordings[member].text
        return self.keys.get(text) or self.keys.setdefault(text, wording_key(text))


def proposals(
    standing: Standing, groups: Iterable[Group], wordings: Mapping[int, Wording], scorer: PairScorer
) -> Iterator[MadeMatch]:
    """For each group and each claim with a verdict that it would join, a proposal of the one that stands for it.

    Where anybody proposed or decided about the two before, nothing is proposed again.
    """
    if not standing.judged:
        return
    judged = Judged(standing, wordings)
    judged.read()
    known = set(standing.known)
    for group in groups:
        first = standing.claims[group.claim_id][0] if group.claim_id else group.members[0]
        for claim_id, compared in sorted(judged.near(wordings[first].text).items()):
            if not any((member, claim_id) in known for member in group.members):
                decided = judged.decided(group.members, claim_id)
                candidate = Candidate(claim_id, is_published=False, member_ids=tuple(compared), decided=decided)
                members = [wordings[member] for member in compared]
                judgement = matching.judge(wordings[first], members, scorer=scorer)
                option = Option(candidate, judgement)
                if option.may_join:
                    yield made(first, option, MatchState.SUGGESTED)
