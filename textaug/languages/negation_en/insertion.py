"""Negate an affirmative clause."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en import nouns
from textaug.languages.negation_en.clause import Clause, past
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import contrasted, scarce
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.looks import plural
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, PAST, THIRD, forms
from textaug.languages.negation_en.words import AUXILIARIES, BLOCKING_ADVERBS, SENTENCE_ADVERBS

_ANY = {"some": "any", "someone": "anyone", "somebody": "anybody", "something": "anything", "somewhere": "anywhere"}
_NONE = {"someone": "no one", "somebody": "nobody", "something": "nothing"}
_NOT_ALL = listed("everyone everybody everything every all many much")
_NOT_NEGATED = listed("each either neither few only any anyone anybody anything both little several whoever whatever less fewer")
_OPINIONS = listed("guess bet hope gather reckon swear suppose mean daresay must wish admit confess thank doubt")
_PHRASES = listed("thank bless beware damn trust believe mind forgive excuse pardon congratulations welcome screw fuck thanks god")
_INTENSE = listed("very so too more most much highly")
_NUMBERS = listed("more one two three four five six seven eight nine ten lots tons loads dozens plenty heaps hundreds thousands millions")


def insert(draft: Draft, clause: Clause, style: Style) -> str:
    """Negate a clause in a draft; return why not where it cannot be."""
    sentence = draft.sentence
    reason = _unsafe(sentence, clause)
    if reason:
        return reason
    if clause.imperative:
        return _imperative(draft, clause, style)
    if clause.subject >= 0:
        done = _subject(draft, clause)
        if done is not None:
            return done
    kind = sentence.kinds[clause.verb]
    if kind in "BM" or _auxiliary(sentence, clause.verb):
        reason = _behind_auxiliary(draft, clause, style)
    else:
        reason = _with_do(draft, clause, style)
    if not reason:
        _polarity_items(draft, clause)
    return reason


def _unsafe(sentence: Sentence, clause: Clause) -> str:
    words, verb = sentence.words, clause.verb
    following = words[verb + 1 : verb + 4]
    if following[:1] in (["i"], ["he"], ["she"], ["we"], ["they"]) and sentence.kinds[verb] in "BHMZ":
        return "inversion"
    if scarce(sentence, clause):
        return "few or little is half a negation"
    subject = words[clause.subject] if clause.subject >= 0 else ""
    if subject in ("i", "we") and words[verb] in _OPINIONS and sentence.kinds[verb] != "M":
        return "a comment of the speaker"
    if sentence.kinds[verb] in "MH" and {"say", "admit", "confess", "add"} & set(following) and subject in ("i", "we"):
        return "a comment of the speaker"
    if sentence.kinds[verb] == "M" and "help" in following and "but" in words[verb : clause.end]:
        return "an idiom"
    if "only" in words[verb + 1 : clause.end] and words[words.index("only", verb) - 1] not in ("the", "an", "my", "our", "his", "her", "its", "their", "your"):
        return "'only' does not stand behind a negation"
    if words[verb] in ("believe", "trust", "mind") and following[:1] in (["me"], ["you"]):
        return "an idiom"
    if contrasted(sentence, clause, verb):
        return "a contrast"
    if "either" in following or "neither" in following:
        return "alternatives"
    return ""


def _auxiliary(sentence: Sentence, verb: int) -> bool:
    """Say whether `have` or `do` is an auxiliary: a participle or base form comes."""
    kinds, words = sentence.kinds, sentence.words
    if kinds[verb] not in "HZ":
        return False
    if words[verb] in ("'ve", "'s", "'d"):
        return True
    i = verb + 1
    while i + 1 < len(kinds) and words[i] != "better" and (kinds[i] == "A" or (kinds[i] == "C" and kinds[i + 1] == "A")):
        i += 1
    if i >= len(kinds):
        return True
    if kinds[verb] == "H":
        return kinds[i] in "Eb" or words[i] == "better" or (kinds[i] in ".," and i == verb + 1 and "N" not in kinds[i:])
    return kinds[i] not in "DOQPNJ" and words[verb + 1] not in ("well", "better", "best", "badly", "so", "justice")


# subjects


def _subject(draft: Draft, clause: Clause) -> str | None:
    """Negate the subject where that negates the clause: `everyone came`, `someone came`; None: go on to the verb."""
    sentence, first = draft.sentence, clause.subject
    words = sentence.words
    word, following = words[first], words[first + 1] if first + 1 < len(words) else ""
    before = words[first - 1] if first else ""
    if words[clause.start] in _NOT_NEGATED and clause.start != first:
        return "a subject that is not negated alone"
    if before in ("only", "even", "not", "almost", "nearly", "just", "hardly"):
        return "an adverb stands before the subject"
    if word in _NONE:
        draft.replace(first, _NONE[word])
        return ""
    if word == "some" and sentence.kinds[first] == "Q":
        if following == "of":
            draft.replace(first, "none")
            return ""
        if nouns.count(sentence, first + 1) == "plural":
            draft.replace(first, "no")
            return ""
        return None
    if word in _NOT_ALL and sentence.kinds[first] in "QDN":
        if following in ("time", "now", "i", "you", "we", "he", "she", "they", "in") or (word == "all" and sentence.kinds[first + 1] in "PBAC"):
            return "a subject that is not negated alone"
        if any(words[i] in SENTENCE_ADVERBS for i in range(first, clause.verb)):
            return "an adverb stands before the verb"
        draft.before(first, "not")
        return ""
    if word in _NOT_NEGATED and not (word in ("each", "both") and sentence.kinds[first] == "A"):
        return "a subject that is not negated alone"
    return None


# verbs


def _behind_auxiliary(draft: Draft, clause: Clause, style: Style) -> str:
    sentence, verb = draft.sentence, clause.verb
    words, kinds = sentence.words, sentence.kinds
    last, reason = _adverbs(sentence, verb)
    if reason:
        return reason
    word, following = words[verb], words[last + 1] if last + 1 < len(words) else ""
    if following == "still" and _conceded(sentence, clause):
        return _plain_not(draft, clause, style, last + 1)
    if following == "still":
        draft.replace(last + 1, "no longer")
        return ""
    if following == "already":
        draft.replace(last + 1, "yet")
    if _existential(draft, clause, last):
        return ""
    steady = following == "rather" or (following == "better" and word in ("had", "'d"))
    if (last > verb and kinds[last] == "A") or steady or word in ("'s", "'re", "'m", "am"):
        return _plain_not(draft, clause, style, last + steady)
    contracted = _contracted(sentence, clause, style)
    if contracted:
        draft.replace(verb, contracted)
    elif word in ("'ll", "'d", "'ve"):
        draft.replace(verb, _full(word, kinds[verb]) + " not")
    elif word == "can":
        draft.replace(verb, "cannot")
    else:
        draft.after(verb, "not")
    return ""


def _conceded(sentence: Sentence, clause: Clause) -> bool:
    """Say whether `still` means nevertheless: something was conceded before."""
    return not {"although", "though", "even", "despite", "but", "yet", "while", "if"}.isdisjoint(sentence.words[: clause.verb])


def _plain_not(draft: Draft, clause: Clause, style: Style, last: int) -> str:
    sentence, verb = draft.sentence, clause.verb
    if sentence.words[verb] == "'s" and sentence.kinds[verb] == "H" and style.forced is not False:
        draft.replace(verb, style.text(" hasn't"))
    else:
        draft.after(last, "not")
    return ""


def _full(word: str, kind: str) -> str:
    return {"'ll": " will", "'ve": " have", "'d": " had" if kind == "H" else " would"}[word]


def _contracted(sentence: Sentence, clause: Clause, style: Style) -> str:
    """Return what the auxiliary becomes where the writer contracts it; nothing where not."""
    word = sentence.words[clause.verb]
    pronoun = sentence.kinds[clause.verb - 1] in "PQ" and clause.verb > 0
    if word in ("'ll", "'d", "'ve"):
        if style.forced is False:
            return ""
        full = _full(word, sentence.kinds[clause.verb]).strip()
        return style.text(" " + AUXILIARIES[full].contracted)
    contracted = AUXILIARIES[word].contracted
    if contracted and sentence.words[clause.verb + 1 : clause.verb + 2] == ["'ve"]:
        return style.text(contracted)
    if not contracted or word == "must" or not style.contracts(word, pronoun):
        return ""
    return style.text(contracted)


def _adverbs(sentence: Sentence, verb: int) -> tuple[int, str]:
    """Return the last word of the verb and the adverbs that stay before the negation, and why none can stand behind."""
    words, kinds = sentence.words, sentence.kinds
    i = verb
    if kinds[verb] in "M" and verb + 1 < len(words) and words[verb + 1] == "well" and words[verb] in ("may", "might"):
        return verb + 1, ""
    if kinds[verb] == "M" and words[verb + 1 : verb + 3] == ["very", "well"]:
        return verb + 2, ""
    while i + 1 < len(words) and kinds[i + 1] == "A" and words[i + 1] in SENTENCE_ADVERBS:
        i += 1
    following = words[i + 1] if i + 1 < len(words) else ""
    if kinds[verb] == "M" and words[i] in ("sometimes", "usually", "often", "also", "generally"):
        return i, f"'{words[i]}' does not stand before a negation"
    if words[i + 1 : i + 3] == ["very", "much"]:
        return i, "'very much' does not stand behind a negation"
    if following == "too" and kinds[i + 2 : i + 3] not in (["J"], ["A"], ["N"], ["Q"], ["E"], ["G"]):
        return i, "'too' stands for what was said before"
    existential = kinds[verb - 1] == "P" and words[verb - 1] == "there"
    if following == "plenty" or (following == "some" and not existential) or words[i + 1 : i + 3] in (["about", "as"], ["all", "about"], ["about", "it"], ["about", "the"], ["about", "all"], ["by", "far"], ["as", "well"], ["just", "as"]):
        return i, f"'{following}' does not stand behind a negation"
    if kinds[i + 1 : i + 2] in (["V"], ["b"]) and words[i + 2 : i + 4] in (["a", "bit"], ["a", "little"], ["a", "few"]):
        return i, "'a' does not stand behind a negation"
    if following in BLOCKING_ADVERBS or (following in ("a", "an") and words[i + 2 : i + 3] in (["bit"], ["little"], ["few"], ["rather"])):
        return i, f"'{following}' does not stand behind a negation"
    return i, ""


def _existential(draft: Draft, clause: Clause, last: int) -> bool:
    """Turn `there is a plot` into `there is no plot`."""
    sentence, verb = draft.sentence, clause.verb
    words = sentence.words
    if sentence.kinds[verb] != "B" or clause.subject < 0 or words[clause.subject] != "there" or verb != clause.subject + 1:
        return False
    i = last + 1
    word = words[i] if i < len(words) else ""
    if word in ("a", "an") and words[i + 1 : i + 2] not in (["lot"], ["number"], ["couple"], ["few"], ["bit"], ["great"], ["little"], ["single"], ["huge"], ["ton"]):
        draft.replace(i, "no")
    elif word == "some":
        draft.replace(i, "any")
        return False
    elif word in _NONE:
        draft.replace(i, _NONE[word])
    elif i < len(words) and sentence.kinds[i] in "NJ" and words[i] not in _NUMBERS and nouns.count(sentence, i) in ("plural", "mass") and not words[i][0].isdigit():
        draft.before(i, "no")
    else:
        return False
    return True


def _with_do(draft: Draft, clause: Clause, style: Style) -> str:
    """Negate a verb that takes `do`: `walked` becomes `did not walk`."""
    sentence, verb = draft.sentence, clause.verb
    base, helper = _base(sentence, clause)
    if not base:
        return "a verb of unknown form"
    first = verb
    words, kinds = sentence.words, sentence.kinds
    while first - 1 > max(clause.start, clause.subject) - (clause.subject < 0) and kinds[first - 1] == "A" and words[first - 1] not in SENTENCE_ADVERBS:
        first -= 1
        if words[first] in BLOCKING_ADVERBS or words[first] in _INTENSE:
            return f"'{words[first]}' does not stand behind a negation"
    following = words[verb + 1] if verb + 1 < len(words) else ""
    if words[verb + 1 : verb + 3] in (["a", "bit"], ["a", "little"], ["a", "few"], ["quite", "a"]) or following in ("plenty", "somewhat", "almost"):
        return f"'{following}' does not stand behind a negation"
    if following in ("only", "nothing", "rather"):
        return f"'{following}' does not stand behind a negation"
    if first < verb and words[first] == "still" and _conceded(sentence, clause):
        first += 1
    elif first < verb and words[first] == "still":
        draft.replace(first, "no longer")
        return ""
    if first < verb and words[first] == "always" and helper != "did":
        draft.replace(first, "never")
        return ""
    if clause.subject < 0 and kinds[clause.start] == "A" and first == clause.start:
        return "an adverb without a subject"
    pronoun = first > 0 and kinds[first - 1] in "PQA"
    negation = style.text(AUXILIARIES[helper].contracted) if style.contracts(helper, pronoun) else f"{helper} not"
    draft.before(first, negation)
    if first < verb and words[verb - 1] == "already":
        draft.replace(verb - 1, "yet")
    if base != words[verb]:
        draft.replace(verb, base)
    return ""


def _base(sentence: Sentence, clause: Clause) -> tuple[str, str]:
    """Return the base form of a finite verb and the `do` that goes with it."""
    word = sentence.words[clause.verb]
    if sentence.kinds[clause.verb] in "HZ":
        base = "have" if word in ("has", "have", "had") else "do"
        return base, {"has": "does", "does": "does", "had": "did", "did": "did"}.get(word, "do")
    found = forms().get(word)
    if found is None:
        return "", ""
    if found.slots & PAST and not (found.slots & BASE and _present(sentence, clause)):
        return found.base, "did"
    if found.slots & THIRD and not found.slots & BASE:
        return found.base, "does"
    return word, "do"


def _present(sentence: Sentence, clause: Clause) -> bool:
    """Say whether `put`, `read`, `set` are present tense: other verbs of the sentence are, and its subject can be."""
    before = sentence.words[clause.verb - 1] if clause.verb else ""
    if before in ("he", "she", "it", "this", "that") or (sentence.kinds[clause.verb - 1] in "NG" and not plural(before)):
        return False
    others = [i for i, kind in enumerate(sentence.kinds) if kind in "BHZMFfv" and i != clause.verb]
    return before in ("they", "we", "you", "to") or (bool(others) and not any(past(sentence, i) for i in others))


# commands


def _imperative(draft: Draft, clause: Clause, style: Style) -> str:
    """Negate a command: `Do not go`, `Let's not go`."""
    sentence, verb = draft.sentence, clause.verb
    words = sentence.words
    word, following = words[verb], words[verb + 1] if verb + 1 < len(words) else ""
    if word in _PHRASES or (word in ("look", "see", "say", "listen", "wait", "hey") and following in (",", ".", ";")):
        return "an idiom"
    if word == "let" and following == "'s":
        draft.after(verb + 1, "not")
        return ""
    if word == "let" and following == "me":
        return "an idiom"
    if word == "do" and sentence.kinds[verb + 1 : verb + 2] in (["V"], ["b"]):
        draft.after(verb, "not") if not _contracts(style) else draft.replace(verb, style.text("don't"))
        return ""
    first = verb
    while first > clause.start and sentence.kinds[first - 1] == "A" and words[first - 1] in ("always", "ever", "even", "just", "simply"):
        first -= 1
    if words[first] == "always":
        draft.replace(first, "never")
        return ""
    draft.before(first, style.text("don't") if _contracts(style) else "do not")
    _polarity_items(draft, clause)
    return ""


def _contracts(style: Style) -> bool:
    if style.forced is not None:
        return style.forced
    return style.seen > 0 or (style.seen == 0 and style.casual)


# words that go with a negation


def _polarity_items(draft: Draft, clause: Clause) -> None:
    """Write `any` for an object's `some`, `either` for a last `too`."""
    sentence = draft.sentence
    words, kinds = sentence.words, sentence.kinds
    i = clause.verb + 1
    while i < clause.end and i < len(words) and kinds[i] in "AVEbGIH" and words[i] not in _ANY and words[i] not in ("for", "at", "with", "by"):
        i += 1
    if i < clause.end and i < len(words) and words[i] in _ANY and kinds[clause.verb] != "B":
        if words[i] != "some" or not words[i + 1 : i + 2] or words[i + 1] not in ("sort", "kind", "time", "point", "way", "ways", "extent"):
            draft.replace(i, _ANY[words[i]])
    last = min(clause.end, len(words)) - 1
    if last > clause.verb + 1 and words[last] == "." and kinds[last] == ".":
        last -= 1
    if words[last - 1 : last + 1] == ["as", "well"] and last > clause.verb + 2:
        draft.replace(last - 1, "either")
        draft.delete(last)
    if last > clause.verb + 1 and words[last] == "already" and "I" not in kinds[clause.verb : last]:
        draft.replace(last, "yet")
    if words[clause.end : clause.end + 2] == [",", "too"] and kinds[clause.end + 2 : clause.end + 3] in ([], ["."], [";"]):
        draft.replace(clause.end + 1, "either")
    if last > clause.verb + 1 and words[last] == "too" and kinds[last + 1 : last + 2] in ([], ["."], [","], [";"]):
        draft.replace(last, "either")
