"""What grouping anew is given, and what it comes to: the records that a run keeps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from claims.grouping.placing import MadeMatch
from claims.grouping.runs import canonical_lines
from claims.models import Relation

# Hears how far a part of the work is, and of how much; (0, 0) begins a part of which nobody knows how long it takes.
Done = Callable[[int, int], None]
# Of a group's wordings, as many as this explain why an appearance went there.
MEMBERS_COMPARED: Final = 20
# A claim that is to be opened: it has no id yet.
NEW: Final = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What regrouping is given that may change later.

    claims has each claim's appearances, the one that stands for it first. held has sets of appearances that people
    keep together, by the claim in which they did; no appearance is in two. decided is what people said about two
    wordings, by their keys, and copies about two appearances. judged has the appearances of claims with a verdict,
    known every match with one of them that was ever made, as (appearance, claim).
    """

    claims: Mapping[int, tuple[int, ...]]
    held: Mapping[int, tuple[int, ...]]
    decided: tuple[tuple[str, str, Relation], ...]
    copies: tuple[tuple[int, int, Relation], ...]
    judged: Mapping[int, tuple[int, ...]]
    known: tuple[tuple[int, int], ...]

    def appearance_ids(self) -> Iterator[int]:
        """Every appearance whose words are needed."""
        for members in (*self.claims.values(), *self.judged.values()):
            yield from members

    def as_json(self) -> dict[str, Any]:
        """All of it, as a run keeps it."""
        return {
            "claims": sorted([claim_id, *members] for claim_id, members in self.claims.items()),
            "held": sorted([claim_id, *members] for claim_id, members in self.held.items()),
            "decided": sorted(map(list, self.decided)),
            "copies": sorted(map(list, self.copies)),
            "judged": sorted([claim_id, *members] for claim_id, members in self.judged.items()),
            "known": sorted(map(list, self.known)),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What a run kept."""
        return cls(
            {claim_id: tuple(members) for claim_id, *members in kept["claims"]},
            {claim_id: tuple(members) for claim_id, *members in kept["held"]},
            tuple((first, second, Relation(relation)) for first, second, relation in kept["decided"]),
            tuple((first, second, Relation(relation)) for first, second, relation in kept["copies"]),
            {claim_id: tuple(members) for claim_id, *members in kept["judged"]},
            tuple((appearance_id, claim_id) for appearance_id, claim_id in kept["known"]),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Appearances that belong together, by id; claim_id is the claim they will be in, NEW where it is to be opened."""

    claim_id: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An appearance that leaves a claim for a group; match is the one that it gets there, with its explanation."""

    appearance_id: int
    from_id: int
    group: Group
    match: MadeMatch


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What grouping anew came to: every group, who moves, and into which claims those go that nothing stays in.

    proposals ask a person about claims with a verdict, which nothing joins by itself.
    """

    groups: tuple[Group, ...]
    moves: tuple[Move, ...]
    closed: Mapping[int, int]
    proposals: tuple[MadeMatch, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every appearance stays where it is, and nothing new is proposed."""
        return not self.moves and not self.proposals

    def as_result(self) -> str:
        """All of it as a run's result, a line to each: groups, moves, the claims that are closed, proposals."""
        groups = ({"claim": group.claim_id, "group": group.members} for group in self.groups)
        moves = ({"from": move.from_id} | move.match.as_json() for move in self.moves)
        closed = ({"closed": claim_id, "into": into_id} for claim_id, into_id in sorted(self.closed.items()))
        return canonical_lines([*groups, *moves, *closed, *(proposal.as_json() for proposal in self.proposals)])
