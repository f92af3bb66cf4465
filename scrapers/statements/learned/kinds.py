"""Kinds of English words that tell what is worth checking from what is not: who, when, how sure, how much."""

from scrapers.statements.wordlists import word_set

KINDS = {
    "MUST": word_set("would should could might may must ought"),
    "FUTURE": word_set("will shall going"),
    "PAST": word_set("was were had did"),
    "PERFECT": word_set("has have been"),
    "PRESENT": word_set("is are am does do"),
    "I": word_set("i me my mine myself"),
    "WE": word_set("we us our ours"),
    "YOU": word_set("you your"),
    "HE": word_set("he she him his her"),
    "THEY": word_set("they them their"),
    "NOT": word_set("not no never none nothing nobody neither nor"),
    "OPINION": word_set("think believe feel hope wish guess suppose agree disagree sure love like want opinion view"),
    "SAY": word_set("say said says saying told tell talk talked called claim"),
    "ASK": word_set("what why how who when where whether"),
    "IF": word_set("if unless whether"),
    "AMOUNT": word_set(
        "more less most least many few fewer half all every each highest lowest largest biggest greatest higher lower "
        "than times rate"
    ),
    "TIME": word_set("year years month months week weeks day days ago last since decade history today now ever"),
    "ADDRESS": word_set(
        "thank thanks ladies gentlemen mr question please let well yes okay good evening sir governor senator president"
    ),
    "NEED": word_set("need should must let ought want"),
    "TOPIC": word_set(
        "job jobs tax taxes budget deficit debt unemployment inflation spending income cost costs insurance health "
        "care medicare schools troops weapons oil trade"
    ),
    "DEED": word_set(
        "voted vote passed signed proposed supported opposed cut raised increased doubled lost created vetoed"
    ),
    "LINK": word_set("that because"),
    "ARTICLE": word_set("a an the"),
    "COMPARE": word_set("more less fewer better worse higher lower bigger greater than"),
}
ENDINGS = {
    "ED": ("ed",),
    "ING": ("ing",),
    "EST": ("est",),
    "LY": ("ly",),
    "TION": ("tion", "tions"),
    "ER": ("er", "ers"),
}
OPENERS = word_set("i we you he and but so well now the it")
NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen dozens hundreds thousands millions billions half third quarter percent double twice doubled tripled triple"
)
# These keep their form; every other word is cut to its stem.
FUNCTION_WORDS = word_set(
    """
    i you he she it we they me him her us them my your his its our their mine who whom whose which that this these
    those there here what when where why how am is are was were be been being do does did done has have had having
    will would shall should can could may might must ought not no never none nobody neither nothing nor and or but if
    because since while although though so than then as of in on at by for from to with about into over under up down
    out off after before between during through against without within a an the all any some many much more most few
    less least every each both other another only just even still also again ever already now today yet very too say
    said says think believe know want wants wanted need needs let go going got get gets make made give gave take took
    vote voted support supported oppose opposed increase increased cut cuts raise raised lose lost create created spend
    spent pay paid propose proposed sign signed pass passed fact ago time years year last first
    """
)
NOT_CONTRACTED = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not")}
CONTRACTIONS = {"n't": "not", "'re": "are", "'ve": "have", "'m": "am", "'ll": "will", "'d": "would", "'s": "'s"}
