"""What the trained model finds in a text's sentences, and what of the rules' findings stands beside it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrapers.statements.grammar import Grammar
from scrapers.statements.learned.attribution import AttributionModel, Judged, Learned
from scrapers.statements.learned.opened import CLOSING, OPENING, OUT, WITHIN, Opened, Rule, opened
from scrapers.statements.pack import LanguagePack
from scrapers.statements.spans import Attribution, Pattern, Sentence, Span, Spanned, TokenKind, spanned

# Marks that may open or close what somebody says and are part of it.
KEPT_MARKS = frozenset("$#@[]%")
# Both chosen on articles held out of fitting: how likely a cue must be for a rule's finding that the model passed over,
# and what share of their words rule and model must share to mean the same.
MIN_RULED = 0.15
ALIKE = 0.65
# Constructions that the rules read better than the model, which has seen few of them.
SURE = frozenset(
    (
        Pattern.PASSIVE,
        Pattern.NOUN,
        Pattern.SOURCE,
        Pattern.HEARSAY,
        Pattern.HEADLINE,
        Pattern.RELATIVE,
        Pattern.ACCUSATION,
    )
)
# No sentence of news is as long; a list, a table or a page of junk is.
MAX_SENTENCE_TOKENS = 500


@dataclass(frozen=True, slots=True)
class InSentence:
    """What a sentence attributes, in the order of the cues, and how likely the model finds a cue at each place.

    starts are where its tokens start in the text; without a model both are empty.
    """

    found: tuple[Spanned, ...]
    starts: tuple[int, ...] = ()
    begins: tuple[float, ...] = ()

    def may_be_cue(self, spans: Sequence[Span]) -> bool:
        """Whether the model does not find a cue in the spans unlikely; without a model any may be one."""
        if not self.starts:
            return True
        places = range(bisect_left(self.starts, spans[0].start), bisect_left(self.starts, spans[-1].end))
        return max((self.begins[i] for i in places), default=0.0) >= MIN_RULED


def attributed(text: str, sentences: Sequence[Sentence], pack: LanguagePack) -> list[InSentence]:
    """What each sentence attributes, by the pack's rules, and by its model upon them where it has one."""
    ruled = [
        list(pack.attributions(each.tokens)) if len(each.tokens) <= MAX_SENTENCE_TOKENS else [] for each in sentences
    ]
    model = pack.models.attribution
    if model is None or pack.grammar is None:
        return [
            InSentence(tuple(spanned(sentence, each) for each in found))
            for sentence, found in zip(sentences, ruled, strict=True)
        ]
    return tagged(text, sentences, ruled, model, pack.grammar)


def tagged(
    text: str,
    sentences: Sequence[Sentence],
    ruled: Sequence[Sequence[Attribution]],
    model: AttributionModel,
    grammar: Grammar,
) -> list[InSentence]:
    """What each sentence attributes, in the order of the cues; ruled is what the rules find in each.

    The rules decide where they are sure, else the model, which takes the stance of the rule for the same cue. Of other
    rules those count whose cue the model does not find unlikely.
    """
    unfolded = [opened(text, each, found) for each, found in zip(sentences, ruled, strict=True)]
    judgements = model.judged(unfolded, grammar)
    return [
        InSentence(
            found=tuple(sorted(merged(sentence, one, rules, judged, grammar), key=lambda each: each.cue)),
            starts=tuple(token.start for token in one.tokens),
            begins=judged.begins,
        )
        for sentence, one, rules, judged in zip(sentences, unfolded, ruled, judgements, strict=True)
    ]


def merged(
    sentence: Sentence, unfolded: Opened, ruled: Sequence[Attribution], judged: Judged, grammar: Grammar
) -> Iterator[Spanned]:
    """What the rules are sure of, what the model finds beside it, and what other rules find where a cue is likely."""
    rules = list(zip(unfolded.rules, ruled, strict=True))
    for rule, attribution in rules:
        if attribution.pattern in SURE or (
            is_likely(rule, attribution, judged) and not any(meet(rule, each) for each in judged.learned)
        ):
            yield spanned(sentence, attribution)
    for each in judged.learned:
        same = next(((rule, attribution) for rule, attribution in rules if meet(rule, each)), None)
        if same is None:
            if content := tidied(unfolded, each.content):
                yield spanned_learned(unfolded, each, content, grammar)
        elif same[1].pattern not in SURE:
            yield agreed(sentence, unfolded, each, same[0], same[1])


