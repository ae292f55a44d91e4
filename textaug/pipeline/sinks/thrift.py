"""The compact protocol of Thrift, as far as a Parquet footer needs it: read into plain values, written back.

After Apache Thrift, "Thrift compact protocol encoding" (doc/specs/thrift-compact-protocol.md). A struct
becomes {field id: (type, value)}, a list (element type, values), a truth (TRUE, value). Nothing is
interpreted, so that fields of later versions of Parquet pass through as they are.
"""

from typing import Any

from textaug.errors import DataError

STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(13)
Struct = dict[int, tuple[int, Any]]
DEEPEST = 32


class Decoder:
    """Reads one struct from bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def struct(self, depth: int = 0) -> Struct:
        """Read a struct; raise DataError where the bytes are none."""
        if depth > DEEPEST:
            raise DataError("a Parquet footer nests too deep; the file is damaged")
        found: Struct = {}
        number = 0
        while (head := self._byte()) != STOP:
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            kind = head & 15
            found[number] = (TRUE if kind == FALSE else kind, self._value(kind, depth))
        return found

    def _byte(self) -> int:
        if self.at >= len(self.data):
            raise DataError("a Parquet footer ends too early; the file is damaged")
        self.at += 1
        return self.data[self.at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (TRUE, FALSE):
            return kind == TRUE
        if kind in (I16, I32, I64):
            return self._zigzag()
        if kind == BINARY:
            return self._take(self._varint())
        if kind in (LIST, SET):
            head = self._byte()
            size = head >> 4 if head >> 4 < 15 else self._varint()
            return head & 15, [self._item(head & 15, depth + 1) for _ in range(size)]
        if kind == STRUCT:
            return self.struct(depth + 1)
        if kind in (BYTE, DOUBLE):
            return self._take(1 if kind == BYTE else 8)
        raise DataError(f"a Parquet footer has a value of type {kind}; no Parquet footer has such")

    def _item(self, kind: int, depth: int) -> Any:
        return self._byte() if kind in (TRUE, FALSE) else self._value(kind, depth)


def encode(fields: Struct) -> bytes:
    """Write a struct."""
    out = bytearray()
    last = 0
    for number, (kind, value) in sorted(fields.items()):
        written = kind if kind != TRUE else TRUE if value else FALSE
        step = number - last
        out += bytes([step << 4 | written]) if 0 < step < 16 else bytes([written]) + _zigzag(number)
        out += b"" if kind == TRUE else _encoded(kind, value)
        last = number
    return bytes(out + b"\0")


def _encoded(kind: int, value: Any) -> bytes:
    if kind in (TRUE, FALSE):
        return bytes([value])
    if kind in (I16, I32, I64):
        return _zigzag(value)
    if kind == BINARY:
        return _varint(len(value)) + bytes(value)
    if kind in (LIST, SET):
        inner, items = value
        head = bytes([len(items) << 4 | inner]) if len(items) < 15 else bytes([0xF0 | inner]) + _varint(len(items))
        return head + b"".join(_encoded(inner, item) for item in items)
    return encode(value) if kind == STRUCT else bytes(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _zigzag(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)
