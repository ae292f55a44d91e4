"""The words of English that carry its grammar, each with its kind: one letter.

| letter | kind | letter | kind |
|---|---|---|---|
| `P` | subject pronoun, `it`, `you`, existential `there` | `B` | finite `be` |
| `O` | object pronoun | `H` | finite `have` |
| `D` | determiner, possessive | `Z` | finite `do` |
| `Q` | determiner or pronoun: `this`, `all`, `some` | `M` | modal |
| `N` | noun, name, adjective, number, quotation | `F` | finite verb |
| `A` | adverb | `f` | past tense or participle |
| `I` | preposition | `v` | finite verb or noun |
| `t` | `to` before a verb | `u` | hardly a finite verb, but it may be one |
| `S` | subordinating conjunction | `V` | base form, not finite |
| `T` | `that` before a clause | `E` | participle |
| `W` | relative or interrogative word | `G` | `-ing` form |
| `C` | coordinating conjunction | `n` | `not` |
| `X` | interjection | `,` `;` `:` `.` | pause, break between clauses, colon, end |
"""

from __future__ import annotations

from typing import NamedTuple

from textaug.languages.en import listed


class Auxiliary(NamedTuple):
    """A finite auxiliary.

    Attributes:
        kind: its letter.
        plain: what it is without a negation; itself where it has none.
        contracted: what it is with `n't`; empty where nobody writes that.
        negative: whether it is negated.
    """

    kind: str
    plain: str
    contracted: str
    negative: bool


BREAKS = frozenset(",;:.!")
"""What stands for a pause, a break and an end among the words."""

