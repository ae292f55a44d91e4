"""Replaced token detection (ELECTRA): what a generator is given and draws, and what a discriminator is to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from textaug.draws import Purpose
from textaug.errors import DataError, UsageError
from textaug.kernels import draws as kernel
from textaug.kernels.reference.draws import I32
from textaug.kernels.reference.masking import NONE
from textaug.masking.budget import Exact, Rate, rate_at
from textaug.masking.collator import Collator
from textaug.masking.collators import DataCollatorForLanguageModeling
from textaug.masking.corruption import FromVocabulary, Pool, Replace
from textaug.masking.features import Columns
from textaug.masking.mask import IGNORE, Masking
from textaug.masking.numbering import marked
from textaug.masking.objectives.segments import below, draws
from textaug.masking.row_ids import ROW_ID
from textaug.masking.rows import ragged
from textaug.masking.sheet import Numbering, Sheet
from textaug.masking.units import Tokens

NODE = "replaced/1"
DRAWS = "sampling_draws"
"""The column of draws with which a generator's tokens are sampled."""

PIECE = 1 << 24  # numbers of a distribution function that are held at a time


@dataclass(frozen=True)
class WithReplacement:
    """As many draws as make a share of each row's tokens, special ones counted, a token as often as it is drawn.

    ELECTRA's published budget, for comparisons: it means to select 77 tokens of 512, and selects 71.5 on average.

    Args:
        p: the share, or a schedule of it.
        most: no row has more draws; its `max_predictions_per_seq`.

    Source: google-research/electra, `pretrain_helpers.mask`.
    """

    p: Rate = 0.15
    most: int | None = None

    def select(self, numbering: Numbering, sheet: Sheet) -> tuple[I32, I32]:
        """Draw tokens: return the offsets of the rows' selected tokens, and the tokens."""
        may = np.flatnonzero(marked(numbering, sheet) & NONE == 0)
        begins = np.searchsorted(may, sheet.ids.offsets)
        held = np.diff(begins)
        count = np.clip(np.rint(sheet.ids.lengths * rate_at(self.p, sheet.step)), 1, self.most).astype(np.int64)
        count[held == 0] = 0
        row = np.repeat(np.arange(len(count)), count)
        turn = ragged(np.zeros_like(count), count)
        place = below(draws(sheet.key, sheet.row_ids[row], Purpose.PLACE, turn)[:, 0], held[row])
        at = np.unique(may[begins[row] + place])
        return np.searchsorted(at, sheet.ids.offsets).astype(np.int32), at.astype(np.int32)


@dataclass
class DataCollatorForReplacedTokens(Collator):
    """Pad rows and choose the tokens that are to be replaced: by a generator's, or at once by random ones.

    Which tokens, and what is drawn for them, depends on the seed, the epoch and the row's id alone.

    Args:
        tokenizer: of transformers or of the library `tokenizers`.
        mlm_probability: the share of a row's tokens, exactly; or a schedule of it.
        generator: True: of the tokens 85 % become the mask token and the rest stays; a generator fills them in with
            `sample`, and `replaced` makes the discriminator's batch. False: they become random tokens here, and the
            batch is the discriminator's.
        pool: where random tokens come from, without a generator: `FromVocabulary()`, `FromCorpus.counted(...)`.
        masking: units × budget × corruption instead of these.
        published: draw tokens with replacement, as the published code does, so that fewer are selected than meant.
        pad_to_multiple_of: rounds the width of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        source: the file or data set that the rows come from: part of the address of draws.

    Returns:
        When called, a mapping with `input_ids`, `attention_mask` and every other column, padded. With a generator:
        `labels` (the token that stood there, -100 elsewhere) and `sampling_draws` (int64, 32 bits each, for `sample`).
        Without: `labels`, 1 where a token is not what it was, else 0; a random token equal to it is none.

    Raises:
        UsageError: an argument is wrong, or with a generator the tokenizer has no mask token.

    Source: Clark et al., "ELECTRA" (ICLR 2020).

    >>> from textaug.masking import Vocabulary
    >>> tokenizer = Vocabulary(("[PAD]", "[MASK]", *"abcdefgh"), (0, 1), mask=1, pad=0)
    >>> collate = DataCollatorForReplacedTokens(tokenizer, 0.5, return_tensors="np", seed=1)
    >>> batch = collate([{"input_ids": [2, 3, 4, 5]}])
    >>> made = replaced(batch, np.array([[9, 9, 9, 9]]))
    >>> [made[name].tolist() for name in ("input_ids", "labels")]
    [[[9, 3, 9, 5]], [[1, 0, 1, 0]]]
    """

    tokenizer: Any
    mlm_probability: Rate = 0.15
    generator: bool = True
    pool: Pool = field(default_factory=FromVocabulary)
    masking: Masking | None = None
    published: bool = False
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.masking is None:
            budget = WithReplacement(self.mlm_probability) if self.published else Exact(self.mlm_probability)
            shares = Replace(0.85, 0.0) if self.generator else Replace(0.0, 1.0, pool=self.pool)
            self.masking = Masking(Tokens(), budget, shares)
        self._masker = DataCollatorForLanguageModeling(
            self.tokenizer,
            masking=self.masking,
            pad_to_multiple_of=self.pad_to_multiple_of,
            return_tensors=self.return_tensors,
            seed=self.seed,
            source=self.source,
        )
        self._masker.clock = self.clock

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        addresses = self.row_ids(columns, columns.ids)
        columns.scalars[ROW_ID] = addresses
        made = self._masker.collate(columns)
        if not self.generator:
            return replaced(made, made["input_ids"])
        row, column = np.nonzero(made["labels"] != IGNORE)
        place = column - made["attention_mask"].argmax(axis=1)[row]  # padding on the left does not count
        four = kernel.blocks(self.key(NODE), addresses[row], Purpose.TOKEN, (place >> 2).astype(np.uint32))
        drawn = np.zeros(made["labels"].shape, np.int64)
        drawn[row, column] = four[np.arange(len(row)), place & 3]
        return {**made, DRAWS: drawn}


