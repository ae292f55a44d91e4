"""Apertium's tagger, without a memory: it runs in the place of `apertium-tagger`, as a program of its own.

    python tagger.py REAL-TAGGER OPTIONS < texts, flushed by NUL

The tagger adds each ambiguity class that it was not trained for to its model, and from then on tags other words by it:
a text would be translated in another way behind some texts than alone. So texts with such words are tagged by a tagger
of their own, and all others by one that has met none of them.
"""

import re
import subprocess
import sys

_NEW = re.compile(rb"^Word '(.*)'\.$", re.MULTILINE)


def tagged(texts: list[bytes], command: list[str]) -> list[bytes]:
    """Return what the tagger makes of each text alone."""
    made, words = _asked(texts, command)
    if not words:
        return made
    marks = [b"^" + word + b"/" for word in words]
    plain = [text for text in texts if not any(mark in text for mark in marks)]
    if len(plain) == len(texts):  # none of them says which
        return [_asked([text], command)[0][0] for text in texts]
    rest = iter(tagged(plain, command) if plain else [])
    odd = [any(mark in text for mark in marks) for text in texts]
    return [_asked([text], command)[0][0] if alone else next(rest) for text, alone in zip(texts, odd, strict=True)]


def _asked(texts: list[bytes], command: list[str]) -> tuple[list[bytes], set[bytes]]:
    """Return the tagged texts, and the words of classes that the tagger did not know."""
    data = b"".join(text + b"\0" for text in texts)
    done = subprocess.run([*command[:1], "-d", *command[1:]], input=data, capture_output=True, check=True)
    return done.stdout.split(b"\0")[: len(texts)], set(_NEW.findall(done.stderr))


if __name__ == "__main__":
    *given, rest = sys.stdin.buffer.read().split(b"\0")
    answers = tagged(given, sys.argv[1:]) if given else []
    sys.stdout.buffer.write(b"".join(answer + b"\0" for answer in answers) + rest)
