"""Checks by a model: whether an output means what its input means, whether it reads as well.

A model's numbers vary in their last digits with the texts that share a batch. A pair so near to the bound that this
might decide is judged again by itself, so that a row's fate does not depend on the rows beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textaug.checks.base import Check, register_check
from textaug.errors import UsageError

if TYPE_CHECKING:
    from textaug.batch import Mask

F64 = npt.NDArray[np.float64]
NEAR = 1e-3  # thousands of times what a batch's company makes of a number


@register_check
class Similarity(Check):
    """Reject an output that does not mean what its input means, by the cosine of their sentence embeddings.

    The default model, all-MiniLM-L6-v2, knows English alone and reads the first 256 tokens of a text.

    Args:
        least: the smallest cosine, up to 1 (the same meaning).
        model: a folder with a model of sentence embeddings, or its name on the hub: owner/name.

    >>> from textaug import AntonymReplace, Filter, Similarity
    >>> Filter([AntonymReplace(rate=0.5)], checks=[Similarity(0.8)], retries=2).to_dict()["checks"]
    [{'check': 'Similarity'}]
    """

    least: float = 0.8
    model: str | None = None

    def __post_init__(self) -> None:
        self._number("least", -1, 1)
        _check_model(self, self.model)

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return f"similarity below {self.least:g}" + (f" by {self.model}" if self.model else "")

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say which texts are as near to their inputs as they should be.

        Raises:
            UsageError: an input is Chinese, and the default model would see unknown characters alone.
        """
        foreign = next((text for text in before if self.model is None and is_chinese(text)), None)
        if foreign is not None:
            raise UsageError(
                f"Similarity: the default model reads English alone, and {foreign[:20]!r} is Chinese; name a model "
                "that reads it (model=…)"
            )
        scores = settled(before, after, self._cosine, self.least, same=1.0)
        return scores >= self.least

    def reads(self) -> dict[str, str]:
        """Return the model's folder and the hash of what is in it."""
        from textaug.models.similarity import WHEEL, content, located

        return {f"similarity model {self.model or WHEEL}": content(located(self.model))}

    def _cosine(self, before: Sequence[str], after: Sequence[str]) -> F64:
        from textaug.models.similarity import opened

        texts = list(dict.fromkeys([*before, *after]))
        at = {text: k for k, text in enumerate(texts)}
        found = opened(self.model).embed(texts)
        one, other = ([at[text] for text in side] for side in (before, after))
        cosine: F64 = np.einsum("ij,ij->i", found[one], found[other])
        return cosine


@register_check
class Fluency(Check):
    """Reject an output that reads worse than its input: by a masked language model's pseudo-perplexity.

    Salazar et al., "Masked language model scoring" (ACL 2020): each token in turn is masked, and the model says how
    likely it is.

    Args:
        ratio: the greatest pseudo-perplexity, as a multiple of the input's.
        model: a folder with a masked language model, or a name on the hub. None: the one that comes with textaug, for
            English or for Chinese, whichever the input is.

    >>> from textaug import CharNoise, Filter, Fluency
    >>> Filter([CharNoise(cer=0.2)], checks=[Fluency(1.5)]).to_dict()["checks"]
    [{'check': 'Fluency', 'ratio': 1.5}]
    """

    ratio: float = 2.0
    model: str | None = None

    def __post_init__(self) -> None:
        self._number("ratio", 0, float("inf"))
        _check_model(self, self.model)

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return f"pseudo-perplexity ratio above {self.ratio:g}"

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say which texts read as well as they should, beside their inputs."""
        with np.errstate(divide="ignore"):
            most = float(np.log(np.float64(self.ratio)))
        chinese = np.array([self.model is None and is_chinese(text) for text in before], bool)
        good = np.zeros(len(after), bool)
        for language, some in (("en", ~chinese), ("zh", chinese)):
            at = np.flatnonzero(some).tolist()
            pairs = [before[k] for k in at], [after[k] for k in at]
            good[at] = self._settled(*pairs, language, most) <= most
        return good

    def reads(self) -> dict[str, str]:
        """Return the models and their hashes."""
        from textaug.models.masked import opened

        if self.model is not None:
            return {f"masked language model {self.model}": opened(self.model).identity}
        found = {}
        for language in ("en", "zh"):
            with suppress(UsageError):  # no text may be of a language that has no model
                found[f"masked language model '{language}'"] = opened(None, language).identity
        return found

    def _settled(self, before: Sequence[str], after: Sequence[str], language: str, most: float) -> F64:
        """Return the logarithms of the ratios."""
        if list(before) == list(after):
            return np.zeros(len(after), np.float64)
        from textaug.models.masked import opened

        model = opened(self.model, language)

        def worse(old: Sequence[str], new: Sequence[str]) -> F64:
            texts = list(dict.fromkeys([*old, *new]))
            found = dict(zip(texts, model.pseudo_nll(texts).tolist(), strict=True))
            gone = [bool(a.strip()) and not b.strip() for a, b in zip(old, new, strict=True)]  # nothing reads worse
            ratios = [found[b] - found[a] for a, b in zip(old, new, strict=True)]
            return np.where(gone, np.inf, np.array(ratios, np.float64))

        return settled(before, after, worse, most, same=0.0, near=max(NEAR, 4 * model.engine.noise))


def is_chinese(text: str) -> bool:
    """Say whether more than a quarter of a text's letters are Han."""
    letters = [one for one in text if one.isalpha()]
    return 4 * sum("\u3400" <= one <= "\u9fff" or one >= "\U00020000" for one in letters) > len(letters)


def settled(
    before: Sequence[str],
    after: Sequence[str],
    score: Callable[[Sequence[str], Sequence[str]], F64],
    bound: float,
    *,
    same: float,
    near: float = NEAR,
) -> F64:
    """Return the scores of pairs, such that which side of a bound they are on is each pair's own affair.

    Args:
        before, after: the pairs.
        score: what scores many pairs together, with a little noise.
        bound: where it matters; pairs near to it are scored again, each alone.
        same: the score of a text beside itself, which no model is asked for.
        near: more than the noise.
    """
    scores = np.full(len(after), same, np.float64)
    at = [k for k, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    if at:
        scores[at] = score([before[k] for k in at], [after[k] for k in at])
    for k in at if len(at) > 1 else ():
        if abs(scores[k] - bound) < near:
            scores[k] = score([before[k]], [after[k]])[0]
    return scores


def _check_model(check: Any, model: object) -> None:
    if model is not None and (not isinstance(model, str) or not model):
        raise check._refuse("model", model, "give a folder or a name, or None for the default model")
