"""Texts as a fast tokenizer cuts them: ids, and where in its text each token stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textaug.batch import I32, Mask
from textaug.errors import UsageError, missing

if TYPE_CHECKING:
    from tokenizers import Tokenizer

AT_ONCE = 512
"""So many texts are with the tokenizer at once: its own objects take hundreds of bytes a token."""
_LAYERS = {"special_tokens_mask": "special_tokens_mask", "token_type_ids": "type_ids", "attention_mask": ""}
"""What models call the layers, and what tokenizers call them; without padding, attention is on all tokens."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of some texts.

    Attributes:
        ids: int32, shape (tokens,).
        offsets: int32, shape (texts + 1,): where each text's tokens begin, and the end of the last.
        start, end: int32, shape (tokens,): where each token stands, in code points of its text.
        special: bool, shape (tokens,): stands for no text.
        layers: further int8 columns, by the names that models give them.
    """

    ids: I32
    offsets: I32
    start: I32
    end: I32
    special: Mask
    layers: dict[str, npt.NDArray[np.int8]]

    @property
    def rows(self) -> I32:
        """The text of each token."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))

    def part(self, first: int, last: int) -> Encoded:
        """Return the texts from `first` to before `last`."""
        held = slice(self.offsets[first], self.offsets[last])
        offsets = self.offsets[first : last + 1] - self.offsets[first]
        layers = {name: layer[held] for name, layer in self.layers.items()}
        return Encoded(self.ids[held], offsets, self.start[held], self.end[held], self.special[held], layers)


@dataclass(frozen=True)
class Encoder:
    """A fast tokenizer as plain values: equal, hashable and pickled by what it does.

    Attributes:
        tokenizer: its JSON, without padding and truncation.
        layers: what it gives beside ids.
        unk_id: the token for what it does not know, -1 for none: it stands for text, though it counts as special.
        add_special_tokens: whether texts get the tokens of the tokenizer's template.
        max_length: so many tokens of a text at most.
        side: where longer texts are cut.
        split_special_tokens: whether special tokens that are written in a text are text.
    """

    tokenizer: str
    layers: tuple[str, ...]
    unk_id: int
    add_special_tokens: bool
    max_length: int | None
    side: str
    split_special_tokens: bool

    def __repr__(self) -> str:
        return f"Encoder({len(self.tokenizer):,} bytes of JSON, max_length={self.max_length})"

    def encode(self, texts: Sequence[str | None]) -> Encoded:
        """Cut texts into tokens; of None there are none."""
        run, special = _opened(self)
        held = [text for text in texts if text is not None]
        pieces = [self._columns(run, held[at : at + AT_ONCE]) for at in range(0, len(held), AT_ONCE)]
        columns = [np.concatenate(column) for column in zip(*(pieces or [self._columns(run, [])]), strict=True)]
        counts, ids, offsets, layers = columns[0], columns[1], columns[2].reshape(-1, 2), columns[3:]
        per_text = np.zeros(len(texts), np.int32)
        per_text[[text is not None for text in texts]] = counts
        named = dict(zip(self.layers, layers, strict=True))
        bounds = np.append(np.int32(0), np.cumsum(per_text, dtype=np.int32))
        start, end = (np.ascontiguousarray(column) for column in offsets.T)
        return Encoded(ids, bounds, start, end, np.isin(ids, special) | (named["special_tokens_mask"] != 0), named)

    def _columns(self, run: Tokenizer, texts: list[str]) -> list[npt.NDArray[Any]]:
        """Return the number of tokens of each text, their ids, starts and ends in turn, and the layers."""
        made = run.encode_batch(texts, add_special_tokens=self.add_special_tokens)
        counts = np.array([len(one) for one in made], np.int32)
        total = int(counts.sum())

        def column(name: str, kind: type[np.integer[Any]]) -> npt.NDArray[Any]:
            return np.fromiter(chain.from_iterable(getattr(one, name) for one in made), kind, total)

        places = chain.from_iterable(chain.from_iterable(one.offsets for one in made))
        layers = [column(_LAYERS[name], np.int8) if _LAYERS[name] else np.ones(total, np.int8) for name in self.layers]
        return [counts, column("ids", np.int32), np.fromiter(places, np.int32, 2 * total), *layers]


def encoder(tokenizer: Any, *, max_length: int | None = None, add_special_tokens: bool = True) -> Encoder:
    """Read a fast tokenizer of transformers, or a `tokenizers.Tokenizer`, which is left as it is.

    Raises:
        UsageError: the tokenizer does not tell where tokens stand, or no token of a text fits into `max_length`.
    """
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise missing("tokenizers", "subword", "where tokens stand in a text") from None
    held = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if not isinstance(held, Tokenizer):
        name = type(tokenizer).__name__
        raise UsageError(
            f"{name} does not tell where its tokens stand; give a fast tokenizer or a tokenizers.Tokenizer"
        )
    fresh = Tokenizer.from_str(held.to_str())
    fresh.no_padding()
    fresh.no_truncation()
    taken = fresh.num_special_tokens_to_add(is_pair=False) if add_special_tokens else 0
    if max_length is not None and max_length <= taken:
        raise UsageError(f"max_length={max_length} has no room beside {taken} special tokens; give more")
    given = getattr(tokenizer, "model_input_names", ())
    layers = ("special_tokens_mask", *(name for name in given if name in _LAYERS))
    unk = getattr(tokenizer, "unk_token_id", None) if held is not tokenizer else _unknown(fresh)
    side = getattr(tokenizer, "truncation_side", "right")
    split = bool(held.encode_special_tokens)
    return Encoder(fresh.to_str(), layers, -1 if unk is None else unk, add_special_tokens, max_length, side, split)


def _unknown(held: Tokenizer) -> int | None:
    """Return the id of the token for what a tokenizer does not know."""
    model = json.loads(held.to_str())["model"]
    named = model.get("unk_token")
    found: int | None = model.get("unk_id") if named is None else held.token_to_id(named)
    return found


@lru_cache(maxsize=8)
def _opened(given: Encoder) -> tuple[Tokenizer, I32]:
    """Return the tokenizer at work, and the ids that stand for no text; once a process."""
    from tokenizers import Tokenizer

    run = Tokenizer.from_str(given.tokenizer)
    run.encode_special_tokens = given.split_special_tokens
    if given.max_length is not None:
        run.enable_truncation(given.max_length, direction=given.side)
    added = {} if given.split_special_tokens else run.get_added_tokens_decoder()
    return run, np.array([k for k, one in added.items() if one.special and k != given.unk_id], np.int32)
