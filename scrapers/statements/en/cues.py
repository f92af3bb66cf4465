"""English reporting cues: the verbs and nouns that say that somebody stated something, and how they take it."""

from dataclasses import dataclass
from enum import Enum

from scrapers.statements.wordlists import word_set


class Frame(Enum):
    """How a cue takes its claimant and its content."""

    SAY = "say"  # she said (that) …; "…," she said; "…," said she
    TELL = "tell"  # she told reporters (that) …
    BELIEVE = "believe"  # she believes (that) …; never turned round
    SHOW = "show"  # the poll shows (that) …
    ACCUSE = "accuse"  # she accused him of …
    CALL = "call"  # she called him …; she described it as …
    DENY = "deny"  # she denied (that) …; she denied doing …
    INTEND = "intend"  # she vowed to …
    VIEW = "view"  # she criticised …: her stand on what is named, not a statement of its own


class Form(Enum):
    """Which form of a verb a cue's word is."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"


@dataclass(frozen=True, slots=True)
class Cue:
    """One word that may be a reporting verb. is_noun says that it may be a noun as well ("claims")."""

    lemma: str
    frames: frozenset[Frame]
    forms: frozenset[Form]
    is_noun: bool


VERBS = {
    Frame.SAY: (
        "say add argue insist assert claim contend maintain state declare announce note write explain acknowledge "
        "admit concede confirm suggest allege reveal disclose warn caution stress emphasize emphasise underline "
        "underscore reiterate repeat recall remark observe comment reply respond answer retort counter quip joke "
        "tweet post complain lament predict forecast estimate report conclude testify recount relate signal hint "
        "imply boast brag vow pledge swear promise mention propose recommend advise urge demand ask wonder "
        "question muse opine proclaim profess protest object interject chime continue point posit reason affirm "
        "reaffirm attest certify chant shout yell scream cry whisper mutter exclaim tease agree charge fume gush "
        "declaim elaborate clarify specify stipulate hypothesize hypothesise speculate theorize theorise intone "
        "blog text email e-mail bemoan grumble thunder bellow riff crow deadpan tout summarize summarise "
        "paraphrase volunteer confide confess interrupt reckon relay restate retweet scoff sneer snap sigh "
        "enthuse rejoice marvel indicate decree decide determine find calculate project expect anticipate rule hold"
    ),
    Frame.TELL: "tell inform assure remind notify convince persuade warn advise promise reassure brief caution",
    Frame.BELIEVE: (
        "believe think hope fear feel know realize realise recognize recognise doubt suspect assume presume guess "
        "worry understand learn wish bet imagine agree surmise"
    ),
    Frame.SHOW: "show prove demonstrate suggest indicate find reveal point",
    Frame.ACCUSE: "accuse suspect convict acquit charge blame fault",
    Frame.CALL: (
        "call describe label brand dub portray depict characterize characterise denounce condemn dismiss "
        "deride hail praise slam blast decry mock criticize criticise bash tout lambaste ridicule castigate "
        "trash assail"
    ),
    Frame.DENY: "deny refute dispute reject rebut disavow disown repudiate",
    Frame.INTEND: (
        "vow pledge promise threaten offer agree refuse decline plan want hope seek intend propose swear prefer "
        "wish expect consent volunteer aim"
    ),
    Frame.VIEW: (
        "oppose endorse blame applaud commend question defend cite discuss reference highlight acknowledge reveal "
        "announce propose recall express echo demand recommend compare challenge urge"
    ),
}

# A verb, its third person, its past forms and its participle.
IRREGULAR_FORMS = """
admit admits admitted admitting
bet bets bet betting
blog blogs blogged blogging
brag brags bragged bragging
cast casts cast casting
dream dreams dreamed/dreamt dreaming
dub dubs dubbed dubbing
feel feels felt feeling
find finds found finding
forecast forecasts forecast forecasting
forget forgets forgot forgetting
go goes went going
hear hears heard hearing
hint hints hinted hinting
hold holds held holding
know knows knew/known knowing
learn learns learned/learnt learning
mean means meant meaning
pan pans panned panning
plan plans planned planning
point points pointed pointing
prefer prefers preferred preferring
prove proves proved/proven proving
quip quips quipped quipping
read reads read reading
rebut rebuts rebutted rebutting
refer refers referred referring
rip rips ripped ripping
say says said saying
see sees saw/seen seeing
seek seeks sought seeking
show shows showed/shown showing
slam slams slammed slamming
snap snaps snapped snapping
swear swears swore swearing
tell tells told telling
think thinks thought thinking
understand understands understood understanding
write writes wrote/written writing
"""
IRREGULAR = {
    lemma: (third, past.replace("/", " "), participle)
    for lemma, third, past, participle in map(str.split, IRREGULAR_FORMS.strip().splitlines())
}

# Forms that are nouns as often as verbs: they count as verbs only where a subject stands before them.
NOUNS = word_set(
    "claim claims report reports state states estimate estimates question questions comment comments charge "
    "charges call calls note notes warning warnings post posts tweet tweets promise promises pledge pledges "
    "vow vows demand demands answer answers hope hopes fear fears doubt doubts worry worries view views order "
    "orders ruling rule rules plan plans support offer offers attack attacks back reply response object "
    "objects signal signals show shows findings finding wish wishes aim aims guess project projects regard "
    "regards suspect suspects text texts email emails brief briefs brand brands label labels cast address "
    "highlight highlights mention mentions forecast forecasts joke jokes protest protests feeling blast "
    "praise dispute disputes challenge challenges care dream dreams sense bet blame favor favour read reading "
    "meaning reason reasons hearing pan welcome frame counter point points thought experience sigh cry slam "
    "urge sum volunteer volunteers remark remarks hold holds"
)

# Nouns for what was stated, before "that" or "of".
STATEMENT_NOUNS = word_set(
    "claim claims allegation allegations assertion assertions accusation accusations argument arguments "
    "contention belief warning warnings suggestion suggestions statement report reports announcement promise "
    "promises pledge denial admission acknowledgment acknowledgement insistence conclusion prediction "
    "predictions notion charge charges complaint complaints concern concerns fear fears hope rumor rumors "
    "rumour rumours theory view opinion revelation proposal finding findings assurance assurances declaration "
    "remark remarks comment comments idea speculation testimony estimate estimates hint hints confirmation "
    "doubt doubts vow demand case denials"
)

# "reportedly": said by somebody who is not named.
HEARSAY = word_set("reportedly allegedly purportedly supposedly apparently")
# "it is alleged that", "is said to have", "is accused of"
PASSIVE_THAT = word_set(
    "alleged claimed believed said reported thought understood expected estimated argued suggested feared rumored "
    "rumoured announced hoped assumed known acknowledged noted revealed confirmed"
)


def inflected(lemma: str) -> tuple[str, str, str]:
    """The lemma's third person, its past forms (apart by spaces) and its participle."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return third, lemma + "ed", lemma + "ing"


def table() -> dict[str, Cue]:
    """Every inflected cue word with its frames and forms."""
    frames: dict[str, set[Frame]] = {}
    for frame, lemmas in VERBS.items():
        for lemma in lemmas.split():
            frames.setdefault(lemma, set()).add(frame)
    forms: dict[tuple[str, str], set[Form]] = {}
    for lemma in frames:
        third, past, participle = inflected(lemma)
        words = [(lemma, Form.BASE), (third, Form.PRESENT), (participle, Form.PARTICIPLE)]
        for word, form in (*words, *((word, Form.PAST) for word in past.split())):
            forms.setdefault((word, lemma), set()).add(form)
    return {
        word: Cue(lemma, frozenset(frames[lemma]), frozenset(found), word in NOUNS)
        for (word, lemma), found in forms.items()
    }


CUES = table()
