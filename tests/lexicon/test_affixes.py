"""The lexicon of word forms and affixes: held to lemminflect for inflection and to NLTK's WordNet for derivation."""

import random
import re
import warnings
from itertools import chain, pairwise

import pytest

from textaug.lexicon import Lexicon, Relation, describe
from textaug.lexicon.__main__ import wordnet as wordnet_folder
from textaug.lexicon.affixes import records
from textaug.lexicon.negating import TABLE, negating
from textaug.lexicon.polish import OFFENSIVE
from textaug.lexicon.prefixes import _PREFIXES
from textaug.lexicon.readings import Readings
from textaug.lexicon.store import AFFIXES
from textaug.lexicon.usage import Usage, glosses, reviews
from textaug.lexicon.wordnet import WordNet

INFLECTION = (Relation.NUMBER, Relation.PERSON, Relation.TENSE, Relation.DEGREE)
WORDNETS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.affixes()


@pytest.fixture(scope="module")
def entries(lexicon):
    """Return the candidates by form, of all forms."""
    arrays = lexicon.arrays
    keys = arrays.words.tobytes()
    forms = [keys[8 * start : 8 * end].rstrip(b"\0").decode() for start, end in pairwise(arrays.starts.tolist())]
    bounds = arrays.entry_start[::2].tolist()
    return {
        form: [lexicon._candidate(i) for i in range(*bound)]
        for form, bound in zip(forms, pairwise(bounds), strict=True)
    }


@pytest.fixture(scope="module")
def oracle():
    import nltk
    from nltk.corpus.reader.wordnet import WordNetCorpusReader

    class Reader(WordNetCorpusReader):
        def map_wn(self, *_):
            return None

    folder = wordnet_folder()
    nltk.data.path.append(str(folder.parent))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has no multilingual data here
        yield Reader(str(folder), None)
    nltk.data.path.remove(str(folder.parent))


def sample(entries, relations, size):
    """Return (form, candidate) of some of the entries."""
    held = [(form, one) for form, found in entries.items() for one in found if one.relation in relations]
    return random.Random(3).sample(held, size)


def texts(lexicon, form, relation, least=0.5):
    return [one.text for one in lexicon.lookup(form, relation=relation) if one.share >= least]


def test_it_is_small_and_says_where_it_is_from():
    assert AFFIXES.stat().st_size <= 5_000_000
    held = describe(AFFIXES)
    assert (held["language"], held["source"], held["licence"]) == ("en", "WordNet 3.0", "WordNet 3.0 license")
    assert held["keys"] > 50_000
    assert set(held["candidates"]) == {Relation(number).name.lower() for number in range(3, 12)}
    assert all(count > 400 for count in held["candidates"].values())


@pytest.mark.parametrize(
    ("form", "relation", "candidates"),
    [
        ("film", Relation.NUMBER, ["films"]),
        ("geese", Relation.NUMBER, ["goose"]),
        ("women", Relation.NUMBER, ["woman"]),
        ("walks", Relation.PERSON, ["walk"]),
        ("walks", Relation.TENSE, ["walked", "walking"]),
        ("took", Relation.TENSE, ["take", "takes", "taking", "taken"]),
        ("was", Relation.TENSE, ["am", "is"]),
        ("better", Relation.DEGREE, ["good", "best"]),
        ("big", Relation.DEGREE, ["bigger", "biggest"]),
        ("happiness", Relation.DERIVATION, ["happy"]),
        ("actors", Relation.DERIVATION, ["act"]),
        ("included", Relation.PREFIX, ["concluded", "excluded", "precluded"]),
        ("preview", Relation.PREFIX, ["review", "interview", "overview"]),
        ("careful", Relation.SUFFIX, ["careless"]),
        ("actors", Relation.SUFFIX, ["actions"]),
        ("boring", Relation.SUFFIX, ["bored"]),
        ("possible", Relation.NEGATION, ["impossible"]),
        ("liked", Relation.NEGATION, ["disliked"]),
        ("truths", Relation.NEGATION, ["untruths"]),
        ("fortunately", Relation.NEGATION, ["unfortunately"]),
        ("unhappy", Relation.AFFIRMATION, ["happy"]),
        ("useless", Relation.AFFIRMATION, ["useful"]),
    ],
)
def test_words_have_the_candidates_that_one_expects(lexicon, form, relation, candidates):
    assert sorted(texts(lexicon, form, relation)) == sorted(candidates)


