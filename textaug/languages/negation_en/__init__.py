"""Read the polarity of an English sentence, and turn it round.

A shallow parse by rules: words get kinds (`tags`), the main clauses are found (`clauses`), what negates them is found
(`negators`), and it is taken out (`removal`) or put in (`insertion`, `questions`). Where the parse is in doubt or an idiom
stands, the sentence is left alone, and the reading says why.
"""

from __future__ import annotations

import re

from textaug.languages.negation import Reading
from textaug.languages.negation_en import insertion, questions, removal
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.clauses import clauses
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import Negator, negators
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tags import tag
from textaug.languages.negation_en.tokens import QUOTATION, Sentence, tokens
from textaug.languages.negation_en.verbs import forms
from textaug.languages.negation_en.words import CLAUSE_VERBS, KINDS

__all__ = ["read"]

_LONGEST = 35  # words and breaks of a sentence: of longer ones too many are misread
_MOST = 2  # main clauses of a sentence that are all turned round


def read(sentence: str, *, contract: bool | None = None) -> Reading:
    """Read whether the main clause of a sentence is negated, and how to turn it round.

    Args:
        sentence: one sentence.
        contract: whether an inserted negation is contracted (`isn't`); None follows the writer.

    >>> read("She likes it.").changes
    (Change(start=4, end=9, text='does not like'),)
    >>> read("Nobody came.").negative, read("A long day!").reason
    (True, 'no finite verb')
    """
    found = tokens(sentence)
    if not found.words or len(found.words) > _LONGEST + 5:
        return Reading(False, (), "no words" if not found.words else "too long")
    reading = _read(found, contract)
    if reading.negative or not reading.changes:
        return reading
    if len(found.words) > _LONGEST:
        return Reading(False, (), "too long")
    if not _undone(sentence, reading, contract):
        return Reading(False, (), "a negation that would not be read back")
    return reading


def _undone(sentence: str, reading: Reading, contract: bool | None) -> bool:
    """Say whether a negation that was put in is seen, and can be taken out: if not, the sentence was misread."""
    pieces, last = [], 0
    for start, end, text in reading.changes:
        pieces += [sentence[last:start], text]
        last = end
    back = _read(tokens("".join([*pieces, sentence[last:]])), contract)
    return back.negative and bool(back.changes)


def _read(found: Sentence, contract: bool | None) -> Reading:
    sentence = found.text
    tag(found)
    start = _start(found)
    if start >= len(found.words):
        return Reading(False, (), "no finite verb")
    reason = _unreadable(found, start)
    if reason:
        return Reading(_looks_negative(found), (), reason)
    style, draft = Style(found, contract), Draft(found)
    if "?" in sentence[found.starts[-1] :]:
        asked = _question(draft, start, style)
        if asked is not None:
            return asked
    return _statement(draft, start, style)


def _start(found: Sentence) -> int:
    """Return the first word behind interjections and conjunctions."""
    i = 0
    while i < len(found.words) and (found.kinds[i] in ",;:.XC" and found.words[i] not in ("nor", "neither")):
        i += 1
    return i


def _unreadable(found: Sentence, start: int) -> str:
    """Say why a sentence is not read at all; nothing where it is."""
    words, kinds = found.words, found.kinds
    if "!" in words or "." in words[:-1]:
        return "more than one sentence"
    if words[start] == QUOTATION and (start + 1 >= len(words) or found.text[found.ends[start] - 2] in ",.!?…"):
        return "a quotation"
    if len(words) > 7 and 5 * sum(word in KINDS or word in forms() for word in words) < len(words):
        return "not English"
    if questions.tagged(found):
        return "a tag question"
    if words[start] in ("nor", "neither") or (words[start] == "not" and words[start + 1 : start + 2] not in _NOT_SUBJECTS):
        return "a negation before the clause"
    if words[start] == "which" and "?" not in found.text:
        return "no finite verb"
    if words[start : start + 2] == ["why", "not"] or words[start : start + 2] == ["no", "wonder"]:
        return "an idiom"
    if words[start] == "never" and kinds[start + 1 : start + 2] and kinds[start + 1] in "BHZM":
        return "inversion"
    if _IDIOMS.match(" ".join(words[start : start + 4])) or "bless" in words:
        return "an idiom"
    if kinds[start] in "BHZM" and kinds[start + 1 : start + 2] == ["P"] and "?" not in found.text and words[start] not in ("do", "don't"):
        return "inversion"
    if kinds[start] in "IA" and kinds[start + 1 : start + 2] in (["F"], ["f"]) and words[start] not in ("just", "really", "never"):
        return "inversion"
    if kinds[start] in "IS" and kinds[start + 1 : start + 2] and kinds[start + 1] in "BHMZ" and "'" not in words[start + 1]:
        return "inversion"
    if kinds[start] in "tG" and _opinion(found, start):
        return "an unclear verb"
    if words[start : start + 3] == ["that", "is", "if"]:
        return "no finite verb"
    if kinds[start] in "JNVEm" and (kinds[start + 1 : start + 2] == ["T"] or words[start + 1 : start + 2] in (["i"], ["he"], ["she"], ["we"], ["they"])):
        return "no finite verb"
    if words[start] == "so" and kinds[start + 1 : start + 2] and kinds[start + 1] in "BHMZ" and "?" not in found.text:
        return "inversion"
    if words[start] == "the" and _COMPARED.search(found.text):
        return "an idiom"
    if words[start : start + 2] in (["simply", "put"], ["put", "simply"]):
        return "an idiom"
    if words[start : start + 4] in (["run", ",", "don't", "walk"], ["run", ",", "do", "not"]):
        return "an idiom"
    if words[start] in ("what", "how") and "?" not in found.text and words[start + 1 : start + 2] in (["a"], ["an"]):
        return "an exclamation"
    return ""


