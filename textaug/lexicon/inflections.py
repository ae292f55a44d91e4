"""From every form of a word to its other forms, by what changes: number, person, tense, degree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from textaug.lexicon.build import Record
from textaug.lexicon.english import BITS
from textaug.lexicon.inflect import TAGS
from textaug.lexicon.readings import Reading, Readings
from textaug.lexicon.store import Relation

_FINITE = ("VB", "VBZ", "VBD")
_BE = {
    Relation.PERSON: (("am", "is"), ("am", "are"), ("is", "are"), ("was", "were")),
    Relation.TENSE: (("am", "was"), ("is", "was"), ("are", "were")),
}
"""The one verb that has more forms than a verb has."""


def inflections(readings: Readings) -> Iterator[Record]:
    """Yield the other forms of every form."""
    for form, held in readings.forms.items():
        yield from _records(readings, form, [reading for reading in held if reading.lemma != "be"])
    for relation, pairs in _BE.items():
        for one, other in pairs:
            yield Record(one, other, relation, BITS["v"])
            yield Record(other, one, relation, BITS["v"])


def _records(readings: Readings, form: str, held: list[Reading]) -> Iterator[Record]:
    """Yield a form's other forms; the share is that of all the readings which have the other form."""
    share: dict[tuple[Relation, str], float] = defaultdict(float)
    found: dict[tuple[Relation, str], tuple[int, int]] = {}
    for reading in held:
        for key, rank in _others(readings, form, reading).items():
            bits, best = found.get(key, (0, rank))
            found[key] = bits | BITS[reading.pos], min(best, rank)
            share[key] += reading.share
    for (relation, other), (bits, rank) in found.items():
        part = max(1, round(255 * min(1.0, share[relation, other])))
        yield Record(form, other, relation, bits, rank, part)


def _others(readings: Readings, form: str, reading: Reading) -> dict[tuple[Relation, str], int]:
    """Return the ranks of the forms for the other tags of a reading; a participle comes after a finite form."""
    made: dict[tuple[Relation, str], int] = {}
    for tag in TAGS[reading.pos]:
        other = next(iter(readings.forms_of(reading.lemma, tag)), form)
        if tag not in reading.tags and other != form:
            made.setdefault((_relation(reading, tag), other), 0 if tag in _FINITE or tag[0] != "V" else 1)
    return made


def _relation(reading: Reading, tag: str) -> Relation:
    if reading.pos == "v":
        return Relation.PERSON if {tag} | reading.tags <= {"VB", "VBZ"} else Relation.TENSE
    return Relation.NUMBER if reading.pos == "n" else Relation.DEGREE
