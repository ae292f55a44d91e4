"""Subwords: words cut otherwise than the tokenizer cuts them, as sequences of tokens or marked in the text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.draws import Draws, threshold
from textaug.edits import Edits
from textaug.errors import TextaugError, UsageError
from textaug.stored import file_hash
from textaug.transform import About, Proposal, Transform, register

if TYPE_CHECKING:
    from textaug.subword.model import Tokenizer
    from textaug.subword.symbols import Law
    from textaug.subword.vocabulary import Tokens

SHARPEST = 1000  # with such an alpha only the best segmentation is ever drawn


@register
class SubwordDropout(Transform):
    """Cut words into other subwords than a tokenizer does, for training (`tokens`, `ids`) or in the text.

    Byte-pair encoding leaves out merges (BPE-dropout: Provilkov et al., ACL 2020), a unigram model samples (subword
    regularization: Kudo, ACL 2018), WordPiece leaves out matches (MaxMatch-Dropout: Hiraoka, Findings of ACL 2022). The
    tokenizer's library normalises and cuts into words; the draws have addresses, as all draws do.

    `tokens` and `ids` give whole sequences. As a transform of text, it puts a separator at the borders of subwords, in
    those words that were cut otherwise than the tokenizer cuts them; all other words stay as they are. Without the
    separators the text is what it was, if it held none before. It has no rate: how many words change follows from the
    dropout. Eligible are the words that can be cut in more than one way and where a separator has a place; a word that
    meets protected text keeps the tokenizer's own subwords.

    Args:
        tokenizer: the path of a tokenizer.json, of a SentencePiece .model, or of a folder that holds one of them; None
            for a small tokenizer of English and Chinese that textaug brings along.
        dropout: the chance that a step of the segmentation is dropped: a merge, each time it is possible; a match; the
            best segmentation of a unigram model's word, in whose place one is sampled (always, in Kudo's paper: 1.0).
        alpha: the exponent of the probabilities when a unigram model samples: 0 makes all segmentations alike, more
            goes towards the best one.
        separator: what stands between subwords, as in subword-nmt.

    >>> from textaug import SubwordDropout
    >>> SubwordDropout(dropout=0.3)("The plot is thin, but the actors save it.", seed=2)
    'T@@ h@@ e plot is t@@ h@@ i@@ n, b@@ u@@ t t@@ he actors save i@@ t.'
    >>> SubwordDropout(dropout=0.3).tokens("the actors save it", seed=2)
    ['th', 'e', '▁actor', 's', '▁s', 'ave', '▁', 'it']
    """

    about: ClassVar[About] = About("subword", "any", "Provilkov et al. 2020, Kudo 2018, Hiraoka 2022")
    native: ClassVar[bool] = False

    tokenizer: str | None = None
    dropout: float = 0.1
    alpha: float = 0.1
    separator: str = "@@ "

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_share("dropout", self.dropout)
        number = isinstance(self.alpha, int | float) and not isinstance(self.alpha, bool)
        if not number or not 0 <= self.alpha <= SHARPEST:
            raise self._refuse("alpha", self.alpha, f"give a number from 0 to {SHARPEST}")
        if not isinstance(self.separator, str) or not self.separator:
            raise self._refuse("separator", self.separator, "give some text")
        if isinstance(self.tokenizer, Path):
            object.__setattr__(self, "tokenizer", str(self.tokenizer))
        if self.tokenizer is not None:
            if not isinstance(self.tokenizer, str):
                raise self._refuse("tokenizer", self.tokenizer, "give the path of its file; save it to one first")
            try:  # a wrong path is refused here, and not in the middle of a run
                self._loaded()
            except TextaugError as error:
                raise self._refuse("tokenizer", self.tokenizer, str(error)) from None

    def reads(self) -> dict[str, str]:
        """Return the path of the tokenizer's file and its hash."""
        from textaug.subword.model import file_of

        path = None if self.tokenizer is None else file_of(Path(self.tokenizer))
        return {} if path is None else {str(path): file_hash(path)}

    def tokens(self, texts: Any, **options: Any) -> Any:
        """Return each text's tokens, newly drawn: a list for a str, a list of lists, a list array for Arrow.

        Args:
            texts: what `apply` takes.
            **options: `seed`, `epoch`, `copies`, `row_ids`, `source`, as for `apply`. The same ones draw the same
                subwords as in the text.

        >>> "".join(SubwordDropout(dropout=0.5).tokens("the actors save it", epoch=3)).replace("▁", " ")
        'the actors save it'
        """
        from textaug.subword.sequences import sequences

        return sequences(self, texts, None, **options)

    def ids(self, texts: Any, *, special_tokens: bool = False, **options: Any) -> Any:
        """Return each text's token ids (int32 in Arrow); see `tokens`.

        Args:
            texts: what `apply` takes.
            special_tokens: whether the ids go along that a tokenizer.json puts around a text, as [CLS] and [SEP].
            **options: as for `tokens`.

        Raises:
            UsageError: the tokenizer does not say which ids go around a text.
        """
        from textaug.subword.sequences import sequences

        around = self._loaded().around if special_tokens else ((), ())
        if around is None:
            raise UsageError("special_tokens=True: only a tokenizer.json says which they are; put them around yourself")
        return sequences(self, texts, around, **options)

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Put separators into the words that are cut otherwise than the tokenizer cuts them."""
        from textaug.subword.borders import borders, free
        from textaug.subword.symbols import HOLE

        tokenizer = self._loaded()
        symbols = tokenizer.read(batch, True)
        words = tokenizer.segmenter.words(symbols)
        places, own = borders(batch, symbols, words), tokenizer.segmenter.segment(symbols, words)
        eligible = tokenizer.segmenter.choices(symbols, words, own) & words.any(places >= 0)
        eligible &= free(batch, symbols, words)
        drawn = tokenizer.segmenter.segment(symbols, words, self._law(eligible, draws))
        cut = (drawn != HOLE) & (places >= 0)
        changed = words.any(drawn != own) & words.any(cut)
        cut &= changed[words.of]
        edits = self._separators(places[cut], words.row[words.of[cut]], len(batch))
        return Proposal(edits, int(np.count_nonzero(eligible)), int(np.count_nonzero(changed)))

    def segmented(self, batch: Batch, gated: Batch, draws: Draws) -> Tokens:
        """Return the tokens of a batch, newly drawn in the active rows of `gated`, but for what it guards."""
        from textaug.subword.borders import free

        tokenizer = self._loaded()
        symbols = tokenizer.read(batch, gated.guarded is not None)
        words = tokenizer.segmenter.words(symbols)
        may = free(gated, symbols, words)
        if gated.active is not None:
            may &= gated.active[words.row] != 0
        return tokenizer.vocabulary.name(symbols, tokenizer.segmenter.segment(symbols, words, self._law(may, draws)))

    def _law(self, may: Mask, draws: Draws) -> Law:
        from textaug.subword.symbols import Law

        return Law(np.where(may, np.uint64(threshold(self.dropout)), np.uint64(0)), self.alpha, draws)

    def _separators(self, at: I32, row: I32, rows: int) -> Edits:
        text = np.frombuffer(self.separator.encode(), np.uint8)
        begin = np.zeros(len(at), np.int32)
        return Edits.of(row, rows, at, at, begin, begin + np.int32(len(text)), text=text)

    def _loaded(self) -> Tokenizer:
        from textaug.subword.model import load

        return load(self.tokenizer)
