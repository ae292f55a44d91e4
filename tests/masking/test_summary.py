"""What was masked, counted and shown: against a plain count, and as a person reads it."""

import io
import random
import re
from html import unescape

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.errors import DataError, UsageError
from textaug.masking import (
    AlwaysMask,
    Bernoulli,
    Column,
    Exact,
    Masking,
    Phrases,
    Replace,
    Rows,
    Sentiment,
    Vocabulary,
    Words,
    preview,
    summary,
)
from textaug.masking.realised import LONGEST, Tally
from textaug.report.masked import preview_html, said, summary_html, summary_text, tokens_text

NAMES = ("[PAD]", "[CLS]", "[MASK]", *(f"w{k}" for k in range(20)), *(f"##x{k}" for k in range(10)))
HELD = Vocabulary(NAMES, (0, 1, 2), mask=2, pad=0, style="wordpiece")


@st.composite
def masked(draw):
    """Draw masked rows: ids, labels and word numbers; `[CLS]` first, some tokens without a word."""
    rows, numbers = [], []
    for _ in range(draw(st.integers(1, 8))):
        words = draw(st.lists(st.integers(1, 12), max_size=8))
        unit = [k for k, size in enumerate(words) for _ in range(size)]
        gap = draw(st.sets(st.integers(0, max(len(unit) - 1, 0)), max_size=2))
        numbers.append([-1, *(-1 if k in gap else number for k, number in enumerate(unit))])
        rows.append([1, *draw(st.lists(st.integers(3, 32), min_size=len(unit), max_size=len(unit)))])
    masking = draw(st.sampled_from([Bernoulli(0.3), Exact(0.4), Bernoulli(1.0), Bernoulli(0.0)]))
    units = draw(st.sampled_from([Column("word_ids"), Words(column="none"), Column("word_ids", over=Words("none"))]))
    made = Masking(units, masking, Replace(0.6, 0.2)).mask(rows, HELD, columns={"word_ids": numbers})
    return made.input_ids, made.labels, numbers


def runs(numbers):
    """The runs of equal numbers that are not -1: (first, end)."""
    found, at = [], 0
    while at < len(numbers):
        end = at
        while end < len(numbers) and numbers[end] == numbers[at]:
            end += 1
        if numbers[at] >= 0:
            found.append((at, end))
        at = end
    return found


def ratio(pairs):
    """A share and its error as textbooks have them: the ratio estimator, rows as clusters."""
    hits, total = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    if not total:
        return hits, total, None, None
    rate, n = hits / total, len(pairs)
    spread = sum((a - rate * b) ** 2 for a, b in pairs) / (n - 1) if n > 1 else None
    return hits, total, rate, None if spread is None else (n * spread) ** 0.5 / total


def same(share, wanted):
    got = (share.count, share.of, share.rate, share.error)
    return all(a == b if a is None or b is None else abs(a - b) < 1e-9 for a, b in zip(got, wanted, strict=True))


