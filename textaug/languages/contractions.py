"""English contractions: what contracts with what, and which words around tell `is` from `has`, `would` from `had`."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.languages.en import listed
from textaug.lexicon.classes import Numbered, numbered


class Role:
    """What a word may be to a contraction near it: bits."""

    NOT_TAKER = 1 << 0  # takes n't
    I_AM = 1 << 1
    TAKES_ARE = 1 << 2
    TAKES_IS = 1 << 3
    TAKES_HAS = 1 << 4
    TAKES_HAVE = 1 << 5
    TAKES_HAD = 1 << 6
    TAKES_WILL = 1 << 7
    TAKES_WOULD = 1 << 8
    MODAL = 1 << 9  # before have: could've
    SUBJECT = 1 << 10  # a pronoun that is nothing but a subject
    EITHER = 1 << 11  # a pronoun that may be subject or object
    PRONOUN = 1 << 12  # a pronoun that may be the subject of a question
    ASKS = 1 << 13  # why, how: the verb comes before the subject
    WH = 1 << 14  # what it is, how good it is: no contraction at the clause's end
    HOLDS = 1 << 15  # like it, than it: what follows is no subject
    ENDS = 1 << 16  # and, because, that: the clause before it is over
    FINITE = 1 << 17  # is, does: no contraction before it
    ONLY = 1 << 18  # can not only
    NOT = 1 << 19
    PARTICIPLE = 1 << 20
    BOTH = 1 << 21  # a base form and a participle alike: put
    ACTIVE = 1 << 22  # a participle that hardly follows `is`: happened
    STATE = 1 << 23  # a participle that hardly follows `has`: based
    NAMING = 1 << 24  # called a liar: what follows is no object
    OBJECT = 1 << 25  # begins an object: the, him
    HIM = 1 << 26  # a pronoun that is nothing but an object
    PLACE = 1 << 27  # prepositions and particles
    BY = 1 << 28
    ARTICLE = 1 << 29  # what no auxiliary has behind it, but in a question
    ANYONE = 1 << 30
    ADVERB = 1 << 31
    BETTER = 1 << 32
    CAN = 1 << 33  # can't
    CANNOT = 1 << 34
    WILL = 1 << 35  # won't
    PLAIN = 1 << 36  # ends in -ed, -ing or -ly and is no participle or adverb


ROLES: dict[int, frozenset[str]] = {
    Role.NOT_TAKER: listed(
        "do does did is are was were have has had can could will would should must need"  # mightn't is rarely said
    ),
    Role.I_AM: listed("i"),
    Role.TAKES_ARE: listed("you we they"),
    Role.TAKES_IS: listed("he she it that what who where there here how"),
    Role.TAKES_HAS: listed("he she it that who there"),
    Role.TAKES_HAVE: listed("i you we they"),
    Role.TAKES_HAD: listed("i you he she it we they who"),
    Role.TAKES_WILL: listed("i you he she it we they that there who"),
    Role.TAKES_WOULD: listed("i you he she we they who"),
    Role.MODAL: listed("could would should might must"),
    Role.SUBJECT: listed("i he she we they"),
    Role.EITHER: listed("you it"),
    Role.PRONOUN: listed("i you he she it we they there this that"),
    Role.ASKS: listed("why how what where when"),
    Role.WH: listed("what who where which how however whatever whoever wherever whichever"),
    Role.HOLDS: listed(
        """
        than as of about like unlike for with without in on to at by from behind around over under through between
        against after before into upon within beside besides near despite except beyond
        """
    ),
    Role.ENDS: listed("and or but when because if that than while until unless though although since whether nor yet"),
    Role.FINITE: listed(
        "is are was were am have has had do does did will would can could should may might must seems makes"
    ),
    Role.ONLY: listed("only just merely simply solely"),
    Role.NOT: listed("not"),
    Role.PARTICIPLE: listed(
        """
        been begun bent bitten blown born borne bought bound bred broken brought built burnt caught chosen clung
        crept dealt done drawn driven drunk dug eaten fallen fed felt flown forbidden forgotten forgiven fought
        found frozen given gone got gotten ground grown had heard held hidden hung kept known laid lain led left lent
        lit lost made meant met paid proven ridden risen rung said sat seen sent sewn shaken shone shot shown shrunk
        slept sold sought spent spoken spun stolen stood struck stuck sung sunk swept sworn swum taken taught
        thought thrown told torn understood undergone undertaken woken won worn written wrought
        """
    ),
    Role.BOTH: listed(
        """
        beat become bet burst cast come cost cut hit hurt let overcome put quit read rid run set shut slit split spread
        """
    ),
    Role.ACTIVE: listed(
        """
        been become begun got gotten gone had happened occurred worked tried failed managed decided learned learnt lived
        died appeared disappeared agreed refused fallen started seemed wanted slept sat stood starred won risen arrived
        survived existed emerged attempted succeeded remained continued grown come
        """
    ),
    Role.STATE: listed(
        """
        aimed amused annoyed ashamed assigned attached based bored born caught composed concerned confused considered
        convinced covered cursed damned dated designed determined directed disappointed divided done doomed drawn
        dressed dubbed embarrassed engaged excited fascinated filled filmed flawed forced haunted hidden impressed
        intended interested intrigued involved kidnapped killed known limited loaded located lost made marred married
        meant mixed motivated murdered needed obsessed opposed outdated overrated packed pleased prepared presented
        recommended related required rated ruined said satisfied scared set shocked shot shown spoiled stuck supposed
        surprised talented tied tired titled told torn trapped treated twisted underrated used wasted worried wounded
        written
        """
    ),
    Role.NAMING: listed("called named considered given told shown rated titled entitled dubbed deemed labeled voted"),
    Role.OBJECT: listed(
        """
        a an the me him it us them his her my your our their its some any no all everything nothing something this
        these those every each both many more most two three several one
        """
    ),
    Role.HIM: listed("me him us them"),
    Role.BY: listed("by"),
    Role.PLACE: listed(
        """
        by in on as with at from to for of about around into over out up down off through than that and or
        but so very too because when where if while since after before without between against
        """
    ),
    Role.ARTICLE: listed("a an the my your his her its our their these those no some every each any"),
    Role.ANYONE: listed(
        """
        anyone anybody anything everyone everybody everything someone somebody something nobody people most many all
        one both two
        """
    ),
    Role.ADVERB: listed(
        """
        not never always already just ever also still even only often once almost quite rather maybe perhaps
        now then soon recently finally actually certainly definitely probably possibly simply clearly
        """
    ),
    Role.BETTER: listed("better best"),
    Role.CAN: listed("can"),
    Role.CANNOT: listed("cannot"),
    Role.WILL: listed("will"),
    Role.PLAIN: listed(
        """
        need feed speed seed bleed breed exceed proceed succeed heed weed shed wed embed bed red indeed hundred sacred
        naked wicked rugged reed deed greed creed steed sled hatred kindred
        reply apply rely supply fly imply multiply comply ally rally tally bully belly family only ugly silly holy jelly
        early lovely lonely friendly lively deadly likely italy july
        king ring sing bring thing wing sting spring string swing cling fling nothing something anything
        everything during evening morning ceiling
        """
    ),
}


class Second(NamedTuple):
    """A word that contracts with the one before it.

    Attributes:
        first: what the one before it must be.
        ending: what the two words get in the place of this one, by the role of the first.
    """

    first: int
    ending: str


SECOND = {
    "not": Second(Role.NOT_TAKER, "n't"),
    "cannot": Second(Role.CANNOT, "'t"),
    "am": Second(Role.I_AM, "'m"),
    "are": Second(Role.TAKES_ARE, "'re"),
    "is": Second(Role.TAKES_IS, "'s"),
    "has": Second(Role.TAKES_HAS, "'s"),
    "have": Second(Role.TAKES_HAVE | Role.MODAL, "'ve"),
    "had": Second(Role.TAKES_HAD, "'d"),
    "will": Second(Role.TAKES_WILL, "'ll"),
    "would": Second(Role.TAKES_WOULD, "'d"),
}


class Short(NamedTuple):
    """A contraction.

    Attributes:
        letters: how many it has, the apostrophe not counted.
        tail: how many of them stand for the second word, at the end.
        full: what stands there in full; behind `s` and `d` there is a choice, `HAS` and `HAD` being the other one.
        asked: what is left there when the subject parts the words: Won't he, Will he not.
    """

    letters: int
    tail: int
    full: str
    asked: str = ""


HAS, HAD = " has", " had"
APOSTROPHES = "'’´ʼ"


def _shorts() -> dict[str, Short]:
    held = {}
    for first in sorted(ROLES[Role.NOT_TAKER] - {"can", "will"} | ROLES[Role.MODAL] | {"ought"}):
        held[first + "n't"] = Short(len(first) + 2, 2, " not")
    held |= {
        "can't": Short(4, 1, "not"),
        "won't": Short(4, 3, "ill not", "ill"),
        "shan't": Short(5, 3, "all not", "all"),
    }
    endings = {
        "m": (Role.I_AM, " am"), "re": (Role.TAKES_ARE, " are"), "ll": (Role.TAKES_WILL, " will"),
        "ve": (Role.TAKES_HAVE | Role.MODAL, " have"), "s": (Role.TAKES_IS, " is"), "d": (Role.TAKES_HAD, " would"),
    }  # fmt: skip
    for ending, (takers, full) in endings.items():
        for first in sorted(frozenset().union(*(ROLES[role] for role in ROLES if role & takers))):
            held[f"{first}'{ending}"] = Short(len(first) + len(ending), len(ending), full)
    held |= {f"{first}'ll": Short(len(first) + 2, 2, " will") for first in ("what", "this")}
    held |= {f"{first}'re": Short(len(first) + 2, 2, " are") for first in ("what", "who", "there", "where", "how")}
    held |= {f"{first}'s": Short(len(first) + 1, 1, " is") for first in ("when", "why")}
    held |= {f"{first}'d": Short(len(first) + 1, 1, " would") for first in ("there", "that")}
    return held | {"who've": Short(5, 2, " have"), "let's": Short(4, 1, " us")}


SHORTS = _shorts()
"""What is short for two words; `ain't` may be short for too many, and the genitive's `'s` for none."""


class Roles(NamedTuple):
    """All the words: those of `SECOND` have the numbers from 1 on, those of `SHORTS` the next.

    A contraction stands there once for each kind of apostrophe.

    Attributes:
        words: as the kernel takes them.
        bits: uint64, the roles by number.
    """

    words: Numbered
    bits: npt.NDArray[np.uint64]


@cache
def roles() -> Roles:
    """Number the words and give each its roles."""
    held: dict[str, int] = dict.fromkeys(SECOND, 0)
    held |= {word.replace("'", mark): 0 for word in SHORTS for mark in APOSTROPHES}
    for role, members in ROLES.items():
        for word in sorted(members):
            held[word] = held.get(word, 0) | role
    return Roles(numbered(list(held)), np.array([0, *held.values()], np.uint64))