_IDIOMS = re.compile(r"(?:long live|no wonder|no doubt|either|neither|here(?: (?:come|go)e?s?| 's| is| are)|there (?:go|come)e?s|suffice it|go figure|come on|come what|believe me|trust me|mind you|god \w+ you)\b")
_COMPARED = re.compile(r"^\W*the (?:more|less|\w+er)\b.*, the (?:more|less|better|\w+er)\b", re.IGNORECASE)
_NOT_SUBJECTS = (["everyone"], ["everybody"], ["everything"], ["every"], ["all"], ["many"], ["much"])


def _opinion(found: Sentence, start: int) -> bool:
    """Say whether the sentence begins like `To say he is late is …`: with an object clause that has no opener."""
    for i in range(start, min(start + 3, len(found.words) - 1)):
        form = forms().get(found.words[i])
        if form and form.base in CLAUSE_VERBS and found.kinds[i] in "VG":
            return found.kinds[i + 1] in "PDQN"
    return False


def _looks_negative(found: Sentence) -> bool:
    """Say whether a negation comes before the first break or clause inside the sentence."""
    for word, kind in zip(found.words, found.kinds, strict=True):
        if kind in ",;:STW":
            return False
        if kind == "n" or word in ("never", "cannot", "neither", "nobody") or word.endswith("n't"):
            return True
    return False


def _question(draft: Draft, start: int, style: Style) -> Reading | None:
    """Read a question by its form; None: it has the form of a statement."""
    found = draft.sentence
    start = _asked(found, start)
    while start < len(found.kinds) - 1 and found.kinds[start] in "A,;:":
        start += 1
    verb = questions.inverted(found, start)
    if verb >= 0:
        at = questions.negated(found, verb)
        if at < 0:
            return _reading(False, draft, questions.insert(draft, start, verb, style))
        return _reading(True, draft, questions.remove(draft, start, verb, at, style))
    clause = questions.statement(found, start)
    if clause is not None:
        if any(kind in "BHMZF" and found.kinds[i - 1] not in "PNTWSC" for i, kind in enumerate(found.kinds) if i > clause.verb):
            return Reading(False, (), "a question of another form")
        if found.kinds[clause.verb] == "B" and found.kinds[clause.verb + 1 : clause.verb + 2] not in (["E"], ["G"], ["n"], ["J"] if found.words[start] != "what" else ["E"]):
            return Reading(False, (), "a question that is not negated")
        return _clauses(draft, [clause], style)
    return Reading(_looks_negative(found), (), "a question of another form") if found.kinds[start] == "W" else None


def _asked(found: Sentence, start: int) -> int:
    """Return where a question begins behind what is put before it: `If so, why did he go?`."""
    for i in range(start, len(found.words) - 2):
        if found.kinds[i] == "," and questions.inverted(found, start) < 0:
            verb = questions.inverted(found, i + 1)
            if verb >= 0 and (found.kinds[i + 1] == "W" or found.kinds[verb + 1] == "P"):
                return i + 1 if found.kinds[start] in "SIAGNX" else start
    return start


def _statement(draft: Draft, start: int, style: Style) -> Reading:
    made = clauses(draft.sentence, start)
    if isinstance(made, str):
        return Reading(_looks_negative(draft.sentence), (), made)
    return _clauses(draft, made, style)


def _clauses(draft: Draft, made: list[Clause], style: Style) -> Reading:
    """Turn every main clause round, if they are of one polarity."""
    found = [negators(draft.sentence, clause) for clause in made]
    polarity = [any(one.sort != "part" for one in ones) for ones in found]
    stops = [clause.start for clause in made[1:]] + [len(draft.sentence.words)]
    if any(_trailing(draft.sentence, clause, stop) for clause, stop in zip(made, stops, strict=True)):
        return Reading(polarity[0], (), "another negation behind the clause")
    if len(made) > _MOST:
        return Reading(polarity[0], (), "many clauses")
    if len(set(polarity)) > 1:
        return Reading(polarity[0], (), "its clauses differ in polarity")
    for clause, ones in zip(made, found, strict=True):
        reason = _turn(draft, clause, ones, style)
        if reason:
            return Reading(polarity[0], (), reason)
    _answer(draft, polarity[0])
    return _reading(polarity[0], draft, "")


def _answer(draft: Draft, negative: bool) -> None:
    """Turn a `Yes,` or `No,` before the sentence round with it."""
    words = draft.sentence.words
    opposite = {"no": "yes", "nope": "yep"} if negative else {"yes": "no", "yeah": "no", "yep": "nope"}
    if len(words) > 1 and words[0] in opposite and words[1] == ",":
        draft.replace(0, opposite[words[0]])


def _trailing(found: Sentence, clause: Clause, stop: int) -> bool:
    """Say whether a negated fragment follows: `, not a drama`, `, but none as good`."""
    for i in range(clause.end, min(clause.end + 4, stop)):
        if found.words[i] in ("not", "no", "none", "nothing", "nobody", "never", "nor"):
            return True
        if found.kinds[i] not in ",;CA" and found.words[i : i + 2] not in (["in", "no"], ["by", "no"], ["at", "no"]):
            return False
    return False


def _turn(draft: Draft, clause: Clause, found: list[Negator], style: Style) -> str:
    if not found:
        return insertion.insert(draft, clause, style)
    return removal.remove(draft, clause, found, style)


def _reading(negative: bool, draft: Draft, reason: str) -> Reading:
    return Reading(negative, () if reason else draft.changes(), reason)
