"""Subwords: tokenizers taken apart, so that their segmentation can be drawn with addressed draws."""

from textaug.subword.model import Tokenizer, load

__all__ = ["Tokenizer", "load"]
