"""The traditional forms of the words in the tables by hand.

`zh-traditional.txt` has on each line a simplified word, its traditional form, and that of Taiwan where it is another.
`python -m textaug.lexicon.traditional` derives it anew with OpenCC (Apache License 2.0).
"""

from __future__ import annotations

from collections.abc import Iterator

from textaug.lexicon.build import Record

FORMS = "zh-traditional.txt"


def traditional(records: list[Record], forms: list[list[str]]) -> Iterator[Record]:
    """Yield the same records in traditional forms, those of Taiwan too, where the form that is looked up is another.

    Args:
        records: with simplified words.
        forms: the lines of the table.
    """
    for place in (0, -1):
        written = {simplified: others[place] for simplified, *others in forms}
        for record in records:
            form = written.get(record.form, record.form)
            if form != record.form:
                yield record._replace(form=form, candidate=written.get(record.candidate, record.candidate))


def derive() -> None:
    """Write the table."""
    from opencc import OpenCC

    from textaug.lexicon.chinese import DATA, antonyms, everyday

    words = {word for one, other, _ in antonyms() for word in (one, other)}
    words |= {word for head, (_, synonyms) in everyday().items() for word in (head, *synonyms)}
    variants = [OpenCC(name).convert for name in ("s2t", "s2tw")]
    lines = []
    for word in sorted(words):
        forms = dict.fromkeys(convert(word) for convert in variants)
        if set(forms) != {word}:
            lines.append(f"{' '.join((word, *forms))}\n")
    (DATA / FORMS).write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    derive()
