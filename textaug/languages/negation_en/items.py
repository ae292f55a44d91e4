"""Words that go with a negation, or without: `any` and `some`, `yet` and `already`, `either` and `too`."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.do_support import supported
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import Negator
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES

_SOME = {
    "any": "some", "anyone": "someone", "anybody": "somebody", "anything": "something", "anywhere": "somewhere",
}  # fmt: skip
_ANY = {some: word for word, some in _SOME.items()}
COMPARED = listed("more less better worse further different good closer longer other")
"""What `any` and `no` stand before without a noun: `no better`."""

_SOME_KEPT = listed("sort kind time point way ways extent")
_NEGATIVE_SUBJECTS = listed("nobody nothing none noone no")
_INTENSE = listed("very so too as how pretty that this")
_COMPARING = listed("more less worse inferior too")
_LOOSE = listed("of to in for about from at on")
_WITHOUT = listed("without than if as")
_LOST = listed("ever yet anymore until either much")
_NEEDED = "a word that needs the negation"


def with_negation(draft: Draft, clause: Clause) -> None:
    """Write `any` for an object's `some`, `either` for a last `too`, `yet` for a last `already`."""
    sentence = draft.sentence
    words, kinds, end = sentence.words, sentence.kinds, min(clause.end, len(sentence.words))
    i = clause.verb + 1
    while i < end and kinds[i] in "AVEbGIH" and words[i] not in _ANY and words[i] not in ("for", "at", "with", "by"):
        i += 1
    if i < end and words[i] in _ANY and kinds[clause.verb] != "B" and sentence.word(i + 1) not in _SOME_KEPT:
        draft.replace(i, _ANY[words[i]])
    last = end - 1 - (words[end - 1] == ".")
    if last <= clause.verb + 1:
        last = clause.verb
    elif words[last - 1 : last + 1] == ["as", "well"] and last > clause.verb + 2:
        draft.replace(last - 1, "either")
        draft.delete(last)
    elif words[last] == "already" and "I" not in kinds[clause.verb : last]:
        draft.replace(last, "yet")
    elif words[last] == "too" and sentence.kind(last + 1) in ".,;":
        draft.replace(last, "either")
    if words[clause.end : clause.end + 2] == [",", "too"] and sentence.kind(clause.end + 2) in ".;":
        draft.replace(clause.end + 1, "either")


def without_negation(draft: Draft, clause: Clause, found: Negator) -> str:
    """Mend what went with a negation that was taken out; return why not where it cannot be."""
    end = min(clause.end, len(draft.sentence.words))
    i = found.at + 1
    while i < end:
        taken, reason = _item(draft, clause, found, i, end)
        if reason:
            return reason
        i += taken
    return _at_end(draft, end) or _complement(draft, clause, found)


def _item(draft: Draft, clause: Clause, found: Negator, i: int, end: int) -> tuple[int, str]:
    """Mend one word, and return how many were taken in."""
    sentence = draft.sentence
    word, following, after = sentence.words[i], sentence.words[i + 1] if i + 1 < end else "", sentence.kind(i + 1)
    if word in _SOME:
        return 1, _any(draft, found.at, i, following)
    if word == "yet" and (i == found.at + 1 or after in ".,;"):
        draft.replace(i, "already")
    elif word == "either":
        if after not in ".,;":
            return 1, "alternatives"
        draft.replace(i, "too")
    elif (word, following) == ("at", "all") and sentence.word(i + 2) not in ("costs", "times", "the", "of"):
        draft.delete(i)
        draft.delete(i + 1)
    elif word == "quite" and i + 1 < len(sentence.words) and after in "VFfvEuGN":
        return 1, "quite does not stand before an affirmative verb"
    elif word == "whatsoever" or (word == "ever" and sentence.words[i - 1] != "as" and _near(sentence, found.at, i)):
        draft.delete(i)
    elif word == "anymore":
        return 1, _anymore(draft, clause, found, i)
    elif word == "much":
        return 1, _much(draft, i, following)
    elif word == "in" and " ".join(sentence.words[i + 1 : i + 3]) in ("the least", "the slightest", "any way"):
        for j in range(i, i + 3):
            draft.delete(j)
        return 3, ""
    return 1, ""


