"""The forms of English verbs, and adjectives, from tables compiled of WordNet and lemminflect (see `compile`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent.parent / "data"
TABLE = _DATA / "en_verbs.txt"
ADJECTIVES = _DATA / "en_adjectives.txt"
SUFFIXES = ("ous", "ful", "less", "able", "ible", "ical", "ish")
"""What adjectives end in that are not listed."""

BASE, THIRD, ING, PAST, PARTICIPLE = 1, 2, 4, 8, 16
"""What a form may be, as bits."""

_VOWELS = "aeiou"
_BOTH = frozenset(["lay"])  # bases that are also the past of another verb, and are as common


class Form(NamedTuple):
    """What a written form may be.

    Attributes:
        slots: BASE, THIRD, ING, PAST and PARTICIPLE, added up.
        share: how often it is a verb at all, in tenths.
        base: the base form of the verb whose inflected form it is.
    """

    slots: int
    share: int
    base: str


@cache
def forms() -> dict[str, Form]:
    """Return every known form.

    >>> forms()["went"], forms()["put"].slots == BASE + PAST + PARTICIPLE
    (Form(slots=8, share=9, base='go'), True)
    """
    made: dict[str, Form] = {}
    pasts = {form: base for base, verb in _table().items() for form in verb.pasts if form != base}
    for base, verb in _table().items():
        shares = map(int, verb.shares)
        for slot, written in zip(_SLOTS, ((base,), (verb.third,), (verb.ing,), verb.pasts), strict=True):
            share = next(shares)
            for form in written:
                if slot != BASE or form not in pasts or form in _BOTH:
                    _add(made, form, Form(slot, share, base))
        for form in verb.participles:
            _add(made, form, Form(PARTICIPLE, int(verb.shares[3]), base))
    return made


_SLOTS = (BASE, THIRD, ING, PAST)


def _add(made: dict[str, Form], form: str, new: Form) -> None:
    old = made.get(form, new)
    better = new if new.share > old.share and new.slots != BASE else old
    base = better.base if old.slots != BASE else new.base
    made[form] = Form(old.slots | new.slots, max(old.share, new.share), base)


class _Verb(NamedTuple):
    third: str
    ing: str
    pasts: tuple[str, ...]
    participles: tuple[str, ...]
    shares: str


@cache
def _table() -> dict[str, _Verb]:
    made = {}
    for line in TABLE.read_text("utf-8").splitlines():
        base, *irregular, shares = line.split(" ")
        if irregular:
            third, ing, pasts, participles = irregular
            made[base] = _Verb(third, ing, tuple(pasts.split("/")), tuple(participles.split("/")), shares)
        else:
            made[base] = _Verb(*regular(base), shares)
    return made


def regular(base: str) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """Return the forms of a verb that follows the rules without doubling a letter.

    >>> regular("carry"), regular("love")[1:3]
    (('carries', 'carrying', ('carried',), ('carried',)), ('loving', ('loved',)))
    """
    if base[-1] == "y" and base[-2:-1] not in _VOWELS:
        third, past = base[:-1] + "ies", base[:-1] + "ied"
    else:
        third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
        past = base + ("d" if base[-1] == "e" else "ed")
    ing = (base[:-1] if base[-1] == "e" and base[-2:] not in ("ee", "oe", "ye") else base) + "ing"
    return third, ing, (past,), (past,)


def past(base: str) -> str:
    """Return the past tense of a base form.

    >>> past("go"), past("stop"), past("google")
    ('went', 'stopped', 'googled')
    """
    verb = _table().get(base)
    return (verb.pasts if verb else regular(base)[2])[0]


def third(base: str) -> str:
    """Return the `-s` form of a base form.

    >>> third("go"), third("try"), third("vlog")
    ('goes', 'tries', 'vlogs')
    """
    verb = _table().get(base)
    return verb.third if verb else regular(base)[0]


@cache
def adjectives() -> frozenset[str]:
    """Return the listed adjectives; those that end in one of SUFFIXES are not.

    >>> {"good", "mediocre"} <= adjectives(), "film" in adjectives()
    (True, False)
    """
    return frozenset(ADJECTIVES.read_text("ascii").split())
