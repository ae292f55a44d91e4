"""Which columns of a data set units are read from."""

from __future__ import annotations

from textaug.masking.units import Column, Entities, Mixture, NGrams, Phrases, Sentiment, Spans, Units, Words


def needs(units: Units) -> tuple[str, ...]:
    """Return the names of the columns that units are read from, sorted; a Words column, too, which can do without.

    >>> from textaug.masking import Entities, NGrams, Tokens
    >>> needs(Entities()), needs(NGrams()), needs(Tokens())
    (('entity_ids', 'word_ids'), ('word_ids',), ())
    """
    return tuple(sorted(set(_named(units))))


def _named(units: Units | None) -> list[str]:
    if isinstance(units, Words):
        return [units.column]
    if isinstance(units, Column):
        return [units.name, *_named(units.over)]
    if isinstance(units, Entities | Phrases):
        return [units.column, *_named(units.over)]
    if isinstance(units, Sentiment):
        return [units.words, units.aspects, *_named(units.over)]
    if isinstance(units, NGrams | Spans):
        return _named(units.over)
    if isinstance(units, Mixture):
        return [name for choice in units.choices for name in _named(choice)]
    return []