@given(masked())
def test_the_summary_is_what_a_plain_count_gives(data):
    ids, labels, numbers = data
    made = summary(ids, labels, HELD, columns={"word_ids": numbers})
    pairs = list(zip(ids, labels, strict=True))
    hits = [[k for k, label in enumerate(row) if label != -100] for row in labels]
    may = [len(row) - 1 for row in ids]
    assert (made.rows, made.tokens) == (len(ids), sum(map(len, ids)))
    assert same(made.selected, ratio([(len(a), b) for a, b in zip(hits, may, strict=True)]))
    kinds = {
        "mask": lambda new, old: new == 2,
        "kept": lambda new, old: new == old,
        "replaced": lambda new, old: new not in (2, old),
    }
    for name, is_it in kinds.items():
        counts = [
            (sum(is_it(new[k], old[k]) for k in hit), len(hit)) for (new, old), hit in zip(pairs, hits, strict=True)
        ]
        assert same(made.split[name], ratio(counts))
    assert same(made.empty, ratio([(bool(b and not a), bool(b)) for a, b in zip(hits, may, strict=True)]))
    for tenth, share in enumerate(made.position):
        places = [[k for k in range(b) if k * 10 // b == tenth] for b in may]
        inside = [(sum(k + 1 in hit for k in one), len(one)) for one, hit in zip(places, hits, strict=True)]
        assert same(share, ratio(inside))
    units = [runs(row) for row in numbers]
    taken = [[sum(a <= k < b for k in hit) for a, b in one] for one, hit in zip(units, hits, strict=True)]
    sizes = [[b - a for a, b in one] for one in units]
    held = made.units["word_ids"]
    both = list(zip(taken, sizes, strict=True))
    assert same(held.whole, ratio([(sum(map(int.__eq__, t, s)), len(s)) for t, s in both]))
    assert same(held.broken, ratio([(sum(0 < a < b for a, b in zip(t, s, strict=True)), len(s)) for t, s in both]))
    for k, share in enumerate(held.lengths, 1):
        wanted = [[(a > 0) for a, b in zip(t, s, strict=True) if min(b, LONGEST) == k] for t, s in both]
        assert same(share, ratio([(sum(one), len(one)) for one in wanted]))


@given(masked(), st.integers(1, 4))
def test_batches_add_up_and_padding_does_not_count(data, step):
    ids, labels, numbers = data
    whole = summary(ids, labels, HELD, columns={"word_ids": numbers})
    tally = Tally(HELD)
    for at in range(0, len(ids), step):
        rows = slice(at, at + step)
        tally.add(ids[rows], labels[rows], columns={"word_ids": numbers[rows]})
    assert tally.summary() == whole
    arrow = summary(pa.array(ids), pa.array(labels), HELD, columns={"word_ids": pa.array(numbers)})
    assert arrow == whole
    width = max(map(len, ids)) + 2

    def wide(rows, fill):
        return np.array([row + [fill] * (width - len(row)) for row in rows])

    padded = summary(wide(ids, 0), wide(labels, -100), HELD, columns={"word_ids": wide(numbers, -1)})
    assert (padded.selected, padded.split, padded.empty) == (whole.selected, whole.split, whole.empty)
    assert (padded.position, padded.units) == (whole.position, whole.units)


def test_the_realised_rate_is_within_its_error_of_what_was_asked():
    draw = random.Random(1)
    rows = [[draw.randrange(3, 33) for _ in range(draw.randrange(5, 60))] for _ in range(4000)]
    made = Masking(Words(), Bernoulli(0.15), Replace()).mask(rows, HELD)
    found = summary(made.input_ids, made.labels, HELD)
    asked = [(found.selected, 0.15), (found.split["mask"], 0.8), (found.split["replaced"], 0.1 * 29 / 30)]
    asked += [(share, 0.15) for share in (*found.position, *found.units["word_ids"].lengths[:4])]
    for share, rate in asked:
        assert abs(share.rate - rate) < 5 * share.error and share.error < 0.02
    assert found.units["word_ids"].broken.count == 0


def test_rows_that_do_not_fit_are_refused():
    with pytest.raises(DataError, match="row 0: 'labels' has 2 values, and input_ids 3"):
        summary([[3, 4, 5]], [[-100, 4]], HELD)
    with pytest.raises(DataError, match="row 0: 'word_ids' has 1 values"):
        summary([[3, 4, 5]], [[-100] * 3], HELD, columns={"word_ids": [[0]]})
    with pytest.raises(UsageError, match="no labels, and no masking"):
        preview([[3]], None, HELD)


def test_nothing_at_all_is_summarised_too():
    made = Tally(HELD).summary()
    assert made.selected.rate is None and made.to_dict()["split"]["mask"]["of"] == 0
    assert summary([[1]], [[-100]], HELD).empty.of == 0


@given(masked())
def test_a_preview_shows_every_token_and_what_became_of_it(data):
    ids, labels, numbers = data
    shown = preview(ids, labels, HELD, columns={"word_ids": numbers})
    for row, new, old, units in zip(shown.rows, ids, labels, numbers, strict=True):
        assert [one.now for one in row] == [NAMES[id] for id in new]
        assert [one.was for one in row] == [NAMES[a if b == -100 else b] for a, b in zip(new, old, strict=True)]
        assert [one.kind in ("mask", "random", "kept") for one in row] == [label != -100 for label in old]
        found = [k for k, one in enumerate(row) if one.opens]
        assert found == [a for a, b in runs(units) if b - a > 1]
        assert [k + 1 for k, one in enumerate(row) if one.closes] == [b for a, b in runs(units) if b - a > 1]
        plain = tokens_text(row, colour=False).plain
        assert plain.count("⟨") == plain.count("⟩") == len(found)
        assert "".join(tokens_text(row, colour=True).plain.split()) == "".join(map(said, row))
    page = preview_html(shown)
    assert "".join(unescape(re.sub("<[^>]*>", "", page)).split()).endswith("".join(map(said, shown.rows[-1])))
    assert page.count('title="masked') == 1 + sum(one.kind == "mask" for row in shown.rows for one in row)


def test_what_is_shown_reads_as_it_should():
    names = ("[PAD]", "[CLS]", "[MASK]", "play", "##ing", "the", "哈", "利", "波", "特", "<b>")
    held = Vocabulary(names, (0, 1, 2), mask=2, pad=0, style="wordpiece")
    old = [1, 5, 3, 4, 6, 7, 8, 9, 10, 0]
    new = [1, 5, 2, 5, 6, 2, 8, 9, 10, 0]
    labels = [-100, -100, 3, 4, -100, 7, 8, -100, -100, -100]
    shown = preview([new], [labels], held, columns={"word_ids": [[-1, 0, 1, 1, 2, 2, 2, 2, 3, -1]]})
    assert str(shown).splitlines()[-1] == "[CLS] the ⟨play→[MASK] ##ing→the⟩ ⟨哈 利→[MASK] 波= 特⟩ <b>"
    assert "a→[MASK] masked" in str(shown).splitlines()[0]
    page = shown._repr_html_()
    assert "&lt;b&gt;" in page and "<b>" not in page and 'title="masked, unit 2"' in page
    styles = {str(span.style) for span in tokens_text(shown.rows[0], colour=True).spans}
    assert {"bold red underline", "bold yellow underline", "bold cyan underline", "underline", "dim"} <= styles
    masking = Masking(Phrases(over=None), Bernoulli(1.0), AlwaysMask())
    again = preview([old], None, held, masking=masking, columns={"phrase_ids": [[-1, -1, 0, 0, *[-1] * 6]]})
    assert str(again).splitlines()[-1] == "[CLS] the ⟨play→[MASK] ##ing→[MASK]⟩ 哈利波特 <b>"


def test_similar_words_and_units_with_gaps_are_told():
    names = ("[PAD]", "[MASK]", "service", "was", "bad", "food")
    held = Vocabulary(names, (0, 1), mask=1, pad=0)
    columns = {"sentiment_ids": [[-1, -1, 0, -1]], "pair_ids": [[0, -1, 0, -1]]}
    masking = Masking(Sentiment(over=None), Bernoulli(1.0), AlwaysMask())
    shown = preview([[2, 3, 4, 5]], None, held, masking=masking, columns=columns)
    assert str(shown).splitlines()[-1] == "⟨⁰service→[MASK]⟩ was ⟨⁰bad→[MASK]⟩ food"

    class Similar:
        def corrupt(self, numbering, selected, sheet):
            made = Replace(1.0, 0.0).corrupt(numbering, selected, sheet)
            return type(made)(made.offsets, made.at, np.full(len(made.at), 5), np.full(len(made.at), 4, np.uint8))

    shown = preview([[2, 3]], None, held, masking=Masking(budget=Bernoulli(1.0), corruption=Similar()))
    assert str(shown).splitlines()[-1] == "service≈food was≈food"


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_texts_of_marked_vocabularies_are_read_as_they_were_written(tokenizers, kind):
    held = tokenizers[kind]
    text = "The movie was very good, 这部电影很好看。"
    ids = held(text)["input_ids"]
    shown = preview([ids], [[-100] * len(ids)], held)
    plain = tokens_text(shown.rows[0], colour=False).plain
    assert plain.translate(dict.fromkeys(map(ord, "⟨⟩▁"))).startswith("<s> The movie was very good, ")


def test_tables_say_the_same_on_a_terminal_and_in_a_notebook():
    made = Masking(Words(), Exact(0.3), Replace()).mask([[3, 23, 4, 5, 24, 25]] * 20, HELD)
    done = summary(made.input_ids, made.labels, HELD)
    from rich.console import Console

    screen = Console(width=100, record=True, file=io.StringIO())
    screen.print(summary_text(done))
    plain = screen.export_text()
    page = unescape(re.sub("<[^>]*>", " ", summary_html(done)))
    for words in ("20 rows, 120 tokens", "selected tokens", "90–100 %", "units of word_ids", "2 tokens", "in part"):
        assert words in plain and words in page
    assert f"{done.selected.rate:.4f}" in plain and f"{done.selected.error:.4f}" in page
    assert done._repr_html_() == summary_html(done)


def test_rows_of_tensors_are_taken(tokenizers):
    torch = pytest.importorskip("torch")
    ids, labels = torch.tensor([[3, 2, 5]]), torch.tensor([[-100, 4, -100]])
    assert summary(ids, labels, HELD).selected.count == 1
    assert preview(ids, labels, HELD).rows[0][1].was == NAMES[4]
    assert isinstance(Rows.of(ids), Rows)
