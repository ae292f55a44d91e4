"""Questions and answers: contexts are augmented, and every answer still stands where `answer_start` says.

python examples/question_answering.py
"""

import textaug as ta

CONTEXT = "Ada Lovelace wrote the first program in London, long before computers existed."
ROWS = [
    {
        "question": "Who wrote the first program?",
        "context": CONTEXT,
        "answers": {"text": ["Ada Lovelace"], "answer_start": [0]},
    },
    {"question": "Where was it written?", "context": CONTEXT, "answers": {"text": ["London"], "answer_start": [40]}},
    {"question": "Who paid for it?", "context": CONTEXT, "answers": {"text": [], "answer_start": []}},
]

aug = ta.Compose([ta.SynonymReplace(rate=0.4), ta.CharNoise(cer=0.05)])

result = aug.apply(
    [row["context"] for row in ROWS],
    spans=[ta.answers_to_spans(row["context"], row["answers"]) for row in ROWS],
    seed=6,
)
augmented = [
    row | {"context": context, "answers": ta.spans_to_answers(context, spans)}
    for row, context, spans in zip(ROWS, result.text, result.spans, strict=True)
]

if __name__ == "__main__":
    for row in augmented:
        answers = row["answers"]
        print(row["context"])
        for text, start in zip(answers["text"], answers["answer_start"], strict=True):
            print(f"  {row['question']} {text!r} at {start}: {row['context'][start : start + len(text)]!r}")
