"""Where does the time go: how long does a word's look-up take, and what share has each kernel of a transform?"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from statistics import median
from typing import Any

import measure
import numpy as np
import pyarrow as pa

import textaug as ta
from textaug import kernels
from textaug.batch import tiles
from textaug.engine import run
from textaug.lexicon import Lexicon
from textaug.units import words

LINES = ("SynonymReplace(rate=0.1)", "WordSwap(rate=0.1)", "KeyboardTypo(rate=0.1)", "CharNoise(cer=0.1)")


@contextmanager
def clocked() -> Iterator[Counter[str]]:
    """Count the CPU time spent inside each kernel."""
    spent: Counter[str] = Counter()
    found = [
        (module, name, work)
        for module in (getattr(kernels, name) for name in kernels.NAMES)
        for name, work in vars(module).items()
        if callable(work) and not isinstance(work, type) and not name.startswith("_")
        and getattr(work, "__module__", module.__name__) == module.__name__
    ]  # fmt: skip
    for module, name, work in found:
        setattr(module, name, _counting(work, f"{module.__name__.rpartition('.')[2]}.{name}", spent))
    try:
        yield spent
    finally:
        for module, name, work in found:
            setattr(module, name, work)


def _counting(work: Callable[..., Any], name: str, spent: Counter[str]) -> Callable[..., Any]:
    @wraps(work)
    def counted(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return work(*given, **named)
        finally:
            spent[name] += time.process_time() - began

    return counted


def breakdown(line: str, texts: pa.Array, rounds: int) -> list[tuple[str, str, float, float]]:
    """Return each kernel's speed over the whole text and its share of the time; what is left is Python and NumPy."""
    work = partial(run, ta.load(line), texts, row_ids=np.arange(len(texts), dtype=np.uint64))
    work()
    seen: list[Counter[str]] = []
    for _ in range(rounds):
        with clocked() as spent:
            total = measure.cpu(work)
        spent["the rest"] = total - sum(spent.values())
        seen.append(spent)
    megabytes = measure.size(texts)
    times = {name: median(one[name] for one in seen) for name in seen[0]}
    whole = sum(times.values())
    rows = [(line, name, megabytes / max(took, 1e-9), 100 * took / whole) for name, took in times.items()]
    return sorted(rows, key=lambda row: -row[3])


def lookups(texts: pa.Array, rounds: int) -> list[tuple[str, float, str]]:
    """Return the nanoseconds that a word takes: in running text, and from Python."""
    ids = np.arange(len(texts), dtype=np.uint64)
    count = sum(len(words(batch)) for _, batch in tiles(texts, ids))
    work, seen = partial(run, ta.SynonymReplace(rate=0.0), texts, row_ids=ids), []
    for _ in range(rounds + 1):
        with clocked() as spent:
            found = work()
        seen.append(spent["lexical.lookup"] / count * 1e9)
    english = Lexicon.english()
    few = list(dict.fromkeys(word for text in texts[:300].to_pylist() for word in text.split() if word.isalpha()))
    python = median(measure.cpu(lambda: [english.lookup(word) for word in few]) for _ in range(rounds))
    share = f"{count:,} words, {100 * found.applied[0].eligible / count:.0f} % have a synonym"
    return [
        ("kernel, a word of running text", median(seen[1:]), share),
        ("Lexicon.lookup, from Python", python / max(len(few), 1) * 1e9, f"{len(few):,} different words"),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--transform", "-t", action="append", metavar="LINE", help="only this; can be repeated")
    options = parser.parse_args(arguments)
    texts = measure.column("en", options.input, options.rows)
    title = f"{len(texts):,} texts, {measure.size(texts):.1f} MB, one thread, CPU time"
    parts = [row for line in options.transform or LINES for row in breakdown(line, texts, options.rounds)]
    tables = [
        measure.Table("look-ups in the English lexicon", ("look-up", "ns", "of"), lookups(texts, options.rounds)),
        measure.Table(title, ("transform", "kernel", "MB/s", "% of the time"), parts),
    ]
    measure.show(tables, options.json)


if __name__ == "__main__":
    main()
