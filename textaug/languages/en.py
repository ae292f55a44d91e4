"""What is English: words that carry grammar rather than meaning, and which words begin with a vowel sound."""

import re


def listed(text: str) -> frozenset[str]:
    """Return the words of a text.

    >>> sorted(listed("to be or not to be"))
    ['be', 'not', 'or', 'to']
    """
    return frozenset(text.split())


STOP_WORDS = listed(
    """
    a an the this that these those such same other another each every either neither both all any some few
    many much more most several own none no nor not never

    i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her
    hers herself it its itself they them their theirs themselves one ones oneself who whom whose which what
    whoever whatever whichever someone somebody something anyone anybody anything everyone everybody
    everything nobody nothing

    am is are was were be been being have has had having do does did doing done will would shall should can
    could may might must ought cannot let

    and or but if then else so than as because since while until unless though although whether yet however
    thus of at by for with about against between into through during before after above below to from up down
    in out on off over under onto upon within without among along across around behind beside besides beyond
    despite except inside near outside per toward towards via amid amongst
    like unlike

    again further once here there when where why how only just too very also even still ever now already
    almost quite rather well yes okay ok oh

    i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're
    we've we'd we'll they're they've they'd they'll that's that'll that'd there's there're there'd here's
    what's who's who'd who'll where's when's why's how's let's

    isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't won't wouldn't shan't shouldn't
    can't couldn't mayn't mightn't mustn't oughtn't needn't ain't isnt arent wasnt werent havent hasnt hadnt
    dont doesnt didnt wouldnt shouldnt cant couldnt im ive

    mr mrs ms dr st etc vs mr. mrs. ms. dr. st. etc. vs. i.e. e.g.
    """
)
"""Determiners, pronouns, auxiliaries, conjunctions, prepositions, particles, negators and contractions."""

_CONSONANT = re.compile(
    r"""
    eu | ew | oui | once\b                      # euro, ewe, ouija
    | one(?=$|s\b|self|ness|\W)                 # one, one-sided; but oneiric, onerous
    | unanim                                    # unique, union; but unimportant, uninvited
    | uni(?!mp|ma|mm|nf|nh|ni|ns|nt|nv|nc|de[an]|ss|ro)
    | us[aeiu] | ut[eio] | ur[aeiou] | ubi      # use, utility, uranium; but us, utter, urge
    | uk[eru] | uv | ufo | u(?=$|\W)            # Ukraine, U-turn
    """,
    re.VERBOSE,
)
_VOWEL = re.compile(
    r"""
    [aeiouàáâäæèéêëìíîïòóôöøùúûü]
    | heir | honest | hono | hour(?!i) | hors\b | herb(?=s?\b|al)  # silent, herb as in America
    | [fhlmnrsx](?=$|-) | 8 | 1[18](?!\d)                          # an X-ray, an 8, an 18-year-old
    | yt | yv | ypr | yb
    """,
    re.VERBOSE,
)
_SPELLED_OUT = re.compile(r"(?=[AEFHILMNORSX])(?:[A-Z]{1,3}|[B-DF-HJ-NP-TV-Z]+)(?=$|\W)")
_SPELLED_CONSONANT = re.compile(r"[BCDGJKPQTUVWYZ](?:[A-Z]{0,2}|[B-DF-HJ-NP-TV-Z]*)(?=$|\W)")


def vowel_sound(text: str) -> bool:
    """Say whether a text begins with a vowel sound, so that it takes `an`.

    >>> [word for word in ("hour", "house", "user", "umpire", "one", "FBI", "X-ray") if vowel_sound(word)]
    ['hour', 'umpire', 'FBI', 'X-ray']
    """
    if _SPELLED_OUT.match(text):
        return True
    if _SPELLED_CONSONANT.match(text):
        return False
    folded = text.lower()
    return _CONSONANT.match(folded) is None and _VOWEL.match(folded) is not None


def article(text: str) -> str:
    """Return the indefinite article that stands before a text.

    >>> article("honest answer"), article("useful answer")
    ('an', 'a')
    """
    return "an" if vowel_sound(text) else "a"
