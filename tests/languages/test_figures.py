"""Numbers in figures: changed, and still what they were: times, dates, ordinals, ratings, ranges, prices."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.languages.figures import Change, changed

TENTH = round(0.1 * 2**32)


def every(text, share=TENTH):
    """Return all that a number may become, in the order of the draws."""
    counts = []
    changed(text, Change(share, lambda n: counts.append(n) or 0))
    return [changed(text, Change(share, lambda n, k=k: k)) for k in range(counts[0])] if counts else []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("3", ["2", "4"]),
        ("20", ["18", "19", "21", "22"]),
        ("1,000", ["900", "1,100"]),
        ("1'000", ["900", "1'100"]),
        ("10000", ["9000", "11000"]),
        ("$3.5", ["$3.2", "$3.3", "$3.4", "$3.6", "$3.7", "$3.8"]),
        ("$1", ["$2"]),
        ("0.5", ["0.4", "0.6"]),
        ("12,5", [f"{n // 10},{n % 10}" for n in range(113, 138) if n != 125]),
        ("100%", ["90%"]),
        ("１２", ["１１", "１３"]),
        ("٣٥", ["٣٢", "٣٣", "٣٤", "٣٦", "٣٧", "٣٨"]),
        ("05", ["04", "06"]),
        ("99", ["90", "91", "92", "93", "94", "95", "96", "97", "98", *map(str, range(100, 109))]),
        ("90-minute", [f"{n}-minute" for n in range(81, 100) if n != 90]),
        ("1st", ["2nd"]),
        ("2ND", ["1ST", "3RD"]),
        ("21st", ["19th", "20th", "22nd", "23rd"]),
        ("20th-century", ["18th-century", "19th-century", "21st-century", "22nd-century"]),
        ("10:30", [f"10:{n}" for n in range(24, 37) if n != 30]),
        ("9:00pm", [f"9:0{n}pm" for n in range(1, 7)]),
        ("12am", ["11am"]),
        ("1999", [f"19{n}" for n in range(89, 99)]),
        ("1990s", ["1980s"]),
        ("2000s", ["2010s"]),
        ("80's", ["70's", "90's"]),
        ("9/10", ["8/10", "10/10"]),
        ("10/10", ["9/10"]),
        ("4/5", ["3/5"]),
        ("7.5/10", [f"{n / 10:.1f}/10" for n in range(68, 83) if n != 75]),
        ("31/12", ["28/12", "29/12", "30/12"]),
        ("2020-03-15", ["2020-03-14", "2020-03-16"]),
        ("12/25/2019", ["11/25/2019"]),
        ("12/31/1999", ["12/28/1999", "12/29/1999", "12/30/1999"]),
        ("12-30-99", ["12-27-99", "12-28-99", "12-29-99"]),
        ("10/31", ["10/28", "10/29", "10/30"]),
        ("12/28", ["11/28"]),
        ("29/02/2000", ["27/02/2000", "28/02/2000"]),
        ("2020-03-10", ["2020-03-11"]),
        ("2019-12", [f"2019-{n:02}" for n in range(2, 12)]),
        ("5-10", ["5-9", "5-11"]),
        ("10-2", ["9-2", "11-2"]),
        ("10-12", ["10-11", "10-13"]),
        ("3-2", ["4-2"]),
        ("1990-95", [f"1990-{n}" for n in (91, 92, 93, 94, 96, 97, 98, 99)]),
        ("1994-1998", [f"1994-{n}" for n in (1995, 1996, 1997, *range(1999, 2009))]),
    ],
)  # fmt: skip
def test_what_a_number_may_become(text, made):
    assert every(text) == made


@pytest.mark.parametrize(
    "text",
    ["0", "1", "1st1", "24/7", "9/11", "3D", "007", "1/2", "555-1234", "1.2.3", "192.168.0.1", "½", "1½", "3٣", "5'10",
     "0.0", "1-2-3", "0744", "13800138000", "24:00", "2011-12", "B2", "978-3-16-148410-0"],
)  # fmt: skip
def test_what_is_left_alone(text):
    assert every(text) == []


@given(value=st.integers(2, 10**9), share=st.integers(0, 2**32))
def test_a_change_stays_within_its_share_or_one(value, share):
    reach = max(value * share >> 32, 1)
    for pick in (lambda n: 0, lambda n: n - 1):
        made = Change(share, pick).of(value, 0, 10**10)
        assert made != value and abs(made - value) <= reach


@given(value=st.integers(0, 10**6), share=st.integers(0, 2**32), bounds=st.tuples(*[st.integers(0, 10**6)] * 2))
def test_a_change_stays_within_its_bounds(value, share, bounds):
    low, high = sorted(bounds)
    if low <= value <= high:
        for pick in (lambda n: 0, lambda n: n - 1):
            made = Change(share, pick).of(value, low, high)
            assert made is None or (low <= made <= high and made != value)


@given(
    text=st.from_regex(r"[$€]?[0-9]{1,3}(,[0-9]{3}){0,2}(\.[0-9]{1,3})?%?", fullmatch=True), share=st.integers(0, 2**32)
)
def test_the_writing_stays(text, share):
    for pick in (lambda n: 0, lambda n: n // 2, lambda n: n - 1):
        made = changed(text, Change(share, pick))
        if made is not None and re.fullmatch(r"(1[5-9]|20)\d\d", text) is None:
            assert made != text
            assert (made[0] in "$€", made[-1] == "%") == (text[0] in "$€", text[-1] == "%")
            assert len(made.partition(".")[2]) == len(text.partition(".")[2])
            assert re.fullmatch(r"[$€]?([0-9]{1,3}(,[0-9]{3})*|[0-9]+)(\.[0-9]+)?%?", made)