def agreed(sentence: Sentence, unfolded: Opened, learned: Learned, rule: Rule, attribution: Attribution) -> Spanned:
    """What rule and model find for one cue: the rule's words where the model means most of them, else the model's.

    A rule ends a phrase where a phrase ends, and a model may not.
    """
    found = spanned(sentence, attribution)
    content = tidied(unfolded, learned.content)
    if content and likeness(content, rule.content) < ALIKE:
        found = replace(found, content=characters(unfolded, content))
    if likeness(learned.claimant, (rule.claimant,)) < ALIKE:
        found = replace(found, claimant=claimant_of(unfolded, learned))
    return found


def likeness(some: Sequence[range], others: Sequence[range]) -> float:
    """The share of tokens that both have of those that either has; 1 for nothing and nothing."""
    a, b = ({i for part in parts for i in part} for parts in (some, others))
    return len(a & b) / len(a | b) if a | b else 1.0


def is_likely(rule: Rule, attribution: Attribution, judged: Judged) -> bool:
    """Whether a rule that the model passed over counts: it is no mere attitude, and its cue not unlikely."""
    begins = judged.begins[rule.cue.start : rule.cue.stop]
    return not attribution.is_attitude and max(begins, default=0.0) >= MIN_RULED


def meet(rule: Rule, learned: Learned) -> bool:
    """Whether the two share a word of their cues."""
    return rule.cue.start < learned.cue.stop and learned.cue.start < rule.cue.stop


def spanned_learned(unfolded: Opened, learned: Learned, content: Sequence[range], grammar: Grammar) -> Spanned:
    """The model's finding as characters of the text."""
    words = [token.word for token in unfolded.tokens[learned.cue.start : learned.cue.stop]]
    return Spanned(
        claimant=claimant_of(unfolded, learned),
        cue=characters(unfolded, [learned.cue]),
        content=characters(unfolded, content),
        stance=grammar.stance(words),
        is_attitude=grammar.is_attitude(words) or not says_something(unfolded, content, grammar),
    )


def claimant_of(unfolded: Opened, learned: Learned) -> tuple[Span, ...]:
    """The model's claimant; what a full stop parts from the cue is of a sentence that was not split off."""
    parts = [part for part in tidied(unfolded, learned.claimant) if not is_parted(unfolded, part, learned.cue)]
    return characters(unfolded, parts)


def is_parted(unfolded: Opened, part: range, cue: range) -> bool:
    """Whether a full stop stands between the part and the cue, or ends an abbreviation there."""
    between = unfolded.tokens[min(part.stop, cue.stop) : max(part.start, cue.start)]
    return any(token.word.endswith(".") for token in between)


def says_something(unfolded: Opened, content: Sequence[range], grammar: Grammar) -> bool:
    """Whether the content is a clause or a quotation, and no mere thing that somebody speaks of."""
    places = [i for part in content for i in part]
    tokens = [unfolded.tokens[i] for i in places]
    return any(unfolded.places[i] != OUT for i in places) or any(
        grammar.word_class(token.word, token.kind, token.is_capital) in grammar.finite_classes for token in tokens
    )


def characters(unfolded: Opened, parts: Sequence[range]) -> tuple[Span, ...]:
    """The parts' places in the text."""
    tokens = unfolded.tokens
    return tuple(Span(tokens[part.start].start, tokens[part.stop - 1].end) for part in parts)


def tidied(unfolded: Opened, parts: Sequence[range]) -> list[range]:
    """The parts without marks at their ends and without a "that" before the first; quotations keep both marks."""
    tidy = [bare for part in parts if (bare := bared(unfolded, part))]
    if tidy and len(tidy[0]) > 1 and unfolded.tokens[tidy[0].start].word == "that":
        tidy[0] = tidy[0][1:]
    return [with_marks(unfolded, part) for part in tidy]


def bared(unfolded: Opened, part: range) -> range:
    """The part without marks at its ends."""
    start, stop = part.start, part.stop
    while start < stop and is_loose_mark(unfolded, start):
        start += 1
    while stop > start and is_loose_mark(unfolded, stop - 1):
        stop -= 1
    return range(start, stop)


def is_loose_mark(unfolded: Opened, at: int) -> bool:
    """Whether the token is a mark that belongs to no word."""
    token = unfolded.tokens[at]
    return token.kind is TokenKind.MARK and token.word not in KEPT_MARKS


def with_marks(unfolded: Opened, part: range) -> range:
    """The part with the quotation marks that stand right around its words."""
    places, start, stop = unfolded.places, part.start, part.stop
    while start > 0 and places[start] == WITHIN and is_loose_mark(unfolded, start - 1):
        start -= 1
        if places[start] == OPENING:
            break
    while stop < len(places) and places[stop - 1] == WITHIN and is_loose_mark(unfolded, stop):
        stop += 1
        if places[stop - 1] == CLOSING:
            break
    return range(start, stop) if places[start] != OUT or places[stop - 1] != OUT else part
