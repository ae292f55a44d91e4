"""Two words become one: do not, don't."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, NamedTuple

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.contractions import SECOND, Role, roles
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.transforms.neighbours import Neighbours
from textaug.units import Kind

_NAMES = tuple(SECOND)
_FIRST = np.array([second.first for second in SECOND.values()], np.uint64)
_NOT, _CANNOT = (_NAMES.index(name) for name in ("not", "cannot"))
_BE, _PERFECT = (np.isin(_NAMES, names) for names in (("am", "are", "is"), ("has", "have", "had")))
_ENDINGS = (*dict.fromkeys(second.ending for second in SECOND.values()), "on't")
_ENDING = np.array([_ENDINGS.index(second.ending) for second in SECOND.values()], np.int32)
_READ = np.isin(np.arange(256), (Kind.WORD, Kind.NUMBER, Kind.ABBREVIATION, Kind.OTHER))  # by kind


class Pairs(NamedTuple):
    """Pairs of words that contract, sorted; two of them may share a word.

    Attributes:
        kind: the second word, as a place in `SECOND`.
        first: int32, the first word; the second again where `cannot` is both.
        second: int32, the second word.
    """

    kind: I32
    first: I32
    second: I32

    def where(self, keep: Mask | I32) -> Pairs:
        """Return some of them."""
        return Pairs(*(column[keep] for column in self))


@register
class Contract(RateTransform):
    """Contract English words: do not, don't; it is, it's; I would have, I'd have or I would've.

    The rate counts the places where a contraction can stand: not at a clause's end (`that is how it is.`), and
    `have` only as an auxiliary. Of two contractions that share a word (it's not, it isn't) one is drawn. Capitals
    and the kind of apostrophe are those of the text. Other languages stay as they are.

    >>> from textaug import Contract
    >>> Contract(rate=1.0)("I do not know what it is, but it is not what I would have liked. DO NOT ask.", seed=1)
    "I don't know what it is, but it isn't what I would've liked. DON'T ask."
    """

    about: ClassVar[About] = About("word", "English")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Contract the selected pairs."""
        near = Neighbours.of(batch, roles())
        pairs = _pairs(near)
        start, ending = _cut(near, pairs)
        site, shared = _sites(pairs)
        sites, last = near.only(pairs.second[site]), pairs.second[site + shared]
        eligible = allowed(np.ones(len(site), bool), batch.free(start[site], near.units.end[last]))
        taken, row = self.select(batch, draws, sites, eligible)
        other = draws.corrupting(sites.row_offsets, taken, row) >> np.uint32(31)
        pair = site[taken] + shared[taken] * other.astype(np.int32)
        end = near.units.end[pairs.second[pair]]
        begin, stop, text = _written(batch, row, end, ending[pair])
        edits = Edits.of(row, len(batch), start[pair], end, begin, stop, text=text)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(taken))


def _pairs(near: Neighbours) -> Pairs:
    """Find the pairs that may contract."""
    second = near.numbered(1, len(SECOND))
    kind = near.number[second].astype(np.int32) - 1
    first = np.where(kind == _CANNOT, second, near.before(second))
    fits = (near.roles[near.number[first]] & _FIRST[kind]) != 0
    pairs = Pairs(kind[fits], first[fits], second[fits])
    pairs = pairs.where(_cased(near, pairs))
    third = near.after(pairs.second)
    clear = ~near.has(third, Role.ONLY)
    others = np.flatnonzero(pairs.kind > _CANNOT).astype(np.int32)
    clear[others] = _subject(near, pairs.where(others), third[others])
    return pairs.where(clear)


def _cased(near: Neighbours, pairs: Pairs) -> Mask:
    """Say in which pairs both words are in capitals or neither: `it IS` stresses what a contraction would not.

    An `I` is always a capital: there the third word counts.
    """
    end = near.units.end
    third = near.after(pairs.second)
    single = (end[pairs.first] - near.units.start[pairs.first] == 1) & (third >= 0)
    one = is_capital(near.batch.data[end[np.where(single, third, pairs.first)] - 1])
    cased: Mask = one == is_capital(near.batch.data[end[pairs.second] - 1])
    return cased


