"""Chinese characters and words that sound the same.

`data/zh-sounds.txt` lists, behind a reading in pinyin with its tones (5 is the neutral one), the characters or the
words that have it, the most frequent first. A character stands under its most frequent reading, a word under its own.
`python -m textaug.lexicon.sounds` derives it anew from `pypinyin` and `jieba`, both under the MIT licence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from itertools import permutations, zip_longest
from pathlib import Path
from typing import NamedTuple

from textaug.cache import cached
from textaug.languages.alphabets import hanzi
from textaug.languages.character_tables import CharacterTable
from textaug.languages.dictionary import installed
from textaug.languages.pinyin import frequencies, is_simplified
from textaug.languages.zh_words import OFFENSIVE
from textaug.lexicon.build import Record, build
from textaug.lexicon.format import FORMAT
from textaug.lexicon.store import Lexicon, Relation

PATH = Path(__file__).parent / "data" / "zh-sounds.txt"
ABOUT = """\
# Readings and the Chinese characters or words that have them, the most frequent first. Derived by
# textaug.lexicon.sounds from the readings of pypinyin 0.55.0 and the dictionary of jieba 0.42.1; see LICENSE.sounds.
"""
SAME, OTHER = 255, 100
"""The shares of candidates that have the tones of a word, and of those that have others."""
_VERSION = b"1"  # of what is made of the table; another one is compiled anew
_PARTICLES = ("的", "地", "得")  # as words of their own these are particles, and all sound alike
_RARE = 50  # words with a lower count in jieba's dictionary are left out
_NAMES = ("nr", "ns", "nt", "nz", "nrt", "nrfg")


class Sound(NamedTuple):
    """A reading, and who has it.

    Attributes:
        syllables: the pinyin without tones.
        tones: the tones.
        forms: characters or words, the most frequent first.
    """

    syllables: tuple[str, ...]
    tones: tuple[str, ...]
    forms: list[str]


def read() -> Iterator[Sound]:
    """Yield the lines of the table."""
    for line in PATH.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            reading, *forms = line.split(" ")
            parts = re.findall(r"([a-zê]+)(\d)", reading)
            syllables, tones = zip(*parts, strict=True)
            yield Sound(syllables, tones, forms if len(parts) > 1 else list(forms[0]))


@cache
def homophones(tone: str, top: int) -> CharacterTable:
    """Return the common characters that sound like each character.

    Args:
        tone: "same" for those of the same tone; "any" for those of other tones too, which are half as likely.
        top: so many of the most frequent ones of the same tone, and of the others.

    >>> homophones("same", 3).candidates("是")
    ('市', '事', '世')
    """
    held: dict[str, tuple[str, ...]] = {}
    for form, same, other in _neighbours(lambda length: length == 1):
        others = other[:top] if tone == "any" else []
        held[form] = (*same[:top], *same[: top if others else 0], *others)
    return CharacterTable.of(held)


@cache
def words_alike() -> Lexicon:
    """Open the lexicon of words that sound the same, compiled on its first use into the user's cache.

    >>> [candidate.text for candidate in words_alike().lookup("攻势")][:2]
    ['公式', '工事']
    """
    name = blake2b(_VERSION + FORMAT.encode() + PATH.read_bytes(), digest_size=12).hexdigest()
    source = "pypinyin 0.55.0, jieba 0.42.1"
    return Lexicon.open(
        cached(f"sounds-{name}.arrow", lambda to: build(records(), to, language="zh", source=source, licence="MIT"))
    )


def records() -> Iterator[Record]:
    """Yield which words, and which characters as words, sound alike; those with the same tones come first."""
    for form, candidate in permutations(_PARTICLES, 2):
        yield Record(form, candidate, Relation.HOMOPHONE)
    for form, same, other in _neighbours(lambda length: True):
        if form in _PARTICLES:
            continue
        for rank, candidate in enumerate([*same, *other]):
            share = SAME if rank < len(same) else OTHER
            yield Record(form, candidate, Relation.HOMOPHONE, rank=rank, share=share)


def _neighbours(wanted: Callable[[int], bool]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (form, those with the same tones, those with other tones) of forms with a wanted number of syllables.

    Characters of simplified Chinese have common ones of it as candidates, those of traditional Chinese alone have such.
    """
    groups: defaultdict[tuple[str, ...], list[Sound]] = defaultdict(list)
    for sound in read():
        if wanted(len(sound.syllables)):
            groups[sound.syllables].append(sound)
    for group in groups.values():
        for sound in group:
            by_rank = zip_longest(*(one.forms for one in group if one is not sound))
            apart = [form for rank in by_rank for form in rank if form is not None]
            for form in sound.forms:
                usable = _usable(form)
                yield form, [one for one in sound.forms if one != form and usable(one)], [*filter(usable, apart)]


def _usable(form: str) -> Callable[[str], bool]:
    """Return the test of what may stand in the place of a form."""
    if len(form) > 1:
        return lambda other: True
    if is_simplified(form):
        return _common().__contains__
    return lambda other: not is_simplified(other)


@cache
def _common() -> frozenset[str]:
    return frozenset(map(chr, hanzi()))


# Derived from pypinyin and jieba.


def derive(path: Path = PATH) -> None:
    """Write the table: the characters of GB 2312 and of Big5, level 1, and the words that others sound like."""
    lines = [f"{reading} {''.join(forms)}\n" for reading, forms in _by_reading(_characters())]
    lines += [f"{reading} {' '.join(forms)}\n" for reading, forms in _by_reading(_words())]
    path.write_text(ABOUT + "".join(lines), "utf-8")


def _by_reading(forms: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    held: defaultdict[str, list[str]] = defaultdict(list)
    for reading, form in forms:
        held[reading].append(form)
    return sorted(held.items())


def _characters() -> Iterator[tuple[str, str]]:
    """Yield (reading, character), the most frequent first."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, count, _ in _dictionary():
        for character, reading in zip(word, _readings(word), strict=True):
            uses[character][reading] += count
    total = frequencies()
    for character in sorted(map(chr, range(0x4E00, 0xA000)), key=lambda one: (-total[one], one)):
        if is_simplified(character) or b"\xa4\x40" <= character.encode("big5", "ignore") <= b"\xc6\x7e":
            readings = uses[character] or Counter(_readings(character))
            yield max(readings, key=lambda reading: readings[reading]), character


def _words() -> Iterator[tuple[str, str]]:
    """Yield (reading, word) of the words that sound like others but for the tones, the most frequent first."""
    found = [
        ("".join(_readings(word)), word)
        for word, count, tag in sorted(_dictionary(), key=lambda entry: (-entry[1], entry[0]))
        if 1 < len(word) < 5 and count >= _RARE and tag not in _NAMES and word not in OFFENSIVE
    ]
    alike = Counter(re.sub(r"\d", "", reading) for reading, _ in found)
    return ((reading, word) for reading, word in found if alike[re.sub(r"\d", "", reading)] > 1)


@cache
def _dictionary() -> list[tuple[str, int, str]]:
    """Return (word, count, tag) of the Chinese words in jieba's dictionary."""
    lines = (line.split(" ") for line in (installed() / "dict.txt").read_text("utf-8").splitlines())
    return [(word, int(count), tag) for word, count, tag in lines if re.fullmatch("[一-龥]+", word)]


@cache
def _readings(word: str) -> tuple[str, ...]:
    """Return the reading of each character of a word, with the tone as a digit, ü as v."""
    from pypinyin import Style, pinyin

    return tuple(one for (one,) in pinyin(word, Style.TONE3, neutral_tone_with_five=True, v_to_u=False))


if __name__ == "__main__":
    derive()
