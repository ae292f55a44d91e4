"""Differences and summaries, as a person sees them."""

import io

from hypothesis import given
from hypothesis import strategies as st

from textaug.edits import diff
from textaug.report.docs import parameters, prose
from textaug.report.html import diff_html, diffs_html
from textaug.report.segments import Segment, around, segments
from textaug.report.terminal import console, diff_text, summary

WORDS = ["the", "film", "was", "not", "a", "very", "good", "one", "😀", "电影", "<b>", "&"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_segments_hold_both_texts(before, after):
    parts = list(segments(before, diff(before, after)))
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "gone") == after


@given(TEXTS, TEXTS, st.integers(0, 20))
def test_context_shortens_only_what_stayed(before, after, context):
    parts = list(segments(before, diff(before, after)))
    short = list(around(parts, context))
    assert [part for part in short if part.kind != "same"] == [part for part in parts if part.kind != "same"]
    assert all(len(a.text) <= len(b.text) for a, b in zip(short, parts, strict=True))


def test_html_escapes_text_and_names_the_transform():
    made = diff_html("<b>x</b>", "", [(0, 3, "&", 'Odd"Name')])
    assert "&lt;b&gt;" in made and "<b>" not in made and "&amp;" in made and "Odd&quot;Name" in made
    assert diff_html("a good film", "a fine film").count("<del") == 1
    assert diffs_html([("a", "b", None), ("c", "c", None)]).count("<tr>") == 2


def test_a_terminal_is_not_steered_by_the_text():
    text = diff_text([Segment("same", "a\x1b[2Jb\nc\x07")], colour=False)
    assert text.plain == "a�[2Jb⏎c�"


def test_a_summary_says_asked_and_realised():
    done = {
        "output": "out.parquet", "rows_in": 1000, "rows_out": 2000, "rows_changed": 900, "rows_rejected": 3,
        "rejected": "out_rejected.jsonl", "parts": 4, "parts_resumed": 1, "seconds": 2.0, "rows_per_second": 500,
        "megabytes_per_second": 1.5, "peak_memory": 10**8,
        "transforms": [{"name": "CharSwap", "asked": 0.1, "realised": 0.1012, "changed": 55, "rows": 40},
                       {"name": "Other", "asked": None, "realised": None, "changed": 0, "rows": 0}],
    }  # fmt: skip
    stream = io.StringIO()
    console(stream, width=100).print(summary(done))
    shown = stream.getvalue()
    for part in (
        "1,000 rows → 2,000",
        "3 set aside in out_rejected.jsonl",
        "0.1000    0.1012",
        "1 of 4 parts",
        "100 MB",
        "–",
    ):
        assert part in shown


def test_docstrings_are_taken_apart():
    from textaug import WordShuffle

    rows = {name: (kind, default, told) for name, kind, default, told in parameters(WordShuffle)}
    assert rows["p"][1] == "1.0" and rows["p"][2].startswith("the chance") and rows["window"][2]
    assert "Args" not in prose(WordShuffle) and prose(WordShuffle)
