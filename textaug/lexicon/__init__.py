"""Lexicons: which candidates a word has. Immutable, memory-mapped, looked up without Python objects."""

from textaug.lexicon.build import Record, build
from textaug.lexicon.store import Candidate, Lexicon, Relation, describe
from textaug.lexicon.tables import build_json, build_tsv
from textaug.lexicon.wordnet import build_wordnet

__all__ = [
    "Candidate",
    "Lexicon",
    "Record",
    "Relation",
    "build",
    "build_json",
    "build_tsv",
    "build_wordnet",
    "describe",
]
