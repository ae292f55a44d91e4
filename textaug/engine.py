"""The engine: run a recipe over an Arrow text array, tile by tile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from textaug.applied import Applied
from textaug.batch import U8, U64, Batch, Mask, Output, Ranges, flat, restored, text_size, tiles
from textaug.columns import edits_column, read_spans, spans_column
from textaug.draws import Address, Draws
from textaug.edits import Edits, Spans
from textaug.either import either_edits, either_spans, either_text
from textaug.errors import DataError
from textaug.transform import Proposal

if TYPE_CHECKING:
    import pyarrow as pa

    from textaug.transform import Transform


HERE = Address()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gives back.

    Attributes:
        text: an array of the type that was given.
        spans: list<struct<start, end, label>> in code points of the new text, if spans were given, in their own type.
        edits: list<struct<start, end, text, by>> in code points of the old text, if asked for.
        applied: what each transform did, in the recipe's order.
    """

    text: pa.Array
    spans: pa.Array | None
    edits: pa.Array | None
    applied: tuple[Applied, ...]


class Run:
    """One recipe on its way through one tile: the nodes met so far, the spans, the edits, what was applied."""

    def __init__(self, address: Address, batch: Batch, spans: Spans | None, want_edits: bool) -> None:
        self.address = address
        self.spans = spans
        self.edits = Edits.none(len(batch)) if want_edits else None
        self.applied: list[Applied] = []
        self._original = batch.data
        self._met: Counter[str] = Counter()
        self._again = ""  # which further try of which filters this is
        self._protect: list[Spans] = []  # what the compositions around this node protect, where it is now

    def draws(self, transform: Transform, batch: Batch) -> Draws:
        """Give a node its draws. Its address is its name, version and occurrence, not its place in the recipe."""
        node = self.node(transform)
        self._met[type(transform).__name__] += 1
        return self.drawing(node, batch)

    def node(self, transform: Transform, behind: int = 0) -> str:
        """Return what the next node of this kind is called, or the one behind so many more."""
        name = type(transform).__name__
        return f"{name}/{transform.version}/{self._met[name] + behind}"

    def drawing(self, node: str, batch: Batch) -> Draws:
        """Return a node's draws."""
        return Draws(self.address.key(node + self._again), batch.row_ids)

    def inside(self, transform: Transform, batch: Batch, steps: Iterable[tuple[Transform, Mask | None]]) -> Batch:
        """Walk a composition's steps, each with the rows that it gets.

        They inherit what the composition protects, which is found once, in the text as the first step gets it: what one
        step puts in beside a protected word must not hide it from the next.
        """
        outer = len(self._protect)
        if (own := _protected(transform, batch)) is not None:
            self._protect.append(Spans.of(own.start, own.end, batch.offsets))
        for step, rows in steps:
            given = batch if rows is None else batch.only(rows)
            batch = replace(step.walk(given, self), active=batch.active)
        del self._protect[outer:]
        return batch

    def fork(self, again: str = "") -> Run:
        """Return a run that goes on from here by itself; `again` gives the nodes that it meets other draws."""
        made = copy(self)
        made.applied, made._met, made._protect = [*self.applied], self._met.copy(), [*self._protect]
        made._again += again
        return made

    def take(self, tried: Run, rows: Mask, before: Batch, after: Batch) -> Batch:
        """Take over what a fork made of some rows, with their spans and edits; the others stay as they are here.

        Args:
            tried: the fork.
            rows: bool, shape (rows,): those to take over.
            before, after: the batch as it was given to the fork, and as it came back.
        """
        if not rows.any():
            return before
        if rows.all():
            self.spans, self.edits, self._protect = tried.spans, tried.edits, [*tried._protect]
            return replace(before, data=after.data, offsets=after.offsets)
        batch = either_text(rows, after, before)
        cuts = (after.offsets, before.offsets, batch.offsets)
        pairs = zip(tried._protect, self._protect, strict=True)
        self._protect = [either_spans(rows, one, other, *cuts) for one, other in pairs]
        if self.spans is not None and tried.spans is not None:
            self.spans = either_spans(rows, tried.spans, self.spans, *cuts)
        if self.edits is not None and tried.edits is not None:
            self.edits = either_edits(rows, tried.edits, self.edits)
        return batch

    def finish(self, tried: Run, applied: Iterable[Applied]) -> None:
        """Go on behind the nodes that a fork has met, of which this is what was done."""
        self._met = tried._met.copy()
        self.applied += applied

    def tell(self, transform: Transform, left: Mask, skipped: Mapping[str, int]) -> None:
        """Record a node that edits nothing itself: the rows to which it gave back what they were, and why."""
        self._met[type(transform).__name__] += 1
        nothing = np.zeros(len(left), bool)
        self.applied.append(
            Applied(self.name(transform), "preserves", None, 0, 0, nothing, dict(skipped), left=left.copy())
        )

    def leaf(self, transform: Transform, batch: Batch) -> Batch:
        """Let a transform edit the batch; return the edited batch."""
        draws = self.draws(transform, batch)
        gated = transform.gate(batch, draws)
        if gated.active is not None and not gated.active.any():
            self._record(transform, Proposal(Edits.none(len(batch)), 0, 0))
            return batch
        own = None if self.spans is None else transform.owns(self.spans)
        given = replace(gated, guarded=self._guarded(transform, gated, own), spans=self.spans)
        proposal = transform.propose(given, draws)
        self._record(transform, proposal)
        batch = self._edited(transform, batch, proposal.edits)
        return batch if proposal.mends is None else self._edited(transform, batch, proposal.mends)

    def _edited(self, transform: Transform, batch: Batch, edits: Edits) -> Batch:
        """Make a transform's edits; what is protected, the spans and the edits from the original text on follow."""
        if not len(edits):
            return batch
        try:
            data, offsets = edits.apply(batch.data, batch.offsets)
        except OverflowError as error:
            raise DataError(
                f"{type(transform).__name__} would make {error}; the limit is 2 GiB: split the text"
            ) from None
        self._protect = [held.shifted(edits, drop_touched=False) for held in self._protect]
        if self.spans is not None:
            drop, own = transform.on_span == "drop", transform.owns(self.spans)
            self.spans = self.spans.shifted(edits, drop_touched=drop if own is None else ~own & drop)
        if self.edits is not None:
            self._compose(edits, batch.data)
        return replace(batch, data=data, offsets=offsets)

    def _guarded(self, transform: Transform, batch: Batch, own_spans: Mask | None) -> Ranges | None:
        """Collect what this transform may not edit: its own protected text, its ancestors', and annotated spans."""
        own = _protected(transform, batch)
        found: list[Ranges | Spans] = [*self._protect] if own is None else [*self._protect, own]
        if self.spans is not None and transform.on_span == "protect":
            others = np.ones(len(self.spans.start), bool) if own_spans is None else ~own_spans
            found.append(self.spans.where(others, self.spans.start, self.spans.end))
        if not found:
            return None
        start, end = ([getattr(ranges, side) for ranges in found] for side in ("start", "end"))
        return Ranges.union(np.concatenate(start), np.concatenate(end))

    def name(self, transform: Transform) -> str:
        """Return what the next node of this kind is called in what was applied."""
        name = type(transform).__name__
        nth = sum(done.node.partition("#")[0] == name for done in self.applied) + 1
        return name if nth == 1 else f"{name}#{nth}"

    def _record(self, transform: Transform, proposal: Proposal) -> None:
        self.applied.append(
            Applied(
                self.name(transform),
                transform.label_effect,
                transform.asked,
                proposal.eligible,
                proposal.changed,
                proposal.edits.touched,
                proposal.skipped or {},
                proposal.unsure,
            )
        )

    def _compose(self, edits: Edits, between: U8) -> None:
        """Add a step's edits to those from the original text on."""
        edits = replace(edits, by=np.full(len(edits), len(self.applied) - 1, np.int32))
        if self.edits is not None:
            self.edits = self.edits.then(edits, self._original, between) if len(self.edits) else edits


