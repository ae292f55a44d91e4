"""What units, budgets and corruptions are given: the rows of a batch, and what is known of their tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from textaug.errors import DataError
from textaug.kernels.reference.draws import I32, U8, U64
from textaug.kernels.reference.masking import Ids
from textaug.masking.rows import Rows
from textaug.masking.vocabulary import Vocabulary

NODE = "masking/1"
"""The name under which masks are drawn, and its version: the same whatever is drawn, so that masks can be compared."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A batch before it is masked.

    Attributes:
        ids: the token ids.
        vocabulary: what the tokenizer says of them.
        row_ids: uint64, shape (rows,): the rows' addresses.
        key: the key of the draws.
        special: uint8, shape (tokens,): not zero where a token may never be selected, beside the vocabulary's special
            ones; None if there are no others.
        columns: what the data set says of each token, by name.
        step: the step of the training run, for schedules.
    """

    ids: Rows
    vocabulary: Vocabulary
    row_ids: U64
    key: int
    special: U8 | None = None
    columns: Mapping[str, Rows] = field(default_factory=dict)
    step: int = 0

    @property
    def known(self) -> tuple[Ids, I32, U8, U8 | None]:
        """The tokens, where rows begin, and which may never be selected, as kernels take them."""
        return self.ids.values, self.ids.offsets, self.vocabulary.kinds, self.special

    def column(self, name: str, remedy: str = "") -> Rows:
        """Return a column of the data set.

        Raises:
            DataError: there is none, or its rows are not as long as the ids'.
        """
        if name not in self.columns:
            held = ", ".join(sorted(self.columns)) or "none"
            hint = remedy or f"make it with textaug.masking.annotate, or name another; columns here: {held}"
            raise DataError(f"the features have no '{name}', which says what belongs together; {hint}")
        found = self.columns[name]
        found.check_like(self.ids, name)
        return found


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which tokens belong together: see `textaug.kernels.reference.masking`.

    Attributes:
        marks: uint8, shape (tokens,): at which tokens units begin, and which have none; None: every token that is not
            special is a unit.
        first: int32, shape (tokens,), if units may have gaps: the place in its row where the unit of each token begins,
            -1 where it has none; None: they have no gaps.
        rank: uint8, shape (tokens,), or None: units of a lower rank come first when a budget is spent.
    """

    marks: U8 | None
    first: I32 | None = None
    rank: U8 | None = None
