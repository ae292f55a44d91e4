"""The peers' side of peers.py, run by the Python of the peers' own environment; imports nothing of textaug.

Reads a line of JSON, answers with one: {"list": works} with the peers that there are; {"work", "peer", "texts"} with
what a round took; {"train": folder} when it has trained tokenizers. Each peer is called in the fastest public way,
with caps on the number of edits lifted.
"""

import json
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import peer_chinese
import peer_english
from peer_calls import BY_HAND, Batch, given, seconds

WORKS = peer_english.WORKS | peer_chinese.WORKS
BUDGET = 0.4  # seconds a round: slow peers see fewer texts
SUBWORDS = 8_000


class Worker:
    """Holds the texts, the peers that were made, and how many texts each gets in a round."""

    def __init__(self, texts: dict[str, list[str]]) -> None:
        self.texts = texts
        self.made: dict[tuple[str, str], tuple[Batch, list[str]]] = {}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what was asked for."""
        if "train" in request:
            return train(self.texts[request["train"]])
        if "list" in request:
            return self.catalogue(request["list"])
        return self.measure(request["work"], request["peer"])

    def catalogue(self, works: dict[str, str]) -> dict[str, Any]:
        """Try works on their texts: {work: {peer: null, or why it cannot be measured}}, and the peers' versions."""
        tried = {work: {peer: self.trouble(work, peer, texts) for peer in WORKS[work]} for work, texts in works.items()}
        names = {peer.removesuffix(BY_HAND) for work in works for peer in WORKS[work]}
        return {"works": tried, "versions": {name: numbered(name) for name in sorted(names, key=str.lower)}}

    def trouble(self, work: str, peer: str, texts: str) -> str | None:
        """Make a peer; return why it cannot be measured, or None."""
        try:
            batch = WORKS[work][peer]()
            self.made[work, peer] = batch, fitting(batch, self.texts[texts])
        except LookupError as error:  # NLTK, asking for data
            wanted = next((word for word in str(error).split() if word.startswith("nltk.download")), None)
            return f"wants {wanted}" if wanted else shortened(error)
        except Exception as error:
            return shortened(error)
        return None

    def measure(self, work: str, peer: str) -> dict[str, Any]:
        """Do one round: say what it took, or what the peer failed at."""
        batch, texts = self.made[work, peer]
        began = time.process_time()
        try:
            done = batch(texts)
        except Exception as error:
            return {"trouble": f"fails at one of {len(texts):,} texts: {shortened(error)}"}
        took = time.process_time() - began
        if len(done) != len(texts):
            return {"trouble": f"makes {len(done):,} texts out of {len(texts):,}"}
        return {
            "texts": len(texts),
            "bytes": sum(len(text.encode()) for text in texts),
            "seconds": took,
            "changed": sum(old != new for old, new in zip(texts, done, strict=True))
            if isinstance(done[0], str)
            else None,
        }


def fitting(batch: Batch, texts: list[str]) -> list[str]:
    """Return as many texts as fit into a round."""
    count, took = 10, 0.0
    while took < BUDGET / 10 and count < len(texts):
        count *= 3
        took = seconds(batch, texts[:count])
    return texts[: max(1, int(min(count, len(texts)) * BUDGET / max(took, 1e-6)))]


def numbered(name: str) -> str | None:
    """Return a package's version."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def shortened(error: Exception) -> str:
    """Say in a line what went wrong."""
    return f"{type(error).__name__}: {(str(error).strip() or ' ').splitlines()[0]}"[:80]


def train(texts: list[str]) -> dict[str, Any]:
    """Train the tokenizers that textaug and the peers use."""
    import sentencepiece
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=SUBWORDS, initial_alphabet=letters, show_progress=False)
    )
    made.save(given("bpe.json"))
    for kind in ("bpe", "unigram"):
        with Path(given(f"{kind}.model")).open("wb") as file:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(texts),
                model_writer=file,
                model_type=kind,
                vocab_size=SUBWORDS,
                hard_vocab_limit=False,
                minloglevel=2,
            )
    return {}


def main() -> None:
    """Answer requests until the input ends. The peers' own prints go to stderr."""
    answers, sys.stdout = sys.stdout, sys.stderr
    with open(given("texts.json"), encoding="utf-8") as file:
        worker = Worker(json.load(file))
    for line in sys.stdin:
        print(json.dumps(worker.answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