def _any(draft: Draft, at: int, i: int, following: str) -> str:
    """Write `some` for an `any` near the negation; one further off may mean whichever, as in `the best of any year`."""
    sentence = draft.sentence
    words, word, before = sentence.words, sentence.words[i], sentence.words[i - 1]
    if before in _WITHOUT or (following in ("who", "that", "of", "which") and word != "any"):
        return ""
    if following == "other" and word == "any":
        return "an idiom"
    if word == "any" and following in COMPARED:
        if following in ("more", "longer") and sentence.kind(i + 2) in ".,":
            return "a negation that belongs to any more"
        draft.delete(i)
        return ""
    if not _near(sentence, at, i) and words[at] not in _NEGATIVE_SUBJECTS:
        whichever = not {"most", "best", "worst", "as", "than"}.isdisjoint(words[at:i])
        return "" if whichever else "any is far from the negation"
    if before == "hardly" or (word == "any" and following in ("means", "time", "case", "which")):
        return "an idiom"
    draft.replace(i, _SOME[word])
    return ""


def _near(sentence: Sentence, at: int, i: int) -> bool:
    """Say whether no noun stands between a negation and a word."""
    return all(kind in "AnVEbGtPOI" for kind in sentence.kinds[at + 1 : i])


def _at_end(draft: Draft, end: int) -> str:
    """Mend the last words of the sentence, if they stand behind the clause."""
    sentence = draft.sentence
    last = max((j for j, kind in enumerate(sentence.kinds) if kind not in ",;:."), default=0)
    if last >= end and sentence.words[last] == "either":
        draft.replace(last, "too")
    return _NEEDED if last > end and sentence.words[last - 1 : last + 1] == ["at", "all"] else ""


def _complement(draft: Draft, clause: Clause, found: Negator) -> str:
    """Mend the object clause of `I do not think there is any`, the relative clause of `nobody who has any`."""
    sentence, end = draft.sentence, clause.end
    words, kinds = sentence.words, sentence.kinds
    if end >= len(words) or kinds[end] not in "TWPDQNJ":
        return ""
    if found.sort in ("auxiliary", "not", "never") and kinds[end - 1] in "NO,;":
        return ""
    for i in range(end, len(words)):
        if kinds[i] in ",;:.SW" or words[i] == "but":
            return ""
        if words[i] in _LOST or words[i : i + 2] == ["at", "all"]:
            return _NEEDED
        if words[i] in _SOME and words[i - 1] not in _WITHOUT:
            if sentence.word(i + 1) in COMPARED:
                return _NEEDED
            draft.replace(i, _SOME[words[i]])
    return ""


def _anymore(draft: Draft, clause: Clause, found: Negator, i: int) -> str:
    """Turn `does not work anymore` into `still works`."""
    if found.sort not in ("auxiliary", "not"):
        return "a negation that belongs to anymore"
    sentence = draft.sentence
    draft.delete(i)
    verb = supported(sentence, clause, found.at)
    if verb >= 0 and AUXILIARIES.get(sentence.words[clause.verb], AUXILIARIES["is"]).kind == "Z":
        draft.before(verb, "still")
    else:
        draft.after(found.at if found.sort == "auxiliary" else clause.verb, "still")
    return ""


def _much(draft: Draft, i: int, following: str) -> str:
    """Write `a lot` where `much` needs a negation."""
    sentence = draft.sentence
    kind = sentence.kind(i + 1)
    if following == "of" and sentence.word(i + 2) == "a":
        return "an idiom"
    if sentence.words[i - 1] in _INTENSE or following.endswith("er") or following in _COMPARING:
        return ""
    if kind == "N":
        draft.replace(i, "a lot of")
    elif kind in ".,;" or following in _LOOSE:
        draft.replace(i, "a lot")
    return ""
