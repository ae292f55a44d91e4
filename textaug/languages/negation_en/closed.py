"""Words of grammar that are several things: which of them one is depends on its neighbours."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_en.context import Context
from textaug.languages.negation_en.looks import adjective, adverb, plural
from textaug.languages.negation_en.opened import HELPING, open_word
from textaug.languages.negation_en.verbs import BASE, PAST, THIRD, Form
from textaug.languages.negation_en.words import BREAKS, CLAUSE_VERBS, EITHER_WAY, KINDS, MODAL_PLAIN

_EACH = listed("every each first last next any second")
_CONTRACTING = listed(
    """
    it he she that this there what who where how here when why let everything something nothing everyone someone
    everybody nobody
    """
)
_THERE = ("seem", "appear", "exist", "remain", "come", "used")


def to(context: Context, i: int) -> str:
    """Tell the infinitive's `to` from the preposition."""
    word = context.word(i + 1)
    if adverb(word) or word in ("not", "never", "just", "even", "always", "actually", "ever"):
        i, word = i + 1, context.word(i + 2)
    found = context.form(i + 1)
    return "t" if word in ("be", "have", "do", "like") or (found and found.slots & BASE) else "I"


def _that(context: Context, i: int) -> str:
    """Tell `that` before a clause from the determiner and the pronoun."""
    after, before, following = context.next(i), context.before, context.word(i + 1)
    if (before in "NGOEQ" and context.host == i - 1) or (before in "vu" and after in "PNB"):
        return "T"
    if after in "BHMZF,.;:" and before not in "FfvVE":
        return "P" if after in "BHMZF" else "N"
    if before == "^" and context.last == "," and not context.verb and context.kinds[0] in "DNPQJ":
        found = context.form(i + 1)
        return "T" if found and found.slots & (PAST | THIRD) and found.share > 5 else "Q"
    if before in "FfvVEIJBb" and (after in "PD" or following in ("this", "these", "those", "it")):
        return "T"
    if before == "B" and after == "I" and following != "of":
        return "T"
    if before in "FfvVEJBb":
        if after in "BHMZ":
            return "P"
        return "T" if after in "PDOQTSW" or (after not in ".,;:I" and _clausal(context)) else "Q"
    return "T" if after == "P" or (after in "DQ" and before in "^CS") else "Q"


def _clausal(context: Context) -> bool:
    """Say whether the word before takes a clause."""
    found = context.form(context.host)
    return (found is not None and found.base in CLAUSE_VERBS) or context.kinds[context.host] in "JE"


def _her(context: Context, i: int) -> str:
    return "D" if context.next(i) in "NJGAQ" and context.word(i + 1) not in ("so", "very", "away", "again") else "O"


def _pronoun(context: Context, i: int) -> str:
    """`it` and `you` are objects behind a verb or preposition, unless a verb of theirs comes."""
    if context.before not in "IFfvVEG" or context.host < i - 1:
        return "P"
    after, found = context.next(i), context.form(i + 1)
    verbal = found and context.before != "I" and found.slots & (PAST | THIRD | BASE) and found.share > 4
    if after in "BHMZF" or verbal:
        return "P" if _clausal(context) or after in "BHMZ" else "O"
    return "O"


def _there(context: Context, i: int) -> str:
    """Tell the `there` that stands for a subject from the adverb."""
    if context.inverted and context.inverted in "BM" and context.before in "BMH":
        return "P"
    word = context.word(i + 1)
    return "P" if KINDS.get(word, "-") in "BHMZ" or word.startswith(_THERE) else "A"


def _like(context: Context, i: int) -> str:
    """Tell the verb `like` from the preposition."""
    if context.before in "PtMZ" or context.inverted in ("M", "Z"):
        found = context.form(i)
        return open_word(context, i, found) if found and (context.before, context.inverted) != ("P", "B") else "I"
    found = context.form(context.host)
    if found and found.slots & THIRD and found.share > 4:
        return "I"
    several = context.before == "N" and plural(context.words[context.host])
    several = several or (context.before == "O" and context.word(context.host - 1) == "of")
    if several and context.next(i) in "DOPtTQ" and not context.verb:
        return "v"
    return _either_way(context, i)


def _either_way(context: Context, i: int) -> str:
    """`as`, `since`, `before` … open a clause where a subject and its verb follow."""
    word, after = context.words[i], context.next(i)
    if (word == "as" and context.word(i - 1) == "such") or (word in ("for", "like") and after != "P"):
        return "I"
    if word == "though":
        return "A" if after in ",.;" else "S"
    if word in ("as", "than") and after in "BHMZ" and context.verb:
        return "S"
    if after == "P":
        following = KINDS.get(context.word(i + 2), "-") in "BHMZA" or context.form(i + 2)
        if context.word(i + 1) in ("it", "you"):
            return "S" if following and word != "for" else "I"
        return "S"
    return "S" if after in "DQN" and _finite_ahead(context, i + 1) else "I"


def _finite_ahead(context: Context, i: int) -> bool:
    """Say whether an auxiliary or a plain past comes within a few words and before a break."""
    behind = bool(context.verb)
    stops = "SCWP" if behind else "ISCWP"
    for j in range(i, min(i + (10 if behind else 7), len(context.words))):
        word = context.words[j]
        if word in BREAKS or KINDS.get(word, "-") in stops:
            return False
        found = context.form(j)
        if context.next(j) in "BHMZF" or (behind and j > i + 1 and found and _verbal(context, j, found)):
            return True
    return False


