"""Chinese numerals: 三十五 is 35."""

from __future__ import annotations

import re

from textaug.languages.figures import UNLIMITED, Change

_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_VARIANTS = str.maketrans("两〇", "二零")

MEASURES = (
    "个|名|位|人|岁|次|条|页|本|部|集|章|篇|句|遍|元|块|角|米|公里|厘米|斤|公斤|吨|天|周|小时|分钟|秒|倍|种|项|家|间|层"
    "|张|辆|台|套|件|只|支|份|届|场|多|余"
)
"""What stands behind a numeral that counts, and no part of a name or a date (十五大, 八十年代, 千万别)."""

CHARACTERS = "零〇一二两三四五六七八九十百千万亿"
FIRST_BYTE = 0xE3
"""All of them are at least as large in UTF-8."""

PERCENT = "百分之"
COUNTED = re.compile(rf"[一二两三四五六七八九十百千][{CHARACTERS}]+(?={MEASURES})|(?<={PERCENT})[{CHARACTERS}]+")
"""A numeral of two characters or more that counts something, or a percentage."""


def bound(line: str, start: int, end: int) -> int:
    """Return the largest value that a numeral may have where it stands in a line.

    >>> bound("百分之三十", 3, 5), bound("五十九秒", 0, 3)
    (100, 59)
    """
    if line.endswith(PERCENT, 0, start):
        return 100
    return 59 if line.startswith("秒", end) and (read(line[start:end]) or 60) < 60 else UNLIMITED


def changed(text: str, change: Change) -> str | None:
    """Return another numeral, as far away as a change allows; None where the text is no full numeral.

    >>> changed("三十五", Change(1 << 29, lambda n: 0)), changed("两三", Change(1 << 29, lambda n: 0))
    ('三十一', None)
    """
    value = read(text)
    made = None if value is None else change.of(value, 2, min(change.limit, 10**12 - 1))
    return None if made is None else write(made, "两" in text)


def read(text: str) -> int | None:
    """Return the value of a numeral in its full form; None where it is none.

    >>> read("三十五"), read("两百"), read("一万零二十"), read("两三"), read("三千六")
    (35, 200, 10020, None, None)
    """
    plain = text.translate(_VARIANTS)
    total = section = digit = 0
    for letter in plain:
        if letter in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[letter], 0
        elif letter == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif letter == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            digit = max(_DIGITS.find(letter), 0)
    value = total + section + digit
    return value if value and write(value).translate(_VARIANTS) == plain else None


def write(value: int, liang: bool = False) -> str:
    """Return the numeral of a value from 1 to 10 ** 12 - 1.

    Args:
        value: the value.
        liang: whether 200, 2,000, 20,000 … begin with 两 instead of 二.

    >>> write(35), write(10_020), write(2_000_500, liang=True), write(210)
    ('三十五', '一万零二十', '两百万零五百', '二百一十')
    """
    made = ""
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        group = value // 10**power % 10**4
        if group:
            zero = "零" if made and (group < 1000 or made.endswith("零")) else ""
            made = made.rstrip("零") + zero + _group(group) + name
    made = made.removeprefix("一") if made.startswith("一十") else made
    return re.sub("(?<!十)二(?=[百千万亿])", "两", made) if liang else made


def _group(value: int) -> str:
    """Write up to 9,999, zeros inside where places are skipped."""
    made = ""
    for name, unit in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // unit % 10
        if digit:
            made += _DIGITS[digit] + name
        elif made and not made.endswith("零") and value % unit:
            made += "零"
    return made