_CONTRACTED = {
    "B": {"is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "am": ""},
    "H": {"has": "hasn't", "have": "haven't", "had": "hadn't"},
    "Z": {"do": "don't", "does": "doesn't", "did": "didn't"},
    "M": {
        "can": "can't", "could": "couldn't", "will": "won't", "would": "wouldn't", "should": "shouldn't",
        "must": "mustn't", "may": "", "might": "", "shall": "", "ought": "",
    },
}  # fmt: skip
_ONLY_READ = {
    "might": "mightn't", "shall": "shan't", "may": "mayn't", "ought": "oughtn't", "need": "needn't", "dare": "daren't",
}  # fmt: skip


def _auxiliaries() -> dict[str, Auxiliary]:
    made = {}
    for kind, pairs in _CONTRACTED.items():
        for plain, contracted in pairs.items():
            made[plain] = Auxiliary(kind, plain, contracted, False)
            for written in {contracted, contracted.replace("'", "")} - {""}:
                made[written] = Auxiliary(kind, plain, contracted, True)
    for plain, contracted in _ONLY_READ.items():
        made[contracted] = Auxiliary("M", plain, "", True)
    made["cannot"] = Auxiliary("M", "can", "can't", True)
    made["ain't"] = made["aint"] = Auxiliary("B", "is", "isn't", True)
    for short, kind in {"'s": "B", "'re": "B", "'m": "B", "'ve": "H", "'d": "M", "'ll": "M"}.items():
        made[short] = Auxiliary(kind, short, "", False)
    return made


AUXILIARIES = _auxiliaries()

MODAL_PLAIN = listed("can could will would should must may might shall 'll 'd")

SENTENCE_ADVERBS = listed(
    """
    probably certainly definitely clearly obviously undoubtedly surely perhaps possibly apparently unfortunately
    fortunately also then thus therefore sometimes usually generally just simply honestly frankly evidently
    presumably maybe seriously arguably indeed however otherwise sadly luckily thankfully hopefully supposedly
    allegedly admittedly naturally consequently ultimately finally eventually additionally instead reportedly
    later initially currently personally literally actually specifically basically typically
    """
)
"""Adverbs that stand before the negation: `it is probably not`, `he also does not`."""

BLOCKING_ADVERBS = listed(
    """
    only merely almost nearly rather fairly pretty somewhat quite barely hardly scarcely rarely seldom solely
    practically virtually half nothing no partly partially kinda sorta not neither
    """
)
"""Words that a `not` before them would leave ungrammatical or give another meaning."""

NONE = {"someone": "no one", "somebody": "nobody", "something": "nothing"}
"""What becomes of a subject that is negated."""

WEAK_NEGATORS = listed("hardly barely scarcely rarely seldom")

_ADVERBS = listed(
    """
    very so too also just even still ever again already always often sometimes now then here rather quite pretty
    really only almost nearly perhaps maybe soon well somewhat somehow somewhere anywhere everywhere nowhere
    else instead together away back apart ahead forward forever sooner later once twice today tomorrow yesterday
    tonight indeed however therefore thus hence moreover furthermore nevertheless nonetheless otherwise
    meanwhile afterwards anyway though never hardly barely scarcely rarely seldom far kinda sorta alone
    altogether likewise besides abroad home downstairs upstairs inside outside yet right straight long less more
    enough overall alot anymore either longer herein anyhow regardless alas alike aside half nowadays thereby
    therein thrice worse better best most least ago
    """
)
_PREPOSITIONS = listed(
    """
    of in for at on by with about against between into through during above below from up down out off over
    under onto upon within without among amongst across around behind beside beyond despite except near per
    toward towards via amid along unlike throughout like than past minus plus versus vs regarding concerning
    including besides inside outside as since before after until till opposite concerning pro
    """
)
_SUBORDINATORS = listed(
    """
    because if when whenever while whilst although though unless whereas whether wherever lest cuz cos 'cause
    once til altho tho
    """
)
EITHER_WAY = listed("as since before after until till than like for though")
"""Prepositions or adverbs that may also open a clause."""

_INTERJECTIONS = listed(
    """
    oh ah hey wow ok okay yes yeah yep yup nope please hi hello sorry um uh er hmm haha lol gee gosh damn amen
    bye ugh yay aha alright
    """
)
_PRONOUNS = listed("i he she we they it you y'all ye")
_OBJECTS = listed(
    """
    me him us them myself yourself himself herself itself ourselves yourselves themselves oneself mine yours
    hers ours theirs
    """
)
INDEFINITE = listed(
    """
    someone somebody something everyone everybody everything anyone anybody anything nobody nothing noone none
    """
)
_DETERMINERS = listed("a an the my your our their its every no his")
QUANTIFIERS = listed(
    """
    this that these those all some any both many most much few several another each enough neither either other
    one
    """
)
_RELATIVES = listed("who whom whose which what where why how whatever whoever whichever whomever")
_NONFINITE = {"be": "b", "been": "b", "being": "b", "having": "G", "doing": "G", "done": "E"}

INTRANSITIVE = listed(
    """
    happen occur arrive die fail end start begin work look seem appear turn move live stay remain walk talk
    laugh cry smile wait suffer perform act belong disappear emerge exist collapse agree continue return succeed
    struggle survive last travel rise drop increase decrease decline climb crash explode respond react listen
    stop retire resign vanish apologize apologise appeal fall stand sit sleep speak run go come jump dance sing
    swim shout scream whisper argue fight fade flop land arise evolve differ vary result originate differ
    proceed matter depend rely focus center centre consist hurry react say decide agree recover play perform
    compete struggle cooperate escalate subside soar plunge surge slump age improve worsen deteriorate shine lie
    behave vote protest strike snow rain pause hesitate escape flee faint
    """
)
"""Verbs that take no object, so that their past form behind a noun is no participle."""

NAMING = listed("call name title dub entitle label base set consider deem")
"""Verbs whose participle has a noun behind it: `a man called Smith`."""

CLAUSE_VERBS = listed(
    """
    say think know believe feel hope wish tell find guess suppose assume imagine realize realise mean show prove
    claim swear hear see understand bet doubt suspect admit agree announce argue complain conclude confirm
    decide declare deny discover dream ensure estimate expect explain fear figure forget hold insist learn
    mention note notice promise predict read recall recognize remember remind report reveal state suggest warn
    worry wonder love pretend
    """
)
"""Verbs whose object may be a clause without `that`."""


def _kinds() -> dict[str, str]:
    groups = {
        "A": _ADVERBS, "I": _PREPOSITIONS, "S": _SUBORDINATORS, "X": _INTERJECTIONS, "P": _PRONOUNS, "O": _OBJECTS,
        "N": INDEFINITE, "D": _DETERMINERS, "Q": QUANTIFIERS, "W": _RELATIVES, "C": listed("and or but nor &"),
        "n": listed("not"),
    }  # fmt: skip
    made = {word: kind for kind, group in groups.items() for word in group}
    made.update(_NONFINITE)
    made["gonna"] = made["wanna"] = made["gotta"] = "t"
    made["her"], made["sure"], made["first"], made["time"] = "D", "J", "J", "N"
    made.update((word, auxiliary.kind) for word, auxiliary in AUXILIARIES.items())
    return made


KINDS = _kinds()
