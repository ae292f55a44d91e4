"""Join Parquet files by their bytes: row groups move, pages stay as they are, one footer counts them all.

Field numbers are those of parquet.thrift (Apache Parquet format 2.11).
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from textaug.errors import DataError
from textaug.pipeline.sinks.thrift import I64, Decoder, Struct, encode

MAGIC = b"PAR1"
NUM_ROWS, ROW_GROUPS = 3, 4  # of FileMetaData
COLUMNS, GROUP_OFFSET, ORDINAL = 1, 5, 7  # of RowGroup
CHUNK_OFFSET, META_DATA = 2, 3  # of ColumnChunk
CHUNK_PLACES = (4, 6)  # the places of its offset index and column index
META_PLACES = (9, 10, 11, 14)  # of ColumnMetaData: data, index and dictionary pages, bloom filter


def concatenate(parts: Sequence[Path], stream: BinaryIO) -> None:
    """Write the rows of several Parquet files of the same schema as one file, without decoding a page.

    Raises DataError where a file is not Parquet, or has another schema than the first.
    """
    stream.write(MAGIC)
    total: Struct | None = None
    at = len(MAGIC)
    for part in parts:
        with open(part, "rb") as source:
            footer, size = _footer(source, part)
            _shift(footer, at - len(MAGIC))
            source.seek(len(MAGIC))
            _copy(source, size, stream)
        at += size
        total = footer if total is None else _added(total, footer, part)
    if total is None:
        raise DataError("there are no parts to join")
    written = encode(total)
    stream.write(written + len(written).to_bytes(4, "little") + MAGIC)


def _copy(source: BinaryIO, left: int, stream: BinaryIO) -> None:
    """Copy the next `left` bytes."""
    while left and (data := source.read(min(1 << 20, left))):
        stream.write(data)
        left -= len(data)


def _footer(source: BinaryIO, part: Path) -> tuple[Struct, int]:
    """Return a file's footer and the bytes between its magic and its footer."""
    end = source.seek(0, os.SEEK_END)
    source.seek(max(0, end - 8))
    tail = source.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length + 12 > end:
        raise DataError(f"{part} is not a whole Parquet file; remove it and run again with --resume")
    source.seek(end - 8 - length)
    return Decoder(source.read(length)).struct(), end - 12 - length


def _shift(footer: Struct, by: int) -> None:
    """Move every place that a footer names."""
    for group in footer[ROW_GROUPS][1][1]:
        _move(group, GROUP_OFFSET, by)
        for chunk in group[COLUMNS][1][1]:
            _move(chunk, CHUNK_OFFSET, by)
            for field in CHUNK_PLACES:
                _move(chunk, field, by)
            for field in META_PLACES:
                _move(chunk[META_DATA][1], field, by)


def _move(fields: dict[int, tuple[int, Any]], field: int, by: int) -> None:
    """Move one place; 0 stands for none."""
    kind, place = fields.get(field, (I64, 0))
    if place:
        fields[field] = (kind, place + by)


def _added(total: Struct, footer: Struct, part: Path) -> Struct:
    """Count the row groups of the next file too."""
    if footer[2] != total[2]:
        raise DataError(f"{part} has other columns than the parts before it")
    kind, (inner, groups) = total[ROW_GROUPS]
    more = footer[ROW_GROUPS][1][1]
    for ordinal, group in enumerate(more, len(groups)):
        if ORDINAL in group and ordinal < 1 << 15:
            group[ORDINAL] = (group[ORDINAL][0], ordinal)
        elif ORDINAL in group:
            del group[ORDINAL]
    return {
        **total,
        NUM_ROWS: (I64, total[NUM_ROWS][1] + footer[NUM_ROWS][1]),
        ROW_GROUPS: (kind, (inner, groups + more)),
    }
