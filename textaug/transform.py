"""The contract of a transform, and the registry."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self, TypeVar, cast, dataclass_transform

import numpy as np

from textaug.batch import Batch
from textaug.checks.base import Check
from textaug.draws import Draws, Purpose, UnitDraws, threshold
from textaug.edits import Edits
from textaug.errors import UsageError, unknown
from textaug.units import Units, words

if TYPE_CHECKING:
    from textaug.batch import Mask
    from textaug.edits import Spans
    from textaug.engine import Run
    from textaug.kernels.reference.draws import I32, U8, U64

LEVELS = ("letter", "subword", "word", "order", "sentence", "model")
LabelEffect = Literal["preserves", "flips", "may change"]
OnSpan = Literal["protect", "keep", "drop"]
Rate = float | tuple[float, float]

_REGISTRY: dict[str, type[Transform]] = {}
C = TypeVar("C", bound="type[Transform]")


def registry() -> dict[str, type[Transform]]:
    """Return every registered transform by its name; those of installed packages too.

    A package offers its own by naming a module under the entry point group `textaug.transforms`.

    >>> registry()["WordSwap"].__name__
    'WordSwap'
    """
    import textaug.compose
    import textaug.filtering
    import textaug.transforms  # noqa: F401

    _load_plugins()
    return dict(sorted(_REGISTRY.items()))


@cache
def _load_plugins() -> None:
    """Import the modules that installed packages name as entry points, so that they can register theirs."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="textaug.transforms"):
        entry.load()


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(dataclasses.field,))
def register(cls: C) -> C:
    """Make a transform class a frozen, keyword-only dataclass and enter it under its name.

    Raises:
        UsageError: another class has the name already.
    """
    made = cast(C, dataclass(frozen=True, kw_only=True)(cls))
    held: type[Transform] = _REGISTRY.setdefault(made.__name__, made)
    if held.__module__ != made.__module__:
        raise UsageError(
            f"a transform '{made.__name__}' is registered already, by {held.__module__}; choose another name"
        )
    _REGISTRY[made.__name__] = made
    return made


