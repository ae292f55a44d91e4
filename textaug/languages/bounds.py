"""How large a number may become where it stands: 31 December, Oct. 5-10, 23时59分, 8 out of 10."""

from __future__ import annotations

import re

from textaug.languages.figures import UNLIMITED

_MONTHS = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)


def _pattern(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode(), re.IGNORECASE)


_DAY = _pattern(rf"(?:\d+-)?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(-{_MONTHS})?$")
_BEFORE_MONTH = _pattern(rf" (?:of )?{_MONTHS}\b")
_BEHIND_MONTH = _pattern(rf"\b{_MONTHS}\.? (?:the )?$")
_OUT_OF, _WHOLE = _pattern(r" out of (\d{1,9})(?![\d,.]\d)"), _pattern(r"\d out of $")
_BLANK, _OF = ord(" "), b" out of "
_AROUND = 24  # bytes on either side
_LAST = re.compile(r"(?:\d+-)?(\d{1,2})")  # digits of any script
_DAYS = 28  # that every month has

_CLOCK = {
    mark.encode(): limits
    for marks, limits in {"月": (12, 12), "日号號": (31, _DAYS), "时時点點": (24, 23), "分秒": (59, 59)}.items()
    for mark in marks
}
"""What is behind a number up to the first limit bounds it by the second: 分 may be minutes, but 95分 is a score."""


def bound(text: bytes, start: int, end: int, first: int = 0, last: int | None = None) -> int | None:
    """Return the largest value that a number may have where it stands; None where it must stay: what 8 is out of.

    Args:
        text: what it stands in.
        start, end: where it stands, in bytes.
        first, last: where its row stands, in bytes.

    >>> [bound(text, 0, 2) for text in (b"31 December", b"20 out of 30", "59分".encode())]
    [28, 30, 59]
    """
    last = len(text) if last is None else last
    until, behind = min(end + _AROUND, last), text[end : min(end + 3, last)]
    if behind in _CLOCK:
        value = _LAST.fullmatch(text[start:end].decode())
        return _CLOCK[behind][1] if value is not None and int(value[1]) <= _CLOCK[behind][0] else UNLIMITED
    day = _DAY.match(text, start, end)
    if day is not None and (day[1] or (behind[:1] == b" " and _BEFORE_MONTH.match(text, end, until))):
        return _DAYS
    if start > first and text[start - 1] == _BLANK:
        before = text[max(first, start - _AROUND) : start]
        if before.endswith(_OF) and _WHOLE.search(before):
            return None
        if day is not None and _BEHIND_MONTH.search(before):
            return _DAYS
    whole = _OUT_OF.match(text, end, until) if behind == b" ou" else None
    return int(whole[1]) if whole else UNLIMITED