def _subject(near: Neighbours, pairs: Pairs, third: I32) -> Mask:
    """Say in which pairs the first word is the subject of the second, and the clause goes on behind it."""
    before, modal = near.before(pairs.first), near.has(pairs.first, Role.MODAL)
    fine = (third >= 0) & _READ[near.units.kind[third]] & ~near.has(third, Role.ENDS)
    fine &= modal | ~(near.has(before, Role.HOLDS) | near.ends_in(before, b"ing", 5))
    be, perfect = _BE[pairs.kind], _PERFECT[pairs.kind]
    fine &= be | ~near.has(third, Role.NOT)  # won't is better than 'll not
    fine &= ~be | ~near.has(third, Role.FINITE)
    asked = np.flatnonzero(fine & be & ~near.has(pairs.first, Role.WH))
    asked = asked[_asked(near, before[asked])]
    fine[asked] = near.ends_in(third[asked], b"ing", 5)
    have = np.flatnonzero(fine & perfect)
    fine[have] = _participle(near, third[have])
    return fine


def _asked(near: Neighbours, before: I32) -> Mask:
    """Say where one of three words is `what` or `how`, as in `how good it is to me`."""
    second = near.before(before)
    return near.has(before, Role.WH) | near.has(second, Role.WH) | near.has(near.before(second), Role.WH)


def _participle(near: Neighbours, unit: I32) -> Mask:
    """Say where a participle begins, perhaps behind an adverb; one before a noun is none (`has limited appeal`)."""
    plain = near.has(unit, Role.PLAIN)
    skips = near.has(unit, Role.ADVERB) | (near.ends_in(unit, b"ly", 5) & ~plain)
    unit = np.where(skips, near.after(unit), unit)
    behind = near.after(unit)
    either = near.has(unit, Role.BOTH) | (near.ends_in(unit, b"ed", 3) & ~near.has(unit, Role.PLAIN))
    either &= (behind < 0) | near.has(behind, Role.OBJECT | Role.PLACE)
    return either | near.has(unit, Role.PARTICIPLE | Role.BETTER)


def _cut(near: Neighbours, pairs: Pairs) -> tuple[I32, I32]:
    """Return where each pair's replacement begins, and what it is."""
    is_not, will = pairs.kind == _NOT, near.has(pairs.first, Role.WILL)
    ending = _ENDING[pairs.kind]
    ending = np.where(is_not & near.has(pairs.first, Role.CAN), _ENDING[_CANNOT], ending)
    ending = np.where(is_not & will, len(_ENDINGS) - 1, ending)
    start = near.units.end[pairs.first] - 3 * ((pairs.kind == _CANNOT) | (is_not & will))
    return start.astype(np.int32), ending.astype(np.int32)


def _sites(pairs: Pairs) -> tuple[I32, I32]:
    """Return the pairs that are sites, and whether (1) or not (0) the next pair may be taken instead.

    Pairs that share words come in runs. The first is a site and the second its other choice; the third shares a
    word with the second and is none; the fourth begins anew.
    """
    starts = np.ones(len(pairs.second), bool)
    starts[1:] = pairs.first[1:] != pairs.second[:-1]
    at = np.arange(len(starts))
    place = (at - np.maximum.accumulate(np.where(starts, at, 0))) % 3
    shared = np.append(place[1:] == 1, False)
    site = np.flatnonzero(place == 0).astype(np.int32)
    return site, shared[site].astype(np.int32)


def is_capital(letter: U8) -> Mask:
    """Say which bytes are ASCII capitals."""
    return (letter >= ord("A")) & (letter <= ord("Z"))


def _written(batch: Batch, row: I32, end: I32, ending: I32) -> tuple[I32, I32, U8]:
    """Return each ending in the case of what it replaces and with its row's apostrophe: (begin, stop, pool)."""
    offsets, pool = _pool()
    form = 4 * ending + 2 * is_capital(batch.data[end - 1]) + curly(batch)[row]
    return offsets[form], offsets[form + 1], pool


def curly(batch: Batch) -> Mask:
    """Say which rows write a curly apostrophe."""
    found = np.zeros(len(batch), bool)
    lead = np.flatnonzero(batch.data == 0xE2)
    if len(lead):
        lead = lead[(batch.data[lead + 1] == 0x80) & (batch.data[lead + 2] == 0x99)]
        found[np.searchsorted(batch.offsets, lead, side="right") - 1] = True
    return found


@cache
def _pool() -> tuple[I32, U8]:
    """Return the endings, each in small letters and capitals, with a straight and a curly apostrophe."""
    forms = [
        mark.encode()
        for ending in _ENDINGS
        for cased in (ending, ending.upper())
        for mark in (cased, cased.replace("'", "’"))
    ]
    return np.cumsum([0, *map(len, forms)], dtype=np.int32), np.frombuffer(b"".join(forms), np.uint8)
