"""Recipes: transforms as plain data, in TOML, YAML, JSON or a line of text, checked against the transforms' fields."""

from __future__ import annotations

import ast
import dataclasses
import warnings
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from textaug.checks.base import NamesCode, check_from, check_registry
from textaug.errors import UsageError, unknown
from textaug.transform import Transform, registry

MAX_BYTES, MAX_DEPTH = 1 << 20, 32


def load(recipe: str | Path | dict[str, Any] | list[Any] | Transform) -> Transform:
    """Return the transform that a recipe stands for.

    Args:
        recipe: the name of a ready recipe ("eda"), a path to a .toml, .yaml or .json file, a line such as
            "SynonymReplace(rate=0.1)", plain data as from `to_dict`, or a transform.

    Raises:
        UsageError: there is no such recipe, or it has an unknown name, a wrong value or YAML aliases.

    >>> load("WordSwap(rate=0.2)")
    WordSwap(p=1.0, protect=(), protect_pattern=None, on_span='protect', rate=0.2, min_units=0, max_units=None)
    """
    from textaug.compose import READY

    if isinstance(recipe, Transform):
        return recipe
    if isinstance(recipe, dict | list):
        return from_dict(recipe)
    if not isinstance(recipe, str | Path):
        raise UsageError(f"{recipe!r} is no recipe; give a name, a path, a table or a transform")
    if str(recipe) in READY:
        return READY[str(recipe)]()
    if Path(recipe).suffix in (".toml", ".yaml", ".yml", ".json"):
        return _from_file(Path(recipe))
    if str(recipe).split("(")[0] in registry() or "(" in str(recipe):
        return parse(str(recipe))
    raise unknown("recipe", str(recipe), [*READY, *registry()], remedy="Or give a path ending in .toml, .yaml or .json")


def parse(line: str) -> Transform:
    """Return the transform that a line such as "OneOf([WordSwap(rate=0.2), CharSwap()])" stands for.

    The line is read as data, never evaluated.

    Raises:
        UsageError: the line is no transform, or names something unknown.

    >>> parse("CharSwap") == parse("CharSwap()")
    True
    """
    if len(line) > MAX_BYTES:
        raise UsageError(f"the transform has {len(line)} characters; the limit is {MAX_BYTES}")
    line = line.strip()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of "\d", which is what a person writes in a pattern
            tree = ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UsageError(f"{_short(line)!r} is no transform; write it like SynonymReplace(rate=0.1)") from None
    made = _read(tree, line, 0)
    return from_dict({"transform": made} if isinstance(made, str) else made)


