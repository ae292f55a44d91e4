"""What becomes of selected tokens: pools, shares, and what makes no sense."""

import numpy as np
import pytest
from maskings import Case
from tokenized import KINDS

from textaug.errors import UsageError
from textaug.kernels.reference.masking import KEEP, SIMILAR
from textaug.masking import (
    AlwaysMask,
    Bernoulli,
    FromBatch,
    FromCorpus,
    FromVocabulary,
    Masking,
    Replace,
    SimilarWord,
    Tokens,
    Vocabulary,
    Words,
)

TOKENS = ("[PAD]", "[MASK]", *map(str, range(18)))
VOCABULARY = Vocabulary(TOKENS, (0, 1), mask=1, pad=0)
RANDOM = {"mask": 0.0, "random": 1.0}


def drawn(pool, ids, **how):
    """Return the random tokens that are put for ids."""
    made = Masking(Tokens(), Bernoulli(1.0), Replace(**RANDOM, pool=pool)).mask(ids, VOCABULARY, **how)
    return {
        token
        for row, labels in zip(*made, strict=True)
        for token, label in zip(row, labels, strict=True)
        if label != -100
    }


def test_pools_hold_what_they_say():
    ids = [[2, 3, 5, 0] * 100, [7, 1, 2, 0] * 100]
    assert drawn(FromVocabulary(), ids) == set(range(2, 20))
    assert drawn(FromVocabulary(specials=True), ids) == set(range(20))
    assert drawn(FromBatch(), ids) == {2, 3, 5, 7}
    assert drawn(FromBatch(), ids, special_tokens_mask=[[0, 1, 0, 0] * 100, [0] * 400]) == {2, 5, 7}
    counts = FromCorpus.counted([[2, 4, 4, 1, 0], [9]], size=20)
    assert counts.counts == (1, 1, 1, 0, 2, 0, 0, 0, 0, 1, *[0] * 10)
    assert drawn(counts, ids) == {2, 4, 9}


def test_a_corpus_of_special_tokens_alone_has_nothing_to_draw():
    with pytest.raises(UsageError, match="only special tokens were counted, which are never drawn"):
        drawn(FromCorpus((5, 5, *[0] * 18)), [[2, 3]])


def test_a_batch_without_plain_tokens_needs_none():
    assert drawn(FromBatch(), [[0, 1], []]) == set()


def test_always_mask_is_a_way_to_replace():
    assert AlwaysMask() == Replace(mask=1.0, random=0.0)
    made = Masking(Tokens(), Bernoulli(1.0), AlwaysMask()).mask([[2, 0, 3]], VOCABULARY)
    assert made.input_ids == [[1, 0, 1]]


def test_equal_parts_are_equal_and_may_be_keys():
    assert Replace() == Replace(0.8, 0.1, "token", FromVocabulary())
    assert len({Masking(), Masking(Tokens(), Bernoulli(0.15), Replace()), Masking(Words())}) == 2


def test_similar_words_have_as_many_tokens_and_are_of_the_lexicon(encoded, similar):
    """With certainty, every whole word that has one becomes a similar word; the others become random tokens."""
    held, rows = encoded["wordpiece"]
    ids = [row for row, _ in rows]
    corruption = SimilarWord(held, similar=1.0, random=0.0)
    table = corruption.table
    known = {tuple(row.tolist()) for row in table.candidate}
    made = Masking(Words("none"), Bernoulli(1.0), corruption).mask(ids, held)
    put = {
        tuple(new[place : place + size])
        for row, new in zip(ids, made.input_ids, strict=True)
        for size in (1, 2)
        for place in range(len(row) - size + 1)
    }
    assert len(known & put) > 50
    assert (
        sum(a != b for row, new in zip(ids, made.input_ids, strict=True) for a, b in zip(row, new, strict=True)) > 1000
    )
    kept = Masking(Words("none"), Bernoulli(1.0), SimilarWord(held, similar=0.0, random=0.0)).mask(ids, held)
    assert kept.input_ids == ids


def test_the_kinds_of_tokens_inside_of_a_word_are_kept(encoded, similar):
    """A similar word is put for whole words of which every token is to become one."""
    held, rows = encoded["characters"]
    case = Case(held, [row for row, _ in rows])
    sheet = case.sheet(3)
    one = Masking(Tokens(), Bernoulli(1.0), SimilarWord(held, similar=0.5, random=0.0)).writes(sheet)
    plain = Masking(Tokens(), Bernoulli(1.0), Replace(mask=0.5, random=0.0)).writes(sheet)
    np.testing.assert_array_equal(one.kind == KEEP, plain.kind == KEEP)
    assert (one.kind == SIMILAR).sum() > 20


@pytest.mark.parametrize("kind", KINDS)
def test_similar_words_are_found_inside_of_texts(encoded, similar, kind):
    """Words behind a blank in English, and without one in Chinese, however the vocabulary marks them."""
    held, rows = encoded[kind]
    for ids in ([row for row, _ in rows[:60]], [row for row, _ in rows[60:120]]):
        case = Case(held, ids)
        written = Masking(Words("none"), Bernoulli(1.0), SimilarWord(held, 1.0, 0.0)).writes(case.sheet())
        share = (written.kind == SIMILAR).mean()
        assert share > 0.05, share


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Replace(mask=1.2), r"Replace\(mask=1.2\): give a share from 0 to 1"),
        (lambda: Replace(random=-0.1), r"Replace\(random=-0.1\)"),
        (lambda: Replace(mask=True), r"Replace\(mask=True\)"),
        (lambda: Replace(mask="most"), r"Replace\(mask='most'\)"),
        (lambda: Replace(0.8, 0.3), r"Replace\(mask=0.8, random=0.3\): the shares are more than 1 together"),
        (lambda: Replace(per="word"), r"Replace\(per='word'\): give 'token' or 'unit'"),
        (lambda: FromCorpus(()), "give counts of at least 0, one for each id, not all of them 0"),
        (lambda: FromCorpus((0, 0)), "not all of them 0"),
        (lambda: FromCorpus((3, -1)), "counts of at least 0"),
        (
            lambda: SimilarWord(None, similar=0.9, random=0.2),
            r"SimilarWord\(similar=0.9, random=0.2\): the shares are more",
        ),
        (lambda: SimilarWord(None, language="fr"), r"SimilarWord\(language='fr'\): give 'en', 'zh' or 'both'"),
    ],
)
def test_corruptions_refuse_what_makes_no_sense(make, message):
    with pytest.raises(UsageError, match=message):
        make()


def test_a_vocabulary_cuts_no_text():
    with pytest.raises(UsageError, match="SimilarWord: a Vocabulary cuts no text; give the tokenizer itself"):
        _ = SimilarWord(Vocabulary(TOKENS, (0, 1), mask=1, pad=0), language="en").table
