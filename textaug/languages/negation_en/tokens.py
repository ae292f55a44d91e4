"""Cut a sentence into words and breaks, with quotations closed up and what stands in parentheses left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    (?P<skip>\([^()]*\)|\[[^][]*\]|<[^<>]*>|\s+)
  | (?P<quote>"[^"]{1,400}"|“[^”]{1,400}”|‘[^’]{1,400}’(?!\w)
      | (?<!\w)'(?!(?:s|em|til|cause|tis)\b|\d)[^']{1,400}'(?!\w))
  | (?P<word>(?:[^\W\d_]\.){2,} | (?:Mrs?|Ms|Drs?|St|vs|etc|Jr|Sr|Prof|Lt|Sgt|Capt|Gen|No|approx|ca|dept|est)\.(?!\s*$)
      | [$£€]?\d+(?:[.,:]\d+)*(?:[^\W\d_]+|%)?(?:-[^\W_]+)* | [^\W\d_]+n['’]t\b
      | & | [^\W_]+(?:-[^\W_]+|['’](?!(?:s|re|ve|ll|d|m)\b)[^\W_]+)*)
  | (?P<clitic>['’](?:s|re|ve|ll|d|m)\b)
  | (?P<lone>(?<=[,:]\s)["“]|(?<=[,:])["“])
  | (?P<stop>\.{2,}|…|[.!?]+) | (?P<dash>-{1,3}|[–—,]) | (?P<semicolon>;) | (?P<colon>:)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAKS = {"dash": ",", "semicolon": ";", "colon": ":", "lone": ":"}
QUOTATION = '"'
"""What stands for a quotation among the words."""


@dataclass(slots=True)
class Sentence:
    """A sentence in pieces: one entry of each list is a word or a break.

    Attributes:
        text: the sentence.
        words: in lower case, with straight apostrophes; a break is `,` `;` `:` or `.`.
        starts: where each begins in the text.
        ends: where each ends.
        kinds: the letter of each (see `words`).
    """

    text: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @property
    def loud(self) -> bool:
        """Whether the sentence is written in capitals."""
        return self.text.isupper()

    def kind(self, i: int) -> str:
        """Return the kind of a word, `.` outside the sentence."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else "."

    def word(self, i: int) -> str:
        """Return a word in lower case, nothing outside the sentence."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def past_adverbs(self, i: int) -> int:
        """Return the first word from here that is no adverb."""
        while i < len(self.kinds) and self.kinds[i] == "A":
            i += 1
        return i

    def written(self, i: int) -> str:
        """Return a word as it is written."""
        return self.text[self.starts[i] : self.ends[i]]


def tokens(text: str) -> Sentence:
    """Cut a sentence.

    >>> tokens("It’s “good”, isn't it?").words
    ['it', "'s", '"', ',', "isn't", 'it', '.']
    """
    made = Sentence(text)
    last = _last_word(text)
    for found in _TOKEN.finditer(text):
        name = found.lastgroup
        if name == "skip":
            continue
        written = found.group()
        if name == "word" or name == "clitic":
            word = written.lower().replace("’", "'")
        elif name == "quote":
            word = QUOTATION
        elif name == "stop":
            dots = written[0] == "…" or written[:2] == ".."
            word = "." if found.end() >= last else ";" if dots else "!"
        else:
            word = _BREAKS[str(name)]
        made.words.append(word)
        made.starts.append(found.start())
        made.ends.append(found.end())
    return made


def _last_word(text: str) -> int:
    """Return where the last letter or digit stands."""
    return next((i for i in range(len(text) - 1, -1, -1) if text[i].isalnum()), 0)
