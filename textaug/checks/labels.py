"""Agreement with the user's own classifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.checks.base import NamesCode, register_check
from textaug.errors import UsageError

if TYPE_CHECKING:
    from textaug.batch import Mask

Classify = Callable[[list[str]], Sequence[Any]]


@register_check
class LabelAgreement(NamesCode):
    """Reject an output that the user's own classifier gives another label than its input.

    The label of a text must not depend on the texts beside it, or else the output depends on how the work is cut.

    Args:
        classify: a function from a list of texts to their labels; on the command line its name, as "module:function".
            A recipe in a file may not name one, since it would be run.

    >>> from textaug import AntonymReplace, Filter
    >>> def classify(texts):
    ...     return ["bad" in text for text in texts]
    >>> Filter([AntonymReplace(rate=1.0)], checks=[LabelAgreement(classify)])(["a good day", "a long road"])
    ['a good day', 'a short road']
    """

    classify: Classify | str

    def __post_init__(self) -> None:
        if isinstance(self.classify, str):
            parts = self.classify.split(":")
            if len(parts) == 2 and all(name.isidentifier() for part in parts for name in part.split(".")):
                return
        elif callable(self.classify):
            return
        raise self._refuse("classify", self.classify, 'give a function, or its name as "module:function"')

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return "another label"

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Ask the classifier for the labels of both texts, where they differ."""
        found = np.array([old == new for old, new in zip(before, after, strict=True)], bool)
        at = np.flatnonzero(~found).tolist()
        texts = list(dict.fromkeys([before[k] for k in at] + [after[k] for k in at]))
        label = dict(zip(texts, self._labels(texts), strict=True))
        found[at] = [bool(label[before[k]] == label[after[k]]) for k in at]
        return found

    def _labels(self, texts: list[str]) -> list[Any]:
        if not texts:
            return []
        classify = _named(self.classify) if isinstance(self.classify, str) else self.classify
        labels = list(classify(texts))
        if len(labels) != len(texts):
            raise UsageError(f"LabelAgreement: {len(labels)} labels for {len(texts)} texts; return one for each")
        return labels

    def to_dict(self) -> dict[str, Any]:
        """Return the check as plain data.

        Raises:
            UsageError: the classifier is a function and not the name of one.
        """
        if not isinstance(self.classify, str):
            raise self._refuse("classify", self.classify, 'a function is no data; give its name as "module:function"')
        return super().to_dict()


@lru_cache(maxsize=16)
def _named(name: str) -> Classify:
    """Import a function by its name."""
    module, _, path = name.partition(":")
    try:
        found: Any = import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except ModuleNotFoundError as error:
        raise UsageError(f"LabelAgreement: '{name}': {error}; is its folder named in PYTHONPATH?") from None
    except AttributeError as error:
        raise UsageError(f"LabelAgreement: '{name}': {error}; give module:function") from None
    if not callable(found):
        raise UsageError(f"LabelAgreement: '{name}' is no function; give module:function")
    function: Classify = found
    return function
