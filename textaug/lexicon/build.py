"""Compile a lexicon: from records to the arrays of the file, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from textaug.errors import DataError
from textaug.kernels.reference.lexical import I32, MAX_KEY, U64, hashes, padded_words
from textaug.languages import en
from textaug.lexicon.format import RELATIONS, Arrays, write


class Record(NamedTuple):
    """That a form has a candidate.

    Attributes:
        form: what is looked up; one written with a capital is found only where the text has one too.
        candidate: what may stand in its place; spaces part its words.
        relation: a `Relation`.
        pos: the bits of the parts of speech, 0 where unknown.
        rank: the smaller, the better; among equals the first comes first.
        share: how often the form has this sense, in 255ths.
    """

    form: str
    candidate: str
    relation: int = 0
    pos: int = 0
    rank: int = 0
    share: int = 255


class Summary(NamedTuple):
    """What a lexicon was built of.

    Attributes:
        keys: how many forms can be looked up.
        candidates: how many candidates they have together.
        phrases: how many records were left out because their form has several words: units are single words.
        equal: how many records were left out because the candidate is the form.
        bytes: the size of the file.
    """

    keys: int
    candidates: int
    phrases: int
    equal: int
    bytes: int


def build(records: Iterable[Record], path: str | Path, *, language: str, source: str, licence: str = "") -> Summary:
    """Compile records and write the lexicon.

    Args: records: what has which candidate; a candidate that comes twice keeps its best rank and all its
        parts of speech. path: the file to write. language: "en" (whose vowel sounds mend a and an), "zh" …
        source: where the records come from. licence: under which terms.

    Raises: DataError: a form or a candidate cannot be stored, there are no records, or the file cannot be
        written.
    """
    entries, phrases, equal = _collect(records)
    if not entries:
        raise DataError(f"{source} has no form with a candidate; give at least one line: form<TAB>candidate")
    keys = sorted({key for key, _ in entries})
    ordered = [_ordered(entries.get((key, proper), {})) for key in keys for proper in (False, True)]
    arrays = _arrays(keys, ordered, en.vowel_sound if language == "en" else lambda form: False)
    write(Path(path), arrays, {"language": language, "source": source, "licence": licence})
    return Summary(len(keys), len(arrays.candidate), phrases, equal, Path(path).stat().st_size)


def _arrays(keys: list[bytes], entries: list[_Entry], sound: Callable[[str], bool]) -> Arrays:
    """Lay out the columns: two entries for every key."""
    flat = [candidate for entry in entries for candidate in entry]
    forms = sorted({one.text for one in flat})
    number = {form: i for i, form in enumerate(forms)}
    encoded = [form.encode() for form in forms]
    slots, starts, words = index(keys)
    return Arrays(
        slots=slots,
        starts=starts,
        words=words,
        entry_start=offsets([len(entry) for entry in entries]),
        candidate=np.array([number[one.text] for one in flat], np.int32),
        relation=np.array([one.relation for one in flat], np.uint8),
        pos=np.array([one.pos for one in flat], np.uint8),
        share=np.array([one.share for one in flat], np.uint8),
        form_start=offsets([len(form) for form in encoded]),
        forms=np.frombuffer(b"".join(encoded), np.uint8),
        vowel=np.array([sound(form) for form in forms], np.uint8),
    )


def fold(form: str) -> bytes:
    """Return a form as it is looked up: UTF-8, ASCII letters in lower case."""
    return form.encode().lower()


def index(keys: list[bytes]) -> tuple[U64, I32, U64]:
    """Return (slots, starts, words) of sorted keys; see `textaug.kernels.reference.lexical`."""
    end = offsets([len(key) for key in keys])
    starts = offsets([(len(key) + 7) // 8 for key in keys])
    data = np.frombuffer(b"".join(keys), np.uint8)
    words = np.zeros(starts[-1], np.uint64)
    sizes = np.diff(end)
    for k in range(int(sizes.max(initial=0) + 7) // 8):
        has = sizes > 8 * k
        words[starts[:-1][has] + k] = padded_words(data, end[:-1][has], end[1:][has], k)
    slots = [0] * (1 << max(3, (2 * len(keys)).bit_length()))  # at most half full
    for key, value in enumerate(hashes(data, end[:-1], end[1:]).tolist()):
        at = value >> 20 & len(slots) - 1
        while slots[at]:
            at = at + 1 & len(slots) - 1
        slots[at] = key + 1 << 32 | value >> 40 << 8 | len(keys[key])
    return np.array(slots, np.uint64), starts, words


def offsets(sizes: list[int]) -> I32:
    """Return where each of some things in a row begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int32)


class _Held(NamedTuple):
    rank: int
    order: int
    pos: int
    share: int


class _Candidate(NamedTuple):
    relation: int
    text: str
    pos: int
    share: int


_Entry = list[_Candidate]
_Entries = dict[tuple[bytes, bool], dict[tuple[int, str], _Held]]


def _collect(records: Iterable[Record]) -> tuple[_Entries, int, int]:
    """Group the records by key, and count those that are left out."""
    entries: _Entries = {}
    phrases = equal = 0
    for order, record in enumerate(records):
        if any(mark.isspace() for mark in record.form):
            phrases += 1
        elif fold(record.form) == fold(record.candidate):
            equal += 1
        else:
            _check(record)
            entry = entries.setdefault((fold(record.form), record.form != record.form.lower()), {})
            held = entry.get((record.relation, record.candidate), _Held(record.rank, order, 0, 0))
            best = min(held, _Held(record.rank, order, 0, 0))
            entry[record.relation, record.candidate] = _Held(
                best.rank, best.order, held.pos | record.pos, max(held.share, record.share)
            )
    return entries, phrases, equal


def _check(record: Record) -> None:
    for what, text in (("form", record.form), ("candidate", record.candidate)):
        if not text.strip() or not text.isprintable():
            raise DataError(f"{what} {text!r}: it must have letters, and neither tabs nor control characters")
    if not (0 <= record.relation < RELATIONS and 0 <= record.pos < 16 and 0 <= record.share < 256):
        raise DataError(f"{record}: the relation is under {RELATIONS}, the pos under 16, the share under 256")
    if len(record.form.encode()) > MAX_KEY:
        raise DataError(f"form {record.form!r} has more than {MAX_KEY} bytes")


def _ordered(entry: dict[tuple[int, str], _Held]) -> _Entry:
    """Return the candidates by relation, the best first; of two that differ only in case, the better."""
    ranked = sorted(entry.items(), key=lambda item: (item[0][0], item[1].rank, item[1].order))
    kept: dict[tuple[int, bytes], _Candidate] = {}
    for (relation, text), held in ranked:
        kept.setdefault((relation, fold(text)), _Candidate(relation, text, held.pos, held.share))
    return list(kept.values())
