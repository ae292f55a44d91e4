"""Drawn translations whose draws have addresses: the same for a text in any batch, on any number of workers.

`generate(do_sample=True)` takes its draws from a stream that all rows of a batch share. Here each token's score gets
noise from the Gumbel distribution: the token with the largest sum is a draw from the softmax of the scores (Maddison et
al. 2014), so that greedy search draws. The noise is Philox at (seed, languages; text; step, token).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from textaug.draws import Address, Purpose, row_id
from textaug.kernels import draws as kernel
from textaug.models.translation.options import Decoding


class Noise:
    """A logits processor that makes greedy search draw.

    Args:
        decoding: temperature, top_k, top_p and seed.
        texts: the texts of the batch, one for each row of scores.
        node: what else the draws depend on: the languages.
    """

    def __init__(self, decoding: Decoding, texts: Sequence[str], node: str) -> None:
        self._decoding = decoding
        self._key = Address(seed=decoding.seed).key(f"translate/{node}")
        self._rows = np.array([row_id(text) for text in texts], np.uint64)

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Return the scores of the tokens that may be drawn, with noise."""
        import torch

        scores = self._limited(scores.double() / self._decoding.temperature)
        noise = torch.from_numpy(self.at(input_ids.shape[1], scores.shape[1]))
        return scores + noise.to(scores.device)

    def at(self, step: int, tokens: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return the noise of a step: float64, shape (rows, tokens)."""
        blocks = -(-tokens // 4)
        index = np.tile(np.arange(step * blocks, (step + 1) * blocks, dtype=np.uint32), len(self._rows))
        bits = kernel.blocks(self._key, np.repeat(self._rows, blocks), Purpose.TOKEN, index)
        uniform = (bits.reshape(len(self._rows), -1)[:, :tokens] + 0.5) / 2.0**32
        return np.asarray(-np.log(-np.log(uniform)))

    def _limited(self, scores: Any) -> Any:
        """Leave the likeliest tokens in, by number and by share."""
        if self._decoding.top_k:
            least = scores.topk(min(self._decoding.top_k, scores.shape[1])).values[:, -1:]
            scores = scores.masked_fill(scores < least, float("-inf"))
        if self._decoding.top_p < 1:
            ordered, order = scores.sort(descending=True)
            share = ordered.softmax(-1)
            late = share.cumsum(-1) - share >= self._decoding.top_p  # the first is always in
            scores = scores.masked_fill(late.scatter(1, order, late), float("-inf"))
        return scores
