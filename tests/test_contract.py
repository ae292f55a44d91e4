"""The contract, over everything that is registered: whoever adds a transform adds nothing here."""

import dataclasses
import json
import pickle
import re
import typing

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SENTENCES, columns, eager, fewer, is_composition, sample, transforms

import textaug as ta
from textaug.recipe import from_dict, parse
from textaug.transform import Transform

NAMES = list(ta.registry())
REFUSED = {
    "p": [-0.1, 1.1, float("nan"), "0.5", None, True],
    "rate": [-0.1, 1.1, float("nan"), "0.5", None, True, (0.1,), (0.1, 0.2, 0.3), (0.3, 0.1), (0.1, "x")],
    "min_units": [-1, 0.5, "1", None, True],
    "max_units": [-1, 0.5, "1", True],
    "protect": ["word", 5, None, [5]],
    "protect_pattern": ["(", 5, b"x"],
    "on_span": ["kep", None, 5, ""],
    "cer": [-0.1, 1.1, float("nan"), "0.5", None, True],
    "actions": [(), ("substitut",), 5, None, [5]],
    "window": [-1, 0.5, "1"],
    "contract": ["yes", 1, 0.5],
    "to": ["tradional", None, 5],
    "layout": ["qwertx", None, 5, ""],
    "unit": ["letter", None, 5, ""],
    "tone": ["high", None, 4, ""],
    "scripts": [(), ("Cyrilic",), "Greek", 5, None, [5]],
    "words": ["word", 5, None, [5], ("",), (" ",)],
    "path": ["nowhere.txt", 5],
    "scale": [-0.1, 1.1, float("nan"), "0.5", None, True],
    "real_words": ["yes", None, 1],
    "candidates": [0, 256, 0.5, "1", None],
    "min_share": [-0.1, 1.1, None],
    "pos": ["noun", ("nuon",)],
    "stop_words": ["word"],
    "features": [(), ("numbr",), "tense", 5, None, [5]],
    "remove": ["yes", None, 1],
    "weights": [(), (0, 0), (-1, 2)],
    "n": [-1, 9, 0.5],
    "steps": [(), 5, ("WordSwap",)],
    "dropout": [-0.1, 1.1, float("nan"), "0.5", None, True],
    "alpha": [-0.1, 1001, float("nan"), "0.5", None, True],
    "separator": ["", None, 5],
    "tokenizer": ["nowhere.json", 5],
    "gazetteer": ["nowhere.json", 5],
    "entities": ["span", None, 5],
    "checks": [(), 5, ("Unchanged",)],
    "retries": [-1, 0.5, "1", None, True],
    "translator": ["apertum", 5, None],
    "pivot": ["", "Spanish!", 5, None, "en"],
    "language": ["", "English!", 5, None],
    "cache": ["yes", None, 1],
    "model": ["", 5, True],
    "top_k": [0, 0.5, "1", None, True],
    "top_p": [0, -0.1, 1.1, float("nan"), "0.5", None, True],
    "same_pos": ["yes", None, 1],
}
CASES = [
    (name, field.name, value)
    for name in NAMES
    for field in dataclasses.fields(ta.registry()[name])
    for value in REFUSED.get(field.name, ())
]


@pytest.fixture(params=NAMES)
def cls(request):
    return ta.registry()[request.param]


def fields_of(cls):
    return {field.name: field for field in dataclasses.fields(cls)}


def test_it_is_a_public_class_of_its_name(cls):
    assert getattr(ta, cls.__name__) is cls and cls.__name__ in dir(ta)
    assert re.fullmatch(r"[A-Z][A-Za-z]+", cls.__name__) and issubclass(cls, Transform)


def test_it_is_a_frozen_keyword_only_dataclass(cls):
    made = sample(cls.__name__)
    assert cls.__dataclass_params__.frozen and all(
        field.kw_only or name == "steps" for name, field in fields_of(cls).items()
    )
    for name in fields_of(cls):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, name, None)
    if not is_composition(cls):
        with pytest.raises(TypeError, match="positional"):
            cls(0.5)


def test_it_has_a_version_and_a_label_effect(cls):
    made = sample(cls.__name__)
    assert isinstance(cls.version, int) and cls.version >= 1
    assert cls.label_effect in ("preserves", "flips", "may change") and isinstance(cls.native, bool)
    assert made.asked is None or 0 <= made.asked <= 1


def test_its_fields_are_plain_data_with_types(cls):
    hints = typing.get_type_hints(cls)
    for name, field in fields_of(cls).items():
        assert name in hints
        missing = field.default is field.default_factory is dataclasses.MISSING
        assert missing == (name == "steps")  # everything works as it is, but for compositions' steps


