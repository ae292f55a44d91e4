"""Asking a model: results by their row, in batches that fit, and what is done where the memory is not enough."""

import numpy as np
import pytest
import tiny_masked

from textaug.errors import DataError, UsageError
from textaug.models.masked import hash_of, opened
from textaug.models.masked.model import BATCH_TOKENS, Ask, MaskedLM, log_softmax, masked, out_of_memory


class Fake:
    """An engine that tells what it was asked, and which fails on batches of more rows than it is said to hold."""

    limit, noise = 64, 0.0

    def __init__(self, holds=10**6, error=None):
        self.holds, self.error, self.shapes = holds, error, []

    def __call__(self, ids, mask, row, place):
        self.shapes.append(ids.shape)
        if len(ids) > self.holds:
            raise self.error
        assert (ids[mask == 0] == 0).all()
        length = mask.sum(1)
        assert (
            (place < length[row]).all() and (ids[:, 0] == 2).all() and (ids[np.arange(len(ids)), length - 1] == 3).all()
        )
        return np.stack([length[row] - 2, ids.sum(1)[row] - 5, place - 1], 1).astype(np.float32)


@pytest.fixture(scope="module")
def tiny():
    return opened(tiny_masked.folder(limit=64))


def fake(tiny, **fields):
    return MaskedLM(Fake(**fields), tiny.pieces, tiny.vocabulary, tiny.around, "fake")


def asks(count, longest=60, seed=3):
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        ids = rng.integers(5, 90, rng.integers(1, longest)).tolist()
        made.append(Ask(ids, sorted(rng.choice(len(ids), rng.integers(1, len(ids) + 1), replace=False).tolist())))
    return made


def told(asked):
    return [[[len(ask.ids), sum(ask.ids), place] for place in ask.places] for ask in asked]


def test_every_row_gets_its_own_logits(tiny):
    model, asked = fake(tiny), asks(500)
    made = dict(model.logits(asked))
    assert [made[k].tolist() for k in range(500)] == told(asked)
    assert all(model.alone(ask).tolist() == one for ask, one in zip(asked[:20], told(asked), strict=False))
    assert list(model.logits([])) == []


def test_rows_of_like_length_share_batches_that_are_not_too_large(tiny):
    model = fake(tiny)
    dict(model.logits(asks(500)))
    shapes = model.engine.shapes
    assert all(rows * width <= BATCH_TOKENS for rows, width in shapes) and sum(rows for rows, _ in shapes) == 500
    widths = [width for _, width in shapes]
    assert widths == sorted(widths, reverse=True)  # the longest first: what does not fit shows at once
    assert sum(rows * width for rows, width in shapes) < 1.3 * sum(len(ask.ids) + 2 for ask in asks(500))


def test_a_row_longer_than_a_batch_is_a_batch(tiny):
    model = fake(tiny)
    asked = [Ask([7] * (BATCH_TOKENS + 5), [1]), Ask([8], [0])]
    made = dict(model.logits(asked))
    assert [made[k].tolist() for k in range(2)] == told(asked)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"),
        type("OutOfMemoryError", (RuntimeError,), {})(),
    ],
)
def test_what_is_too_large_for_the_memory_is_halved(tiny, error):
    model, asked = fake(tiny, holds=3, error=error), asks(100)
    made = dict(model.logits(asked))
    assert [made[k].tolist() for k in range(100)] == told(asked) and out_of_memory(error)
    with pytest.raises(type(error)):
        fake(tiny, holds=0, error=error).alone(asked[0])


@pytest.mark.parametrize("error", [RuntimeError("device-side assert"), ValueError("out of memory"), KeyError("x")])
def test_other_errors_are_raised(tiny, error):
    model = fake(tiny, holds=3, error=error)
    with pytest.raises(type(error)):
        dict(model.logits(asks(100)))
    assert len(model.engine.shapes) == 1


def test_masks_are_put_in_a_copy():
    ids = [5, 6, 7]
    assert masked(ids, [0, 2], 4) == [4, 6, 4] and ids == [5, 6, 7]


def test_shares_of_the_likelihood_add_up_to_one():
    made = log_softmax(np.array([[1e4, 1e4 - 1, -1e4], [0, 0, 0]], np.float32))
    np.testing.assert_allclose(np.exp(made).sum(-1), 1, rtol=1e-6)


def surprise(model, text, apart):
    """Return the mean surprise of a text's tokens, window by window and mask by mask."""
    (pieces,) = model.pieces([text])
    told = []
    for first in range(0, len(pieces.ids), model.limit):
        row = pieces.ids[first : first + model.limit]
        for k in range(len(row)):
            places = [place for place in range(len(row)) if place % apart == k % apart]
            logits = model.alone(Ask(masked(row, places, model.vocabulary.mask), [k]))[0].astype(np.float64)
            told.append(np.log(np.exp(logits - logits.max()).sum()) + logits.max() - logits[row[k]])
    return np.mean(told) if told else 0.0


def test_how_surprising_a_text_is_is_what_a_plain_loop_says(tiny):
    texts = ["the old film is good", "", "a", "我们都喜欢看这部电影", "the actors walked home and played music " * 6]
    made = tiny.pseudo_nll(texts)
    assert made.dtype == np.float64
    np.testing.assert_allclose(made, [surprise(tiny, text, 8) for text in texts], atol=1e-4)
    assert made[1] == 0 and (made[[0, 2, 3, 4]] > 0).all() and tiny.pseudo_nll([]).shape == (0,)


def test_a_model_is_opened_once():
    folder = tiny_masked.folder()
    assert opened(folder) is opened(folder) and opened(folder).limit == 254
    assert opened(folder).vocabulary.tokens[opened(folder).vocabulary.mask] == "[MASK]"


def test_without_a_model_there_is_a_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr("textaug.models.masked.DATA", tmp_path)
    for language in ("en", "zh"):
        with pytest.raises(UsageError, match=f"no masked language model comes with textaug for '{language}'; name one"):
            opened(None, language)


def test_what_a_model_says_is_known_by_its_files(tmp_path):
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        (tmp_path / name).write_text(name)
    first = hash_of(tmp_path)
    (tmp_path / "notes.md").write_text("of no account")
    assert hash_of(tmp_path) == first
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        (tmp_path / name).write_text("other")
        assert hash_of(tmp_path) != first
        (tmp_path / name).write_text(name)


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(DataError, match="no masked language model can be loaded from"):
        opened(str(tmp_path))
