"""Find the main clauses of a statement: where each begins, its subject, its finite verb, where its reach ends."""

from __future__ import annotations

from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.joined import joined
from textaug.languages.negation_en.search import main_clause
from textaug.languages.negation_en.tokens import Sentence


def clauses(sentence: Sentence, start: int = 0) -> list[Clause] | str:
    """Return the main clauses of a statement or command, or why they cannot be told.

    >>> from textaug.languages.negation_en.tags import tag
    >>> from textaug.languages.negation_en.tokens import tokens
    >>> tag(made := tokens("When I saw it, I laughed and he left."))
    >>> [made.words[clause.verb] for clause in clauses(made)]
    ['laughed', 'left']
    """
    found = main_clause(sentence, start)
    if found is None:
        return "no finite verb"
    return "an unclear verb" if _doubtful(sentence, found) else joined(sentence, found)


def _doubtful(sentence: Sentence, found: Clause) -> bool:
    """Say whether a word before the verb may be the main verb of a clause before."""
    kinds = sentence.kinds
    first = found.start if kinds[found.start] in "DPNQJ" else found.subject
    if first < 0:
        return False
    between = range(first, found.verb)
    return any(kinds[i] in "uv" and not {"C", ","}.isdisjoint(kinds[i : found.verb]) for i in between)
