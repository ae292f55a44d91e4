"""Collect what becomes of the words of a sentence, and turn it into changes."""

from __future__ import annotations

from textaug.languages.negation import Change
from textaug.languages.negation_en.tokens import Sentence


class Draft:
    """The changes of a sentence in the making: words replaced or deleted, text put before or behind words.

    Case follows the writer: what stands beside a word in capitals is in capitals, and the first word keeps its capital.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._words: dict[int, str] = {}
        self._before: dict[int, str] = {}
        self._after: dict[int, str] = {}
        self._attached: set[int] = set()

    def replace(self, i: int, text: str) -> None:
        """Write something else for a word, with the capital of the old word."""
        self._words[i] = self._as(i, text)

    def attach(self, i: int, clitic: str) -> None:
        """Write a clitic for a word, without the space before it."""
        self._words[i] = clitic.upper() if self._loud(i) else clitic
        self._attached.add(i)

    def delete(self, i: int) -> None:
        """Leave a word out."""
        self._words[i] = ""

    def before(self, i: int, text: str) -> None:
        """Put text and a space before a word."""
        self._before[i] = self._before.get(i, "") + (text.upper() if self._loud(i) else text) + " "

    def after(self, i: int, text: str) -> None:
        """Put a space and text behind a word."""
        self._after[i] = self._after.get(i, "") + " " + (text.upper() if self._loud(i) else text)

    def changes(self) -> tuple[Change, ...]:
        """Return the changes, sorted, those that touch made one."""
        self._capital()
        made: list[Change] = []
        for i in sorted({*self._words, *self._before, *self._after}):
            change = self._gap(i) if self._gone(i) else self._change(i)
            if made and made[-1].end >= change.start:
                last = made.pop()
                change = Change(last.start, max(last.end, change.end), last.text + change.text)
            made.append(change)
        return tuple(change for change in made if change.text != self.sentence.text[change.start : change.end])

    def _change(self, i: int) -> Change:
        start, end, text = self.sentence.starts[i], self.sentence.ends[i], self.sentence.text
        word, before, after = self._words.get(i), self._before.get(i, ""), self._after.get(i, "")
        if word is None:
            if not before:
                return Change(end, end, after)
            return Change(start, end, before + text[start:end] + after) if after else Change(start, start, before)
        return Change(start - (i in self._attached), end, before + word + after)

    def _gone(self, i: int) -> bool:
        return self._words.get(i) == "" and i not in self._before and i not in self._after

    def _gap(self, i: int) -> Change:
        """Close the gap of a deleted word: the spaces behind it go, or, before a comma or the end, those before."""
        start, end, text = self.sentence.starts[i], self.sentence.ends[i], self.sentence.text
        last = i
        while self._gone(last + 1):
            last += 1
        stop = self.sentence.ends[last]
        if not text[stop : stop + 1].isspace() or not text[stop:].strip():
            while start > 0 and text[start - 1] == " ":
                start -= 1
            return Change(start, end, "")
        while end < len(text) and text[end] == " ":
            end += 1
        return Change(start, end, "")

    def _as(self, i: int, text: str) -> str:
        written = self.sentence.written(i).lstrip("'’")
        if self._loud(i):
            return text.upper()
        return text[:1].upper() + text[1:] if written[:1].isupper() and i == self._first() else text

    def _loud(self, i: int) -> bool:
        written = self.sentence.written(i)
        return (written.isupper() and sum(map(str.isalpha, written)) > 1) or (written.isupper() and self.sentence.loud)

    def _first(self) -> int:
        return next((i for i, word in enumerate(self.sentence.words) if word[0].isalnum()), -1)

    def _capital(self) -> None:
        """Move the capital of the first word to what comes first now."""
        first = self._first()
        written = self.sentence.written(first) if first >= 0 else ""
        if not written[:1].isupper() or self._loud(first):
            return
        if first in self._before:
            text = self._before[first]
            self._before[first] = text[:1].upper() + text[1:]
            word = self._words.get(first, written)
            if self.sentence.words[first] not in ("i",) and word[:1].isupper() and not written[1:].isupper():
                self._words[first] = word[:1].lower() + word[1:]
        elif self._words.get(first) == "":
            following = next((i for i in range(first + 1, len(self.sentence.words)) if self._words.get(i) != ""), -1)
            if following >= 0:
                word = self._words.get(following, self.sentence.written(following))
                self._words[following] = word[:1].upper() + word[1:]
