"""Tokenizers of the library `tokenizers`, taken apart.

The library normalises the text and cuts it into words, and says where in the text they stood. To see that, the model is
put out of action: byte-pair encoding without its merges leaves the symbols as they are, and for other models one stands
in that knows bytes alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from textaug.batch import I32, Batch
from textaug.errors import DataError, UsageError, missing
from textaug.subword.bpe import Merges
from textaug.subword.model import Tokenizer
from textaug.subword.symbols import CODE_POINTS, LETTER, Segmenter, Symbols, code_points, kinds, row_texts
from textaug.subword.unigram import UNKNOWN, Unigram, placed
from textaug.subword.vocabulary import Vocabulary
from textaug.subword.wordpiece import WordPiece

BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
_BYTES = {
    "type": "BPE",
    "byte_fallback": True,
    "fuse_unk": False,
    "merges": [],
    "vocab": {byte: i for i, byte in enumerate(BYTES)},
}


class _Parts(NamedTuple):
    read: Callable[[Batch, bool], Symbols]
    segmenter: Segmenter
    unknown: int
    bytes: list[int] | None


def from_file(path: Path) -> Tokenizer:
    """Load a tokenizer.json.

    Raises:
        UsageError: tokenizers is not installed, or the model has no subwords.
        DataError: the file is none.
    """
    try:
        import tokenizers
    except ImportError:
        raise missing("tokenizers", "subword", "a tokenizer.json") from None
    try:
        held = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more special
        raise DataError(f"{path} is no tokenizer.json: {error}; save it anew with tokenizers") from None
    return taken_apart(held)


def taken_apart(tokenizer: Any) -> Tokenizer:
    """Take a `tokenizers.Tokenizer` apart.

    Raises:
        UsageError: it is none, or its model has no subwords.
    """
    try:
        table = json.loads(tokenizer.to_str())
    except AttributeError:
        raise UsageError(f"{type(tokenizer).__name__} is no tokenizer; give a path or a tokenizers.Tokenizer") from None
    table |= {"truncation": None, "padding": None, "post_processor": None}
    kind = table["model"]["type"]
    if kind not in _PARTS:
        raise UsageError(f"a tokenizer of type {kind} has no subwords; give one of: {', '.join(_PARTS)}")
    read, segmenter, unknown, byte = _PARTS[kind](table)
    names = tokenizer.get_vocab(with_added_tokens=True)
    tokens = [""] * (max(names.values(), default=-1) + 1)
    for name, i in names.items():
        tokens[i] = name
    return Tokenizer(read, segmenter, Vocabulary(tokens, unknown, byte), _around(tokenizer, table))


def _bpe(table: dict[str, Any]) -> _Parts:
    model = table["model"]
    ids, prefix = model["vocab"], len(model["continuing_subword_prefix"] or "")
    merges = {(ids[a], ids[b]): (rank, ids[a + b[prefix:]]) for rank, (a, b) in enumerate(model["merges"])}
    made = Merges.of(((rank, *pair, piece) for pair, (rank, piece) in merges.items()), _letters(table))
    probe = _probe(table | {"model": model | {"merges": [], "ignore_merges": False}})
    if model["ignore_merges"]:
        symbols = {i: [one.id for one in probe.model.tokenize(name)] for name, i in ids.items()}
        made = made.taking({i: np.array(some, np.int32) for i, some in symbols.items()})
    return _Parts(partial(_encoded, probe), made, -1, None)


def _letters(table: dict[str, Any]) -> list[int]:
    """Return the symbols that are letters; of bytes, only the ASCII ones are."""
    model = table["model"]
    prefix, suffix = model["continuing_subword_prefix"] or "", model["end_of_word_suffix"] or ""
    of_bytes = '"ByteLevel"' in json.dumps([table["pre_tokenizer"], table["normalizer"]])
    bare = {i: name.removesuffix(suffix).removeprefix(prefix) for name, i in model["vocab"].items()}
    return [i for i, one in bare.items() if len(one) == 1 and kinds()[ord(one)] == LETTER and one.isascii() >= of_bytes]


def _unigram(table: dict[str, Any]) -> _Parts:
    model = table["model"]
    pieces = {piece: (i, score) for i, (piece, score) in enumerate(model["vocab"])}
    least = min((score for _, score in pieces.values()), default=0.0)
    byte = [pieces[one][0] for one in BYTES] if model["byte_fallback"] and pieces.keys() >= set(BYTES) else None
    unknown = -1 if model["unk_id"] is None else model["unk_id"]
    plain = _probe(table | {"model": {key: model[key] for key in ("type", "unk_id", "vocab", "byte_fallback")}})
    names = {piece: i for piece, (i, _) in pieces.items()}, frozenset(BYTES if byte else ())
    read = partial(_with_own, _bytes_reader(table), plain, *names)
    return _Parts(read, Unigram(pieces, least - UNKNOWN), unknown, byte)


def _with_own(
    read: Callable[[Batch, bool], Symbols],
    plain: Any,
    ids: dict[str, int],
    byte: frozenset[str],
    batch: Batch,
    places: bool,
) -> Symbols:
    """Return what `read` does, with the library's pieces."""
    made = read(batch, places)
    done = plain.encode_batch(row_texts(batch), add_special_tokens=False)
    return replace(made, own=placed(chain.from_iterable(one.tokens for one in done), ids, byte, made.ids))


