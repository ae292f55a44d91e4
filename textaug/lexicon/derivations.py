"""Words derived from each other: happy, happiness, happily; by WordNet's links, where a reader sees the same root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

from textaug.lexicon.build import Record
from textaug.lexicon.english import BITS
from textaug.lexicon.inflect import TAGS, inflected
from textaug.lexicon.polish import usable
from textaug.lexicon.readings import Reading, Readings
from textaug.lexicon.store import Relation
from textaug.lexicon.wordnet import Synset, Word, WordNet

Link = tuple[Word, str, int]
"""A derived word, its part of speech and the offset of its synset."""

Links = dict[tuple[str, str], set[tuple[str, str]]]
"""The (lemma, part of speech) to which each has a link."""

_ROOT = 3  # letters
_RARER = 250  # times: `looker` is no word for `look`
_DRIFTED = {
    *(("live", "liver"), ("high", "highness"), ("series", "serial"), ("bowery", "bower"), ("come", "comer")),
    *(("sense", "sensuous"), ("appear", "apparition"), ("show", "showy"), ("please", "pleaser"), ("get", "getter")),
    *(("beauty", "beautician"), ("accord", "accordance"), ("generic", "genus"), ("harry", "harrier")),
    *(("loony", "loon"), ("child", "childhood")),
}
"""Pairs of a common root whose meanings are far apart."""


class Derivations:
    """WordNet's derivational links, and those from adverbs to their adjectives, both ways."""

    def __init__(self, wordnet: WordNet) -> None:
        self._wordnet = wordnet
        self.links: dict[tuple[str, int, int], list[Link]] = defaultdict(list)
        for (pos, offset), synset in wordnet.synsets.items():
            for pointer in synset.pointers:
                if pointer.symbol == "+" or (pointer.symbol == "\\" and pointer.source >= 0):
                    here, there = (pos, offset, pointer.source), (pointer.pos, pointer.offset, pointer.target)
                    self._add(here, there)
                    if pointer.symbol == "\\":
                        self._add(there, here)

    def _add(self, here: tuple[str, int, int], there: tuple[str, int, int]) -> None:
        pos, offset, place = there
        self.links[here].append((self._wordnet.synsets[pos, offset].words[place], pos, offset))

    def of(self, synset: Synset, lemma: str, pos: str) -> list[Link]:
        """Return the words derived from a lemma in a synset."""
        return self.links.get((pos, synset.offset, synset.place(lemma)), [])

    def neighbours(self) -> Links:
        """Return the links between lemmas, in any sense."""
        near: Links = defaultdict(set)
        for (pos, offset, place), links in self.links.items():
            lemma = self._wordnet.synsets[pos, offset].words[place].text.lower()
            near[lemma, pos].update((word.text.lower(), other) for word, other, _ in links)
        return near


def derivations(readings: Readings, links: Derivations) -> Iterator[Record]:
    """Yield what is derived from every form, a plural from a plural."""
    for form, held in readings.forms.items():
        for reading in held:
            yield from _records(readings, links, form, reading)


def _records(readings: Readings, derivations: Derivations, form: str, reading: Reading) -> Iterator[Record]:
    """Yield the derivations of a reading, each with the share of the senses that have it."""
    wordnet, (lemma, pos) = readings.wordnet, (reading.lemma, reading.pos)
    weight: dict[tuple[str, str], float] = defaultdict(float)
    whole = 0.0
    for number, synset in enumerate(wordnet.of(lemma, pos), 1):
        uses = wordnet.uses[lemma, pos, synset.offset] + 0.5 / number
        whole += uses
        for word, derived in dict.fromkeys(link[:2] for link in derivations.of(synset, lemma, pos)):
            if usable(word, synset.words[synset.place(lemma)]) and _apt(readings, lemma, word.text, derived):
                weight[word.text, derived] += uses
    for (text, derived), uses in weight.items():
        share = max(1, round(255 * reading.share * uses / whole))
        made = _like(readings, reading, text, derived)
        if made not in (form, None):  # `longer` is a form of long, the adjective, and of the adverb
            yield Record(form, made, Relation.DERIVATION, BITS[derived], 255 - share, share)


def _apt(readings: Readings, lemma: str, candidate: str, pos: str) -> bool:
    """Say whether a candidate is another word, whose root and sense a reader sees, and no negation."""
    negated = ("less" in candidate) != ("less" in lemma)
    made_up = candidate.endswith("like") or not candidate.isalpha()  # shelflike
    if negated or made_up or not _kin(lemma, candidate) or candidate in _verb_forms(lemma, readings.wordnet):
        return False
    return readings.common(candidate, pos) and readings.usage.forms[candidate] * _RARER >= readings.usage.forms[lemma]


def _kin(lemma: str, candidate: str) -> bool:
    """Say whether two words begin alike: three letters at least, and half of the shorter one."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lemma, candidate, strict=False)))
    return alike >= max(_ROOT, min(len(lemma), len(candidate)) / 2) and (lemma, candidate) not in _DRIFTED


def _verb_forms(lemma: str, wordnet: WordNet) -> set[str]:
    """Return a lemma and the forms that it has as a verb: `filming` is no new word."""
    tags = TAGS["v"] if (lemma, "v") in wordnet.senses else ()
    return {lemma, *(form for tag in tags for form in inflected(lemma, tag))}


def _like(readings: Readings, reading: Reading, lemma: str, pos: str) -> str | None:
    """Return a derived lemma in the form of the reading: a plural of a plural; None where `bigger` has no such form."""
    degree = TAGS[reading.pos].index(min(reading.tags))
    if {reading.pos, pos} in ({"n"}, {"v"}, {"a"}, {"r"}, {"a", "r"}):
        return next(iter(readings.forms_of(lemma, TAGS[pos][degree])), None)
    return None if degree and reading.pos in "ar" else lemma
