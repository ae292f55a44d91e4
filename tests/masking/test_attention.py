"""Attention masks are what their definitions say, and what torch and transformers make of the same words."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from textaug.errors import DataError, UsageError
from textaug.masking import attention

sizes = st.integers(1, 7)
tables = hnp.arrays(np.int64, st.tuples(st.integers(1, 3), sizes), elements=st.integers(0, 1))
orders = hnp.arrays(np.int64, st.tuples(st.integers(1, 3), sizes), elements=st.integers(-1, 6))
positions = hnp.arrays(np.int64, st.tuples(st.integers(1, 3), sizes), elements=st.integers(0, 4))


def defined(rows, queries, keys, rule):
    """Return a mask from a rule over (row, query, key)."""
    return np.array([[[bool(rule(b, i, j)) for j in range(keys)] for i in range(queries)] for b in range(rows)])


def same(mask, rows, rule):
    assert mask.dtype == np.bool_
    held = mask if mask.ndim == 3 else mask[None]
    np.testing.assert_array_equal(held, defined(rows, *held.shape[1:], rule))


@given(valid=tables, queries=sizes)
def test_padding_is_never_attended_to(valid, queries):
    same(attention.bidirectional(valid), len(valid), lambda b, i, j: valid[b, j])
    same(attention.cross(valid, queries), len(valid), lambda b, i, j: valid[b, j])


@given(queries=sizes, memory=st.integers(0, 4))
def test_causal_masks_see_the_memory_and_what_came_before(queries, memory):
    same(attention.causal(queries, queries + memory), 1, lambda b, i, j: j <= i + memory)


@given(lengths=st.lists(st.integers(0, 8), min_size=1, max_size=3), size=sizes)
def test_a_prefix_sees_itself_whole(lengths, size):
    same(attention.prefix(lengths, size), len(lengths), lambda b, i, j: j < lengths[b] or j <= i)


@given(order=orders, itself=st.booleans())
def test_a_permutation_sees_the_context_and_the_turns_before(order, itself):
    def rule(b, i, j):
        return order[b, j] == -1 or order[b, j] < order[b, i] or (itself and order[b, j] == order[b, i])

    same(attention.permutation(order, itself=itself), len(order), rule)


@given(valid=tables, before=st.integers(0, 8), after=st.none() | st.integers(0, 8))
def test_a_window_sees_its_neighbours_and_global_tokens(valid, before, after):
    right = before if after is None else after
    size = valid.shape[1]
    same(attention.local(size, before, after), 1, lambda b, i, j: -right <= i - j <= before)
    mask = attention.local(size, before, after, everywhere=valid)
    same(mask, len(valid), lambda b, i, j: -right <= i - j <= before or valid[b, i] or valid[b, j])


@given(segments=orders)
def test_segments_see_only_themselves(segments):
    rule = lambda b, i, j: segments[b, i] == segments[b, j] >= 0  # noqa: E731
    same(attention.block_diagonal(segments), len(segments), rule)
    same(attention.block_diagonal(segments[0]), 1, rule)


@given(lengths=st.lists(st.integers(0, 4), max_size=5), rest=st.integers(0, 3))
def test_cumulative_lengths_and_positions_number_the_same_segments(lengths, rest):
    ends = np.cumsum([0, *lengths])
    numbers = attention.segments_of(ends, ends[-1] + rest)
    assert numbers.tolist() == [k for k, n in enumerate(lengths) for _ in range(n)] + [-1] * rest
    places = np.concatenate([np.arange(n) for n in lengths]) if lengths else np.zeros(0, int)
    found = attention.segments_from_positions(places)
    one = attention.block_diagonal(found) & attention.causal(len(found))
    np.testing.assert_array_equal(
        one, attention.block_diagonal(attention.segments_of(ends)) & attention.causal(ends[-1])
    )


@given(position_ids=positions, memory=st.integers(0, 4))
def test_a_document_sees_only_itself_across_segments(position_ids, memory):
    mask = attention.recurrent(position_ids, memory)
    same(mask, len(position_ids), lambda b, i, j: 0 <= memory + i - j <= position_ids[b, i])


def test_documents_across_segments_are_packed_documents():
    lengths = [3, 1, 6, 2]
    places = np.concatenate([np.arange(n) for n in lengths])
    whole = attention.block_diagonal(np.repeat(np.arange(4), lengths)) & attention.causal(12)
    np.testing.assert_array_equal(attention.recurrent(places[None])[0], whole)
    np.testing.assert_array_equal(attention.recurrent(places[None, 8:], memory=8)[0], whole[8:])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_additive_masks_are_finite_and_have_a_place_for_the_heads(dtype):
    mask = attention.bidirectional([[1, 1, 0], [0, 0, 0]])
    added = attention.as_additive(mask, dtype=dtype)
    assert added.shape == (2, 1, 3, 3) and added.dtype == dtype
    np.testing.assert_array_equal(added[:, 0] == 0, mask)
    assert np.isfinite(added).all() and set(np.unique(added)) == {0, np.finfo(dtype).min}


def test_what_makes_no_sense_is_refused():
    for wrong in (
        lambda: attention.causal(3, 2),
        lambda: attention.local(3, -1),
        lambda: attention.bidirectional([1, 1]),
        lambda: attention.as_additive(attention.causal(2), dtype="int8"),
        lambda: attention.as_additive(attention.causal(2), return_tensors="tf"),
    ):
        with pytest.raises(UsageError):
            wrong()
    for ends, size in (([1, 2], 2), ([0, 2, 1], 2), ([0, 3], 2)):
        with pytest.raises(DataError, match="cu_seqlens"):
            attention.segments_of(ends, size)


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def heads(torch):
    draw = torch.Generator().manual_seed(7)
    return [torch.randn((2, 3, 12, 8), generator=draw) for _ in range(3)]


def attend(torch, heads, mask, additive):
    given_mask = attention.as_additive(mask, return_tensors="pt") if additive else torch.from_numpy(mask)
    return torch.nn.functional.scaled_dot_product_attention(*heads, attn_mask=given_mask)


@pytest.mark.parametrize("additive", [False, True])
def test_causal_is_torchs_is_causal(torch, heads, additive):
    theirs = torch.nn.functional.scaled_dot_product_attention(*heads, is_causal=True)
    torch.testing.assert_close(attend(torch, heads, attention.causal(12), additive), theirs)


def test_causal_with_a_memory_is_torchs_lower_right(torch, heads):
    from torch.nn.attention.bias import causal_lower_right

    query, key, value = heads
    late = query[:, :, 7:]
    theirs = torch.nn.functional.scaled_dot_product_attention(late, key, value, attn_mask=causal_lower_right(5, 12))
    torch.testing.assert_close(attend(torch, [late, key, value], attention.causal(5, 12), False), theirs)


def test_packed_rows_attend_as_if_alone(torch, heads):
    ends = [0, 5, 6, 12]
    mask = attention.block_diagonal(attention.segments_of(ends)) & attention.causal(12)
    packed = attend(torch, heads, mask, True)
    for first, last in pairwise(ends):
        alone = [part[:, :, first:last] for part in heads]
        theirs = torch.nn.functional.scaled_dot_product_attention(*alone, is_causal=True)
        torch.testing.assert_close(packed[:, :, first:last], theirs)


def test_padding_changes_nothing(torch, heads):
    valid = np.array([[1] * 12, [1] * 9 + [0] * 3])
    padded = attend(torch, heads, attention.bidirectional(valid), True)
    alone = torch.nn.functional.scaled_dot_product_attention(*(part[1:, :, :9] for part in heads))
    torch.testing.assert_close(padded[1:, :, :9], alone)
    assert torch.isfinite(padded).all()


def test_bfloat16_masks_hold_the_least_number(torch):
    mask = attention.as_additive(attention.causal(2), dtype="bfloat16", return_tensors="pt")
    assert mask.dtype == torch.bfloat16 and mask[0, 1] == torch.finfo(torch.bfloat16).min


@pytest.fixture(scope="module")
def rules():
    return pytest.importorskip("transformers.masking_utils")


@pytest.mark.parametrize("window", [1, 3])
def test_windows_agree(rules, window):
    theirs = rules.sliding_window_bidirectional_overlay(window)
    same(attention.local(7, window), 1, lambda b, i, j: theirs(b, 0, i, j))
    both = rules.sliding_window_causal_mask_function(window)
    import torch

    place = torch.arange(7)
    same(attention.local(7, window - 1, 0), 1, lambda b, i, j: both(b, 0, place[i], place[j]))


def test_packed_positions_agree(rules):
    import torch

    positions = torch.tensor([[0, 1, 2, 0, 0, 1], [0, 1, 0, 1, 2, 3]])
    theirs = rules.find_packed_sequence_indices(positions)
    assert attention.segments_from_positions(positions.numpy()).tolist() == theirs.tolist()


def test_permutations_are_xlnets(rules):
    import torch
    from transformers.data.data_collator import DataCollatorForPermutationLanguageModeling

    class Tokenizer:
        mask_token, mask_token_id, pad_token, _pad_token, pad_token_id = "<mask>", 4, "<pad>", "<pad>", 5
        get_special_tokens_mask = staticmethod(lambda ids, already_has_special_tokens: [0] * len(ids))

    torch.manual_seed(3)
    collator = DataCollatorForPermutationLanguageModeling(Tokenizer())
    ids = torch.randint(10, 99, (4, 32))
    _, perm_mask, _, labels = collator.torch_mask_tokens(ids)
    hidden = perm_mask.bool().numpy()
    target = labels.numpy() != -100
    turn = np.where(target, (~hidden & target[:, None, :]).sum(-1), -1)
    assert target.any() and (turn.max(axis=1) == target.sum(axis=1) - 1).all()
    np.testing.assert_array_equal(~attention.permutation(turn), hidden)
