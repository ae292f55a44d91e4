"""One word becomes two: don't, do not."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.contractions import APOSTROPHES, HAD, HAS, SECOND, SHORTS, Role, roles
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.contract import is_capital
from textaug.transforms.neighbours import Neighbours

_WORDS = tuple(SHORTS)
_SHORTS = tuple(SHORTS.values())
_FORMS = (*dict.fromkeys(text for short in _SHORTS for text in (short.asked, short.full)), HAS, HAD)
_LETTERS = np.array([short.letters for short in _SHORTS], np.int32)
_TAIL = np.array([short.tail for short in _SHORTS], np.int32)
_FULL = np.array([_FORMS.index(short.full) for short in _SHORTS], np.int32)
_ASKED = np.array([_FORMS.index(short.asked) for short in _SHORTS], np.int32)
_NOT, _HAS, _HAD, _NOTHING = _FORMS.index(" not"), _FORMS.index(HAS), _FORMS.index(HAD), -1

_NEGATIVE = np.array([word.endswith("n't") for word in _WORDS])
_DONT = _WORDS.index("don't")  # an order, at the begin of a sentence: Don't go
_BE = np.isin(_WORDS, ("isn't", "aren't", "wasn't", "weren't"))
_S = np.array([word.endswith("'s") and word != "let's" for word in _WORDS])
_D = np.array([word.endswith("'d") for word in _WORDS])
_WH = np.isin(_WORDS, ("what's", "where's", "how's", "when's", "why's", "who's"))


@register
class Expand(RateTransform):
    """Write English contractions out: don't, do not; he's, he is or he has.

    The rate counts the contractions that can be written out. What follows decides between `is` and `has`, and
    between `would` and `had`; where it does not (`I'd put`), and after a noun (`the film's`), the contraction stays,
    and so does `ain't`. In questions a pronoun comes between (`don't you` becomes `do you not`); where another
    subject may follow (`Didn't James`), the contraction stays. Other languages stay as they are.

    >>> from textaug import Expand
    >>> Expand(rate=1.0)("It's late, he's gone, and I'd rather not ask. Don't you think? I can't say he'd liked it.")
    'It is late, he has gone, and I would rather not ask. Do you not think? I cannot say he had liked it.'
    """

    about: ClassVar[About] = About("word", "English")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Write the selected contractions out."""
        near = Neighbours.of(batch, roles())
        units = near.units
        short = near.numbered(1 + len(SECOND), len(_WORDS) * len(APOSTROPHES))
        word = (near.number[short].astype(np.int32) - 1 - len(SECOND)) // len(APOSTROPHES)
        form, asked = _forms(near, short, word)
        end = units.end[short]
        start = end - _TAIL[word] - (end - units.start[short] - _LETTERS[word])
        behind = units.end[np.where(asked, short + 1, short)]  # where the `not` of a question goes
        may = form >= 0
        if batch.guarded is not None:
            may &= ~batch.overlaps(start, end) & ~(asked & batch.overlaps(behind, behind))
        taken, row = self.select(batch, draws, near.only(short), may.view(np.uint8))
        edits = _edits(batch, row, start[taken], end[taken], form[taken], behind[taken], asked[taken])
        return Proposal(edits, int(np.count_nonzero(may)), len(taken))


def _forms(near: Neighbours, short: I32, word: I32) -> tuple[I32, Mask]:
    """Return what takes the place of each ending, -1 for nothing, and where a `not` goes behind the next word."""
    form, asked = _FULL[word].copy(), np.zeros(len(short), bool)
    negative, s, d = (np.flatnonzero(group[word]) for group in (_NEGATIVE, _S, _D))
    asks, stays = _negated(near, short[negative], word[negative])
    stays |= (word[negative] == _WORDS.index("aren't")) & near.has(near.after(short[negative]), Role.I_AM)
    form[negative[asks]] = _ASKED[word[negative[asks]]]
    form[negative[stays]] = _NOTHING
    asked[negative] = asks
    form[s] = np.where(_unclear(near, short[s], _WH[word[s]]), _NOTHING, _is_or_has(near, short[s], form[s]))
    form[d] = _would_or_had(near, short[d], form[d])
    return form, asked


