"""Compile the tables of English verb forms and adjectives anew: `python -m textaug.languages.negation_en.compile`.

A line of the table is a verb: its base form, then, unless they follow the rules, its `-s` form, `-ing` form, past
tenses and past participles, and last four digits: how often, in tenths, the base, the `-s`, the `-ing` and the past
form is a verb rather than a noun, adjective or adverb. Forms are lemminflect's and those of WordNet's list of
exceptions; the counts are of WordNet's semantic concordance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from textaug.languages.en import listed
from textaug.languages.negation_en.verbs import ADJECTIVES, SUFFIXES, TABLE, regular
from textaug.lexicon.__main__ import wordnet
from textaug.lexicon.inflect import inflected
from textaug.lexicon.wordnet import WordNet

_LEFT_OUT = listed("be have do can may must shall will man fee rend wee reeve aby abye rebind overlie underlie")
"""Verbs that the grammar holds itself, and rare ones whose past is the base of a usual verb (`rent`, `feed`)."""


def lines(found: WordNet) -> Iterator[str]:
    """Yield the lines of the table, in the order of the base forms."""
    irregular: dict[str, list[str]] = defaultdict(list)
    for form, lemma in found.irregular["v"]:
        irregular[lemma].append(form)
    for lemma in sorted(lemma for lemma, pos in found.senses if pos == "v" and re.fullmatch("[a-z]+", lemma)):
        if lemma not in _LEFT_OUT:
            yield _line(found, lemma, irregular[lemma])


def adjectives(found: WordNet) -> Iterator[str]:
    """Yield the words that are adjectives more often than not and do not look so by their ending."""
    for lemma in sorted(lemma for lemma, pos in found.senses if pos == "a" and re.fullmatch("[a-z]+", lemma)):
        tagged = any(found.uses[lemma, "a", offset] for offset in found.senses[lemma, "a"])
        known = lemma.endswith(SUFFIXES) or not (tagged or len(lemma) < 9)
        if not known and _uses(found, lemma, "a") >= 1.5 * sum(_uses(found, lemma, pos) for pos in "nvr"):
            yield lemma


def _line(found: WordNet, lemma: str, irregular: list[str]) -> str:
    s, ing, pasts, participles = (_written(lemma, tag) for tag in ("VBZ", "VBG", "VBD", "VBN"))
    for form in irregular:
        if not form.endswith(("s", "ing")) and form not in pasts + participles:
            (participles if form.endswith("n") else pasts).append(form)
    if lemma == "get" or participles[0] in pasts:
        participles += [form for form in pasts if form not in participles]
    for forms in (pasts, participles):
        forms.sort(key=lambda form: lemma.endswith("ic") and len(lemma) > 3 and "ck" not in form)  # not mimiced
    shares = "".join(str(_share(found, lemma, form)) for form in (lemma, s[0], ing[0], pasts[0]))
    if (s[0], ing[0], tuple(pasts), tuple(participles)) == regular(lemma):
        return f"{lemma} {shares}"
    return " ".join([lemma, s[0], ing[0], "/".join(pasts), "/".join(participles), shares])


def _written(lemma: str, tag: str) -> list[str]:
    """Return the forms as they are usually written: `undergone`, not `under gone`."""
    forms = list(inflected(lemma, tag))
    return [form for form in forms if form.isalpha() and form != "crew"] or [forms[0].replace(" ", "").replace("-", "")]


def _share(found: WordNet, lemma: str, form: str) -> int:
    """Return how many tenths, 9 at most, of a form's uses are the verb's."""
    verb = _uses(found, lemma, "v")
    other = sum(_uses(found, form, pos) for pos in "nar")
    if form != lemma and (lemma, "n") in found.senses and form in inflected(lemma, "NNS"):
        other += _uses(found, lemma, "n")
    return min(9, int(10 * verb / (verb + other)))


def _uses(found: WordNet, lemma: str, pos: str) -> float:
    return sum(
        found.uses[lemma, pos, offset] + 0.5 / number
        for number, offset in enumerate(found.senses.get((lemma, pos), ()), 1)
    )


if __name__ == "__main__":
    source = WordNet.read(wordnet())
    TABLE.write_text("".join(f"{line}\n" for line in lines(source)), "utf-8")
    ADJECTIVES.write_text("".join(f"{line}\n" for line in adjectives(source)), "ascii")
