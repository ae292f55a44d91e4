"""What the laws run over: texts that people write, texts that nobody should, edits, spans, recipes."""

import dataclasses
from itertools import pairwise

import numpy as np
import tiny_masked
import translating  # noqa: F401
from hypothesis import settings
from hypothesis import strategies as st

import textaug as ta
from textaug.batch import Batch
from textaug.edits import Edits
from textaug.kernels.reference.masking import marked as marks_of
from textaug.units import chars

SENTENCES = [
    "The plot is thin, but the actors save it.",
    "I didn't like the film's ending -- a huge waste of 3.5% of my life, e.g. the U.S. part.",
    "Happy people bought an old house near the big lake, and they walked home quickly.",
    "WOW!!! See http://imdb.com/title?id=7, mail me@foo.co.uk or ask @bob about #film 👍🏽",
    "bad.<br /><br />The acting was good &amp; cheap; rock'n'roll is state-of-the-art",
    "An impressive review: the director reported a conclusion that nobody expected. Dr. Smith did not like it.",
    "这部电影很好看，我非常喜欢男主角的表演。",
    "总的来说，剧情拖沓；演员还行，可以看看！",
    "我爱Python编程3年了，iPhone 15很贵，但是好用。",
    "Привет, мир! Ελλάδα, שלום עולם, مرحبا بالعالم, 한국어와 カタカナ, สวัสดี",
    "tab\tand\r\nnew  lines \n with   blanks ",
    "Alice Smith flew from London to Japan, and an Italy fan met 张建国 in 北京.",
]
PIECES = [
    *"aabbccdeEZ019  .,;'-\t\n",
    *["\u200d", "\u200b", "\u202e", "\ufeff", "\u0301", "\u3000", "\u00a0", "\x00", "\x7f"],
]
MORE = """
the a an good walked Happy U.S. 3.5% don't well-known http://a.b/c me@x.org @me #tag <br/> &amp;
é e\u0301 ñ ß д ش ש अ क\u094dष 中 文 我们 喜喜 哈 𠀀 ア 한 \u1112\u1161\u11ab ， 。 ！
😀 👍🏽 🇩🇪 🇩 ❤\ufe0f 1\ufe0f\u20e3 👨\u200d👩\u200d👧
"""
PIECES += MORE.split()
NO_LIMIT = 0x7FFFFFFF
U64 = st.integers(0, 2**64 - 1)
fewer = settings(max_examples=settings().max_examples // 2)  # for a law that every transform is held to, one by one

odd_texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
real_texts = st.sampled_from(SENTENCES)
texts = st.one_of(odd_texts, real_texts, st.text(max_size=20), st.sampled_from(["", "a", " ", "中", "👍🏽"]))
rows_of_text = st.lists(texts, max_size=6)
columns = st.lists(st.one_of(texts, st.none()), max_size=6)
shares = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
rates = st.one_of(shares, st.tuples(shares, shares).map(lambda pair: tuple(sorted(pair))))


def tile(rows, ids=None, active=None):
    """Return rows of text as a batch."""
    parts = [row.encode() for row in rows]
    return Batch(
        np.frombuffer(b"".join(parts), np.uint8),
        np.cumsum([0, *map(len, parts)]).astype(np.int32),
        np.arange(len(rows), dtype=np.uint64) if ids is None else np.array(ids, np.uint64),
        None if active is None else np.array(active, np.uint8),
    )


def rows_of(data, offsets):
    """Return the rows of a tile as a list of str."""
    return [data[a:b].tobytes().decode() for a, b in pairwise(offsets)]


def new_texts(edits, data):
    """Return the bytes that each edit puts in; `data` is what the edits edit."""
    held = zip(edits.moved, edits.text_start, edits.text_end, strict=True)
    return [(data if moved else edits.text)[a:b].tobytes() for moved, a, b in held]


@st.composite
def batches(draw):
    """Draw a batch with row ids from all over their range."""
    rows = draw(rows_of_text)
    return tile(rows, draw(st.lists(U64, min_size=len(rows), max_size=len(rows))))


@st.composite
def edits_of(draw, rows):
    """Draw edits of rows, on the borders of code points: insertions, deletions, replacements and moves."""
    table, pool, base = [], bytearray(), 0
    for row, text in enumerate(rows):
        borders = [base + len(text[:k].encode()) for k in range(len(text) + 1)]
        cuts = sorted(draw(st.lists(st.sampled_from(borders), max_size=8)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            if draw(st.booleans()):
                source = sorted((draw(st.sampled_from(borders)), draw(st.sampled_from(borders))))
                table.append((row, start, end, *source, 1))
            else:
                new = draw(st.sampled_from(["", "x", "new", "新", "e\u0301 "])).encode()
                table.append((row, start, end, len(pool), len(pool) + len(new), 0))
                pool += new
        base += len(text.encode())
    columns = np.array(table, np.int32).reshape(-1, 6).T.copy()
    text = np.frombuffer(bytes(pool), np.uint8)
    return Edits.of(columns[0], len(rows), *columns[1:5], moved=columns[5].astype(np.uint8), text=text)


@st.composite
def spans_of(draw, rows):
    """Draw labelled spans, in code points, for some rows; they may nest, overlap and be empty."""
    made = []
    for text in rows:
        ends = st.integers(0, len(text or ""))
        pairs = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=3))
        made.append([(start, end, f"L{k}") for k, (start, end) in enumerate(pairs)])
    return made


FIELDS = {
    "p": st.sampled_from([1.0, 1.0, 0.5, 0.0]),
    "protect": st.sampled_from([(), (), ("the",), ("U.S.", "good", "我", "")]),
    "protect_pattern": st.sampled_from([None, None, "[0-9.%]+", "喜|film", r"\s"]),
    "on_span": st.sampled_from(["protect", "keep", "drop"]),
    "rate": rates,
    "min_units": st.integers(0, 2),
    "max_units": st.one_of(st.none(), st.integers(2, 5)),
    "cer": st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1)),
    "actions": st.lists(
        st.sampled_from(["substitute", "insert", "delete", "swap"]), min_size=1, max_size=4, unique=True
    ),
    "window": st.integers(0, 6),
    "contract": st.sampled_from([None, True, False]),
    "to": st.sampled_from(["traditional", "taiwan", "hongkong", "simplified"]),
    "layout": st.sampled_from(["qwerty", "qwertz", "azerty", "jcuken"]),
    "unit": st.sampled_from(["char", "word"]),
    "tone": st.sampled_from(["same", "any"]),
    "scripts": st.sampled_from([("Cyrillic",), ("Latin", "Styled"), ("Han", "Katakana", "Common")]),
    "words": st.sampled_from([(), ("frankly", "说真的"), ("covid", "of course"), ("词",)]),
    "scale": shares,
    "real_words": st.booleans(),
    "candidates": st.integers(1, 9),
    "pos": st.sampled_from([(), ("noun",), ("verb", "adj")]),
    "stop_words": st.sampled_from([True, False, ("the", "good")]),
    "names": st.booleans(),
    "indirect": st.booleans(),
    "features": st.sampled_from([("number",), ("tense", "person"), ("degree", "number", "tense")]),
    "remove": st.booleans(),
    "dropout": shares,
    "alpha": st.one_of(st.sampled_from([0.0, 0.1, 1000.0]), st.floats(0, 9)),
    "separator": st.sampled_from(["@@ ", "-", "·"]),
    "entities": st.sampled_from(["auto", "spans", "text"]),
    "checks": st.sampled_from([(ta.Unchanged(),), (ta.LengthRatio(0.9, 1.2), ta.EditDistance(0.4, unit="words"))]),
    "retries": st.integers(0, 2),
    "pivot": st.sampled_from(["eo", "es", "zh-Hans"]),
    "top_k": st.integers(1, 50),
    "top_p": st.one_of(st.just(1.0), st.floats(0.01, 1)),
    "same_pos": st.booleans(),
}
MASKED = ("MaskedLMInsert", "MaskedLMReplace")
STAND_INS = {  # what models and programs are replaced by
    "BackTranslation": {"translator": "toy", "cache": False},
    **{name: {"model": tiny_masked.folder()} for name in MASKED},
}
WHOLE = ("BackTranslation",)  # they change whole rows: no share of units, no places


