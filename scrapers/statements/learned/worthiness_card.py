"""The model card of a check-worthiness model: what it was fitted on, how well it ranks, and what it is not for."""

from datetime import date

from scrapers.statements.learned.worthiness_fitting import FOLDS, L2, MIN_DEBATES, Fitted

FILE_NAME = "check_worthiness.md"
CARD = """\
# Model card: check-worthiness, {language}

Says how much a statement is worth checking, from 0 to 1. It orders the queue of reviewers and leaves out what is no
claim; it decides nothing about truth.

- Data: {source}.
- Fitted on {day}: {sentences:,} sentences of {debates} debates, labelled by people as worth checking or not.
- Held out of fitting: debates {held_out}.
- How: logistic regression, regularised by L2 ({l2:g}). Features: word stems, kinds of words (who, when, how sure, how
  much), pairs of kinds, and the length. A word that fewer than {least} debates know is left out. While fitting, each
  debate has a bias of its own. `check_worthiness.json` holds single words, names of kinds, and numbers; no text.

| Ranking of a debate's sentences | map | auc |
| --- | --- | --- |
| The debates held out | {held_map:.3f} | {held_auc:.3f} |
| All debates, each ranked by a model that did not see it ({folds} folds) | {all_map:.3f} | {all_auc:.3f} |
| Digits first, then the longer sentence, all debates | {plain_map:.3f} | {plain_auc:.3f} |

map is the mean over debates of average precision, auc of the area under the ROC curve.

The scale: of the sentences worth checking in the debates held out, 99 of 100 score 0.2 or more, and 0.7 stands for
even odds. It is no probability.

To fit it anew: `claimline model fit check-worthiness DATA.jsonl --output FOLDER`, then `CLAIMLINE_MODELS=FOLDER`. To do
without it: `CLAIMLINE_MODELS=off`; a few weights that were set by hand take its place.
"""


def card(fitted: Fitted, source: str, on: date) -> str:
    """The card of a fitted model; source says which sentences it saw."""
    return CARD.format(
        language=fitted.model.language,
        source=source,
        day=on.isoformat(),
        sentences=fitted.sentences,
        debates=fitted.debates,
        held_out=", ".join(fitted.held_out),
        l2=L2,
        least=MIN_DEBATES,
        held_map=fitted.on_held_out.map,
        held_auc=fitted.on_held_out.auc,
        all_map=fitted.everywhere.map,
        all_auc=fitted.everywhere.auc,
        plain_map=fitted.heuristic.map,
        plain_auc=fitted.heuristic.auc,
        folds=FOLDS,
    )
