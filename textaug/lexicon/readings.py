"""What a form may be, and how likely: `acting` is mostly a noun, `ended` a verb, `bored` an adjective."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from textaug.languages.en import listed
from textaug.lexicon.inflect import TAGS, inflected
from textaug.lexicon.polish import usable_form
from textaug.lexicon.usage import Usage
from textaug.lexicon.wordnet import WordNet

_TAG_SHARE = {
    tag: share
    for tags, shares in {
        "NN NNS": (0.75, 0.25),
        "VB VBZ VBG VBD VBN": (0.45, 0.12, 0.15, 0.18, 0.10),
        "JJ JJR JJS": (0.95, 0.03, 0.02),
        "RB RBR RBS": (0.98, 0.01, 0.01),
    }.items()
    for tag, share in zip(tags.split(), shares, strict=True)
}
"""How the uses of a lemma fall to its tags, about; WordNet counts lemmas only."""
_NOUN_BEHIND = {"NN": 2.2, "NNS": 5.0}
_VERB_BEHIND = {"VB": 1.7, "VBZ": 4.0, "VBD": 2.5, "VBN": 2.5, "VBG": 3.0}
"""How many uses stand behind one that follows a word that tells: one noun in 2.2 has an article."""
_ADJ_BEHIND = 6.0
_PAST = {"VBD", "VBN"}
_PARTICIPLES = {"VBG", *_PAST}
_UNCOUNTED = listed(
    """
    advice cash confusion continuity courage dialog entertainment equipment evidence excitement furniture gore
    gossip happiness hardware homework housing information jewelry knowledge laughter luck luggage music narration
    nonsense nudity pride progress research scenery sexuality slang software suffering traffic violence weather
    wisdom
    """
)
"""Nouns whose plurals are slips."""
_THINGS = {5, 6, 8, 10, 14, 15, 17, 18, 20, 25, 28}
"""The lexicographer's files of animals, artifacts, body parts, messages, groups, places, persons, plants …"""
_MASS = re.compile("(ware|ing|ism|age|ness|ity|ics|ery|men|(?<![sui])s)$")
_SLIPS = 150  # a form that is rarer than its lemma by so much is a slip
_TWICE = 2
_COMMON = 4
_USUAL = 0.3
_PRIOR = 20.0  # how many uses in text WordNet's counts outweigh


class Reading(NamedTuple):
    """That a form may be these tags of a lemma, in this share of its uses."""

    lemma: str
    pos: str
    tags: frozenset[str]
    share: float


