"""Confusables: what the table holds, beside another reading of Unicode's list and Unicode's own properties."""

import string
import unicodedata
from collections import defaultdict

import pytest
import regex

from textaug.languages.confusables import alike, confusables, read, script_of, scripts

ROWS = [(script, one, other) for script, one, others in read() for other in others]


def test_the_table_agrees_with_another_reading_of_unicodes_list():
    """The package `confusable_homoglyphs` ships the list of another version of Unicode: links between characters."""
    package = pytest.importorskip("confusable_homoglyphs.confusables")
    links = defaultdict(set)
    for one, others in package.confusables_data.items():
        for other in others:
            links[one].add(other["c"])
            links[other["c"]].add(one)
    for _, one, other in ROWS:
        assert other in links[one] or links[other] & links[one], (one, other)


def test_look_alikes_are_of_the_script_that_they_are_listed_under():
    for script, one, other in ROWS:
        if script == "Styled":
            assert unicodedata.normalize("NFKC", other) == one and other != one
        elif script == "Han":
            assert 0x2E80 <= ord(other) <= 0x2FDF
        else:
            assert regex.fullmatch(rf"\p{{Script={script}}}", other)


def test_look_alikes_stand_alone_and_do_not_turn_the_text():
    for _, one, other in ROWS:
        assert unicodedata.category(other)[0] in "LNPS" and not other.isascii()
        assert unicodedata.bidirectional(other) not in ("R", "AL", "AN", "NSM")
        assert regex.findall(r"\X", f"a{other}b") == ["a", other, "b"]
        assert not (one.isupper() and other.islower()) and not (one.islower() and other.isupper())


def test_most_letters_have_look_alikes_and_every_one_has_a_styled_form():
    default = confusables(("Latin", "Greek", "Cyrillic", "Armenian"))
    missing = {letter for letter in string.ascii_letters if not default.candidates(letter)}
    assert missing == set("DLQRbfkmt")
    assert all(confusables(("Styled",)).candidates(character) for character in string.ascii_letters + string.digits)


def test_the_best_known_look_alikes_are_there():
    table = confusables(scripts())
    for one, other in ("aа", "eе", "oο", "pр", "cс", "HН", "nո", "A𝐀", "-‐", "力カ", "人⼈", "门⻔", "3З"):
        assert other in table.candidates(one)
    for one, other in ("土⼠", "l1", "oσ", "oο\u0301"[:1] + "0"):
        assert other not in table.candidates(one)


def test_a_likeness_is_read_from_both_sides_and_through_the_prototype():
    lines = ["\ufeff# a comment", "0430 ;\t0061 ;\tMA\t# a → a", "03B1 ; 0061 ; MA", "1D5F3 ; 0066 0066 ; MA", ""]
    assert set(alike(lines)) == {(one, other) for one in "aаα" for other in "aаα" if one != other}


@pytest.mark.parametrize(
    ("one", "other", "script"),
    [
        ("a", "а", "Cyrillic"),
        ("a", "𝐚", "Styled"),
        ("a", "𝛂", None),
        ("l", "ا", None),
        ("o", "ං", None),
        ("C", "Ⅽ", "Styled"),
        ("c", "С", None),
        ("0", "О", "Cyrillic"),
        (" ", "\u00a0", None),
        ("口", "囗", None),
        ("口", "ロ", "Katakana"),
        ("м", "m", None),
    ],
)
def test_what_reads_alike_in_running_text(one, other, script):
    assert script_of(one, other) == script
