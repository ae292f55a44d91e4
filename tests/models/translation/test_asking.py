"""As many answers as texts, in order, whatever a translator does."""

import pytest
from translating import Failing, Told, Toy, Wrong

from textaug.models.translation import Failure
from textaug.models.translation.asking import LEFT, answered, halved, there_and_back

TEXTS = ["one film", "two films", "one film", "three"]


def test_each_different_text_is_asked_for_once():
    toy = Toy()
    assert answered(toy, TEXTS, "en", "eo") == TEXTS
    assert toy.calls == [(["one film", "two films", "three"], "en", "eo")]
    assert answered(toy, [], "en", "eo") == [] and len(toy.calls) == 1


def test_a_wrong_number_of_answers_is_asked_for_in_halves():
    wrong = Wrong()
    assert answered(wrong, [*TEXTS, "is lost"], "en", "eo") == [*TEXTS, Failure("not one answer a text")]
    assert max(len(texts) for texts, *_ in wrong.calls) == 4


def test_halves_end_with_one_text():
    asked = []

    def ask(texts):
        asked.append(list(texts))
        return [text.upper() for text in texts] if "b" not in texts else None

    assert halved(ask, list("abcd"), "no") == ["A", Failure("no"), "C", "D"]
    assert asked == [list("abcd"), list("ab"), ["a"], ["b"], list("cd")]


@pytest.mark.parametrize(
    ("answer", "made"),
    [
        ("  fine \n", "fine"),
        ("two\r\n lines\u2028here", "two lines here"),
        ("", Failure("the answer is empty")),
        (" \n", Failure("the answer is empty")),
        (None, Failure("the answer is no text")),
        ("\ud83d", Failure("the answer is no valid text")),
        (Failure("HTTP 429"), Failure("HTTP 429")),
    ],
)
def test_an_answer_is_a_text_of_one_line_or_a_failure(answer, made):
    assert answered(Told(lambda text: answer), ["x"], "en", "eo") == [made]


def test_there_and_back_asks_back_only_what_arrived():
    failing = Failing()
    assert there_and_back(failing, ["fail", "films"], "en", "eo") == [Failure("HTTP 429"), "smlif"]
    assert [texts for texts, *_ in failing.calls] == [["fail", "films"], ["films"]]


def test_words_of_the_other_language_are_no_english():
    half = Told(lambda text: text.replace("hotel.", "hotelajn.").replace("firm", "company"))
    texts = ["a hotel.", "a firm", "no firm in Qqx"]
    assert there_and_back(half, texts, "en", "eo") == [LEFT, "a company", "no company in Qqx"]
    assert there_and_back(half, texts[:1], "sv", "eo") == ["a hotelajn."]  # other languages have no list of words
