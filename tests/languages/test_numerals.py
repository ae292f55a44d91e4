"""Chinese numerals: read and written, and found where they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.languages.figures import Change
from textaug.languages.numerals import COUNTED, changed, read, write

PAIRS = {
    10: "十", 11: "十一", 20: "二十", 35: "三十五", 100: "一百", 101: "一百零一", 110: "一百一十", 115: "一百一十五",
    1001: "一千零一", 1010: "一千零一十", 1100: "一千一百", 10_000: "一万", 10_001: "一万零一", 10_010: "一万零一十",
    11_000: "一万一千", 100_000: "十万", 100_300: "十万零三百", 120_000: "十二万", 1_000_005: "一百万零五",
    10**8: "一亿", 10**8 + 1: "一亿零一", 10**8 + 10**7: "一亿一千万",
    901_504_003_005: "九千零一十五亿零四百万三千零五",
}  # fmt: skip


@pytest.mark.parametrize(("value", "text"), PAIRS.items())
def test_values_and_numerals(value, text):
    assert write(value) == text and read(text) == value


@given(value=st.integers(1, 10**12 - 1), liang=st.booleans())
def test_what_is_written_is_read(value, liang):
    assert read(write(value, liang)) == value


@pytest.mark.parametrize(("text", "value"), [("两百", 200), ("两千两百", 2200), ("一百〇五", 105), ("两万", 20000)])
def test_variants(text, value):
    assert read(text) == value


def test_two_before_a_unit():
    assert [write(value, liang=True) for value in (2, 12, 20, 22, 200, 220, 2222, 120_000, 200_000)] == [
        *("二", "十二", "二十", "二十二", "两百", "两百二十", "两千两百二十二", "十二万", "二十万")
    ]


@pytest.mark.parametrize(
    "text", ["两三", "三千六", "百万", "千万", "一九九七", "十几", "", "零", "万一", "二三十", "五四"]
)
def test_what_is_no_full_numeral(text):
    assert read(text) is None and changed(text, Change(2**31, lambda n: 0)) is None


def test_where_numerals_count():
    text = "三十五岁的人花了两百块，读了第一百二十页，十五大、八十年代、十二月和千万别都不是，百分之三十是。"
    assert [match[0] for match in COUNTED.finditer(text)] == ["三十五", "两百", "一百二十", "三十"]


def test_the_style_stays():
    assert changed("两百", Change(2**29, lambda n: n - 1)) == "两百二十"
    assert changed("二百", Change(2**29, lambda n: n - 1)) == "二百二十"
