"""Grapheme clusters agree with `regex`; the compiled units agree with their definition, whatever the text."""

import time
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pydoc_data.topics import topics

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from textaug.kernels.reference import units as definition
from textaug.languages.unicode import table
from textaug.units import Kind

PIECES = [
    *".@:/'-_&%$#<>,;!?()=+~* \n\r\t\"[]{}abzABZ019",
    "\u00a0",
    "x" * 70,
    "1" * 66,
    "z" * 64,
    "ab, " * 15,
]
MORE = """
é e\u0301 ñ 中 文 😀 🇩🇪 🇩 👍 🏽 \u200d 👨\u200d👩\u200d👧 \ufe0f \u20e3 \u0301 д ア 한 ᄀ ᅡ ᆨ क \u094d \u093f
\u200c ’ £ ½ ５ ％ ， 。 \u200b © \u0600 \u1cf5 ก \u0e33 ß http https :// www. net mr Dr Ph.D etc. e.g. AT&T
&amp; <br /> <a href= br ></ .com don't a.b.c.d.e.f.g.h.i.j 3.5% $3.50 #tag @me a@b.co
"""
PIECES += MORE.split()
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=40))
KINDS = {name: Kind["URL" if name == "domain" else name.upper()] for name in definition.KIND_OF_GROUP}


@pytest.fixture(scope="module", params=["textaug.kernels.units", "textaug.kernels.reference.units"])
def kernel(request):
    return pytest.importorskip(request.param)


def tile(rows):
    parts = [row.encode() for row in rows]
    return np.frombuffer(b"".join(parts), np.uint8), np.cumsum([0, *map(len, parts)]).astype(np.int32)


def pieces(rows, units):
    data = tile(rows)[0].tobytes()
    counts, start, end, _ = units
    found = [data[a:b].decode() for a, b in zip(start, end, strict=True)]
    return [found[a:b] for a, b in pairwise(counts)]


def same(ours, theirs):
    for mine, defined in zip(ours, theirs, strict=True):
        assert mine.dtype == defined.dtype
        np.testing.assert_array_equal(mine, defined)


def check_laws(rows, units, whole):
    data, offsets = tile(rows)
    counts, start, end, kind = units
    assert counts[0] == 0 and counts[-1] == len(start) == len(end) == len(kind)
    row = np.repeat(np.arange(len(rows)), np.diff(counts))
    assert (start < end).all() and (start >= offsets[row]).all() and (end <= offsets[row + 1]).all()
    assert (start[1:] >= end[:-1]).all()
    assert not whole or (end - start).sum() == len(data)


CLUSTERS = {
    "emoji": [
        "👨\u200d👩\u200d👧\u200d👦",
        "👍🏽",
        "❤\ufe0f\u200d🔥",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e007f",
        "😀",
        "😀",
    ],
    "flags": ["🇩🇪", "🇫🇷", "🇬"],
    "hangul": ["한", "국", "\u1112\u1161\u11ab", "\u1100\uac00", "\uac01\u11a8"],
    "devanagari": ["न", "म", "स्ते", "क्षि", "क्\u200dष"],
    "accents": ["e\u0301", "a\u0323\u0302", "n"],
    "lines": ["\r\n", "\n", "\r", "\r\n", "\t", "\u0085"],
    "prepended": ["\u0600" + "1", "\u0600\u0661"],
    "thai": ["กำ"],
}


@pytest.mark.parametrize("name", CLUSTERS)
def test_known_clusters_are_characters(kernel, name):
    text = "".join(CLUSTERS[name])
    assert pieces([text], kernel.chars(*tile([text]), None, *table())) == [CLUSTERS[name]]


@settings(deadline=None, max_examples=300)
@given(rows=st.lists(texts, max_size=4))
def test_clusters_are_those_of_regex(kernel, rows):
    units = kernel.chars(*tile(rows), None, *table())
    assert pieces(rows, units) == [regex.findall(r"\X", row) for row in rows]
    check_laws(rows, units, whole=True)


