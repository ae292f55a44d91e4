"""Keyboards: neighbours are mutual, of one kind and one case, on every layout."""

import string

import pytest

from textaug.languages.keyboards import LAYOUTS, neighbours

LATIN = string.ascii_letters + string.digits
BESIDE = {
    "qwerty": {"g": "tyfhvb", "q": "wa", "5": "46", "p": "ol", "A": "QWSZ", "0": "9", "z": "asx"},
    "qwertz": {"z": "tugh", "y": "asx", "ä": "üö", "ß": "pü", "P": "OÜLÖ", "ü": "ßpöä"},
    "azerty": {"a": "zqé", "m": "plù", "é": "az", "q": "azsw", "Q": "AZSW", "à": "çop", "7": "68"},
    "jcuken": {"п": "енарми", "ж": "зхдэю", "Й": "ЦФ", "4": "35"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_key_lies_beside_those_that_touch_it(layout):
    for key, beside in BESIDE[layout].items():
        assert set(neighbours(layout).candidates(key)) == set(beside)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_neighbours_are_mutual_and_of_one_kind(layout):
    table = neighbours(layout)
    keys = {key for row in LAYOUTS[layout] for key in row if key.isalnum()}
    keys |= {key.upper() for key in keys if len(key.upper()) == 1}
    for key in keys:
        beside = table.candidates(key)
        assert beside and key not in beside and set(beside) <= keys
        assert all(key in table.candidates(other) or key == "ß" or other == "ß" for other in beside)
        assert all((other.isdigit(), other.isupper()) == (key.isdigit(), key.isupper()) for other in beside)


@pytest.mark.parametrize("layout", ["qwerty", "qwertz", "azerty"])
def test_latin_layouts_have_all_letters_and_digits(layout):
    assert all(neighbours(layout).candidates(key) for key in LATIN)


def test_qwerty_has_nothing_else():
    table = neighbours("qwerty")
    assert not any(table.candidates(chr(point)) for point in range(0x300) if chr(point) not in LATIN)
