"""The peers' side of peers.py, run by the Python of the peers' own environment; imports nothing of textaug.

Reads a line of JSON, answers with one: {"list": true} with what there is; {"work", "peer"} with what a round
took. Each peer is called in the fastest public way, with caps on the number of edits lifted, and so that
about a tenth of the letters or words change: 30 % of the letters in 30 % of the words, where it asks for both.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

Batch = Callable[[list[str]], list[str]]
BUDGET = 0.4  # seconds a round: slow peers see fewer lines
MOST = 100_000  # edits a line: no cap
LETTERS = {"aug_char_max": MOST, "aug_word_max": MOST, "aug_char_p": 0.3, "aug_word_p": 0.3}
UNCAPPED = LETTERS | {"aug_char_max": None, "aug_word_max": None}


def each(one: Callable[[str], str]) -> Batch:
    """Make a peer that knows only one text at a time take many."""
    return lambda lines: [one(line) for line in lines]


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


def fasttextaug_table() -> Batch:
    """Give it textaug's own candidates for the words of these lines: it has no lexicon of its own."""
    with open(os.environ["TEXTAUG_TABLE"], encoding="utf-8") as file:
        return fasttextaug("RandomWordAug", action="substitute", target_words=json.load(file))


def glitchlings(name: str, **options: object) -> Batch:
    import glitchlings.zoo as zoo
    from glitchlings.zoo.jargoyle import jargoyle_drift
    from glitchlings.zoo.typogre import fatfinger

    faster = {"Typogre": fatfinger, "Jargoyle": jargoyle_drift}.get(name)  # the functions under the classes
    if faster is not None:
        seeds = random.Random(1)
        return each(lambda line: faster(line, rate=0.1, rng=seeds))
    return each(getattr(zoo, name)(rate=0.1, seed=1, **options))


def textnoisr(*actions: str) -> Batch:
    from textnoisr.noise import CharNoiseAugmenter

    return each(CharNoiseAugmenter(0.1, actions=actions, seed=1).add_noise)


def augmentex(kind: str, action: str) -> Batch:
    import augmentex as module

    made = getattr(module, kind)(unit_prob=0.1, min_aug=1, max_aug=MOST, lang="eng", random_seed=1)
    return each(lambda line: made.augment(line, action))


def nlpaug(name: str, **options: object) -> Batch:
    import nlpaug.augmenter.char as char
    import nlpaug.augmenter.word as word

    if hasattr(word, name):
        return getattr(word, name)(aug_max=None, aug_p=0.1, **options).augment
    return getattr(char, name)(**UNCAPPED, **options).augment


def textaugment(operation: str) -> Batch:
    """EDA's and AEDA's operations. EDA takes numbers of words, not rates: a tenth is counted here."""
    import nltk

    nltk.download = lambda *_: True  # the constructor asks for what is there already
    import textaugment as module

    if operation == "punct_insertion":
        return each(module.AEDA(random_state=1).punct_insertion)
    call = getattr(module.EDA(stop_words=["the", "a", "an", "and", "of", "to", "in", "is", "it"]), operation)
    if operation == "random_deletion":
        return each(lambda line: call(line, p=0.1))
    return each(lambda line: call(line, n=max(1, line.count(" ") // 10)))


PEERS: dict[str, dict[str, Callable[[], Batch]]] = {
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
    "punctuation": {"textaugment": lambda: textaugment("punct_insertion")},
    "synonyms": {
        "glitchlings": lambda: glitchlings("Jargoyle"),
        "fasttextaug": fasttextaug_table,
        "textaugment": lambda: textaugment("synonym_replacement"),
        "nlpaug": lambda: nlpaug("SynonymAug", aug_src="wordnet"),
    },
    "synonym insertion": {"textaugment": lambda: textaugment("random_insertion")},
    "antonyms": {"nlpaug": lambda: nlpaug("AntonymAug")},
}


class Worker:
    """Holds the lines, the peers that were made, and how many lines each gets in a round."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.made: dict[tuple[str, str], tuple[Batch, int]] = {}

    def catalogue(self) -> dict[str, object]:
        """Try everything: {work: {peer: null, or why it cannot be measured}}, and the peers' versions."""
        works = {work: {peer: self.trouble(work, peer) for peer in peers} for work, peers in PEERS.items()}
        return {
            "works": works,
            "versions": {p: self.version(p) for p in sorted({p for w in works.values() for p in w})},
        }

    def version(self, peer: str) -> str | None:
        try:
            return version(peer)
        except ImportError:
            return None

    def trouble(self, work: str, peer: str) -> str | None:
        try:
            self.made[work, peer] = self.sized(PEERS[work][peer]())
        except LookupError as error:  # NLTK, asking for data
            wanted = next((word for word in str(error).split() if word.startswith("nltk.download")), "data")
            return f"wants {wanted}"
        except Exception as error:
            return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"[:60]
        return None

    def sized(self, batch: Batch) -> tuple[Batch, int]:
        """Find out how many lines fit into a round."""
        few = self.lines[:200]
        batch(few)
        began = time.process_time()
        batch(few)
        return batch, min(len(self.lines), int(len(few) * BUDGET / max(time.process_time() - began, 1e-6)) + 1)

    def measure(self, work: str, peer: str) -> dict[str, object]:
        """Do one round: say what it took, or what the peer failed at."""
        batch, count = self.made[work, peer]
        lines = self.lines[:count]
        began = time.process_time()
        try:
            done = batch(lines)
        except Exception as error:
            return {"trouble": f"fails at one of {count:,} lines: {error}"}
        seconds = time.process_time() - began
        if len(done) != count:
            return {"trouble": f"makes {len(done):,} lines out of {count:,}"}
        changed = sum(old != new for old, new in zip(lines, done, strict=True))
        return {
            "lines": count,
            "bytes": sum(len(x.encode()) for x in lines),
            "seconds": seconds,
            "changed": changed,
        }


def main() -> None:
    """Answer requests until the input ends. The peers' own prints go to stderr."""
    answers, sys.stdout = sys.stdout, sys.stderr
    with open(sys.argv[1], encoding="utf-8") as file:
        worker = Worker(json.load(file))
    for line in sys.stdin:
        request = json.loads(line)
        answer = worker.catalogue() if "list" in request else worker.measure(request["work"], request["peer"])
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
