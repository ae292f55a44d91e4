"""Words that the collator finds by itself: against the tokenizers' own, the texts, and jieba."""

import unicodedata
from itertools import groupby, pairwise

import numpy as np
import pytest
from maskings import Case, grouped, number

from textaug.masking import Column, Vocabulary, Words

ACCENTS = "A naïve café crème brûlée: Dvořák's Größe, 500€ for Łódź — it’s 好 (v2.0) 👍🏽 ok"
MIXED = "看了2005年的iPhone，我觉得very good！第3集naïve的人 很好。"


def is_mark(text):
    return bool(text) and all(unicodedata.category(char)[0] in "PSZC" for char in text)


def is_han(text):
    return any("CJK UNIFIED" in unicodedata.name(char, "") for char in text)


def spelled(vocabulary, ids, places):
    """Return the bytes of some tokens of a row."""
    data, at = vocabulary.text
    return b"".join(data[at[ids[place]] : at[ids[place] + 1]].tobytes() for place in places)


@pytest.mark.parametrize("kind", ["wordpiece", "characters"])
def test_wordpiece_words_are_those_of_the_pretokenizer(encoded, kind):
    """BERT's rule: ## goes on, punctuation stands alone, and so does each Chinese character."""
    held, rows = encoded[kind]
    special = set(Vocabulary.of(held).special)
    case = Case(held, [ids for ids, _ in rows], {"word_ids": [words for _, words in rows]})
    ours, theirs = number(Words("none", chinese=False), case), number(Column("word_ids"), case)
    for (ids, _), one, other in zip(rows, ours, theirs, strict=True):
        assert one == other, held.convert_ids_to_tokens(ids)
        assert all((unit == -1) == (id in special) for id, unit in zip(ids, one, strict=True))


@pytest.mark.parametrize("kind", ["wordpiece", "characters"])
def test_chinese_words_are_those_of_jieba(encoded, jieba, kind):
    held, rows = encoded[kind]
    case = Case(held, [ids for ids, _ in rows])
    checked = 0
    for ids, first in zip(case.ids, number(Words("none"), case), strict=True):
        han = [is_han(text) for text in held.convert_ids_to_tokens(ids)]
        runs = [list(run) for here, run in groupby(range(len(ids)), han.__getitem__) if here]
        for run in runs:
            words = jieba.lcut("".join(held.convert_ids_to_tokens([ids[t] for t in run])))
            units = [[t for t in run if first[t] == unit] for unit in dict.fromkeys(first[t] for t in run)]
            assert ["".join(held.convert_ids_to_tokens([ids[t] for t in unit])) for unit in units] == words
            checked += len(words)
        assert all(len({han[t] for t in unit}) == 1 for unit in grouped(first))
    assert checked > 500


def check_words(held, ids, first):
    """Hold the words of a row of byte-level or Metaspace tokens to what words are in its text."""
    vocabulary = Vocabulary.of(held)
    units = grouped(first)
    texts = [spelled(vocabulary, ids, unit) for unit in units]
    for unit, text in zip(units, texts, strict=True):
        assert unit == list(range(unit[0], unit[-1] + 1))
        assert not any(vocabulary.opens[ids[place]] for place in unit[1:]), "a word goes over a blank"
        if len(unit) > 1:
            pieces = [spelled(vocabulary, ids, [place]).decode(errors="ignore") for place in unit]
            assert not any(map(is_mark, pieces)), (text.decode(errors="replace"), "punctuation is in a word")
            assert len({is_han(piece) for piece in pieces if piece and not is_mixed(piece)}) <= 1, text.decode()
    for (one, left), (other, right) in pairwise(zip(units, texts, strict=True)):
        if other[0] != one[-1] + 1 or vocabulary.opens[ids[other[0]]] or not left:
            continue  # a blank or a special token is between
        plain, after = left.decode(errors="replace"), right.decode(errors="replace")
        assert not (plain[-1:].isalnum() and after[:1].isalnum()) or is_han(plain + after), f"{plain}|{after} is torn"


def is_mixed(piece):
    return is_han(piece) and any(char.isascii() for char in piece)


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_words_of_marked_vocabularies_are_those_of_the_text(encoded, kind):
    held, rows = encoded[kind]
    case = Case(held, [*(ids for ids, _ in rows), *held([ACCENTS, MIXED])["input_ids"]])
    for ids, first in zip(case.ids, number(Words("none"), case), strict=True):
        check_words(held, ids, first)


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_english_words_begin_at_blanks_and_marks(encoded, kind):
    """Contractions and numbers hold together; see the rules of the docstring."""
    held, _ = encoded[kind]
    ids = held(["He said: don't (go) 2,000 times."], add_special_tokens=False)["input_ids"]
    first = number(Words("none"), Case(held, ids))[0]
    words = [spelled(Vocabulary.of(held), ids[0], unit).decode() for unit in grouped(first)]
    assert [word for word in words if word] == [
        "He",
        "said",
        ":",
        "don't",
        "(",
        "go",
        ")",
        "2",
        ",",
        "000",
        "times",
        ".",
    ]


def test_a_letter_cut_into_bytes_stays_in_its_word(encoded):
    held, _ = encoded["byte-level"]
    text = " naïve Dvořák Łódź 中文 好"
    ids = held([text], add_special_tokens=False)["input_ids"]
    vocabulary = Vocabulary.of(held)
    assert {spelled(vocabulary, ids[0], [t]) for t in range(len(ids[0]))} & {b"\xc3", b"\xc5"}
    words = [spelled(vocabulary, ids[0], unit).decode() for unit in grouped(number(Words("none"), Case(held, ids))[0])]
    assert words == text.split()  # a blank that is a token belongs to the word behind it


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_chinese_words_of_longer_tokens_are_jiebas_joined(encoded, jieba, lines, kind):
    """A unit of Han tokens begins and ends where a word of jieba does, and no word goes over its edge."""
    held, _ = encoded[kind]
    vocabulary = Vocabulary.of(held)
    texts = ["".join(line.split()) for line in lines[60:120]]
    ids = held(texts, add_special_tokens=False)["input_ids"]
    checked = 0
    for row, first in zip(ids, number(Words("none"), Case(held, ids)), strict=True):
        text = spelled(vocabulary, row, range(len(row))).decode(errors="replace")
        ends = [len(spelled(vocabulary, row, range(unit[-1] + 1))) for unit in grouped(first)]
        for here, held_run in groupby(range(len(text)), lambda k, text=text: is_han(text[k])):
            run = list(held_run)
            before = len(text[: run[0]].encode())
            if not here or before not in [0, *ends] or "\ufffd" in text[: run[-1] + 1]:
                continue  # a token has Han and others, so that the run is cut where it begins
            words = jieba.lcut("".join(text[k] for k in run))
            borders = set((before + np.cumsum([len(word.encode()) for word in words])).tolist())
            inside = {end for end in ends if before < end < before + len("".join(words).encode())}
            tokens = set(np.cumsum([len(spelled(vocabulary, row, [t])) for t in range(len(row))]).tolist())
            assert inside == borders & tokens - {before + len("".join(words).encode())}, words
            checked += len(inside)
    assert checked > 200
