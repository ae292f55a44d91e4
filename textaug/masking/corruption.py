"""The third step of masking, corrupt: what becomes of the selected tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np

from textaug.draws import Purpose, threshold
from textaug.errors import UsageError
from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import I32, U8, U32
from textaug.kernels.reference.masking import I64, SPECIAL, kinds_of
from textaug.masking.numbering import units_at
from textaug.masking.sheet import Numbering, Sheet

Per = Literal["token", "unit"]


@dataclass(frozen=True, slots=True)
class Writes:
    """What is written into the ids of a batch.

    Attributes:
        offsets: int32, shape (rows + 1,): where the selected tokens of each row begin.
        at: int32: which tokens of the batch are selected, in order.
        token: int64: the new id of each.
        kind: uint8: what happened: see `MASK`, `RANDOM`, `KEEP`, `SIMILAR` in `textaug.kernels.reference.masking`.
    """

    offsets: I32
    at: I32
    token: I64
    kind: U8


@runtime_checkable
class Corruption(Protocol):
    """What says what becomes of the selected tokens."""

    def corrupt(self, numbering: Numbering, selected: tuple[I32, I32], sheet: Sheet) -> Writes:
        """Corrupt the selected tokens."""


@runtime_checkable
class Pool(Protocol):
    """Where random tokens come from."""

    def draw_from(self, sheet: Sheet) -> tuple[I64, U32 | None]:
        """Return the ids to draw from, and rising thresholds if they are not all as likely."""


@dataclass(frozen=True)
class FromVocabulary:
    """Random tokens of the vocabulary, each as likely; never a special one.

    Args:
        specials: draw from all ids, special ones too, as published code does.
    """

    specials: bool = False

    def draw_from(self, sheet: Sheet) -> tuple[I64, U32 | None]:
        """Return the vocabulary's ids."""
        return np.arange(sheet.vocabulary.size) if self.specials else sheet.vocabulary.pool, None


@dataclass(frozen=True)
class FromBatch:
    """Random tokens of the batch, as often as they stand there (SpanBERT: "from the data").

    It is the one choice that makes a mask depend on which rows stand in a batch together.
    """

    def draw_from(self, sheet: Sheet) -> tuple[I64, U32 | None]:
        """Return the batch's tokens, but for special ones."""
        may = kinds_of(sheet.ids.values, sheet.vocabulary.kinds, sheet.special) & SPECIAL == 0
        held = sheet.ids.values[may].astype(np.int64)
        return (held if len(held) else sheet.vocabulary.pool), None


@dataclass(frozen=True)
class FromCorpus:
    """Random tokens as often as in a corpus; never a special one.

    Args:
        counts: how often each id was met; or some power of it.

    Raises:
        UsageError: there are no counts, or negative ones.

    >>> FromCorpus.counted([[5, 6, 6], [6]], size=8).counts
    (0, 0, 0, 0, 0, 1, 3, 0)
    """

    counts: tuple[float, ...] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", tuple(self.counts))
        if not sum(self.counts) > 0 or min(self.counts) < 0:
            raise UsageError("FromCorpus: give counts of at least 0, one for each id, not all of them 0")

    @classmethod
    def counted(cls, ids: Any, size: int) -> FromCorpus:
        """Count the ids of rows."""
        from textaug.masking.rows import Rows

        return cls(tuple(np.bincount(Rows.of(ids).values, minlength=size).tolist()))

    def draw_from(self, sheet: Sheet) -> tuple[I64, U32 | None]:
        """Return the ids that were met, and their thresholds."""
        special = sheet.vocabulary.special
        if special not in self._tables:
            self._tables[special] = self._table(special)
        return self._tables[special]

    @cached_property
    def _tables(self) -> dict[tuple[int, ...], tuple[I64, U32]]:
        return {}

    def _table(self, special: tuple[int, ...]) -> tuple[I64, U32]:
        counts = np.array(self.counts, np.float64)
        counts[[id for id in special if id < len(counts)]] = 0
        ids = np.flatnonzero(counts)
        if not len(ids):
            raise UsageError("FromCorpus: only special tokens were counted, which are never drawn")
        limits = np.floor(np.cumsum(counts[ids]) / counts[ids].sum() * 2**32)
        return ids, np.minimum(limits, 2**32 - 1).astype(np.uint32)


@dataclass(frozen=True)
class Replace:
    """Some selected tokens become the mask token, some a random one, the rest stay.

    Args:
        mask: the share that becomes the mask token.
        random: the share that becomes a random token.
        per: whether each token draws which it is ("token": BERT; of 哈利波特, 41 % become `[M][M][M][M]`, and some
            `[M]利[M][M]`), or each unit does for all of its tokens ("unit": fairseq, SpanBERT).
        pool: where random tokens come from.

    Raises:
        UsageError: the shares are none, or more than 1 together.

    >>> Replace(mask=1.0, random=0.0)
    Replace(mask=1.0, random=0.0, per='token', pool=FromVocabulary(specials=False))
    """

    mask: float = 0.8
    random: float = 0.1
    per: Per = "token"
    pool: Pool = FromVocabulary()

    def __post_init__(self) -> None:
        check_shares("Replace", mask=self.mask, random=self.random)
        if self.per not in ("token", "unit"):
            raise UsageError(f"Replace(per={self.per!r}): give 'token' or 'unit'")

    def corrupt(self, numbering: Numbering, selected: tuple[I32, I32], sheet: Sheet) -> Writes:
        """Write mask tokens and random ones."""
        offsets, at = selected
        unit = units_at(at, numbering, sheet) if self.per == "unit" and numbering.marks is not None else None
        mask = sheet.vocabulary.needs_mask() if self.mask else -1
        token, kind = kernel.corrupt(
            sheet.ids.values,
            offsets,
            at,
            unit,
            sheet.key,
            sheet.row_ids,
            (Purpose.CORRUPT, Purpose.TOKEN),
            (threshold(self.mask), threshold(min(self.mask + self.random, 1.0))),
            mask,
            *drawn_from(self.pool, sheet, bool(self.random)),
        )
        return Writes(offsets, at, token, kind)


def AlwaysMask() -> Replace:  # named as a class: it stands where one would
    """Return the corruption that makes every selected token the mask token."""
    return Replace(mask=1.0, random=0.0)


def drawn_from(pool: Pool, sheet: Sheet, needed: bool = True) -> tuple[I64, U32 | None]:
    """Return what a pool draws from; where it is needed, there is something.

    Raises:
        UsageError: there is nothing.
    """
    ids, weights = pool.draw_from(sheet)
    if needed and not len(ids):
        raise UsageError("the tokenizer has none but special tokens, and random ones are drawn from the others")
    return ids, weights


def check_shares(what: str, **shares: float) -> None:
    """Refuse what are no shares of a whole."""
    for name, share in shares.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise UsageError(f"{what}({name}={share!r}): give a share from 0 to 1")
    if sum(shares.values()) > 1 + 1e-9:
        raise UsageError(
            f"{what}({', '.join(f'{n}={s}' for n, s in shares.items())}): the shares are more than 1 together"
        )
