"""Word forms and affixes of English: inflected, derived, with another prefix or suffix, negated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textaug.lexicon.store import Lexicon, Relation
from textaug.transform import About, LabelEffect, register
from textaug.transforms.synonyms import LexicalTransform

_FEATURES = {
    "number": Relation.NUMBER,
    "person": Relation.PERSON,
    "tense": Relation.TENSE,
    "degree": Relation.DEGREE,
}


@dataclass(frozen=True, kw_only=True)
class AffixTransform(LexicalTransform):
    """The base of transforms that change a word and keep its root.

    Args:
        min_share: in what share of the word's uses the candidate must fit, from 0 to 1: `acting` is mostly a noun,
            and is not inflected as a verb.
        lexicon: the path of a lexicon from `textaug lexicon build`; None for the shipped one of English affixes.
    """

    min_share: float = 0.5

    def opened(self) -> Lexicon:
        """Return the lexicon, opened once a process."""
        return Lexicon.affixes() if self.lexicon is None else Lexicon.open(self.lexicon)


@register
class Inflect(AffixTransform):
    """Put words into another form: film, films; walks, walked; big, bigger.

    The forms are those of lemminflect, of the part of speech that the word mostly has. The grammar of the sentence
    suffers; what it is about does not.

    Args:
        features: what may change: the `number` of nouns, the `person` and the `tense` of verbs (participles too), the
            `degree` of adjectives and adverbs.

    >>> from textaug import Inflect
    >>> Inflect(rate=0.5)("The actors walked into a bigger house.", seed=1)
    'The actors walk into a bigger house.'
    """

    about: ClassVar[About] = About("word", "English", "lemminflect, WordNet 3.0")
    merged: ClassVar[bool] = True

    features: tuple[str, ...] = tuple(_FEATURES)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_words("features")
        if not self.features:
            raise self._refuse("features", self.features, f"give some of {', '.join(_FEATURES)}")
        for feature in self.features:
            self._check_choice("features", feature, tuple(_FEATURES))

    def relations(self) -> tuple[Relation, ...]:
        """Return those of the features."""
        return tuple(_FEATURES[feature] for feature in dict.fromkeys(self.features))


@register
class Derive(AffixTransform):
    """Replace words by others that are derived from them, or they from those: happy, happiness, happily.

    The derivational links of WordNet 3.0, where a reader sees the same root; a plural stays a plural. `pos` says
    which parts of speech may come out. What comes out is mostly another part of speech, so that the grammar breaks;
    words in -less stay apart from the others, so that what is said of the topic and the mood holds.

    >>> from textaug import Derive
    >>> Derive(rate=0.5)("The beautiful music made us happy.", seed=1)
    'The beautiful music made us happiness.'
    """

    about: ClassVar[About] = About("word", "English", "WordNet 3.0")

    min_share: float = 0.1

    def relations(self) -> tuple[Relation, ...]:
        """Return derivation."""
        return (Relation.DERIVATION,)


@register
class PrefixReplace(AffixTransform):
    """Replace words by others that have another prefix before the same root: preview, review, interview.

    The part of speech and the form stay, the sense does not: one may include or exclude.

    >>> from textaug import PrefixReplace
    >>> PrefixReplace(rate=1.0)("The reviews included an impressive conclusion.", seed=2)
    'The interviews excluded a repressive inclusion.'
    """

    about: ClassVar[About] = About("word", "English", "WordNet 3.0")
    label_effect: ClassVar[LabelEffect] = "may change"

    def relations(self) -> tuple[Relation, ...]:
        """Return that of prefixes."""
        return (Relation.PREFIX,)


@register
class SuffixReplace(AffixTransform):
    """Replace words by others that have another suffix behind the same root: careful, careless; actor, action.

    The part of speech and the form stay, the sense may turn into its opposite.

    >>> from textaug import SuffixReplace
    >>> SuffixReplace(rate=1.0)("A painful, boring film, but the actors were careful.", seed=1)
    'A painless, bored film, but the actions were careless.'
    """

    about: ClassVar[About] = About("word", "English", "WordNet 3.0")
    label_effect: ClassVar[LabelEffect] = "may change"

    def relations(self) -> tuple[Relation, ...]:
        """Return that of suffixes."""
        return (Relation.SUFFIX,)


@register
class NegatingPrefix(AffixTransform):
    """Negate words by a prefix, and take it off words that have one: possible, impossible; unhappy, happy.

    Some 750 pairs with un-, in-, im-, il-, ir-, non-, dis- and the like, and those in -ful and -less, picked by
    hand from WordNet's antonyms and the words beside them.

    Args:
        remove: whether negating prefixes are taken off too.

    >>> from textaug import NegatingPrefix
    >>> NegatingPrefix(rate=1.0)("A likable hero, but an unhappy and careless script.")
    'An unlikable hero, but a happy and careful script.'
    """

    about: ClassVar[About] = About("word", "English", "by hand, WordNet 3.0")
    label_effect: ClassVar[LabelEffect] = "flips"

    remove: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.remove, bool):
            raise self._refuse("remove", self.remove, "give True or False")

    def relations(self) -> tuple[Relation, ...]:
        """Return negation, and affirmation where prefixes are taken off."""
        return (Relation.NEGATION, Relation.AFFIRMATION) if self.remove else (Relation.NEGATION,)