def replaced(batch: Mapping[str, Any], sampled: Any) -> dict[str, Any]:
    """Make the discriminator's batch of the generator's, and what it filled in.

    Args:
        batch: what `DataCollatorForReplacedTokens` gives, arrays or tensors.
        sampled: ids for the selected tokens: as many as there are, in order, as `sample` gives them; or of the shape of
            `input_ids`, where only those at selected tokens count.

    Returns:
        The batch with `input_ids` and `labels` of its own: 1 where a token is not what it was, else 0, padding too.

    Raises:
        DataError: there are not as many ids as selected tokens.

    >>> held = {"input_ids": np.array([[5, 1, 7]]), "labels": np.array([[-100, 6, 7]])}
    >>> [part.tolist() for part in replaced(held, np.array([6, 9])).values()]
    [[[5, 6, 9]], [[0, 0, 1]]]
    """
    ids, labels = batch["input_ids"], batch["labels"]
    chosen = labels != IGNORE
    before = ids + 0
    before[chosen] = labels[chosen]
    after = before + 0
    if tuple(sampled.shape) == tuple(ids.shape):
        after[chosen] = sampled[chosen]
    elif tuple(sampled.shape) == (int(chosen.sum()),):
        after[chosen] = sampled
    else:
        raise DataError(f"{tuple(sampled.shape)} sampled ids for {int(chosen.sum())} tokens of {tuple(ids.shape)}")
    told = (after != before) * 1
    return {**{k: v for k, v in batch.items() if k != DRAWS}, "input_ids": after, "labels": told}


def sample(logits: Any, batch: Mapping[str, Any], *, temperature: float = 1.0) -> Any:
    """Sample the generator's tokens with the draws of a batch: one of 32 bits for each, by the distribution function.

    With the same logits a row gets the same tokens, whatever its batch or device; logits are floating-point numbers,
    and where they differ in the last place, so may a token now and then.

    Args:
        logits: of the selected tokens, shape (n, vocabulary), or of all, shape (rows, width, vocabulary).
        batch: what `DataCollatorForReplacedTokens` gives, on the same device.
        temperature: logits are divided by it.

    Returns:
        int64, shape (n,): ids of the selected tokens, in order, for `replaced`; without a gradient.

    Raises:
        UsageError: the temperature is not above 0.
        DataError: there are not as many logits as selected tokens.

    >>> held = {"labels": np.array([[-100, 6, 7]]), "sampling_draws": np.array([[0, 2**31, 2**32 - 1]])}
    >>> sample(np.array([[0.0, 2.0, 0.0], [1.0, 1.0, 1.0]]), held).tolist()
    [1, 2]
    """
    if not temperature > 0:
        raise UsageError(f"temperature={temperature}: give a number above 0")
    chosen = batch["labels"] != IGNORE
    drawn = batch[DRAWS][chosen]
    scores = logits[chosen] if logits.ndim == 3 else logits
    if len(scores) != len(drawn):
        raise DataError(f"logits of {len(scores)} tokens, and {len(drawn)} are selected")
    inverse = _inverse if isinstance(scores, np.ndarray) else _inverse_of_tensors
    step = max(1, PIECE // scores.shape[-1])
    parts = [inverse(scores[at : at + step], drawn[at : at + step], temperature) for at in range(0, len(drawn), step)]
    if isinstance(scores, np.ndarray):
        return np.concatenate(parts or [np.zeros(0, np.int64)])
    import torch

    return torch.cat(parts) if parts else drawn


def _inverse(scores: Any, drawn: Any, temperature: float) -> Any:
    """Return the first token at which the distribution function is over the draw."""
    scaled = scores.astype(np.float64) / temperature
    total = np.cumsum(np.exp(scaled - scaled.max(axis=1, keepdims=True)), axis=1)
    wanted = (drawn + 0.5) / 2**32 * total[:, -1]
    return (total <= wanted[:, None]).sum(axis=1)


def _inverse_of_tensors(scores: Any, drawn: Any, temperature: float) -> Any:
    import torch

    with torch.no_grad():
        scaled = scores.double() / temperature
        total = torch.exp(scaled - scaled.amax(1, keepdim=True)).cumsum(1)
        wanted = (drawn.double() + 0.5) / 2**32 * total[:, -1]
        return torch.searchsorted(total, wanted[:, None], right=True)[:, 0]