def test_its_docstring_has_a_summary_its_parameters_and_an_example(cls):
    first, *rest = cls.__doc__.strip().splitlines()
    assert first.endswith((".", ":")) and not first.startswith(cls.__name__ + "(")
    assert ">>> " in cls.__doc__ and cls.__name__ in cls.__doc__.split(">>> ", 1)[1]
    own = [name for name in fields_of(cls) if name in cls.__annotations__]
    documented = "".join(base.__doc__ or "" for base in cls.__mro__)
    assert all(re.search(rf"^\s+(\w+, )*{name}(, \w+)*: ", documented, re.MULTILINE) for name in own), own
    assert rest


@pytest.mark.parametrize("name", NAMES)
@fewer
@given(data=st.data())
def test_it_is_equal_by_value_hashable_and_picklable(name, data):
    made = data.draw(transforms(name))
    for other in (pickle.loads(pickle.dumps(made)), dataclasses.replace(made), from_dict(made.to_dict())):
        assert other == made and hash(other) == hash(made) and repr(other) == repr(made)
    assert len(pickle.dumps(made)) < 20_000  # cheap: no lexicon, no table goes along
    assert dataclasses.replace(made, p=0.123) != made != "something else"


@pytest.mark.parametrize("name", NAMES)
@fewer
@given(data=st.data())
def test_it_comes_back_from_plain_data_and_from_its_repr(name, data):
    made = data.draw(transforms(name))
    table = made.to_dict()
    assert table["transform"] == name and json.loads(json.dumps(table)) == table
    assert from_dict(table) == made and ta.load(table) == made and type(made).from_dict(table) == made
    assert parse(repr(made)) == made


def test_its_table_names_only_what_differs(cls):
    if not is_composition(cls):
        assert cls().to_dict() == {"transform": cls.__name__}
        assert cls(p=0.5).to_dict() == {"transform": cls.__name__, "p": 0.5}


@pytest.mark.parametrize(("name", "field", "value"), CASES)
def test_it_refuses_a_wrong_parameter_and_names_it(name, field, value):
    fields = {"steps": (ta.WordSwap(), ta.CharSwap())} if is_composition(ta.registry()[name]) else {}
    with pytest.raises(ta.UsageError) as error:
        ta.registry()[name](**fields | {field: value})
    message = str(error.value)
    parts = [value, *(value if isinstance(value, tuple) else ())]
    assert any(repr(part) in message for part in parts)  # the value, or the part of it that is wrong
    assert re.search("give|did you mean|Known:|RE2 has no|there are only", message)  # and the remedy


def test_it_refuses_an_unknown_parameter(cls):
    with pytest.raises(TypeError, match="rat_e"):
        cls(rat_e=1)
    with pytest.raises(ta.UsageError, match=f"{cls.__name__}: no parameter 'on_spam'; did you mean 'on_span'"):
        from_dict(sample(cls.__name__).to_dict() | {"on_spam": 1})


@pytest.mark.parametrize(
    "shape",
    [list, pa.array, pd.Series, lambda rows: pl.Series("text", rows), lambda rows: pa.array(rows, pa.string_view())],
    ids=["list", "arrow", "pandas", "polars", "string_view"],
)
def test_it_returns_what_it_was_given(cls, shape):
    rows = [*SENTENCES, None, ""]
    given, aug = shape(rows), eager(cls.__name__)
    made = aug(given)
    assert type(made) is type(given) and getattr(made, "type", 0) == getattr(given, "type", 0)
    assert getattr(made, "dtype", 0) == getattr(given, "dtype", 0)
    plain = made if isinstance(made, list) else made.to_pylist() if isinstance(made, pa.Array) else made.to_list()
    assert [value if isinstance(value, str) else None for value in plain] == aug(rows)
    assert isinstance(aug(SENTENCES[0]), str)


def test_it_changes_real_text(cls):
    done = eager(cls.__name__).apply(SENTENCES * 5)
    assert done.text != SENTENCES * 5 and any(one.changed for one in done.applied)


@pytest.mark.parametrize("name", NAMES)
@fewer
@given(rows=columns)
def test_it_neither_changes_nor_keeps_what_it_is_given(name, rows):
    """Pure: the same call gives the same, whatever was called in between, and the caller's text stays."""
    aug, given, array = eager(name), list(rows), pa.array(rows, pa.string())
    first = aug(given, seed=3)
    aug(SENTENCES, seed=4)
    assert aug(given, seed=3) == first == eager(name)(array, seed=3).to_pylist()
    assert given == rows == array.to_pylist()


def test_seeds_and_copies_differ(cls):
    aug = eager(cls.__name__)
    assert aug(SENTENCES * 5, seed=1) != aug(SENTENCES * 5, seed=2)
    made = aug(SENTENCES * 5, copies=2)
    assert made[::2] != made[1::2]
