"""Frozen outputs: what a version of a transform gave once, it gives for ever.

A difference here is another augmentation of everything that users have augmented. If it is meant, it takes a new
version of the transform (`version: ClassVar[int]`); then write the files anew with

    pytest tests/test_golden.py --update-golden

and read the diff.
"""

import json
from pathlib import Path

import pytest
import tiny_masked
from strategies import STAND_INS, is_composition

import textaug as ta

FOLDER = Path(__file__).parent / "golden"
ROWS = [
    "The movie was terrible, a huge waste of time; I didn't laugh once.",
    "A happy old man walked 3.5 miles to the U.S. embassy -- see http://imdb.com/title?id=7 or ask @bob!",
    "这部电影很好看，我非常喜欢男主角的表演，强烈推荐！",
    "我用Python写了3年代码，café的咖啡很贵。👍🏽",
    "Привет, Ωmega",
    "Alice didn't receive an impossible preview in Paris. Dr. Smith does not pay 1,250 dollars, but he is happy "
    "about painful, careless reporters.",
    "他没去过北京。我在上海买了三十五张票，头发很干净；你呢？",
    "",
    None,
]
SPANS = [
    [(4, 9, "film"), (28, 42, "waste")],
    [(2, 11, "who")],
    [(2, 4, "影")],
    [(2, 8, "lang")],
    [],
    [(0, 5, "PER")],
    [],
    [],
    [],
]
WAYS = [
    {},
    {"rate": 0.5, "cer": 0.25, "window": 2, "on_span": "keep"},
    {"rate": [0.1, 0.9], "min_units": 2, "max_units": 5, "p": 0.8, "protect": ["movie", "我"], "on_span": "drop",
     "protect_pattern": "[0-9.]+", "actions": ["substitute", "swap"], "cer": 0.4, "window": 9, "unit": "word",
     "tone": "any", "layout": "azerty", "to": "taiwan", "scale": 0.5, "dropout": 0.5, "real_words": False},
]  # fmt: skip
NAMES = [*ta.registry(), "eda", "aeda"]
STEPS = [
    {"transform": "WordSwap", "rate": 0.4},
    {"transform": "CharNoise", "cer": 0.1},
    {"transform": "SynonymReplace", "rate": 0.5},
    {"transform": "WordSwap", "rate": 0.4},
]


def recipes(name):
    """Return the recipes, as plain data, whose outputs are frozen."""
    if name not in ta.registry():
        return [ta.load(name).to_dict()]
    cls = ta.registry()[name]
    held = set(cls.__dataclass_fields__) - ({"on_span"} if is_composition(cls) else set())  # that is the steps'
    base = {"transform": name} | ({"steps": STEPS} if is_composition(cls) else STAND_INS.get(name, {}))
    extra = {"weights": [1, 2, 3, 4]} if name == "OneOf" else {"n": [1, 3]} if name == "SomeOf" else {}
    return [
        base | {field: value for field, value in (way | (extra if way else {})).items() if field in held}
        for way in WAYS
    ]


def made(recipe, seed):
    done = ta.load(recipe).apply(ROWS, spans=SPANS, seed=seed, epoch=seed, source="golden" if seed else "")
    return {"seed": seed, "text": done.text, "spans": done.spans}


def frozen(name):
    version = ta.registry()[name].version if name in ta.registry() else 1
    cases = [{"recipe": recipe, "made": [made(recipe, seed) for seed in (0, 1)]} for recipe in recipes(name)]
    told = json.dumps({"transform": name, "version": version, "cases": cases})
    return json.loads(told.replace(str(tiny_masked.FOLDER), "folder"))


@pytest.mark.parametrize("name", NAMES)
def test_what_was_given_once_is_given_for_ever(name, request):
    path, now = FOLDER / f"{name}.json", frozen(name)
    if request.config.getoption("--update-golden"):
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert path.exists(), f"{name} has no frozen outputs yet: run pytest {__file__} --update-golden"
    then = json.loads(path.read_text(encoding="utf-8"))
    assert now["version"] == then["version"], f"{name} has a new version: run pytest {__file__} --update-golden"
    for old, new in zip(then["cases"], now["cases"], strict=True):
        assert old == new, f"{name} {now['version']} gives something else; new behaviour takes a new version"


def test_frozen_outputs_are_of_transforms_that_there_are():
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(NAMES)


def test_the_frozen_outputs_show_changes():
    """A file of unchanged texts would hold nothing."""
    for name in NAMES:
        held = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        assert any(made["text"] != ROWS for case in held["cases"] for made in case["made"])
