"""What a tokenizer says of its ids: which are special, which go on with a word, which stand alone."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError
from textaug.kernels.reference.draws import I32, U8
from textaug.kernels.reference.masking import ALONE, CONTINUES, HAN, I64, SPECIAL

STYLES = ("wordpiece", "bytes", "blanks")
"""How a vocabulary marks words: `##` goes on; Ġ, a blank as a byte-level model writes it, begins; so does ▁."""

_HELD: WeakKeyDictionary[Any, tuple[int, Vocabulary]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The ids of a tokenizer.

    Attributes:
        tokens: the text of each id; empty where there is none.
        special: the ids that are never masked and never drawn.
        mask: the id of the mask token, -1 where there is none.
        pad: the id that fills rows up.
        style: one of `STYLES`, or empty where words are not marked.

    >>> held = Vocabulary(("[PAD]", "[MASK]", "play", "##ing", ","), (0, 1), mask=1, pad=0, style="wordpiece")
    >>> held.pool.tolist(), held.kinds.tolist()
    ([2, 3, 4], [1, 1, 0, 2, 4])
    """

    tokens: tuple[str, ...] = field(repr=False)
    special: tuple[int, ...]
    mask: int
    pad: int
    style: str = ""

    @classmethod
    def of(cls, tokenizer: Any) -> Vocabulary:
        """Read a tokenizer: of transformers, fast or slow, or of the library `tokenizers`; once for each.

        Raises:
            UsageError: it is none of them.
        """
        if isinstance(tokenizer, Vocabulary):
            return tokenizer
        try:
            count, held = _HELD.get(tokenizer, (-1, None))
            if held is None or count != _count(tokenizer):  # tokens were added since
                _HELD[tokenizer] = count, held = _count(tokenizer), _read(tokenizer)
        except TypeError:  # it cannot be referred to weakly: it is read anew each time
            held = _read(tokenizer)
        return held

    @property
    def size(self) -> int:
        """How many ids there are."""
        return len(self.tokens)

    def needs_mask(self) -> int:
        """Return the id of the mask token.

        Raises:
            UsageError: there is none.
        """
        if self.mask < 0:
            raise UsageError(
                "the tokenizer has no mask token; add one with "
                "tokenizer.add_special_tokens({'mask_token': '[MASK]'}), or choose an objective that needs none"
            )
        return self.mask

    @cached_property
    def pool(self) -> I64:
        """The ids that may be drawn as random tokens: all that have a text and are not special."""
        may = np.array([bool(token) for token in self.tokens], bool)
        may[list(self.special)] = False
        return np.flatnonzero(may)

    @cached_property
    def kinds(self) -> U8:
        """What each id is, as bits: see `textaug.kernels.reference.masking`."""
        made = np.zeros(self.size, np.uint8)
        for id, token in enumerate(self.tokens):
            made[id] = self._kind(token)
        made[list(self.special)] = SPECIAL
        return made

    @cached_property
    def opens(self) -> npt.NDArray[np.bool_]:
        """Which ids are marked as the begin of a word."""
        return np.array([self.begins(token) for token in self.tokens], bool)

    @cached_property
    def blanks(self) -> npt.NDArray[np.bool_]:
        """Which ids are nothing but the mark that a word begins."""
        return np.array([token in ("▁", "Ġ") for token in self.tokens], bool) & self.opens

    @cached_property
    def parts(self) -> npt.NDArray[np.bool_]:
        """Which ids are of the kind HAN as pieces of characters, which may be Chinese ones or others."""
        data, at = self.text
        made = np.zeros(self.size, bool)
        for id in np.flatnonzero(self.kinds & HAN).tolist():
            made[id] = not all(map(is_han, data[at[id] : at[id + 1]].tobytes().decode(errors="replace")))
        return made

    @cached_property
    def text(self) -> tuple[U8, I64]:
        """The bytes that each id stands for, end to end, and where each begins; marks of words left out."""
        pieces = [self._bytes(token) for token in self.tokens]
        return np.frombuffer(b"".join(pieces), np.uint8), np.cumsum([0, *map(len, pieces)], dtype=np.int64)

    def begins(self, token: str) -> bool:
        """Say whether a token is marked as the begin of a word."""
        return {"wordpiece": not token.startswith("##"), "bytes": token[:1] in "ĠĊĉč", "blanks": token[:1] == "▁"}.get(
            self.style, True
        )

    def _kind(self, token: str) -> int:
        text = self._bytes(token)
        kind = 0 if self.begins(token) else CONTINUES
        if not text:
            return kind | (ALONE if token not in ("", "▁", "Ġ") and self.style == "bytes" else 0)
        try:
            plain = text.decode()
        except UnicodeDecodeError:  # a part of a character
            return kind | (HAN if min(text) >= 0x80 else 0)
        if all(map(_is_mark, plain)):
            return kind | ALONE
        return kind | (HAN if all(map(is_han, plain)) else 0)

    def _bytes(self, token: str) -> bytes:
        if self.style == "bytes":
            table = _byte_letters()
            return (
                bytes(table[c] for c in token if c in table).strip() if set(token) <= table.keys() else token.encode()
            )
        if self.style == "blanks":
            if len(token) == 6 and token.startswith("<0x"):
                return bytes([int(token[3:5], 16)])
            return token.lstrip("▁").encode()
        return token.removeprefix("##").encode()


