"""Annotated entities stay with their text, whatever is done around them.

python examples/entities.py
"""

import textaug as ta

TEXT = "Ada Lovelace wrote the first program in London, long before computers existed."
ENTITIES = [(0, 12, "PERSON"), (40, 46, "PLACE")]

aug = ta.Compose([ta.SynonymReplace(rate=0.5), ta.WordDelete(rate=0.2), ta.KeyboardTypo(rate=0.05)])
result = aug.apply(TEXT, spans=ENTITIES, seed=4)

if __name__ == "__main__":
    print(result.text)
    for start, end, label in result.spans:
        print(f"{label}: {result.text[start:end]!r}")
