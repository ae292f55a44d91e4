"""Texts of any shape in, sequences of tokens or ids out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.batch import I32, U64, Batch, flat, tiles
from textaug.call import is_integer, row_ids_of, shape_of
from textaug.draws import Address
from textaug.engine import Run
from textaug.errors import UsageError
from textaug.protect import guarded
from textaug.subword.vocabulary import Tokens

if TYPE_CHECKING:
    import pyarrow as pa

    from textaug.transforms.subword import SubwordDropout

Around = tuple[Sequence[int], Sequence[int]]


def sequences(
    transform: SubwordDropout,
    texts: Any,
    around: Around | None,
    *,
    seed: int = 0,
    epoch: int = 0,
    copies: int | None = None,
    row_ids: Any = None,
    source: str = "",
) -> Any:
    """Return the tokens or ids of texts: a list for a str, lists in a list, or an Arrow list array for Arrow.

    Args:
        transform: what draws them.
        texts: what `textaug.call.apply` takes.
        around: ids that go before and behind those of each text; None for tokens.
        seed, epoch, copies, row_ids, source: see `textaug.call.apply`.

    Raises:
        UsageError: the texts have no known shape, or row_ids do not fit them.
    """
    for name, value in (("seed", seed), ("epoch", epoch), ("copies", 1 if copies is None else copies)):
        if not is_integer(value) or (name == "copies" and value < 1):
            raise UsageError(f"{name}={value!r}: give an integer" + " of at least 1" * (name == "copies"))
    shape = shape_of(texts)
    bounds = np.cumsum([0, *map(len, shape.chunks)]).tolist()
    ids = row_ids_of(row_ids, texts, bounds[-1], shape.single)
    addresses = [Address(seed, epoch, copy, source) for copy in range(1, (copies or 1) + 1)]
    made = []
    for chunk, (first, last) in zip(shape.chunks, pairwise(bounds), strict=True):
        drawn = [[*_drawn(transform, flat(chunk), ids[first:last], address)] for address in addresses]
        made.append(_arrow(drawn, around) if shape.arrow else _lists(drawn, around))
    if shape.arrow:
        import pyarrow as pa

        return pa.chunked_array(made) if isinstance(texts, pa.ChunkedArray) else made[0]
    return made[0][0] if shape.single and copies is None else made[0]


def _drawn(transform: SubwordDropout, text: pa.Array, ids: U64, address: Address) -> Iterator[tuple[Tokens, Batch]]:
    """Yield the tokens of tile after tile."""
    for _, batch in tiles(text, ids):
        draws = Run(address, batch, None, False).draws(transform, batch)
        gated = transform.gate(batch, draws)
        if transform.protect or transform.protect_pattern is not None:
            patterns = () if transform.protect_pattern is None else (transform.protect_pattern,)
            gated = replace(gated, guarded=guarded(gated, transform.protect, patterns))
        yield transform.segmented(batch, gated, draws), batch


def _lists(drawn: Sequence[Sequence[tuple[Tokens, Batch]]], around: Around | None) -> list[Any]:
    """Return a list for each text, None where there is none; the copies of a text one after the other."""
    copies = [[row for tokens, batch in copy for row in _rows(tokens, batch, around)] for copy in drawn]
    return [row for of_a_text in zip(*copies, strict=True) for row in of_a_text]


def _rows(tokens: Tokens, batch: Batch, around: Around | None) -> Iterator[list[Any] | None]:
    offsets, values = (tokens.offsets, tokens.texts) if around is None else _surrounded(tokens, around)
    held = values if isinstance(values, list) else values.tolist()
    active = [True] * len(batch) if batch.active is None else batch.active.tolist()
    for (start, end), some in zip(pairwise(offsets.tolist()), active, strict=True):
        yield held[start:end] if some else None


def _arrow(drawn: Sequence[Sequence[tuple[Tokens, Batch]]], around: Around | None) -> pa.Array:
    """Return a list array of what `_lists` has."""
    import pyarrow as pa

    parts = [_list_array(tokens, batch, around) for copy in drawn for tokens, batch in copy]
    if not parts:
        return pa.array([], pa.list_(pa.string() if around is None else pa.int32()))
    joined = pa.concat_arrays(parts)
    if len(drawn) == 1:
        return joined
    return joined.take(pa.array(np.arange(len(joined)).reshape(len(drawn), -1).T.ravel()))


def _list_array(tokens: Tokens, batch: Batch, around: Around | None) -> pa.Array:
    import pyarrow as pa

    offsets, values = (tokens.offsets, tokens.texts) if around is None else _surrounded(tokens, around)
    held = pa.array(values, pa.string() if around is None else pa.int32())
    mask = None if batch.active is None else pa.array(batch.active == 0)
    return pa.ListArray.from_arrays(pa.array(offsets), held, mask=mask)


def _surrounded(tokens: Tokens, around: Around) -> tuple[I32, I32]:
    """Return (offsets, ids) with the ids that go before and behind each text."""
    before, behind = around
    more, rows = len(before) + len(behind), len(tokens.offsets) - 1
    if not more:
        return tokens.offsets, tokens.ids
    sides = [np.repeat(tokens.offsets[:-1, None], len(before), 1), np.repeat(tokens.offsets[1:, None], len(behind), 1)]
    ids = np.insert(tokens.ids, np.concatenate(sides, axis=1).ravel(), np.tile([*before, *behind], rows))
    return tokens.offsets + more * np.arange(rows + 1, dtype=np.int32), ids
