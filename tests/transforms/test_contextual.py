"""Words of a masked language model: which, where, and the same ones however the work is cut."""

import dataclasses
import json
import shutil
from collections import Counter
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import tiny_masked

import textaug as ta
from textaug.cli import run as command
from textaug.engine import run
from textaug.languages import en, negators, zh_words
from textaug.models.masked import opened
from textaug.models.masked.candidates import ending, opposites, parts_of_speech, words_of
from textaug.models.masked.model import Ask
from textaug.models.masked.reading import Found
from textaug.models.masked.sites import Site
from textaug.transforms import contextual

FOLDER = tiny_masked.folder()
BOTH = (ta.MaskedLMReplace, ta.MaskedLMInsert)
LEFT = en.STOP_WORDS | negators.ENGLISH | zh_words.STOP_WORDS | negators.CHINESE


@pytest.fixture(scope="module")
def lines(reviews, chinese_reviews):
    """Return 160 real lines, English, Chinese and both."""
    english = [review[100 : 150 + 2 * k] for k, review in enumerate(reviews[:60])]
    chinese = [line[: 20 + k] for k, line in enumerate(chinese_reviews[3000:3060])]
    return [*english, *chinese, *(f"{a[:60]} {b[:20]}" for a, b in zip(english[:40], chinese[:40], strict=True))]


@pytest.fixture(scope="module", params=BOTH)
def done(request, lines):
    """Return (transform, lines, result) where every word was chosen."""
    made = request.param(model=FOLDER, rate=1.0, top_k=30)
    return made, lines, made.apply(lines, seed=3)


def edited(text, edits):
    """Return a text with edits in it."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def edits_of(done):
    """Yield the text before an edit, what it takes away, what it puts in, and what stands behind."""
    _, lines, result = done
    for text, edits in zip(lines, result.edits, strict=True):
        for edit in edits:
            yield text[: edit.start], text[edit.start : edit.end], edit.text, text[edit.end :]


# The same bytes.


class Noisy:
    """An engine whose logits differ with the batch, by as much as it says."""

    def __init__(self, engine, noise, told):
        self.limit, self.noise, self._engine, self._off, self.rows = engine.limit, told, engine, noise / 2, []

    def __call__(self, ids, mask, row, place):
        self.rows.append(len(ids))
        made = self._engine(ids, mask, row, place)
        seed = int.from_bytes(blake2b(ids.tobytes(), digest_size=8).digest(), "little")
        return made + np.random.default_rng(seed).uniform(-self._off, self._off, made.shape).astype(np.float32)


@pytest.fixture
def noisy(monkeypatch):
    """Put an engine with noise in the place of the tiny model's; return a function that does it."""
    held = opened(FOLDER)

    def put(noise, told):
        engine = Noisy(held.engine, noise, told)
        made = dataclasses.replace(held, engine=engine)
        monkeypatch.setattr(contextual, "opened", lambda spec, language: made)
        monkeypatch.setattr("textaug.models.masked.reading.words_of", lambda model, language: words_of(held, language))
        return engine

    return put


def in_batches(aug, rows, size):
    parts = [
        run(
            aug,
            pa.array(rows[first : first + size]),
            row_ids=np.arange(first, min(first + size, len(rows))).astype("u8"),
        )
        for first in range(0, len(rows), size)
    ]
    return [text for part in parts for text in part.text.to_pylist()]


@pytest.mark.parametrize("fields", [{}, {"top_p": 0.3}, {"top_k": 1}])
@pytest.mark.parametrize("cls", BOTH)
def test_a_row_alone_is_as_in_a_batch_though_batches_differ(noisy, lines, cls, fields):
    engine, aug = noisy(0.2, 0.2), cls(model=FOLDER, rate=0.4, **fields)
    some = lines[::2]
    together = in_batches(aug, some, 80)
    assert 1 in engine.rows and max(engine.rows) > 1  # some were asked about again
    assert in_batches(aug, some, 1) == in_batches(aug, some, 8) == together != some


def test_without_asking_again_it_would_not_be(noisy, lines):
    """The noise of the test above decides: who is told that there is none gets other words."""
    noisy(0.2, 0.0)
    aug = ta.MaskedLMReplace(model=FOLDER, rate=0.4)
    assert in_batches(aug, lines[::2], 1) != in_batches(aug, lines[::2], 80)


