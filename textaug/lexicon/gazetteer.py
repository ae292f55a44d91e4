"""Gazetteers: names by type, which one stands in a text, and which others may stand in its place."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError
from textaug.kernels import names as kernel
from textaug.languages.scripts import HAN, SCRIPTS, script_of
from textaug.lexicon.names import read
from textaug.lexicon.trie import Trie, compiled

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]

SHIPPED = Path(__file__).parent / "data" / "names.json"
LONGEST = 8  # words, or Han characters: names of more are alike

FAMILIES = {
    "PERSON": "PER PERSON PERS NAME NR FEMALE MALE SURNAME 人名 姓名 人物",
    "PLACE": "LOC LOCATION GPE PLACE NS CITY COUNTRY REGION 地名 地点 地理位置 城市 国家",
    "ORG": "ORG ORGANIZATION ORGANISATION INSTITUTION NT COMPANY UNIVERSITY 机构 机构名 组织 组织机构 公司 大学",
}
"""What the labels of data sets mean by the same."""
_FAMILY = {label: family for family, labels in FAMILIES.items() for label in labels.split()}


class Choice(NamedTuple):
    """What may stand in the place of each of some names: `among` members from `first` on, but not its `own` one.

    `own` counts from `first`; -1 is none of them.
    """

    first: I64
    among: I64
    own: I64

    @property
    def others(self) -> I64:
        """How many others there are for each."""
        return self.among - (self.own >= 0)

    def drawn(self, draw: U32) -> I64:
        """Return a member for each name that has others, by a draw of 32 bits: all but its own are as likely."""
        nth = ((draw.astype(np.uint64) * self.others.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        return self.first + nth + ((self.own >= 0) & (nth >= self.own))


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Names by type. `Gazetteer.open` and `Gazetteer.shipped` give one; a process opens each only once.

    A *pool* is a type, or all types that some labels do not tell apart; each has a number. In a pool, names are grouped
    by script and by how many words (Chinese: characters) they have, and once more by script alone.

    Attributes:
        path: the file.
        hash: of all that it says.
        types: the types; their numbers are those of their pools.
        names: the names, sorted.
        trie: the names, as the kernel takes them.
        kind: int32, shape (names,): the type of each; -1 where it is of several.
        pools: each pool's number by its type, or by `*` and its family.
        family: int32, shape (types,): the pool of each type's family; -1 where it has none.
        group: int32, shape (pools, scripts, sizes): a group's number, -1 where it is empty; size 0 is any size.
        first: int64, shape (groups + 1,): where in `member` each group begins.
        member: int64: the names of each group, sorted, as `group << 32 | name`.
    """

    path: str
    hash: str
    types: tuple[str, ...]
    names: tuple[bytes, ...]
    trie: Trie
    kind: I32
    pools: dict[str, int]
    family: I32
    group: I32
    first: I64
    member: I64

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Gazetteer:
        """Open a gazetteer: JSON `{type: [names]}`, or TSV with lines of type and name.

        Raises:
            DataError: there is no such file, or it is no gazetteer.
        """
        where = Path(os.path.abspath(path))
        try:
            state = where.stat()
        except OSError as error:
            raise DataError(f"cannot read the gazetteer {path}: {error.strerror}") from None
        return _opened(where, state.st_mtime_ns, state.st_size)

    @classmethod
    def shipped(cls) -> Gazetteer:
        """Open the one that comes with textaug: some names in English and in Chinese.

        >>> Gazetteer.shipped().types
        ('CITY', 'COMPANY', 'COUNTRY', 'FEMALE', 'MALE', 'REGION', 'SURNAME', 'UNIVERSITY')
        """
        return cls.open(SHIPPED)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Gazetteer.open, (self.path,)

    def __repr__(self) -> str:
        return f"Gazetteer({self.path!r}, {len(self.names):,} names of {', '.join(self.types)})"

    def pool(self, label: object) -> int:
        """Return the pool of names that a label asks for, -1 where there is none.

        >>> held = Gazetteer.shipped()
        >>> held.pool("GPE") == held.pool("地名") >= 0, held.pool("DATE")
        (True, -1)
        """
        if not isinstance(label, str):
            return -1
        family = _FAMILY.get(label.upper(), "")
        return self.pools.get(label, self.pools.get(f"*{family}", -1))

    def exact(self, data: U8, start: I32, end: I32) -> I32:
        """Return the name that each range of bytes is, -1 where it is none."""
        return kernel.exact(data, start, end, self.trie.slots, self.trie.name)

    def choice(self, data: U8, start: I32, end: I32, name: I32, pool: I32) -> Choice:
        """Return what may stand in the place of names, of their own script and, where there are any, their own size.

        Args:
            data: UTF-8 bytes.
            start, end: int32: where each name stands.
            name: int32: which it is, -1 where the gazetteer lacks it.
            pool: int32: which pool it is of, -1 for none.
        """
        script, size = look(data, start, end)
        close, wide = (self._choice(self.group[pool, script, held], name, pool) for held in (size, 0))
        return Choice(*(np.where(close.others > 0, one, other) for one, other in zip(close, wide, strict=True)))

    def _choice(self, group: I32, name: I32, pool: I32) -> Choice:
        group = np.where(pool >= 0, group, -1).astype(np.int64)
        first, end = self.first[group], self.first[group + 1]  # of group -1 they are not used
        count = np.where(group >= 0, end - first, 0)
        key = group << 32 | name
        place = np.searchsorted(self.member, key)
        found = (group >= 0) & (name >= 0) & (place < len(self.member))
        found[found] = self.member[place[found]] == key[found]
        return Choice(first, count, np.where(found, place - first, -1))

    def narrowed(self, data: U8, start: I32, end: I32, name: I32, pool: I32) -> I32:
        """Return the pools of names by what is known of them: a family's name that is known of a type is of that type.

        A name that the gazetteer lacks is of the type of its first word: `Alice Kowalczyk` is a woman.
        """
        text, stop = _pieces(data, start, end)
        blank = np.append(np.flatnonzero(text == ord(" ")), len(text))
        first = (
            np.minimum(blank[np.searchsorted(blank, stop[:-1])], stop[1:]) - stop[:-1]
        )  # the bytes of the first word
        word = self.exact(data, start, (start + first).astype(np.int32))
        kind = np.where(name >= 0, self.kind[name], np.where(word >= 0, self.kind[word], -1))
        return np.where((kind >= 0) & (self.family[kind] == pool), kind, pool)


