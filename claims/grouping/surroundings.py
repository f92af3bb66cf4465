"""The claims around an article's appearances: read for all of them at once, and kept in step while they are placed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from sqlalchemy import func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col

from claims.drafts import Stance
from claims.grouping.wordings import NAMED_CLAIMANT, in_parts
from claims.matching import Wording, wording_key
from claims.models import Appearance, Article, Claim, Claimant, Match, MatchState, Relation

MEMBERS_COMPARED = 20


@dataclass(slots=True)
class Neighbour:
    """A claim with its members as (appearance id, wording), copies by one claimant once, the earliest first."""

    is_published: bool = False
    members: list[tuple[int, Wording]] = field(default_factory=list)
    by_text: dict[str, list[tuple[int, Wording]]] = field(default_factory=lambda: defaultdict(list))
    said: set[tuple[Wording, Stance]] = field(default_factory=set)

    def add(self, appearance_id: int, wording: Wording, stance: Stance) -> None:
        """Count in a member, unless it is a copy of an earlier one; ids come in rising order."""
        if (wording, stance) not in self.said:
            self.said.add((wording, stance))
            self.members.append((appearance_id, wording))
            self.by_text[wording.text].append((appearance_id, wording))

    def nearest(self, near: Iterable[str]) -> list[tuple[int, Wording]]:
        """The members that are worth comparing: those with these wordings first, in their order, then the earliest."""
        first = dict.fromkeys(near)
        nearest = (member for text in first for member in self.by_text.get(text, ()))
        others = (member for member in self.members if member[1].text not in first)
        return list(islice(chain(nearest, others), MEMBERS_COMPARED))

    def decided(self, decisions: Mapping[str, Relation]) -> frozenset[Relation]:
        """What people said about any member, however many there are; decisions are by the other wording's key."""
        if not decisions:
            return frozenset()
        relations = (decisions.get(wording_key(text)) for text in self.by_text)
        return frozenset(relation for relation in relations if relation is not None)


@dataclass(slots=True)
class Surroundings:
    """The claims of the appearances that were looked up, as the session sees them and as they were added to since."""

    session: Session
    homes: dict[int, int | None] = field(default_factory=dict)
    claims: dict[int, Neighbour] = field(default_factory=dict)

    def look_up(self, appearance_ids: Iterable[int]) -> None:
        """Read the claims of these appearances, with all that belongs to them, unless they are known."""
        unknown = set(appearance_ids) - self.homes.keys()
        if unknown:
            self.homes.update(dict.fromkeys(unknown) | dict(homes_of(self.session, unknown)))
            self.read({home for one in unknown if (home := self.homes[one]) is not None} - self.claims.keys())

    def near(self, near: Mapping[str, Iterable[int]]) -> dict[int, Neighbour]:
        """The claims that the appearances with these wordings belong to, by id in rising order."""
        appearance_ids = [appearance_id for ids in near.values() for appearance_id in ids]
        self.look_up(appearance_ids)
        found = {home for one in appearance_ids if (home := self.homes[one]) is not None}
        return {claim_id: self.claims[claim_id] for claim_id in sorted(found)}

    def add(self, claim_id: int, appearance_id: int, wording: Wording, stance: Stance) -> None:
        """Take in that an appearance belongs to a claim now, which is new or was near."""
        self.homes[appearance_id] = claim_id
        self.claims.setdefault(claim_id, Neighbour()).add(appearance_id, wording, stance)

    def read(self, claim_ids: Iterable[int]) -> None:
        """Read these claims, some hundreds to a query."""
        for some in in_parts(claim_ids):
            # What people are writing a verdict on stays as they see it, as it does when all is grouped anew.
            judged = rows_of(col(Claim.id), col(Claim.review_state)).where(col(Claim.id).in_(some))
            for claim_id, review_state in self.session.execute(judged):
                self.claims[claim_id or 0] = Neighbour(is_published=review_state is not None)
            self.read_members(some)

    def read_members(self, claim_ids: list[int]) -> None:
        """Read what belongs to these claims, in order of ids."""
        said = (
            col(Match.claim_id),
            col(Appearance.wording),
            NAMED_CLAIMANT.label("name"),
            col(Article.language),
            col(Appearance.stance),
        )
        first_id = func.min(col(Match.appearance_id)).label("first_id")
        members = (
            rows_of(*said, first_id)
            .select_from(Match)
            .join(Appearance, col(Appearance.id) == col(Match.appearance_id))
            .join(Article, col(Article.id) == col(Appearance.article_id))
            .join(Claimant, col(Claimant.id) == col(Appearance.claimant_id), isouter=True)
            .where(col(Match.state) == MatchState.CONFIRMED, col(Match.claim_id).in_(claim_ids))
            .group_by(*said)
            .order_by(first_id)
        )
        for claim_id, text, name, language, stance, appearance_id in self.session.execute(members):
            wording = Wording(text, name, language, stance is Stance.DENIES)
            self.claims[claim_id].add(appearance_id, wording, stance)


def homes_of(session: Session, appearance_ids: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Each of these appearances that has a home, with the claim that it belongs to."""
    for some in in_parts(appearance_ids):
        homes = rows_of(col(Match.appearance_id), col(Match.claim_id)).where(
            col(Match.appearance_id).in_(some), col(Match.state) == MatchState.CONFIRMED
        )
        yield from (tuple(row) for row in session.execute(homes))
