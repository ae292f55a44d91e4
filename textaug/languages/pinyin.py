"""Pinyin: the characters of each syllable, and the syllables that a slip of finger or ear makes of one.

`data/pinyin.txt` lists the characters of every syllable, the most frequent first, each character under the reading that
is its most common. `python -m textaug.languages.pinyin` builds it anew, from the readings of `pypinyin` and the word
frequencies of `jieba`, both under the MIT licence; OpenCC says what is traditional for what.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

from textaug.languages.character_tables import CharacterTable
from textaug.languages.keyboards import neighbours

PATH = Path(__file__).parent / "data" / "pinyin.txt"
ABOUT = """\
# Pinyin syllables and their characters, the most frequent first. Derived by textaug.languages.pinyin from the readings
# of pypinyin 0.55.0 and the word frequencies of jieba 0.42.1; see LICENSE.pinyin.
"""
FUZZY = {"zh": ["z"], "ch": ["c"], "sh": ["s"], "z": ["zh"], "c": ["ch"], "s": ["sh"]}
FUZZY |= {"n": ["l"], "l": ["n", "r"], "r": ["l"], "f": ["h"], "h": ["f"]}
"""Initials that speakers of many dialects do not tell apart, and input methods accept as fuzzy pinyin."""
OFFERED = 3  # so many characters of a syllable are considered: those that an input method shows first
EAR, FINGER = 3, 1  # how likely a fuzzy syllable is beside one that a wrong key makes


@cache
def slips() -> CharacterTable:
    """Return the characters that a slip of pinyin leads to: first fuzzy syllables, then those that a wrong key makes.

    Of the three most frequent characters of a syllable the first is drawn three times, the second twice as often as the
    third. Characters of simplified Chinese become such, those of traditional Chinese alone become traditional ones.

    >>> "".join(dict.fromkeys(slips().candidates("是")))
    '四司斯之只制随虽岁数书术'
    """
    return CharacterTable.of(dict(_slips(dict(read()))))


def read() -> Iterator[tuple[str, str]]:
    """Yield (syllable, characters) of each line of the table."""
    for line in PATH.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            syllable, characters = line.split(" ")
            yield syllable, characters


def _slips(syllables: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    for used in (is_simplified, lambda character: not is_simplified(character)):
        shown = {syllable: _shown(characters, used) for syllable, characters in syllables.items()}
        for syllable, characters in syllables.items():
            heard = fuzzy(syllable, syllables)
            typed = [other for other in mistyped(syllable, syllables) if other not in heard]
            found = [character for other in [*EAR * heard, *FINGER * typed] for character in shown[other]]
            yield from ((character, found) for character in characters if used(character))


def _shown(characters: str, used: Callable[[str], bool]) -> list[str]:
    """Return the first characters of a syllable as often as they are drawn: `abc` as aaabbc."""
    first = [character for character in characters if used(character)][:OFFERED]
    return [character for place, character in enumerate(first) for _ in range(OFFERED - place)]


def fuzzy(syllable: str, syllables: Collection[str]) -> list[str]:
    """Return the syllables that many speakers do not tell apart from one: another initial, -n for -ng or the reverse.

    >>> fuzzy("sheng", ["sen", "seng", "shen", "sheng"])
    ['seng', 'shen']
    """
    initial = syllable[:2] if syllable[1:2] == "h" else syllable[:1]
    made = [other + syllable[len(initial) :] for other in FUZZY.get(initial, ())]
    if syllable.endswith(("an", "en", "in")):
        made.append(syllable + "g")
    elif syllable.endswith(("ang", "eng", "ing")):
        made.append(syllable[:-1])
    return [other for other in made if other in syllables]


def mistyped(syllable: str, syllables: Collection[str]) -> list[str]:
    """Return the syllables of which one key lies beside the right one.

    >>> mistyped("wo", ["ao", "wa", "wo", "yo"])
    ['ao']
    """
    keys = neighbours("qwerty")
    made = [
        syllable[:place] + other + syllable[place + 1 :]
        for place, key in enumerate(syllable)
        for other in keys.candidates(key)
    ]
    return [other for other in made if other in syllables]


def is_simplified(character: str) -> bool:
    """Say whether GB 2312 has a character: those that simplified Chinese uses, and both alike.

    >>> is_simplified("这"), is_simplified("我"), is_simplified("這")
    (True, True, False)
    """
    return len(character.encode("gb2312", "ignore")) == 2


# Built from readings and frequencies.


def build(path: Path = PATH) -> None:
    """Write the table: the characters of GB 2312 and of the first level of Big5."""
    count = frequencies()
    held: defaultdict[str, list[str]] = defaultdict(list)
    for character in sorted(map(chr, range(0x4E00, 0xA000)), key=lambda one: (-count[one], one)):
        if is_simplified(character) or b"\xa4\x40" <= character.encode("big5", "ignore") <= b"\xc6\x7e":
            held[reading(character)].append(character)
    rows = [f"{syllable} {''.join(held[syllable])}\n" for syllable in sorted(held) if re.search("[aeiouv]", syllable)]
    path.write_text(ABOUT + "".join(rows), "utf-8")


def frequencies() -> Counter[str]:
    """Count how often each Chinese character is used in the words of jieba's dictionary.

    They are simplified ones: a traditional character is as frequent as what it is simplified to.
    """
    import jieba
    from opencc import OpenCC

    count: Counter[str] = Counter()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, uses, *_ = line.split(" ")
        for character in word:
            count[character] += int(uses)
    simplified = OpenCC("t2s").convert
    return Counter({one: count[simplified(one)] for one in map(chr, range(0x4E00, 0xA000))})


def reading(character: str) -> str:
    """Return the most common reading of a character, as it is typed: without a tone, ü as v."""
    from pypinyin import lazy_pinyin

    (syllable,) = lazy_pinyin(character)
    return str(syllable)


if __name__ == "__main__":
    build()
