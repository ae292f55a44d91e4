"""Edits of a sentence by its words, gathered and joined."""

from __future__ import annotations

from textaug.languages.negation import Change
from textaug.languages.negation_zh.tokens import Token

TRADITIONAL = str.maketrans(
    "没别还并会过经从无点够么须较应难权请总将样当儿极确蛮远错",
    "沒別還並會過經從無點夠麼須較應難權請總將樣當兒極確蠻遠錯",
)
"""The characters of what is put in, as a sentence in traditional characters writes them."""


class Edits:
    """Collect insertions, replacements and deletions of words; every method gives the collection back.

    >>> from textaug.languages.negation_zh.tokens import tokens
    >>> Edits(tokens("我吃了")).insert(1, "没").delete(2).changes(traditional=True)
    (Change(start=1, end=1, text='沒'), Change(start=2, end=3, text=''))
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.held: list[Change] = []
        self.one_way = False

    def lossy(self, when: bool = True) -> Edits:
        """Say that to read the outcome back need not give the original."""
        self.one_way = self.one_way or when
        return self

    def insert(self, at: int, text: str, inside: int = 0) -> Edits:
        """Put a text before a token, or so many characters inside of it."""
        place = self.tokens[at].start + inside
        self.held.append(Change(place, place, text))
        return self

    def after(self, at: int, text: str) -> Edits:
        """Put a text behind a token."""
        place = self.tokens[at].end
        self.held.append(Change(place, place, text))
        return self

    def replace(self, at: int, text: str) -> Edits:
        """Put a text in a token's place."""
        self.held.append(Change(self.tokens[at].start, self.tokens[at].end, text))
        return self

    def delete(self, *at: int) -> Edits:
        """Take tokens away."""
        for index in at:
            self.replace(index, "")
        return self

    def changes(self, traditional: bool) -> tuple[Change, ...]:
        """Return them sorted, those that touch joined into one, those that change nothing left out."""
        joined: list[Change] = []
        for change in sorted(self.held):
            text = change.text.translate(TRADITIONAL) if traditional else change.text
            if joined and joined[-1].end == change.start:
                joined[-1] = Change(joined[-1].start, change.end, joined[-1].text + text)
            else:
                joined.append(change._replace(text=text))
        return tuple(change for change in joined if change.text or change.end > change.start)
