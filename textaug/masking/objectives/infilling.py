"""Text infilling (BART): noise of five kinds in the inputs, and the whole text in the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any, Literal

import numpy as np

from textaug.draws import Purpose, threshold
from textaug.errors import UsageError
from textaug.kernels import infilling as kernel
from textaug.kernels.reference.draws import I32, U8, U64
from textaug.kernels.reference.masking import I64
from textaug.masking.budget import Exact
from textaug.masking.collator import Collator
from textaug.masking.features import Columns
from textaug.masking.numbering import pieces
from textaug.masking.objectives.prepare import batch, sheet_of
from textaug.masking.objectives.sentences import ends_of, stops_of
from textaug.masking.rows import Rows
from textaug.masking.sheet import Sheet
from textaug.masking.units import Units, Words

NO_POOL = np.zeros(0, np.int64)


@cache
def poisson(mean: float) -> U64:
    """Return the thresholds of a Poisson distribution: the number of those that a draw does not stay under has it.

    They are computed in decimal numbers of fifty digits, so that all machines have the same.

    >>> (poisson(3.0)[:2] / 2**32).round(4).tolist(), len(poisson(3.0))
    ([0.0498, 0.1991], 19)
    """
    limits: list[int] = []
    with localcontext() as context:
        context.prec = 50
        part = (-Decimal(repr(mean))).exp()
        total = part
        while (limit := int((total * 2**32).to_integral_value())) < 2**32:
            limits.append(limit)
            part *= Decimal(repr(mean)) / len(limits)
            total += part
    made = np.array(limits, np.uint64)
    made.flags.writeable = False  # it is kept, and handed to all who ask
    return made


@dataclass(frozen=True)
class Infilling:
    """Which noise a row gets, in this order: sentences move, words become masks, the row begins elsewhere.

    Args:
        probability: the share of words that spans cover, rounded up.
        poisson_lambda: the mean length of a span in words; None: spans are single words.
        replace: what stands in place of a span: 1 a mask, 0 nothing, -1 a mask for each of its tokens.
        random: the share of masks that are a random token.
        permute: the share of sentences that change places, rounded up.
        rotate: the chance that a row begins with another token.
        units: what a word is.
        stops: uint8 of each id: whether a sentence ends with it.

    Raises:
        UsageError: an argument is out of its range.
    """

    probability: float = 0.3
    poisson_lambda: float | None = 3.0
    replace: Literal[-1, 0, 1] = 1
    random: float = 0.0
    permute: float = 0.0
    rotate: float = 0.0
    units: Units = field(default_factory=Words)
    stops: U8 | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        shares = {
            "mlm_probability": self.probability,
            "random_replace_prob": self.random,
            "permute_sentence_ratio": self.permute,
            "rotate_ratio": self.rotate,
        }
        for name, share in shares.items():
            if not 0 <= share <= 1:
                raise UsageError(f"{name}={share}: give a share from 0 to 1")
        if self.poisson_lambda is not None and not 0.1 <= self.poisson_lambda <= 100:
            raise UsageError(f"poisson_lambda={self.poisson_lambda}: give a mean from 0.1 to 100, or None for words")
        if self.replace not in (-1, 0, 1):
            raise UsageError(f"replace_length={self.replace}: give 1 (a mask), 0 (nothing) or -1 (a mask a token)")

    def corrupt(self, sheet: Sheet) -> Rows:
        """Return the rows with noise.

        Raises:
            UsageError: sentences are to move, and nothing says where one ends; or there is no mask token.
        """
        offsets = sheet.ids.offsets
        ids = sheet.ids.values.astype(np.int64, copy=False)
        part = pieces(self.units.number(sheet), sheet)
        words, lead, trail = kernel.extent(part, offsets)
        if self.permute:
            share = Fraction(repr(float(self.permute))).limit_denominator(1_000_000)
            ends, purposes = ends_of(sheet, self.stops), (Purpose.SELECT, Purpose.ORDER)
            ids, part = kernel.sentences(
                ids,
                part,
                offsets,
                lead,
                trail,
                ends,
                sheet.key,
                sheet.row_ids,
                purposes,
                (share.numerator, share.denominator),
            )
        if self.probability:
            ids, offsets = self._filled(ids, part, words, lead, sheet)
        if self.rotate:
            limit = threshold(self.rotate)
            ids = kernel.rotate(ids, offsets, lead, trail, sheet.key, sheet.row_ids, Purpose.GATE, limit)
        return Rows(ids, offsets)

    def _filled(self, ids: I64, part: U8, words: I32, lead: I32, sheet: Sheet) -> tuple[I64, I32]:
        """Put masks in place of spans."""
        budget = Exact(self.probability, "ceil", 0).budgets(words)
        if self.poisson_lambda is None:
            ends = np.concatenate([[0], np.cumsum(budget)]).astype(np.int32)
            spans = ends, np.ones(int(ends[-1]), np.int32)
        else:
            limits, purposes = poisson(float(self.poisson_lambda)), (Purpose.LENGTH, Purpose.BUDGET)
            spans = kernel.lengths(budget, limits, sheet.key, sheet.row_ids, purposes)
        nothing = self.poisson_lambda is None and self.replace == 0  # but words that go
        return kernel.fill(
            ids,
            part,
            sheet.ids.offsets,
            words,
            lead,
            *spans,
            sheet.key,
            sheet.row_ids,
            (Purpose.PLACE, Purpose.CORRUPT, Purpose.TOKEN),
            self.replace,
            -1 if nothing else sheet.vocabulary.needs_mask(),
            threshold(self.random),
            sheet.vocabulary.pool if self.random else NO_POOL,
        )


@dataclass
class DataCollatorForTextInfilling(Collator):
    """Corrupt rows as BART does, and have the model rebuild them.

    | noise of the paper | arguments |
    |---|---|
    | token masking | `poisson_lambda=None` |
    | token deletion | `poisson_lambda=None, replace_length=0` |
    | text infilling | the defaults: spans of Poisson(3) words become a mask each; spans of none put a mask in |
    | sentence permutation | `permute_sentence_ratio=1.0` |
    | document rotation | `rotate_ratio=1.0` |

    They can be joined, and come in the order: sentences, spans, rotation. The spans cover exactly the share of words,
    rounded up, and never one another; special tokens are never in one, and those at the ends of a row stay there.
    Everything depends on the seed, the epoch and the row's id alone.

    Args:
        tokenizer: of transformers or of the library `tokenizers`.
        mlm_probability: the share of words that is covered; 0.0 for sentences and rotation by themselves.
        poisson_lambda: the mean length of a span in words; None: single words.
        replace_length: what stands in place of a span: 1 a mask, 0 nothing, -1 a mask for each of its tokens.
        random_replace_prob: the share of masks that become a random token, as fairseq's `mask_random`.
        permute_sentence_ratio: the share of sentences that change places, rounded up.
        rotate_ratio: the chance that a row begins with another of its tokens.
        units: what a word is; `Tokens()` for single tokens.
        sentence_ends: the ids that end sentences; None: those whose text is full stops. Where the features have a
            column `sentence_ids` it says which tokens make a sentence.
        pad_to_multiple_of: rounds the widths of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        source: the file or data set that the rows come from: part of the address of draws.

    Returns:
        When called, a mapping: `input_ids` with noise, `attention_mask`, `labels`: the rows as they came (int64; -100
        behind the end), each padded to its own width, and the columns that do not have a value for each token.

    Raises:
        UsageError: an argument is wrong, the tokenizer has no mask token and one is needed, or sentences are to move
            and nothing says where they end.

    Source:
        Lewis et al., "BART: Denoising Sequence-to-Sequence Pre-training" (ACL 2020); fairseq's `DenoisingDataset`,
        whose spans may cover one another, so that less is masked than was asked for.

    >>> from textaug.masking import Tokens, Vocabulary
    >>> tokenizer = Vocabulary(("<pad>", "<s>", "</s>", "<mask>", *"abcdefghij"), (0, 1, 2, 3), mask=3, pad=0)
    >>> collate = DataCollatorForTextInfilling(tokenizer, units=Tokens(), return_tensors="np", seed=1)
    >>> batch = collate([{"input_ids": [1, *range(4, 14), 2], "row_id": 7}])
    >>> batch["input_ids"].tolist(), batch["labels"].tolist()
    ([[1, 4, 3, 6, 7, 3, 10, 11, 12, 13, 2]], [[1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 2]])
    """

    tokenizer: Any
    mlm_probability: float = 0.3
    poisson_lambda: float | None = 3.0
    replace_length: Literal[-1, 0, 1] = 1
    random_replace_prob: float = 0.0
    permute_sentence_ratio: float = 0.0
    rotate_ratio: float = 0.0
    units: Units = field(default_factory=Words)
    sentence_ends: Sequence[int] | None = None
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    source: str = ""
    infilling: Infilling = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        stops = stops_of(self.vocabulary, self.sentence_ends) if self.permute_sentence_ratio else None
        self.infilling = Infilling(
            self.mlm_probability,
            self.poisson_lambda,
            self.replace_length,
            self.random_replace_prob,
            self.permute_sentence_ratio,
            self.rotate_ratio,
            self.units,
            stops,
        )
        if self.mlm_probability and not (self.poisson_lambda is None and self.replace_length == 0):
            self.vocabulary.needs_mask()

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        sheet = sheet_of(self, columns)
        return batch(self, self.infilling.corrupt(sheet), sheet.ids, columns, sheet.ids, "text infilling")
