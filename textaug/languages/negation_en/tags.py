"""Give every word of a sentence its kind, from left to right: what it can be, what stands before it, what comes next."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, ING, PARTICIPLE, PAST, SUFFIXES, THIRD, Form, adjectives, forms
from textaug.languages.negation_en.words import CLAUSE_VERBS, EITHER_WAY, KINDS, MODAL_PLAIN

_BREAKS = frozenset(",;:.!")
_STRONG = frozenset("DOPTtWQJ")  # what follows a verb rather than a noun
_NOT_AFTER_VERBS = frozenset("BHMZFn")
_PLURALS = listed("people men women children police kids folks feet teeth mice media data criteria geese we they you these those")
_SINGULARS = listed("this its news series is was lens gas bus boss always perhaps physics politics mathematics")
_NOT_ADVERBS = listed(
    "family only friendly lovely ugly silly early daily lonely lively likely unlikely elderly deadly ghostly cowardly lowly "
    "heavenly melancholy anomaly assembly monopoly bully belly jelly lily ally rally fly reply supply apply rely july italy "
    "comply imply multiply sly holy costly ghastly weekly monthly orderly homely sickly curly hilly wily chilly woolly emily "
    "billy sally molly kelly polly beverly grisly burly smelly surly unruly leisurely timely scholarly brotherly saintly worldly"
)
_EACH = (["every"], ["each"], ["first"], ["last"], ["next"], ["any"], ["second"])
_WANTING = listed("want try hope love like need decide expect fail start begin continue manage use")
_PARTICLES = listed("up down out off away back apart along")
_NAMES = listed("harry jack mark rob sue pat grant frank will drew bob nick bill josh chuck rick grace faith hope dawn rose carol don ray wade chase")
_HELPED = listed("let make makes made making help helps helped helping watch watched see saw hear heard had have has")
_PERCEIVED = listed("let letting make makes made making help helps helped watch watched watching see saw seen seeing hear heard")
_MODAL_NOUNS = listed("will might can must may need dare")


def plural(word: str) -> bool:
    """Say whether a noun is plural, by its look.

    >>> plural("films"), plural("people"), plural("boss")
    (True, True, False)
    """
    if word in _PLURALS:
        return True
    return word[-1:] == "s" and word[-2:] not in ("ss", "us", "is", "'s") and word not in _SINGULARS


def adjective(word: str) -> bool:
    """Say whether a word is an adjective more often than not.

    >>> adjective("mediocre"), adjective("shameless"), adjective("film")
    (True, True, False)
    """
    return word in adjectives() or (word.endswith(SUFFIXES) and len(word) > 5)


def tag(sentence: Sentence) -> None:
    """Fill in the kinds of a sentence."""
    tagger = _Tagger(sentence)
    for i in range(len(sentence.words)):
        tagger.take(i)


class _Tagger:
    """The state of reading from left to right.

    Attributes:
        before: the kind of the last word that is neither an adverb nor `not`; `^` after a break.
        host: where that word stands.
        inverted: the kind of an auxiliary whose subject comes behind it, until its verb has come.
        verb: the kind of the last verb.
    """

    __slots__ = ("before", "form", "host", "inverted", "kinds", "sentence", "verb", "words")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.words, self.kinds = sentence, sentence.words, sentence.kinds
        self.before, self.host, self.inverted, self.verb = "^", -1, "", ""
        self.form = forms()

    def take(self, i: int) -> None:
        """Give the next word its kind."""
        word = self.words[i]
        kind = KINDS.get(word)
        if kind is None:
            found = self.form.get(word)
            kind = self._open(i, word, found) if found else self._unknown(i, word)
        elif word in _SPECIAL:
            kind = _SPECIAL[word](self, i)
        self._note(i, kind)

    def _note(self, i: int, kind: str) -> None:
        if kind in "BHMZ" and self.before in "^WX":
            self.inverted = kind
        elif kind in "VE":
            self.inverted = ""
        if kind in "BHMZFfvVEG":
            self.verb = kind
        if kind not in "An":
            self.before = "^" if kind in ",;:." else kind
            self.host = i
        self.kinds.append(kind)

    def _next(self, i: int) -> str:
        """Return the kind of the word behind one, as far as the word alone tells it."""
        if i + 1 >= len(self.words):
            return "."
        word = self.words[i + 1]
        if word == "to":
            return "t"
        kind = KINDS.get(word)
        if kind is not None:
            return "T" if word == "that" else kind
        found = self.form.get(word)
        if found is not None and found.slots & PAST and not found.slots & (PARTICIPLE | BASE) and found.share > 6:
            return "F"
        if adjective(word):
            return "J"
        return "A" if self._adverb(word) else "G" if found and found.slots == ING else word if word in _BREAKS else "N"

    @staticmethod
    def _adverb(word: str) -> bool:
        return word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS

    def _unknown(self, i: int, word: str) -> str:
        if word in _BREAKS:
            return word
        if word == "to":
            return self._to(i)
        if self._adverb(word):
            return "A"
        if word.endswith("ed") and len(word) > 4 and "-" not in word:
            return self._open(i, word, Form(PAST | PARTICIPLE, 8, ""))
        if word.endswith("ing") and len(word) > 5:
            return "G"
        return "J" if adjective(word) or ("-" in word and word.endswith("ed")) else "N"

    # closed words that are several things

    def _to(self, i: int) -> str:
        word = self.words[i + 1] if i + 1 < len(self.words) else ""
        if self._adverb(word) or word in ("not", "never", "just", "even", "always", "actually", "ever"):
            word = self.words[i + 2] if i + 2 < len(self.words) else ""
        found = self.form.get(word)
        return "t" if word in ("be", "have", "do", "like") or (found and found.slots & BASE) else "I"

    def _that(self, i: int) -> str:
        after, before = self._next(i), self.before
        if (before in "NGOEQ" and self.host == i - 1) or (before in "vu" and after in "PNB"):
            return "T"
        if after in "BHMZF,.;:" and before not in "FfvVE":
            return "P" if after in "BHMZF" else "N"
        if before == "^" and i > 0 and self.kinds[-1] == "," and not self.verb and self.kinds[0] in "DNPQJ":
            found = self.form.get(self.words[i + 1]) if i + 1 < len(self.words) else None
            return "T" if found and found.slots & (PAST | THIRD) and found.share > 5 else "Q"
        if before in "FfvVEIJBb" and (after in "PD" or self.words[i + 1 : i + 2] in (["this"], ["these"], ["those"], ["it"])):
            return "T"
        if before == "B" and after == "I" and self.words[i + 1] != "of":
            return "T"
        if before in "FfvVEJBb":
            if after in "PDOQTSW" or after in "BHMZ":
                return "T" if after not in "BHMZ" else "P"
            return "T" if after not in ".,;:I" and self._clausal() else "Q"
        if after == "P" or (after in "DQ" and before in "^CS"):
            return "T"
        return "Q"

    def _clausal(self) -> bool:
        found = self.form.get(self.words[self.host])
        return (found is not None and found.base in CLAUSE_VERBS) or self.kinds[self.host] in "JE"

    def _her(self, i: int) -> str:
        return "D" if self._next(i) in "NJGAQ" and self.words[i + 1] not in ("so", "very", "away", "again") else "O"

    def _pronoun(self, i: int) -> str:
        """`it` and `you` are objects behind a verb or preposition, unless a verb of theirs comes."""
        if self.before in "IFfvVEG" and self.host >= i - 1:
            after = self._next(i)
            word = self.words[i + 1] if i + 1 < len(self.words) else "."
            found = self.form.get(word)
            if after in "BHMZF" or (found and self.before not in "I" and found.slots & (PAST | THIRD | BASE) and found.share > 4):
                return "P" if self._clausal() or after in "BHMZ" else "O"
            return "O"
        return "P"

    def _there(self, i: int) -> str:
        word = self.words[i + 1] if i + 1 < len(self.words) else ""
        kind = KINDS.get(word, "")
        if self.inverted and self.inverted in "BM" and self.before in "BMH":
            return "P"
        return "P" if (kind in "BHMZ" and kind) or word.startswith(("seem", "appear", "exist", "remain", "come", "used")) else "A"

    def _like(self, i: int) -> str:
        if self.before in "PtMZ" or self.inverted in ("M", "Z"):
            return self._open(i, "like", self.form["like"]) if self.before != "P" or self.inverted not in ("B",) else "I"
        found = self.form.get(self.words[self.host]) if self.host >= 0 else None
        if found and found.slots & THIRD and found.share > 4:
            return "I"
        several = self.before == "N" and plural(self.words[self.host])
        several = several or (self.before == "O" and self.words[self.host - 1] == "of")
        if several and self._next(i) in "DOPtTQ" and not self.verb:
            return "v"
        return self._either_way(i)

    def _either_way(self, i: int) -> str:
        """`as`, `since`, `before` … open a clause where a subject and its verb follow."""
        word, after = self.words[i], self._next(i)
        if word == "though":
            return "A" if after in ",.;" else "S"
        if word in ("for", "like") and after != "P":
            return "I"
        if word in ("as", "than") and after in "BHMZ" and self.verb:
            return "S"
        if after == "P":
            following = self.words[i + 2] if i + 2 < len(self.words) else "."
            subject = self.words[i + 1]
            if subject not in ("it", "you") or KINDS.get(following, "") in tuple("BHMZA") or self.form.get(following):
                return "S" if word != "for" or subject not in ("it", "you") else "I"
            return "I"
        if after in "DQN":
            return "S" if self._finite_ahead(i + 1) else "I"
        return "I"

    def _finite_ahead(self, i: int) -> bool:
        """Say whether an auxiliary or a plain past comes within a few words and before a break."""
        behind = bool(self.verb)
        for j in range(i, min(i + (10 if behind else 7), len(self.words))):
            word = self.words[j]
            if word in _BREAKS or KINDS.get(word) in tuple("SCWP" if behind else "ISCWP"):
                return False
            found = self.form.get(word)
            if self._next(j) in "BHMZF" or (behind and j > i + 1 and found and self._verbal(j, found)):
                return True
        return False

    def _verbal(self, i: int, found: Form) -> bool:
        """Say whether a word behind a noun looks like a finite verb."""
        if found.share < 8 or not found.slots & (THIRD | PAST) or self.words[i + 1 : i + 2] == ["by"]:
            return False
        return KINDS.get(self.words[i - 1], "N") in "NP" and not adjective(self.words[i - 1])

    def _clitic(self, i: int) -> str:
        """`'s` is a possessive behind a noun, unless what follows is no noun."""
        host = self.kinds[-1] if self.kinds else "^"
        if self.words[i - 1] == "let" and i > 1 and host != "m":
            return "O"
        if host == "O" and self._next(i) in "NJA":
            return "D"  # `it's` for `its`
        pronominal = (host in "PWTQS" and self.words[i - 1] not in ("one", "other", "another")) or self.words[i - 1] in _CONTRACTING
        after = self._next(i)
        adverbial = after == "A" and self._next(i + 1) in "J" and self._next(i + 2) in ".,;CISTt"
        if pronominal or adverbial or after in "DnI" or after == "t" or (after == "G" and self.verb == ""):
            word = self.words[i + 1] if i + 1 < len(self.words) else ""
            return "H" if word in ("got", "been", "had") else "B"
        if after == "J" and not self.verb and self._next(i + 1) in ".,;CIS":
            return "B"
        return "D"

    def _have_clitic(self, i: int) -> str:
        return "V" if self.before in "MZ" else "H"

    def _would(self, i: int) -> str:
        word = self.words[i + 1] if i + 1 < len(self.words) else ""
        if self._adverb(word) or KINDS.get(word) == "A":
            word = self.words[i + 2] if i + 2 < len(self.words) and word != "better" else word
        found = self.form.get(word)
        had = word in ("better", "been", "had") or (found is not None and not found.slots & BASE)
        return "H" if had else "M"

    def _modal(self, i: int) -> str:
        named = self.words[i] in ("may", "will") and self._name(i) and self._next(i) not in "PV"
        return "N" if named or (self.kinds and self.kinds[-1] in "DJI") else KINDS[self.words[i]]

    def _have(self, i: int) -> str:
        if self.words[i] == "had" and (self.before == "H" or (self.before == "V" and self.words[self.host] in ("have", "'ve"))):
            return "E"
        if self.before == "C" and self.verb == "V":
            return "V"
        if self.before in "tM" or self.inverted in ("M", "Z") or self.before == "Z" or self.words[i - 1] == "better":
            return "V"
        return "H"

    def _do(self, i: int) -> str:
        if self.before == "O" and any(word in _HELPED or word == "letting" for word in self.words[max(0, i - 3) : i]):
            return "V"
        return "V" if self.before in "tMZ" or self.inverted in ("M", "Z") else "Z"

    def _conjunction(self, i: int) -> str:
        """`so` and `yet` join clauses at a pause, or where a subject follows."""
        after = self._next(i)
        modal = self.words[i + 2] if i + 2 < len(self.words) else ""
        if self.words[i] == "so" and after == "P" and self.before != "^" and modal in MODAL_PLAIN:
            return "S"  # so that
        if self.before == "^" and i > 0 and after not in ",.;:":
            return "C" if after in "PDQNISTW" else "A"
        return "C" if after == "P" and i > 0 else "A"

    def _than(self, i: int) -> str:
        """`more than 200` is one number."""
        number = self.words[i + 1 : i + 2] != [] and self.words[i + 1][0].isdigit()
        return "A" if number and self.words[i - 1] in ("more", "less", "fewer") and i else self._either_way(i)

    def _time(self, i: int) -> str:
        """`every time he came` opens a clause as `when` does."""
        before = self.words[i - 1 : i] if i else []
        near = i < 4 or not {",", "and", "but"}.isdisjoint(self.words[i - 3 : i - 1])
        opens = near and (before in _EACH or self.words[max(0, i - 2) : i] == ["by", "the"]) and self._next(i) in "PDQN"
        return "S" if opens else "N"

    def _much(self, i: int) -> str:
        return "A" if i and self.words[i - 1] == "pretty" else "Q"

    def _while(self, i: int) -> str:
        return "N" if self.kinds and self.kinds[-1] in "DJ" else "S"

    def _first(self, i: int) -> str:
        return "A" if self.kinds and self.kinds[-1] == "P" else "J"

    def _sure(self, i: int) -> str:
        found = self.form.get(self.words[i + 1]) if i + 1 < len(self.words) else None
        return "A" if self.kinds and self.kinds[-1] == "P" and found else "J"

    def _okay(self, i: int) -> str:
        return "X" if i == 0 or self._next(i) in ",.;" else "N"

    def _once(self, i: int) -> str:
        return "S" if self._next(i) in "PD" or self.words[i + 1 : i + 2] in (["this"], ["these"]) else "A"

    def _no(self, i: int) -> str:
        if self.words[i + 1 : i + 2] == ["longer"]:
            return "A"
        return "X" if self._next(i) in ",.;:" else "D"

    def _floating(self, i: int) -> str:
        """`we all know` has an adverb, `all know` a subject."""
        if self.kinds and self.kinds[-1] == "P":
            return "A"
        found = self.form.get(self.words[i + 1]) if i + 1 < len(self.words) else None
        if self.kinds and self.kinds[-1] == "N" and (self._next(i) in "BHMZF" or (found and found.share > 6)):
            return "A"
        return "A" if self.kinds and self.kinds[-1] in "BHMZn" and self._next(i) not in "IDPQ" else "Q"

    # open words

    def _nominal(self, word: str) -> str:
        return "J" if adjective(word) else "N"

    def _open(self, i: int, word: str, found: Form) -> str:
        slots, before = found.slots, self.before
        if slots == ING:
            return "N" if self.kinds and self.kinds[-1] in "DJQ" and self._next(i) not in "DOPQ" else "G"
        previous = self.kinds[-1] if self.kinds else "^"
        if self.words[i - 1] == "better" and self.words[i - 2] in ("had", "'d") and i > 1 and slots & BASE:
            return "V"
        if before == "t" or before == "M" or ((before == "Z" and self.host == i - 1) or (before == "Z" and previous in "An")):
            return "V" if slots & BASE else self._nominal(word)
        if previous not in "^;:.P" and self._name(i) and not self._titled():
            return "N"
        if self.inverted and before in "PNQOJ" and self._subject_done(i, slots, found.share):
            return "V" if self.inverted in "MZ" else "E"
        if previous == "J" and slots & PAST and found.share > 6 and self._next(i) in "DOPQTt":
            return "F" if slots == PAST else "f"
        if previous in "DIJ" and not (previous == "J" and slots == PAST):
            return self._nominal(word)
        if before in "DJ" and previous == "A":
            return self._nominal(word) if before == "D" or not slots & PAST else "f"
        handler = _BY_KIND.get(before)
        return handler(self, i, word, found) if handler else self._nominal(word)

    def _subject_done(self, i: int, slots: int, share: int) -> bool:
        if self.inverted in "MZ":
            return bool(slots & BASE) and (self.before == "P" or share > 5 or self._next(i) in _STRONG)
        return bool(slots & PARTICIPLE) and (self.before == "P" or share > 5)

    def _titled(self) -> bool:
        """Say whether most words have capitals, so that a capital says nothing."""
        sentence = self.sentence
        big = sum(sentence.text[start].isupper() for start in sentence.starts)
        return 2 * big > len(self.words)

    def _after_have(self, i: int, word: str, found: Form) -> str:
        taken = found.slots & PARTICIPLE and (found.share > 4 or self._next(i) in "DOPI") and not (
            adjective(word) and found.share < 6 and self._next(i) in "NJ"
        )
        return "E" if taken else self._nominal(word)

    def _after_be(self, i: int, word: str, found: Form) -> str:
        return "E" if found.slots & PARTICIPLE and found.share > 1 else self._nominal(word)

    def _after_pronoun(self, i: int, word: str, found: Form) -> str:
        subject, slots = self.words[self.host], found.slots
        if (self.kinds[self.host] == "P" and subject != "that") or subject == "there":
            third = subject in ("it", "he", "she", "that")
            if slots & PAST or slots & (THIRD if third else BASE):
                return "F"
            if slots & BASE and third and self.verb and found.share > 3:
                return "V"
            if slots & (BASE | THIRD) and found.share > 4:
                return "F"  # `it don't`, `they was`, subjunctives: the writer's own grammar
        elif slots & (PAST | THIRD):
            return "F"
        return "E" if slots & PARTICIPLE else self._nominal(word)

    def _after_object(self, i: int, word: str, found: Form) -> str:
        if found.slots & BASE and any(self.words[j] in _HELPED for j in range(max(0, i - 3), i)):
            return "V"
        return self._after_noun(i, word, found)

    def _after_relative(self, i: int, word: str, found: Form) -> str:
        opener = self.words[self.host]
        if opener in ("what", "which", "whose", "whatever") and found.share < 6 and self._next(i) not in _STRONG:
            return self._nominal(word)
        if found.slots & (PAST | THIRD | BASE) and (found.share > 3 or self._next(i) in _STRONG) and opener not in ("how", "why"):
            return "F"
        return "E" if found.slots & PARTICIPLE else self._nominal(word)

    def _after_quantifier(self, i: int, word: str, found: Form) -> str:
        subject = self.words[self.host]
        several = subject in ("these", "those", "all", "some", "most", "many", "few", "both", "several", "any")
        agrees = found.slots & PAST or found.slots & (BASE if several else THIRD)
        if agrees and found.share > 3 and (self._next(i) in _STRONG or (self._next(i) in "IA.,;" and found.share > 6)):
            return "F" if not found.slots & PARTICIPLE else "f"
        return self._nominal(word)

    def _after_subordinator(self, i: int, word: str, found: Form) -> str:
        return "E" if found.slots & PARTICIPLE and found.share > 4 else self._nominal(word)

    def _after_verb(self, i: int, word: str, found: Form) -> str:
        if found.slots & BASE and (self.words[self.host] in ("let", "help", "helps", "helped", "go", "come", "make") or (self.words[self.host] in _HELPED and found.share > 7)):
            return "V"
        if found.slots == PAST and found.share > 6:
            return "F"
        return "E" if found.slots & PARTICIPLE and found.share > 4 else self._nominal(word)

    def _after_conjunction(self, i: int, word: str, found: Form) -> str:
        slots, share, strong = found.slots, found.share, self._next(i) in _STRONG
        if slots & BASE and self.verb in ("V", "m") and (share > 6 or (strong and share > 2)):
            return "V"
        if slots == PAST and share > 3:
            return "F"
        if slots & PAST and slots & PARTICIPLE and share > 4:
            return "E" if self._next(i) == "N" and False else "f"
        loose = strong or (slots & THIRD and self._next(i) in "IA")
        if slots & (THIRD | BASE) and (share > 6 or (loose and share > 2)) and self.verb:
            return "v" if slots & THIRD or loose or self._next(i) in "IA.,;" else "u"
        if slots & BASE and not self.verb:
            return self._at_start(i, word, found)
        return "E" if slots & PARTICIPLE else self._nominal(word)

    def _at_start(self, i: int, word: str, found: Form) -> str:
        """A base form may be an imperative, a past one may have lost its subject."""
        slots, share, after = found.slots, found.share, self._next(i)
        if slots & PARTICIPLE and self.words[i + 1 : i + 2] == ["by"]:
            return "E"
        following = self.form.get(self.words[i + 1]) if i + 1 < len(self.words) else None
        if word in _NAMES or (following and following.slots & THIRD and following.share > 5):
            return self._nominal(word)
        if slots & BASE and after not in _NOT_AFTER_VERBS and after not in "C:" and not (slots & PAST and after not in "DOPQ" and not self._particle(i)):
            need = 2 if after in "DOPTQ" else 4 if after in "tW" or self._particle(i) else 7 if after in "IAG" or len(self.words) < 3 else 6 if after in "NJ" else 8
            if share >= need and (self.verb in ("", "m") or self.kinds[0] in "SItXA" or self.before == "X"):
                return "m"
        if self.kinds and self.kinds[-1] in ",A" and slots & (THIRD | BASE) and not self.verb and share > 5:
            return "v" if after in _STRONG or after in "IA" else "u"
        if i > 0 and slots & THIRD and share > 7 and self.words[i - 1] in (",", "then") and self.verb:
            return "v"
        if i == 0 and slots & (PAST | THIRD) and found.base in ("seem", "sound", "look", "feel", "appear"):
            return "F"
        if slots & (PAST | THIRD) and (after in "DOPTQ" or (after == "t" and found.base in _WANTING)) and share > 4:
            return "f" if slots & PAST else "v"
        if slots & PAST and i > 0:
            return "F" if slots == PAST else "f"
        return "E" if slots & PARTICIPLE and share > 4 else self._nominal(word)

    def _after_noun(self, i: int, word: str, found: Form) -> str:
        slots, share, after = found.slots, found.share, self._next(i)
        if self.words[self.host] == "having" and slots & PARTICIPLE:
            return "E"
        if slots & PAST and not slots & (PARTICIPLE | BASE):
            return "F" if share > 4 else self._nominal(word)
        if slots & PAST and share > 3:
            if slots & BASE and after not in _STRONG and share < 7:
                return self._nominal(word)
            if after in _NOT_AFTER_VERBS or self.words[i + 1 : i + 2] == ["by"]:
                return "E"
            return "f"
        if not slots & (THIRD | BASE):
            return "E" if slots & PARTICIPLE and share > 3 else self._nominal(word)
        return self._third_or_base(i, word, found, after)

    def _third_or_base(self, i: int, word: str, found: Form, after: str) -> str:
        if (after in _NOT_AFTER_VERBS and self.words[i + 1 : i + 2] != ["not"]) or (self.words[i + 1 : i + 2] == ["of"] and found.share < 8) or self.words[i + 1 : i + 2] == ["'s"]:
            return self._nominal(word)
        host = self.words[self.host]
        several = (plural(host) and not self._name(self.host)) or (host.isdigit() and host != "1")
        agrees = not several if found.slots & THIRD else several
        named = self._name(i + 1) and not self._name(self.host)
        if found.slots & BASE and any(other in _PERCEIVED for other in self.words[max(0, i - 4) : i]):
            return "V"
        if not agrees and found.slots & BASE and not self._several(i):
            return self._nominal(word)
        score = found.share + 3 * agrees + (4 if after in _STRONG or named else 1 if after in "IAS.,;G" else 0)
        score += 3 * (agrees and self.words[i + 1 : i + 2] != [] and self.words[i + 1] in _PARTICLES)
        score += 2 * (self.kinds[-1] == "A") - 4 * self._participle(i + 1)
        return "v" if score >= 11 else "u" if score >= 7 else self._nominal(word)

    def _several(self, i: int) -> bool:
        """Say whether the subject of a base form may be plural: a plural or an `and` stands not far before it."""
        return any(self.kinds[j] == "C" or (self.kinds[j] == "N" and plural(self.words[j])) for j in range(max(0, i - 8), i))

    def _particle(self, i: int) -> bool:
        """Say whether a particle and an object follow: `set up the device`; or it ends there: `shut up`."""
        return self.words[i + 1 : i + 2] != [] and self.words[i + 1] in _PARTICLES and self._next(i + 1) in "DOPN."

    def _participle(self, i: int) -> bool:
        """Say whether a word is a participle rather than anything else: `the sets used` has no verb `sets`."""
        found = self.form.get(self.words[i]) if i < len(self.words) else None
        return found is not None and bool(found.slots & PARTICIPLE) and not found.slots & BASE and not adjective(self.words[i])

    def _name(self, i: int) -> bool:
        """Say whether a word inside a sentence is written as a name is."""
        if not 0 < i < len(self.words):
            return False
        written = self.sentence.text[self.sentence.starts[i] : self.sentence.starts[i] + 2]
        return written[:1].isupper() and not written[1:].isupper()


_CONTRACTING = listed(
    "it he she that this there what who where how here when why let everything something nothing everyone someone everybody nobody"
)
_SPECIAL = {
    "that": _Tagger._that, "her": _Tagger._her, "it": _Tagger._pronoun, "you": _Tagger._pronoun, "there": _Tagger._there,
    "like": _Tagger._like, "'s": _Tagger._clitic, "'ve": _Tagger._have_clitic, "'d": _Tagger._would, "so": _Tagger._conjunction,
    "yet": _Tagger._conjunction, "once": _Tagger._once, "no": _Tagger._no, "have": _Tagger._have, "do": _Tagger._do,
    "had": _Tagger._have, "all": _Tagger._floating, "both": _Tagger._floating, "each": _Tagger._floating,
}  # fmt: skip
_SPECIAL.update(dict.fromkeys(EITHER_WAY - {"like"}, _Tagger._either_way))
_SPECIAL.update({"than": _Tagger._than, "ok": _Tagger._okay, "okay": _Tagger._okay, "sure": _Tagger._sure, "first": _Tagger._first, "while": _Tagger._while, "time": _Tagger._time, "much": _Tagger._much})
_SPECIAL.update(dict.fromkeys(_MODAL_NOUNS & KINDS.keys(), _Tagger._modal))
_BY_KIND = {
    "H": _Tagger._after_have, "B": _Tagger._after_be, "b": _Tagger._after_be, "P": _Tagger._after_pronoun,
    "O": _Tagger._after_object, "W": _Tagger._after_relative, "T": _Tagger._after_relative,
    "Q": _Tagger._after_quantifier, "S": _Tagger._after_subordinator, "C": _Tagger._after_conjunction,
    "^": _Tagger._at_start, "X": _Tagger._at_start, "N": _Tagger._after_noun, "G": _Tagger._after_noun,
    "E": _Tagger._after_verb, "F": _Tagger._after_verb, "f": _Tagger._after_verb, "v": _Tagger._after_verb,
    "V": _Tagger._after_verb, "u": _Tagger._after_noun, "m": _Tagger._after_verb,
}  # fmt: skip
