"""Pairs of lemmas, turned into records: from every form of the one to the same form of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textaug.lexicon.build import Record
from textaug.lexicon.english import BITS
from textaug.lexicon.readings import Readings
from textaug.lexicon.store import Relation


class Pair(NamedTuple):
    """That a lemma has a candidate of the same part of speech, in a share of its senses."""

    lemma: str
    candidate: str
    pos: str
    share: float = 1.0

    def turned(self) -> Pair:
        """Return the pair the other way round."""
        return Pair(self.candidate, self.lemma, self.pos, self.share)


def related(readings: Readings, relation: Relation, pairs: Iterable[Pair]) -> Iterator[Record]:
    """Yield what pairs say of all forms; among the candidates of a form the most common come first."""
    held: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for lemma, candidate, pos, share in pairs:
        held[lemma, pos][candidate] = max(share, held[lemma, pos].get(candidate, 0.0))
    for form, found in readings.forms.items():
        for reading in found:
            for candidate, share in sorted(held.get((reading.lemma, reading.pos), {}).items()):
                made = readings.agreeing(candidate, reading.tags)
                if made is not None and made != form:
                    part = max(1, round(255 * reading.share * share))
                    yield Record(form, made, relation, BITS[reading.pos], -readings.usage.forms[candidate], part)
