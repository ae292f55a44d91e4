"""Negate by a `not` behind an auxiliary: `is not`, `can't`, `there is no`."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en import nouns
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES, BLOCKING_ADVERBS, NONE, SENTENCE_ADVERBS

_WELL = listed("well better best badly so justice")
_CONCESSIONS = listed("although though even despite but yet while if")
_NOT_BEFORE = listed("sometimes usually often also generally")
_SMALL = listed("bit little few rather")
_AMOUNTS = listed("lot number couple few bit great little single huge ton")
_NUMBERS = listed(
    """
    more one two three four five six seven eight nine ten lots tons loads dozens plenty heaps hundreds thousands
    millions
    """
)
_BLOCKING_PAIRS = frozenset(
    ("very much", "about as", "all about", "about it", "about the", "about all", "by far", "as well", "just as")
)


def auxiliary(sentence: Sentence, verb: int) -> bool:
    """Say whether `have` or `do` is an auxiliary: a participle or base form comes, or nothing."""
    kinds, words = sentence.kinds, sentence.words
    if kinds[verb] not in "HZ":
        return False
    if words[verb] in ("'ve", "'s", "'d"):
        return True
    i = verb + 1
    while i + 1 < len(kinds) and words[i] != "better" and (kinds[i] == "A" or kinds[i : i + 2] == ["C", "A"]):
        i += 1
    if i >= len(kinds):
        return True
    if kinds[verb] == "H":
        ends = kinds[i] in ".," and i == verb + 1 and "N" not in kinds[i:]
        return kinds[i] in "Eb" or words[i] == "better" or ends
    return kinds[i] not in "DOQPNJ" and words[verb + 1] not in _WELL


def behind_auxiliary(draft: Draft, clause: Clause, style: Style) -> str:
    """Put `not` or `n't` to the auxiliary of a clause; return why not where it cannot be."""
    sentence, verb = draft.sentence, clause.verb
    last, reason = _adverbs(sentence, verb)
    if reason:
        return reason
    word, following = sentence.words[verb], sentence.word(last + 1)
    if following == "still":
        if conceded(sentence, clause):
            _not(draft, verb, style, last + 1)
        else:
            draft.replace(last + 1, "no longer")
        return ""
    if following == "always" and word in ("will", "'ll"):
        draft.replace(last + 1, "never")
        return ""
    if following == "already":
        draft.replace(last + 1, "yet")
    if _existential(draft, clause, last):
        return ""
    steady = following == "rather" or (following == "better" and word in ("had", "'d"))
    if (last > verb and sentence.kinds[last] == "A") or steady or word in ("'s", "'re", "'m", "am"):
        _not(draft, verb, style, last + steady)
    else:
        _at_auxiliary(draft, verb, style)
    return ""


def conceded(sentence: Sentence, clause: Clause) -> bool:
    """Say whether `still` means nevertheless: something was conceded before."""
    return not _CONCESSIONS.isdisjoint(sentence.words[: clause.verb])


def _not(draft: Draft, verb: int, style: Style, last: int) -> None:
    """Put `not` behind the adverbs, or `n't` to the `'s` of `it's been`."""
    sentence = draft.sentence
    if sentence.words[verb] == "'s" and sentence.kinds[verb] == "H" and style.forced is not False:
        draft.replace(verb, style.text(" hasn't"))
    else:
        draft.after(last, "not")


def _at_auxiliary(draft: Draft, verb: int, style: Style) -> None:
    sentence = draft.sentence
    word = sentence.words[verb]
    contracted = _contracted(sentence, verb, style)
    if contracted:
        draft.replace(verb, style.text(contracted))
    elif word in ("'ll", "'d", "'ve"):
        draft.replace(verb, f" {_full(word, sentence.kinds[verb])} not")
    elif word == "can":
        draft.replace(verb, "cannot")
    else:
        draft.after(verb, "not")


def _full(word: str, kind: str) -> str:
    return {"'ll": "will", "'ve": "have", "'d": "had" if kind == "H" else "would"}[word]


def _contracted(sentence: Sentence, verb: int, style: Style) -> str:
    """Return what the auxiliary becomes where the writer contracts it; nothing where not."""
    word = sentence.words[verb]
    if word in ("'ll", "'d", "'ve"):
        full = AUXILIARIES[_full(word, sentence.kinds[verb])]
        return "" if style.forced is False else " " + full.contracted
    contracted = AUXILIARIES[word].contracted
    if sentence.word(verb + 1) == "'ve":
        return contracted
    pronoun = verb > 0 and sentence.kinds[verb - 1] in "PQ"
    if word == "has" and pronoun and sentence.word(verb + 1) in ("been", "got"):
        word = "have"  # who contracts would have written it's been
    return contracted if contracted and word != "must" and style.contracts(word, pronoun) else ""


def _adverbs(sentence: Sentence, verb: int) -> tuple[int, str]:
    """Return the last word of the verb and the adverbs that stay before the negation, and why none can stand behind."""
    words, kind = sentence.words, sentence.kinds[verb]
    if kind == "M" and words[verb] in ("may", "might") and sentence.word(verb + 1) == "well":
        return verb + 1, ""
    if kind == "M" and words[verb + 1 : verb + 3] == ["very", "well"]:
        return verb + 2, ""
    i = verb
    while sentence.kind(i + 1) == "A" and words[i + 1] in SENTENCE_ADVERBS:
        i += 1
    if kind == "M" and words[i] in _NOT_BEFORE:
        return i, f"'{words[i]}' does not stand before a negation"
    blocking = _blocking(sentence, verb, i + 1)
    return i, f"'{blocking}' does not stand behind a negation" if blocking else ""


def _blocking(sentence: Sentence, verb: int, i: int) -> str:
    """Return the word here that no negation goes before; nothing where one does."""
    word, following = sentence.word(i), sentence.word(i + 1)
    if word == "too" and sentence.kind(i + 1) not in "JANQEG":
        return word
    existential = sentence.kinds[verb - 1] == "P" and sentence.words[verb - 1] == "there"
    if word == "plenty" or (word == "some" and not existential) or f"{word} {following}" in _BLOCKING_PAIRS:
        return word
    if sentence.kind(i) in "Vb" and following == "a" and sentence.word(i + 2) in _SMALL - {"rather"}:
        return following
    return word if word in BLOCKING_ADVERBS or (word in ("a", "an") and following in _SMALL) else ""


def _existential(draft: Draft, clause: Clause, last: int) -> bool:
    """Turn `there is a plot` into `there is no plot`."""
    sentence, verb, i = draft.sentence, clause.verb, last + 1
    if sentence.kinds[verb] != "B" or clause.subject != verb - 1 or sentence.words[verb - 1] != "there":
        return False
    word = sentence.word(i)
    if word in ("a", "an") and sentence.word(i + 1) not in _AMOUNTS:
        draft.replace(i, "no")
    elif word == "some":
        draft.replace(i, "any")
        return False
    elif word in NONE:
        draft.replace(i, NONE[word])
    elif _bare(sentence, i):
        draft.before(i, "no")
    else:
        return False
    return True


def _bare(sentence: Sentence, i: int) -> bool:
    """Say whether a noun without article or number begins here."""
    word = sentence.word(i)
    if sentence.kind(i) not in "NJ" or word in _NUMBERS or word[:1].isdigit():
        return False
    return nouns.count(sentence, i) in ("plural", "mass")
