"""What is never proposed, because it would embarrass a reader."""

import re

from textaug.languages.en import listed
from textaug.lexicon.wordnet import Synset, Word

_PERSON = 18  # the lexicographer's file noun.person
_SHORT = frozenset(("go", "do", "ad", "ox"))
_SYMBOL = re.compile(r"[A-Z.-]{1,3}$|[A-Z][A-Z.]*\.$|.*\d|[ivxlc]+$")

OFFENSIVE = listed(
    """
    arse ass asshole bastard bimbo bitch boob boobs bollock bollocks bugger bull bullshit bunghole cock
    coolie coon crap crapper cripple cuckold cunt dago darkie darky dick dickhead dike dyke fag faggot fairy
    fart fuck fucker fucking gook goy greaser gringo guinea knocker gypsy half-breed half-caste harlot
    hooker hymie idiot imbecile injun jap jerk-off jigaboo kaffir kafir kike kraut lesbo midget mongol
    mongoloid moron mulatto nance nancy negress negro nigga nigger nigra paddy paki pansy pecker piss poof
    poofter poove pouf prick pussy queer redskin retard retarded savage screw sheeny shit shite shitty shtup
    slant-eye slut sodomite spastic spic spick spik squaw strumpet tart tit tits titty tosser tranny turd
    twat wank wanker wench wetback whore whoreson wog wop yid bang bed bonk hump jazz lay roger shag eff
    bonking screwing shagging
    """
)
"""Slurs, vulgar words, and words that WordNet gives such senses: left out."""

_VULGAR = ("fuck", "shit", "nigg")
_ODD = frozenset(("unmake", "sure as shooting", "roll in the hay"))

_NUMBER_WORDS = listed(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
    billion trillion dozen first second third fourth fifth sixth seventh eighth ninth tenth
    """
)


def usable_sense(synset: Synset) -> bool:
    """Say whether a sense has synonyms worth proposing: no numbers, no persons by name."""
    person = synset.field == _PERSON and any(pointer.symbol == "@i" for pointer in synset.pointers)
    return not person and not any(word.text[0].isdigit() for word in synset.words)


def usable_form(lemma: str) -> bool:
    """Say whether a lemma can be looked up: one word, with letters, and no number."""
    apart = lemma in _NUMBER_WORDS or lemma in OFFENSIVE
    return "_" not in lemma and len(lemma) > 1 and not apart and any(map(str.isalpha, lemma))


def usable(candidate: Word, source: Word) -> bool:
    """Say whether a word may be proposed for another of the same sense."""
    text = candidate.text.replace("_", " ")
    tokens = re.split(r"[ -]", text.lower())
    return (
        (text == text.lower() or source.text != source.text.lower())  # a name stands for a name only
        and candidate.marker in ("", source.marker)  # `afraid` stands behind its noun
        and (len(text) > 2 or text in _SHORT)
        and _SYMBOL.match(text) is None
        and text.lower() not in _NUMBER_WORDS
        and text not in _ODD
        and not OFFENSIVE.intersection((text.lower(), *tokens))
        and not any(part in text.lower() for part in _VULGAR)
    )