@pytest.mark.parametrize(
    ("form", "relation", "candidate"),
    [
        ("acting", Relation.TENSE, "acted"),  # mostly a noun
        ("film", Relation.TENSE, "filmed"),
        ("boring", Relation.TENSE, "bored"),  # mostly an adjective
        ("information", Relation.NUMBER, "informations"),
        ("fun", Relation.DEGREE, "funner"),
        ("film", Relation.DERIVATION, "filming"),  # another form, not another word
        ("care", Relation.DERIVATION, "careless"),
        ("easily", Relation.NEGATION, "uneasily"),  # has drifted
        ("definitely", Relation.NEGATION, "indefinitely"),
        ("behavior", Relation.NEGATION, "misbehavior"),  # bad is not none
        ("violence", Relation.NEGATION, "nonviolence"),
        ("balance", Relation.NEGATION, "imbalance"),
        ("climactic", Relation.NEGATION, "anticlimactic"),
        ("incredible", Relation.AFFIRMATION, "credible"),
    ],
)
def test_what_reads_wrong_is_not_likely(lexicon, form, relation, candidate):
    assert candidate not in texts(lexicon, form, relation)


def test_inflections_are_forms_of_one_lemma_by_lemminflect(entries):
    import lemminflect

    pairs = [pair for pair in sample(entries, INFLECTION, 1500) if pair[0] not in ("am", "is", "are", "was", "were")]
    strange = []
    for form, one in pairs:
        upos = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}[one.pos[0]]
        lemmas = {form, one.text, *(lemma for word in (form, one.text) for lemma in _lemmas(lemminflect, word, upos))}
        families = [{lemma, *_forms(lemminflect, lemma, one.pos[0])} for lemma in lemmas]
        if not any({form, one.text} <= family for family in families):
            strange.append((form, one.text))
    assert len(strange) < 0.005 * len(pairs), strange  # of rare words it guesses another lemma than WordNet has


def _lemmas(lemminflect, word, upos):
    found = [lemminflect.getAllLemmas(word, upos), lemminflect.getAllLemmasOOV(word, upos)]
    return [lemma for lemmas in found for held in lemmas.values() for lemma in held]


def _forms(lemminflect, lemma, pos):
    tags = {"noun": ["NNS"], "verb": ["VBZ", "VBG", "VBD", "VBN"], "adj": ["JJR", "JJS"], "adv": ["RBR", "RBS"]}[pos]
    return [form for tag in tags for form in lemminflect.getInflection(lemma, tag, inflect_oov=pos in ("noun", "verb"))]


def test_features_are_those_of_the_part_of_speech(entries):
    allowed = {
        Relation.NUMBER: {"noun"},
        Relation.PERSON: {"verb"},
        Relation.TENSE: {"verb"},
        Relation.DEGREE: {"adj", "adv"},
    }
    for _, one in sample(entries, INFLECTION, 3000):
        assert set(one.pos) <= allowed[one.relation]


def test_derivations_are_wordnets_by_nltk(entries, oracle):
    from lemminflect import getAllLemmas

    for form, one in sample(entries, (Relation.DERIVATION,), 600):
        lemmas = {form, *(lemma for pos in "nvar" for lemma in oracle._morphy(form, pos))}
        lemmas.update(lemma for held in getAllLemmas(form).values() for lemma in held)
        ours = {one.text, *oracle._morphy(one.text, WORDNETS[one.pos[0]])}
        linked = {other for lemma in lemmas for other in _linked(oracle, lemma)}
        back = {other for candidate in ours for other in _linked(oracle, candidate)}
        assert linked & ours or back & lemmas, (form, one)  # a pertainym points one way


def _linked(oracle, lemma):
    words = oracle.lemmas(lemma)
    return {other.name() for word in words for other in (*word.derivationally_related_forms(), *word.pertainyms())}


