"""Stress a model: the same sentences at rising character error rates, and what the rates really are.

python examples/stress_test.py
"""

import textaug as ta

SENTENCES = [
    "The actors walked home happily, but the critics stayed.",
    "我们都喜欢看这部电影，演员的表演非常自然。",
] * 200


def noisy(rate: float) -> tuple[list[str], float]:
    """Return the sentences at a character error rate, and the rate that was realised."""
    result = ta.CharNoise(cer=rate).apply(SENTENCES, seed=1)
    return result.text, result.applied[0].realised


if __name__ == "__main__":
    for rate in (0.01, 0.05, 0.1, 0.2):
        texts, realised = noisy(rate)
        print(f"asked {rate:.2f}, realised {realised:.4f}: {texts[0]}")
