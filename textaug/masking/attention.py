"""Attention masks: who may attend to whom, as plain boolean arrays. True is "may"; masks are combined with `&` and `|`.

The last two axes are (queries, keys), a first axis, where there is one, the rows. `as_additive` gives models what they
add to their scores; `torch.nn.functional.scaled_dot_product_attention` takes the boolean arrays as tensors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError, UsageError, unknown

Mask = npt.NDArray[np.bool_]
I64 = npt.NDArray[np.int64]
Ids = npt.NDArray[Any]


def bidirectional(valid: Any) -> Mask:
    """Let every token attend to every token that is none of the padding.

    Args:
        valid: shape (rows, size), an `attention_mask`: anything but 0 is a token.

    Returns:
        bool, shape (rows, size, size).

    >>> bidirectional([[1, 1, 0]])[0].astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [1, 1, 0]]
    """
    held = _table(valid, "valid")
    return cross(held, held.shape[1])


def cross(valid: Any, queries: int) -> Mask:
    """Let every token of a target attend to every token of its source that is none of the padding.

    Args:
        valid: shape (rows, keys), the source's `attention_mask`.
        queries: how many tokens a target has.

    Returns:
        bool, shape (rows, queries, keys).

    >>> cross([[1, 0]], 3)[0].astype(int).tolist()
    [[1, 0], [1, 0], [1, 0]]
    """
    held = _table(valid, "valid") != 0
    return np.repeat(held[:, None, :], queries, axis=1)


def causal(queries: int, keys: int | None = None) -> Mask:
    """Let a token attend to itself and to what stands before it.

    Args:
        queries: how many tokens attend.
        keys: how many there are to attend to; those before the last `queries` are a memory, or a cache, that all see.

    Returns:
        bool, shape (queries, keys).

    >>> causal(3).astype(int).tolist()
    [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    >>> causal(2, 4).astype(int).tolist()
    [[1, 1, 1, 0], [1, 1, 1, 1]]
    """
    keys = queries if keys is None else keys
    if keys < queries:
        raise UsageError(f"{queries} queries and {keys} keys: the last keys are the queries, so there are no fewer")
    return np.tri(queries, keys, keys - queries, dtype=np.bool_)


def prefix(lengths: Any, size: int) -> Mask:
    """Let the tokens of a prefix attend to all of it, and those behind it to what stands before them.

    Args:
        lengths: shape (rows,), how many tokens the prefix of each row has.
        size: how many tokens a row has.

    Returns:
        bool, shape (rows, size, size).

    Source: Dong et al., "Unified language model pre-training" (NeurIPS 2019); Raffel et al., T5 (JMLR 2020).

    >>> prefix([2], 4)[0].astype(int).tolist()
    [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]]
    """
    inside = np.arange(size) < np.asarray(lengths).reshape(-1, 1)
    return inside[:, None, :] | causal(size)


def permutation(order: Any, *, itself: bool = False) -> Mask:
    """Let a token attend to what comes before it in an order of factorisation.

    Args:
        order: shape (rows, size), the turn of each token; -1 is the context, which every token sees, and which sees
            nothing but the context.
        itself: whether a token with a turn sees itself: False for XLNet's query stream, True for its content stream.

    Returns:
        bool, shape (rows, size, size); `~permutation(order)` is the `perm_mask` of Hugging Face's XLNet.

    Source: Yang et al., "XLNet" (NeurIPS 2019).

    >>> permutation([[1, -1, 0]])[0].astype(int).tolist()
    [[0, 1, 1], [0, 1, 0], [0, 1, 0]]
    """
    turn = _table(order, "order")
    mine, theirs = turn[:, :, None], turn[:, None, :]
    seen: Mask = (theirs < 0) | (theirs <= mine if itself else theirs < mine)
    return seen


def local(size: int, before: int, after: int | None = None, *, everywhere: Any = None) -> Mask:
    """Let a token attend to its neighbours, and if asked let some tokens attend, and be attended to, everywhere.

    Args:
        size: how many tokens a row has.
        before: how far a token sees to the left: its distance, so that 0 is the token alone.
        after: how far to the right; None is as far as to the left, 0 makes it causal. A causal window of n tokens,
            as Mistral counts them, is `local(size, n - 1, 0)`.
        everywhere: shape (rows, size), anything but 0 is a global token.

    Returns:
        bool, shape (size, size), or with `everywhere` (rows, size, size).

    Source: Beltagy et al., "Longformer" (2020).

    >>> local(4, 1).astype(int).tolist()
    [[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 1], [0, 0, 1, 1]]
    >>> local(3, 0, everywhere=[[1, 0, 0]])[0].astype(int).tolist()
    [[1, 1, 1], [1, 1, 0], [1, 0, 1]]
    """
    after = before if after is None else after
    if before < 0 or after < 0:
        raise UsageError(f"a window from {before} before to {after} after: give distances of 0 and more")
    near: Mask = np.tri(size, size, after, dtype=np.bool_) & ~np.tri(size, size, -before - 1, dtype=np.bool_)
    if everywhere is None:
        return near
    chosen: Mask = _table(everywhere, "everywhere") != 0
    return near | chosen[:, None, :] | chosen[:, :, None]


def block_diagonal(segments: Any) -> Mask:
    """Let a token attend to its own segment only: the masks of rows that were packed; `& causal(size)` for decoders.

    Args:
        segments: shape (size,) or (rows, size), the number of each token's segment; below 0 is padding, which sees
            nothing and is not seen. `segments_of` and `segments_from_positions` make them.

    Returns:
        bool, shape (size, size) or (rows, size, size).

    >>> block_diagonal([0, 0, 1, -1]).astype(int).tolist()
    [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    """
    number = np.asarray(segments)
    same: Mask = number[..., :, None] == number[..., None, :]
    return same & (number[..., :, None] >= 0)


def segments_of(cu_seqlens: Any, size: int | None = None) -> I64:
    """Number the segments that cumulative lengths cut out.

    Args:
        cu_seqlens: shape (segments + 1,), from 0 on, as packed batches have them.
        size: how many tokens there are; those behind the last segment get -1. None is the end of the last segment.

    Raises:
        DataError: the lengths do not begin with 0, go down, or end behind `size`.

    >>> segments_of([0, 2, 3], 5).tolist()
    [0, 0, 1, -1, -1]
    """
    ends = np.asarray(cu_seqlens, dtype=np.int64)
    size = int(ends[-1]) if size is None else size
    if ends[0] != 0 or (np.diff(ends) < 0).any() or ends[-1] > size:
        raise DataError(f"cu_seqlens {ends.tolist()} for {size} tokens: give 0, then where each segment ends")
    numbers = np.full(size, -1, np.int64)
    numbers[: ends[-1]] = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    return numbers


def segments_from_positions(position_ids: Any) -> I64:
    """Number the segments that positions cut out: one begins wherever the position is not the one before plus one.

    Args:
        position_ids: shape (size,) or (rows, size).

    >>> segments_from_positions([0, 1, 0, 1, 2]).tolist()
    [0, 0, 1, 1, 1]
    """
    steps = np.diff(np.asarray(position_ids, dtype=np.int64), axis=-1) != 1
    numbers = np.zeros(np.shape(position_ids), np.int64)
    numbers[..., 1:] = np.cumsum(steps, axis=-1)
    return numbers


def recurrent(position_ids: Any, memory: int = 0) -> Mask:
    """Let a token attend to what stands before it in its own document, the memory of segments before included.

    Args:
        position_ids: shape (rows, size), how many tokens of its document stand before each token, as `SegmentStream`
            gives them.
        memory: how many tokens before the segment a model still holds.

    Returns:
        bool, shape (rows, size, memory + size).

    Source: Dai et al., "Transformer-XL" (ACL 2019), with the edges of documents kept.

    >>> recurrent([[3, 4, 0, 1]], memory=2)[0].astype(int).tolist()
    [[1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 1]]
    """
    positions = _table(position_ids, "position_ids")
    size = positions.shape[1]
    distance = memory + np.arange(size)[:, None] - np.arange(memory + size)
    return (distance >= 0) & (distance <= positions[:, :, None])


def as_additive(mask: Any, *, dtype: str = "float32", return_tensors: str = "np") -> Any:
    """Turn a mask into what is added to attention scores: 0 where a token may attend, else the least finite number.

    Args:
        mask: bool, shape (queries, keys) or (rows, queries, keys).
        dtype: `float16`, `float32` or `float64`; with `pt` also `bfloat16`.
        return_tensors: `np` or `pt`.

    Returns:
        An array or a tensor; with rows its shape is (rows, 1, queries, keys), the 1 for the heads. It is finite, so
        that a token which may attend to nothing, as padding, gets even weights and no NaN.

    >>> as_additive(causal(2), dtype="float16").tolist()
    [[0.0, -65504.0], [0.0, 0.0]]
    """
    may = np.asarray(mask, dtype=np.bool_)
    may = may[:, None] if may.ndim == 3 else may
    if return_tensors == "pt":
        import torch

        kind = getattr(torch, _known(dtype, ("bfloat16", "float16", "float32", "float64")))
        least = torch.tensor(torch.finfo(kind).min, dtype=kind)
        return torch.where(torch.from_numpy(np.ascontiguousarray(may)), torch.zeros((), dtype=kind), least)
    if return_tensors != "np":
        raise unknown("kind of tensors", return_tensors, ("np", "pt"))
    real = np.dtype(_known(dtype, ("float16", "float32", "float64"))).type
    return np.where(may, real(0), np.finfo(real).min)


def _known(dtype: str, known: tuple[str, ...]) -> str:
    if dtype not in known:
        raise unknown("dtype", dtype, known)
    return dtype


def _table(values: Any, name: str) -> Ids:
    table = np.asarray(values)
    if table.ndim != 2:
        raise UsageError(f"{name} has the shape {table.shape}; give (rows, size)")
    return table
