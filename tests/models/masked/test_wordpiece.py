"""BERT's tokenizer gives the ids and the places that the library `tokenizers` gives."""

import json
import unicodedata

import pytest
import tiny_masked
from hypothesis import given
from hypothesis import strategies as st
from strategies import PIECES, SENTENCES
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from textaug.errors import DataError
from textaug.models.masked.wordpiece import LONGEST, WordPiece, cuts

ODD = [
    "cafe\u0301 nai\u0308ve A\u030a \u0301alone e\u0301\u0323\u0302",
    "zero\u200bwidth zero\u200dwidth \ufeffmark word\u2060joiner \u202eleft\u202c",
    "İstanbul İ ı ŞIŞ ẞ ß ſ ŉ ǰ ΐ Σίσυφος ΣΑΣ",
    "ﬁne ﬂow ﬀ ㎏ ½ Ⅷ ① ａｂｃ ＡＢＣ",
    "soft\u00adhyphen \u00ad \u00ad\u00ad.",
    "bad\ufffdbyte \ufffd\ufffd \ufffd. \x00nul\x00 \x01\x7f\x85",
    "tab\tand\nline\r\nend\x0bvertical\x0cfeed\u2028line\u2029paragraph\u00a0hard\u3000wide\u2003em",
    "我爱Python3编程，iPhone15很贵。𠀀𪜀豈㐀〇々ー　全角ＡＢ！",
    "한국어 カタカナ ひらがな กำลัง नमस्ते שָׁלוֹם مَرْحَبًا",
    "😀👍🏽 👨\u200d👩\u200d👧 🇩🇪 ❤\ufe0f 1\ufe0f\u20e3",
    "$100 + 5% = <b>~`^|\\ §¶ ¿qué? «mots» “quoted” ‘single’ – — … ․",
    "x" * LONGEST + " " + "x" * (LONGEST + 1) + " " + "e\u0301" * LONGEST + " " + "e\u0301" * (LONGEST + 1),
    "\ue000private \U000e0001tag \u0378unassigned \ud7ffend",
    "[MASK] [CLS]x [UNK",
    " leading  and   trailing  ",
    "",
    " ",
    "\u0301",
    "\u200b",
]


OLD = unicodedata.ucd_3_2_0
MOVED = "\u166d"  # what it is has been changed since


def settled(text):
    """Say whether this Python and the library, whose tables are older, hold the characters for the same."""
    kinds = ((unicodedata.category(char), OLD.category(char), char) for char in text)
    return all(char not in MOVED and (new == old or new[0] in "LSN" or new == "Co") for new, old, char in kinds)


@pytest.fixture(scope="module")
def trained(reviews, chinese_reviews, tmp_path_factory):
    """Return textaug's and the library's tokenizer of one folder, trained on real text."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=3000, special_tokens=tiny_masked.SPECIAL, limit_alphabet=900, show_progress=False
    )
    made.train_from_iterator([*(one[:500] for one in reviews[:200]), *chinese_reviews[:300], *ODD], trainer)
    folder = tmp_path_factory.mktemp("wordpiece")
    made.save(str(folder / "tokenizer.json"))
    return WordPiece.read(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))


def agree(trained, texts):
    ours, library = trained
    for text, one, other in zip(texts, ours(texts), library.encode_batch(texts, add_special_tokens=False), strict=True):
        assert one.ids == other.ids, text
        assert list(zip(one.start, one.end, strict=True)) == other.offsets, text


def test_english_is_cut_as_the_library_cuts_it(trained, reviews):
    agree(trained, [review[:300] for review in reviews[200:2300]])


def test_chinese_is_cut_as_the_library_cuts_it(trained, chinese_reviews):
    agree(trained, [review[:200] for review in chinese_reviews[400:2500]])


@pytest.mark.parametrize("text", [*ODD[:13], *ODD[14:], *SENTENCES])
def test_odd_text_is_cut_as_the_library_cuts_it(trained, text):
    agree(trained, [text])


@given(texts=st.lists(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)), max_size=20))
def test_any_text_is_cut_as_the_library_cuts_it(trained, texts):
    agree(trained, list(filter(settled, texts)))


def test_every_character_is_cut_as_the_library_cuts_it(trained):
    """Beside letters, so that what is left out, what parts and what stands alone differ."""
    codes = [
        *range(0x3400),
        *range(0xA000, 0xD800, 31),
        *range(0xF8F0, 0x10400),
        *range(0x1D400, 0x20000, 9),
        *range(0x2B700, 0x2BA00, 9),
        0xE0001,
    ]
    agree(trained, [f"a{char}b {char}" for char in map(chr, codes) if settled(char)])


def test_the_names_of_special_tokens_are_text(trained):
    """Who writes [MASK] in a review asks for nothing; the library would take it as the token."""
    ours, library = trained
    (pieces,) = ours(["see [MASK] here"])
    assert library.token_to_id("[MASK]") not in pieces.ids
    assert "see [MASK] here"[pieces.start[1] : pieces.end[1]] == "["


def test_texts_are_cut_one_by_one(trained, reviews):
    ours, _ = trained
    some = [review[:200] for review in reviews[:50]]
    assert ours(some) == [ours([text])[0] for text in some] and ours([]) == []


def test_a_folder_without_this_kind_of_tokenizer_is_refused(tmp_path):
    with pytest.raises(DataError, match="holds no tokenizer"):
        WordPiece.read(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(DataError, match="holds no tokenizer"):
        WordPiece.read(tmp_path)
    told = tiny_masked.tokenizer(tiny_masked.vocabulary())
    for part, changed in (
        ("normalizer", None),
        ("normalizer", {"type": "BertNormalizer", "lowercase": False}),
        ("pre_tokenizer", {"type": "Whitespace"}),
        ("model", {"type": "BPE"}),
    ):
        (tmp_path / "tokenizer.json").write_text(json.dumps(told | {part: changed}))
        with pytest.raises(DataError, match="another tokenizer than BERT's"):
            WordPiece.read(tmp_path)
    assert cuts(told)