@pytest.mark.parametrize("cls", BOTH)
def test_batches_of_any_size_give_the_same(lines, cls):
    aug = cls(model=FOLDER, rate=0.3)
    assert in_batches(aug, lines, 1) == in_batches(aug, lines, 8) == in_batches(aug, lines, 64)


def test_two_workers_give_the_same(lines, tmp_path, capfd):
    pq.write_table(pa.table({"text": lines}), tmp_path / "rows.parquet", row_group_size=40)
    made = []
    for workers in (1, 2):
        out = tmp_path / f"{workers}.parquet"
        step = f"MaskedLMReplace(model={FOLDER!r}, rate=0.3)"
        given = ["augment", tmp_path / "rows.parquet", "-o", out, "-t", step, "--workers", workers]
        assert command([*map(str, given), "--json"]) == 0
        told = json.loads(capfd.readouterr().out)
        made.append((pq.read_table(out)["text"].to_pylist(), told["transforms"]))
    assert made[0] == made[1] and made[0][0] != lines
    assert made[0][0] == ta.MaskedLMReplace(model=FOLDER, rate=0.3)(lines)


# Which words.


def test_edits_say_what_was_done(done):
    _, lines, result = done
    (told,) = result.applied
    assert [edited(text, edits) for text, edits in zip(lines, result.edits, strict=True)] == result.text
    assert told.changed == told.eligible == sum(map(len, result.edits)) > 500 and told.label_effect == "may change"


def test_a_word_gives_way_to_another_one(done):
    for _, old, new, _ in edits_of(done):
        assert new.strip() not in (old, "")


def test_no_word_that_carries_grammar_or_negates_is_put_in_or_taken_out(done):
    for _, old, new, _ in edits_of(done):
        assert LEFT.isdisjoint({old, new.strip()}), (old, new)
        assert new[0] not in "不没无未非别莫勿" and not new.strip().endswith("n't")


def test_what_is_put_in_is_a_known_whole_word(done):
    known = {
        text for language in ("en", "zh") for held in words_of(opened(FOLDER), language).values() for text in held.texts
    }
    for before, _, new, after in edits_of(done):
        assert new.strip() in known
        if new.isascii():
            assert not (before[-1:].isascii() and before[-1:].isalpha())
            assert new.endswith(" ") or not (after[:1].isascii() and after[:1].isalpha())


def test_blanks_and_marks_stay(done):
    """Beside the blank behind a word that is put in."""
    transform, *_ = done
    for _, old, new, _ in edits_of(done):
        if transform.inserts:
            assert old == "" and new.count(" ") == new.isascii()
        else:
            assert old.strip() == old and new.strip() == new and old.isascii() == new.isascii()


def test_words_with_capitals_and_names_stay(done):
    for _, old, _, after in edits_of(done):
        word = old or after
        assert not word[0].isupper() and old.lower() == old


def test_a_and_an_agree_with_the_next_word(done):
    met = 0
    for before, _, new, _ in edits_of(done):
        article = before.split(" ")[-2:-1] if before.endswith(" ") else []
        if article and article[0].lower() in ("a", "an") and new.isascii():
            met += 1
            assert en.vowel_sound(new.strip()) == (article[0].lower() == "an"), (before[-9:], new)
    assert met > 20


def test_the_words_beside_are_not_said_twice(done):
    for before, _, new, after in edits_of(done):
        if new.isascii():
            assert new.strip() != after.strip().split(" ")[0] and new.strip() != before.strip().split(" ")[-1]


def test_antonyms_are_not_put_in():
    text = "a good film, a good story, a good book and a good time"
    made, against = set(), opposites("en")["good"]
    for seed in range(30):
        edits = ta.MaskedLMReplace(model=FOLDER, rate=1.0, top_k=70).apply(text, seed=seed).edits
        made |= {edit.text for edit in edits if text[edit.start : edit.end] == "good"}
    assert "bad" in against and against.isdisjoint(made) and len(made) > 10


