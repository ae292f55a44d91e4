"""Numbers written in figures, changed a little and still well formed: 1,000 → 900, 21st → 22nd, 10:30 → 10:34.

Each rule knows one way of writing, and leaves alone what may be a name rather than a number (24/7, 3D, 555-1234).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from textaug.languages.en import listed

NAMES = listed("24/7 9/11 50/50 2d 3d 4d 4k 8k 007 911 1080p 1080i 720p 480p 4x4")
"""What is written in figures and counts nothing."""


UNLIMITED = 10**40
"""No number is as large; one with more digits is left alone."""


class Change(NamedTuple):
    """How a number may change.

    Attributes:
        share: by which share of it at most, as a 32 bit threshold.
        below: returns an integer from 0 to n - 1, by a draw.
        limit: the largest value that a plain number may have.
    """

    share: int
    below: Callable[[int], int]
    limit: int = UNLIMITED

    def of(self, value: int, low: int, high: int, whole: int | None = None) -> int | None:
        """Return another value within bounds, None where there is none; round values stay round if they can.

        Args:
            value: what it is now.
            low: the smallest value.
            high: the largest value.
            whole: of what it changes by a share; of the value itself if None.

        >>> half = Change(1 << 31, lambda n: 0)
        >>> half.of(1000, 0, 9999), half.of(1000, 0, 9999, whole=60), half.of(1234, 0, 9999), half.of(5, 5, 5)
        (500, 970, 617, None)
        """
        reach, step = max((value if whole is None else whole) * self.share >> 32, 1), 1
        while value and value % (step * 10) == 0 and step * 10 <= reach:
            step *= 10
        down, up = (max(min(reach, room), 0) // step for room in (value - low, high - value))
        if down + up == 0:
            return None
        k = self.below(down + up) - down
        return value + step * (k + (k >= 0))


def changed(text: str, change: Change) -> str | None:
    """Return a number changed, by one in its last place at least; None where it is left alone.

    >>> change = Change(1 << 29, lambda n: 0)
    >>> [changed(text, change) for text in ("1,000", "$3.50", "21st", "10:30", "2019", "1990s")]
    ['900', '$3.10', '19th', '10:23', '2007', '1980s']
    """
    zero = 48 if text.isascii() else _zero(text)
    if zero is None or text.lower() in NAMES:
        return None
    plain = text if zero == 48 else _in_script(text, zero, 48)
    for pattern, rule in RULES:
        match = pattern.fullmatch(plain)
        if match is not None:
            made = rule(match, change)
            return made if made is None or zero == 48 else _in_script(made, 48, zero)
    return None


def _zero(text: str) -> int | None:
    """Return the code point of the script's zero; None where there are digits of two, or other numerals than digits."""
    zeros = {ord(letter) - int(letter) for letter in text if letter.isdecimal()}
    if len(zeros) != 1 or any(letter.isnumeric() and not letter.isdecimal() for letter in text):
        return None
    return zeros.pop()


def _in_script(text: str, zero: int, other: int) -> str:
    """Write the digits of one script as those of another, given the zeros of both."""
    return "".join(chr(ord(letter) - zero + other) if letter.isdecimal() else letter for letter in text)


def _time(match: re.Match[str], change: Change) -> str | None:
    """Change the minutes: the hour may be of twelve or of twenty-four."""
    made = None if match[1] == "24:" else change.of(int(match[2]), 0, 59, whole=60)
    return None if made is None else f"{match[1]}{made:02}{match[3]}"


def _date(match: re.Match[str], change: Change) -> str | None:
    """Change the day; up to 12 nobody can tell it from the month. It keeps as many digits as it has."""
    day = int(match["day"])
    made = change.of(day, 10 if day >= 10 else 1, 12 if day <= 12 else 28)
    return None if made is None else _put(match, "day", made)


def _put(match: re.Match[str], group: str, made: int) -> str:
    start, end = match.span(group)
    return match.string[:start] + _padded(made, match[group]) + match.string[end:]


def _ratio(match: re.Match[str], change: Change) -> str | None:
    """Change the first number of a rating, a fraction or a date: 8/10 stays under 10, and 1/2 is no 2/2."""
    tenths = 10 if match[2] else 1
    value, other = int(match[1] + (match[2] or "")[1:]), int(match[4]) * tenths
    high = other if value == other or other >= 10 * tenths else other - 1
    if match[2] is None and match[3] == "/" and value <= 12 < other <= 31:
        high = min(high, 12)
    if value > other:
        high = max(value, 28) if other <= 12 * tenths else 2 * value
    made = change.of(value, 1, high)
    return None if made is None else _decimal(made, len(match[2] or ".") - 1) + match[3] + match[4] + match[5]


def _range(match: re.Match[str], change: Change) -> str | None:
    """Change the end of a range, or the first number of a score; what may be a telephone number is left alone."""
    first, last, years = int(match["first"]), int(match["last"]), len(match["first"]) == 4
    size = len(match["last"])
    if size == 4 and not years:
        return None
    if first >= last and not (years and size == 2):
        high = min(10 ** len(match["first"]) - 1, change.limit)
        made = change.of(first, last + (first > last), high)
        return None if made is None else _put(match, "first", made)
    low, high = first % 10**size + 1, min(10**size - 1, change.limit)
    if years and last <= 12:  # 2009-10 may be a month, 2019-03 is one
        low, high = 1 if last < low else low, 12
    made = change.of(last, low, high, whole=100 if years else last)  # of a century: 1990-1995, 1990-95
    if made is None:
        return None
    return _put(match, "last", made) if not years else f"{match['first']}{match['mark']}{made:0{size}}{match['rest']}"


