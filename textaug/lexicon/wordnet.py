"""Read WordNet's own files, and compile the English lexicon of them.

The formats are those of wndb(5WN) and senseidx(5WN).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from textaug.errors import DataError
from textaug.lexicon.build import Summary, build

FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_MARKER = re.compile(r"\((a|p|ip)\)$")


class Word(NamedTuple):
    """A word of a synset: as it is written, and where an adjective must stand (`a`, `p`, `ip` or nothing)."""

    text: str
    marker: str


class Pointer(NamedTuple):
    """A relation between words (from 0) of two synsets, or, where both are -1, between the synsets."""

    symbol: str
    pos: str
    offset: int
    source: int
    target: int


class Synset(NamedTuple):
    """Words that share a sense.

    `pos` is n, v, a, s (an adjective that is like another) or r; `field` is the lexicographer's file.
    """

    pos: str
    offset: int
    field: int
    words: tuple[Word, ...]
    pointers: tuple[Pointer, ...]

    def place(self, lemma: str) -> int:
        """Return which word of the synset a lemma is."""
        return next(i for i, word in enumerate(self.words) if word.text.lower() == lemma)


@dataclass
class WordNet:
    """WordNet in memory.

    Attributes: synsets: by (pos, offset), where pos is n, v, a or r. senses: the offsets of a (lemma, pos),
        the most frequent first; lemmas are in lower case, with underscores. uses: how often a (lemma, pos,
        offset) was tagged in the semantic concordance. irregular: (inflected form, lemma) of each pos.
    """

    synsets: dict[tuple[str, int], Synset] = field(default_factory=dict)
    senses: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    uses: dict[tuple[str, str, int], int] = field(default_factory=dict)
    irregular: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: str | Path) -> WordNet:
        """Read data.*, index.*, *.exc and index.sense.

        Raises:
            DataError: a file is missing or is not as WordNet has it.
        """
        made = cls()
        try:
            for pos, name in FILES.items():
                made._load(Path(folder), pos, name)
            for line in lines(Path(folder) / "index.sense"):
                key, offset, _, count = line.split()
                lemma, _, rest = key.partition("%")
                made.uses[lemma, "nvara"[int(rest[0]) - 1], int(offset)] = int(count)
        except OSError as error:
            raise DataError(f"{error.filename}: {error.strerror}; give WordNet's folder") from None
        except (ValueError, IndexError, TypeError) as error:
            raise DataError(f"{folder}: the files are not as WordNet has them ({error})") from None
        return made

    def _load(self, folder: Path, pos: str, name: str) -> None:
        """Read the files of a part of speech."""
        for line in lines(folder / f"data.{name}"):
            synset = _synset(line)
            self.synsets[pos, synset.offset] = synset
        for line in lines(folder / f"index.{name}"):
            lemma, _, _, symbols, *rest = line.split()
            self.senses[lemma, pos] = [int(offset) for offset in rest[int(symbols) + 2 :]]
        irregular = [line.split() for line in lines(folder / f"{name}.exc")]
        self.irregular[pos] = [(form, lemma) for form, *lemmas in irregular for lemma in lemmas]

    def of(self, lemma: str, pos: str) -> list[Synset]:
        """Return the synsets of a lemma, the most frequent sense first."""
        return [self.synsets[pos, offset] for offset in self.senses.get((lemma, pos), [])]

    def antonyms(self, synset: Synset, lemma: str) -> list[Word]:
        """Return the words that are the opposite of a lemma in a synset."""
        place = synset.place(lemma)
        return [
            self._target(pointer) for pointer in synset.pointers if pointer.symbol == "!" and pointer.source == place
        ]

    def indirect_antonyms(self, synset: Synset) -> list[Word]:
        """Return the opposites of the adjectives to which a satellite is similar."""
        if synset.pos != "s":
            return []
        heads = [self.synsets["a", pointer.offset] for pointer in synset.pointers if pointer.symbol == "&"]
        pointers = [pointer for head in heads for pointer in head.pointers if pointer.symbol == "!"]
        return list(dict.fromkeys(map(self._target, pointers)))

    def derivations(self, synset: Synset, lemma: str) -> list[tuple[Word, str]]:
        """Return the words, with their pos, that are derived from a lemma or it from them."""
        place = synset.place(lemma)
        return [
            (self._target(pointer), pointer.pos)
            for pointer in synset.pointers
            if pointer.symbol == "+" and pointer.source == place
        ]

    def _target(self, pointer: Pointer) -> Word:
        return self.synsets[pointer.pos, pointer.offset].words[pointer.target]


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, without the licence on top, whose lines begin with two spaces."""
    with open(path, encoding="ascii") as file:
        yield from (line for line in file if not line.startswith("  "))


def _synset(line: str) -> Synset:
    """Read a line of a data file: offset field pos words… pointers… | gloss."""
    offset, lexicographer, pos, count, *rest = line.partition(" | ")[0].split()
    words = tuple(_word(rest[2 * i]) for i in range(int(count, 16)))
    rest = rest[2 * len(words) :]
    pointers = tuple(_pointer(*rest[4 * i + 1 : 4 * i + 5]) for i in range(int(rest[0])))
    return Synset(pos, int(offset), int(lexicographer), words, pointers)


def _word(text: str) -> Word:
    marker = _MARKER.search(text)
    return Word(text[: marker.start()], marker[1]) if marker else Word(text, "")


def _pointer(symbol: str, offset: str, pos: str, ends: str) -> Pointer:
    source, target = int(ends[:2], 16) - 1, int(ends[2:], 16) - 1
    return Pointer(symbol, "a" if pos == "s" else pos, int(offset), source, target)


def build_wordnet(folder: str | Path, out: str | Path) -> Summary:
    """Compile the English lexicon from WordNet's files; inflection needs the package lemminflect.

    Raises:
        DataError: a file is missing or is not as WordNet has it.
        UsageError: lemminflect is not installed.
    """
    from textaug.lexicon.english import records

    found = records(WordNet.read(folder))
    return build(found, out, language="en", source="WordNet 3.0", licence="WordNet 3.0 license")
