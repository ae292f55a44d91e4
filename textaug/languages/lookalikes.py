"""What is taken for what: by a machine that reads print, and by people who write in leetspeak.

Written for this project. The confusions of optical character recognition are those that Kukich (Techniques for
automatically correcting words in text, ACM Computing Surveys 1992), Rice, Nagy and Nartker (Optical Character
Recognition, Kluwer 1999) and Nguyen et al. (Deep statistical analysis of OCR errors for effective post-OCR processing,
JCDL 2019) report, and those that Tesseract 5 made most of all in 270,000 characters of reviews, printed small in five
fonts, blurred and speckled.
"""

from functools import cache

from textaug.languages.character_tables import CharacterTable

_PRINTED = {
    "a": "e o s u", "b": "h h 6", "c": "e e o C", "d": "cl cl a", "e": "c c o a", "f": "t t l", "g": "q y 9",
    "h": "b b n li", "i": "l l 1 t j", "j": "i J", "k": "h lc", "l": "1 I i t |", "m": "rn rn n ni in", "n": "m ri u h",
    "o": "e a c 0 O", "p": "P n", "q": "g 9", "r": "t t n v f", "s": "S 5 a e", "t": "l l i f r", "u": "a n o ii",
    "v": "y w V", "w": "vv W v", "x": "X s", "y": "v v g", "z": "Z 2",
    "A": "4 a", "B": "8 8 E S", "C": "c G O", "D": "O O 0", "E": "F B", "F": "P E", "G": "6 C C", "H": "N",
    "I": "1 1 l l |", "J": "I j", "K": "k X", "L": "l I", "M": "N H", "N": "H M", "O": "0 0 o Q D", "P": "F R",
    "Q": "O O 0", "R": "K B", "S": "s 5 5 8", "T": "I 7", "U": "u V", "V": "v Y", "W": "w VV", "X": "x K", "Y": "V",
    "Z": "z 2",
    "0": "O O o D", "1": "l l I i", "2": "Z z", "3": "8 8 5", "4": "A 1", "5": "S S s", "6": "G b 8", "7": "1 1 T",
    "8": "B B 3 &", "9": "g q 4",
    ".": ", , :", ",": ". . ;", ":": ". ;", ";": ", :", "'": "’ ’ ‘ `", '"': "“ ” ''", "-": "— ~", "!": "l 1 I",
    "?": "7", "(": "{ C", ")": "} J", "/": "l I", "&": "8 8 S", "$": "S 8", "%": "96", "|": "I l 1",
    "rn": "m", "nn": "m", "in": "m", "ni": "m", "ri": "n", "cl": "d", "ol": "d", "li": "h h b", "lo": "b", "lc": "k",
    "ii": "u", "vv": "w", "vi": "w", "--": "— ~", "fi": "ﬁ fl", "fl": "ﬂ fi", "ﬁ": "fi fl", "ﬂ": "fl fi",
    "á": "a à", "à": "a á", "â": "a á", "ä": "a á", "ç": "c", "é": "e e 6 è", "è": "e é", "ê": "e é", "ë": "e é",
    "í": "i l ï", "ñ": "n fi", "ó": "o 6 ö", "ò": "o ó", "ô": "o 6", "ö": "o 6 ó", "ú": "u ü", "ù": "u ú",
    "ü": "u ii ú", "ß": "B B 8",
}  # fmt: skip
"""What is read instead of a character or two: what is there twice is twice as likely."""

_LEET = {
    "a": "4 @", "b": "8", "c": "(", "e": "3", "g": "9 6", "h": "#", "i": "1 !", "l": "1 |", "o": "0", "q": "9",
    "s": "5 $", "t": "7 +", "z": "2",
}  # fmt: skip


@cache
def printed() -> CharacterTable:
    """Return what optical character recognition makes of a character, or of two.

    >>> printed().candidates("rn"), printed().candidates("h")
    (('m',), ('b', 'b', 'n', 'li'))
    """
    return CharacterTable.of({source: read.split() for source, read in _PRINTED.items()})


@cache
def leet() -> CharacterTable:
    """Return the digits and marks that stand for letters in leetspeak.

    >>> leet().candidates("e"), leet().candidates("S")
    (('3',), ('5', '$'))
    """
    small = {letter: marks.split() for letter, marks in _LEET.items()}
    return CharacterTable.of(small | {letter.upper(): marks for letter, marks in small.items()})
