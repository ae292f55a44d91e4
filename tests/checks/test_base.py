"""Every check: plain data, one of its kind, picklable; in tables, lines and files."""

import dataclasses
import json
import pickle

import pytest

import textaug as ta
from textaug.checks.base import check_from, check_registry

SAMPLES = [
    ta.Unchanged(),
    ta.Duplicate(),
    ta.LengthRatio(0.25, 3, "words"),
    ta.EditDistance(0.3, 0.1),
    ta.Similarity(0.7, "some/model"),
    ta.Fluency(1.5),
    ta.LabelAgreement("package.module:Class.method"),
]
LINE = (
    "Filter([WordSwap(rate=0.5)], checks=[Unchanged, Duplicate(), LengthRatio(0.25, 3, unit='words'), "
    "EditDistance(0.3, least=0.1), Similarity(0.7, 'some/model'), Fluency(1.5), "
    "LabelAgreement('package.module:Class.method')], retries=3)"
)
MADE = ta.Filter([ta.WordSwap(rate=0.5)], checks=SAMPLES, retries=3)
TOML = """
[[steps]]
transform = "Filter"
retries = 3
steps = [{ transform = "WordSwap", rate = 0.5 }]
checks = ["Unchanged", { check = "LengthRatio", low = 0.25 }]
"""


def test_there_is_a_sample_of_each():
    ours = {name for name, cls in check_registry().items() if cls.__module__.startswith("textaug.")}
    assert {type(check).__name__ for check in SAMPLES} == ours


@pytest.mark.parametrize("check", SAMPLES, ids=repr)
def test_it_is_plain_data(check):
    table = check.to_dict()
    assert json.loads(json.dumps(table)) == table and check_from(table) == check
    for other in (
        pickle.loads(pickle.dumps(check)),
        dataclasses.replace(check),
        ta.parse(f"Filter(WordSwap, checks={check!r})").checks[0],
    ):
        assert other == check and hash(other) == hash(check) and repr(other) == repr(check)
    assert getattr(ta, type(check).__name__) is type(check) and isinstance(check.reason, str)
    with pytest.raises(dataclasses.FrozenInstanceError):
        check.reason_ = 1


def test_a_line_and_a_table_say_the_same():
    assert ta.load(LINE) == MADE == ta.load(MADE.to_dict()) == ta.parse(repr(MADE))


def test_a_file_says_the_same(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(TOML)
    (made,) = ta.load(path).steps
    assert made == ta.Filter([ta.WordSwap(rate=0.5)], checks=[ta.Unchanged(), ta.LengthRatio(0.25)], retries=3)


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
def test_a_file_may_not_name_code_however_deep(tmp_path, suffix):
    path = tmp_path / f"recipe{suffix}"
    path.write_text(json.dumps(ta.OneOf([ta.Compose([MADE])]).to_dict()))
    with pytest.raises(ta.UsageError, match=r"recipe.*: LabelAgreement names code, which a file may not; give it in"):
        ta.load(path)


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        ("Filter([WordSwap()], checks=[Similarty(0.8)])", "no check 'Similarty'; did you mean 'Similarity'"),
        ("Filter([WordSwap()], checks=['Similarty'])", "no check 'Similarty'; did you mean 'Similarity'"),
        ("Filter([WordSwap()], checks=[LengthRatio(lo=1)])", "LengthRatio: no parameter 'lo'; did you mean 'low'"),
        ("Filter([WordSwap()], checks=[LengthRatio(0.1, low=1)])", "'0.1' in .* is not one value for one field"),
        ("Filter([WordSwap()], checks=[Unchanged(1)])", "'1' in .* has no name"),
        ("Filter([WordSwap()], checks=[LabelAgreement()])", "LabelAgreement: 'classify' is missing"),
        ("Filter([WordSwap()], checks=[5])", "5 is no check; give a table with the key 'check'"),
        ("Filter([WordSwap()], checks=[WordSwap()])", "no check 'WordSwap'. Known: "),
        ("Filter([Unchanged()])", "a step has no 'transform'"),
        ("LengthRatio(0.5)", "no recipe|has no 'transform'"),
    ],
)
def test_what_is_no_check_is_refused_with_a_remedy(recipe, message):
    with pytest.raises(ta.UsageError, match=message):
        ta.load(recipe)


def test_a_name_is_taken_once():
    with pytest.raises(ta.UsageError, match=r"a check 'Unchanged' is registered already, by textaug.checks.texts"):
        ta.register_check(type("Unchanged", (ta.Check,), {"__module__": "mine"}))


def test_a_check_that_is_not_registered_is_no_data():
    class Mine(ta.Check):
        pass

    with pytest.raises(ta.UsageError, match="the check 'Mine' is not registered; write @register_check above its"):
        ta.Filter([ta.WordSwap()], checks=[Mine()]).to_dict()


def test_a_users_own_check_goes_through_a_recipe(monkeypatch):
    monkeypatch.setattr("textaug.checks.base._CHECKS", dict(check_registry()))

    @ta.register_check
    class Longer(ta.Check):
        than: int = 3

        def passes(self, before, after):
            import numpy as np

            return np.array([len(text) > self.than for text in after])

    made = ta.load("Filter([WordDelete(rate=0.5)], checks=[Longer(5)], retries=50)")
    assert made.checks == (Longer(5),) and ta.load(made.to_dict()) == made and len(made("one two six")) > 5
