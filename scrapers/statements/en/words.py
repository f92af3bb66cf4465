"""English function words, in the classes that finding a claimant needs."""

from scrapers.statements.wordlists import word_set

SUBJECT_PRONOUNS = word_set(
    "he she it they we i you who that this these those everyone nobody some others many both which"
)
PERSONAL_PRONOUNS = word_set("he she it they we i you")
SUBJECTS_ONLY = word_set("he she they we i there")
OBJECT_PRONOUNS = word_set("him her it them me us you himself herself themselves itself")
RELATIVE_PRONOUNS = word_set("who which whom that")
POSSESSIVES = word_set("his her its their my our your whose")
DETERMINERS = (
    word_set(
        "a an the this that these those some many several most all both each every another one two three four five six "
        "seven eight nine ten no any few dozens hundreds thousands such other more half"
    )
    | POSSESSIVES
)
NAME_PREPOSITIONS = word_set("of for in at from with on by to near against under between among outside inside on")
PREPOSITIONS = NAME_PREPOSITIONS | word_set(
    "about during after before over through since until amid despite into as like without within via following toward "
    "towards upon across around along behind beyond throughout given according"
)
SUBORDINATORS = word_set(
    "that because while when if though although whether how why what where since after before until unless as once "
    "whereas whenever"
)
COORDINATORS = word_set("and or but nor yet so")
AUXILIARIES = word_set(
    "has have had having is was were are am be been being will would could can may might must should shall did does do "
    "isn't wasn't weren't aren't hasn't haven't hadn't won't wouldn't couldn't can't didn't doesn't don't cannot "
    "shouldn't ain't to not never"
)
BE = word_set("is was were are am be been being isn't wasn't weren't aren't 's 're")
NEGATIONS = word_set(
    "not never isn't wasn't weren't aren't hasn't haven't hadn't won't wouldn't couldn't can't didn't doesn't don't "
    "cannot"
)
ADVERBS = word_set(
    "also then later previously repeatedly long never once again often once still now only even just always further "
    "already soon recently earlier first thus therefore perhaps nevertheless nonetheless however instead both all "
    "once twice rather simply merely sometimes yesterday today meanwhile moreover too well back ever"
)
NOT_ADVERBS = word_set("family ally rally assembly italy july reply supply anomaly monopoly bully daily weekly early")
# Before a reporting verb in the infinitive: "went on to say", "is expected to argue".
CHAIN = word_set(
    "went goes going continued continues used wanted seemed appeared expected likely set due poised ready quick tried "
    "began started chose had has have came prepared scheduled slated known forced sought happened supposed able"
)
REFUSALS = word_set("refused declined refuses declines failed fails")
TIME_WORDS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow earlier later recently "
    "last next this week month year night morning afternoon evening day january february march april may june july "
    "august september october november december spring summer fall autumn winter early late mid weekend ago"
)
TITLES = word_set(
    "president minister secretary senator sen. rep. gov. governor mayor chancellor premier prime chairman "
    "chairwoman chair spokesman spokeswoman spokesperson director chief general gen. judge justice king queen "
    "prince princess pope cardinal bishop ambassador envoy commissioner leader congressman congresswoman "
    "representative professor prof. dr. mr. mrs. ms. sir dame lord lady attorney deputy candidate nominee "
    "analyst economist ceo coach strategist adviser advisor aide lawmaker official officer commander colonel "
    "col. captain capt. lt. sgt. undersecretary vice foreign defense defence finance interior state former "
    "acting speaker host commentator columnist author billionaire businessman rival reporter journalist "
    "lawyer head founder democrat republican "
    "doctor nurse diplomat councillor councilor sheriff sergeant major professor engineer"
)
# Past and present forms that often stand between a subject and the rest of its clause; "-ed" is recognised by its look.
COMMON_VERBS = word_set(
    "met won lost went took gave ran made came got left led kept put set sent spent held brought built bought "
    "fought fell broke chose drew drove grew hit let paid rose sat sold stood struck taught threw wore became "
    "began felt found goes takes gives runs makes comes gets leads keeps puts sends holds brings seems "
    "appears remains needs has wants does looks tries plans seeks hopes expects faces include includes become "
    "remain give take make get keep come laid lay hurt beat cut quit shot shut spread split steps stepped "
    "turns turned spoke flew stole hid rode slept forgot froze hung lay lent sank shook shrank swept swung tore wept "
    "bent bit bound bred bled fled dealt dug ate fed forbade forgave gone wore won withdrew"
)
ORGANISATION_WORDS = word_set(
    "government ministry party company bank court council committee commission union agency department office "
    "group university institute association organization organisation administration campaign parliament "
    "senate house congress army military police force board team firm club federation league foundation "
    "center centre network post times news journal poll survey report study white kremlin pentagon nato eu un "
    "state"
)
PLURAL_WORDS = word_set("people officials sources experts analysts police lawmakers critics supporters both")


def is_adverb(word: str) -> bool:
    """Whether the word may stand between a subject and its verb without being part of either."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in NOT_ADVERBS)


def looks_finite(word: str) -> bool:
    """Whether the word, where no article stands before it, is likely to be a verb that ends a subject."""
    return word in COMMON_VERBS or (
        len(word) > 4 and word.endswith("ed") and word not in {"indeed", "hundred", "united"}
    )


ENDING_PHRASES = AUXILIARIES | COORDINATORS | SUBORDINATORS


def ends_any_phrase(word: str) -> bool:
    """Whether the word can belong to no noun phrase that goes on."""
    return word in ENDING_PHRASES or looks_finite(word)


# What speaks of the future, of wishes and of taste cannot be checked, or not yet.
DOUBTFUL_WORDS = word_set(
    "will would could should may might can must shall going hope hopes want wants wish believe believes think thinks "
    "feel feels beautiful terrible great wonderful best worst love hate if probably perhaps maybe ought"
)
# "it is clear that", "it was time to": this "it" stands for nobody.
EXPLETIVE_WORDS = word_set(
    "clear time possible impossible likely unlikely necessary important difficult hard easy crucial vital essential "
    "obvious unclear too up not better best right wrong good bad raining snowing true"
)
MASCULINE_WORDS = word_set(
    "he his him mr mr. sir lord king prince pope congressman chairman spokesman businessman actor father brother "
    "husband son man duke sheikh"
)
FEMININE_WORDS = word_set(
    "she her hers ms ms. mrs mrs. miss dame lady queen princess congresswoman chairwoman spokeswoman businesswoman "
    "actress mother sister wife daughter woman duchess baroness"
)
# As a claimant each names nobody, when it stands alone.
NOBODY_WORDS = AUXILIARIES | word_set(
    "one two three four five six seven eight nine ten some many others other several few all both any most half nobody "
    "everyone everybody somebody someone this that these those such what whatever there it's which whose another each "
    "more none"
)
# "the world", "the end": nothing earlier in an article says which.
GENERAL_NOUNS = TIME_WORDS | word_set(
    "world country nation people public state city end rest time times year years day days month week way fact first "
    "second third last next same other others past present future most least best worst only whole truth media press "
    "market economy law government president house internet street road ground case point matter issue problem thing "
    "things number figure figures result results moment start beginning middle side sides two three"
) - {"law"}
