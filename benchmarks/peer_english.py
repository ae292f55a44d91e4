"""What the peers do to English, each in the nearest way that it has, at the nearest rate.

About a tenth of the letters or words change: 30 % of the letters in 30 % of the words, where a peer asks for both.
"""

import random

from peer_calls import BY_HAND, MOST, Batch, Quickest, Works, each, given, table

LETTERS = {"aug_char_max": MOST, "aug_word_max": MOST, "aug_char_p": 0.3, "aug_word_p": 0.3}
UNCAPPED = LETTERS | {"aug_char_max": None, "aug_word_max": None}


def fast_aug(name: str, *rest: str) -> Batch:
    import fast_aug.text as text

    rates = (0.1,) if name.startswith("Words") else (0.3, 0.3)
    return getattr(text, f"{name}Augmenter")(*rates, *rest).augment_batch


def fasttextaug(name: str, **options: object) -> Batch:
    import fasttextaug.augmenter.char as char
    import fasttextaug.augmenter.word as word

    if name == "RandomWordAug":
        return word.RandomWordAug(aug_max=MOST, aug_p=0.1, **options).augment
    return getattr(char, name)(**LETTERS, **options).augment


def fasttextaug_table(name: str) -> Batch:
    """Give it textaug's own candidates: it has no lexicon of its own."""
    return fasttextaug("RandomWordAug", action="substitute", target_words=table(name))


def glitchlings(name: str, **options: object) -> Batch:
    """Its functions, the classes above them, and the batches of a gaggle of one."""
    import importlib

    import glitchlings.zoo as zoo
    from glitchlings.zoo.core import Gaggle

    single = getattr(zoo, name)(rate=0.1, seed=1, **options)
    many = Gaggle([getattr(zoo, name)(rate=0.1, **options)], seed=1)
    ways = [each(single), many.corrupt_batch]
    functions = {
        "Typogre": "fatfinger",
        "Jargoyle": "jargoyle_drift",
        "Mim1c": "swap_homoglyphs",
        "Zeedub": "insert_zero_widths",
        "Scannequin": "ocr_artifacts",
    }
    if name in functions:
        seeds = random.Random(1)
        function = getattr(importlib.import_module(f"glitchlings.zoo.{name.lower()}"), functions[name])
        ways.append(each(lambda text: function(text, rate=0.1, rng=seeds)))
    return Quickest(*ways)


def textnoisr(*actions: str) -> Batch:
    from textnoisr.noise import CharNoiseAugmenter

    return each(CharNoiseAugmenter(0.1, actions=actions, seed=1).add_noise)


def augmentex(kind: str, action: str) -> Batch:
    import augmentex as module

    made = getattr(module, kind)(unit_prob=0.1, min_aug=1, max_aug=MOST, lang="eng", random_seed=1)
    return each(lambda text: made.augment(text, action))


def niacin(name: str, rate: float = 0.1) -> Batch:
    import numpy
    import scipy

    scipy.random = numpy.random  # the name under which it looks for what SciPy has given up
    import niacin.text.en as module

    function = getattr(module, name)
    return each(lambda text: function(text, p=rate))


def nlpaug(name: str, **options: object) -> Batch:
    import nlpaug.augmenter.char as char
    import nlpaug.augmenter.word as word

    if hasattr(word, name):
        return getattr(word, name)(aug_max=None, aug_p=0.1, **options).augment
    return getattr(char, name)(**UNCAPPED, **options).augment


def nlpaug_names() -> Batch:
    """Swap the gazetteer's names for others of their type, in both cases of letters."""
    return nlpaug("ReservedAug", reserved_tokens=list(table("names").values()))


def nlpaug_sentences() -> Batch:
    """Shuffle sentences, cut by NLTK without its trained data, which would be downloaded."""
    from nlpaug.augmenter.sentence import RandomSentAug
    from nltk.tokenize import PunktSentenceTokenizer

    made = RandomSentAug(mode="neighbor", aug_max=None, aug_p=0.5, tokenizer=PunktSentenceTokenizer().tokenize)
    return lambda texts: made.augment(list(texts))  # it writes into what it is given


