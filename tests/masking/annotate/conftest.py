"""Tokenizers of the four kinds, trained on real text, English and Chinese."""

import pytest
import trained
from tokenizers import Tokenizer

KINDS = ("wordpiece", "byte-level", "unigram", "blanks", "characters")


@pytest.fixture(scope="session")
def prose(reviews, chinese_reviews) -> list[str]:
    """Return 100 English and 300 Chinese reviews, and lines that are hard to cut."""
    hard = [
        "I don't like well-known New York  films...<br /><br />It's 3.5% good!! 😀👍🏽 café naïve & “quote”",
        " a\n\n b\tc ",
        "",
        "   ",
        "iPhone 手机的屏幕不错，T恤也好。ＡＢＣ　全角",
        "e.g. U.S.A. vs. imdb.com/x?y=1 @me #tag <i>it</i> &amp; so_on",
        "[CLS] is no word, [UNK] neither [SEP]",
        "ﬁne ½ ① Å (e\u0301a\u0308) \u200bzero",
    ]
    return [text[:400] for text in reviews[::30]] + chinese_reviews[::60] + hard


@pytest.fixture(scope="session")
def tokenizers(reviews, chinese_reviews):
    """Return a tokenizer of each kind by its name."""
    text = (*reviews[:60], *chinese_reviews[:500])
    return {name: Tokenizer.from_file(trained.path(name, text)) for name in KINDS}
