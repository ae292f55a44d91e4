"""What is known of a sentence while its words get their kinds from left to right."""

from __future__ import annotations

from textaug.languages.negation_en.looks import adjective, adverb
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, ING, PARTICIPLE, PAST, Form, forms
from textaug.languages.negation_en.words import BREAKS, KINDS


class Context:
    """The words read so far, and a look at those to come.

    Attributes:
        words: those of the sentence.
        kinds: of the words read so far.
        before: the kind of the last word that is neither an adverb nor `not`; `^` after a break.
        host: where that word stands.
        inverted: the kind of an auxiliary whose subject comes behind it, until its verb has come.
        verb: the kind of the last verb.
    """

    __slots__ = ("_forms", "before", "host", "inverted", "kinds", "sentence", "verb", "words")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.words, self.kinds = sentence, sentence.words, sentence.kinds
        self.before, self.host, self.inverted, self.verb = "^", -1, "", ""
        self._forms = forms()

    def note(self, i: int, kind: str) -> None:
        """Give the next word its kind."""
        if kind in "BHMZ" and self.before in "^WX":
            self.inverted = kind
        elif kind in "VE":
            self.inverted = ""
        if kind in "BHMZFfvVEG":
            self.verb = kind
        if kind not in "An":
            self.before = "^" if kind in ",;:." else kind
            self.host = i
        self.kinds.append(kind)

    @property
    def last(self) -> str:
        """The kind of the last word, `^` at the start."""
        return self.kinds[-1] if self.kinds else "^"

    def word(self, i: int) -> str:
        """Return a word, nothing outside the sentence."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def form(self, i: int) -> Form | None:
        """Return what a word is as a form of a verb."""
        return self._forms.get(self.words[i]) if 0 <= i < len(self.words) else None

    def next(self, i: int) -> str:
        """Return the kind of the word behind one, as far as the word alone tells it."""
        if i + 1 >= len(self.words):
            return "."
        word = self.words[i + 1]
        if word == "to":
            return "t"
        kind = KINDS.get(word)
        if kind is not None:
            return "T" if word == "that" else kind
        found = self._forms.get(word)
        if found is not None and found.slots & PAST and not found.slots & (PARTICIPLE | BASE) and found.share > 6:
            return "F"
        if adjective(word):
            return "J"
        if adverb(word):
            return "A"
        return "G" if found and found.slots == ING else word if word in BREAKS else "N"

    def name(self, i: int) -> bool:
        """Say whether a word inside a sentence is written as a name is."""
        if not 0 < i < len(self.words):
            return False
        written = self.sentence.text[self.sentence.starts[i] : self.sentence.starts[i] + 2]
        return written[:1].isupper() and not written[1:].isupper()

    def titled(self) -> bool:
        """Say whether most words have capitals, so that a capital says nothing."""
        big = sum(self.sentence.text[start].isupper() for start in self.sentence.starts)
        return 2 * big > len(self.words)
