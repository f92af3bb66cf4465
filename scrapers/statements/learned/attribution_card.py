"""The model card of an attribution model: what it was fitted on, how well it agrees with people, what it is not for."""

from datetime import date

from scrapers.statements.learned.attribution import FILES
from scrapers.statements.learned.attribution_fitting import CUE_SETTINGS, HELD_OUT_EACH, SPAN_SETTINGS, Fitted

FILE_NAME = "attribution.md"
CARD = """\
# Model card: attribution, {language}

Finds who said what in a news text, upon the rules: which words are cues ("has long insisted"), what each attributes,
and to whom. It says nothing about truth.

- Data: {source}.
- Fitted on {day}: {articles:,} articles with {attributions:,} attributions marked by people.
- How: two linear-chain conditional random fields, fitted by crfsuite (L-BFGS). The first tags the cues of a sentence,
  the second reads the sentence anew from each likely cue and tags claimant and content. Both are told words, stems,
  classes of words, quotation marks, distances, and what the rules find. L1 makes most weights nought (c1 = {cue_c1:g}
  and {span_c1:g}, with c2 = {cue_c2:g} and {span_c2:g}).
- What ships: {files}.
  They hold {cue_buckets:,} and {span_buckets:,} rows of weights by the hash of a feature, and no text: {size:,} bytes.

| Agreement with people, every {each}th article held out | content found, F1 | with its claimant, F1 |
| --- | --- | --- |
| Rules alone | {rules_found:.3f} | {rules_related:.3f} |
| The model upon the rules, fitted on the other articles | {model_found:.3f} | {model_related:.3f} |

Content counts as found where half of the words that either has are shared, one to one; likewise the claimant.
Thresholds and regularisation were chosen on the held-out articles too, so expect a little less elsewhere.

Limits: people marked wishes and stands ("supported the bill") as well as statements; Claimline finds those and leaves
them out of its drafts. Other fields than that of the data, headlines and lists are the rules' strength.

To fit it anew: `claimline model fit attribution DATA.jsonl --output FOLDER`, then `CLAIMLINE_MODELS=FOLDER`. To do
without it: `CLAIMLINE_MODELS=off`; the rules do the work alone.
"""


def card(fitted: Fitted, source: str, on: date, size_bytes: int) -> str:
    """The card of a fitted model; source says which articles it saw, size_bytes how big its files are together."""
    return CARD.format(
        language=fitted.model.language,
        source=source,
        day=on.isoformat(),
        articles=fitted.articles,
        attributions=fitted.attributions,
        cue_c1=CUE_SETTINGS["c1"],
        cue_c2=CUE_SETTINGS["c2"],
        span_c1=SPAN_SETTINGS["c1"],
        span_c2=SPAN_SETTINGS["c2"],
        files=", ".join(f"`{name}`" for name in FILES),
        cue_buckets=len(fitted.model.cues.used),
        span_buckets=len(fitted.model.spans.used),
        size=size_bytes,
        each=HELD_OUT_EACH,
        rules_found=fitted.by_rules.found,
        rules_related=fitted.by_rules.related,
        model_found=fitted.on_held_out.found,
        model_related=fitted.on_held_out.related,
    )
