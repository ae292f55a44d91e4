"""Some labelled sentences, and more of them: four copies of each row, with what became of its label.

python examples/labelled_sentences.py
"""

import pandas as pd

import textaug as ta

few = pd.DataFrame(
    {
        "text": ["A warm and funny film.", "The plot makes no sense at all.", "I was bored after ten minutes."],
        "label": ["positive", "negative", "negative"],
    }
)

result = ta.eda().apply(few["text"], copies=4, seed=1)
more = few.loc[result.text.index].assign(text=result.text, label_effect=result.label_effects)

if __name__ == "__main__":
    print(more.to_string())
    for done in result.applied:
        print(f"{done.node}: asked {done.asked:.2f}, realised {done.realised or 0:.2f}")
