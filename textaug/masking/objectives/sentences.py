"""Where the sentences of token ids end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textaug.errors import UsageError
from textaug.kernels.reference.draws import U8
from textaug.masking.objectives.prepare import SENTENCES
from textaug.masking.sheet import Sheet
from textaug.masking.vocabulary import Vocabulary

FULL_STOPS = frozenset(".!?。！？…")


def ends_of(sheet: Sheet, stops: U8 | None) -> U8:
    """Say of each token whether a sentence ends with it: where a column says so, else with the last of its full stops.

    Raises:
        UsageError: there is no such column, and no id is known to end a sentence.
    """
    if SENTENCES in sheet.columns:
        number = sheet.column(SENTENCES).values
        return np.append(number[1:] != number[:-1], True)[: len(number)].astype(np.uint8)
    if stops is None:
        raise UsageError(
            "sentences are to change places, and no id is known to end one; name them (sentence_ends=[...]), "
            f"or give the features a column '{SENTENCES}' that numbers each token's sentence"
        )
    stop = np.take(stops, sheet.ids.values, mode="clip")
    goes_on = np.append(stop[1:], np.uint8(0))[: len(stop)]
    return (stop > goes_on).astype(np.uint8)


def stops_of(vocabulary: Vocabulary, ends: Sequence[int] | None = None) -> U8 | None:
    """Return of each id whether a sentence ends with it: those named, else full stops by their text; or None.

    Args:
        vocabulary: the ids.
        ends: those that are named.

    >>> stops_of(Vocabulary(("<pad>", "a", ".", "Ġ?", "。", ".."), (0,), mask=-1, pad=0, style="bytes")).tolist()
    [0, 0, 1, 1, 1, 1]
    """
    stops = np.zeros(vocabulary.size, np.uint8)
    if ends is not None:
        stops[list(ends)] = 1
        return stops
    data, at = vocabulary.text
    for id in np.flatnonzero(np.diff(at)).tolist():
        text = data[at[id] : at[id + 1]].tobytes().decode("utf-8", "replace")
        stops[id] = id not in vocabulary.special and FULL_STOPS.issuperset(text)
    return stops if stops.any() else None
