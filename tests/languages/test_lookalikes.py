"""Look-alikes of print and of leetspeak: what is taken for what."""

import string

from textaug.languages.lookalikes import leet, printed


def test_all_letters_and_digits_are_misread_now_and_then():
    for character in string.ascii_letters + string.digits:
        assert printed().candidates(character)


def test_what_merges_in_print_splits_as_well():
    for pair, one in (("rn", "m"), ("cl", "d"), ("vv", "w"), ("fi", "ﬁ"), ("ii", "u"), ("li", "h")):
        assert one in printed().candidates(pair) and pair in printed().candidates(one)


def test_the_confusions_that_everyone_knows_are_there():
    for one, other in ("O0", "0O", "1l", "l1", "Il", "5S", "S5", "8B", "B8", "ec", "ce", "hb", "bh", "Z2", "6G", ".,"):
        assert other in printed().candidates(one)


def test_leetspeak_is_alike_for_both_cases_and_never_a_letter():
    for letter in string.ascii_lowercase:
        marks = leet().candidates(letter)
        assert marks == leet().candidates(letter.upper())
        assert not any(mark.isalpha() or len(mark) != 1 for mark in marks)
    assert leet().candidates("e") == ("3",) and leet().candidates("m") == ()