@settings(deadline=None, max_examples=400)
@given(data=st.data(), rows=st.lists(texts, max_size=5))
@pytest.mark.parametrize("name", ["chars", "words"])
def test_twins_agree(name, data, rows):
    compiled = pytest.importorskip("textaug.kernels.units")
    flags = st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows))
    active = data.draw(st.none() | flags.map(lambda values: np.array(values, np.uint8)))
    given = (*tile(rows), active, *table())
    units = getattr(compiled, name)(*given)
    same(units, getattr(definition, name)(*given))
    check_laws(rows, units, whole=name == "chars" and active is None)


@settings(deadline=None, max_examples=200)
@given(data=st.data(), rows=st.lists(texts, min_size=1, max_size=4))
@pytest.mark.parametrize("name", ["to_code_points", "to_bytes"])
def test_twins_agree_on_positions(name, data, rows):
    compiled = pytest.importorskip("textaug.kernels.units")
    text, offsets = tile(rows)
    asked = data.draw(st.lists(st.tuples(st.integers(-2, len(text) + 2), st.integers(0, len(rows) - 1)), max_size=20))
    positions, row = np.array(asked, np.int32).reshape(-1, 2).T.copy()
    given = (text, offsets, positions, row)
    same([getattr(compiled, name)(*given)], [getattr(definition, name)(*given)])


def test_real_text_is_cut_alike_by_both():
    compiled = pytest.importorskip("textaug.kernels.units")
    rows = [text[:4000] for text in topics.values()]
    given = (*tile(rows), None, *table())
    for name in ("chars", "words"):
        units = getattr(compiled, name)(*given)
        same(units, getattr(definition, name)(*given))
        check_laws(rows, units, whole=name == "chars")
    assert len(units[1]) > 20_000


def test_chinese_text_is_cut_alike_by_both():
    compiled = pytest.importorskip("textaug.kernels.units")
    with (Path(import_module("jieba").__file__).parent / "dict.txt").open(encoding="utf-8") as dictionary:
        rows = dictionary.read().splitlines()[::100]
    given = (*tile(rows), None, *table())
    same(compiled.words(*given), definition.words(*given))
    units = compiled.chars(*given)
    assert pieces(rows, units) == [regex.findall(r"\X", row) for row in rows]


@given(rows=st.lists(st.binary(max_size=80), min_size=1, max_size=3))
@settings(deadline=None)
@pytest.mark.parametrize("name", ["chars", "words"])
def test_invalid_bytes_stay_inside_their_rows(name, rows):
    compiled = pytest.importorskip("textaug.kernels.units")
    data, offsets = np.frombuffer(b"".join(rows), np.uint8), np.cumsum([0, *map(len, rows)]).astype(np.int32)
    counts, start, end, _ = getattr(compiled, name)(data, offsets, None, *table())
    row = np.repeat(np.arange(len(rows)), np.diff(counts))
    assert (start >= offsets[row]).all() and (end <= offsets[row + 1]).all() and (start < end).all()


def test_a_long_cell_takes_linear_time():
    compiled = pytest.importorskip("textaug.kernels.units")
    for piece in ("a.", "aa.", "a@", "a_", "<a ", "#1", "a-", "&a", "1.", "http:", "\u0301", "www.!"):
        given = tile([piece * (2_000_000 // len(piece)) + " end"])
        begin = time.process_time()
        assert len(compiled.words(*given, None, *table())[1]) > 0
        assert time.process_time() - begin < 2  # seconds; what is quadratic takes hours


def test_the_kinds_of_the_kernels_are_those_of_the_package():
    assert {name: int(kind) for name, kind in KINDS.items()} == definition.KIND_OF_GROUP
    assert [kind.name for kind in Kind if kind < 9] == [
        *("NONE", "SPACE", "PUNCT", "LETTER", "DIGIT", "HAN", "EMOJI", "CONTROL", "CLUSTER")
    ]


def test_shared_positions_cannot_be_written_to():
    compiled = pytest.importorskip("textaug.kernels.units")
    _, start, end, _ = compiled.chars(*tile(["plain text"]), None, *table())
    assert not start.flags.writeable and not end.flags.writeable
    assert start.tolist() == list(range(10)) and end.tolist() == list(range(1, 11))