@pytest.mark.parametrize(("top_k", "top_p"), [(6, 1.0), (20, 0.5)])
def test_words_come_as_often_as_the_model_finds_them_likely(top_k, top_p):
    """In 3,000 rows alike each word within 5 standard deviations of its share of the best ones' likelihood."""
    model, text = opened(FOLDER), "the film is here"
    group = words_of(model, "en")[1]
    (pieces,) = model.pieces([text])
    place = pieces.start.index(4)
    ids = [*pieces.ids[:place], model.vocabulary.mask, *pieces.ids[place + 1 :]]
    scores = model.alone(Ask(ids, [place]))[0][group.ids[:, 0]].astype(np.float64)
    may = group.pos & group.pos[group.number["film"]] != 0
    may &= (group.ending == 0) & (np.arange(len(may)) != group.number["film"])
    order = np.argsort(-np.where(may, scores, -np.inf))
    chances = np.exp(scores) / np.exp(scores).sum()
    before = np.concatenate([[0], np.cumsum(chances[order])[:-1]])
    some = order[: min(top_k, int((before < top_p).sum()))]
    given = {"rate": 1.0, "top_k": top_k, "top_p": top_p, "protect": ("here",)}
    made = ta.MaskedLMReplace(model=FOLDER, near=0, **given)([text] * 3000)
    counts = Counter(one.split()[1] for one in made)
    shares = chances[some] / chances[some].sum()
    assert set(counts) <= {group.texts[k] for k in some} and len(some) > 3
    for k, share in zip(some, shares, strict=True):
        assert abs(counts[group.texts[k]] - 3000 * share) < 5 * np.sqrt(3000 * share * (1 - share))


def test_where_nearness_is_all_that_counts_the_nearest_word_is_put_in():
    model, text = opened(FOLDER), "the old film is here"
    vectors = model.engine._weights["embeddings.word_embeddings.weight"]
    vectors = vectors - vectors.mean(0)
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    group = words_of(model, "en")[1]
    likeness = vectors[group.ids[:, 0]] @ vectors[group.ids[group.number["film"], 0]]
    may = group.pos & group.pos[group.number["film"]] != 0
    may &= (group.ending == 0) & ~np.isin(group.texts, ["film", "old", "is"])
    given = {"model": FOLDER, "rate": 1.0, "top_k": 1, "protect": ("old", "here")}
    assert ta.MaskedLMReplace(**given, near=1e6)(text).split()[2] == group.texts[np.argmax(np.where(may, likeness, -9))]
    with pytest.raises(ta.UsageError, match="near=-1: give a number of at least 0"):
        ta.MaskedLMReplace(near=-1)


def test_words_are_of_the_same_kind():
    text = "they walked home and played music, she helped him, we watched films and read books in the houses of actors"
    held = words_of(opened(FOLDER), "en")
    for seed in range(10):
        for edit in ta.MaskedLMReplace(model=FOLDER, rate=1.0, top_k=50).apply(text, seed=seed).edits:
            old = text[edit.start : edit.end]
            assert ending(old) == ending(edit.text)
            (group,) = (one for one in held.values() if edit.text in one.number)
            pos = int(group.pos[group.number[old]]) if old in group.number else 0
            assert not pos or pos & int(group.pos[group.number[edit.text]])
    done = ta.MaskedLMReplace(model=FOLDER, rate=1.0, top_k=50, same_pos=False).apply(text)
    assert any(ending(text[edit.start : edit.end]) != ending(edit.text) for edit in done.edits)


def test_what_is_put_before_a_word_is_an_adjective_or_an_adverb():
    text = "the film and the story of a city, and the houses of that time"
    group = words_of(opened(FOLDER), "en")[1]
    for seed in range(10):
        for edit in ta.MaskedLMInsert(model=FOLDER, rate=1.0, top_k=50).apply(text, seed=seed).edits:
            assert group.pos[group.number[edit.text.strip()]] & (4 | 8)


def test_adjectives_go_before_nouns_and_adverbs_before_verbs():
    noun, verb, adjective, adverb = 1, 2, 4, 8
    for word, wanted in (("actors", adjective), ("walked", adverb), ("film", adjective | adverb)):
        known = parts_of_speech(word, "en")
        assert (bool(known & noun), bool(known & verb)) == (bool(wanted & adjective), bool(wanted & adverb))
        found = Found(0, 0, 0, word, Site(0, 0, 1), ("", ""))
        assert ta.MaskedLMInsert()._kind(found, words_of(opened(FOLDER), "en")[1], "en") == (wanted, None)


