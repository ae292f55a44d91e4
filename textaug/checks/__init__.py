"""What a `Filter` asks of an output before it keeps it, a subject a file."""

from textaug.checks.base import Check, check_registry, register_check
from textaug.checks.labels import LabelAgreement
from textaug.checks.models import Fluency, Similarity
from textaug.checks.texts import Duplicate, EditDistance, LengthRatio, Unchanged

__all__ = [
    "Check",
    "Duplicate",
    "EditDistance",
    "Fluency",
    "LabelAgreement",
    "LengthRatio",
    "Similarity",
    "Unchanged",
    "check_registry",
    "register_check",
]
