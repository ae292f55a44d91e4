"""Sentences deleted and said twice."""

import textaug as ta


def test_sentences_go_with_the_blanks_beside_them():
    text = " One.  Two.\nThree. "
    made = {ta.SentenceDelete(rate=0.5)(text, seed=seed) for seed in range(60)}
    assert made == {
        text, " Two.\nThree. ", " One.  Three. ", " One.  Two. ", " One. ", " Two. ", " Three. ", " " + " ",
    }  # fmt: skip


def test_a_sentence_said_twice_follows_itself():
    assert ta.SentenceDuplicate(rate=1.0)("It rained. We left") == "It rained. It rained. We left. We left"
    assert ta.SentenceDuplicate(rate=1.0)("下雨了。我们走了") == "下雨了。下雨了。我们走了。我们走了"
    done = ta.SentenceDuplicate(rate=1.0).apply("Anna left. It rained.", spans=[(0, 4, "PER")])
    assert done.text == "Anna left. It rained. It rained." and done.applied[0].eligible == 1
