"""Presets: a paper in one line. Each names its three choices, and where it departs from the published code.

>>> from textaug.masking.presets import RoBERTa
>>> RoBERTa().masking.budget
Bernoulli(p=0.15)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from textaug.errors import UsageError, unknown
from textaug.masking.budget import Bernoulli, Exact
from textaug.masking.corruption import AlwaysMask, FromBatch, FromVocabulary, Replace
from textaug.masking.mask import Masking
from textaug.masking.similar import SimilarWord
from textaug.masking.units import Entities, Mixture, NGrams, Phrases, Sentiment, Spans, Tokens, Units, Words

Sentences = Literal["pairs", "full", "document"]


@dataclass(frozen=True)
class Preset:
    """What a paper does.

    Attributes:
        name: the paper's name for it.
        masking: units × budget × corruption.
        dupe_factor: how many masked copies of each row are stored; 0: masks are drawn anew in every epoch.
        sentences: how rows are filled: "pairs" of segments, "full" sentences across documents, or within a "document".
        objective: what is trained beside, in a word: "nsp", "sop", "sbo" …; empty for nothing.
    """

    name: str
    masking: Masking
    dupe_factor: int = 0
    sentences: Sentences = "full"
    objective: str = ""


def BERT(*, published: bool = False) -> Preset:
    """Single tokens, masked once and stored: 15 % of a row, at most 20 of 128 tokens; 80/10/10; pairs of segments.

    Paper: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2019).
    Choices: `Tokens()` × `Exact(0.15, at_least=1, cap=20)` × `Replace(0.8, 0.1)`, ten copies.
    Departs: the published code counts [CLS] and [SEP] in the 15 % and draws random tokens from the whole vocabulary,
    special ones too. `published=True` restores the latter.
    """
    pool = FromVocabulary(specials=published)
    return Preset("BERT", Masking(Tokens(), Exact(0.15, cap=20), Replace(pool=pool)), 10, "pairs", "nsp")


def RoBERTa(*, published: bool = False) -> Preset:
    """Single tokens with a chance of 15 % each, drawn anew in every epoch; full sentences.

    Paper: Liu et al., "RoBERTa: A Robustly Optimized BERT Pretraining Approach" (2019).
    Choices: `Tokens()` × `Bernoulli(0.15)` × `Replace(0.8, 0.1)`.
    Departs: fairseq draws int(.15 n + U) tokens, and selects BOS and EOS too. `published=True` restores the number
    (`Exact(rounding="random")`); special tokens are never selected here.
    """
    budget = Exact(0.15, "random", at_least=0) if published else Bernoulli(0.15)
    return Preset("RoBERTa", Masking(Tokens(), budget, Replace()))


def BERT_WWM(*, per: Literal["token", "unit"] = "token") -> Preset:
    """Whole words; each token of a word draws what becomes of it, as in the published models, or the word does.

    Paper: Cui et al., "Pre-Training with Whole Word Masking for Chinese BERT" (2019).
    Choices: `Words()` × `Exact(0.15, at_least=1, cap=20)` × `Replace(per="token")`, ten copies.
    Departs: Chinese words are jieba's, where the paper has LTP's. Google's code passes over words that do not fit, so
    that long ones are rarer in short rows; so does an exact budget of whole words here: `Bernoulli` treats all alike.
    """
    return Preset("BERT_WWM", Masking(Words(), Exact(0.15, cap=20), Replace(per=per)), 10, "pairs", "nsp")


def NEZHA() -> Preset:
    """Whole words, Chinese ones as jieba cuts them.

    Paper: Wei et al., "NEZHA: Neural Contextualized Representation for Chinese Language Understanding" (2019).
    Choices: `Words()` × `Exact(0.15)` × `Replace()`: of the tokens, 12 % are masked, 1.5 % random and 1.5 % kept.
    Departs: where the paper says nothing, as BERT_WWM.
    """
    return Preset("NEZHA", Masking(Words(), Exact(0.15), Replace()), 10, "pairs", "nsp")


def ERNIE(stage: Literal["basic", "phrase", "entity"] = "entity", *, published: bool = False) -> Preset:
    """Characters or words, then phrases, then entities as a whole.

    Paper: Sun et al., "ERNIE: Enhanced Representation through Knowledge Integration" (2019).
    Choices: `Tokens()`, `Phrases(over=Tokens())`, or a mixture of tokens, phrases and entities for each row ×
    `Bernoulli(0.15)` × `Replace()`.
    Departs: the published reader draws for each file whether characters or segments are masked, and only from the two;
    `published=True` does so for each row. Its phrases and entities come from tools that are not published: see
    `textaug.masking.annotate`.
    """
    tokens, phrases = Tokens(), Phrases(over=Tokens())
    entities = Entities(over=phrases)
    levels: dict[str, Units] = {
        "basic": tokens,
        "phrase": Mixture((tokens, phrases)),
        "entity": Mixture((tokens, entities)) if published else Mixture((tokens, phrases, entities)),
    }
    if stage not in levels:
        raise unknown("stage of ERNIE", stage, levels)
    return Preset("ERNIE", Masking(levels[stage], Bernoulli(0.15), Replace()), 10, "pairs", "nsp")


def ERNIE_NGRAM(*, geometric: bool = False) -> Preset:
    """N-grams of words, 1 to 3, as PaddleNLP trains ERNIE 1.0 and 3.0 models.

    Code: PaddleNLP, `model_zoo/ernie-1.0/data_tools/dataset_utils.py`.
    Choices: `NGrams((1, 1/2, 1/3))` × `Exact(0.15, at_least=1)` × `Replace()`; `geometric` weights with p = 0.2.
    Departs: n-grams do not overlap, and a longer one is not shortened when it does not fit.
    """
    weights = tuple(0.2 * 0.8**n for n in range(3)) if geometric else (1.0, 1 / 2, 1 / 3)
    return Preset("ERNIE_NGRAM", Masking(NGrams(weights), Exact(0.15), Replace()), 10, "pairs", "sop")


def SpanBERT(*, published: bool = False) -> Preset:
    """Spans of words with geometric lengths, 3.8 on average; each span draws what becomes of it.

    Paper: Joshi et al., "SpanBERT: Improving Pre-training by Representing and Predicting Spans" (TACL 2020).
    Choices: `Spans(0.2, 10)` × `Exact(0.15, "ceil")` × `Replace(per="unit")`; with `DataCollatorForSpanMask(boundary=
    True)` for its second objective.
    Departs: the published code cuts a word at the budget's edge; units are whole here. Random tokens come from the
    vocabulary; `published=True` draws them from the batch, as it does from its data.
    """
    pool = FromBatch() if published else FromVocabulary()
    masking = Masking(Spans(), Exact(0.15, "ceil"), Replace(per="unit", pool=pool))
    return Preset("SpanBERT", masking, 0, "full", "sbo")


def MacBERT(tokenizer: Any, language: Literal["en", "zh", "both"] = "both") -> Preset:
    """N-grams of words, 1 to 4, that become similar words.

    Paper: Cui et al., "Revisiting Pre-Trained Models for Chinese Natural Language Processing" (2020).
    Choices: `NGrams((.4, .3, .2, .1))` × `Exact(0.15)` × `SimilarWord(0.8, 0.1)`, with sentence order prediction.
    Departs: its code is not published. Similar words come from WordNet and Cilin, of as many tokens, and not from
    word vectors.
    """
    masking = Masking(NGrams(), Exact(0.15), SimilarWord(tokenizer, language=language))
    return Preset("MacBERT", masking, 10, "pairs", "sop")


def SKEP() -> Preset:
    """Two pairs of aspect and sentiment word at most, then sentiment words, then other tokens, to a tenth of the row.

    Paper: Tian et al., "SKEP: Sentiment Knowledge Enhanced Pre-training for Sentiment Analysis" (ACL 2020).
    Choices: `Sentiment(pairs=2)` × `Exact(0.1)` × `AlwaysMask()`.
    Departs: the paper masks pairs beside the tenth of other tokens; here they count in it. The reader published with
    Senta masks segments as ERNIE does.
    """
    return Preset("SKEP", Masking(Sentiment(), Exact(0.1), AlwaysMask()))


def PMI() -> Preset:
    """Phrases that a corpus holds together, and single words.

    Paper: Levine et al., "PMI-Masking: Principled Masking of Correlated Spans" (ICLR 2021).
    Choices: `Phrases(over=Words())` × `Exact(0.15)` × `Replace(per="unit")`; phrases by `textaug phrases`.
    Departs: of overlapping phrases, the first and longest is taken, where the paper says nothing.
    """
    return Preset("PMI", Masking(Phrases(over=Words()), Exact(0.15), Replace(per="unit")))


def ELECTRA(*, size: Literal["small", "base", "large"] = "base") -> Preset:
    """What ELECTRA's generator sees: 85 % of the selected tokens masked, 15 % kept.

    Paper: Clark et al., "ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators" (ICLR 2020).
    Choices: `Tokens()` × `Exact(0.15)`, for the large model `Exact(0.25)` × `Replace(0.85, 0)`; then
    `textaug.masking.objectives.replaced`.
    Departs: the published code draws with replacement, so that it masks 71.5 tokens where it means 77.
    """
    if size not in ("small", "base", "large"):
        raise unknown("size of ELECTRA", size, ("small", "base", "large"))
    share = 0.25 if size == "large" else 0.15
    return Preset("ELECTRA", Masking(Tokens(), Exact(share), Replace(0.85, 0.0)))


def ModernBERT(*, published: bool = False) -> Preset:
    """Single tokens with a chance of 30 % each.

    Paper: Warner et al., "Smarter, Better, Faster, Longer: A Modern Bidirectional Encoder" (2024).
    Choices: `Tokens()` × `Bernoulli(0.3)` × `Replace(0.8, 0.1)`.
    Departs: the published code selects special tokens and overwrites padding; never here. It draws random tokens below
    the batch's greatest id; `published=True` draws them from the batch.
    """
    pool = FromBatch() if published else FromVocabulary()
    return Preset("ModernBERT", Masking(Tokens(), Bernoulli(0.3), Replace(pool=pool)))


def DeBERTa() -> Preset:
    """Spans of tokens, three at most, 15 % of a row.

    Paper: He et al., "DeBERTa: Decoding-enhanced BERT with Disentangled Attention" (ICLR 2021); code:
    microsoft/DeBERTa, `mlm_task.py`, n-grams of 1 to 3 with chances like 1/n.
    Choices: `NGrams((1, 1/2, 1/3), over=Words())` × `Exact(0.15, at_least=1)` × `Replace()`.
    Departs: n-grams of words do not overlap, and none is shortened at the budget's edge.
    """
    return Preset("DeBERTa", Masking(NGrams((1.0, 1 / 2, 1 / 3)), Exact(0.15), Replace()))


PRESETS: dict[str, Callable[..., Preset]] = {
    made.__name__.lower(): made
    for made in (
        BERT,
        RoBERTa,
        BERT_WWM,
        NEZHA,
        ERNIE,
        ERNIE_NGRAM,
        SpanBERT,
        MacBERT,
        SKEP,
        PMI,
        ELECTRA,
        ModernBERT,
        DeBERTa,
    )
}
"""Every preset by its name in small letters."""


def preset(name: str, tokenizer: Any = None, **options: Any) -> Preset:
    """Return a preset by its name, whatever its case; `-` and `_` are alike.

    Args:
        name: one of `PRESETS`.
        tokenizer: for MacBERT, which looks words up by their tokens.
        **options: those of the preset.

    Raises:
        UsageError: there is no such preset, or it has no such option.

    >>> preset("bert-wwm").masking.units
    Words(column='word_ids', chinese=True)
    """
    key = name.lower().replace("-", "_")
    if key not in PRESETS:
        raise unknown("preset", name, PRESETS)
    if key == "macbert":
        options = {"tokenizer": tokenizer, **options}
    try:
        return PRESETS[key](**options)
    except TypeError as error:
        raise UsageError(f"preset {name}: {error}") from None
