"""Build a lexicon from a table of one's own: TSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from textaug.errors import DataError, unknown
from textaug.lexicon.build import Record, Summary, build
from textaug.lexicon.store import POS, Relation

RELATIONS = {relation.name.lower(): relation for relation in Relation}


def build_tsv(table: str | Path, out: str | Path, *, language: str = "en", licence: str = "") -> Summary:
    """Compile lines of `form<TAB>candidate[<TAB>relation[<TAB>pos]]`, the best first; `#` begins a comment.

    Raises:
        DataError: a line cannot be read, or there are none.
        UsageError: a relation or a part of speech is unknown.
    """
    return build(_tsv(Path(table)), out, language=language, source=Path(table).name, licence=licence)


def build_json(table: str | Path, out: str | Path, *, language: str = "en", licence: str = "") -> Summary:
    """Compile `{form: [candidates]}` or `{form: {relation: [candidates]}}`, the best candidate first.

    Raises:
        DataError: the file is no such JSON, or is empty.
        UsageError: a relation is unknown.
    """
    return build(_json(Path(table)), out, language=language, source=Path(table).name, licence=licence)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8: byte {error.start}; convert it first") from None


def _tsv(path: Path) -> Iterator[Record]:
    for number, line in enumerate(_read(path).split("\n"), 1):
        place = f"{path}, line {number}"
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if not 2 <= len(fields) <= 4 or not all(fields[:2]):
            raise DataError(f"{place}: {line!r}; write form<TAB>candidate[<TAB>relation[<TAB>pos]]")
        form, candidate, relation, pos = (*fields, "", "")[:4]
        bit = POS.get(pos)
        if pos and bit is None:
            raise unknown("part of speech", pos, POS, remedy=place)
        yield Record(form, candidate, _relation(relation or "synonym", place), bit or 0, number)


def _json(path: Path) -> Iterator[Record]:
    try:
        table = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} is not JSON: {error}") from None
    if not isinstance(table, dict):
        raise DataError(f"{path}: write {{form: [candidates]}} or {{form: {{relation: [candidates]}}}}")
    for form, held in table.items():
        related = held if isinstance(held, dict) else {"synonym": held}
        for relation, candidates in related.items():
            if not isinstance(candidates, list) or not all(isinstance(one, str) for one in candidates):
                raise DataError(f"{path}: {form!r} has {candidates!r}; write a list of candidates")
            for rank, candidate in enumerate(candidates):
                yield Record(form, candidate, _relation(relation, f"{path}, form {form!r}"), 0, rank)


def _relation(name: str, place: str) -> Relation:
    if name not in RELATIONS:
        raise unknown("relation", name, RELATIONS, remedy=place)
    return RELATIONS[name]
