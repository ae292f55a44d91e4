"""What textaug's lexicons have for the words of some texts: for peers that have none of their own."""

import json
from pathlib import Path

from textaug.languages.shapes import alike
from textaug.lexicon import Lexicon, Relation
from textaug.lexicon.gazetteer import Gazetteer

TOP = 5
FORMS = (Relation.NUMBER, Relation.PERSON, Relation.TENSE, Relation.DEGREE)


def write(folder: Path, texts: dict[str, list[str]]) -> None:
    """Write the tables of the texts that there are: the English ones to `tables.json`, Chinese ones to files."""
    tables: dict[str, dict[str, list[str]]] = {}
    if "sentences" in texts:
        tables = english(texts["sentences"])
    if "Chinese sentences" in texts:
        tables["Chinese names"] = names(False)
        listed = "\n".join(name for held in tables["Chinese names"].values() for name in held)
        (folder / "names.txt").write_text(listed + "\n", encoding="utf-8")
        (folder / "shapes.tsv").write_text(shapes(texts["Chinese sentences"]), encoding="utf-8")
    (folder / "tables.json").write_text(json.dumps(tables), encoding="utf-8")


def english(texts: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return tables of the words of English texts."""
    words = sorted({word for text in texts for word in text.split() if word.isalpha()})
    return {
        "names": names(True),
        "synonyms": looked_up(Lexicon.english(), words, Relation.SYNONYM),
        "antonyms": looked_up(Lexicon.english(), words, Relation.ANTONYM),
        "derivations": looked_up(Lexicon.affixes(), words, Relation.DERIVATION),
        "inflections": looked_up(Lexicon.affixes(), words, *FORMS),
        "misspellings": looked_up(Lexicon.misspellings(), words, Relation.MISSPELLING, Relation.CONFUSION),
    }


def looked_up(lexicon: Lexicon, words: list[str], *relations: Relation) -> dict[str, list[str]]:
    """Return the best candidates of the words that have any."""
    held = {word: [one.text for one in lexicon.lookup(word) if one.relation in relations][:TOP] for word in words}
    return {word: found for word, found in held.items() if found}


def names(ascii: bool) -> dict[str, list[str]]:
    """Return the gazetteer's names by type, those of more than a character, in English or in Chinese."""
    text = json.loads(Path(Gazetteer.shipped().path).read_text("utf-8"))
    held = {kind: [name for name in found if len(name) > 1 and name.isascii() == ascii] for kind, found in text.items()}
    return {kind: found for kind, found in held.items() if len(found) > 1}


def shapes(texts: list[str]) -> str:
    """Return lines of characters with those that look like them."""
    held = {letter: alike().candidates(letter) for letter in sorted(set("".join(texts)))}
    return "".join("\t".join((letter, *found)) + "\n" for letter, found in held.items() if found)
