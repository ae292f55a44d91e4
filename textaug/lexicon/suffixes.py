"""Words that differ in their suffix only, of the same part of speech: careful, careless; actor, action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations

from textaug.languages.en import listed
from textaug.lexicon.derivations import Derivations, Links
from textaug.lexicon.pairs import Pair
from textaug.lexicon.readings import Readings

_PRODUCTIVE = listed("ful less y ish able ible ive ative ous ed ing some ly ic ical istic")
"""Suffixes that make adjectives of nouns and verbs: where the base is a word, it is the root."""
_SUFFIXES = {
    "a": _PRODUCTIVE | listed("al ial ary ory ant ent ite ate ious eous"),
    "n": listed(
        """
        er or ar ess ee eer ist ism ity ty ness ment ion ation ition sion ance ence ancy ency hood ship ing ery ry ure
        ant ent age ture
        """
    ),
}
_CHANCE = listed(
    """
    accusative adder airy beady bitty booker boric can canned canny comely corned dogged dogging doting dotted dotty
    drawer eared early fatty friable grating hand handsome hapless hawker holistic holy hooker horny hummer
    impassable impassive ironed liver logistic longer manic manly manned many master mutable muted natty opposable
    optic optical passive pasty phonic poker portly postage poster potted potty racy ratable ratty reactant ready
    rustic scarred sewer shutter starring stated stately static stingy stocky sucker surgical sweater taped tapped
    tender tinny tiny toned tonic topical tropic warner wary wheeler winding winsome wiry
    """
)
"""Words that have another root than their kin by letters, or have lost touch with it."""
_LETTERS = 3  # that a stem has at least


Family = list[tuple[str, str]]
"""Words of one root, each with its suffix."""


def suffixes(readings: Readings, links: Derivations) -> Iterator[Pair]:
    """Yield the nouns, adjectives and adverbs that have another suffix behind the same root."""
    near = links.neighbours()
    found = [Pair(one, other, "a") for one, other in _by_base(readings)]
    found += [Pair(one, other, pos) for pos in _SUFFIXES for one, other in _by_link(readings, pos, near)]
    yield from found
    for one, other, pos, _ in found:
        adverb, another = _adverb(readings, one), _adverb(readings, other)
        if pos == "a" and adverb and another:
            yield Pair(adverb, another, "r")


def _suffixed(readings: Readings, pos: str, endings: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (lemma, suffix) for the words that have one, and mostly are of this part of speech."""
    for lemma, other in readings.lemmas:
        if other == pos and lemma.isalpha() and lemma not in _CHANCE and readings.usual(lemma, pos):
            for suffix in sorted(endings):
                if lemma.endswith(suffix) and len(lemma) - len(suffix) >= _LETTERS:
                    yield lemma, suffix


def _by_base(readings: Readings) -> Iterator[tuple[str, str]]:
    """Yield the pairs of adjectives whose root is a word: careful, careless."""
    families: dict[str, Family] = defaultdict(list)
    for lemma, suffix in _suffixed(readings, "a", _PRODUCTIVE):
        for base in _bases(lemma.removesuffix(suffix), suffix):
            if readings.common(base, "n") or readings.common(base, "v"):
                families[base].append((lemma, suffix))
    yield from _pairs(families.values())


def _bases(left: str, suffix: str) -> Iterator[str]:
    """Yield what a word may be without its suffix: car-ing of care, run-n-ing of run, mercil-ess of mercy."""
    yield left
    if suffix[0] in "aeioy":
        yield left + "e"
        if left[-1] == left[-2] and left[-1] not in "ls":
            yield left[:-1]
    if left[-1] == "i":
        yield left[:-1] + "y"


def _by_link(readings: Readings, pos: str, near: Links) -> Iterator[tuple[str, str]]:
    """Yield the pairs that are derived from each other or from one word, and begin alike: tourism, tourist."""
    families: dict[str, Family] = defaultdict(list)
    for lemma, suffix in _suffixed(readings, pos, _SUFFIXES[pos]):
        families[_stem(lemma.removesuffix(suffix))].append((lemma, suffix))
    for one, other in _pairs(families.values()):
        if (other, pos) in near[one, pos] or near[one, pos] & near[other, pos]:
            yield one, other


def _stem(left: str) -> str:
    """Return what all kin of a word have before their suffixes: `car` of care and caring."""
    if left[-1] == left[-2] and left[-1] not in "ls":
        left = left[:-1]
    return left[:-1] if left[-1] in "eiy" else left


def _pairs(families: Iterable[Family]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of each family; `likable` and `likeable` are one word."""
    for family in families:
        for (one, suffix), (other, another) in permutations(family, 2):
            if one != other and suffix != another:
                yield one, other


def _adverb(readings: Readings, adjective: str) -> str | None:
    """Return the common adverb of an adjective."""
    adverb = adjective + "ly"
    for ending, other in (("y", "ily"), ("le", "ly"), ("ic", "ically")):
        if adjective.endswith(ending):
            adverb = adjective.removesuffix(ending) + other
    return adverb if readings.common(adverb, "r") else None
