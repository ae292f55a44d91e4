"""Answers to questions, as SQuAD has them: the answer's text, and where it begins in the context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textaug.annotations.values import Span
from textaug.errors import DataError

ANSWER = "answer"
"""The label of the spans of answers."""


def answers_to_spans(context: str, answers: Mapping[str, Sequence[Any]]) -> list[Span]:
    """Return the spans of answers in their context.

    Args:
        context: the text that holds them.
        answers: `text`, a list of str, and `answer_start`, a list of int, in code points.

    Raises:
        DataError: an answer does not stand where it begins.

    >>> answers_to_spans("Ada lived in London.", {"text": ["London"], "answer_start": [13]})
    [Span(start=13, end=19, label='answer')]
    """
    pairs = list(zip(answers["answer_start"], answers["text"], strict=True))
    for start, text in pairs:
        if problem := misplaced(context, start, text):
            raise DataError(problem)
    return [Span(start, start + len(text), ANSWER) for start, text in pairs]


def spans_to_answers(context: str, spans: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return the answers whose spans these are; spans of other labels are passed over.

    >>> spans_to_answers("Ada lived once in London.", [(0, 3, "PERSON"), (18, 24, "answer")])
    {'text': ['London'], 'answer_start': [18]}
    """
    held = [(start, end) for start, end, label in spans if label == ANSWER]
    return {"text": [context[start:end] for start, end in held], "answer_start": [start for start, _ in held]}


def misplaced(context: str, start: Any, text: Any) -> str | None:
    """Say what is wrong with an answer's place; None where nothing is."""
    if type(start) is not int or not isinstance(text, str):
        return f"the answer {text!r:.80} at {start!r} is none; text is a str, answer_start an integer"
    found = context[start : start + len(text)] if start >= 0 else ""
    if found != text:
        return f"the answer {text!r:.80} does not stand at {start}, where {found!r:.80} does; count code points from 0"
    return None