def leaves():
    """Return the names of the registered transforms that are not made of others."""
    return [name for name, cls in ta.registry().items() if not is_composition(cls)]


def is_composition(cls):
    return any(field.name == "steps" for field in dataclasses.fields(cls))


def sample(name):
    """Return a transform of this name with its defaults, and with steps where it needs some."""
    cls = ta.registry()[name]
    return cls(steps=(ta.WordSwap(rate=0.3), ta.CharSubstitute())) if is_composition(cls) else cls()


def eager(name, **fields):
    """Return a transform of this name that changes much."""
    cls = ta.registry()[name]
    if is_composition(cls):
        return cls(steps=(eager("WordSwap"), eager("CharDelete"), eager("PunctuationInsert")), **fields)
    held = {field.name for field in dataclasses.fields(cls)}
    strong = {"p": 0.5} if name in WHOLE else {"rate": 0.1 if name in MASKED else 0.5, "cer": 0.3}
    chosen = {field: value for field, value in strong.items() if field in held}
    return cls(**STAND_INS.get(name, {}) | chosen | fields)


def idle(name):
    """Return a transform of this name that is asked to change nothing."""
    cls = ta.registry()[name]
    if is_composition(cls):
        return cls(steps=tuple(map(idle, leaves())))
    held = {field.name for field in dataclasses.fields(cls)}
    zero = {"rate": 0.0, "cer": 0.0, "window": 0} if held & {"rate", "cer", "window"} else {"p": 0.0}
    return cls(**{field: value for field, value in zero.items() if field in held})