def textaugment(operation: str) -> Batch:
    """EDA's and AEDA's operations. EDA takes numbers of words, not rates: a tenth is counted here."""
    import nltk

    nltk.download = lambda *_: True  # the constructor asks for what is there already
    import textaugment as module

    if operation == "punct_insertion":
        return each(module.AEDA(random_state=1).punct_insertion)
    call = getattr(module.EDA(stop_words=["the", "a", "an", "and", "of", "to", "in", "is", "it"]), operation)
    if operation == "random_deletion":
        return each(lambda text: call(text, p=0.1))
    return each(lambda text: call(text, n=max(1, text.count(" ") // 10)))


def contractions() -> Batch:
    import contractions as module

    return each(module.fix)


def contraction_fix(name: str) -> Batch:
    """Without its lists of slang."""
    from contraction_fix import ContractionFixer

    return getattr(ContractionFixer(use_informal=False, use_slang=False), name)


def lemminflect() -> Batch:
    """Give a tenth of the words another of their forms."""
    from lemminflect import getAllInflections, getAllLemmas

    def other(word: str) -> str:
        forms = {
            form
            for tag, lemmas in getAllLemmas(word).items()
            for listed in getAllInflections(lemmas[0], upos=tag).values()
            for form in listed
        } - {word}
        return random.choice(sorted(forms)) if forms else word

    return each(lambda text: " ".join(other(word) if random.random() < 0.1 else word for word in text.split(" ")))


def tokenizers() -> Batch:
    """BPE-dropout: a field of its model."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(given("bpe.json"))
    made.model.dropout = 0.1
    return Quickest(
        lambda texts: [one.tokens for one in made.encode_batch(texts)],
        lambda texts: [one.tokens for one in made.encode_batch_fast(texts)],
        lambda texts: [made.encode(text).tokens for text in texts],
    )


def sentencepiece(model: str, alpha: float) -> Batch:
    """Sample: the dropout of a byte-pair encoding, or the segmentation of a unigram model."""
    from sentencepiece import SentencePieceProcessor

    made = SentencePieceProcessor(model_file=given(model))
    options = {"out_type": str, "enable_sampling": True, "alpha": alpha, "nbest_size": -1}
    return Quickest(
        lambda texts: made.encode(texts, num_threads=1, **options),
        each(lambda text: made.encode(text, **options)),
    )


WORKS: Works = {
    "keyboard": {
        "fasttextaug": lambda: fasttextaug("KeyboardAug"),
        "glitchlings": lambda: glitchlings("Typogre"),
        "augmentex": lambda: augmentex("CharAug", "typo"),
        "nlpaug": lambda: nlpaug("KeyboardAug"),
    },
    "substitute": {
        "fast-aug": lambda: fast_aug("CharsRandomSubstitute", "en"),
        "fasttextaug": lambda: fasttextaug("RandomCharAug", action="substitute"),
        "textnoisr": lambda: textnoisr("substitute"),
        "nlpaug": lambda: nlpaug("RandomCharAug", action="substitute"),
    },
    "insert": {
        "fast-aug": lambda: fast_aug("CharsRandomInsert", "en"),
        "fasttextaug": lambda: fasttextaug("RandomCharAug", action="insert"),
        "textnoisr": lambda: textnoisr("insert"),
        "augmentex": lambda: augmentex("CharAug", "insert"),
        "nlpaug": lambda: nlpaug("RandomCharAug", action="insert"),
    },
    "delete": {
        "fast-aug": lambda: fast_aug("CharsRandomDelete"),
        "fasttextaug": lambda: fasttextaug("RandomCharAug", action="delete"),
        "textnoisr": lambda: textnoisr("delete"),
        "augmentex": lambda: augmentex("CharAug", "delete"),
        "nlpaug": lambda: nlpaug("RandomCharAug", action="delete"),
    },
    "swap": {
        "fast-aug": lambda: fast_aug("CharsRandomSwap"),
        "fasttextaug": lambda: fasttextaug("RandomCharAug", action="swap"),
        "textnoisr": lambda: textnoisr("swap"),
        "augmentex": lambda: augmentex("CharAug", "swap"),
        "nlpaug": lambda: nlpaug("RandomCharAug", action="swap"),
    },
    "four actions": {"textnoisr": lambda: textnoisr("insert", "swap", "substitute", "delete")},
    "OCR": {
        "fasttextaug": lambda: fasttextaug("OcrAug"),
        "glitchlings": lambda: glitchlings("Scannequin"),
        "nlpaug": lambda: nlpaug("OcrAug"),
    },
    "homoglyphs": {"glitchlings": lambda: glitchlings("Mim1c")},
    "leetspeak": {"niacin": lambda: niacin("add_leet")},
    "zero width": {"glitchlings": lambda: glitchlings("Zeedub")},
    "case": {"augmentex": lambda: augmentex("CharAug", "shift")},
    "word split": {
        "niacin": lambda: niacin("add_whitespace", 0.01),
        "augmentex": lambda: augmentex("WordAug", "split"),
        "nlpaug": lambda: nlpaug("SplitAug"),
    },
    "word merge": {"niacin": lambda: niacin("remove_whitespace")},
    "misspellings": {
        "fasttextaug": lambda: fasttextaug_table("misspellings"),
        "niacin": lambda: niacin("add_misspelling"),
        "nlpaug": lambda: nlpaug("SpellingAug"),
    },
    "contractions": {
        "niacin": lambda: niacin("add_contractions", 1.0),
        "contraction-fix": lambda: contraction_fix("contract_batch"),
    },
    "expansions": {
        "contractions": contractions,
        "niacin": lambda: niacin("remove_contractions", 1.0),
        "contraction-fix": lambda: contraction_fix("fix_batch"),
    },
    "word swap": {
        "fast-aug": lambda: fast_aug("WordsRandomSwap"),
        "fasttextaug": lambda: fasttextaug("RandomWordAug", action="swap"),
        "glitchlings": lambda: glitchlings("Rushmore", modes="swap"),
        "augmentex": lambda: augmentex("WordAug", "swap"),
        "textaugment": lambda: textaugment("random_swap"),
        "nlpaug": lambda: nlpaug("RandomWordAug", action="swap"),
    },
    "word delete": {
        "fast-aug": lambda: fast_aug("WordsRandomDelete"),
        "fasttextaug": lambda: fasttextaug("RandomWordAug", action="delete"),
        "glitchlings": lambda: glitchlings("Rushmore", modes="delete"),
        "augmentex": lambda: augmentex("WordAug", "delete"),
        "textaugment": lambda: textaugment("random_deletion"),
        "nlpaug": lambda: nlpaug("RandomWordAug", action="delete"),
    },
    "word insertion": {"augmentex": lambda: augmentex("WordAug", "stopword")},
    "punctuation": {"textaugment": lambda: textaugment("punct_insertion")},
    "names": {"nlpaug": nlpaug_names},
    "synonyms": {
        "glitchlings": lambda: glitchlings("Jargoyle"),
        "fasttextaug": lambda: fasttextaug_table("synonyms"),
        "textaugment": lambda: textaugment("synonym_replacement"),
        "nlpaug": lambda: nlpaug("SynonymAug", aug_src="wordnet"),
    },
    "synonym insertion": {"textaugment": lambda: textaugment("random_insertion")},
    "antonyms": {
        "fasttextaug": lambda: fasttextaug_table("antonyms"),
        "nlpaug": lambda: nlpaug("AntonymAug"),
    },
    "inflections": {
        "fasttextaug": lambda: fasttextaug_table("inflections"),
        "lemminflect" + BY_HAND: lemminflect,
    },
    "derivations": {"fasttextaug": lambda: fasttextaug_table("derivations")},
    "sentence shuffle": {"nlpaug": nlpaug_sentences},
    "BPE-dropout, byte level": {"tokenizers": tokenizers},
    "BPE-dropout, SentencePiece": {"sentencepiece": lambda: sentencepiece("bpe.model", 0.1)},
    "unigram sampling": {"sentencepiece": lambda: sentencepiece("unigram.model", 0.1)},
}
