"""Pieces of texts, placeholders for what is protected, and the edits that answers come to."""

import re

import numpy as np
import pytest
from hypothesis import given
from strategies import rows_of_text, tile

from textaug.batch import Ranges
from textaug.transforms.rewriting import FORMS, Piece, pieces

PLACEHOLDER = re.compile(r"XQ\d+Z")


def guarded(batch, *ranges):
    from dataclasses import replace

    start, end = np.array(ranges, np.int32).reshape(-1, 2).T.copy()
    return replace(batch, guarded=Ranges.union(start, end))


def asked(*rows):
    return [(piece.row, piece.asked) for piece in pieces(tile(rows))]


def test_pieces_are_sentences_and_their_lines():
    assert asked("It rained.  Dr. Smith\n left! ", "", " ", "我们走了。他没走。") == [
        (0, "It rained."),
        (0, "Dr. Smith"),
        (0, "left!"),
        (3, "我们走了。"),
        (3, "他没走。"),
    ]


def test_what_has_no_letters_is_no_piece():
    assert asked("... 5!", "http://a.bc/d", "<br /> &amp; :-)") == []


def test_addresses_and_markup_are_kept():
    assert asked("See http://a.bc/d or <b>ask</b> @bob &amp; me@foo.org, #film.") == [
        (0, "See XQ0Z or XQ1ZaskXQ2Z XQ3Z XQ4Z XQ5Z, XQ6Z.")
    ]
    assert asked("a <b", "c> d") == [(0, "a <b"), (1, "c> d")]  # markup does not go from row to row


def test_a_kept_range_over_two_sentences_makes_them_one_piece():
    batch = guarded(tile(["Hello there. My\nfriend went. Home."]), (6, 22))
    assert [piece.asked for piece in pieces(batch)] == ["Hello XQ0Z went.", "Home."]


def test_placeholders_are_not_those_of_the_text():
    batch = guarded(tile(["An XQ7Z and Rome"]), (12, 16))
    (piece,) = pieces(batch)
    assert piece.asked == "An XQ7Z and XJ0K" and not piece.fault("XJ0K XQ7Z")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("in XQ1Z with XQ0Z", "protected text changed places"),
        ("XQ0Z in", "protected text was lost"),
        ("XQ0Z in XQ1Z and XQ1Z", "protected text came back twice"),
        ("XQ0Z in XQ1Z and XQ2Z", "protected text was lost"),
        ("xq0z in XQ1Z", "protected text was lost"),
        ("XQ0Z, in, XQ1Z", ""),
    ],
)
def test_placeholders_that_do_not_come_back_are_told(answer, fault):
    assert Piece(0, 0, ("", "Ann", " in ", "Rome", "."), FORMS[0]).fault(answer) == fault


def test_edits_are_words_in_bytes_and_never_touch_what_is_kept():
    piece = Piece(0, 10, ("Café by ", "Zoë", " was good."), FORMS[0])
    assert [*piece.edits("A café by XQ0Z were good, too.")] == [
        (10, 15, "A café"),
        (24, 27, "were"),
        (32, 32, ", too"),
    ]


@given(rows=rows_of_text)
def test_pieces_come_to_no_edits_where_the_answer_is_the_question(rows):
    batch = tile(rows)
    for piece in pieces(batch):
        assert piece.asked == piece.asked.strip() and "\n" not in piece.asked and "\r" not in piece.asked
        text = "".join(piece.parts)
        assert batch.data[piece.start :].tobytes().decode().startswith(text)
        assert not piece.fault(piece.asked) and not [*piece.edits(piece.asked)]