def _protected(transform: Transform, batch: Batch) -> Ranges | None:
    """Find what a transform itself protects; None where it protects nothing."""
    patterns = () if transform.protect_pattern is None else (transform.protect_pattern,)
    if not transform.protect and not patterns:
        return None
    from textaug.protect import guarded  # RE2 takes a while to load

    return guarded(batch, transform.protect, patterns)


def run(
    transform: Transform,
    text: pa.Array,
    *,
    row_ids: U64,
    address: Address = HERE,
    spans: pa.Array | None = None,
    want_edits: bool = False,
) -> Outcome:
    """Run a transform over a text array.

    Args:
        transform: a transform or a composition of transforms.
        text: string, large_string, string_view or dictionary of strings; nulls stay nulls.
        row_ids: uint64, one a row: the rows' part of the address of every draw.
        address: the rest of the address.
        spans: list<struct<start, end, label>>, in code points of each row. Its field `text`, where it has one, is what
            stands there; what else it has comes along.
        want_edits: also return the edits.

    Raises:
        UsageError: the array does not hold text.
        DataError: a text is too large, or spans lie outside of their row.
    """
    held = flat(text)
    output = Output(len(held), text_size(held))
    applied: list[Applied] = []
    span_parts: list[pa.Array] = []
    edit_parts: list[pa.Array] = []
    cut = list(tiles(held, row_ids)) or [(0, Batch(np.zeros(0, np.uint8), np.zeros(1, np.int32), row_ids))]
    for first, batch in cut:
        marked = None if spans is None else spans.slice(first, len(batch))
        read = None if marked is None else read_spans(marked, batch, first)
        work = Run(address, batch, read, want_edits)
        done = transform.walk(batch, work)
        output.append(done.data, done.offsets)
        applied = [old + new for old, new in zip(applied, work.applied, strict=True)] if applied else work.applied
        if work.spans is not None:
            span_parts.append(spans_column(work.spans, done, marked))
        if work.edits is not None:
            names = [node.node for node in work.applied]
            edit_parts.append(edits_column(work.edits.changing(batch.data), batch, names))
    return Outcome(restored(output.array(held), text.type), _concat(span_parts), _concat(edit_parts), tuple(applied))


def _concat(parts: list[pa.Array]) -> pa.Array | None:
    import pyarrow as pa

    return pa.concat_arrays(parts) if parts else None
