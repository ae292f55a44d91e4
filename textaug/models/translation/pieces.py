"""Texts cut into the pieces that a converted model knows, without transformers: by SentencePiece or by tokenizers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from textaug.errors import UsageError, missing

SPECIAL = frozenset(("<s>", "</s>", "<pad>", "<unk>"))
# of source and target; the same file twice where both share one
_FILES = (
    ("source.spm", "target.spm"),
    ("source.model", "target.model"),
    ("sentencepiece.bpe.model", "sentencepiece.bpe.model"),
    ("sentencepiece.model", "sentencepiece.model"),
    ("spm.model", "spm.model"),
)


class Pieces(Protocol):
    """Cuts texts into pieces, and puts pieces together."""

    def encode(self, text: str) -> list[str]:
        """Return the pieces of a text, without special tokens."""
        ...

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces that a model made."""
        ...


def pieces_of(folder: Path) -> Pieces:
    """Open what cuts the texts of a model: files in its folder, or in `tokenizer` inside of it.

    Raises:
        UsageError: there are no such files, or the package that reads them is missing.
    """
    for home in (folder, folder / "tokenizer"):
        for source, target in _FILES:
            if (home / source).is_file() and (home / target).is_file():
                return _SentencePiece(home / source, home / target)
        if (home / "tokenizer.json").is_file():
            return _Tokenizers(home / "tokenizer.json")
    raise UsageError(
        f"'{folder}' has no tokenizer; copy source.spm and target.spm, sentencepiece.bpe.model or tokenizer.json of "
        "the model into it: ct2-transformers-converter --copy_files"
    )


class _SentencePiece:
    def __init__(self, source: Path, target: Path) -> None:
        try:
            import sentencepiece
        except ImportError:
            raise missing("sentencepiece", "mt", f"'{source.name}'") from None
        self._source: Any = sentencepiece.SentencePieceProcessor(model_file=str(source))
        self._target: Any = (
            self._source if source == target else sentencepiece.SentencePieceProcessor(model_file=str(target))
        )

    def encode(self, text: str) -> list[str]:
        return list(self._source.encode(text, out_type=str))

    def decode(self, pieces: Sequence[str]) -> str:
        return str(self._target.decode_pieces(list(pieces))).replace("▁", " ").strip()


class _Tokenizers:
    def __init__(self, file: Path) -> None:
        try:
            from tokenizers import Tokenizer
        except ImportError:
            raise missing("tokenizers", "mt", f"'{file.name}'") from None
        self._held: Any = Tokenizer.from_file(str(file))

    def encode(self, text: str) -> list[str]:
        return list(self._held.encode(text, add_special_tokens=False).tokens)

    def decode(self, pieces: Sequence[str]) -> str:
        ids = (self._held.token_to_id(piece) for piece in pieces)
        return str(self._held.decode([one for one in ids if one is not None])).strip()
