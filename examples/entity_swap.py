"""Entities swapped for others: from the data's own annotations, or from the names that come with textaug.

python examples/entity_swap.py
"""

import json
import tempfile
from pathlib import Path

import textaug as ta

TEXTS = [
    "Maria Kowalska moved from Gdansk to Brno in May.",
    "Brno hired Tomas Novotny, and Maria Kowalska left for Lviv.",
]
SPANS = [
    [(0, 14, "PERSON"), (26, 32, "CITY"), (36, 40, "CITY")],
    [(0, 4, "CITY"), (11, 24, "PERSON"), (30, 44, "PERSON"), (54, 58, "CITY")],
]


def own_names(folder: Path) -> str:
    """Gather the names that are annotated, as `textaug gazetteer` does it for files."""
    path = folder / "names.json"
    path.write_text(json.dumps(ta.gazetteer(TEXTS, SPANS)), encoding="utf-8")
    return str(path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        result = ta.EntitySwap(rate=1.0, gazetteer=own_names(Path(folder))).apply(TEXTS, spans=SPANS, seed=3)
    for text, spans in zip(result.text, result.spans, strict=True):
        print(text, [(label, text[start:end]) for start, end, label in spans])
    shipped = ta.EntitySwap(rate=1.0)
    print(shipped("Alice Smith flew from London to Japan with an Italy fan.", seed=1))
    print(shipped("张建国在北京大学读书，去年去了日本。", seed=1))
