"""Named entities as tokens and BIO tags: augmented as text, and tokens and tags again behind it.

python examples/ner_bio.py
"""

import textaug as ta

SENTENCES = [
    ("EU rejects German call to boycott British lamb .", "B-ORG O B-MISC O O O B-MISC O O"),
    ("Peter Blackburn flew from Brussels to New York on Thursday .", "B-PER I-PER O O B-LOC O B-LOC I-LOC O O O"),
    ("我 上周 在 北京 见到 了 张建国", "O O O B-LOC O O B-PER"),
]
ROWS = [(tokens.split(), tags.split()) for tokens, tags in SENTENCES]

aug = ta.Compose([ta.SynonymReplace(rate=0.5), ta.WordDelete(rate=0.1), ta.KeyboardTypo(rate=0.05)])

texts, spans = zip(*(ta.bio_to_spans(tokens, tags) for tokens, tags in ROWS), strict=True)
result = aug.apply(list(texts), spans=list(spans), copies=2, seed=4)
augmented = [
    ta.spans_to_bio(text, spans, tokens=ROWS[row][0], tags=ROWS[row][1], edits=edits)
    for text, spans, edits, row in zip(result.text, result.spans, result.edits, result.rows, strict=True)
]

if __name__ == "__main__":
    for tokens, tags in augmented:
        print(" ".join(token if tag == "O" else f"{token}/{tag}" for token, tag in zip(tokens, tags, strict=True)))
