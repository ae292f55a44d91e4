"""What the tests of masking share: real lines, tokenizers of the four kinds, and the lines as they cut them."""

import pytest
from tokenized import KINDS, tokenizer

import textaug.masking.similar


@pytest.fixture(scope="session")
def corpus(reviews, chinese_reviews):
    """Return what the tokenizers are trained on: English and Chinese."""
    return (*(review[:400] for review in reviews[:100]), *chinese_reviews[:400])


@pytest.fixture(scope="session")
def lines(reviews, chinese_reviews):
    """Return 180 real lines, a third of them English, Chinese and both: short and longer ones."""
    english = [review[: 30 + 5 * k] for k, review in enumerate(reviews[1000:1060])]
    chinese = [line[: 10 + 2 * k] for k, line in enumerate(chinese_reviews[5000:5060])]
    return [*english, *chinese, *(f"{b} {a[:50]}{b[:9]}" for a, b in zip(english, chinese, strict=True))]


@pytest.fixture(scope="session")
def tokenizers(corpus):
    """Return a tokenizer of each kind."""
    return {kind: tokenizer(kind, corpus) for kind in KINDS}


@pytest.fixture(scope="session", params=KINDS)
def tok(request, tokenizers):
    """Return a tokenizer, of each kind in turn."""
    return tokenizers[request.param]


class Encoded(dict):
    """A dictionary that hypothesis can print: as a whole it is too long for it."""

    def __repr__(self):
        return f"<lines as {', '.join(self)} cut them>"


@pytest.fixture(scope="session")
def encoded(tokenizers, lines):
    """Return of each kind the tokenizer, and what it makes of the lines: [(ids, word ids with -1 for none)]."""
    made = Encoded()
    for kind, held in tokenizers.items():
        rows = held(lines)
        words = [[-1 if word is None else word for word in rows.word_ids(k)] for k in range(len(lines))]
        made[kind] = held, list(zip(rows["input_ids"], words, strict=True))
    return made


@pytest.fixture(scope="session")
def similar(tokenizers, lines):
    """Give the tokenizers similar words from the lines themselves, since the whole lexicons take seconds for each."""
    words = [word for line in lines for word in line.split() if word.isalpha()]
    pairs = [(a, [b]) for a, b in zip(words, words[3:], strict=False) if a != b]
    pairs += [(line[k : k + 2], [line[k + 2 : k + 4]]) for line in lines[60:120] for k in range(0, len(line) - 4, 2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textaug.masking.similar, "_synonyms", lambda language: iter(pairs if language == "en" else []))
        for held in tokenizers.values():
            table = textaug.masking.similar.SimilarWord(held).table
            assert len(table.hash) > 50
    return tokenizers