def _negated(near: Neighbours, short: I32, word: I32) -> tuple[Mask, Mask]:
    """Say where the subject follows (don't you), and where it may and nobody knows (don't the, didn't James)."""
    before, after, be = near.before(short), near.after(short), _BE[word]
    opens = (before < 0) | near.has(before, Role.ASKS | Role.ENDS)
    asks = near.has(after, Role.SUBJECT) | (near.has(after, Role.EITHER) & (opens | ~be))
    asks |= near.has(after, Role.PRONOUN) & opens
    stays = asks & near.has(before, Role.SUBJECT | Role.EITHER)
    stays |= ~asks & near.has(before, Role.ASKS)
    stays |= ~asks & near.has(after, Role.ARTICLE) & (opens | ~be)
    stays |= ~asks & near.has(after, Role.ANYONE) & opens
    stays |= ~asks & (before < 0) & (after >= 0) & ((word != _DONT) | _named(near, short, after))
    return asks & ~stays, stays


def _named(near: Neighbours, short: I32, after: I32) -> Mask:
    """Say where the word behind has a capital, and the contraction has none at its end."""
    data, units = near.batch.data, near.units
    return is_capital(data[units.start[after]]) & ~is_capital(data[units.end[short] - 1])


def _participle(near: Neighbours, short: I32) -> tuple[I32, Mask]:
    """Return the word behind, adverbs left out, and whether it may be a participle."""
    unit = near.after(short)
    for _ in range(2):
        adverb = near.has(unit, Role.ADVERB) | (near.ends_in(unit, b"ly", 5) & ~near.has(unit, Role.PLAIN))
        unit = np.where(adverb, near.after(unit), unit)
    regular = near.ends_in(unit, b"ed", 3) & ~near.has(unit, Role.PLAIN)
    return unit, regular | near.has(unit, Role.PARTICIPLE | Role.BOTH)


def _unclear(near: Neighbours, short: I32, wh: Mask) -> Mask:
    """Say where a verb may follow the subject of a question: what's he done, what's it do."""
    subject = near.after(short)
    behind = near.after(subject)
    plain = (behind < 0) | near.ends_in(behind, b"ing", 5) | near.has(behind, Role.PLACE)
    return wh & near.has(subject, Role.PRONOUN) & ~plain


def _is_or_has(near: Neighbours, short: I32, is_form: I32) -> I32:
    """Choose between `he is` and `he has`: `has` before a participle with an object, and with verbs that take none.

    Between them lies what nobody knows: he's played in it, he's lost weight.
    """
    unit, participle = _participle(near, short)
    behind = near.after(unit)
    by, him = near.has(behind, Role.BY), near.has(behind, Role.HIM)
    naming, takes = near.has(unit, Role.NAMING), near.has(behind, Role.OBJECT)
    has = ~by & (near.has(unit, Role.ACTIVE) | him | (takes & ~naming))
    ends = (behind < 0) | near.has(behind, Role.PLACE | Role.ADVERB)
    is_sure = by | naming | (near.has(unit, Role.STATE) & ends)
    chosen = np.where(has, _HAS, np.where(is_sure, is_form, _NOTHING))
    return np.where(participle, chosen, is_form).astype(np.int32)


def _would_or_had(near: Neighbours, short: I32, would_form: I32) -> I32:
    """Choose between `he would` and `he had`: `had` before a participle, `would` before another verb."""
    unit, participle = _participle(near, short)
    had = (participle & ~near.has(unit, Role.BOTH)) | near.has(unit, Role.BETTER)
    no_verb = Role.OBJECT | Role.ARTICLE | Role.PLACE | Role.PRONOUN | Role.ANYONE | Role.BOTH
    neither = (unit < 0) | near.has(unit, no_verb) | near.ends_in(unit, b"ing", 5)
    return np.where(had, _HAD, np.where(neither, _NOTHING, would_form)).astype(np.int32)


def _edits(batch: Batch, row: I32, start: I32, end: I32, form: I32, behind: I32, asked: Mask) -> Edits:
    """Write each ending out, and put the `not` of a question behind its subject, in the case of the contraction."""
    offsets, pool = _pool()
    capital = is_capital(batch.data[end - 1])
    more = np.flatnonzero(asked)
    form = np.concatenate([2 * form + capital, 2 * _NOT + capital[more]])
    start, end = np.concatenate([start, behind[more]]), np.concatenate([end, behind[more]])
    order = np.argsort(start, kind="stable")
    row, form = np.concatenate([row, row[more]])[order], form[order]
    return Edits.of(row, len(batch), start[order], end[order], offsets[form], offsets[form + 1], text=pool)


@cache
def _pool() -> tuple[I32, U8]:
    """Return the forms, each in small letters and in capitals."""
    forms = [cased.encode() for form in _FORMS for cased in (form, form.upper())]
    return np.cumsum([0, *map(len, forms)], dtype=np.int32), np.frombuffer(b"".join(forms), np.uint8)
