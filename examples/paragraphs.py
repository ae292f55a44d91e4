"""Write the paragraphs of documentation in HTML as texts, one a line: more prose for `train_masked_lm.py`.

python examples/paragraphs.py --language zh /usr/share/doc/debian-handbook/html/zh-CN > more.txt

The models that come with textaug had those of Debian 12's packages debian-handbook, debian-reference-*,
installation-guide-amd64, debian-faq-*, maint-guide-zh-cn, debian-edu-doc-zh-cn, gimp-help-* and libreoffice-help-*.
"""

import argparse
import gzip
import html
import re
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = re.compile(r"<(script|style|pre|head)[^>]*>.*?</\1>", re.DOTALL)
BREAKS = re.compile(r"</?(?:p|li|td|th|h\d|div|dt|dd|br|ul|ol|table|tr)\b[^>]*>", re.IGNORECASE)
BLANKS = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")


def paragraphs(folder: Path, language: str) -> Iterator[str]:
    """Yield the paragraphs below a folder that are mostly words of a language."""
    for path in sorted(folder.rglob("*.html*")):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for part in BREAKS.split(LEFT_OUT.sub(" ", raw.decode("utf-8", "replace"))):
            text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", part)).split())
            text = BLANKS.sub("", text) if language == "zh" else text
            if is_prose(text, language):
                yield text


def is_prose(text: str, language: str) -> bool:
    """Say whether a text is long enough, and has few other characters than letters of its language.

    >>> is_prose("如果不装电池，光盘转动有很大的共振。", "zh"), is_prose("apt-get install gimp", "en")
    (True, False)
    """
    if language == "zh":
        return len(text) >= 15 and sum("\u4e00" <= one <= "\u9fff" for one in text) >= 0.6 * len(text)
    letters = sum(one.isascii() and (one.isalpha() or one == " ") for one in text)
    return len(text) >= 40 and letters >= 0.9 * len(text) and len(text.split()) >= 8


def main() -> None:
    """Read the command line, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--language", choices=["en", "zh"], default="en")
    given = parser.parse_args()
    for text in dict.fromkeys(text for folder in given.folders for text in paragraphs(folder, given.language)):
        print(text)


if __name__ == "__main__":
    main()
