"""Masking: units × budget × corruption over token ids, and the collators that bring them into training.

>>> from textaug.masking import Exact, Masking, Vocabulary, Words
>>> tokenizer = Vocabulary(("[PAD]", "[MASK]", "play", "##ing", "well"), (0, 1), mask=1, pad=0, style="wordpiece")
>>> Masking(Words(), Exact(0.5)).mask([[4, 2, 3, 4]], tokenizer).labels
[[-100, 2, 3, -100]]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textaug.masking.budget import Bernoulli as Bernoulli
    from textaug.masking.budget import Cosine as Cosine
    from textaug.masking.budget import Exact as Exact
    from textaug.masking.budget import Linear as Linear
    from textaug.masking.callback import EpochCallback as EpochCallback
    from textaug.masking.clock import Clock as Clock
    from textaug.masking.collators import DataCollatorForEntityMask as DataCollatorForEntityMask
    from textaug.masking.collators import DataCollatorForLanguageModeling as DataCollatorForLanguageModeling
    from textaug.masking.collators import DataCollatorForPhraseMask as DataCollatorForPhraseMask
    from textaug.masking.collators import DataCollatorForSentimentMask as DataCollatorForSentimentMask
    from textaug.masking.collators import DataCollatorForSpanMask as DataCollatorForSpanMask
    from textaug.masking.collators import DataCollatorForWholeWordMask as DataCollatorForWholeWordMask
    from textaug.masking.corruption import AlwaysMask as AlwaysMask
    from textaug.masking.corruption import FromBatch as FromBatch
    from textaug.masking.corruption import FromCorpus as FromCorpus
    from textaug.masking.corruption import FromVocabulary as FromVocabulary
    from textaug.masking.corruption import Replace as Replace
    from textaug.masking.mask import Masked as Masked
    from textaug.masking.mask import Masking as Masking
    from textaug.masking.objectives.causal import (
        DataCollatorForCausalLanguageModeling as DataCollatorForCausalLanguageModeling,
    )
    from textaug.masking.objectives.denoisers import Denoiser as Denoiser
    from textaug.masking.objectives.denoisers import compute_t5_lengths as compute_t5_lengths
    from textaug.masking.objectives.denoisers import ul2 as ul2
    from textaug.masking.objectives.infilling import DataCollatorForTextInfilling as DataCollatorForTextInfilling
    from textaug.masking.objectives.pairs import pairs as pairs
    from textaug.masking.objectives.permutation import (
        DataCollatorForPermutationLanguageModeling as DataCollatorForPermutationLanguageModeling,
    )
    from textaug.masking.objectives.permutation import permutation_mask as permutation_mask
    from textaug.masking.objectives.replaced import DataCollatorForReplacedTokens as DataCollatorForReplacedTokens
    from textaug.masking.objectives.sentence_pairs import DataCollatorForSentencePairs as DataCollatorForSentencePairs
    from textaug.masking.objectives.span_corruption import (
        DataCollatorForSpanCorruption as DataCollatorForSpanCorruption,
    )
    from textaug.masking.objectives.stream import SegmentStream as SegmentStream
    from textaug.masking.realised import Share as Share
    from textaug.masking.realised import Summary as Summary
    from textaug.masking.realised import summary as summary
    from textaug.masking.row_ids import keyed as keyed
    from textaug.masking.rows import Rows as Rows
    from textaug.masking.shown import Preview as Preview
    from textaug.masking.shown import preview as preview
    from textaug.masking.similar import SimilarWord as SimilarWord
    from textaug.masking.units import Column as Column
    from textaug.masking.units import Entities as Entities
    from textaug.masking.units import Mixture as Mixture
    from textaug.masking.units import NGrams as NGrams
    from textaug.masking.units import Phrases as Phrases
    from textaug.masking.units import Sentiment as Sentiment
    from textaug.masking.units import Spans as Spans
    from textaug.masking.units import Tokens as Tokens
    from textaug.masking.units import Words as Words
    from textaug.masking.vocabulary import Vocabulary as Vocabulary

_HOMES = {
    "budget": ("Bernoulli", "Cosine", "Exact", "Linear"),
    "callback": ("EpochCallback",),
    "clock": ("Clock",),
    "collators": (
        "DataCollatorForEntityMask",
        "DataCollatorForLanguageModeling",
        "DataCollatorForPhraseMask",
        "DataCollatorForSentimentMask",
        "DataCollatorForSpanMask",
        "DataCollatorForWholeWordMask",
    ),
    "corruption": ("AlwaysMask", "FromBatch", "FromCorpus", "FromVocabulary", "Replace"),
    "objectives.causal": ("DataCollatorForCausalLanguageModeling",),
    "objectives.denoisers": ("Denoiser", "compute_t5_lengths", "ul2"),
    "objectives.infilling": ("DataCollatorForTextInfilling",),
    "objectives.pairs": ("pairs",),
    "objectives.permutation": ("DataCollatorForPermutationLanguageModeling", "permutation_mask"),
    "objectives.replaced": ("DataCollatorForReplacedTokens",),
    "objectives.sentence_pairs": ("DataCollatorForSentencePairs",),
    "objectives.span_corruption": ("DataCollatorForSpanCorruption",),
    "objectives.stream": ("SegmentStream",),
    "row_ids": ("keyed",),
    "mask": ("Masked", "Masking"),
    "realised": ("Share", "Summary", "summary"),
    "rows": ("Rows",),
    "shown": ("Preview", "preview"),
    "similar": ("SimilarWord",),
    "units": ("Column", "Entities", "Mixture", "NGrams", "Phrases", "Sentiment", "Spans", "Tokens", "Words"),
    "vocabulary": ("Vocabulary",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return list(__all__)
