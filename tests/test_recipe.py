"""Recipes: the same transform from a line, TOML, YAML, JSON or a table; what is none is refused with a remedy."""

import json
import warnings

import pytest
from hypothesis import given
from strategies import any_transform

import textaug as ta
from textaug.recipe import MAX_BYTES, MAX_DEPTH, from_dict, load, parse

RECIPE = ta.Compose(
    (
        ta.OneOf((ta.WordSwap(rate=(0.1, 0.3)), ta.CharNoise(cer=0.2, actions=("insert", "swap"))), weights=(1.0, 2.0)),
        ta.CharSwap(p=0.5, protect=("U.S.", "我"), protect_pattern="[0-9]+%?", on_span="keep", max_units=3),
    )
)
TOML = """
[[steps]]
transform = "OneOf"
weights = [1, 2.0]
steps = [
    { transform = "WordSwap", rate = [0.1, 0.3] },
    { transform = "CharNoise", cer = 0.2, actions = ["insert", "swap"] },
]

[[steps]]
transform = "CharSwap"
p = 0.5
protect = ["U.S.", "我"]
protect_pattern = "[0-9]+%?"
on_span = "keep"
max_units = 3
"""
YAML = """
- transform: OneOf
  weights: [1, 2]
  steps:
    - {transform: WordSwap, rate: [0.1, 0.3]}
    - {transform: CharNoise, cer: 0.2, actions: [insert, swap]}
- {transform: CharSwap, p: 0.5, protect: [U.S., 我], protect_pattern: '[0-9]+%?', on_span: keep, max_units: 3}
"""
LINE = """Compose([
    OneOf([WordSwap(rate=(0.1, 0.3)), CharNoise(cer=0.2, actions=["insert", "swap"])], weights=[1, 2]),
    CharSwap(p=0.5, protect=["U.S.", "我"], protect_pattern="[0-9]+%?", on_span="keep", max_units=3),
])"""
TEXTS = {".toml": TOML, ".yaml": YAML, ".yml": YAML, ".json": json.dumps(RECIPE.to_dict())}


@pytest.fixture
def write(tmp_path):
    def written(text, suffix=".yaml"):
        path = tmp_path / f"recipe{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.mark.parametrize("suffix", TEXTS)
def test_a_recipe_reads_the_same_in_every_format(write, suffix):
    path = write(TEXTS[suffix], suffix)
    assert load(path) == load(str(path)) == RECIPE


def test_a_recipe_reads_the_same_from_a_line_and_a_table():
    assert parse(LINE) == load(LINE) == load(RECIPE.to_dict()) == load(RECIPE) == RECIPE
    assert load([step.to_dict() for step in RECIPE.steps]) == RECIPE
    assert load({"steps": [step.to_dict() for step in RECIPE.steps]}) == RECIPE


@given(made=any_transform)
def test_every_transform_comes_back_from_its_table_json_and_repr(made):
    assert from_dict(made.to_dict()) == made
    assert from_dict(json.loads(json.dumps(made.to_dict()))) == made
    assert parse(repr(made)) == made


def test_names_and_shorthands():
    assert load("WordSwap") == load("WordSwap()") == load(" WordSwap(rate=0.1)") == ta.WordSwap()
    assert load("Compose(WordSwap())") == load(["WordSwap"]) == ta.Compose([ta.WordSwap()])
    assert load("OneOf([WordSwap, CharSwap(rate=1)])") == ta.OneOf([ta.WordSwap(), ta.CharSwap(rate=1.0)])
    assert load("eda") == ta.eda()
    assert load({"transform": "WordSwap", "rate": 1}) == ta.WordSwap(rate=1.0)


