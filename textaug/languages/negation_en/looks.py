"""What a word looks like: plural, adjective, adverb."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.verbs import SUFFIXES, adjectives

_PLURALS = listed(
    "people men women children police kids folks feet teeth mice media data criteria geese we they you these those"
)
_SINGULARS = listed("this its news series is was lens gas bus boss always perhaps physics politics mathematics")
_NOT_ADVERBS = listed(
    """
    family only friendly lovely ugly silly early daily lonely lively likely unlikely elderly deadly ghostly cowardly
    lowly heavenly melancholy anomaly assembly monopoly bully belly jelly lily ally rally fly reply supply apply rely
    july italy comply imply multiply sly holy costly ghastly weekly monthly orderly homely sickly curly hilly wily
    chilly woolly emily billy sally molly kelly polly beverly grisly burly smelly surly unruly leisurely timely
    scholarly brotherly saintly worldly
    """
)


def plural(word: str) -> bool:
    """Say whether a noun is plural, by its look.

    >>> plural("films"), plural("people"), plural("boss")
    (True, True, False)
    """
    if word in _PLURALS:
        return True
    return word[-1:] == "s" and word[-2:] not in ("ss", "us", "is", "'s") and word not in _SINGULARS


def adjective(word: str) -> bool:
    """Say whether a word is an adjective more often than not.

    >>> adjective("mediocre"), adjective("shameless"), adjective("film")
    (True, True, False)
    """
    return word in adjectives() or (word.endswith(SUFFIXES) and len(word) > 5)


def adverb(word: str) -> bool:
    """Say whether a word is an adverb by its `-ly`.

    >>> adverb("quickly"), adverb("family")
    (True, False)
    """
    return word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS
