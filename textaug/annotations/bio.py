"""Tokens and their BIO tags as a text with spans, and a text with spans as tokens and tags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from textaug.annotations.tags import Chunk, Scheme, chunks, scheme, tagged
from textaug.annotations.tokens import Join, Piece, Sentence, cut, joined, split
from textaug.annotations.values import Span, span_problem
from textaug.errors import UsageError


def bio_to_spans(tokens: Sequence[str], tags: Sequence[str], *, join: Join = "auto") -> tuple[str, list[Span]]:
    """Return the text of some tokens, and their tags as spans.

    Args:
        tokens: the tokens.
        tags: a tag each: BIO, IOB1, BIOES, BILOU, BMES, IO, or bare labels.
        join: what stands between tokens: "blank", "none", or what their script asks for.

    >>> bio_to_spans(["Ada", "Lovelace", "lived", "in", "London"], ["B-PER", "I-PER", "O", "O", "B-LOC"])
    ('Ada Lovelace lived in London', [Span(start=0, end=12, label='PER'), Span(start=22, end=28, label='LOC')])
    >>> bio_to_spans("我去北京", ["O", "O", "B-LOC", "I-LOC"])
    ('我去北京', [Span(start=2, end=4, label='LOC')])
    """
    if len(tokens) != len(tags):
        raise UsageError(f"{len(tokens)} tokens have {len(tags)} tags; give one for each")
    sentence = joined(list(tokens), join)
    return sentence.text, spans_of(sentence, tags)


def spans_to_bio(
    text: str,
    spans: Iterable[Sequence[Any]],
    *,
    tokens: Sequence[str] | None = None,
    tags: Sequence[str] | None = None,
    edits: Iterable[Sequence[Any]] | None = None,
    join: Join = "auto",
) -> tuple[list[str], list[str]]:
    """Return a text's tokens, and its spans as their tags.

    Given how the text came about, tokens and tags that nothing touched are as they were, and tokens end where spans do;
    else the text is cut at blanks and between Chinese characters, and tagged as BIO. A token in which a span ends then
    belongs to the span; no two spans share one.

    Args:
        text: the text as it is now.
        spans: (start, end, label) of it, in code points.
        tokens, tags: those that `bio_to_spans` was given.
        edits: what has been done to its text since: `Result.edits`.
        join: what `bio_to_spans` was given.

    Raises:
        UsageError: the tokens and the edits do not make this text, or a span does not lie in it.

    >>> from textaug import WordDelete
    >>> tokens, tags = ["Ada", "Lovelace", "lived", "in", "London"], ["B-PER", "I-PER", "O", "O", "B-LOC"]
    >>> text, spans = bio_to_spans(tokens, tags)
    >>> done = WordDelete(rate=0.5).apply(text, spans=spans, seed=3)
    >>> spans_to_bio(done.text, done.spans, tokens=tokens, tags=tags, edits=done.edits)
    (['Ada', 'Lovelace', 'in', 'London'], ['B-PER', 'I-PER', 'O', 'B-LOC'])
    >>> spans_to_bio("Ada saw 北京", [(0, 3, "PER"), (8, 10, "LOC")])
    (['Ada', 'saw', '北', '京'], ['B-PER', 'O', 'B-LOC', 'I-LOC'])
    """
    if (tokens is None) != (tags is None) or (tokens is None) != (edits is None):
        raise UsageError("spans_to_bio: tokens, tags and edits belong together; give all of them, or none")
    held = [Span(*span[:3]) for span in spans]
    for one in held:
        if problem := span_problem(one.start, one.end, len(text)):
            raise UsageError(f"spans_to_bio: {problem}")
    if tokens is None or tags is None or edits is None:
        pieces = apart(split(text), held)
        return _texts(text, pieces), tags_of(pieces, held, Scheme())
    if len(tokens) != len(tags):
        raise UsageError(f"{len(tokens)} tokens have {len(tags)} tags; give one for each")
    sentence, edits = joined(list(tokens), join), list(edits)
    if (made := _edited(sentence.text, edits)) != text:
        raise UsageError(f"spans_to_bio: the tokens and edits make {made!r:.80}, and the text is {text!r:.80}")
    if not edits and sorted(held, key=_place) == spans_of(sentence, tags):
        return list(tokens), list(tags)
    pieces = recut(sentence, edits, held)
    return _texts(text, pieces), tags_of(pieces, held, scheme(tags))


def _place(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _edited(text: str, edits: Iterable[Sequence[Any]]) -> str:
    """Make edits of a text."""
    parts, at = list[str](), 0
    for start, end, new, *_ in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def recut(sentence: Sentence, edits: Iterable[Sequence[Any]], spans: Sequence[Span]) -> list[Piece]:
    """Return the tokens of an edited sentence whose spans are now these: where one begins or ends, so do tokens.

    >>> pieces = recut(joined(["a", "film"]), [(1, 2, "x")], [Span(2, 6, "MISC")])
    >>> [(piece.start, piece.end) for piece in pieces]
    [(0, 2), (2, 6)]
    """
    named = [span for span in spans if span.label is not None]
    return apart(cut(sentence, edits, {at for span in named for at in span[:2]}), named)


def apart(pieces: Sequence[Piece], spans: Iterable[Span]) -> list[Piece]:
    """Return tokens of which none has a part of two spans, one behind the other.

    >>> apart([Piece(0, 4, -1)], [Span(0, 1, "A"), Span(2, 4, "B")])
    [Piece(start=0, end=2, origin=-1), Piece(start=2, end=4, origin=-1)]
    """
    shared = {}  # where a span begins, and where the one before it ends
    before = Span(0, 0, None)
    for span in sorted(spans, key=_place):
        if before.end <= span.start < span.end and span.label is not None:
            shared[span.start] = before.end
            before = span
    starts, made = list(shared), list[Piece]()
    for start, end, origin in pieces:
        for at in starts[bisect_right(starts, start) : bisect_left(starts, end)]:
            if shared[at] > start:
                made.append(Piece(start, at, origin))
                start = at
        made.append(Piece(start, end, origin))
    return made


def spans_of(sentence: Sentence, tags: Sequence[str | None]) -> list[Span]:
    """Return the spans of a sentence's tags; those of empty tokens are none."""
    found = [Span(sentence.starts[one.first], sentence.end(one.last - 1), one.label) for one in chunks(tags)]
    return [span for span in found if span.start < span.end]


def tags_of(pieces: Sequence[Piece], spans: Iterable[Sequence[Any]], how: Scheme) -> list[str]:
    """Return the tags of a text's tokens; of spans that share a token, the first has it."""
    found: list[Chunk] = []
    starts, ends, free = [piece.start for piece in pieces], [piece.end for piece in pieces], 0
    for start, end, label in sorted((span[:3] for span in spans), key=lambda span: (span[0], -span[1])):
        first, last = max(free, bisect_right(ends, start)), bisect_left(starts, end)
        if first < last and start < end and label is not None:
            found.append(Chunk(first, last, label))
            free = last
    return tagged(found, len(pieces), how)


def _texts(text: str, pieces: Sequence[Piece]) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces]
