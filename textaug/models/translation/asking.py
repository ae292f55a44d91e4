"""Asking a translator: every text once, in order, and never more or fewer answers than texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from textaug.languages.en import STOP_WORDS
from textaug.models.translation.protocol import Failure, Translator

Answers = list[str | Failure]

LEFT = Failure("words of the other language were left")
"""What a text is answered with that came back half translated."""

_WORD = re.compile(r"[^\W\d_]+")
_BREAKS = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def halved(ask: Callable[[Sequence[str]], Answers | None], texts: Sequence[str], reason: str) -> Answers:
    """Ask for all texts at once; where the answers are not as many as the texts, for each half of them.

    Args:
        ask: answers the texts, or returns None where it cannot.
        texts: the texts.
        reason: why a text has no translation that fails on its own.
    """
    answers = ask(texts) if texts else []
    if answers is not None and len(answers) == len(texts):
        return answers
    if len(texts) == 1:
        return [Failure(reason)]
    half = len(texts) // 2
    return halved(ask, texts[:half], reason) + halved(ask, texts[half:], reason)


def answered(translator: Translator, texts: Sequence[str], source: str, target: str) -> Answers:
    """Translate texts, each different one once; what is no text of one line is a failure, or made one.

    Args:
        translator: what translates.
        texts: the texts, none of them blank.
        source: their language.
        target: the language to translate to.
    """
    different = list(dict.fromkeys(texts))
    answers = halved(lambda some: translator.translate(some, source, target), different, "not one answer a text")
    held = dict(zip(different, map(_checked, answers), strict=True))
    return [held[text] for text in texts]


def there_and_back(translator: Translator, texts: Sequence[str], language: str, pivot: str) -> Answers:
    """Translate texts to another language and back; a text that fails on the way has that failure for an answer."""
    abroad = answered(translator, texts, language, pivot)
    back = iter(answered(translator, [text for text in abroad if isinstance(text, str)], pivot, language))
    made = [(text, next(back)) if isinstance(text, str) else (text, text) for text in abroad]
    return [LEFT if language == "en" and _left(text, *one) else one[1] for text, one in zip(texts, made, strict=True)]


def _left(text: str, abroad: str | Failure, answer: str | Failure) -> bool:
    """Say whether words of the other language are in an English answer: they are in it, and no words of English."""
    if isinstance(abroad, Failure) or isinstance(answer, Failure):
        return False
    strange = (_words(answer) & _words(abroad)) - _words(text) - STOP_WORDS
    if not strange:
        return False
    from textaug.lexicon.store import Lexicon

    known = Lexicon.english()
    return not all(word in known for word in strange)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _checked(answer: object) -> str | Failure:
    if isinstance(answer, Failure):
        return answer
    if not isinstance(answer, str):
        return Failure("the answer is no text")
    try:
        answer.encode()
    except UnicodeEncodeError:
        return Failure("the answer is no valid text")
    return _BREAKS.sub(" ", answer.strip()) or Failure("the answer is empty")