class About(NamedTuple):
    """What a catalogue says of a transform.

    Attributes:
        level: what it works on, one of `LEVELS`.
        languages: the languages or scripts that it knows, in a few words.
        source: the paper that it follows, or where its data comes from.
    """

    level: str = ""
    languages: str = "any"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a transform would do to a batch.

    Attributes:
        edits: the edits.
        eligible: how many units had a candidate and were not protected.
        changed: how many of those the edits change.
        mends: edits of what the edits make, which put right what they leave behind: a capital, a full stop.
        unsure: bool, shape (rows,): where the label may change though the transform's effect is milder; None: nowhere.
        skipped: why units were left as they are: how many for each reason; None where there is nothing to say.
    """

    edits: Edits
    eligible: int
    changed: int
    mends: Edits | None = None
    unsure: Mask | None = None
    skipped: Mapping[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Transform:
    """The base of all transforms: frozen, compared by value, cheap, picklable, without state.

    Args:
        p: the chance that the transform touches a row at all.
        protect: words that are never edited, as they are written.
        protect_pattern: an RE2 pattern; what it matches is never edited.
        on_span: what happens at annotated spans: "protect" (never edited), "keep" (a span stretches with its edits) or
            "drop" (a span that was edited is dropped).
    """

    version: ClassVar[int] = 1
    about: ClassVar[About] = About()
    label_effect: ClassVar[LabelEffect] = "preserves"
    native: ClassVar[bool] = True  # the work is done by kernels that release the GIL: threads scale

    p: float = 1.0
    protect: tuple[str, ...] = ()
    protect_pattern: str | None = None
    on_span: OnSpan = "protect"

    def __post_init__(self) -> None:
        self._check_share("p", self.p)
        self._check_choice("on_span", self.on_span, ("protect", "keep", "drop"))
        self._check_words("protect")
        if self.protect_pattern is not None:
            if not isinstance(self.protect_pattern, str):
                raise self._refuse("protect_pattern", self.protect_pattern, "give an RE2 pattern")
            from textaug.protect import compiled

            compiled(self.protect_pattern)

    # What a transform does: overridden.

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Return the edits for the active rows of a batch; the only method that a columnar transform must write."""
        raise UsageError(f"{type(self).__name__} defines no propose()")

    @property
    def asked(self) -> float | None:
        """The expected share of eligible units that change, where the transform has such a rate."""
        return None

    # What every transform can do.

    def walk(self, batch: Batch, run: Run) -> Batch:
        """Do this node of a recipe to a batch."""
        return run.leaf(self, batch)

    def leaves(self) -> Iterator[Transform]:
        """Yield the transforms that edit, in the order of the recipe."""
        yield self

    def __call__(self, text: Any, **options: Any) -> Any:
        """Return augmented text in the shape in which it was given; see `apply` for the options."""
        return self.apply(text, want_edits=False, **options).text

    def apply(self, text: Any, **options: Any) -> Any:
        """Return the augmented text, its spans, its edits and what was done, as `textaug.Result`.

        Args:
            text: a str, a list, a pandas or polars Series, a pyarrow Array or ChunkedArray.
            **options: `seed`, `epoch`, `copies`, `row_ids`, `source`, `spans`, `want_edits`; see `textaug.call.apply`.
        """
        from textaug.call import apply

        return apply(self, text, **options)

    def owns(self, spans: Spans) -> Mask | None:
        """Say which annotated spans it edits itself: they stretch with its edits whatever `on_span` says."""
        return None

    def reads(self) -> dict[str, str]:
        """Return the files that the transform reads and a hash of what each says; a run is not resumed with others."""
        return {}

    def gate(self, batch: Batch, draws: Draws) -> Batch:
        """Leave only those rows active that the transform touches, by `p`."""
        if self.p >= 1:
            return batch
        return batch.only(draws.per_row(Purpose.GATE)[:, 0] < np.uint64(threshold(self.p)))

    def to_dict(self) -> dict[str, Any]:
        """Return the transform as plain data: its name, and the fields that differ from their defaults.

        >>> from textaug import WordSwap
        >>> WordSwap(rate=0.2).to_dict()
        {'transform': 'WordSwap', 'rate': 0.2}
        """
        held = {
            field.name: getattr(self, field.name)
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != _default(field)
        }
        return {"transform": type(self).__name__} | {name: _plain(value) for name, value in held.items()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Build from what `to_dict` returns; see `textaug.recipe.from_dict` for the checks."""
        from textaug.recipe import from_dict

        made = from_dict(data)
        if not isinstance(made, cls):
            raise UsageError(f"{type(made).__name__} is not a {cls.__name__}")
        return made

    # Checks that the families share.

    def _refuse(self, field: str, value: object, remedy: str) -> UsageError:
        return UsageError(f"{type(self).__name__}: {field}={value!r}: {remedy}")

    def _check_share(self, field: str, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._refuse(field, value, "give a number from 0 to 1")

    def _check_count(self, field: str, value: object, least: int = 0) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self._refuse(field, value, f"give an integer of at least {least}")

    def _check_words(self, field: str) -> None:
        value = getattr(self, field)
        words = tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (None,)
        if not all(isinstance(word, str) for word in words):
            raise self._refuse(field, value, "give a list of words")
        object.__setattr__(self, field, words)

    def _check_choice(self, field: str, value: object, choices: tuple[str, ...]) -> None:
        if value not in choices:
            raise UsageError(f"{type(self).__name__}: {unknown(field, str(value), choices)}")


@dataclass(frozen=True, kw_only=True)
class RateTransform(Transform):
    """The base of transforms that change a share of units.

    Args:
        rate: the expected share of eligible units that change; a pair (low, high) lets each row draw its own.
        min_units: select at least so many eligible units in a row, where there are as many.
        max_units: select at most so many units in a row; None is no limit.
    """

    rate: Rate = 0.1
    min_units: int = 0
    max_units: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.rate, list):
            object.__setattr__(self, "rate", tuple(self.rate))
        low, high = self.rate if isinstance(self.rate, tuple) and len(self.rate) == 2 else (self.rate, self.rate)
        for bound in (low, high):
            self._check_share("rate", bound)
        if low > high:
            raise self._refuse("rate", self.rate, "give (low, high) in this order")
        self._check_count("min_units", self.min_units)
        if self.max_units is not None:
            self._check_count("max_units", self.max_units, self.min_units)

    @property
    def asked(self) -> float:
        """The expected share of eligible units that change."""
        return sum(self.rate) / 2 if isinstance(self.rate, tuple) else self.rate

    def thresholds(self, batch: Batch, draws: Draws) -> U64:
        """Return each row's rate as a 32 bit threshold; 0 where the row is inactive or its rate is 0."""
        if isinstance(self.rate, tuple):
            low, high = (threshold(bound) for bound in self.rate)
            drawn = draws.per_row(Purpose.RATE)[:, 0].astype(np.uint64)
            limits = np.uint64(low) + ((drawn * np.uint64(high - low)) >> np.uint64(32))
        else:
            limits = np.full(len(batch), threshold(self.rate), np.uint64)
        return limits if batch.active is None else np.where(batch.active != 0, limits, np.uint64(0))

    def select(self, batch: Batch, draws: Draws, units: Units, eligible: U8 | None) -> tuple[I32, I32]:
        """Return (unit, row) of the selected units."""
        return draws.select(units.row_offsets, eligible, self.thresholds(batch, draws), self.min_units, self.max_units)


@dataclass(frozen=True, kw_only=True)
class WordTransform(RateTransform):
    """The base of transforms that are written word by word: define `replace`, and the rest is done.

    With `@register` above it the class is known by its name, in recipes and on the command line.

    >>> from textaug import WordTransform
    >>> class Shout(WordTransform):
    ...     def replace(self, word, draws):
    ...         return word.upper() + "!" * (1 + draws.below(3))
    >>> Shout(rate=1.0)("quiet words").lower().startswith("quiet!")
    True
    """

    native: ClassVar[bool] = False

    def replace(self, word: str, draws: UnitDraws) -> str | None:
        """Return what the word becomes, or None where there is no candidate; pure in its arguments."""
        raise UsageError(f"{type(self).__name__} defines no replace()")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Ask `replace` for the selected words."""
        units = words(batch)
        rows = units.rows()
        index = np.arange(len(units), dtype=np.int32) - units.row_offsets[rows]
        made = [self._candidate(batch, draws, units, u, int(rows[u]), int(index[u])) for u in range(len(units))]
        eligible = np.array([text is not None for text in made], np.uint8)
        unit, row = self.select(batch, draws, units, eligible)
        texts = [made[u] or b"" for u in unit]
        end = np.cumsum([0, *map(len, texts)], dtype=np.int32)
        edits = Edits.of(
            row,
            len(batch),
            units.start[unit],
            units.end[unit],
            end[:-1],
            end[1:],
            text=np.frombuffer(b"".join(texts), np.uint8),
        )
        return Proposal(edits, int(eligible.sum()), len(unit))

    def _candidate(self, batch: Batch, draws: Draws, units: Units, u: int, row: int, index: int) -> bytes | None:
        if batch.guarded is not None and batch.guarded.overlap(units.start[u : u + 1], units.end[u : u + 1])[0]:
            return None
        word = batch.data[units.start[u] : units.end[u]].tobytes().decode()
        text = self.replace(word, UnitDraws(draws.key, int(batch.row_ids[row]), index))
        return None if text is None or text == word else text.encode()


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default


def _plain(value: Any) -> Any:
    if isinstance(value, Transform | Check):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