def _verbal(context: Context, i: int, found: Form) -> bool:
    """Say whether a word behind a noun looks like a finite verb."""
    if found.share < 8 or not found.slots & (THIRD | PAST) or context.word(i + 1) == "by":
        return False
    return KINDS.get(context.words[i - 1], "N") in "NP" and not adjective(context.words[i - 1])


def _clitic(context: Context, i: int) -> str:
    """`'s` is a possessive behind a noun, unless what follows is no noun."""
    host, before, after = context.last, context.word(i - 1), context.next(i)
    if before == "let" and i > 1 and host != "m":
        return "O"
    if host == "O" and after in "NJA":
        return "D"  # `it's` for `its`
    pronominal = before in _CONTRACTING or (host in "PWTQS" and before not in ("one", "other", "another"))
    ends = after == "A" and context.next(i + 1) == "J" and context.next(i + 2) in ".,;CISTt"
    if pronominal or ends or after in "DnIt" or (after == "G" and not context.verb):
        return "H" if context.word(i + 1) in ("got", "been", "had") else "B"
    return "B" if after == "J" and not context.verb and context.next(i + 1) in ".,;CIS" else "D"


def _have_clitic(context: Context, i: int) -> str:
    return "V" if context.before in "MZ" else "H"


def _would(context: Context, i: int) -> str:
    """`'d` is had before a participle, would before a base form."""
    word = context.word(i + 1)
    if (adverb(word) or KINDS.get(word) == "A") and word != "better":
        i, word = i + 1, context.word(i + 2) or word
    found = context.form(i + 1)
    return "H" if word in ("better", "been", "had") or (found is not None and not found.slots & BASE) else "M"


def _modal(context: Context, i: int) -> str:
    """Tell `the will`, `in May` from the modals."""
    word = context.words[i]
    named = word in ("may", "will") and context.name(i) and context.next(i) not in "PV"
    return "N" if named or context.last in "DJI" else KINDS[word]


def _have(context: Context, i: int) -> str:
    """Tell the finite `have` from the base form and the participle."""
    before = context.before
    perfect = before == "H" or (before == "V" and context.word(context.host) in ("have", "'ve"))
    if context.words[i] == "had" and perfect:
        return "E"
    joined = before == "C" and context.verb == "V"
    base = joined or before in "tMZ" or context.inverted in ("M", "Z") or context.word(i - 1) == "better"
    return "V" if base else "H"


def _do(context: Context, i: int) -> str:
    """Tell the finite `do` from the base form."""
    if context.before == "O" and not HELPING.isdisjoint(context.words[max(0, i - 3) : i]):
        return "V"
    return "V" if context.before in "tMZ" or context.inverted in ("M", "Z") else "Z"


def _conjunction(context: Context, i: int) -> str:
    """`so` and `yet` join clauses at a pause, or where a subject follows."""
    after = context.next(i)
    if context.words[i] == "so" and after == "P" and context.before != "^" and context.word(i + 2) in MODAL_PLAIN:
        return "S"  # so that
    if context.before == "^" and i > 0 and after not in ",.;:":
        return "C" if after in "PDQNISTW" else "A"
    return "C" if after == "P" and i > 0 else "A"


def _than(context: Context, i: int) -> str:
    """`more than 200` is one number."""
    number = context.word(i + 1)[:1].isdigit()
    return "A" if number and context.word(i - 1) in ("more", "less", "fewer") else _either_way(context, i)


def _time(context: Context, i: int) -> str:
    """`every time he came` opens a clause as `when` does."""
    near = i < 4 or not {",", "and", "but"}.isdisjoint(context.words[i - 3 : i - 1])
    begun = context.word(i - 1) in _EACH or context.words[max(0, i - 2) : i] == ["by", "the"]
    return "S" if near and begun and context.next(i) in "PDQN" else "N"


def _much(context: Context, i: int) -> str:
    return "A" if context.word(i - 1) == "pretty" else "Q"


def _while(context: Context, i: int) -> str:
    return "N" if context.last in "DJ" else "S"


def _first(context: Context, i: int) -> str:
    return "A" if context.last in "PZMn" else "J"


def _sure(context: Context, i: int) -> str:
    return "A" if context.last == "P" and context.form(i + 1) else "J"


def _okay(context: Context, i: int) -> str:
    return "X" if i == 0 or context.next(i) in ",.;" else "N"


def _once(context: Context, i: int) -> str:
    return "S" if context.next(i) in "PD" or context.word(i + 1) in ("this", "these") else "A"


def _no(context: Context, i: int) -> str:
    if context.word(i + 1) == "longer":
        return "A"
    return "X" if context.next(i) in ",.;:" else "D"


def _floating(context: Context, i: int) -> str:
    """`we all know` has an adverb, `all know` a subject."""
    last, after, found = context.last, context.next(i), context.form(i + 1)
    if last == "P" or (last == "N" and (after in "BHMZF" or (found and found.share > 6))):
        return "A"
    return "A" if last in "BHMZn" and after not in "IDPQ" else "Q"


CLOSED: dict[str, Callable[[Context, int], str]] = {
    "that": _that, "her": _her, "it": _pronoun, "you": _pronoun, "there": _there, "'s": _clitic, "'ve": _have_clitic,
    "'d": _would, "so": _conjunction, "yet": _conjunction, "once": _once, "no": _no, "have": _have, "had": _have,
    "do": _do, "all": _floating, "both": _floating, "each": _floating, "ok": _okay, "okay": _okay, "sure": _sure,
    "first": _first, "while": _while, "time": _time, "much": _much,
    **dict.fromkeys(EITHER_WAY, _either_way), "like": _like, "than": _than,
    **dict.fromkeys(("will", "might", "can", "must", "may"), _modal),
}  # fmt: skip
"""What decides the kind of a word of grammar that is several things."""