def test_derivations_keep_a_negation_or_have_none(entries):
    assert not [
        (form, one.text)
        for form, found in entries.items()
        for one in found
        if one.relation == Relation.DERIVATION and ("less" in form) != ("less" in one.text)
    ]


def test_prefixes_differ_before_the_same_root(entries, oracle):
    for form, one in sample(entries, (Relation.PREFIX,), 800):
        ours, theirs = (
            {word.removeprefix(prefix)[:3] for prefix in _PREFIXES if word.startswith(prefix)}
            for word in (form, one.text)
        )
        assert ours & theirs, (form, one)
        assert oracle.morphy(one.text, WORDNETS[one.pos[0]]), (form, one)


def test_prefixes_and_suffixes_keep_the_form_of_nouns_and_verbs(entries):
    held = sample(entries, (Relation.PREFIX, Relation.SUFFIX), 3000)
    pairs = [(form, one.text) for form, one in held if one.pos[0] in ("noun", "verb")]
    plural = [pair for pair in pairs if len({word.endswith("s") for word in pair}) > 1]
    assert len(plural) < 0.01 * len(pairs), plural  # progress and aggression


def test_suffixes_differ_behind_the_same_root(entries, oracle):
    for form, one in sample(entries, (Relation.SUFFIX,), 800):
        assert form[:3] == one.text[:3] and form != one.text
        assert oracle.morphy(one.text, WORDNETS[one.pos[0]]), (form, one)


def test_the_table_of_negations_has_every_pair_once():
    pairs = list(negating())
    assert len(pairs) > 750 and len({pair[:3] for pair in pairs}) == len(pairs)
    for line in TABLE.read_text("ascii").splitlines():
        words = line.partition(": ")[2].split(" ")
        assert re.match("[arvn] [a-z]+: ", line) and words == sorted(words), line
    assert all(pair.lemma != pair.candidate for pair in pairs)


def test_no_negation_turns_into_another_word_of_the_table():
    pairs = list(negating())
    assert not {(pair.lemma, pair.pos) for pair in pairs} & {(pair.candidate, pair.pos) for pair in pairs}


def test_most_negations_are_nltks_antonyms_and_nearly_all_its_words(oracle):
    pairs = list(negating())
    antonyms = [
        pair for pair in pairs if pair.candidate in {a.name() for w in oracle.lemmas(pair.lemma) for a in w.antonyms()}
    ]
    known = [pair for pair in pairs if oracle.lemmas(pair.candidate)]
    assert len(antonyms) > 0.5 * len(pairs) and len(known) > 0.98 * len(pairs)


def test_negations_are_found_both_ways(entries):
    there = {(f, one.text) for f, found in entries.items() for one in found if one.relation == Relation.NEGATION}
    back = {(one.text, f) for f, found in entries.items() for one in found if one.relation == Relation.AFFIRMATION}
    assert len(there & back) > 0.85 * len(there | back)  # what text never has is no form that is looked up


def test_nothing_is_proposed_that_embarrasses_nor_anything_that_is_no_word(entries):
    for form, found in entries.items():
        for one in found:
            assert one.text.isalpha() and one.text.islower() and one.text != form
            assert one.text not in OFFENSIVE or one.relation in INFLECTION, (form, one)


def test_no_candidate_comes_twice_in_a_relation(entries):
    for found in entries.values():
        held = [(one.relation, one.text) for one in found]
        assert len(held) == len(set(held))


def test_it_is_what_its_sources_say(entries):
    """Of the forms in `co`, so that it does not take long; `python -m textaug.lexicon` makes the file anew."""
    folder = wordnet_folder()
    whole = Readings(WordNet.read(folder), Usage.of(chain(glosses(folder), reviews())))
    some = Readings(whole.wordnet, whole.usage)
    some.forms = {form: held for form, held in whole.forms.items() if form.startswith("co")}
    some.share = whole.share
    made = {(one.form, one.candidate, one.relation) for one in records(some) if one.form.startswith("co")}
    ours = {(form, one.text, one.relation) for form, found in entries.items() for one in found if form[:2] == "co"}
    assert len(ours) > 5000 and made == ours
