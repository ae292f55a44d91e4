"""Transformer-XL's stream: a corpus cut into contiguous lanes, so that a segment continues the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.draws import Address, Purpose
from textaug.errors import DataError, UsageError, unknown
from textaug.kernels import draws as kernel
from textaug.masking.clock import Clock
from textaug.masking.layout import tensors
from textaug.masking.mask import IGNORE
from textaug.masking.objectives.documents import Documents
from textaug.masking.rows import ragged

I64 = npt.NDArray[np.int64]


class SegmentStream:
    """Segments of a corpus for a model with a memory: row b of every batch goes on where it stopped in the one before.

    The documents, in their order or in another one each epoch, make one stream. It is cut into `lanes` contiguous
    pieces of equal length, and these into segments: batch t holds segment t of every lane. A batch is a function of
    (seed, epoch, t) alone: `stream[t]` gives any, so that a plain `DataLoader(stream, batch_size=None)` with any number
    of workers gives them in order.

    Args:
        source: rows of ids as an Arrow column, table, `datasets.Dataset` or iterable, or a flat array of ids (NumPy,
            memory-mapped too, torch or Arrow). Arrays stay where they lie. An iterable is read whole, since lane b
            begins at b / lanes of all tokens: no reader that goes through once could hold less.
        lanes: how many rows a batch has, over all ranks.
        length: how many tokens a segment has.
        eos_token_id: put behind each row of ids (None puts nothing); in a flat array, what documents end with.
        last: what becomes of a last segment that is shorter: `keep` it short, `drop` it, or `pad` it.
        pad_token_id: what it is padded with; the labels there are -100, and the batches have an `attention_mask`.
        across: whether the first token of a document is a label, to be predicted from the end of the one before, as
            published; False gives -100 there.
        shuffle: whether each epoch has the documents in an order of its own.
        seed: the seed of these orders.
        rank: which lanes: rank r of w has `lanes / w` of them, those from `r * lanes / w` on.
        world_size: how many ranks there are.
        column: the name of the column, where there are columns.
        return_tensors: `np` or `pt`.

    Batches are dicts: `input_ids` and `labels` (the token that comes next), both of shape (lanes, length);
    `position_ids`, how many tokens of the same document stand before each in its lane, so that
    `attention.recurrent(position_ids, memory)` keeps the memory to the document; and `reset`, shape (lanes,): whether
    nothing before the segment belongs to it, so that a lane's memory may be let go.

    Raises:
        UsageError: the lanes cannot be divided among the ranks, or an option is unknown.
        DataError: there are not tokens enough for a label in every lane.

    Source: Dai et al., "Transformer-XL" (ACL 2019), `get_lm_corpus`; there the last token of each lane has no label.

    >>> for batch in SegmentStream([[1, 2, 3], [4, 5, 6, 7], [8, 9]], lanes=2, length=3):
    ...     print(batch["input_ids"].tolist(), batch["position_ids"].tolist(), batch["reset"].tolist())
    [[1, 2, 3], [5, 6, 7]] [[0, 1, 2], [0, 1, 2]] [True, True]
    [[4], [8]] [[0], [0]] [True, True]
    """

    def __init__(
        self,
        source: Any,
        *,
        lanes: int,
        length: int,
        eos_token_id: int | None = None,
        last: str = "keep",
        pad_token_id: int = 0,
        across: bool = True,
        shuffle: bool = False,
        seed: int = 0,
        rank: int = 0,
        world_size: int = 1,
        column: str = "input_ids",
        return_tensors: str = "np",
    ) -> None:
        if last not in ("keep", "drop", "pad"):
            raise unknown("policy for the last segment", last, ("keep", "drop", "pad"))
        if return_tensors not in ("np", "pt"):
            raise unknown("kind of tensors", return_tensors, ("np", "pt"))
        if lanes < 1 or length < 1:
            raise UsageError(f"{lanes} lanes of segments of {length} tokens; give 1 and more of both")
        if lanes % world_size or not 0 <= rank < world_size:
            raise UsageError(f"rank {rank} of {world_size} with {lanes} lanes: give each rank as many of them")
        self.lanes, self.length, self.last, self.pad_token_id = lanes, length, last, pad_token_id
        self.across, self.shuffle, self.seed, self.return_tensors = across, shuffle, seed, return_tensors
        self._documents = Documents.of(source, column, eos_token_id)
        self._sizes = self._documents.sizes()
        self.lane_tokens = (int(self._sizes.sum()) - 1) // lanes
        if self.lane_tokens < 1:
            raise DataError(f"{int(self._sizes.sum())} tokens for {lanes} lanes: each needs one and its label")
        self._mine = np.arange(rank * lanes // world_size, (rank + 1) * lanes // world_size)
        self.clock, self._next = Clock(), 0
        self._arranged: tuple[int, I64, I64] | None = None

    def __len__(self) -> int:
        """Return how many segments an epoch has."""
        whole, rest = divmod(self.lane_tokens, self.length)
        return whole + (rest > 0 and self.last != "drop")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the segments of the epoch that have not been given yet; after the last, begin again."""
        while self._next < len(self):
            self._next += 1  # before it is given: a state taken now goes on behind it
            yield self[self._next - 1]
        self._next = 0

    def __getitem__(self, segment: int) -> dict[str, Any]:
        """Return a segment of the epoch."""
        if not 0 <= segment < len(self):
            raise IndexError(f"segment {segment} of {len(self)}")
        first = segment * self.length
        size = min(self.length, self.lane_tokens - first)
        batch = self._segment(self._mine * self.lane_tokens + first, size, first)
        if self.last == "pad":
            batch = self._padded(batch, size)
        return tensors(batch, self.return_tensors)

    def set_epoch(self, epoch: int) -> None:
        """Say which pass over the data is next; workers of a loader see it too. Another one begins with its first."""
        if epoch != self.clock.epoch:
            self.clock.epoch, self._next = epoch, 0

    def state_dict(self) -> dict[str, int]:
        """Return what it takes to go on behind the last segment given, on as many ranks as one likes."""
        return {**self._about(), "epoch": self.clock.epoch, "segment": self._next}

    def load_state_dict(self, state: dict[str, int]) -> None:
        """Go on where a stream over the same tokens, lanes and lengths was.

        Raises:
            UsageError: it was another stream.
        """
        for name, value in self._about().items():
            if state.get(name) != value:
                raise UsageError(f"the state is of a stream with {name}={state.get(name)}; this one has {value}")
        self.clock.epoch, self._next = int(state["epoch"]), int(state["segment"])

    def _about(self) -> dict[str, int]:
        tokens = int(self._sizes.sum())
        return {
            "tokens": tokens,
            "lanes": self.lanes,
            "length": self.length,
            "seed": self.seed,
            "shuffle": self.shuffle,
        }

    def _order(self) -> tuple[I64, I64]:
        """Return the documents in the epoch's order, and where in the stream each begins, with the end of the last."""
        epoch = self.clock.epoch
        if self._arranged is None or self._arranged[0] != epoch:
            order = np.arange(len(self._sizes))
            if self.shuffle:
                key = Address(self.seed, epoch).key("segments/1")
                draw = kernel.blocks(key, order.astype(np.uint64), Purpose.ORDER, np.zeros(len(order), np.uint32))
                order = np.argsort(draw[:, 0].astype(np.uint64) << np.uint64(32) | draw[:, 1], kind="stable")
            self._arranged = epoch, order, np.concatenate([[0], np.cumsum(self._sizes[order])])
        return self._arranged[1:]

    def _segment(self, begin: I64, size: int, before: int) -> dict[str, Any]:
        """Read `size` tokens and one more from each begin in the stream; `before` tokens of each lane came before."""
        order, edges = self._order()
        first, last = (np.searchsorted(edges, at, side="right") - 1 for at in (begin, begin + size))
        count = last - first + 1  # of documents, or pieces of them, in each lane
        lane = np.repeat(np.arange(len(begin)), count)
        turn = np.arange(len(lane)) + np.repeat(first - (np.cumsum(count) - count), count)
        start, end = np.maximum(edges[turn], begin[lane]), np.minimum(edges[turn + 1], begin[lane] + size + 1)
        inside, length = start - edges[turn], end - start
        tokens = self._documents.gathered(order[turn], inside, length).reshape(len(begin), -1)
        held = np.minimum(inside, before + start - begin[lane])
        positions = ragged(held, length).reshape(len(begin), -1)
        labels = tokens[:, 1:] if self.across else np.where(positions[:, 1:] == 0, IGNORE, tokens[:, 1:])
        made = {"input_ids": tokens[:, :-1], "labels": labels, "position_ids": positions[:, :-1]}
        return {name: np.ascontiguousarray(part) for name, part in made.items()} | {"reset": positions[:, 0] == 0}

    def _padded(self, batch: dict[str, Any], size: int) -> dict[str, Any]:
        fill = {"input_ids": self.pad_token_id, "labels": IGNORE, "position_ids": 0, "attention_mask": 0}
        batch["attention_mask"] = np.ones((len(self._mine), size), np.int64)
        rest = ((0, 0), (0, self.length - size))
        return {
            name: np.pad(values, rest, constant_values=fill[name]) if name in fill else values
            for name, values in batch.items()
        }
