"""What docstrings say, for `textaug list` and `textaug explain`."""

import dataclasses
import inspect
import re
from typing import Any


def first_line(thing: Any) -> str:
    """Return the first sentence of a docstring.

    >>> first_line(first_line)
    'Return the first sentence of a docstring.'
    """
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def stated_effect(cls: Any) -> str:
    """Return what a transform class does to labels; compositions leave that to their steps."""
    composed = any(field.name == "steps" for field in dataclasses.fields(cls))
    return "its steps'" if composed else str(cls.label_effect)


def prose(thing: Any) -> str:
    """Return a docstring without its sections and examples."""
    text = re.split(r"\n\s*(?:Args|Parameters|Raises|Attributes|Source):|\n\s*>>>", inspect.getdoc(thing) or "")[0]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def parameters(cls: type) -> list[tuple[str, str, str, str]]:
    """Return (name, type, default, meaning) of a transform's parameters, its own before those of all."""
    told = {name: text for base in reversed(cls.__mro__) for name, text in _told(base).items()}
    fields = [field for field in dataclasses.fields(cls) if field.init]
    fields.sort(key=lambda field: _depth(cls, field.name))
    return [(field.name, _type(field), _default(field), told.get(field.name, "")) for field in fields]


def _depth(cls: type, name: str) -> int:
    """Say how far up a parameter was declared."""
    return next(at for at, base in enumerate(cls.__mro__) if name in inspect.get_annotations(base))


def _type(field: dataclasses.Field[Any]) -> str:
    return field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))


def _default(field: dataclasses.Field[Any]) -> str:
    return "required" if field.default is dataclasses.MISSING else repr(field.default)


def _told(cls: type) -> dict[str, str]:
    """Read the meanings of parameters from a class's own docstring."""
    doc = inspect.cleandoc(cls.__dict__.get("__doc__") or "")
    section = re.search(r"^Args:\n((?:[ \t]+.*\n?|\n(?=[ \t]))+)", doc, re.MULTILINE)
    if section is None:
        return {}
    items = re.findall(r"^ {4}(\w[\w, *]*): (.*(?:\n {5,}.*)*)", section.group(1), re.MULTILINE)
    return {name.strip(): re.sub(r"\s+", " ", text) for names, text in items for name in names.split(",")}
