"""Span corruption, defined: where the spans of noise are, and how they move from a row's inputs to its labels."""

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32, U8, U64
from textaug.kernels.reference.masking import NONE
from textaug.kernels.reference.subsets import row_draws, subset

I64 = npt.NDArray[np.int64]


def place(
    marks: U8,
    offsets: I32,
    key: int,
    row_ids: U64,
    purposes: tuple[int, int],
    noise: I32,
    spans: I32,
    published: U8,
) -> tuple[I32, I32, I32]:
    """Place spans of noise among the tokens of each row that may be noise: those that are not marked as none.

    The noise of row r is cut into `spans[r]` lengths, every way to cut it as likely, by the draws of the first purpose.
    The spans then go into different ones of the gaps between the kept tokens, before them and behind them, by the draws
    of the second purpose, every choice as likely; or if `published[r]`, kept tokens come first, noise comes last, and
    the kept tokens are cut into as many lengths as the noise. A token in between that may not be noise parts a span.

    `1 <= spans[r] <= noise[r]`, and there are as many gaps, or kept tokens, as spans; or else spans and noise are 0.

    Returns:
        The offsets of the rows' spans, int32, shape (rows + 1,), and the tokens where each begins and ends: int32.
    """
    offset, starts, ends = [0], [], []
    for r in range(len(offsets) - 1):
        may = offsets[r] + np.flatnonzero(marks[offsets[r] : offsets[r + 1]] & NONE == 0)
        count = int(spans[r])
        if count:
            lengths = _cut(row_draws(key, row_ids[r], purposes[0], count - 1), int(noise[r]))
            kept = len(may) - int(noise[r])
            if published[r]:
                before = np.cumsum(_cut(row_draws(key, row_ids[r], purposes[1], count - 1), kept))
            else:
                before = np.flatnonzero(subset(row_draws(key, row_ids[r], purposes[1], count), kept + 1))
            begins = before + np.cumsum(lengths) - lengths
            for begin, length in zip(begins.tolist(), lengths.tolist(), strict=True):
                tokens = may[begin : begin + length]
                for run in np.split(tokens, np.flatnonzero(np.diff(tokens) != 1) + 1):
                    starts.append(run[0])
                    ends.append(run[-1] + 1)
        offset.append(len(starts))
    return np.array(offset, np.int32), np.array(starts, np.int32), np.array(ends, np.int32)


def _cut(draws: list[int], size: int) -> npt.NDArray[np.int64]:
    """Return the lengths that as many cuts as there are draws leave of `size`, none of them 0."""
    cuts = np.flatnonzero(subset(draws, size - 1)) + 1
    return np.diff(np.concatenate([[0], cuts, [size]]))


def fill(
    ids: I64,
    offsets: I32,
    span_offsets: I32,
    start: I32,
    end: I32,
    sentinels: I64,
    prefix: I64,
    eos: int,
) -> tuple[I64, I32, I64, I32]:
    """Put a sentinel in place of each span, and each span behind its sentinel into the labels.

    The k-th span of a row gets `sentinels[k]`. `prefix[r]` begins the inputs of row r, `eos` ends the labels, and the
    inputs where they do not end so; -1 is none.

    Returns:
        The inputs and their offsets, the labels and theirs: int64, int32, int64, int32.
    """
    inputs, labels, input_ends, label_ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [0], [0]
    last = np.array([eos] if eos >= 0 else [], np.int64)
    for r in range(len(offsets) - 1):
        at, stop = offsets[r], offsets[r + 1]
        inputs.append(prefix[r : r + 1][prefix[r : r + 1] >= 0])
        for k in range(span_offsets[r], span_offsets[r + 1]):
            sentinel = sentinels[k - span_offsets[r]]
            inputs += [ids[at : start[k]], np.array([sentinel], np.int64)]
            labels += [np.array([sentinel], np.int64), ids[start[k] : end[k]]]
            at = end[k]
        inputs.append(ids[at:stop])
        if at == stop or ids[stop - 1] != eos:
            inputs.append(last)
        labels.append(last)
        input_ends.append(sum(map(len, inputs)))
        label_ends.append(sum(map(len, labels)))
    return (
        np.concatenate(inputs),
        np.array(input_ends, np.int32),
        np.concatenate(labels),
        np.array(label_ends, np.int32),
    )
