"""Words that negate: who takes one away may have turned the sense of a text round."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from textaug.kernels import roles
from textaug.kernels.reference.lexical import I32, U8
from textaug.languages.en import listed
from textaug.lexicon.classes import Numbered, numbered

ENGLISH = listed(
    """
    not no never neither nor none nobody nothing nowhere cannot without hardly barely scarcely
    isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't won't wouldn't shan't shouldn't can't
    couldn't mustn't needn't ain't isnt arent wasnt werent havent hasnt hadnt dont doesnt didnt wouldnt shouldnt cant
    couldnt
    """
)
CHINESE = listed(
    """
    不 没 沒 无 無 未 非 别 別 勿 莫 甭 没有 沒有 不是 不会 不會 不能 不要 不可 不可以 不想 不该 不該 不用 不够 不夠
    不太 不大 不再 不必 并非 並非 从不 從不 毫不 毫无 毫無 决不 絕不 绝不 从未 從未 未必 未能 尚未 并不 並不 并未
    不怎么 没法 沒法
    """
)


@cache
def _table() -> Numbered:
    return numbered(sorted(ENGLISH | CHINESE))


def negators(data: U8, start: I32, end: I32) -> npt.NDArray[np.bool_]:
    """Say which ranges of a text are words that negate.

    >>> data = np.frombuffer("I don't, 我不".encode(), np.uint8)
    >>> negators(data, np.array([0, 2, 12], np.int32), np.array([1, 7, 15], np.int32)).tolist()
    [False, True, True]
    """
    found: npt.NDArray[np.bool_] = roles.numbers(data, start, end, *_table())[:-1] > 0
    return found


def negations(text: str) -> int:
    """Return how many words of a text negate; in Chinese, characters that do so and little else.

    >>> negations("It didn't work, and nobody cared."), negations("我不知道，也没问")
    (2, 2)
    """
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    return sum(word in ENGLISH for word in words) + sum(map(text.count, "不没沒无無未"))
