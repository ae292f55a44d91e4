"""What becomes of labels, and why units were left as they are."""

import numpy as np
import pytest

import textaug as ta
from textaug import batch
from textaug.applied import Applied
from textaug.edits import Edits
from textaug.transform import Proposal, Transform


class Shy(Transform):
    """Leaves everything as it is, and says why: for each row whether it is short or long."""

    def propose(self, batch, draws):
        short = int((np.diff(batch.offsets)[slice(None) if batch.active is None else batch.active != 0] < 3).sum())
        reasons = {"short": short, "long": len(batch) - short}
        skipped = {reason: count for reason, count in reasons.items() if count}
        return Proposal(Edits.none(len(batch)), 0, 0, skipped=skipped)


ROWS = ["a", "bb", "long", "longer"]


def test_a_transform_says_why_units_were_left_as_they_are():
    (done,) = Shy().apply(ROWS).applied
    assert done.skipped == {"short": 2, "long": 2}
    (done,) = Shy().apply("a").applied
    assert done.skipped == {"short": 1}


def test_reasons_add_up_over_tiles_and_copies(monkeypatch):
    monkeypatch.setattr(batch, "TILE_ROWS", 1)
    (done,) = Shy().apply(ROWS, copies=3).applied
    assert done.skipped == {"short": 6, "long": 6}
    one, other = (
        Applied("X", "flips", None, 0, 0, np.zeros(1, bool), skipped=reasons) for reasons in ({"a": 1}, {"b": 2})
    )
    assert (one + other + one).skipped == {"a": 2, "b": 2}


@pytest.mark.parametrize("name", ["WordSwap", "CharNoise"])
def test_who_has_no_reasons_gives_none(name):
    assert getattr(ta, name)().apply(ROWS).applied[0].skipped == {}


def test_deleting_a_negator_may_change_a_label():
    texts = ["I do not like it", "I like it", "我没去", "我去了"]
    done = ta.WordDelete(rate=0.5).apply(texts * 50)
    pairs = list(zip(texts * 50, done.text, strict=True))
    gone = [any(word in old and word not in new for word in ("not", "没")) for old, new in pairs]
    assert [effect == "may change" for effect in done.label_effects] == gone and any(gone) and not all(gone)
    done = ta.CharDelete(rate=0.5).apply(texts[2:] * 50)
    lost = ["没" in old and "没" not in new for old, new in zip(texts[2:] * 50, done.text, strict=True)]
    assert [effect == "may change" for effect in done.label_effects] == lost and any(lost)
