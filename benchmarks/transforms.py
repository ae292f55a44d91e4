"""How fast is each transform, beside pyarrow's split at white space on the same column?

The split is what a transform is held against: it finds the words, and writes as many bytes as it reads. Chinese has
no white space between its words: there, jieba's words by `Segmenter().cut_batch` stand beside the split. A slow
transform gets the first of the texts only, as many as it does in some seconds.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import measure
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import textaug as ta
from textaug.engine import run
from textaug.languages.zh import Segmenter
from textaug.transforms.negation import read

WORKS = (
    "KeyboardTypo(rate=0.1)",
    "CharSubstitute(rate=0.1)",
    "CharInsert(rate=0.1)",
    "CharDelete(rate=0.1)",
    "CharSwap(rate=0.1)",
    "CharNoise(cer=0.1)",
    "OCRNoise(rate=0.1)",
    "Homoglyph(rate=0.1)",
    "Leetspeak(rate=0.1)",
    "ZeroWidth(rate=0.1)",
    "CaseNoise(rate=0.1)",
    "Homophone(rate=0.1)",
    "Homophone(rate=0.1, unit='word')",
    "SimilarShape(rate=0.1)",
    "PinyinSlip(rate=0.1)",
    "ChineseVariant(rate=0.1)",
    "SubwordDropout(dropout=0.1)",
    "WordSplit(rate=0.1)",
    "WordMerge(rate=0.1)",
    "SpellingError(rate=0.1)",
    "Contract(rate=0.1)",
    "Expand(rate=0.1)",
    "WordDelete(rate=0.1)",
    "RandomInsert(rate=0.1)",
    "PunctuationInsert(rate=0.1)",
    "NumberPerturb(rate=0.1)",
    "EntitySwap(rate=0.1)",
    "SynonymReplace(rate=0.1)",
    "SynonymInsert(rate=0.1)",
    "AntonymReplace(rate=0.1)",
    "Inflect(rate=0.1)",
    "Derive(rate=0.1)",
    "PrefixReplace(rate=0.1)",
    "SuffixReplace(rate=0.1)",
    "NegatingPrefix(rate=0.1)",
    "WordSwap(rate=0.1)",
    "WordShuffle(window=3)",
    "ClauseShuffle(rate=0.1)",
    "SentenceShuffle",
    "SentenceDelete(rate=0.1)",
    "SentenceDuplicate(rate=0.1)",
    "NegationInsert(rate=0.1)",
    "NegationRemove(rate=0.1)",
    "NegationToggle(rate=0.1)",
    "eda",
    "aeda",
)
FOREIGN = {"en": ("Chinese",), "zh": ("English", "Latin", "cased scripts")}
"""What a catalogue says of the transforms that have nothing to do in a language."""
LONGEST = 4.0  # seconds a round


def works(language: str) -> list[str]:
    """Return what there is to do in a language."""
    return [line for line in WORKS if ta.load(line).about.languages not in FOREIGN[language]]


def part(line: str, texts: pa.Array) -> pa.Array:
    """Return as many of the texts as a transform does in a round."""
    made(line, texts[-1:])()
    few = texts[: max(1, len(texts) // 50)]
    return texts[: max(len(few), int(len(few) * LONGEST / max(measure.cpu(made(line, few)), 1e-6)))]


def made(line: str, texts: pa.Array) -> Callable[[], Any]:
    """Return the work of a transform on some texts; what it remembers of their sentences is forgotten each time."""
    work = partial(run, ta.load(line), texts, row_ids=np.arange(len(texts), dtype=np.uint64))

    def anew() -> Any:
        read.cache_clear()
        return work()

    return anew


def row(line: str, texts: pa.Array, rounds: int, language: str) -> tuple[Any, ...]:
    """Return how much of the text one transform changes, its speed, and how it compares."""
    texts = part(line, texts)
    limits: list[Callable[[], Any]] = [partial(pc.utf8_split_whitespace, texts)]
    if language == "zh":
        limits.append(partial(Segmenter().cut_batch, texts))
    work, megabytes = made(line, texts), measure.size(texts)
    changed = sum(node.changed for node in work().applied)
    held = [measure.beside(limit, work, rounds) for limit in limits]
    beside = [figure for pair in held for figure in (megabytes / pair.first, pair.ratio)]
    return line, ta.load(line).about.level, megabytes, changed, megabytes / held[0].second, *beside


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--language", choices=tuple(measure.SOURCES), default="en", help="en (default) or zh")
    parser.add_argument("--transform", "-t", action="append", metavar="LINE", help="only this; can be repeated")
    options = parser.parse_args(arguments)
    texts = measure.column(options.language, options.input, options.rows)
    title = f"{len(texts):,} texts, {measure.size(texts):.1f} MB ({options.language}), one thread, CPU time"
    lines = options.transform or works(options.language)
    rows = [row(line, texts, options.rounds, options.language) for line in lines]
    limits = ("split", "segmenter")[: 1 + (options.language == "zh")]
    columns = ("transform", "level", "MB", "units changed", "MB/s")
    columns += tuple(name for limit in limits for name in (f"{limit} MB/s", f"× {limit}"))
    measure.show([measure.Table(title, columns, rows)], options.json)


if __name__ == "__main__":
    main()
