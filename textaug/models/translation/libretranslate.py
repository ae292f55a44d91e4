"""LibreTranslate: a free service, and a program of the same name to run on a machine of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from textaug.errors import UsageError
from textaug.models.translation.languages import code_of
from textaug.models.translation.options import split
from textaug.models.translation.protocol import Failure
from textaug.models.translation.web import FEW, Line, Service, Web

Answers = list[str | Failure]

_BUSY = frozenset(("no connection", "HTTP 429", "HTTP 503"))  # no text's fault; to ask more often makes it worse


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Web):
    """How LibreTranslate is asked; see `Web`.

    Args:
        texts: how many texts a request has; fewer if the service refuses as many.
    """

    key_variable: str = field(default="LIBRETRANSLATE_API_KEY", repr=False)
    texts: int = 16

    def __post_init__(self) -> None:
        Web.__post_init__(self)
        if self.texts < 1:
            raise UsageError(f"texts={self.texts}: give at least 1")


class LibreTranslate:
    """A service of LibreTranslate.

    Attributes:
        few: after so many texts what was answered is kept.

    Args:
        argument: its address, as in "http://127.0.0.1:5000"; options stand behind a question mark.
        asking: the options that the argument does not give.

    Raises:
        UsageError: the address is none, or holds a secret; there is no such option.

    English to Chinese, at most two requests in a second:

        LibreTranslate("http://127.0.0.1:5000?requests_per_second=2").translate(["A good film."], "en", "zh")
    """

    few = FEW

    def __init__(self, argument: str, asking: Asking | None = None) -> None:
        url, self._asking = split(argument, asking or Asking())
        self._service = Service(url.rstrip("/") + "/translate", self._asking)

    @property
    def identity(self) -> str:
        """Return the kind and the address; what a service runs, it does not say."""
        return f"libretranslate:{self._service.url}"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | Failure]:
        """Translate texts.

        Raises:
            UsageError: the service does not accept the key, or is not at this address.
        """
        size = self._asking.texts
        parts = [list(texts[k : k + size]) for k in range(0, len(texts), size)]
        codes = (code_of(code) or code for code in (source, target))
        body = dict(zip(("source", "target"), codes, strict=True)) | {"format": "text"}
        if key := self._service.key():
            body["api_key"] = key
        done = self._service.each(lambda line, part: self._ask(line, part, body), parts)
        return [answer for part in done for answer in part]

    def _ask(self, line: Line, part: list[str], body: dict[str, str]) -> Answers:
        """Ask for some texts; if the service does not take them together, for each half."""
        got = self._service.post(line, {**body, "q": part}, {}, lambda answer: _read(answer, len(part)))
        if not isinstance(got, Failure):
            return got
        if len(part) == 1 or got.reason in _BUSY:
            return [got] * len(part)
        half = len(part) // 2
        return self._ask(line, part[:half], body) + self._ask(line, part[half:], body)


def _read(answer: Any, count: int) -> Answers:
    made = answer["translatedText"]
    if not isinstance(made, list) or len(made) != count or not all(isinstance(text, str) for text in made):
        raise ValueError("not one text for each")
    return [text.strip() or Failure("empty answer") for text in made]
