"""Translators that need nothing: what stands in for models and services, and what goes wrong with them."""

import re

from textaug.models.translation import KINDS, Failure


class Toy:
    """Writes a word backwards on the way back, wherever it has three small letters or more; drops some of four."""

    def __init__(self, argument=""):
        self.identity = f"toy {argument}"
        self.calls = []

    def translate(self, texts, source, target):
        self.calls.append((list(texts), source, target))
        return list(texts) if target == "eo" else [self.back(text) for text in texts]

    def back(self, text):
        return re.sub(r"\b[a-z]{3,}\b", lambda found: found[0][::-1] if len(found[0]) != 4 else "", text)


class Told(Toy):
    """Translates with a function, both ways."""

    def __init__(self, change):
        super().__init__()
        self.change = change

    def translate(self, texts, source, target):
        self.calls.append((list(texts), source, target))
        return [self.change(text) for text in texts]


class Wrong(Toy):
    """Returns one translation too few as soon as there are two texts, and none of some."""

    def translate(self, texts, source, target):
        made = super().translate(texts, source, target)
        return made[: max(len(texts) - 1, 1)] if not any("lost" in text for text in texts) else []


class Failing(Toy):
    """Fails on texts that say so."""

    def translate(self, texts, source, target):
        made = super().translate(texts, source, target)
        return [Failure("HTTP 429") if "fail" in text else new for text, new in zip(texts, made, strict=True)]


KINDS["toy"] = ("translating", "Toy")
