"""Turn WordNet's senses into records: from every inflected form to candidates in the same form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from textaug.lexicon.build import Record
from textaug.lexicon.everyday import everyday
from textaug.lexicon.inflect import TAGS, agreeing, paradigm
from textaug.lexicon.polish import usable, usable_form, usable_sense
from textaug.lexicon.store import POS, Relation
from textaug.lexicon.wordnet import FILES, Synset, Word, WordNet

BITS = {"n": POS["noun"], "v": POS["verb"], "a": POS["adj"], "s": POS["adj"], "r": POS["adv"]}


_REPLACED = 0.05  # how much WordNet's synonyms of a word count where there are some by hand


class Sense(NamedTuple):
    """That a form may be these tags of a lemma in a synset, and how often it is."""

    weight: float
    number: int
    pos: str
    lemma: str
    tags: frozenset[str]
    synset: Synset

    @property
    def word(self) -> Word:
        """The lemma as the synset writes it."""
        return self.synset.words[self.synset.place(self.lemma)]


def records(wordnet: WordNet) -> Iterator[Record]:
    """Yield what WordNet knows of every form of every single-word lemma, in the order of the forms."""
    forms = _forms(wordnet)
    for form in sorted(forms):
        senses = [sense for lemma, pos, tags in forms[form] for sense in _senses(wordnet, lemma, pos, tags)]
        for proper in (False, True):
            written = [sense for sense in senses if (sense.word.text != sense.lemma) == proper]
            yield from _records(wordnet, form, proper, written)


def _forms(wordnet: WordNet) -> dict[str, list[tuple[str, str, frozenset[str]]]]:
    """Return, by form, the (lemma, pos, tags) that it may be."""
    forms: dict[str, dict[tuple[str, str], frozenset[str]]] = defaultdict(dict)
    for lemma, pos in wordnet.senses:
        if usable_form(lemma):
            for form, tags in paradigm(lemma, pos).items():
                forms[form][lemma, pos] = tags
    for form, lemma in wordnet.irregular["n"]:
        if usable_form(lemma) and (lemma, "n") in wordnet.senses and "_" not in form:
            forms[form].setdefault((lemma, "n"), frozenset({"NNS"}))
    return {form: [(*key, tags) for key, tags in held.items()] for form, held in forms.items()}


def _senses(wordnet: WordNet, lemma: str, pos: str, tags: frozenset[str]) -> Iterator[Sense]:
    """Weigh the senses by their uses in tagged text; untagged ones by their order alone."""
    for number, synset in enumerate(wordnet.of(lemma, pos), 1):
        weight = wordnet.uses[lemma, pos, synset.offset] + 0.5 / number
        sense = Sense(weight, number, pos, lemma, tags, synset)
        if sense.word.text == lemma or tags <= {"NN", "JJ", "RB", "VB"}:  # names are not inflected
            yield sense


def _records(wordnet: WordNet, form: str, proper: bool, senses: list[Sense]) -> Iterator[Record]:
    whole = sum(sense.weight for sense in senses)
    written = form.capitalize() if proper else form
    if not proper:
        yield from _everyday(form, senses, whole)
    for sense in sorted(senses, key=lambda s: (-s.weight, s.number)):
        if usable_sense(sense.synset):
            for relation, candidate, pos, fit in _candidates(wordnet, sense):
                yield _record(written, candidate, relation, pos, fit * sense.weight / whole)


def _record(form: str, candidate: str, relation: Relation, pos: str, share: float) -> Record:
    share = max(1, round(255 * share))
    return Record(form, candidate, relation, BITS[pos], 255 - share, share)


def _everyday(form: str, senses: list[Sense], whole: float) -> Iterator[Record]:
    """Yield the synonyms written by hand of the lemmas that a form may be."""
    weights: dict[tuple[str, str, frozenset[str]], float] = defaultdict(float)
    for sense in senses:
        weights[sense.lemma, sense.pos, sense.tags] += sense.weight
    for (lemma, pos, tags), weight in weights.items():
        for word in everyday().get((lemma, pos), ()):
            made = agreeing(word, tags)
            if made is not None:
                yield _record(form, made, Relation.SYNONYM, pos, weight / whole)


def _candidates(wordnet: WordNet, sense: Sense) -> Iterator[tuple[Relation, str, str, float]]:
    """Yield (relation, candidate in the form of the sense, pos, how well it fits)."""
    synset, pos = sense.synset, sense.pos
    synonyms = [word for word in synset.words if word.text.lower() != sense.lemma]
    related = [
        (Relation.SYNONYM, synonyms),
        (Relation.ANTONYM, wordnet.antonyms(synset, sense.lemma)),
        (Relation.INDIRECT_ANTONYM, wordnet.indirect_antonyms(synset)),
    ]
    for relation, words in related:
        for word in words:
            made = agreeing(word.text.replace("_", " "), sense.tags) if usable(word, sense.word) else None
            if made is not None:
                yield relation, made, pos, _fit(wordnet, word, sense) if word in synonyms else 1.0
    if TAGS[pos][0] in sense.tags:
        for word, derived in wordnet.derivations(synset, sense.lemma):
            if usable(word, sense.word):
                yield Relation.DERIVATION, word.text.replace("_", " "), derived, 1.0


def _fit(wordnet: WordNet, candidate: Word, sense: Sense) -> float:
    """Say how well a word stands for a sense: is it usual for the sense, and the sense for it?

    `twelvemonth` is no usual word for a year, and a reader of `cat` does not think of a guy.
    """
    uses, synset, pos, lemma = wordnet.uses, sense.synset, sense.pos, candidate.text.lower()
    here = uses[lemma, pos, synset.offset]
    most = max(uses[word.text.lower(), pos, synset.offset] for word in synset.words)
    anywhere = sum(uses[lemma, p, offset] for p in FILES for offset in wordnet.senses.get((lemma, p), ()))
    usual = (here + 0.5) / (most / 10 + 0.5)
    meant = 4 * (here + 0.5) / (anywhere + 0.5)
    return min(1.0, usual) * min(1.0, meant) * (_REPLACED if (sense.lemma, pos) in everyday() else 1.0)
