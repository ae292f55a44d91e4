"""Every collator: its rows do not depend on one another, it can be pickled, and it is one of textaug's own names."""

import pickle
import subprocess
import sys

import numpy as np
import pytest
from loops import VOCABULARY, rows

import textaug as ta
from textaug import masking

KEYED = ta.keyed(rows(48))
FEATURES = [
    {
        **row,
        "entity_ids": [k // 4 if k else -1 for k in range(len(row["input_ids"]))],
        "phrase_ids": [k // 3 if k else -1 for k in range(len(row["input_ids"]))],
        "sentiment_ids": [k // 2 if k % 4 > 1 else -1 for k in range(len(row["input_ids"]))],
        "pair_ids": [7 if k in (2, 5) else -1 for k in range(len(row["input_ids"]))],
    }
    for row in KEYED
]
GIVEN = {
    "DataCollatorForSpanMask": {"boundary": True},
    "DataCollatorForSpanCorruption": {"eos_token_id": 3, "sentinels": range(99, 79, -1)},
    "DataCollatorForSentencePairs": {"sentence_ends": [50, 60, 70, 80]},
}
COLLATORS = sorted(name for name in dir(ta) if name.startswith("DataCollatorFor"))


def alike(whole, alone, row):
    """Say whether a row of a batch is what it is alone, padding aside."""
    return all(
        np.array_equal(held[row][tuple(map(slice, alone[name][0].shape))], alone[name][0])
        for name, held in whole.items()
    )


@pytest.mark.parametrize("name", COLLATORS)
def test_every_collator_makes_the_same_of_a_row_wherever_it_stands(name):
    collate = getattr(ta, name)(VOCABULARY, return_tensors="np", **GIVEN.get(name, {}))
    turned = pickle.loads(pickle.dumps(collate))(FEATURES[::-1])
    whole = collate(FEATURES)
    for k in range(0, 48, 5):
        alone = collate(FEATURES[k : k + 1])
        assert alike(whole, alone, k) and alike(turned, alone, 47 - k)
    collate.set_epoch(1)
    draws = name != "DataCollatorForCausalLanguageModeling"  # the one that draws nothing, unless asked for prefixes
    assert draws == any(not np.array_equal(held, whole[key]) for key, held in collate(FEATURES).items())


def test_all_collators_are_at_hand():
    assert [name for name in masking.__all__ if name.startswith("DataCollatorFor")] == COLLATORS
    assert {"keyed", "EpochCallback"} <= set(dir(ta))


def test_no_heavy_library_is_loaded_before_it_is_used():
    code = "import sys, textaug as ta; ta.keyed; ta.DataCollatorForWholeWordMask; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "transformers", "datasets", "accelerate", "pandas"} & set(loaded)