def look(data: U8, start: I32, end: I32) -> tuple[I64, I64]:
    """Return the script of each range, and how many words it has, or how many characters of Han."""
    point = _first_points(data, start, end)
    script = script_of(point)
    text, stop = _pieces(data, start, end)
    counts = (np.append(0, np.cumsum(one)) for one in ((text & 0xC0) != 0x80, text == ord(" ")))
    letters, blanks = (np.diff(count[stop]) for count in counts)
    return script, np.minimum(np.where(script == HAN, letters, blanks + 1), LONGEST)


def _pieces(data: U8, start: I32, end: I32) -> tuple[U8, I64]:
    """Return ranges of bytes, end to end, and where each begins, and the last ends."""
    stop = np.append(0, np.cumsum(end - start, dtype=np.int64))
    return data[np.arange(stop[-1]) + np.repeat(start - stop[:-1], end - start)], stop


def _first_points(data: U8, start: I32, end: I32) -> I64:
    """Return the first code point of each range, 0 where it is empty."""
    held = np.zeros((len(start), 4), np.int64)
    for k in range(4):
        inside = start + k < end
        held[inside, k] = data[start[inside] + k]
    lead, (b, c, d) = held[:, 0], (held[:, 1:] & 0x3F).T
    return np.select(
        [lead < 0x80, lead < 0xE0, lead < 0xF0],
        [lead, (lead & 0x1F) << 6 | b, (lead & 0xF) << 12 | b << 6 | c],
        (lead & 7) << 18 | b << 12 | c << 6 | d,
    )


@cache
def _opened(path: Path, changed: int, size: int) -> Gazetteer:
    """Compile a file's names: some milliseconds, once a process."""
    table = read(path)
    types = tuple(sorted(table))
    held = {label: sorted({name.encode() for name in table[label]}) for label in types}
    names = tuple(sorted({name for some in held.values() for name in some}))
    number = {name: k for k, name in enumerate(names)}
    pools = {label: [number[name] for name in held[label]] for label in types}
    for name in FAMILIES:
        mine = [label for label in types if _FAMILY.get(label.upper()) == name]
        if mine:
            pools[f"*{name}"] = sorted({one for label in mine for one in pools[label]})
    digest = blake2b(json.dumps(table, sort_keys=True).encode(), digest_size=16).hexdigest()
    group, first, member = _groups(list(pools.values()), names)
    places = {label: k for k, label in enumerate(pools)}
    family = np.array([places.get(f"*{_FAMILY.get(label.upper(), '')}", -1) for label in types], np.int32)
    kind = _kinds([pools[label] for label in types], len(names))
    return Gazetteer(str(path), digest, types, names, compiled(names), kind, places, family, group, first, member)


def _kinds(types: list[list[int]], count: int) -> I32:
    """Return the type of each name, -1 where it has several."""
    kind = np.full(count, -2, np.int32)
    for number, some in enumerate(types):
        kind[some] = np.where(kind[some] == -2, number, -1)
    return kind


def _groups(pools: list[list[int]], names: Sequence[bytes]) -> tuple[I32, I64, I64]:
    """Return the groups of all pools: their numbers, where each begins, and their members."""
    end = np.cumsum([0, *map(len, names)])
    script, size = look(np.frombuffer(b"".join(names), np.uint8), end[:-1], end[1:])
    group = np.full((len(pools), len(SCRIPTS), LONGEST + 1), -1, np.int32)
    first, member = [0], [np.zeros(0, np.int64)]
    for pool, held in enumerate(map(np.array, pools)):
        for one in np.unique(script[held]):
            of_script = held[script[held] == one]
            for many in (0, *np.unique(size[of_script])):
                some = of_script if many == 0 else of_script[size[of_script] == many]
                group[pool, one, many] = len(first) - 1
                member.append(some | np.int64(len(first) - 1) << 32)
                first.append(first[-1] + len(some))
    return group, np.array(first), np.concatenate(member)
