"""What can be asked of a translator behind its name, "FOLDER?beams=5&device=cuda", and how it is read."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from textaug.errors import UsageError, unknown

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How a model's output becomes text, and what it runs on.

    Args:
        beams: how many hypotheses beam search keeps; 1 is greedy.
        take: which of them is given: 0 the best, 1 the second best; another one is another paraphrase.
        temperature: above 0, draw the tokens instead, at this temperature; `beams` is then 1.
        top_k: draw from the k likeliest tokens only; 0 for all.
        top_p: draw from the likeliest tokens that have this share of the probability.
        seed: of the draws; another seed is another paraphrase.
        device: "cpu", "cuda", "cuda:1".
        dtype: of the weights: "float32", "bfloat16", "float16"; for CTranslate2 also "int8" and its other types.
        batch_tokens: how many tokens a batch may have, beams and padding counted; a text that alone has more goes
            alone. So 1 makes every text a batch, whose result nothing else can touch by rounding.
        longest: the most tokens of a text; longer ones fail. 0 for as many as the model takes.
    """

    beams: int = 4
    take: int = 0
    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0
    device: str = "cpu"
    dtype: str = "float32"
    batch_tokens: int = 8192
    longest: int = 0

    def __post_init__(self) -> None:
        if self.beams < 1 or not 0 <= self.take < self.beams:
            raise UsageError(f"take={self.take} of beams={self.beams}: give at least one beam, and take one of them")
        if self.temperature < 0 or not 0 < self.top_p <= 1 or self.top_k < 0:
            raise UsageError(
                f"temperature={self.temperature}, top_p={self.top_p}, top_k={self.top_k}: "
                "give a temperature and a top_k of at least 0, and a top_p above 0 and up to 1"
            )
        if self.temperature and self.take:
            raise UsageError("a drawn translation has no second best: give another seed instead of take")

    @property
    def identity(self) -> str:
        """Return what of this decides a result: not the device, and not how texts are put into batches."""
        drawn = ("temperature", "top_k", "top_p", "seed") if self.temperature else ("beams", "take")
        return ",".join(f"{name}={getattr(self, name)}" for name in (*drawn, "dtype", "longest"))


def split(argument: str, options: T) -> tuple[str, T]:
    """Cut the options off an argument, and put them into those that hold otherwise.

    >>> split("models/nllb?beams=2&dtype=bfloat16", Decoding())[1].beams
    2

    Raises:
        UsageError: there is no such option, or its value cannot be read.
    """
    head, mark, tail = argument.rpartition("?")
    if not mark:
        return argument, options
    defaults = {field.name: getattr(options, field.name) for field in fields(options)}  # type: ignore[arg-type]
    given = dict(pair.partition("=")[::2] for pair in tail.split("&") if pair)
    for name in given:
        if name not in defaults:
            raise unknown("option", name, defaults)
    return head, replace(options, **{name: _read(name, text, defaults[name]) for name, text in given.items()})  # type: ignore[type-var]


def _read(name: str, text: str, default: Any) -> Any:
    try:
        return type(default)(text)
    except ValueError:
        raise UsageError(f"{name}={text} cannot be read; give a value like {name}={default}") from None
