"""Words that may be forms of verbs: whether they are finite verbs, participles, nouns, by what stands around them."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_en.context import Context
from textaug.languages.negation_en.looks import adjective, plural
from textaug.languages.negation_en.verbs import BASE, ING, PARTICIPLE, PAST, THIRD, Form

_STRONG = frozenset("DOPTtWQJ")  # what follows a verb rather than a noun
_NOT_AFTER_VERBS = frozenset("BHMZFn")
_WANTING = listed("want try hope love like need decide expect fail start begin continue manage use")
_SEEMING = listed("seem sound look feel appear")
_PARTICLES = listed("up down out off away back apart along")
_NAMES = listed(
    """
    harry jack mark rob sue pat grant frank will drew bob nick bill josh chuck rick grace faith hope dawn rose carol
    don ray wade chase
    """
)
_PERCEIVED = listed(
    "let letting make makes made making help helps helped watch watched watching see saw seen seeing hear heard"
)
HELPING = (_PERCEIVED | listed("helping had have has")) - listed("watching seen seeing")
"""Verbs whose object has a base form behind it: `let him go`."""
_SEVERAL = listed("these those all some most many few both several any")


def open_word(context: Context, i: int, found: Form) -> str:
    """Return the kind of a word that may be a form of a verb."""
    slots, before, previous = found.slots, context.before, context.last
    if slots == ING:
        return "N" if previous in "DJQ" and context.next(i) not in "DOPQ" else "G"
    if slots & BASE and context.word(i - 1) == "better" and context.word(i - 2) in ("had", "'d"):
        return "V"
    if before in "tM" or (before == "Z" and (context.host == i - 1 or previous in "An")):
        return "V" if slots & BASE else _nominal(context, i)
    if previous not in "^;:.P" and context.name(i) and not context.titled():
        return "N"
    if context.inverted and before in "PNQOJ" and _ends_subject(context, i, found):
        return "V" if context.inverted in "MZ" else "E"
    if previous == "J" and slots & PAST and found.share > 6 and context.next(i) in "DOPQTt":
        return "F" if slots == PAST else "f"
    if previous in "DIJ" and not (previous == "J" and slots == PAST):
        return _nominal(context, i)
    if before in "DJ" and previous == "A":
        return _nominal(context, i) if before == "D" or not slots & PAST else "f"
    decide = _BY_KIND.get(before)
    return decide(context, i, found) if decide else _nominal(context, i)


def _nominal(context: Context, i: int) -> str:
    return "J" if adjective(context.words[i]) else "N"


def _participle_or_nominal(context: Context, i: int, found: Form, least: int = 0) -> str:
    return "E" if found.slots & PARTICIPLE and found.share > least else _nominal(context, i)


def _ends_subject(context: Context, i: int, found: Form) -> bool:
    """Say whether the verb of an inverted auxiliary has come: `Did the man see`."""
    if context.inverted in "MZ":
        sure = context.before == "P" or found.share > 5 or context.next(i) in _STRONG
        return bool(found.slots & BASE) and sure
    return bool(found.slots & PARTICIPLE) and (context.before == "P" or found.share > 5)


def _after_have(context: Context, i: int, found: Form) -> str:
    after = context.next(i)
    described = adjective(context.words[i]) and found.share < 6 and after in "NJ"
    taken = found.slots & PARTICIPLE and (found.share > 4 or after in "DOPI") and not described
    return "E" if taken else _nominal(context, i)


def _after_be(context: Context, i: int, found: Form) -> str:
    return _participle_or_nominal(context, i, found, 1)


def _after_pronoun(context: Context, i: int, found: Form) -> str:
    subject, slots = context.words[context.host], found.slots
    if subject == "that":
        return "F" if slots & (PAST | THIRD) else _participle_or_nominal(context, i, found, -1)
    third = subject in ("it", "he", "she")
    if slots & PAST or slots & (THIRD if third else BASE):
        return "F"
    if slots & BASE and third and context.verb and found.share > 3:
        return "V"
    if slots & (BASE | THIRD) and found.share > 4:
        return "F"  # `it don't`, `they was`, subjunctives: the writer's own grammar
    return _participle_or_nominal(context, i, found, -1)


def _after_object(context: Context, i: int, found: Form) -> str:
    if found.slots & BASE and not HELPING.isdisjoint(context.words[max(0, i - 3) : i]):
        return "V"
    return _after_noun(context, i, found)


def _after_relative(context: Context, i: int, found: Form) -> str:
    opener, strong = context.words[context.host], context.next(i) in _STRONG
    if opener in ("what", "which", "whose", "whatever") and found.share < 6 and not strong:
        return _nominal(context, i)
    finite = found.slots & (PAST | THIRD | BASE) and (found.share > 3 or strong)
    if finite and opener not in ("how", "why"):
        return "F"
    return _participle_or_nominal(context, i, found, -1)


def _after_quantifier(context: Context, i: int, found: Form) -> str:
    several, after = context.words[context.host] in _SEVERAL, context.next(i)
    agrees = found.slots & PAST or found.slots & (BASE if several else THIRD)
    if agrees and found.share > 3 and (after in _STRONG or (after in "IA.,;" and found.share > 6)):
        return "f" if found.slots & PARTICIPLE else "F"
    return _nominal(context, i)


def _after_subordinator(context: Context, i: int, found: Form) -> str:
    return _participle_or_nominal(context, i, found, 4)


def _after_verb(context: Context, i: int, found: Form) -> str:
    verb = context.words[context.host]
    bare = verb in ("let", "help", "helps", "helped", "go", "come", "make") or (verb in HELPING and found.share > 7)
    if found.slots & BASE and bare:
        return "V"
    if found.slots == PAST and found.share > 6:
        return "F"
    relative = "W" in context.kinds or "T" in context.kinds  # `what he said surprised me`
    if relative and found.share > 6 and context.next(i) in _STRONG and found.slots & (PAST | THIRD):
        return "f" if found.slots & PAST else "v"
    return _participle_or_nominal(context, i, found, 4)


def _after_conjunction(context: Context, i: int, found: Form) -> str:
    slots, share, after = found.slots, found.share, context.next(i)
    strong = after in _STRONG
    if slots & BASE and context.verb in ("V", "m") and (share > 6 or (strong and share > 2)):
        apart = context.word(i - 2) == "," and context.verb == "V" and "M" not in context.kinds
        return "v" if apart else "V"  # `they seem to have it, and seem to know`
    if slots == PAST and share > 3:
        return "F"
    if slots & PAST and slots & PARTICIPLE and share > 4:
        return "f"
    loose = strong or (slots & THIRD and after in "IA")
    if slots & (THIRD | BASE) and (share > 6 or (loose and share > 2)) and context.verb:
        return "v" if slots & THIRD or loose or after in "IA.,;" else "u"
    if slots & BASE and not context.verb:
        return _at_start(context, i, found)
    return _participle_or_nominal(context, i, found, -1)


def _at_start(context: Context, i: int, found: Form) -> str:
    """A base form may be an imperative, a past one may have lost its subject."""
    slots, share, after, following = found.slots, found.share, context.next(i), context.form(i + 1)
    if slots & PARTICIPLE and context.word(i + 1) == "by":
        return "E"
    if context.words[i] in _NAMES or (following and following.slots & THIRD and following.share > 5):
        return _nominal(context, i)
    if slots & BASE and _commands(context, i, found, after):
        return "m"
    if context.last in ",A" and slots & (THIRD | BASE) and not context.verb and share > 5:
        return "v" if after in _STRONG or after in "IA" else "u"
    if i > 0 and slots & THIRD and share > 7 and context.word(i - 1) in (",", "then") and context.verb:
        return "v"
    if i == 0 and slots & (PAST | THIRD) and found.base in _SEEMING:
        return "F"
    object_follows = after in "DOPTQ" or (after == "t" and found.base in _WANTING)
    if slots & (PAST | THIRD) and object_follows and share > 4:
        return "f" if slots & PAST else "v"
    if slots & PAST and i > 0:
        return "F" if slots == PAST else "f"
    return _participle_or_nominal(context, i, found, 4)


def _commands(context: Context, i: int, found: Form, after: str) -> bool:
    """Say whether a base form at the start is an imperative: what follows decides how much of a verb it must be."""
    particle = _particle(context, i)
    if after in _NOT_AFTER_VERBS or after in "C:" or (found.slots & PAST and after not in "DOPQ" and not particle):
        return False
    if after in "DOPTQ":
        need = 2
    elif after in "tW" or particle:
        need = 4
    elif after in "IAG" or len(context.words) < 3:
        need = 7
    else:
        need = 6 if after in "NJ" else 8
    free = context.verb in ("", "m") or context.kinds[0] in "SItXA" or context.before == "X"
    return found.share >= need and free


def _after_noun(context: Context, i: int, found: Form) -> str:
    slots, share, after = found.slots, found.share, context.next(i)
    if context.words[context.host] == "having" and slots & PARTICIPLE:
        return "E"
    if slots & PAST and not slots & (PARTICIPLE | BASE):
        return "F" if share > 4 else _nominal(context, i)
    if slots & PAST and share > 3:
        if slots & BASE and after not in _STRONG and share < 7:
            return _nominal(context, i)
        return "E" if after in _NOT_AFTER_VERBS or context.word(i + 1) == "by" else "f"
    if not slots & (THIRD | BASE):
        return _participle_or_nominal(context, i, found, 3)
    return _third_or_base(context, i, found, after)


def _third_or_base(context: Context, i: int, found: Form, after: str) -> str:
    """Weigh whether a word behind a noun is its verb: how often it is one, whether it agrees, what follows."""
    following, host, base = context.word(i + 1), context.words[context.host], bool(found.slots & BASE)
    if (
        following == "'s"
        or (following == "of" and (base or found.share < 8))
        or (after in _NOT_AFTER_VERBS and following != "not")
    ):
        return _nominal(context, i)
    several = (plural(host) and not context.name(context.host)) or (host.isdigit() and host != "1")
    agrees = several if not found.slots & THIRD else not several
    if base and not _PERCEIVED.isdisjoint(context.words[max(0, i - 4) : i]):
        return "V"
    if base and not agrees and not _several(context, i):
        return _nominal(context, i)
    named = context.name(i + 1) and not context.name(context.host)
    score = found.share + 3 * agrees + (4 if after in _STRONG or named else 1 if after in "IAS.,;G" else 0)
    score += 3 * (found.base in _SEEMING and following in ("like", "as"))
    score += 3 * (agrees and following in _PARTICLES) + 2 * (context.last == "A") - 4 * _participle(context, i + 1)
    return "v" if score >= 11 else "u" if score >= 7 else _nominal(context, i)


def _several(context: Context, i: int) -> bool:
    """Say whether the subject of a base form may be plural: a plural or an `and` stands not far before it."""
    kinds, words = context.kinds, context.words
    return any(kinds[j] == "C" or (kinds[j] == "N" and plural(words[j])) for j in range(max(0, i - 8), i))


def _particle(context: Context, i: int) -> bool:
    """Say whether a particle and an object follow: `set up the device`; or it ends there: `shut up`."""
    return context.word(i + 1) in _PARTICLES and context.next(i + 1) in "DOPN."


def _participle(context: Context, i: int) -> bool:
    """Say whether a word is a participle rather than anything else: `the sets used` has no verb `sets`."""
    found = context.form(i)
    if found is None or not found.slots & PARTICIPLE or found.slots & BASE:
        return False
    return not adjective(context.words[i])


_BY_KIND: dict[str, Callable[[Context, int, Form], str]] = {
    "H": _after_have, "B": _after_be, "b": _after_be, "P": _after_pronoun, "O": _after_object, "W": _after_relative,
    "T": _after_relative, "Q": _after_quantifier, "S": _after_subordinator, "C": _after_conjunction, "^": _at_start,
    "X": _at_start, "N": _after_noun, "G": _after_noun, "u": _after_noun,
    **dict.fromkeys("EFfvVm", _after_verb),
}  # fmt: skip
