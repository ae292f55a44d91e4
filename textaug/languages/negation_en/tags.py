"""Give every word of a sentence its kind, from left to right."""

from __future__ import annotations

from textaug.languages.negation_en.closed import CLOSED, to
from textaug.languages.negation_en.context import Context
from textaug.languages.negation_en.looks import adjective, adverb
from textaug.languages.negation_en.opened import open_word
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import PARTICIPLE, PAST, Form
from textaug.languages.negation_en.words import BREAKS, KINDS


def tag(sentence: Sentence) -> None:
    """Fill in the kinds of a sentence.

    >>> from textaug.languages.negation_en.tokens import tokens
    >>> tag(made := tokens("The film that I saw shows it."))
    >>> "".join(made.kinds)
    'DNTPFvO.'
    """
    context = Context(sentence)
    for i, word in enumerate(sentence.words):
        context.note(i, _kind(context, i, word))


def _kind(context: Context, i: int, word: str) -> str:
    kind = KINDS.get(word)
    if kind is not None:
        decide = CLOSED.get(word)
        return decide(context, i) if decide else kind
    found = context.form(i)
    return open_word(context, i, found) if found else _unknown(context, i, word)


def _unknown(context: Context, i: int, word: str) -> str:
    """Tell the kind of a word that is in no table by its look."""
    if word in BREAKS:
        return word
    if word == "to":
        return to(context, i)
    if adverb(word):
        return "A"
    if word.endswith("ed") and len(word) > 4 and "-" not in word:
        return open_word(context, i, Form(PAST | PARTICIPLE, 8, ""))
    if word.endswith("ing") and len(word) > 5:
        return "G"
    return "J" if adjective(word) or ("-" in word and word.endswith("ed")) else "N"
