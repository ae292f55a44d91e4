"""The same bytes however the work is cut: batches, chunks, tiles, order, threads, processes, NumPy or Cython."""

import importlib
import itertools
import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pytest
from strategies import SENTENCES, eager

import textaug as ta
from textaug.engine import run

NESTED = ta.Compose(
    [
        ta.OneOf([ta.SynonymReplace(rate=0.5), ta.WordShuffle(), ta.CharNoise(cer=0.1)], weights=(1, 1, 2)),
        ta.SomeOf([ta.CharSwap(rate=(0.0, 0.4)), ta.WordDelete(p=0.5, rate=0.2), ta.KeyboardTypo()], n=(0, 3)),
        ta.CharNoise(cer=0.05, actions=("swap",)),
    ],
    protect=("the", "我"),
    protect_pattern="[0-9.]+%",
)
RECIPES = {name: eager(name) for name in ta.registry()} | {"eda": ta.eda(), "aeda": ta.aeda(), "nested": NESTED}


@pytest.fixture(scope="module")
def rows(reviews, chinese):
    """Return 4,000 rows, English and Chinese, short and long, empty and null: several tiles."""
    held = [text for pair in zip(reviews[:200], chinese[:200], strict=True) for text in (*pair, None, "", *SENTENCES)]
    held[100] = " ".join(reviews[200:400])  # larger than a tile
    return held + [chinese[k % len(chinese)][:25] for k in range(4_000 - len(held))]


def outcome(recipe, rows, first=0, kind=None):
    """Run a recipe over rows whose ids begin with `first`; return the texts and the edits."""
    array = rows if isinstance(rows, pa.Array) else pa.array(rows, kind or pa.large_string())
    done = run(recipe, array, row_ids=np.arange(first, first + len(rows), dtype=np.uint64), want_edits=True)
    return done.text, done.edits


def in_batches(recipe, rows, size):
    parts = [outcome(recipe, rows[first : first + size], first) for first in range(0, len(rows), size)]
    return tuple(map(pa.concat_arrays, zip(*parts, strict=True)))


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize(("size", "of"), [(1, 200), (7, 700), (3_000, 4_000)])
def test_batches_of_any_size_give_the_same(rows, name, size, of):
    assert in_batches(RECIPES[name], rows[:of], size) == outcome(RECIPES[name], rows[:of])


@pytest.mark.parametrize("name", RECIPES)
def test_the_order_of_the_rows_makes_no_difference(rows, name):
    order = np.random.default_rng(3).permutation(600)
    array, aug = pa.array(rows[:600]), RECIPES[name]
    shuffled = run(aug, array.take(pa.array(order)), row_ids=order.astype(np.uint64)).text
    assert (
        shuffled.to_pylist()
        == run(aug, array, row_ids=np.arange(600, dtype=np.uint64)).text.take(pa.array(order)).to_pylist()
    )


@pytest.mark.parametrize("name", RECIPES)
def test_the_type_and_the_chunks_make_no_difference(rows, name):
    aug, held = RECIPES[name], rows[:300]
    expected = aug(held)
    array = pa.array(held, pa.string())
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        assert aug(array.cast(kind)).to_pylist() == expected
    cuts = [0, 1, 1, 8, 299, 300]
    chunked = pa.chunked_array([array.slice(a, b - a) for a, b in itertools.pairwise(cuts)])
    assert aug(chunked).to_pylist() == expected
    assert aug(pa.array([*held[:9], *held]).slice(9)).to_pylist() == expected


def test_threads_give_the_same(rows):
    """Two threads, all recipes and slices mixed: they share lexicons, caches and the memory of tiles."""
    jobs = [(name, first) for first in range(0, 400, 100) for name in RECIPES] * 2
    expected = {(name, first): outcome(RECIPES[name], rows[first : first + 100], first) for name, first in set(jobs)}
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda job: outcome(RECIPES[job[0]], rows[job[1] : job[1] + 100], job[1]), jobs))
    assert all(one == expected[job] for job, one in zip(jobs, made, strict=True))


def test_a_spawned_process_gives_the_same(rows):
    """A transform travels as it is; nothing of this process goes along."""
    held = rows[:120]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        1, spawn, importlib.import_module, ("translating",)
    ) as pool:  # it knows the toy translator
        made = {name: pool.submit(recipe, held, seed=5, epoch=2) for name, recipe in RECIPES.items()}
        for name, recipe in RECIPES.items():
            assert made[name].result(timeout=60) == recipe(held, seed=5, epoch=2), name


CHILD = """
import json, sys
import textaug as ta
import translating
from textaug.kernels import running
given = json.load(sys.stdin)
made = {name: ta.load(recipe).apply(given["rows"], spans=given["spans"]) for name, recipe in given["recipes"].items()}
told = {name: [done.text, done.edits, done.spans] for name, done in made.items()}
json.dump({"running": running(), "made": told}, sys.stdout)
"""


def test_numpy_and_cython_give_the_same(rows):
    """The twins, from end to end, in a process of its own with another hash seed and another working directory."""
    held = [*rows[:40], *SENTENCES]
    spans = [[(0, 4, "x"), (2, 6, "y")] if text and len(text) > 8 else [] for text in held]
    recipes = {name: recipe.to_dict() for name, recipe in RECIPES.items()}
    env = os.environ | {
        "TEXTAUG_PURE": "1",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    env["PYTHONPATH"] = os.pathsep.join([os.getcwd(), env["PYTHONPATH"]])
    given = json.dumps({"rows": held, "spans": spans, "recipes": recipes})
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD],
        input=given,
        env=env,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["running"] == "numpy"
    for name, recipe in RECIPES.items():
        here = recipe.apply(held, spans=spans)
        assert told["made"][name] == json.loads(json.dumps([here.text, here.edits, here.spans])), name
