"""The special tokens of a sequence: what stands before it, behind it, and between two documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from textaug.batch import I32
from textaug.masking.annotate.encoding import encoder

_PROBES = ("a", "1", "。", "")  # one of them has a token


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """What a tokenizer puts around a text.

    Attributes:
        before: int32: `[CLS]`, `<s>`.
        behind: int32: `[SEP]`, `</s>`. The first of them stands between documents, too.
    """

    before: I32
    behind: I32

    @classmethod
    def of(cls, tokenizer: Any) -> Template:
        """Find out by tokenising a text.

        >>> from tokenizers import Tokenizer, models, processors
        >>> tokenizer = Tokenizer(models.WordLevel({"a": 0, "[CLS]": 1, "[SEP]": 2}, unk_token="a"))
        >>> tokenizer.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
        >>> Template.of(tokenizer)
        Template(before=array([1], dtype=int32), behind=array([2], dtype=int32))
        """
        held = encoder(tokenizer)
        for text in _PROBES:
            made = held.encode([text])
            inside = np.flatnonzero(made.layers["special_tokens_mask"] == 0)
            if len(inside):
                return cls(made.ids[: inside[0]], made.ids[inside[-1] + 1 :])
        return cls(made.ids, made.ids[:0])

    @property
    def between(self) -> I32:
        """What stands between documents: int32, one token at most."""
        return self.behind[:1]

    @property
    def size(self) -> int:
        """How many tokens of each sequence are special."""
        return len(self.before) + len(self.behind)