def _wordpiece(table: dict[str, Any]) -> _Parts:
    model = table["model"]
    unknown = model["vocab"].get(model["unk_token"], -1)
    prefix, longest = model["continuing_subword_prefix"], model["max_input_chars_per_word"]
    return _Parts(_bytes_reader(table), WordPiece(model["vocab"], prefix, unknown, longest), unknown, None)


_PARTS: dict[str, Callable[[dict[str, Any]], _Parts]] = {"BPE": _bpe, "Unigram": _unigram, "WordPiece": _wordpiece}


def _probe(table: dict[str, Any]) -> Any:
    import tokenizers

    return tokenizers.Tokenizer.from_str(json.dumps(table))


def _around(tokenizer: Any, table: dict[str, Any]) -> tuple[list[int], list[int]]:
    """Return the ids that the tokenizer puts before and behind a text."""
    plain = _probe(table | {"post_processor": json.loads(tokenizer.to_str())["post_processor"]})
    with_them, without = (plain.encode("a", add_special_tokens=some).ids for some in (True, False))
    size = len(without)
    at = next(i for i in range(len(with_them) - size + 1) if with_them[i : i + size] == without)
    return with_them[:at], with_them[at + size :]


def _encoded(probe: Any, batch: Batch, places: bool) -> Symbols:
    """Let the library encode a batch's rows, and collect what it says."""
    done = probe.encode_batch(row_texts(batch), add_special_tokens=False)
    ids = [one.ids for one in done]
    offsets = np.cumsum([0, *map(len, ids)], dtype=np.int32)
    word = _flat((one.word_ids for one in done), offsets[-1])
    breaks = np.ones(len(word), bool)
    breaks[1:] = word[1:] != word[:-1]
    breaks[offsets[:-1][np.diff(offsets) > 0]] = True
    made = Symbols(_flat(ids, offsets[-1]), offsets, breaks)
    if not places:
        return made
    pairs = _flat((chain.from_iterable(one.offsets) for one in done), 2 * offsets[-1]).reshape(-1, 2)
    return replace(made, start=pairs[:, 0].copy(), end=pairs[:, 1].copy())


def _flat(parts: Iterable[Iterable[int]], count: int) -> I32:
    return np.fromiter(chain.from_iterable(parts), np.int32, count)


def _bytes_reader(table: dict[str, Any]) -> Callable[[Batch, bool], Symbols]:
    """Return a reader of characters: a model that knows bytes alone is asked for them."""
    added = table["added_tokens"]
    numbered = [token | {"id": len(BYTES) + i} for i, token in enumerate(added)]
    probe = _probe(table | {"model": _BYTES, "added_tokens": numbered})
    return partial(_read_characters, probe, np.array([token["id"] for token in added], np.int32))


def _read_characters(probe: Any, added: I32, batch: Batch, places: bool) -> Symbols:
    """Return a batch's characters, as the library normalises them; added tokens are whole by themselves."""
    read = _encoded(probe, batch, places)
    is_added = read.ids >= len(BYTES)
    first = is_added | (read.ids & 0xC0 != 0x80)  # no byte inside of a character
    text = read.ids[~is_added].astype(np.uint8).tobytes().decode()
    ids = np.empty(len(read), np.int32)
    ids[first & ~is_added], _ = code_points([text])
    ids[is_added] = CODE_POINTS + added[read.ids[is_added] - len(BYTES)]
    total = np.concatenate([[0], np.cumsum(first)]).astype(np.int32)
    start, end = (None if side is None else side[first] for side in (read.start, read.end))
    return Symbols(ids[first], total[read.row_offsets], read.breaks[first], start, end)