def _read(tree: ast.expr, line: str, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise UsageError(f"the transform nests deeper than {MAX_DEPTH} levels")
    if isinstance(tree, ast.Name):
        return tree.id
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        fields: dict[str, Any] = {}
        for word in tree.keywords:
            if word.arg is None or word.arg in fields:
                raise UsageError(f"{_source(line, word)} is not one value for one field; write field=value")
            fields[word.arg] = _read(word.value, line, depth + 1)
        kind, names = _places(tree.func.id)
        for name, value in zip(names, tree.args, strict=False):
            if name in fields:
                raise UsageError(f"{_source(line, value)} is not one value for one field; write field=value")
            fields[name] = _read(value, line, depth + 1)
        if len(tree.args) > len(names):
            raise UsageError(f"{_source(line, tree.args[len(names)])} has no name; write field=value")
        return {kind: tree.func.id} | fields
    if isinstance(tree, ast.List | ast.Tuple):
        return [_read(item, line, depth + 1) for item in tree.elts]
    try:
        return ast.literal_eval(tree)
    except (ValueError, TypeError, RecursionError):
        raise UsageError(f"{_source(line, tree)} is not a plain value") from None


def _places(name: str) -> tuple[str, tuple[str, ...]]:
    """Say what a name in a line stands for, and which of its fields need not be named."""
    check = check_registry().get(name)
    if check is None:
        known = registry().get(name)
        return "transform", ("steps",) if known is None or "steps" in field_types(known) else ()
    return "check", tuple(field.name for field in dataclasses.fields(check))  # type: ignore[arg-type]


def _source(line: str, tree: ast.expr | ast.keyword) -> str:
    return f"{_short(ast.get_source_segment(line, tree) or '')!r} in {_short(line)!r}"


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "..."


def from_dict(data: Any, depth: int = 0) -> Transform:
    """Return the transform that plain data stands for: {"transform": NAME, field: value}, or a list of such.

    Raises:
        UsageError: an unknown transform or field, or a value of the wrong type.

    >>> from_dict([{"transform": "WordSwap"}, {"transform": "CharSwap"}]).steps[1]
    CharSwap(p=1.0, protect=(), protect_pattern=None, on_span='protect', rate=0.1, min_units=0, max_units=None)
    """
    if depth > MAX_DEPTH:
        raise UsageError(f"the recipe nests deeper than {MAX_DEPTH} levels")
    if isinstance(data, list):
        data = {"transform": "Compose", "steps": data}
    if isinstance(data, str):
        data = {"transform": data}
    if not isinstance(data, dict):
        raise UsageError(f"{data!r} is no transform; give a table with the key 'transform'")
    name = data.get("transform", "Compose" if "steps" in data else None)
    if not isinstance(name, str):
        raise UsageError(f"a step has no 'transform': {data!r}")
    cls = registry().get(name)
    if cls is None:
        raise unknown("transform", name, registry())
    for field in dataclasses.fields(cls):
        if field.default is field.default_factory is dataclasses.MISSING and field.name not in data:
            raise UsageError(f"{name}: '{field.name}' is missing")
    return cls(**{field: _value(cls, field, value, depth) for field, value in data.items() if field != "transform"})


def _value(cls: type[Transform], field: str, value: Any, depth: int) -> Any:
    hints = field_types(cls)
    if field not in hints:
        raise UsageError(f"{cls.__name__}: {unknown('parameter', str(field), hints)}")
    if field == "steps":
        steps = value if isinstance(value, list | tuple) else [value]
        return tuple(from_dict(step, depth + 1) for step in steps)
    if field == "checks":
        return tuple(map(check_from, value if isinstance(value, list | tuple) else [value]))
    if get_origin(hints[field]) is Literal and value not in get_args(hints[field]):
        raise UsageError(f"{cls.__name__}: {unknown(field, str(value), get_args(hints[field]))}")
    try:
        return msgspec.convert(value, hints[field], strict=True)
    except msgspec.ValidationError as error:
        listed = f"; write [{value!r}]" if isinstance(value, str) and "`array`" in str(error) else ""
        raise UsageError(f"{cls.__name__}: {field}={value!r}: {error}{listed}") from None


def field_types(cls: type[Transform]) -> dict[str, Any]:
    """Return the parameters of a transform and their types."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls) if field.init}


def _from_file(path: Path) -> Transform:
    try:
        text = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the recipe {path}: {getattr(error, 'strerror', None) or error}") from None
    if len(text) > MAX_BYTES:
        raise UsageError(f"the recipe {path} has {len(text)} bytes; the limit is {MAX_BYTES}")
    try:
        return _without_code(from_dict(_decode(text, path.suffix)))
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None


def _without_code(made: Transform) -> Transform:
    """Refuse a recipe of a file that names a function: a file may come from anyone, and what it names would be run."""
    named = [check for leaf in made.leaves() for check in getattr(leaf, "checks", ()) if isinstance(check, NamesCode)]
    if named:
        raise UsageError(
            f"{type(named[0]).__name__} names code, which a file may not; give it in Python or with --transform"
        )
    return made


def _decode(text: bytes, suffix: str) -> Any:
    try:
        if suffix == ".toml":
            import tomllib

            return tomllib.loads(text.decode())
        if suffix == ".json":
            return msgspec.json.decode(text)
        return _yaml(text)
    except (ValueError, RecursionError, msgspec.DecodeError) as error:
        raise UsageError(f"not a valid {suffix[1:]} file: {error}") from None


def _yaml(text: bytes) -> Any:
    """Read YAML without aliases, of which a few hundred bytes can stand for gigabytes, and not too deep."""
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, yaml.SafeLoader):  # lazily: a deep file is refused before it is read whole
            if isinstance(event, yaml.AliasEvent):
                raise UsageError("YAML aliases are refused; write the step out")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > 3 * MAX_DEPTH:
                raise UsageError(f"the recipe nests deeper than {MAX_DEPTH} levels")
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(error) from None
