"""The compiled lexical kernel agrees with its definition, over made-up lexicons, texts and selections."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textaug.kernels.reference import lexical as definition
from textaug.lexicon import Lexicon, Record, Relation, build
from textaug.units import Kind

compiled = pytest.importorskip("textaug.kernels.lexical")

WORDS = [
    "a",
    "an",
    "A",
    "An",
    "AN",
    "aN",
    "film",
    "Film",
    "FILM",
    "fiLm",
    "U.S.",
    "hour",
    "HOUR",
    "eightlet",
    "ninelette",
    "é",
    "中",
    "x" * 8,
    "x" * 9,
    "x" * 16,
    "x" * 40,
    "y" * 254,
    "y" * 255,
    "y" * 256,
    "to day",
    "well-known",
    "don't",
    "Z",
    "film\0",
]
GAPS = ["", " ", "  ", "\n", "\t", ", ", ". ", "! ", "… ", " (", ": ", "<br />", "-", "\u00a0", "\u2028"]
KINDS = [*map(int, Kind), 40, 48, 255]
SETTINGS = settings(deadline=None, max_examples=120)


@st.composite
def lexicons(draw):
    word = st.sampled_from([one for one in WORDS if len(one) < 256 and " " not in one and one.isprintable()])
    candidate = st.sampled_from([*WORDS[:18], "hour glass", "Übel", "über all", "o'clock", "HBO", "motion picture"])
    record = st.builds(
        Record,
        word,
        candidate,
        st.sampled_from(Relation),
        st.integers(0, 15),
        st.integers(0, 3),
        st.integers(0, 255),
    )
    return draw(st.lists(record, min_size=1, max_size=30))


@st.composite
def tiles(draw):
    """Rows of units with gaps between them, as bytes and positions; some rows are empty."""
    rows = draw(
        st.lists(
            st.lists(
                st.tuples(st.sampled_from(GAPS), st.sampled_from(WORDS), st.sampled_from(KINDS + [16] * 20)),
                max_size=8,
            ),
            min_size=1,
            max_size=6,
        )
    )
    data, start, end, kind, row_offsets = bytearray(), [], [], [], [0]
    for row in rows:
        for gap, word, sort in row:
            data += gap.encode()
            start.append(len(data))
            data += word.encode()
            end.append(len(data))
            kind.append(sort)
        data += draw(st.sampled_from(GAPS)).encode()
        row_offsets.append(len(start))
    ints = [np.array(values, np.int32) for values in (row_offsets, start, end)]
    return np.frombuffer(bytes(data), np.uint8), *ints, np.array(kind, np.uint8)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("lexicons")


def opened(place, records):
    records = [one for one in records if one.form.encode().lower() != one.candidate.encode().lower()]
    if not records:
        return None
    build(records, place / "x.arrow", language="en", source="test")
    from textaug.lexicon.format import read

    return Lexicon(str(place / "x.arrow"), *read(place / "x.arrow"))


def same(ours, theirs):
    for mine, defined in zip(ours, theirs, strict=True):
        assert mine.dtype == defined.dtype
        np.testing.assert_array_equal(mine, defined)


@SETTINGS
@given(lexicons(), tiles(), st.booleans(), st.integers(0, 2**64 - 1), st.data())
def test_look_up_replace_and_insert_agree(place, records, tile, names, key, data):
    lexicon = opened(place, records)
    if lexicon is None:
        return
    text, row_offsets, start, end, kind = tile
    relations = tuple(data.draw(st.lists(st.sampled_from(Relation), min_size=1, max_size=4, unique=True)))
    view = lexicon.view(relations, top=data.draw(st.integers(1, 4)))
    places = (text, row_offsets, start, end)
    found = (*places, kind, names, *view.index)
    entry = compiled.lookup(*found)
    same([entry], [definition.lookup(*found)])
    locked = data.draw(st.none() | st.lists(st.integers(0, 1), min_size=len(start), max_size=len(start)))
    locked = None if locked is None else np.array(locked, np.uint8)
    may = (entry >= 0) if locked is None else (entry >= 0) & (locked == 0)
    chosen = data.draw(st.lists(st.booleans(), min_size=len(start), max_size=len(start)))
    unit = np.flatnonzero(may & np.array(chosen, bool)).astype(np.int32)
    row = (np.searchsorted(row_offsets, unit, side="right") - 1).astype(np.int32)
    ids = np.arange(len(row_offsets) - 1, dtype=np.uint64) * np.uint64(0x123456789AB)
    given_to_both = (key, ids, 3, *places, entry, locked, unit, row, *view.choice)
    for name in ("replace", "insert"):
        edits = getattr(compiled, name)(*given_to_both)
        same(edits, getattr(definition, name)(*given_to_both))
        check_laws(edits, row_offsets, start, end, locked)


def check_laws(edits, row_offsets, start, end, locked):
    """Edits are sorted and apart, stay in their row, and touch no locked unit."""
    row, first, last, text_start, text_end, text = edits
    assert (row[1:] >= row[:-1]).all() and (first[1:] >= last[:-1]).all()
    assert (text_start <= text_end).all() and text_end.max(initial=0) == len(text)
    for r, low, high in zip(row, first, last, strict=True):
        units = range(row_offsets[r], row_offsets[r + 1])
        (at,) = [u for u in units if end[u] == high and (low in (high, start[u]))]
        assert locked is None or not locked[at]


@SETTINGS
@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=30))
def test_hashes_do_not_depend_on_what_stands_around(parts):
    end = np.cumsum([0, *map(len, parts)]).astype(np.int32)
    together = definition.hashes(np.frombuffer(b"".join(parts), np.uint8), end[:-1], end[1:])
    for part, value in zip(parts, together, strict=True):
        for form in (part, part.lower(), part.upper()):
            alone = np.frombuffer(form, np.uint8)
            ends = np.array([len(form)], np.int32)
            assert definition.hashes(alone, np.zeros(1, np.int32), ends)[0] == value


@pytest.mark.parametrize("kernel", [definition, compiled])
@pytest.mark.parametrize(
    ("text", "words", "after"),
    [
        ("a film", [1], "an hour"),
        ("A film", [1], "An hour"),
        ("A FILM", [1], "AN HOUR"),
        ("a Film", [1], "an Hour"),
        ("an  film", [1], "an  hour"),
        ("a, film", [1], "a, hour"),
        ("a\nfilm", [1], "an\nhour"),
        ("film", [0], "hour"),
        ("a well-known film", [2], "a well-known hour"),
        ("aN film", [1], "aN hour"),
        ("a film a film", [1, 3], "an hour an hour"),
    ],
)
def test_articles_are_mended(place, kernel, text, words, after):
    lexicon = opened(place, [Record("film", "hour")])
    assert written(kernel.replace, lexicon, text, words) == after


@pytest.mark.parametrize("kernel", [definition, compiled])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("happy", "glad to say"),
        ("Happy", "Glad to say"),
        ("HAPPY", "GLAD TO SAY"),
    ],
)
def test_case_is_carried_over(place, kernel, before, after):
    lexicon = opened(place, [Record("happy", "glad to say")])
    assert written(kernel.replace, lexicon, before, [0]) == after


def written(write, lexicon, text, units):
    data = text.encode()
    spans = [(m.start(), m.end()) for m in re.finditer(rb"[\w'-]+", data)]
    start, end = (np.array(side, np.int32) for side in zip(*spans, strict=True))
    view = lexicon.view((Relation.SYNONYM,))
    offsets, tile = np.array([0, len(spans)], np.int32), np.frombuffer(data, np.uint8)
    places = (tile, offsets, start, end)
    entry = definition.lookup(*places, np.full(len(spans), 16, np.uint8), True, *view.index)
    unit = np.array(units, np.int32)
    made = write(1, np.zeros(1, np.uint64), 3, *places, entry, None, unit, unit * 0, *view.choice)
    out, at = b"", 0
    for _, low, high, a, b in zip(*made[:5], strict=True):
        out, at = out + data[at:low] + made[5][a:b].tobytes(), high
    return (out + data[at:]).decode()
