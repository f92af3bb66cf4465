"""A statement worded so that it can stand alone: what a pronoun stands for is put in for it, in [brackets]."""

import re

from scrapers.statements.claimants import Claimant
from scrapers.statements.pack import LanguagePack

WORD = re.compile(r"\w+")
FIRST_WORD = re.compile(r"([^\W\d_]+)(['’][a-z]+)?")
# "Trump of inciting violence": the accused, then what he is accused of.
ACCUSED = re.compile(r"(?P<accused>.{1,150}?)\s+of\s+(?P<deed>\S.*)", re.DOTALL)


def standalone(words: str, claimant: Claimant | None, pack: LanguagePack, *, quoted: bool) -> str:
    """The words with a pronoun at their beginning replaced by the claimant, where it refers to them.

    In a quotation "I" and "we" do, elsewhere "he", "it" and "they"; not where the verb would no longer agree ("I am"),
    nor "we" of a person, who may speak for anybody.
    """
    match = FIRST_WORD.match(words)
    if match is None or claimant is None:
        return words
    is_possessive = refers_to_claimant(match[1].lower(), words[match.end() :], claimant, pack, quoted=quoted)
    if is_possessive is None:
        return words
    put_in = f"[{claimant.name}{suffix(claimant.name, pack) if is_possessive else ''}]"
    verb = pack.references.contractions.get((match[2] or "")[1:], "")
    if quoted and verb in pack.references.first_person_verbs:
        return words
    return f"{put_in} {verb}{words[match.end() :]}" if verb else put_in + words[match.end() :]


def accusation(content: str) -> str | None:
    """The wording of "Jane Doe of plotting a coup": "[Jane Doe] plotting a coup"; None for other content."""
    match = ACCUSED.fullmatch(content)
    return f"[{match['accused']}] {match['deed']}" if match else None


def refers_to_claimant(word: str, rest: str, claimant: Claimant, pack: LanguagePack, *, quoted: bool) -> bool | None:
    """Whether the pronoun is a possessive, where it stands for the claimant; None where it does not."""
    references = pack.references
    if quoted:
        follows = FIRST_WORD.match(rest.lstrip())
        is_bound = follows is not None and follows[1].lower() in references.first_person_verbs
        speaks_for_many = claimant.is_person and word in references.many_speakers
        return None if is_bound or speaks_for_many else references.speakers.get(word)
    if word in references.persons:
        return references.persons[word] if claimant.is_person and word not in claimant.other_pronouns else None
    if claimant.is_person or (word in references.things and (looks_plural(claimant) or is_expletive(rest, pack))):
        return None
    return references.things.get(word, references.groups.get(word))


def looks_plural(claimant: Claimant) -> bool:
    """Whether the name may be a plural ("Diplomats"), of which no "it" speaks; where in doubt it may."""
    last = claimant.name.split()[-1].lower()
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "’s", "'s")) and not claimant.name.isupper()


def is_expletive(rest: str, pack: LanguagePack) -> bool:
    """Whether the words after "it" make it stand for nobody: "is clear that", "was time to"."""
    return bool(set(WORD.findall(rest)[:3]) & pack.expletive_after)


def suffix(name: str, pack: LanguagePack) -> str:
    """The possessive's ending for the name: none but the apostrophe after a plural ("officials’")."""
    ending = pack.references.possessive_suffix
    return ending[:1] if name.endswith("s") and name.split()[-1].islower() else ending
