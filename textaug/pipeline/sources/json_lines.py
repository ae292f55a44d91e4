"""Lines as bytes: whole ones, numbered, in blocks that grow where a line is longer, up to a cap."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from textaug.errors import DataError
from textaug.pipeline.formats import COMPRESSED
from textaug.pipeline.job import LONGEST_LINE


class Line(NamedTuple):
    """One line that is not empty, and its number, from 0."""

    number: int
    text: bytes


class Block(NamedTuple):
    """Some whole lines and the number of the first."""

    first: int
    text: bytes

    def lines(self) -> list[Line]:
        """Return the lines that are not empty."""
        lines = enumerate(self.text.split(b"\n"), self.first)
        return [Line(number, line) for number, line in lines if line and not line.isspace()]

    def is_utf8(self) -> bool:
        """Say whether all of it is valid UTF-8, at memory speed."""
        return is_utf8(self.text)


def is_utf8(text: bytes) -> bool:
    """Say whether bytes are valid UTF-8.

    >>> is_utf8("é".encode()), is_utf8(b"\\xff")
    (True, False)
    """
    offsets = pa.array([0, len(text)], pa.int64()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def compressed(path: str) -> bool:
    """Say whether the file can only be read from its beginning."""
    return path.lower().endswith(COMPRESSED)


def blocks(path: str, place: str, size: int, start: int = 0, stop: int = 0, first: int = 0) -> Iterator[Block]:
    """Yield the whole lines from byte `start` to `stop` (0: the end), some `size` bytes at a time."""
    try:
        with pa.input_stream(path) if compressed(path) else open(path, "rb") as stream:
            if start:
                stream.seek(start)
            for text in _whole_lines(stream, size, stop - start if stop else None):
                yield Block(first, text.removeprefix(codecs.BOM_UTF8) if start == first == 0 else text)
                first += text.count(b"\n")
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{place}: cannot be read after line {first}: {error}") from error
    except OverflowError as error:
        raise DataError(f"{place}: the line after line {first} {error}") from None


def _whole_lines(stream: BinaryIO, size: int, left: int | None) -> Iterator[bytes]:
    rest = b""
    while text := stream.read(size if left is None else min(size, left)):
        left = None if left is None else left - len(text)
        rest, seen = rest + text, len(rest)
        end = rest.rfind(b"\n", seen) + 1
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > LONGEST_LINE:
            raise OverflowError(f"is longer than {LONGEST_LINE >> 20} MB")
        else:
            size = max(size, len(rest))  # doubles, so that a long line is not copied again and again
    if rest:
        yield rest


def edges(path: str, about: int) -> list[tuple[int, int]]:
    """Return (byte, line number) of lines that begin some `about` bytes apart; the first is (0, 0)."""
    found = [(0, 0)]
    with open(path, "rb") as stream:
        while text := stream.read(about):
            lines = text.count(b"\n")
            while text and not text.endswith(b"\n"):
                text = stream.readline(1 << 20)
                lines += text.count(b"\n")
            found.append((stream.tell(), found[-1][1] + lines))
    return found
