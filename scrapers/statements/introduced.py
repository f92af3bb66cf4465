"""What a sentence that ends in a colon introduces: the quotation or the list items on the lines behind it."""

from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Attribution, Sentence, Span

BULLETS = frozenset(("-", "–", "—", "•", "*", "·"))


def introduces(sentence: Sentence) -> bool:
    """Whether the sentence ends in a colon."""
    return bool(sentence.tokens) and sentence.tokens[-1].word == ":"


def is_item(sentence: Sentence) -> bool:
    """Whether the sentence is a list's item: a paragraph that a bullet opens."""
    return sentence.starts_paragraph and len(sentence.tokens) > 1 and sentence.tokens[0].word in BULLETS


def joined(introduction: Sentence, sentence: Sentence) -> Sentence:
    """The two as one sentence, without the item's bullet."""
    return Sentence(
        span=Span(introduction.span.start, sentence.span.end),
        tokens=introduction.tokens + sentence.tokens[int(is_item(sentence)) :],
        starts_paragraph=introduction.starts_paragraph,
    )


def attribution_across(introduction: Sentence, sentence: Sentence, pack: LanguagePack) -> Attribution | None:
    """What a cue in the introduction attributes of the sentence behind it, in the tokens of the two joined.

    A quotation that no cue takes is by the introduction's subject, as in "He listed three rules: “…”".
    """
    both = joined(introduction, sentence).tokens
    colon = len(introduction.tokens) - 1
    for attribution in pack.attributions(both):
        if attribution.cue[1] <= colon and attribution.content[0][0] > colon:
            return attribution
    subject = pack.clause_subject(introduction.tokens, colon) if sentence.is_quotation else None
    return subject and Attribution((colon, colon + 1), ((colon + 1, len(both)),), subject)
