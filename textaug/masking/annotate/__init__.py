"""Where units come from: text is tokenised once, and every token told its word, entity, phrase and sentiment pair."""

from textaug.masking.annotate.annotator import Annotator, annotate
from textaug.masking.annotate.entities import PipelineEntities, Posseg, SpacyEntities
from textaug.masking.annotate.phrases import learn_phrases
from textaug.masking.annotate.sentiment import mine_sentiment
from textaug.masking.annotate.words import Segmented

__all__ = [
    "Annotator",
    "PipelineEntities",
    "Posseg",
    "Segmented",
    "SpacyEntities",
    "annotate",
    "learn_phrases",
    "mine_sentiment",
]
