"""The lanes of a stream are its tokens in order, whatever they came in and however often one stopped on the way."""

from itertools import chain

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.draws import Address, Purpose
from textaug.errors import DataError, UsageError
from textaug.kernels.reference import draws
from textaug.masking import attention
from textaug.masking.objectives.stream import SegmentStream

documents = st.lists(st.lists(st.integers(1, 50), max_size=9), min_size=1, max_size=12)


def line(rows, eos=None):
    """Return the tokens of the documents, and how many stand before each in its own."""
    rows = [[*row, *([] if eos is None else [eos])] for row in rows if row]
    return list(chain(*rows)), [place for row in rows for place in range(len(row))]


def joined(stream):
    """Return the whole of every lane, by name."""
    batches = list(stream)
    return {name: np.concatenate([batch[name] for batch in batches], axis=-1) for name in batches[0]}


@st.composite
def streams(draw, **fixed):
    """Draw documents and the options of a stream over them that can be had."""
    eos = draw(st.none() | st.just(0))
    rows = draw(documents.filter(lambda rows: len(line(rows)[0]) > 1))
    lanes = draw(st.integers(1, min(5, len(line(rows, eos)[0]) - 1)))
    options = {"lanes": lanes, "length": draw(st.integers(1, 7)), "eos_token_id": eos, **fixed}
    return rows, options


@given(drawn=streams(), across=st.booleans())
def test_lanes_are_defined_by_the_documents_put_in_a_line(drawn, across):
    rows, options = drawn
    tokens, places = line(rows, options["eos_token_id"])
    lanes, each = options["lanes"], (len(tokens) - 1) // options["lanes"]
    made = joined(SegmentStream(rows, across=across, **options))
    for lane in range(lanes):
        first, last = lane * each, (lane + 1) * each
        assert made["input_ids"][lane].tolist() == tokens[first:last]
        wanted = tokens[first + 1 : last + 1]
        if not across:
            wanted = [-100 if places[first + 1 + i] == 0 else token for i, token in enumerate(wanted)]
        assert made["labels"][lane].tolist() == wanted
        assert made["position_ids"][lane].tolist() == [min(places[first + i], i) for i in range(each)]


@given(drawn=streams(), shuffle=st.booleans())
def test_a_reset_says_that_nothing_before_belongs_to_the_segment(drawn, shuffle):
    rows, options = drawn
    for at, batch in enumerate(SegmentStream(rows, shuffle=shuffle, **options)):
        assert batch["reset"].tolist() == (batch["position_ids"][:, 0] == 0).tolist()
        assert at or batch["reset"].all()


@given(drawn=streams(shuffle=True), seed=st.integers(0, 3), epoch=st.integers(0, 3))
def test_shuffled_documents_stay_whole_and_come_in_the_order_of_their_draws(drawn, seed, epoch):
    rows, options = drawn
    held = [row for row in rows if row]
    ids = np.arange(len(held), dtype=np.uint64)
    draw = draws.blocks(Address(seed, epoch).key("segments/1"), ids, Purpose.ORDER, np.zeros(len(held), np.uint32))
    turn = sorted(range(len(held)), key=lambda i: (int(draw[i, 0]), int(draw[i, 1])))
    stream = SegmentStream(rows, seed=seed, **options)
    stream.set_epoch(epoch)
    plain = SegmentStream([held[i] for i in turn], **{**options, "shuffle": False})
    for one, other in zip(stream, plain, strict=True):
        for name in one:
            np.testing.assert_array_equal(one[name], other[name])


