"""Inflect English words at compile time, so that a look-up at run time needs no grammar."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from textaug.errors import missing
from textaug.languages.en import listed

TAGS = {
    "n": ("NN", "NNS"),
    "v": ("VB", "VBZ", "VBG", "VBD", "VBN"),
    "a": ("JJ", "JJR", "JJS"),
    "r": ("RB", "RBR", "RBS"),
}
"""The Penn tags of each part of speech, the base form first."""

_NOT_COMPARED = listed("right wrong dead real whole unique full")

_BEHIND_HEAD = listed("of in for to at on from with and or by de the")


@cache
def _inflector() -> Any:
    try:
        from lemminflect import getInflection
    except ImportError:
        raise missing("lemminflect", "lexicon", "compiling an English lexicon") from None
    return getInflection


@cache
def inflected(word: str, tag: str) -> tuple[str, ...]:
    """Return the forms of a lemma for a Penn tag, the usual one first; none where there is no such form.

    >>> inflected("goose", "NNS")[0], inflected("carry out", "VBD")[0], inflected("point of view", "NNS")[0]
    ('geese', 'carried out', 'points of view')
    """
    if tag in ("NN", "VB", "JJ", "RB"):
        return (word,)
    if tag[0] in "JR" and not _compared(word):
        return ()
    tokens = word.split(" ")
    head = 0 if tag[0] == "V" else _head(tokens)
    if re.fullmatch("[A-Za-z-]+", tokens[head]) is None:
        return ()
    before, hyphen, last = tokens[head].rpartition("-") if tag[0] == "N" else ("", "", tokens[head])
    forms = _inflector()(last, tag, inflect_oov=tag[0] in "NV")
    return tuple(" ".join([*tokens[:head], before + hyphen + form, *tokens[head + 1 :]]) for form in forms)


def _compared(word: str) -> bool:
    """Say whether an adjective or adverb takes -er and -est: short ones do, `unhappy` too."""
    syllables = len(re.findall("[aeiouy]+", word.removeprefix("un")))
    return syllables <= 2 and " " not in word and word not in _NOT_COMPARED


def _head(tokens: list[str]) -> int:
    """Return which word of a noun phrase takes the plural."""
    for i, token in enumerate(tokens):
        if i and token in _BEHIND_HEAD:
            return i - 1
    return len(tokens) - 1


def paradigm(lemma: str, pos: str) -> dict[str, frozenset[str]]:
    """Return all forms of a lemma and the tags that each may have.

    >>> forms = paradigm("walk", "v")
    >>> sorted(forms), sorted(forms["walked"])
    (['walk', 'walked', 'walking', 'walks'], ['VBD', 'VBN'])
    """
    forms: dict[str, set[str]] = {}
    for tag in TAGS[pos]:
        for form in inflected(lemma, tag):
            forms.setdefault(form, set()).add(tag)
    return {form: _likely(tags) for form, tags in forms.items()}


def _likely(tags: set[str]) -> frozenset[str]:
    """Prefer the base form, as of `sheep` and `run`, but not of `put`: that is past as often."""
    base = tags & {"NN", "VB", "JJ", "RB"}
    return frozenset(base if base and "VBD" not in tags else tags)


def agreeing(word: str, tags: frozenset[str]) -> str | None:
    """Return the form of a lemma that fits all these tags, None where there is none.

    >>> agreeing("stroll", frozenset({"VBD", "VBN"})), agreeing("go", frozenset({"VBD", "VBN"}))
    ('strolled', None)
    """
    choices = [inflected(word, tag) for tag in sorted(tags)]
    return next((form for form in choices[0] if all(form in others for others in choices[1:])), None)
