"""Negate an affirmative clause."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en import nouns
from textaug.languages.negation_en.auxiliaries import auxiliary, behind_auxiliary
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.do_support import with_do
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.items import with_negation
from textaug.languages.negation_en.negators import contrasted, scarce
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import NONE, SENTENCE_ADVERBS

_NOT_ALL = listed("everyone everybody everything every all many much")
_NOT_ALONE = listed("time now i you we he she they in")
_NOT_NEGATED = listed(
    """
    each either neither few only any anyone anybody anything both little several whoever whatever less fewer
    """
)
_BEFORE_SUBJECTS = listed("only even not almost nearly just hardly")
_OPINIONS = listed("guess bet hope gather reckon swear suppose mean daresay must wish admit confess thank doubt")
_COMMENTS = listed("say admit confess add")
_PHRASES = listed(
    """
    thank bless beware damn trust believe mind forgive excuse pardon congratulations welcome screw fuck thanks god
    """
)
_CALLS = listed("look see say listen wait hey")
_DETERMINED = listed("the an my our his her its their your")
_COMMANDED_HOW = listed("always ever even just simply")
_ALONE = "a subject that is not negated alone"


def insert(draft: Draft, clause: Clause, style: Style) -> str:
    """Negate a clause in a draft; return why not where it cannot be."""
    sentence = draft.sentence
    reason = _unsafe(sentence, clause)
    if reason:
        return reason
    if clause.imperative:
        return _command(draft, clause, style)
    if clause.subject >= 0:
        done = _subject(draft, clause)
        if done is not None:
            return done
    by_auxiliary = sentence.kinds[clause.verb] in "BM" or auxiliary(sentence, clause.verb)
    reason = behind_auxiliary(draft, clause, style) if by_auxiliary else with_do(draft, clause, style)
    if not reason:
        with_negation(draft, clause)
    return reason


def _unsafe(sentence: Sentence, clause: Clause) -> str:
    """Say why a negation would say something else than the opposite; nothing where not."""
    words, verb, kind = sentence.words, clause.verb, sentence.kinds[clause.verb]
    following = words[verb + 1 : verb + 4]
    if kind in "BHMZ" and sentence.word(verb + 1) in ("i", "he", "she", "we", "they"):
        return "inversion"
    if scarce(sentence, clause):
        return "few or little is half a negation"
    if clause.subject >= 0 and words[clause.subject] in ("i", "we"):
        spoken = words[verb] in _OPINIONS if kind != "M" else False
        if spoken or (kind in "MH" and not _COMMENTS.isdisjoint(following)):
            return "a comment of the speaker"
    if words[verb] in ("believe", "trust", "mind") and sentence.word(verb + 1) in ("me", "you"):
        return "an idiom"
    if _only(sentence, clause):
        return "'only' does not stand behind a negation"
    if contrasted(sentence, clause, verb):
        return "a contrast"
    return "alternatives" if "either" in following or "neither" in following else ""


def _only(sentence: Sentence, clause: Clause) -> bool:
    """Say whether an `only` behind the verb would take the negation: `saw it only once`, but not `is the only one`."""
    words = sentence.words
    return any(words[i] == "only" and words[i - 1] not in _DETERMINED for i in range(clause.verb + 1, clause.end))


def _subject(draft: Draft, clause: Clause) -> str | None:
    """Negate the subject where that negates the clause: `everyone came`, `someone came`; None: go on to the verb."""
    sentence, first = draft.sentence, clause.subject
    word, kind = sentence.words[first], sentence.kinds[first]
    if sentence.words[clause.start] in _NOT_NEGATED and clause.start != first:
        return _ALONE
    if sentence.word(first - 1) in _BEFORE_SUBJECTS:
        return "an adverb stands before the subject"
    if word in NONE:
        draft.replace(first, NONE[word])
        return ""
    if word == "some" and kind == "Q":
        return _some(draft, first)
    if word in _NOT_ALL and kind in "QDN":
        return _not_all(draft, clause, word)
    floating = word in ("each", "both") and kind == "A"
    return _ALONE if word in _NOT_NEGATED and not floating else None


def _some(draft: Draft, first: int) -> str | None:
    """Turn `some of them came` into `none of them came`, `some films` into `no films`."""
    if draft.sentence.word(first + 1) == "of":
        draft.replace(first, "none")
    elif nouns.count(draft.sentence, first + 1) == "plural":
        draft.replace(first, "no")
    else:
        return None
    return ""


def _not_all(draft: Draft, clause: Clause, word: str) -> str:
    sentence, first = draft.sentence, clause.subject
    if sentence.word(first + 1) in _NOT_ALONE or (word == "all" and sentence.kind(first + 1) in "PBAC"):
        return _ALONE
    if not SENTENCE_ADVERBS.isdisjoint(sentence.words[first : clause.verb]):
        return "an adverb stands before the verb"
    draft.before(first, "not")
    return ""


def _command(draft: Draft, clause: Clause, style: Style) -> str:
    """Negate a command: `Do not go`, `Let's not go`, `Never go`."""
    sentence, verb = draft.sentence, clause.verb
    words, following = sentence.words, sentence.word(clause.verb + 1)
    if words[verb] in _PHRASES or (words[verb] in _CALLS and following in (",", ".", ";", "")):
        return "an idiom"
    if words[verb] == "let" and following in ("'s", "me"):
        if following == "me":
            return "an idiom"
        draft.after(verb + 1, "not")
        return ""
    contracted = style.commands()
    if words[verb] == "do" and sentence.kind(verb + 1) in "Vb":
        if contracted:
            draft.replace(verb, style.text("don't"))
        else:
            draft.after(verb, "not")
        return ""
    first = verb
    while first > clause.start and words[first - 1] in _COMMANDED_HOW and sentence.kinds[first - 1] == "A":
        first -= 1
    if words[first] == "always":
        draft.replace(first, "never")
        return ""
    draft.before(first, style.text("don't") if contracted else "do not")
    with_negation(draft, clause)
    return ""
