"""Case: the compiled kernel agrees with its definition."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import U64, batches, same

from textaug.languages.cases import cases
from textaug.languages.character_tables import staged
from textaug.units import chars, words

definition = import_module("textaug.kernels.reference.cases")
ODD = {"a": 2 * ord("b") + 0, "B": 2 * ord("a") + 1, "é": 2 * ord("É"), "中": 2 * ord("文") + 1}


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.cases", reason="the kernels are not compiled here")


@given(batch=batches(), key=U64, odd=st.booleans(), whole=st.booleans())
def test_styles_and_words_agree_with_their_definition(compiled, batch, key, odd, whole):
    units = words(batch) if whole else chars(batch)
    table = staged(ODD) if odd else cases()
    given = batch.data, units.start, units.end
    styles = definition.styles(*given, *table)
    same([compiled.styles(*given, *table)], [styles])
    same([compiled.cased(*given, *table)], [(styles > 0).astype(np.uint8)])
    same([definition.cased(*given, *table)], [(styles > 0).astype(np.uint8)])
    random = np.random.default_rng(key)
    unit = np.flatnonzero(random.integers(0, 2, len(units))).astype(np.int32)
    style = random.choice(np.array([1, 2, 4], np.uint8), len(unit))
    made = definition.recased(*given, unit, style, *table)
    same(compiled.recased(*given, unit, style, *table), made)
    changes = [
        batch.data[units.start[u] : units.end[u]].tobytes() != made[2][a:b].tobytes()
        for u, a, b in zip(unit, made[0], made[1], strict=True)
    ]
    told = [bool(styles[u] & one) for u, one in zip(unit, style, strict=True)]
    assert all(change or not tell for change, tell in zip(changes, told, strict=True))