@st.composite
def transforms(draw, name, depth=1):
    """Draw a random configuration of a registered transform."""
    cls = ta.registry()[name]
    held = [field.name for field in dataclasses.fields(cls)]
    fields = {field: draw(FIELDS[field]) for field in held if field in FIELDS and draw(st.booleans())}
    fields |= STAND_INS.get(name, {})
    if is_composition(cls):
        names = leaves() if depth == 0 else list(ta.registry())
        steps = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
        fields["steps"] = tuple(draw(transforms(step, max(depth - 1, 0))) for step in steps)
        fields.pop("on_span", None)  # the steps that edit have it
    if "n" in held:
        fields["n"] = draw(st.integers(0, len(fields["steps"])))
    if "weights" in held and draw(st.booleans()):
        fields["weights"] = tuple(1.0 + k for k in range(len(fields["steps"])))
    return cls(**fields)


any_transform = st.deferred(lambda: st.sampled_from(list(ta.registry())).flatmap(transforms))


def same(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        if isinstance(other, np.ndarray):
            assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


@st.composite
def tables(draw):
    """Draw (batch, its characters, some of them, thresholds)."""
    batch = draw(batches())
    units = chars(batch)
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    some = random.integers(0, 5, len(units)).astype(bool).astype(np.uint8) if draw(st.booleans()) else None
    limits = np.array([0, 2**32, random.integers(2**32), random.integers(2**30)], np.uint64)
    return batch, units, some, random.choice(limits, len(batch))


@st.composite
def numbered(draw, longest=80):
    """Draw rows of tokens by their units: (first, offsets, row ids, a generator)."""
    lengths = draw(st.lists(st.integers(0, longest), max_size=5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    never, goes_on = rng.choice([0.0, 0.1, 0.5]), rng.choice([0.0, 0.4])
    first = []
    for length in lengths:
        unit = -1
        for t in range(length):
            unit = -1 if rng.random() < never else unit if unit >= 0 and rng.random() < goes_on else t
            first.append(unit)
    offsets = np.cumsum([0, *lengths], dtype=np.int32)
    return np.array(first, np.int32), offsets, rng.integers(0, 2**64, len(lengths), dtype=np.uint64), rng


def marked(longest=80):
    """Draw rows of tokens by the marks of their units: (marks, offsets, row ids, a generator)."""
    return numbered(longest).map(lambda rows: (marks_of(*rows[:2]), *rows[1:]))