def test_a_pattern_may_have_backslashes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse(r"CharSwap(protect_pattern='\d+')") == ta.CharSwap(protect_pattern=r"\d+")


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        ("edaa", "no recipe 'edaa'; did you mean 'eda'?"),
        ("wordswap", "no recipe 'wordswap'; did you mean 'WordSwap'?"),
        ("WordSwp()", "no transform 'WordSwp'; did you mean 'WordSwap'?"),
        ("WordSwap(rte=0.1)", "WordSwap: no parameter 'rte'; did you mean 'rate'?"),
        ("WordSwap(rate='x')", "WordSwap: rate='x': Expected `float | array`, got `str`"),
        ("WordSwap(rate=[0.1])", "WordSwap: rate=[0.1]: Expected `array` of length 2"),
        ("WordSwap(rate=2)", "WordSwap: rate=2.0: give a number from 0 to 1"),
        ("WordSwap(on_span='kep')", "WordSwap: no on_span 'kep'"),
        ("WordSwap(min_units=1.5)", "WordSwap: min_units=1.5: Expected `int`, got `float`"),
        ("WordSwap(p=True)", "WordSwap: p=True: Expected `float`, got `bool`"),
        ("WordSwap(0.1)", "'0.1' in 'WordSwap(0.1)' has no name; write field=value"),
        ("WordSwap(0.1, 0.2)", "'0.1' in 'WordSwap(0.1, 0.2)' has no name; write field=value"),
        ("WordSwap(rate=0.1, rate=0.2)", "'rate=0.2' in 'WordSwap(rate=0.1, rate=0.2)' is not one value"),
        ("WordSwap(**{'rate': 1})", "is not one value for one field"),
        ("WordSwap(rate=", "'WordSwap(rate=' is no transform; write it like SynonymReplace(rate=0.1)"),
        ("WordSwap(rate=1/2)", "'1/2' in 'WordSwap(rate=1/2)' is not a plain value"),
        ("Compose()", "Compose: 'steps' is missing"),
        ("Compose([])", "Compose: steps=(): give at least one transform"),
        ("Compose([5])", "5 is no transform; give a table with the key 'transform'"),
        ("Compose([WordSwap(rte=1)])", "WordSwap: no parameter 'rte'"),
        ("WordSwap(protect_pattern='(')", "protect_pattern='(' is not an RE2 pattern: missing )"),
        ("", "no recipe ''"),
        ({"rate": 0.1}, "a step has no 'transform': {'rate': 0.1}"),
        ({"transform": 5}, "a step has no 'transform': {'transform': 5}"),
        ({"transform": "WordSwap", 5: 1}, "WordSwap: no parameter '5'"),
        ({"transform": "Compose", "steps": {"transform": "WordSwap", "steps": []}}, "no parameter 'steps'"),
        (5, "5 is no recipe; give a name, a path, a table or a transform"),
        (None, "None is no recipe"),
        ("nope.toml", "cannot read the recipe nope.toml: No such file or directory"),
        ("a\0.toml", "cannot read the recipe a\0.toml: embedded null byte"),
    ],
)
def test_what_is_no_recipe_is_refused_with_a_remedy(recipe, message):
    with pytest.raises(ta.UsageError) as error:
        load(recipe)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "line",
    [
        "__import__('os').system('touch hacked')",
        "WordSwap(rate=__import__('os').getpid())",
        "WordSwap(rate=(lambda: 1)())",
        "WordSwap(rate=[x for x in (1, 2)])",
        "WordSwap(rate=open('x'))",
        "WordSwap.__class__",
        "WordSwap(protect=f'{1}')",
        "(WordSwap := 1)",
        "lambda: 1",
        "WordSwap; CharSwap",
    ],
)
def test_a_line_is_read_never_run(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ta.UsageError):
        parse(line)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [50, 200, 500, 2000, 50_000])
@pytest.mark.parametrize("parts", [("Compose(", ")"), ("[", "]"), ("-", ""), ("1+", ""), ("not ", ""), ("", "[0]")])
def test_a_deep_line_is_refused(parts, count):
    opening, closing = (part * count for part in parts)
    with pytest.raises(ta.UsageError) as error:
        parse(f"WordSwap(rate={opening}1{closing})" if parts[0] != "Compose(" else opening + "WordSwap" + closing)
    assert len(str(error.value)) < 1000


def test_nesting_has_a_limit():
    def nested(depth):
        return {"transform": "Compose", "steps": [nested(depth - 1)]} if depth else "CharSwap"

    assert from_dict(nested(MAX_DEPTH)) and parse(repr(from_dict(nested(MAX_DEPTH // 2 - 1))))
    with pytest.raises(ta.UsageError, match=f"nests deeper than {MAX_DEPTH} levels"):
        from_dict(nested(MAX_DEPTH + 3))


@pytest.mark.parametrize(
    ("text", "suffix", "message"),
    [
        ("- &a {transform: WordSwap}\n- *a", ".yaml", "YAML aliases are refused; write the step out"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nsteps: [*b, *b]", ".yaml", "YAML aliases are refused"),
        ("- {transform: WordSwap, rate: !!python/object/apply:os.getpid []}", ".yaml", "not a valid yaml file"),
        ("- transform: [", ".yaml", "not a valid yaml file"),
        ("", ".yaml", "None is no transform"),
        ("[" * 100_000, ".yaml", f"nests deeper than {MAX_DEPTH} levels"),
        ("[" * 100_000, ".json", "not a valid json file"),
        ('{"transform": "WordSwap",}', ".json", "not a valid json file"),
        ('{"transform": "WordSwap", "rate": NaN}', ".json", "not a valid json file"),
        ("{transform: WordSwap, rate: .nan}", ".yaml", "rate=nan: give a number from 0 to 1"),
        ("transform = ", ".toml", "not a valid toml file"),
        ("x = " + "[" * 100_000, ".toml", "not a valid toml file"),
        (b"transform = '\xff'", ".toml", "not a valid toml file"),
        (b"transform: \xff", ".yaml", "not a valid yaml file"),
        ("transform = 'WordSwp'", ".toml", "no transform 'WordSwp'; did you mean 'WordSwap'?"),
        (" " * (MAX_BYTES + 1), ".json", f"has {MAX_BYTES + 1} bytes; the limit is {MAX_BYTES}"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_by_its_name(write, text, suffix, message):
    path = write(text, suffix)
    with pytest.raises(ta.UsageError) as error:
        load(path)
    assert message in str(error.value) and str(path) in str(error.value)


def test_a_long_line_is_refused():
    with pytest.raises(ta.UsageError, match=f"the limit is {MAX_BYTES}"):
        parse(" " * (MAX_BYTES + 1))


def test_a_folder_is_no_recipe(tmp_path):
    (tmp_path / "recipe.toml").mkdir()
    with pytest.raises(ta.UsageError, match="Is a directory"):
        load(tmp_path / "recipe.toml")


def test_wrong_values_are_told_what_is_wanted():
    with pytest.raises(ta.UsageError, match="no on_span 'kep'; did you mean 'keep'"):
        ta.parse("WordSwap(on_span='kep')")
    with pytest.raises(ta.UsageError, match=r"write \['Paris'\]"):
        ta.parse("WordSwap(protect='Paris')")
