"""Tokens and units, against a plain definition: which characters does a token stand on, and in which unit are they?"""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.batch import Ranges, tiles
from textaug.kernels.reference.units import to_code_points
from textaug.masking.annotate.alignment import aligned
from textaug.masking.annotate.encoding import Encoded, encoder
from textaug.units import words

from .conftest import KINDS


def plain(encoded, row, text, units, keep_rest):
    """Return a text's unit numbers: the definition, token by token."""
    first, last = encoded.offsets[row : row + 2]
    groups = []
    for token in range(first, last):
        on = {at for at in range(encoded.start[token], encoded.end[token]) if text[at] != " "}
        if encoded.special[token]:
            groups.append(("special", None, None))
        elif not on:
            groups.append(("blank", None, None))
        else:
            held = {unit for unit, (a, b) in enumerate(units) if on & set(range(a, b))}
            groups.append(("text", on, held))
    number, ids, before = -1, [], None
    for kind, on, held in groups:
        if kind == "special":
            before = None
        if kind != "text" or not (held or keep_rest):
            ids.append(-1)
            before = (on, held) if kind == "text" else before
            continue
        together = before is not None and bool(before[1] & held)
        if before is not None and keep_rest and not together:
            letters = [text[max(before[0])], text[min(on)]]
            apart = not before[1] and not held and min(on) == max(before[0]) + 1
            together = bool(before[0] & on) or (apart and all(c.isascii() and c.isalnum() for c in letters))
        number += not together
        ids.append(number)
        before = (on, held)
    for k in range(len(ids) - 2, -1, -1):
        if groups[k][0] == "blank" and groups[k + 1][0] != "special":
            ids[k] = ids[k + 1]
    return ids


def cut(run, texts):
    """Return (tokens of all, laid out tile, word units in code points by row, tile)."""
    encoded = encoder(run).encode(texts)
    ((_, tile),) = tiles(pa.array(texts, pa.large_string()), np.zeros(len(texts), np.uint64))
    units = words(tile)
    start, end = (to_code_points(tile.data, tile.offsets, side, units.rows()) for side in (units.start, units.end))
    by_row = [
        list(zip(start[a:b].tolist(), end[a:b].tolist(), strict=True))
        for a, b in zip(units.row_offsets, units.row_offsets[1:], strict=False)
    ]
    return encoded, aligned(encoded, tile), by_row, units


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_real_text(kind, tokenizers, prose):
    encoded, laid, by_row, units = cut(tokenizers[kind], prose)
    ids = laid.words(Ranges(units.start, units.end))
    for row, text in enumerate(prose):
        wanted = plain(encoded, row, text, by_row[row], True)
        assert ids[encoded.offsets[row] : encoded.offsets[row + 1]].tolist() == wanted, text


@pytest.mark.parametrize("kind", KINDS)
def test_marked_units_of_real_text(kind, tokenizers, prose):
    encoded, laid, by_row, units = cut(tokenizers[kind], prose)
    some = np.arange(len(units)) % 3 == 1
    ids = laid.marked(Ranges(units.start[some], units.end[some]))
    at = 0
    for row, text in enumerate(prose):
        held = [unit for k, unit in enumerate(by_row[row], at) if some[k]]
        at += len(by_row[row])
        wanted = plain(encoded, row, text, held, False)
        assert ids[encoded.offsets[row] : encoded.offsets[row + 1]].tolist() == wanted, text


@st.composite
def laid_out(draw):
    """Draw a text, tokens over it in any order that a tokenizer may give, and units."""
    text = draw(st.text("ab é中 .", max_size=24))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    tokens = [(a, b) for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    twice = draw(st.lists(st.booleans(), min_size=len(tokens), max_size=len(tokens)))
    tokens = [one for one, again in zip(tokens, twice, strict=True) for _ in range(1 + again)]
    special = draw(st.lists(st.sampled_from([False] * 5 + [True]), min_size=len(tokens), max_size=len(tokens)))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    units = list(zip(edges[::2], edges[1::2], strict=False))
    return text, tokens, special, [(a, b) for a, b in units if text[a] != " " != text[b - 1]]


@given(st.lists(laid_out(), min_size=1, max_size=4))
def test_any_layout(rows):
    texts = [text for text, *_ in rows]
    ((_, tile),) = tiles(pa.array(texts, pa.large_string()), np.zeros(len(texts), np.uint64))
    offsets = np.cumsum([0, *(len(tokens) for _, tokens, _, _ in rows)]).astype(np.int32)
    start, end = (np.array([one[side] for _, tokens, _, _ in rows for one in tokens], np.int32) for side in (0, 1))
    special = np.array([one for *_, special, _ in rows for one in special], bool)
    encoded = Encoded(np.zeros(len(start), np.int32), offsets, start, end, special, {})
    byte = [
        [len(text[:at].encode()) + tile.offsets[row] for at in range(len(text) + 1)] for row, text in enumerate(texts)
    ]
    begin, stop = (
        np.array([byte[row][unit[side]] for row, (*_, units) in enumerate(rows) for unit in units], np.int32)
        for side in (0, 1)
    )
    laid = aligned(encoded, tile)
    words_, marked = laid.words(Ranges(begin, stop)), laid.marked(Ranges(begin, stop))
    for row, (text, _, _, units) in enumerate(rows):
        held = slice(offsets[row], offsets[row + 1])
        assert marked[held].tolist() == plain(encoded, row, text, units, False)
        assert words_[held].tolist() == plain(encoded, row, text, units, True)


def test_scattered_units_share_their_number(tokenizers):
    _, laid, _, units = cut(tokenizers["wordpiece"], ["good film and bad plot"])
    ids = laid.scattered(Ranges(units.start[[0, 1, 4]], units.end[[0, 1, 4]]), np.array([7, 9, 7], np.int32))
    words_ = laid.words(Ranges(units.start, units.end))
    numbers = {0: 7, 1: 9, 4: 7}
    assert ids.tolist() == [numbers.get(word, -1) for word in words_.tolist()]
