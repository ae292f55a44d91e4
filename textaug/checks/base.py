"""The contract of a check, and the registry."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform, get_type_hints

import msgspec

from textaug.errors import UsageError, unknown

if TYPE_CHECKING:
    from textaug.batch import Mask

_CHECKS: dict[str, type[Check]] = {}
C = TypeVar("C", bound="type[Check]")


class Check:
    """The base of checks: frozen, compared by value, picklable. A check looks at each pair of texts by itself.

    >>> import numpy as np
    >>> from textaug import Check, Filter, WordDelete
    >>> class Short(Check):
    ...     reason = "more than two words"
    ...     def passes(self, before, after):
    ...         return np.array([len(text.split()) <= 2 for text in after])
    >>> Filter([WordDelete(rate=0.3)], checks=[Short()], retries=9)("one two three four")
    'one four'
    """

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects, in a few words; it is counted under them."""
        return type(self).__name__

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say for each pair of a text and what it has become whether the output is kept: bool, shape (pairs,)."""
        raise UsageError(f"{type(self).__name__} defines no passes()")

    def reads(self) -> dict[str, str]:
        """Return the files that the check reads and a hash of what each says; a run is not resumed with others."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """Return the check as plain data: its name, and the fields that differ from their defaults.

        >>> from textaug import LengthRatio
        >>> LengthRatio(0.4).to_dict()
        {'check': 'LengthRatio', 'low': 0.4}

        Raises:
            UsageError: the check has no name that a recipe could give.
        """
        name = type(self).__name__
        if _CHECKS.get(name) is not type(self):
            raise UsageError(f"the check '{name}' is not registered; write @register_check above its class")
        fields = dataclasses.fields(self)  # type: ignore[arg-type]  # what is registered is a dataclass
        held = {field.name: getattr(self, field.name) for field in fields}
        return {"check": name} | {field.name: held[field.name] for field in fields if held[field.name] != field.default}

    # Checks of parameters that the families share.

    def _refuse(self, field: str, value: object, remedy: str) -> UsageError:
        return UsageError(f"{type(self).__name__}: {field}={value!r}: {remedy}")

    def _number(self, field: str, low: float, high: float) -> None:
        value = getattr(self, field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self._refuse(field, value, f"give a number from {low:g} to {high:g}")


class NamesCode(Check):
    """The base of checks that import a function by its name: a recipe that lies in a file may have none."""


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def register_check(cls: C) -> C:
    """Make a class of checks a frozen dataclass and enter it under its name, for recipes and the command line.

    Raises:
        UsageError: another class has the name already.
    """
    made = cast(C, dataclass(frozen=True)(cls))
    held: type[Check] = _CHECKS.setdefault(made.__name__, made)
    if held.__module__ != made.__module__:
        raise UsageError(f"a check '{made.__name__}' is registered already, by {held.__module__}; choose another name")
    _CHECKS[made.__name__] = made
    return made


def check_registry() -> dict[str, type[Check]]:
    """Return every registered check by its name.

    >>> check_registry()["Unchanged"].__name__
    'Unchanged'
    """
    import textaug.checks  # noqa: F401
    from textaug.transform import registry

    registry()  # it loads what installed packages name as entry points
    return dict(sorted(_CHECKS.items()))


def check_from(data: Any) -> Check:
    """Return the check that plain data stands for: a name, or {"check": NAME, field: value}.

    Raises:
        UsageError: an unknown check or field, or a wrong value.

    >>> check_from({"check": "LengthRatio", "low": 0.5})
    LengthRatio(low=0.5, high=2.0, unit='letters')
    """
    if isinstance(data, Check):
        return data
    held = {"check": data} if isinstance(data, str) else data
    name = held.get("check", held.get("transform")) if isinstance(held, dict) else None  # as a line's unknown names are
    if not isinstance(name, str):
        raise UsageError(f"{data!r} is no check; give a table with the key 'check'")
    cls = check_registry().get(name)
    if cls is None:
        raise unknown("check", name, check_registry())
    fields = {key: value for key, value in held.items() if key not in ("check", "transform")}
    known = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    for key in fields.keys() - known.keys():
        raise UsageError(f"{name}: {unknown('parameter', str(key), known)}")
    for key in known.keys() - fields.keys():
        if known[key].default is known[key].default_factory is dataclasses.MISSING:
            raise UsageError(f"{name}: '{key}' is missing")
    hints = get_type_hints(cls)
    return cls(**{key: _converted(cls, key, value, hints[key]) for key, value in fields.items()})


def _converted(cls: type[Check], field: str, value: Any, hint: Any) -> Any:
    """Return a value as its field has it: a list as a tuple, say."""
    try:
        made = msgspec.convert(value, hint, strict=True)
        return value if made == value else made
    except msgspec.ValidationError as error:
        raise UsageError(f"{cls.__name__}: {field}={value!r}: {error}") from None
    except TypeError:  # no plain type: the class looks itself
        return value