@given(drawn=streams(), ranks=st.sampled_from([1, 2, 3]))
def test_ranks_have_the_lanes_among_them(drawn, ranks):
    rows, options = drawn
    tokens = len(line(rows, options["eos_token_id"])[0])
    options["lanes"] = ranks * max(1, min(2, (tokens - 1) // ranks))
    if tokens <= options["lanes"]:
        return
    whole = joined(SegmentStream(rows, **options))
    parts = [joined(SegmentStream(rows, rank=rank, world_size=ranks, **options)) for rank in range(ranks)]
    for name in ("input_ids", "labels", "position_ids"):
        np.testing.assert_array_equal(np.concatenate([part[name] for part in parts]), whole[name])


@given(drawn=streams(shuffle=True), stop=st.integers(0, 9))
def test_an_interrupted_stream_goes_on_where_it_was(drawn, stop):
    rows, options = drawn
    whole = SegmentStream(rows, **options)
    whole.set_epoch(2)
    expected = list(whole)
    first, given_out = SegmentStream(rows, **options), []
    first.set_epoch(2)
    for batch in first:
        if len(given_out) == stop:
            break
        given_out.append(batch)
        state = first.state_dict()
    second = SegmentStream(rows, **options)
    if given_out:
        second.load_state_dict(state)
    second.set_epoch(2)
    rest = list(second) if len(given_out) < len(expected) else []
    assert len(given_out) + len(rest) == len(expected)
    for one, other in zip([*given_out, *rest], expected, strict=True):
        assert one["input_ids"].tolist() == other["input_ids"].tolist()


def test_a_stream_begins_again_after_its_end_and_with_another_epoch():
    stream = SegmentStream(np.arange(21), lanes=2, length=3)
    assert [len(list(stream)) for _ in range(2)] == [4, 4]
    next(iter(stream))
    stream.set_epoch(1)
    assert stream.state_dict()["segment"] == 0
    assert [batch["input_ids"][0, 0] for batch in stream] == [0, 3, 6, 9]


def test_what_holds_the_documents_does_not_matter(tmp_path):
    torch, datasets = pytest.importorskip("torch"), pytest.importorskip("datasets")
    rows = [[1, 2, 3], [4], [5, 6, 7, 8, 9], [10, 11], [12, 13, 14]]
    options = {"lanes": 2, "length": 4, "eos_token_id": 0}
    table = pa.table({"input_ids": rows, "n": range(5)})
    flat = np.array([token for row in rows for token in [*row, 0]], np.int32)
    np.save(tmp_path / "flat.npy", flat)
    kinds = {
        "generator": iter(rows),
        "arrays": [np.array(row) for row in rows],
        "features": [{"input_ids": row} for row in rows],
        "dict": {"input_ids": table["input_ids"]},
        "array": pa.array(rows),
        "slice": pa.array([[99], *rows, [98]])[1:6],
        "large": pa.array(rows, pa.large_list(pa.uint16())),
        "chunked": pa.chunked_array([rows[:2], rows[2:2], rows[2:]], pa.list_(pa.int64())),
        "table": table,
        "batch": table.to_batches()[0],
        "dataset": datasets.Dataset(table),
        "selected": datasets.Dataset(pa.table({"input_ids": rows[::-1]})).select([4, 3, 2, 1, 0]),
        "iterable dataset": datasets.Dataset(table).to_iterable_dataset(),
        "flat": flat,
        "mapped": np.load(tmp_path / "flat.npy", mmap_mode="r"),
        "tensor": torch.from_numpy(flat),
        "flat arrow": pa.chunked_array([flat[:5], flat[5:]]),
    }
    expected = joined(SegmentStream(rows, **options))
    for kind, source in kinds.items():
        made = joined(SegmentStream(source, **options))
        for name in expected:
            np.testing.assert_array_equal(made[name], expected[name], err_msg=f"{kind}: {name}")


def test_a_flat_array_without_an_end_of_documents_is_one():
    made = joined(SegmentStream(np.arange(9), lanes=2, length=3))
    assert made["input_ids"].tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert made["position_ids"].tolist() == [[0, 1, 2, 3]] * 2


@pytest.mark.parametrize(("last", "shapes"), [("keep", [3, 3, 1]), ("drop", [3, 3]), ("pad", [3, 3, 3])])
def test_the_last_segment_is_kept_dropped_or_padded(last, shapes):
    stream = SegmentStream(np.arange(1, 16), lanes=2, length=3, last=last, pad_token_id=99)
    batches = list(stream)
    assert [batch["input_ids"].shape[1] for batch in batches] == shapes and len(stream) == len(shapes)
    if last == "pad":
        assert batches[-1]["input_ids"].tolist() == [[7, 99, 99], [14, 99, 99]]
        assert batches[-1]["labels"].tolist() == [[8, -100, -100], [15, -100, -100]]
        assert [batch["attention_mask"].sum() for batch in batches] == [6, 6, 2]


def test_it_is_transformer_xls_batches_and_one_label_a_lane_more():
    """`LMOrderedIterator` of the published code, in NumPy: `nstep`, `narrow`, `view(bsz, -1)`, `get_batch`."""
    data, lanes, length = np.random.default_rng(1).integers(0, 99, 1003), 4, 16
    each = (len(data) - 1) // lanes
    published = data[: each * lanes].reshape(lanes, -1)
    for at, batch in enumerate(SegmentStream(data, lanes=lanes, length=length)):
        first = at * length
        size = min(length, each - 1 - first)
        np.testing.assert_array_equal(batch["input_ids"][:, :size], published[:, first : first + size])
        np.testing.assert_array_equal(batch["labels"][:, :size], published[:, first + 1 : first + 1 + size])
        assert batch["labels"].shape[1] - size == (first + length >= each)


def test_the_memory_of_a_document_is_the_document():
    """What a token may see over segments is what it may see where the lane is one row."""
    rows = [[1] * n for n in (5, 3, 9, 1, 6)]
    whole = joined(SegmentStream(rows, lanes=1, length=100))
    one = attention.recurrent(whole["position_ids"])[0]
    memory, seen = 20, 0
    for batch in SegmentStream(rows, lanes=1, length=4):
        mask = attention.recurrent(batch["position_ids"], memory)[0]
        for i in range(mask.shape[0]):
            wide = np.concatenate([np.zeros(memory, bool), one[seen + i]])
            assert mask[i].tolist() == wide[seen : seen + memory + mask.shape[0]].tolist()
        seen += mask.shape[0]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_data_loader_gives_the_segments_in_order(workers):
    data = pytest.importorskip("torch.utils.data")
    stream = SegmentStream([[i] * (i % 7) for i in range(60)], lanes=4, length=5, eos_token_id=0, shuffle=True)
    expected = list(stream)
    made = list(data.DataLoader(stream, batch_size=None, num_workers=workers))
    assert len(made) == len(expected)
    for one, other in zip(made, expected, strict=True):
        assert {name: values.tolist() for name, values in one.items()} == {
            name: values.tolist() for name, values in other.items()
        }


def test_tensors_if_asked():
    torch = pytest.importorskip("torch")
    batch = SegmentStream(np.arange(9), lanes=2, length=3, return_tensors="pt")[0]
    assert batch["input_ids"].dtype == torch.int64 and batch["reset"].dtype == torch.bool


def test_what_makes_no_sense_is_refused():
    for options in (
        {"last": "cut"},
        {"return_tensors": "tf"},
        {"lanes": 0},
        {"length": 0},
        {"world_size": 2, "lanes": 3},
        {"rank": 2, "world_size": 2},
    ):
        with pytest.raises(UsageError):
            SegmentStream(np.arange(99), **{"lanes": 2, "length": 4, **options})
    with pytest.raises(DataError, match="2 tokens for 2 lanes"):
        SegmentStream([[1, 2]], lanes=2, length=4)
    with pytest.raises(IndexError):
        SegmentStream(np.arange(9), lanes=2, length=4)[1]
    state = SegmentStream(np.arange(9), lanes=2, length=4).state_dict()
    with pytest.raises(UsageError, match="length=4"):
        SegmentStream(np.arange(9), lanes=2, length=3).load_state_dict(state)


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        (pa.table({"ids": [[1]]}), UsageError, "no column 'input_ids'"),
        ([{"ids": [1]}], UsageError, "no column 'input_ids'"),
        (pa.array(["a"]), UsageError, "lists of integers"),
        (pa.array([[0.5]]), UsageError, "lists of integers"),
        (pa.array([[1], None]), DataError, "null"),
        (pa.array([[1, None]]), DataError, "null"),
        ([[1], ["a"]], DataError, "rows 0 to 1"),
        ("text", UsageError, "type str"),
        (7, UsageError, "type int"),
    ],
)
def test_what_holds_no_documents_is_refused(source, error, message):
    with pytest.raises(error, match=message):
        SegmentStream(source, lanes=1, length=2)


def test_lists_of_one_size_are_lists_too():
    fixed = pa.array([[1, 2], [3, 4], [5, 6]], pa.list_(pa.int32(), 2))
    assert joined(SegmentStream(fixed[1:], lanes=1, length=4))["input_ids"].tolist() == [[3, 4, 5]]


def test_persistent_workers_see_the_epoch():
    data = pytest.importorskip("torch.utils.data")
    stream = SegmentStream([[i] * 5 for i in range(30)], lanes=3, length=8, shuffle=True)
    loader = data.DataLoader(stream, batch_size=None, num_workers=1, persistent_workers=True)
    for epoch in (0, 1, 0):
        stream.set_epoch(epoch)
        made = [batch["input_ids"].tolist() for batch in loader]
        assert made == [batch["input_ids"].tolist() for batch in stream]
