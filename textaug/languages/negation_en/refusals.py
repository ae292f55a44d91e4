"""Sentences that are not read: idioms, inversions, quotations, fragments, tag questions."""

from __future__ import annotations

import re

from textaug.languages.en import listed
from textaug.languages.negation_en.tokens import QUOTATION, Sentence
from textaug.languages.negation_en.verbs import forms
from textaug.languages.negation_en.words import CLAUSE_VERBS, KINDS

_IDIOMS = re.compile(
    r"""
    (?: long\ live | no\ wonder | no\ doubt | either | here(?:\ (?:come|go)e?s?|\ 's|\ is|\ are)
      | there\ (?:go|come)e?s | suffice\ it | go\ figure | come\ on | come\ what | believe\ me | trust\ me | mind\ you
      | god\ \w+\ you | simply\ put | put\ simply | why\ not | run\ ,\ (?:don't\ walk|do\ not) )\b
    """,
    re.VERBOSE,
)
_COMPARED = re.compile(r"^\W*the (?:more|less|\w+er)\b.*, the (?:more|less|better|\w+er)\b", re.IGNORECASE)
_TAG = re.compile(
    r"""
    (?:^|[\s,;]) (?: (?:is|are|was|were|do|does|did|has|have|had|ca|could|wo|would|should|must|ai)n['’]?t
      | am | is | are | was | were | do | does | did | has | have | had | can | could | will | would | should )
    \s+ (?:i|you|he|she|it|we|they|there|that) \s* \?+ \W* $
  | [,;–—-] \s* (?:right|huh|eh|yes|no|ok|okay|yeah|correct|innit|or\s+not|or\s+what|hmm) \s* \?+ \W* $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PHRASES = re.compile(r"\bbless\b|\b(?:in no way|by no means|on no account)\b", re.IGNORECASE)
_NOT_ALL = listed("everyone everybody everything every all many much")
_SUBJECTS = listed("i he she we they")


def refused(sentence: Sentence, start: int) -> str:
    """Say why a sentence is not read; nothing where it is.

    Args:
        sentence: a tagged sentence.
        start: its first word behind interjections and conjunctions.
    """
    words = sentence.words
    if "!" in words or "." in words[:-1]:
        return "more than one sentence"
    if words[start] == QUOTATION and _spoken(sentence, start):
        return "a quotation"
    if len(words) > 7 and 5 * sum(word in KINDS or word in forms() for word in words) < len(words):
        return "not English"
    if len(words) > 4 and _TAG.search(sentence.text[-60:]):
        return "a tag question"
    opening = words[start]
    if opening in ("nor", "neither") or (opening == "not" and sentence.word(start + 1) not in _NOT_ALL):
        return "a negation before the clause"
    if _IDIOMS.match(" ".join(words[start : start + 4])) or _PHRASES.search(sentence.text):
        return "an idiom"
    if opening == "the" and _COMPARED.search(sentence.text):
        return "an idiom"
    return _fragment(sentence, start) or ("inversion" if _inverted(sentence, start) else "")


def _spoken(sentence: Sentence, start: int) -> bool:
    """Say whether a quotation at the start is a sentence, and no name or title."""
    return start + 1 >= len(sentence.words) or sentence.text[sentence.ends[start] - 2] in ",.!?…"


def _inverted(sentence: Sentence, start: int) -> bool:
    """Say whether a statement has its verb before its subject: `Never have I`, `Had I known`, `So is he`."""
    word, kind, following = sentence.words[start], sentence.kinds[start], sentence.kind(start + 1)
    verb_follows = following in "BHZM"
    if (word == "never" and verb_follows) or (kind in "IS" and verb_follows and "'" not in sentence.words[start + 1]):
        return True
    if kind in "IA" and following in "Ff" and word not in ("just", "really", "never"):
        return True
    if "?" in sentence.text:
        return False
    return (word == "so" and verb_follows) or (kind in "BHZM" and following == "P" and word not in ("do", "don't"))


def _fragment(sentence: Sentence, start: int) -> str:
    """Say why there is no main clause, or none that can be told: `Glad I saw it`, `To say he is late is wrong`."""
    words, kind = sentence.words, sentence.kinds[start]
    asked = "?" in sentence.text
    if kind in "tG" and _opinion(sentence, start):
        return "an unclear verb"
    if not asked and words[start] in ("what", "how") and sentence.word(start + 1) in ("a", "an"):
        return "an exclamation"
    clause_follows = sentence.kind(start + 1) == "T" or sentence.word(start + 1) in _SUBJECTS
    if (kind in "JNVEm" and clause_follows) or words[start : start + 3] == ["that", "is", "if"]:
        return "no finite verb"
    return "no finite verb" if words[start] == "which" and not asked else ""


def _opinion(sentence: Sentence, start: int) -> bool:
    """Say whether the sentence begins with an object clause that has no opener."""
    for i in range(start, min(start + 3, len(sentence.words) - 1)):
        form = forms().get(sentence.words[i])
        if form and form.base in CLAUSE_VERBS and sentence.kinds[i] in "VG":
            return sentence.kinds[i + 1] in "PDQN"
    return False


def looks_negative(sentence: Sentence) -> bool:
    """Say whether a negation comes before the first break or clause inside the sentence."""
    for word, kind in zip(sentence.words, sentence.kinds, strict=True):
        if kind in ",;:STW":
            return False
        if kind == "n" or word in ("never", "cannot", "neither", "nobody") or word.endswith("n't"):
            return True
    return False
