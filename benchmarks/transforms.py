"""How fast is each transform, beside pyarrow's split at white space on the same column?

The split is what a transform is held against: it finds the words, and writes as many bytes as it reads.
"""

from collections.abc import Sequence
from functools import partial

import measure
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import textaug as ta
from textaug.engine import run

WORKS = (
    "KeyboardTypo(rate=0.1)",
    "CharSubstitute(rate=0.1)",
    "CharInsert(rate=0.1)",
    "CharDelete(rate=0.1)",
    "CharSwap(rate=0.1)",
    "CharNoise(cer=0.1)",
    "WordSwap(rate=0.1)",
    "WordDelete(rate=0.1)",
    "WordShuffle(window=3)",
    "PunctuationInsert(rate=0.1)",
    "SynonymReplace(rate=0.1)",
    "SynonymInsert(rate=0.1)",
    "AntonymReplace(rate=0.1)",
    "eda",
    "aeda",
)


def row(line: str, texts: pa.Array, rounds: int) -> tuple[str, int, float, float, float]:
    """Return what one transform changes, its speed and the split's, and how they compare."""
    ids = np.arange(len(texts), dtype=np.uint64)
    work = partial(run, ta.load(line), texts, row_ids=ids)
    changed = sum(node.changed for node in work().applied)
    pair = measure.beside(partial(pc.utf8_split_whitespace, texts), work, rounds)
    megabytes = measure.size(texts)
    return line, changed, megabytes / pair.second, megabytes / pair.first, pair.ratio


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--language", choices=tuple(measure.SOURCES), default="en", help="en (default) or zh")
    parser.add_argument("--transform", "-t", action="append", metavar="LINE", help="only this; can be repeated")
    options = parser.parse_args(arguments)
    texts = measure.column(options.language, options.input, options.rows)
    title = f"{len(texts):,} texts, {measure.size(texts):.1f} MB ({options.language}), one thread, CPU time"
    rows = [row(line, texts, options.rounds) for line in options.transform or WORKS]
    columns = ("transform", "units changed", "MB/s", "split MB/s", "× split")
    measure.show([measure.Table(title, columns, rows)], options.json)


if __name__ == "__main__":
    main()
