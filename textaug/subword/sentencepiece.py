"""Tokenizers of the library `sentencepiece`, taken apart: it normalises text, and the model's file has the pieces.

The file is a protocol buffer, `ModelProto` of sentencepiece_model.proto; what is needed of it is read here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from enum import IntEnum
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.errors import DataError, UsageError, missing
from textaug.subword.bpe import Merges
from textaug.subword.model import Tokenizer
from textaug.subword.symbols import CODE_POINTS, HOLE, LETTER, Segmenter, Symbols, code_points, kinds, row_texts
from textaug.subword.unigram import UNKNOWN, Unigram, placed
from textaug.subword.vocabulary import Vocabulary

MODELS = {1: "unigram", 2: "bpe", 3: "word", 4: "char"}


class Kind(IntEnum):
    """What a piece is."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


class Piece(NamedTuple):
    """A piece as the file has it."""

    text: str
    score: float
    kind: Kind


class Model(NamedTuple):
    """What the file says."""

    pieces: list[Piece]
    kind: str

    def ids(self, *kinds: Kind) -> dict[str, int]:
        """Return the ids of the pieces of these kinds."""
        return {piece.text: i for i, piece in enumerate(self.pieces) if piece.kind in kinds}


def parse(data: bytes) -> Model:
    """Read a ModelProto."""
    pieces, kind = [], 1
    for number, value in _fields(data):
        if number == 1:
            held = dict(_fields(value))
            (score,) = struct.unpack("<f", held.get(2, bytes(4)))
            pieces.append(Piece(held[1].decode(), score, Kind(held.get(3, 1))))
        elif number == 2:
            kind = dict(_fields(value)).get(3, 1)
    return Model(pieces, MODELS[kind])


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the fields (number, value) of a message."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        size = {1: 8, 5: 4}.get(tag & 7)
        if tag & 7 == 0:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        if tag & 7 == 2:
            size, at = _varint(data, at)
        if size is None or at + size > len(data):
            raise ValueError(f"no field at byte {at}")
        yield tag >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte, at = data[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def from_file(path: Path) -> Tokenizer:
    """Load a SentencePiece .model.

    Raises:
        UsageError: sentencepiece is not installed, or the model has no subwords.
        DataError: the file is none, or holds what cannot be drawn.
    """
    try:
        import sentencepiece
    except ImportError:
        raise missing("sentencepiece", "subword", "a SentencePiece .model") from None
    remedy = "train it anew with sentencepiece"
    try:
        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        model = parse(path.read_bytes())
    except (OSError, RuntimeError, ValueError, KeyError, IndexError) as error:
        raise DataError(f"{path} is no SentencePiece model: {error}; {remedy}") from None
    if model.kind not in ("bpe", "unigram"):
        raise UsageError(f"{path}: a model of type {model.kind} has no subwords; give one of type bpe or unigram")
    if model.kind == "bpe" and (problem := _problem(model)):
        raise DataError(f"{path}: {problem}; {remedy}")
    byte = list(model.ids(Kind.BYTE).values())
    unknown = next(iter(model.ids(Kind.UNKNOWN).values()))
    names = Vocabulary([piece.text for piece in model.pieces], unknown, byte if len(byte) == 256 else None)
    return Tokenizer(*(_bpe(model, processor) if model.kind == "bpe" else _unigram(model, processor)), names)


def _problem(model: Model) -> str | None:
    """Say what about a model of byte-pair encoding is beyond us."""
    if unused := model.ids(Kind.UNUSED):
        return f"its piece {next(iter(unused))!r} is switched off"
    normal = model.ids(Kind.NORMAL)
    lacking = next((piece for piece in normal for one in piece if one not in normal), None)
    return None if lacking is None else f"its piece {lacking!r} has a character that is no piece"


def _bpe(model: Model, processor: Any) -> tuple[Any, Segmenter]:
    """Any two pieces may be joined that make a piece: the one with the greatest score first."""
    normal = model.ids(Kind.NORMAL)
    order = {score: rank for rank, score in enumerate(sorted({piece.score for piece in model.pieces}, reverse=True))}
    merges = (
        (order[model.pieces[i].score], normal[piece[:at]], normal[piece[at:]], i)
        for piece, i in normal.items()
        for at in range(1, len(piece))
        if piece[:at] in normal and piece[at:] in normal
    )
    single = {ord(piece): i for piece, i in normal.items() if len(piece) == 1}
    symbol_of = np.full(max(single, default=0) + 2, HOLE, np.int32)  # the last one stands for all that come behind
    symbol_of[list(single)] = list(single.values())
    letters = [i for point, i in single.items() if kinds()[point] == LETTER]
    return _Reader(processor, model, symbol_of), Merges.of(merges, letters)


def _unigram(model: Model, processor: Any) -> tuple[Any, Segmenter]:
    scores = {piece: (i, model.pieces[i].score) for piece, i in model.ids(Kind.NORMAL).items()}
    least = min((score for _, score in scores.values()), default=0.0)
    return _Reader(processor, model, None), Unigram(scores, least - UNKNOWN)


class _Reader:
    """Read a batch: let the library normalise it, and take whole what the user defined.

    Args:
        processor: the library's.
        model: the model.
        symbol_of: the id of each character, `HOLE` for an unknown one; None: characters are the symbols, and the
            library says which pieces are its own.
    """

    def __init__(self, processor: Any, model: Model, symbol_of: I32 | None) -> None:
        self.processor, self.symbol_of = processor, symbol_of
        self.ids, self.bytes = model.ids(Kind.NORMAL, Kind.USER_DEFINED), model.ids(Kind.BYTE)
        self.defined = model.ids(Kind.USER_DEFINED)
        longest_first = sorted(self.defined, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))

    def __call__(self, batch: Batch, places: bool) -> Symbols:
        """Return the symbols of a batch's rows."""
        texts = row_texts(batch)
        made = self.processor.normalize(texts, with_offsets=places)
        normal = [text for text, _ in made] if places else made
        points, offsets = code_points(normal)
        whole, first = self._whole(normal, offsets)
        total = np.concatenate([[0], np.cumsum(first)]).astype(np.int32)
        breaks = np.zeros(len(points) + 1, bool)
        breaks[offsets] = True
        own = start = end = None
        if self.symbol_of is None:
            tokens = chain.from_iterable(self.processor.encode(texts, out_type=str))
            own = np.where(whole >= 0, whole, placed(tokens, self.ids, self.bytes, points))[first]
        if places:
            start, end = _places([place for _, place in made], first)
        return Symbols(self._ids(points, whole)[first], total[offsets], breaks[:-1][first], start, end, own)

    def _ids(self, points: I32, whole: I32) -> I32:
        if self.symbol_of is None:
            return np.where(whole >= 0, CODE_POINTS + whole, points).astype(np.int32)
        known = self.symbol_of[np.minimum(points, len(self.symbol_of) - 1)]
        return np.where(whole >= 0, whole, np.where(known == HOLE, -1 - points, known)).astype(np.int32)

    def _whole(self, texts: list[str], offsets: I32) -> tuple[I32, Mask]:
        """Return which defined piece begins at each character, -1 for none, and which characters begin a symbol."""
        whole, first = np.full(offsets[-1], -1, np.int32), np.ones(offsets[-1], bool)
        for text, base in zip(texts if self.defined else (), offsets.tolist(), strict=False):
            for match in self.pattern.finditer(text):
                whole[base + match.start()] = self.defined[match.group()]
                first[base + match.start() + 1 : base + match.end()] = False
        return whole, first


def _places(places: list[list[int]], first: Mask) -> tuple[I32, I32]:
    """Return where in its row each symbol begins and ends, of the places of each row's characters and its end."""
    start = np.fromiter(chain.from_iterable(row[:-1] for row in places), np.int32, len(first))
    end = np.fromiter(chain.from_iterable(row[1:] for row in places), np.int32, len(first))
    last = np.append(first[1:], True)[: len(first)]
    return start[first], end[last]