@pytest.mark.parametrize("text", ["the old film is here", "we find him in a new house", "they saw it at night"])
@pytest.mark.parametrize("inserts", [False, True])
def test_the_best_of_one_is_the_models_best_word(text, inserts):
    """With the rules of which words may stand there spelt out once more."""
    model = opened(FOLDER)
    (pieces,) = model.pieces([text])
    group = words_of(model, "en")[1]
    given = {"model": FOLDER, "rate": 0.5, "max_units": 1, "top_k": 1, "same_pos": False}
    made = ta.MaskedLMInsert(**given) if inserts else ta.MaskedLMReplace(**given, near=0)
    found = 0
    for seed in range(8):
        done = made.apply(text, seed=seed)
        for edit in done.edits:
            at = pieces.start.index(edit.start)
            stop = at if inserts else pieces.end.index(edit.end) + 1
            if inserts or stop == at + 1:
                ids = [*pieces.ids[:at], model.vocabulary.mask, *pieces.ids[stop:]]
                logits = model.alone(Ask(ids, [at]))[0]
                before = text[: edit.start].split()[-1:]
                behind = text[edit.start if inserts else edit.end :].split()
                word = text[edit.start :].split()[0]
                barred = {
                    word,
                    *before,
                    *behind[: 2 if inserts else 1],
                    *([] if inserts else opposites("en").get(word, ())),
                }
                rank = [group.texts[k] for k in np.argsort(-logits[group.ids[:, 0]])]
                may = [w for w in rank if w not in barred and not (before == ["a"] and en.vowel_sound(w))]
                assert edit.text.strip() == may[0]
                found += 1
    assert found


# What stays.


@pytest.mark.parametrize("cls", BOTH)
def test_protected_words_and_annotated_spans_stay(cls):
    text = "the old film tells a good story of the city 我们喜欢这部电影的表演"
    spans = [(4, 12, "what"), (text.index("电影"), text.index("电影") + 2, "thing")]
    for seed in range(5):
        done = cls(model=FOLDER, rate=1.0, protect=("story",)).apply(text, spans=spans, seed=seed)
        assert [done.text[a:b] for a, b, _ in done.spans] == ["old film", "电影"] and " story " in done.text
        assert done.text != text
        kept = cls(model=FOLDER, rate=1.0, on_span="keep").apply(text, spans=spans, seed=seed)
        assert [label for *_, label in kept.spans] == ["what", "thing"]


@pytest.mark.parametrize("cls", BOTH)
def test_addresses_numbers_marks_and_names_stay(cls):
    text = "See http://film.org/good or ask @people about #movies: Paris cost $3.50, NOT 5%, e.g. in the U.S.! 👍🏽"
    for seed in range(5):
        made = cls(model=FOLDER, rate=1.0)(text, seed=seed)
        for part in ("http://film.org/good", "@people", "#movies", "Paris", "$3.50", "NOT 5%", "U.S.! 👍🏽"):
            assert part in made


@pytest.mark.parametrize("cls", BOTH)
def test_empty_rows_nulls_and_rows_without_words_stay(cls):
    rows = [None, "", " ", "12 34", "!?", "The", "不", "👍🏽", "\u200b", None]
    assert cls(model=FOLDER, rate=1.0)(rows) == rows
    assert cls(model=FOLDER, rate=1.0)([]) == []


def test_odd_characters_stay_around_a_word():
    for text in (
        "\u0301film",
        "a\u200b film",
        "film\u00ad",
        "İ film İ",
        "\ufb01ne film",
        "x\x00 film \ufffd",
        "é film é",
    ):
        for cls in BOTH:
            done = cls(model=FOLDER, rate=1.0).apply(text)
            assert edited(text, done.edits) == done.text


# How many, and how long.


