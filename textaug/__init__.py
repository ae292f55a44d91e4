"""textaug: more, harder or masked text, in English and Chinese, reproducible to the byte.

>>> import textaug as ta
>>> ta.WordSwap(rate=0.0)("A rate of zero is identity.")
'A rate of zero is identity.'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textaug.annotations.answers import answers_to_spans as answers_to_spans
    from textaug.annotations.answers import spans_to_answers as spans_to_answers
    from textaug.annotations.bio import bio_to_spans as bio_to_spans
    from textaug.annotations.bio import spans_to_bio as spans_to_bio
    from textaug.annotations.values import Span as Span
    from textaug.call import Edit as Edit
    from textaug.call import Result as Result
    from textaug.checks import Check as Check
    from textaug.checks import Duplicate as Duplicate
    from textaug.checks import EditDistance as EditDistance
    from textaug.checks import Fluency as Fluency
    from textaug.checks import LabelAgreement as LabelAgreement
    from textaug.checks import LengthRatio as LengthRatio
    from textaug.checks import Similarity as Similarity
    from textaug.checks import Unchanged as Unchanged
    from textaug.checks import register_check as register_check
    from textaug.compose import Compose as Compose
    from textaug.compose import OneOf as OneOf
    from textaug.compose import SomeOf as SomeOf
    from textaug.compose import aeda as aeda
    from textaug.compose import eda as eda
    from textaug.draws import Address as Address
    from textaug.draws import UnitDraws as UnitDraws
    from textaug.edits import diff as diff
    from textaug.errors import DataError as DataError
    from textaug.errors import TextaugError as TextaugError
    from textaug.errors import UsageError as UsageError
    from textaug.filtering import Filter as Filter
    from textaug.lexicon.names import gazetteer as gazetteer
    from textaug.masking import DataCollatorForCausalLanguageModeling as DataCollatorForCausalLanguageModeling
    from textaug.masking import DataCollatorForEntityMask as DataCollatorForEntityMask
    from textaug.masking import DataCollatorForLanguageModeling as DataCollatorForLanguageModeling
    from textaug.masking import DataCollatorForPermutationLanguageModeling as DataCollatorForPermutationLanguageModeling
    from textaug.masking import DataCollatorForPhraseMask as DataCollatorForPhraseMask
    from textaug.masking import DataCollatorForReplacedTokens as DataCollatorForReplacedTokens
    from textaug.masking import DataCollatorForSentencePairs as DataCollatorForSentencePairs
    from textaug.masking import DataCollatorForSentimentMask as DataCollatorForSentimentMask
    from textaug.masking import DataCollatorForSpanCorruption as DataCollatorForSpanCorruption
    from textaug.masking import DataCollatorForSpanMask as DataCollatorForSpanMask
    from textaug.masking import DataCollatorForTextInfilling as DataCollatorForTextInfilling
    from textaug.masking import DataCollatorForWholeWordMask as DataCollatorForWholeWordMask
    from textaug.masking import EpochCallback as EpochCallback
    from textaug.masking import SegmentStream as SegmentStream
    from textaug.masking import keyed as keyed
    from textaug.recipe import load as load
    from textaug.recipe import parse as parse
    from textaug.transform import RateTransform as RateTransform
    from textaug.transform import Transform as Transform
    from textaug.transform import WordTransform as WordTransform
    from textaug.transform import register as register
    from textaug.transform import registry as registry
    from textaug.transforms import *  # noqa: F403

__version__ = "0.3.0"

_HOMES = {
    "annotations.answers": ("answers_to_spans", "spans_to_answers"),
    "annotations.bio": ("bio_to_spans", "spans_to_bio"),
    "annotations.values": ("Span",),
    "call": ("Edit", "Result"),
    "checks": (
        "Check",
        "Duplicate",
        "EditDistance",
        "Fluency",
        "LabelAgreement",
        "LengthRatio",
        "Similarity",
        "Unchanged",
        "register_check",
    ),
    "compose": ("Compose", "OneOf", "SomeOf", "aeda", "eda"),
    "draws": ("Address", "UnitDraws"),
    "edits": ("diff",),
    "errors": ("DataError", "TextaugError", "UsageError"),
    "filtering": ("Filter",),
    "lexicon.names": ("gazetteer",),
    "masking": (
        "DataCollatorForCausalLanguageModeling",
        "DataCollatorForEntityMask",
        "DataCollatorForLanguageModeling",
        "DataCollatorForPermutationLanguageModeling",
        "DataCollatorForPhraseMask",
        "DataCollatorForReplacedTokens",
        "DataCollatorForSentencePairs",
        "DataCollatorForSentimentMask",
        "DataCollatorForSpanCorruption",
        "DataCollatorForSpanMask",
        "DataCollatorForTextInfilling",
        "DataCollatorForWholeWordMask",
        "EpochCallback",
        "SegmentStream",
        "keyed",
    ),
    "recipe": ("load", "parse"),
    "transform": ("RateTransform", "Transform", "WordTransform", "register", "registry"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `textaug --help` need not wait for NumPy."""
    if name.startswith("__"):
        raise AttributeError(name)
    home = import_module(f"textaug.{_HOME.get(name, 'transforms')}")
    try:
        globals()[name] = value = getattr(home, name)
    except AttributeError:
        from textaug.errors import unknown

        raise AttributeError(str(unknown("name in textaug", name, __dir__()))) from None
    return value


def __dir__() -> list[str]:
    return sorted([*_HOME, "__version__", *import_module("textaug.transforms").__all__])
