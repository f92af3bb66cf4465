"""What the matcher says about an article's wordings and the claims near them, remembered while it is taken in.

Judging is most of the work of taking in an article, and asks no database: it is done before anybody must wait for the
one who writes. What a judgement rests on are wordings alone, so that it cannot become wrong. A claim of which other
wordings are compared by the time of storing is another question, which is answered then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from claims import matching
from claims.matching import Judgement, PairScorer, Wording

Question: TypeAlias = tuple[Wording, tuple[Wording, ...]]


@dataclass(slots=True)
class Judgements:
    """Answers of one scorer; near_ids has the appearances that were near when the questions were put together."""

    scorer: PairScorer
    near_ids: frozenset[int] = frozenset()
    known: dict[Question, Judgement] = field(default_factory=dict)

    def judge_each(self, new: Wording, claims: Iterable[Sequence[Wording]]) -> list[Judgement]:
        """What the matcher says about a wording and the wordings of each claim; only what is not known is judged."""
        asked = [(new, tuple(members)) for members in claims]
        unknown = [question for question in dict.fromkeys(asked) if question not in self.known]
        if unknown:
            answers = matching.judge_each(new, [members for _, members in unknown], scorer=self.scorer)
            self.known.update(zip(unknown, answers, strict=True))
        return [self.known[question] for question in asked]
