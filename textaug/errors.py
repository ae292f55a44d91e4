"""Every error that a user can meet: what was given, where, and what to do about it."""

from collections.abc import Iterable
from difflib import get_close_matches


class TextaugError(Exception):
    """The base of all errors that textaug raises on purpose; its message is meant for a person."""


class UsageError(TextaugError):
    """The caller asked for something that does not exist or makes no sense: exit code 2."""


class DataError(TextaugError):
    """The data cannot be read, or breaks a rule that was set for it: exit code 1."""


def unknown(what: str, value: str, known: Iterable[str], *, remedy: str = "") -> UsageError:
    """Say that a name is unknown, which one was probably meant, and which there are.

    >>> print(unknown("column", "txt", ["text", "label"]))
    no column 'txt'; did you mean 'text'? Known: label, text
    """
    names = sorted(set(known))
    near = get_close_matches(value, names, n=1, cutoff=0.5)
    folded = {name.lower(): name for name in names}
    if not near and value.lower() in folded:
        near = [folded[value.lower()]]
    hint = f"; did you mean '{near[0]}'? " if near else ". "
    listing = f"Known: {', '.join(names)}" if names else "There are none"
    return UsageError(f"no {what} '{value}'{hint}{listing}" + (f". {remedy}" if remedy else ""))


def missing(package: str, extra: str, purpose: str) -> UsageError:
    """Say that an optional package is missing and how to get it.

    >>> print(missing("polars", "polars", "polars Series"))
    polars is needed for polars Series; install it with: pip install 'textaug-nlp[polars]'
    """
    return UsageError(f"{package} is needed for {purpose}; install it with: pip install 'textaug-nlp[{extra}]'")
