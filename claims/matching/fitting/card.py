"""The model card of a matching model: what it was fitted on, how well it tells pairs apart, and what it is not for."""

from datetime import date
from typing import Final

from claims.matching.fitting.figures import F1_TO_SPARE, Figures
from claims.matching.fitting.fitted import Fitted
from claims.matching.fitting.lab import FOLDS, LEAST_SHARED
from claims.matching.fitting.labelled import Origin
from claims.matching.fitting.networks import HIDDEN, NETWORKS
from claims.matching.fitting.vectors import WIDTH
from claims.matching.scoring.scorers import RULES

FILE_NAME: Final = "matching.md"
CARD: Final = """\
# Model card: matching

Scores how sure it is that two wordings say the same, from 0 to 100: from 50 they are grouped where no guard fires, from
15 they are suggested to a person. It says nothing about truth.

- Data: {source}.
- Fitted on {day}, for the rules of version {rules}: {pairs:,} pairs that people labelled, and {mined:,} more of texts
  whose groups are known: of those that are alike, texts of one group say the same, texts of different groups do not.
  {guessed:,} more are of texts without a group that are alike and were taken to differ, as most such do; each counts
  {weight:g}. {guarded:,} of all pairs were left out, since a guard stops them. How rare words are was counted in
  {texts:,} texts.
- How: {networks} small networks of {hidden} units, whose log odds are averaged. Features: shares of common words, of
  runs of words and of letters, in order and in any; names and figures in common and apart; lengths; how rare the words
  are that both have, and that one lacks; how near in meaning what only one says is to what only the other says; and
  what the words themselves were seen to change. The score from which wordings are grouped is two thirds up those
  whose F1 is within {spare:g} of the best: which one is best is chance, and what is grouped wrongly misleads.
{vectors}
- `matching.json` holds single words, and numbers; no text.

| Telling pairs apart | precision | recall | f1 | auc |
| --- | --- | --- | --- | --- |
| This way of fitting, each pair by a model that did not see it ({folds} folds) | {unseen} |
| Letters alone, words in any order (token_sort_ratio), at the score that serves best | {by_letters} |

auc is the chance that of two pairs the one that says the same scores higher. Pairs that a guard stops, and those that
share too little to be grouped or learned from, score nothing here, whatever they say: that costs recall, and auc more.

## Limits

- It knows what it was fitted on: the subjects, the language, and what its labellers took for the same. Words that it
  did not see count as rare ones, so in another language only shares of words and letters are left. Words without a
  vector are near nothing.
- It learned from pairs that share at least {least:.0%} of their words' weight. The same said in wholly other words is
  not found.
- The score is no probability: it was set so that 50 is where grouping serves best.
- A model that is fitted anew scores otherwise. Runs of the matcher that another one made keep saying so, and are made
  again only with that one: keep its folder.

To fit it anew: `claimline model fit matching DATA.jsonl --vectors WORDS.vec --output FOLDER`, then
`CLAIMLINE_MODELS=FOLDER`. To do without it: `CLAIMLINE_MODELS=off`; a few weights that were set by hand take its place.
"""
WITH_VECTORS: Final = """\
- Of {vectors:,} words it knows a vector, {width} whole numbers each, as letters: those that the file after `--vectors`
  had for the words of at least two of these texts, made shorter."""
WITHOUT_VECTORS: Final = "- It knows no vectors, so that it compares no meanings."


def card(fitted: Fitted, source: str, on: date) -> str:
    """The card of a fitted model; source says which wordings it saw."""
    return CARD.format(
        source=source,
        day=on.isoformat(),
        rules=RULES,
        pairs=fitted.pairs,
        mined=fitted.mined,
        guessed=fitted.guessed,
        weight=Origin.GUESSED.value,
        guarded=fitted.guarded,
        texts=fitted.texts,
        vectors=(WITH_VECTORS if fitted.vectors else WITHOUT_VECTORS).format(vectors=fitted.vectors, width=WIDTH),
        networks=NETWORKS,
        hidden=HIDDEN,
        folds=FOLDS,
        least=LEAST_SHARED,
        spare=F1_TO_SPARE,
        unseen=cells(fitted.unseen),
        by_letters=cells(fitted.by_letters),
    )


def cells(found: Figures) -> str:
    """The figures as cells of a table's row."""
    return f"{found.precision:.3f} | {found.recall:.3f} | {found.f1:.3f} | {found.auc:.3f}"
