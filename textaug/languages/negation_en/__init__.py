"""Read the polarity of an English sentence, and turn it round.

A shallow parse by rules. A sentence is cut into words (`tokens`), which get kinds (`words`, `closed`, `opened`,
`tags`); the main clauses are found (`search`, `joined`), and what negates them (`negators`); it is taken out
(`removal`) or put in (`insertion`, `questions`) as the changes of a `draft`. Where the parse is in doubt or an
idiom stands (`refusals`), the sentence is left alone, and the reading says why.
"""

from __future__ import annotations

from textaug.languages.negation import Reading
from textaug.languages.negation_en.reading import reading
from textaug.languages.negation_en.tokens import tokens

__all__ = ["read"]

_LONGEST = 35  # words and breaks of a sentence: of longer ones too many are misread
_ADDED = 5  # words that a negation may add to it


def read(sentence: str, *, contract: bool | None = None) -> Reading:
    """Read whether the main clause of a sentence is negated, and how to turn it round.

    Args:
        sentence: one sentence.
        contract: whether an inserted negation is contracted (`isn't`); None follows the writer.

    >>> read("She likes it.").changes
    (Change(start=4, end=9, text="doesn't like"),)
    >>> read("Nobody came.").negative, read("A long day!").reason
    (True, 'no finite verb')
    """
    found = tokens(sentence)
    if not found.words or len(found.words) > _LONGEST + _ADDED:
        return Reading(False, (), "too long" if found.words else "no words")
    made = reading(found, contract)
    if made.negative or not made.changes:
        return made
    if len(found.words) > _LONGEST:
        return Reading(False, (), "too long")
    return made if _undone(sentence, made, contract) else Reading(False, (), "a negation that would not be read back")


def _undone(sentence: str, made: Reading, contract: bool | None) -> bool:
    """Say whether a negation that was put in is seen, and can be taken out: if not, the sentence was misread."""
    pieces, last = [], 0
    for start, end, text in made.changes:
        pieces += [sentence[last:start], text]
        last = end
    back = reading(tokens("".join([*pieces, sentence[last:]])), contract)
    return back.negative and bool(back.changes)