def _decade(match: re.Match[str], change: Change) -> str | None:
    """Change the tens: the 1980s stay in their century."""
    made = change.of(int(match[2]), 0 if match[1] else 1, 9, whole=10)
    return None if made is None else f"{match[1] or ''}{made}0{match[3]}"


def _ordinal(match: re.Match[str], change: Change) -> str | None:
    """Change an ordinal, and mend what is written behind it."""
    value = int(match[1].replace(",", ""))
    made = change.of(value, 1, change.limit)
    if made is None:
        return None
    suffix = "th" if made % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(made % 10, "th")
    return _grouped(made, match[1]) + (suffix.upper() if match[2].isupper() else suffix) + match[3]


def _hour(match: re.Match[str], change: Change) -> str | None:
    """Change the hour of a clock of twelve."""
    made = change.of(int(match[1]), 1, 12)
    return None if made is None else str(made) + match[2]


def _year(match: re.Match[str], change: Change) -> str | None:
    """Change a year by so many of a hundred, within its century."""
    made = change.of(int(match[2]), 0, 99, whole=100)
    return None if made is None else f"{match[1]}{made:02}"


def _count(match: re.Match[str], change: Change) -> str | None:
    """Change a number with all that is written to it; a count of one, which its noun agrees with, stays one.

    What begins with 0, or has eleven digits, is no count: 0744 is a mode, 13800138000 a telephone number.
    """
    if _CODE.fullmatch(match[2]):
        return None
    decimals = (match[3] or ".")[1:]
    value, percent = int(re.sub(r"\D", "", match[2]) + decimals), match[4][:1] in ("%", "％")
    plain = not (match[1] or decimals or percent)
    if value == 0 or (plain and value == 1):
        return None
    high = 10 ** (len(match[2]) + len(decimals)) - 1 if match[2][0] == "0" and len(match[2]) > 1 else UNLIMITED
    if percent and value <= 100 * 10 ** len(decimals):
        high = 100 * 10 ** len(decimals)
    made = change.of(value, 2 if plain else 1, min(high, change.limit * 10 ** len(decimals)))
    if made is None:
        return None
    whole, rest = divmod(made, 10 ** len(decimals))
    point = match[3][0] + str(rest).zfill(len(decimals)) if decimals else ""
    return match[1] + _grouped(whole, match[2]) + point + match[4]


def _grouped(value: int, like: str) -> str:
    """Write a whole number with the separators or the leading zeros of another."""
    separator = next((letter for letter in like if not letter.isdecimal()), "")
    return f"{value:,}".replace(",", separator) if separator else _padded(value, like)


def _padded(value: int, like: str) -> str:
    """Write a whole number as long as another, if that one begins with 0."""
    return str(value).zfill(len(like)) if like[0] == "0" else str(value)


def _decimal(value: int, places: int) -> str:
    return str(value) if places == 0 else f"{value // 10**places}.{value % 10**places:0{places}}"


_MONTH, _LATE = r"(?:0?[1-9]|1[0-2])", r"(?P<day>29|3[01])"  # a day that not every month has
_CODE = re.compile(r"0\d{3,}|\d{11,}")
RULES = tuple(
    (re.compile(pattern, re.VERBOSE), rule)
    for pattern, rule in (
        (r"(\d{1,2}:) ([0-5]\d) ((?::[0-5]\d)?\D*)", _time),
        (r"\d{4}[-/.]\d{1,2}[-/.] (?P<day>\d{1,2}) \D*", _date),
        (rf"{_MONTH} ([-/]) {_LATE} (?:\1(?:\d\d)?\d\d)? \D*", _date),
        (rf"{_MONTH} \. {_LATE} \.\d{{4}} \D*", _date),
        (r"(?P<day>\d{1,2}) (?:([-/.])\d{1,2}\2\d{4}|([-/])\d{1,2}\3\d\d) \D*", _date),
        (r"(\d+)(\.\d)? ([/:]) (\d+) (\D*)", _ratio),
        (r"(?P<first>\d{1,4}) (?P<mark>[-‐‑－]) (?P<last>\d{1,4}) (?P<rest>\D*)", _range),
        (r"(\d\d)? (\d)0 (['’]?s\D*)", _decade),
        (r"(\d{1,3}(?:,\d{3})*|\d+) (?i:(st|nd|rd|th)) (\D*)", _ordinal),
        (r"(\d{1,2}) ([ap]\.?m\.?|o'clock)", _hour),
        (r"(1[5-9]|20) (\d\d)", _year),
        (r"([^\w\s]?) (\d{1,3}(?:[,'’]\d{3})+|\d+) ([.,]\d+)? (\D*)", _count),
    )
)
"""What ways of writing there are, the first that fits counts."""
