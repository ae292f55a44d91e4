"""The file formats that are read and written, and how a name tells which one it is."""

from pathlib import PurePath

from textaug.errors import UsageError, unknown

EXTENSIONS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".arrows": "arrow-stream",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
FORMATS = ("parquet", "arrow", "arrow-stream", "csv", "tsv", "jsonl")
COMPRESSED = (".gz", ".bz2", ".zst", ".lz4")
TEXTUAL = ("csv", "tsv", "jsonl")


def extension(form: str) -> str:
    """Return the extension that a format's files are given.

    >>> extension("arrow-stream")
    '.arrows'
    """
    return next(ending for ending, name in EXTENSIONS.items() if name == form)


def known(form: str) -> str:
    """Return the format if there is such a one; raise UsageError with the nearest name if not."""
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    return form


def guess(path: str) -> str | None:
    """Tell the format by the extension, that of a compressed text file included; None if it tells nothing.

    >>> guess("reviews.parquet"), guess("reviews.jsonl.gz"), guess("README.md")
    ('parquet', 'jsonl', None)
    """
    pure = PurePath(path)
    if pure.suffix.lower() not in COMPRESSED:
        return EXTENSIONS.get(pure.suffix.lower())
    inner = EXTENSIONS.get(PurePath(pure.stem).suffix.lower())
    return inner if inner in TEXTUAL else None


def of_file(path: str, override: str | None) -> str:
    """Return the format of a file, the one that was named before the one that its extension tells."""
    found = known(override) if override else guess(path)
    if found is None:
        endings = ", ".join(EXTENSIONS)
        raise UsageError(f"'{path}': its name does not tell its format (known: {endings}); say it with --format")
    return found
