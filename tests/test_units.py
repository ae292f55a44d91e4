"""What is a word and what is none, by hand; kinds of characters; bytes and code points."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.errors import DataError
from textaug.units import Kind, Units, chars, to_bytes, to_code_points, words


def tile(*rows, active=None):
    parts = [row.encode() for row in rows]
    return SimpleNamespace(
        data=np.frombuffer(b"".join(parts), np.uint8),
        active=active,
        offsets=np.cumsum([0, *map(len, parts)]).astype(np.int32),
    )


def found(find, text):
    units, data = find(tile(text)), text.encode()
    return [
        (data[a:b].decode(), Kind(kind).name) for a, b, kind in zip(units.start, units.end, units.kind, strict=True)
    ]


def split(text):
    return [word for word, _ in found(words, text)]


ONE_UNIT = """
WORD word don't it’s o'clock well-known state-of-the-art rock'n'roll AT&T R&B M&M's café cafe\u0301 naïve a I
WORD snake_case COVID-19 mp3 m² Ⅳ don´t
WORD Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft
NUMBER 3.5% 1,000 10:30 9/10 3.14 $3.50 £5 €1.000,00 1st 90s 90's 7 2001-2010 7-year-old 50％ ３ ½
NUMBER 1.2.3.4 1_000 3D 20th-century 3.14159265358979323846264338327950288419716939937510582097494459230781
ABBREVIATION U.S. e.g. i.e. Ph.D. a.m. J.R.R. Mr. mrs. etc. vs. St. U.S Ph.D
URL http://a.b/c?d=1 https://x.org/~me/a_b.html#top ftp://host/file www.foo.com/x
URL WWW.FOO.COM imdb.com foo.co.uk IMDB.COM/title/ 9gag.com x.com:8080
EMAIL me@foo.com me.you+x@foo.co.uk 50%@x.org A_B@x-y.net
URL http://example.com/a-rather-long-address/that-goes-on/beyond/the-first-64-bytes.html
MENTION @name @a_1 @张三
HASHTAG #tag #2cool #a_b #话题
HAN 北京 〇 々
EMOJI 😀 👨\u200d👩\u200d👧\u200d👦 🇩🇪 1\ufe0f\u20e3 #\ufe0f\u20e3 👍🏽 ❤\ufe0f ❤ ©\ufe0f ☀
OTHER Привет п'ять иван-чай Ελλάδα مرحبا 한국어 \u1112\u1161\u11ab テスト สวัสดี नमस्ते क्षि שלום
"""
EXAMPLES = [(kind, text) for kind, *texts in map(str.split, ONE_UNIT.strip().splitlines()) for text in texts]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_one_unit_stays_one(kind, text):
    for around in ("{}", "{} ", " {},", "({})", "“{}”", "{}!", "see {} here"):
        assert (text, kind) in found(words, around.format(text))
    assert found(words, text) == [(text, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("... --- !!! \t\r\n", []),
        ("Hello, world!", ["Hello", "world"]),
        ("and/or", ["and", "or"]),
        ("movie--it ends.So what", ["movie", "it", "ends", "So", "what"]),
        ("good.Me actor.De Niro", ["good", "Me", "actor", "De", "Niro"]),
        ("'tis the dogs' '90s", ["tis", "the", "dogs", "90s"]),
        ("-5 +3 5-", ["5", "3", "5"]),
        ("_really_ __init__", ["really", "init"]),
        ("It is #1, a C# @ home", ["It", "is", "1", "a", "C", "home"]),
        ("50%-60% of $5-$10", ["50%", "60%", "of", "$5", "$10"]),
        ("in the U.S. It is", ["in", "the", "U.S.", "It", "is"]),
        ("U.S.-based Mr.Smith", ["U.S.", "based", "Mr.", "Smith"]),
        ("the end. Next", ["the", "end", "Next"]),
        (
            "(see http://x.org/a_(b)). www.x.org/y, imdb.com.",
            ["see", "http://x.org/a_(b", "www.x.org/y", "imdb.com"],
        ),
        ("http:// www. x@ @ me@x", ["http", "www", "x", "me", "x"]),
        ("bad.<br /><br />The <i>worst</i>", ["bad", "The", "worst"]),
        ('<a href="x y">link</a> &amp; &quot;so&quot; it&#39;s', ["link", "so", "it", "s"]),
        ("a < b and c > d, <3 <x and y>", ["a", "b", "and", "c", "d", "3", "x", "and", "y"]),
        ("我爱Python编程3月", ["我", "爱", "Python", "编程", "3", "月"]),
        ("漢字テストabc", ["漢字", "テスト", "abc"]),
        ("谢谢@张三，再见。", ["谢谢", "@张三", "再见"]),
        ("😀😀ok👍🏽", ["😀", "😀", "ok", "👍🏽"]),
        ("\u0301abc x\u200by", ["abc", "x", "y"]),
    ],
)
def test_text_is_cut_into_words(text, expected):
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a1 .\t", ["LETTER", "DIGIT", "SPACE", "PUNCT", "CONTROL"]),
        ("é中д½\u00a0，", ["LETTER", "HAN", "LETTER", "DIGIT", "SPACE", "PUNCT"]),
        ("\r\n\n\r", ["CONTROL", "CONTROL", "CONTROL"]),
        ("e\u0301\u1112\u1161\u11ab한", ["CLUSTER", "CLUSTER", "LETTER"]),
        ("😀👍🏽🇩🇪1\ufe0f\u20e3\u200b", ["EMOJI", "EMOJI", "EMOJI", "EMOJI", "CONTROL"]),
    ],
)
def test_characters_have_kinds(text, kinds):
    assert [kind for _, kind in found(chars, text)] == kinds


@pytest.mark.parametrize("find", [words, chars])
def test_no_rows_empty_rows_and_inactive_rows_have_no_units(find):
    assert len(find(tile())) == 0 and find(tile()).row_offsets.tolist() == [0]
    assert find(tile("", "")).row_offsets.tolist() == [0, 0, 0]
    units = find(tile("a", "b", "é", active=np.array([0, 1, 0], np.uint8)))
    assert units.row_offsets.tolist() == [0, 0, 1, 1] and units.start.tolist() == [1]


def test_units_know_their_rows_and_kinds():
    units = words(tile("one 2", "", "three"))
    assert isinstance(units, Units) and len(units) == 3
    assert units.rows().tolist() == [0, 0, 2] and units.rows().dtype == np.int32
    assert units.is_in({Kind.NUMBER}).tolist() == [False, True, False]
    assert units.is_in([Kind.NUMBER, Kind.WORD]).all()


@given(rows=st.lists(st.text(), min_size=1, max_size=4))
def test_bytes_and_code_points_are_inverse(rows):
    t = tile(*rows)
    row = np.repeat(np.arange(len(rows)), [len(text) + 1 for text in rows])
    points = np.concatenate([np.arange(len(text) + 1) for text in rows])
    positions = to_bytes(t.data, t.offsets, points, row)
    expected = [t.offsets[r] + len(rows[r][:k].encode()) for r, k in zip(row, points, strict=True)]
    assert positions.tolist() == expected
    assert to_code_points(t.data, t.offsets, positions, row).tolist() == points.tolist()


def test_positions_that_do_not_exist_are_refused():
    t = tile("né", "中")
    zero = np.zeros(1, np.int32)
    with pytest.raises(DataError, match="row 0: position 3 lies outside"):
        to_bytes(t.data, t.offsets, np.array([3], np.int32), zero)
    for byte in (2, 5, -1):
        with pytest.raises(DataError, match=f"row 0: byte {byte} is no border"):
            to_code_points(t.data, t.offsets, np.array([byte], np.int32), zero)