@pytest.mark.parametrize("cls", BOTH)
def test_the_realised_rate_is_the_one_asked_for_at_every_place(cls):
    """400 rows of 30 words, at a rate of 0.2: each place within 5 standard deviations, and no rows alike."""
    rows = ["good " * 30] * 400
    done = cls(model=FOLDER, rate=0.2).apply(rows)
    (told,) = done.applied
    places = np.zeros((400, 30))
    for k, edits in enumerate(done.edits):
        places[k, [edit.start // 5 for edit in edits]] = 1
    assert told.eligible == 12_000 and told.changed == places.sum() and told.realised == told.changed / 12_000
    assert abs(told.changed - 2400) < 5 * np.sqrt(12_000 * 0.16)
    assert (abs(places.sum(0) - 80) < 5 * np.sqrt(400 * 0.16)).all()
    assert len(set(done.text)) > 390


@pytest.mark.parametrize("cls", BOTH)
def test_rows_of_thousands_of_words_are_read_in_windows(cls):
    words = ("the old film tells a good story of people who play music in the city and read books " * 180).split()
    text = " ".join(words[:3000])
    done = cls(model=FOLDER, rate=0.3).apply([text, "the old film", text + " 我们喜欢看电影" * 300])
    changed = [len(edits) for edits in done.edits]
    assert changed[0] > 250 and changed[2] > changed[0] + 100
    assert max(edit.start for edit in done.edits[0]) > len(text) * 0.95  # to the end
    assert [edited(one, edits) for one, edits in zip([text, "the old film"], done.edits, strict=False)] == done.text[:2]


def test_texts_in_two_languages_are_changed_in_both():
    text = "这部 film 的 story 很好看，演员 really 喜欢 the music，我们看了三次。"
    olds = {
        text[edit.start : edit.end]
        for seed in range(5)
        for edit in ta.MaskedLMReplace(model=FOLDER, rate=1.0).apply(text, seed=seed).edits
    }
    assert {"film", "story", "music"} <= olds and any(not old.isascii() for old in olds)


def test_models_that_come_with_textaug_are_given_rows_of_their_language(monkeypatch, tmp_path):
    for language in ("en", "zh"):
        shutil.copytree(FOLDER, tmp_path / language)
    monkeypatch.setattr("textaug.models.masked.DATA", tmp_path)
    rows = ["这部 film 很好看，演员喜欢音乐，我们看了三次。", "a good film by 张艺谋 about a house", "电影 music"]
    olds = [set(), set(), set()]
    for seed in range(9):
        for old, text, edits in zip(olds, rows, ta.MaskedLMReplace(rate=1.0).apply(rows, seed=seed).edits, strict=True):
            old |= {text[edit.start : edit.end] for edit in edits}
    assert olds[0] and not any(old.isascii() for old in olds[0])
    assert olds[1] and all(old.isascii() for old in olds[1])
    assert {old.isascii() for old in olds[2]} == {True, False}  # half and half: both
    skipped = ta.MaskedLMReplace(rate=1.0).apply(rows[:2]).applied[0].skipped
    assert skipped["'en' in a row of another language"] == 1 and skipped["'zh' in a row of another language"] >= 1


# Models.


@pytest.mark.parametrize("cls", BOTH)
def test_without_a_model_there_is_a_remedy_as_soon_as_one_is_needed(cls, monkeypatch, tmp_path):
    monkeypatch.setattr("textaug.models.masked.DATA", tmp_path)
    assert cls(rate=0.0)(["good film", "好看的电影"]) == ["good film", "好看的电影"]
    assert cls(max_units=0)("good film") == "good film" and cls(p=0.0)("good film") == "good film"
    assert cls()("12 34") == "12 34"
    for text in ("good film", "好看的电影"):
        with pytest.raises(ta.UsageError, match="no masked language model comes with textaug for"):
            cls(rate=1.0)(text)
    with pytest.raises(ta.UsageError, match="no masked language model comes"):
        cls().reads()


def test_what_a_model_says_is_named_by_its_hash():
    told = ta.MaskedLMReplace(model=FOLDER).reads()
    assert told == {FOLDER: opened(FOLDER).identity} and len(told[FOLDER]) == 32


def test_a_model_without_enough_words_for_a_place_leaves_it(tmp_path):
    """Nothing that begins with a vowel fits behind `an`; one word has no other beside it."""
    words = [word for word in tiny_masked.CONTENT.split() if word[0] not in tiny_masked.LETTERS[0::4] + "uo"]
    letters = [*tiny_masked.LETTERS, *(f"##{one}" for one in tiny_masked.LETTERS)]
    tiny_masked.write(tmp_path / "consonants", [*tiny_masked.SPECIAL, "the", "an", "a", *words, "##x"], 64, 1)
    tiny_masked.write(tmp_path / "none", [*tiny_masked.SPECIAL, *letters, "the", "film"], 64, 1)
    for cls in BOTH:
        done = cls(model=str(tmp_path / "consonants"), rate=1.0).apply(["an film is a story", "the film"])
        assert done.text[0].startswith("an film") and done.text[1] != "the film"