class Readings:
    """The readings of every form of those words of WordNet that text has.

    Args:
        wordnet: which lemmas there are, and how often they were tagged.
        usage: how often forms come in text, and behind what.
    """

    def __init__(self, wordnet: WordNet, usage: Usage) -> None:
        self.wordnet, self.usage = wordnet, usage
        self.uses: dict[tuple[str, str], int] = defaultdict(int)
        for (lemma, pos, _), count in wordnet.uses.items():
            self.uses[lemma, pos] += count

    def common(self, lemma: str, pos: str) -> bool:
        """Say whether a lemma is one that readers know: text has it a few times, or WordNet's tagged texts do."""
        return self.usage.forms[lemma] >= _COMMON or self.uses[lemma, pos] >= _COMMON

    def usual(self, lemma: str, pos: str) -> bool:
        """Say whether a lemma is common, and mostly of this part of speech: `acting` is a noun, `moving` hardly."""
        return self.common(lemma, pos) and self.share(lemma, pos) >= _USUAL

    @cached_property
    def lemmas(self) -> list[tuple[str, str]]:
        """The lemmas of one word that text has, without names."""
        return sorted(
            (lemma, pos)
            for lemma, pos in self.wordnet.senses
            if usable_form(lemma) and lemma.isalpha() and self._met(lemma, pos) and self._written_small(lemma, pos)
        )

    def _met(self, lemma: str, pos: str) -> bool:
        return self.usage.forms[lemma] > 0 or self.uses[lemma, pos] > 0

    def _written_small(self, lemma: str, pos: str) -> bool:
        return any(synset.words[synset.place(lemma)].text == lemma for synset in self.wordnet.of(lemma, pos))

    @cached_property
    def forms(self) -> dict[str, list[Reading]]:
        """The readings by form, in order of the forms; the likeliest first."""
        found: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
        for lemma, pos in self.lemmas:
            for tag in TAGS[pos]:
                for form in self.forms_of(lemma, tag):
                    found[form][lemma, pos].add(tag)
        for pos in "nar":
            for form, lemma in self.wordnet.irregular[pos]:
                if (lemma, pos) in found.get(form, ()) and form != lemma:
                    found[form].pop((form, pos), None)  # `better` is a form of `good`, though WordNet lists it too
        return {form: self._shared(form, found[form]) for form in sorted(found)}

    def share(self, lemma: str, pos: str) -> float:
        """Return in what share of its uses a lemma, as it is, has a part of speech."""
        return sum(one.share for one in self.forms.get(lemma, ()) if (one.lemma, one.pos) == (lemma, pos))

    def agreeing(self, lemma: str, tags: frozenset[str]) -> str | None:
        """Return the form of a lemma that fits all these tags and is in use, None where there is none."""
        first, *others = (self.forms_of(lemma, tag) for tag in sorted(tags))
        return next((form for form in first if all(form in other for other in others)), None)

    def forms_of(self, lemma: str, tag: str) -> tuple[str, ...]:
        """Return the forms of a lemma for a tag that are in use, the usual one first."""
        forms = inflected(lemma, tag)
        if tag in ("NN", "VB", "JJ", "RB"):
            return forms
        if tag[0] == "V":
            return tuple(form for i, form in enumerate(forms) if form.isalpha() and (form != lemma or not i))
        return tuple(form for form in forms if form.isalpha() and form != lemma and self._attested(form, lemma, tag))

    def _attested(self, form: str, lemma: str, tag: str) -> bool:
        """Say whether text has a form, and not as a slip: `informations` is one, and `funner`."""
        count, whole = self.usage.forms[form], self.usage.forms[lemma]
        if count < _TWICE and whole < _SLIPS:  # too little text to tell
            return tag == "NNS" and self._counted(lemma)
        return lemma not in _UNCOUNTED and count >= _TWICE and count * _SLIPS > whole

    def _counted(self, noun: str) -> bool:
        """Say whether a rare noun is one of which there may be two, by what it mostly is."""
        senses = self.wordnet.of(noun, "n")
        return bool(senses) and senses[0].field in _THINGS and _MASS.search(noun) is None

    def _shared(self, form: str, readings: dict[tuple[str, str], set[str]]) -> list[Reading]:
        """Weigh the readings of a form: by the uses of their lemmas, and by what stands in front of it in text."""
        weight = {
            (lemma, pos): (self.uses[lemma, pos] + 0.3) * sum(_TAG_SHARE[tag] for tag in sorted(tags))
            for (lemma, pos), tags in readings.items()
        }
        tags: dict[str, set[str]] = defaultdict(set)
        by_pos: dict[str, float] = defaultdict(float)
        for key, held in readings.items():
            tags[key[1]] |= held
            by_pos[key[1]] += weight[key]
        whole = sum(by_pos.values())
        share = {pos: value / whole for pos, value in by_pos.items()}
        share = self._nouns(form, tags, self._adjectives(form, tags, share))
        made = [
            Reading(*key, frozenset(held), weight[key] / by_pos[key[1]] * share[key[1]])
            for key, held in readings.items()
        ]
        return sorted(made, key=lambda reading: (-reading.share, reading.lemma, reading.pos))

    def _adjectives(self, form: str, tags: dict[str, set[str]], share: dict[str, float]) -> dict[str, float]:
        """Tell adjectives from participles: `very bored`, but not `very ended`."""
        if "a" not in tags or not _PARTICIPLES & tags.get("v", set()):
            return share
        count, before = self.usage.forms[form], share["a"]
        seen = min(count, self.usage.behind["adjective", form] * _ADJ_BEHIND)
        after = max(before, (_PRIOR * before + seen) / (_PRIOR + count))
        return {pos: value * (1 - after) / (1 - before) for pos, value in share.items()} | {"a": after}

    def _nouns(self, form: str, tags: dict[str, set[str]], share: dict[str, float]) -> dict[str, float]:
        """Tell nouns from verbs: `the acting`, `they watch`."""
        if not {"n", "v"} <= set(tags) or ("a" in tags and _PAST & tags["v"]):
            return share  # of `the lost boy` the article tells nothing
        front = "participle" if tags["v"] == {"VBG"} else "verb"
        nouns = self.usage.behind["noun", form] * _NOUN_BEHIND[min(tags["n"])]
        verbs = self.usage.behind[front, form] * _VERB_BEHIND[min(tags["v"])]
        both = share["n"] + share["v"]
        noun = both * (_PRIOR * share["n"] / both + nouns) / (_PRIOR + nouns + verbs)
        return share | {"n": noun, "v": both - noun}
