"""A transform of your own: a method from a word and its draws to what it becomes.

python examples/own_transform.py
"""

import textaug as ta


@ta.register
class Stutter(ta.WordTransform):
    """Repeat a word's first letter: `w-word`."""

    def replace(self, word: str, draws: ta.UnitDraws) -> str | None:
        """Stutter once or twice; words that begin with no letter have no candidate."""
        return f"{word[0]}-" * (1 + draws.below(2)) + word if word[0].isalpha() else None


if __name__ == "__main__":
    print(Stutter(rate=0.3)("I am not nervous, I only have 3 things to say.", seed=2))
    print(ta.parse("Stutter(rate=1.0, protect=['am'])")("I am here"))
