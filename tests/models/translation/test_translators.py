"""Opening translators by name."""

import pytest
import translating

from textaug.errors import UsageError
from textaug.models.translation import KINDS, Failure, Translator, known, opened


def test_a_kind_is_opened_once_with_what_stands_behind_the_colon():
    made = opened("toy:some:thing")
    assert isinstance(made, translating.Toy) and made.identity == "toy some:thing"
    assert opened("toy:some:thing") is made and isinstance(made, Translator)


def test_an_unknown_kind_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r"no translator 'apertum'; did you mean 'apertium'\?.*kind:argument"):
        opened("apertum")
    assert all(known(kind) == kind for kind in KINDS)


def test_a_failure_is_compared_by_its_reason():
    assert Failure("HTTP 429") == Failure("HTTP 429") != Failure("HTTP 500")


def test_something_else_is_no_translator():
    assert not isinstance("apertium", Translator) and not isinstance(object(), Translator)