@dataclass(frozen=True, slots=True)
class Pieces:
    """The bytes of some tokens, end to end."""

    data: U8
    offsets: I32


def pieces(vocabulary: Vocabulary, ids: npt.NDArray[Any]) -> Pieces:
    """Return the bytes that tokens stand for."""
    data, at = vocabulary.text
    length = (at[ids + 1] - at[ids]).astype(np.int32)
    offsets = np.concatenate([[0], np.cumsum(length)]).astype(np.int32)
    source = np.arange(offsets[-1]) + np.repeat(at[ids] - offsets[:-1], length)
    return Pieces(data[source], offsets)


def _count(tokenizer: Any) -> int:
    return int(tokenizer.get_vocab_size() if hasattr(tokenizer, "get_vocab_size") else len(tokenizer))


def _names(tokenizer: Any) -> dict[str, int]:
    """Return the tokens and their ids, those that were added too."""
    try:
        return dict(tokenizer.get_vocab())
    except (AttributeError, TypeError):
        raise UsageError(
            f"{type(tokenizer).__name__} is no tokenizer that textaug knows; "
            "give one of transformers (AutoTokenizer.from_pretrained) or a tokenizers.Tokenizer"
        ) from None


def _read(tokenizer: Any) -> Vocabulary:
    names = _names(tokenizer)
    tokens = [""] * (max(names.values(), default=-1) + 1)
    for token, id in names.items():
        tokens[id] = token
    if hasattr(tokenizer, "all_special_ids"):
        special = set(tokenizer.all_special_ids) | _added(getattr(tokenizer, "added_tokens_decoder", {}))
        mask, pad = tokenizer.mask_token_id, tokenizer.pad_token_id
    else:
        special = _added(tokenizer.get_added_tokens_decoder())
        mask = next((names[name] for name in ("[MASK]", "<mask>") if name in names), None)
        pad = next((names[name] for name in ("[PAD]", "<pad>", "<|endoftext|>") if name in names), None)
    style = _style(tokenizer, [token for id, token in enumerate(tokens) if id not in special])
    return Vocabulary(
        tuple(tokens), tuple(sorted(special)), -1 if mask is None else mask, 0 if pad is None else pad, style
    )


def _added(decoder: dict[int, Any]) -> set[int]:
    return {id for id, token in decoder.items() if token.special}


def _style(tokenizer: Any, tokens: Iterable[str]) -> str:
    """Tell how words are marked: by the tokenizer's own rules if it shows them, else by its tokens."""
    held = getattr(tokenizer, "backend_tokenizer", tokenizer)
    shown = json.loads(held.to_str()) if hasattr(held, "to_str") else {}
    kinds = set(_types(shown.get("pre_tokenizer"))) | set(_types(shown.get("decoder")))
    if "ByteLevel" in kinds:
        return "bytes"
    if shown.get("model", {}).get("type") == "WordPiece":
        return "wordpiece"
    if "Metaspace" in kinds:
        return "blanks"
    first = {token[:2] for token in tokens if len(token) > 1}
    letters = {one[0] for one in first}
    for style, found in (("wordpiece", "##" in first), ("blanks", "▁" in letters), ("bytes", "Ġ" in letters)):
        if found:
            return style
    return ""


def _types(part: Any) -> Iterable[str]:
    """Name the parts of a pre-tokenizer, those inside of a sequence too."""
    if isinstance(part, dict):
        yield str(part.get("type", ""))
        for inner in (*part.get("pretokenizers", ()), *part.get("decoders", ())):
            yield from _types(inner)


@cache
def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PSZC"


@cache
def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one."""
    from textaug.languages.scripts import HAN as HAN_SCRIPT
    from textaug.languages.scripts import script_of

    return bool(script_of(np.array([ord(char)]))[0] == HAN_SCRIPT)


@cache
def _byte_letters() -> dict[str, int]:
    """Return the byte of each letter that stands for one in a byte-level vocabulary (Radford et al. 2019)."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(256 + k): byte for k, byte in enumerate(others)}
