"""Which nouns are counted, so that `no plot` becomes `a plot` and `no sense` becomes `sense`."""

from __future__ import annotations

from textaug.languages.en import article, listed
from textaug.languages.negation_en.looks import plural
from textaug.languages.negation_en.tokens import QUOTATION, Sentence

_MASS = listed(
    """
    sense money time water air music information evidence fun hope help work love hate fear doubt trouble interest
    action humor humour suspense tension character_development development chemistry nudity violence gore sex blood
    dialogue dialog depth substance originality logic continuity respect pity mercy sympathy remorse regret shame
    power energy luck damage harm progress research advice news knowledge experience education training support
    access traffic noise light heat food bread rice meat milk coffee tea oil gas electricity furniture luggage equipment
    software hardware data space room pressure pain trust faith truth justice freedom peace war art poetry history
    attention care concern talent skill imagination creativity emotion feeling passion romance comedy drama
    plot_development pacing acting directing writing editing credibility plausibility motivation backstory value worth
    proof credit blame guilt sleep rest exercise homework housework weather rain snow wind sand dirt dust smoke fire
    room leeway anger rage joy happiness sadness grief envy pride courage patience wisdom beauty charm wit style taste
    class flair finesse subtlety nuance ambiguity relief comfort warmth affection intimacy contact communication
    cooperation coordination competition consideration compensation protection supervision maintenance assembly
    copper iron gold silver paper plastic glass wood cotton wool leather internet television tv email mail
    production inflation growth demand supply consensus agreement disagreement resistance opposition reaction_time
    content entertainment enjoyment excitement amusement boredom laughter intelligence stupidity innocence
    """
)
_MASS_ENDINGS = (
    "ness", "ism", "ship", "tude", "ance", "ence", "ency", "ancy", "hood", "ware", "age", "cy", "ity", "tography",
)  # fmt: skip
_COUNTED_ING = ("ending", "beginning", "meaning", "feeling", "building", "being")
_COUNTED = listed(
    """
    audience sentence performance sequence instance difference consequence influence conference experience chance
    entrance reference preference appearance alliance advance allowance agency emergency currency policy tendency
    image message page stage package village character personality city university community ability possibility
    opportunity identity celebrity reality quality activity facility minority majority relationship ship friendship
    championship neighborhood advantage passage marriage language garage witness business illness weakness harness
    """
)


def count(sentence: Sentence, i: int) -> str:
    """Say what the noun phrase is that begins at a word: `plural`, `mass`, `single`, or nothing where no noun is."""
    last = _head(sentence, i)
    if last < 0 or sentence.words[last] in ("one", QUOTATION):
        return ""
    head = sentence.words[last]
    gerund = sentence.kinds[last] == "G" or (head.endswith("ing") and len(head) > 5)
    if gerund and not head.endswith(_COUNTED_ING):
        return "mass"
    if plural(head):
        return "plural"
    mass = head not in _COUNTED and (head in _MASS or head.endswith(_MASS_ENDINGS))
    return "mass" if mass else "single"


def _head(sentence: Sentence, i: int) -> int:
    """Return the last noun of the phrase, -1 where none is."""
    head = -1
    for j in range(i, min(i + 7, len(sentence.words))):
        kind = sentence.kinds[j]
        if kind in "NG" or (kind in "uv" and j > i):
            head = j
        elif kind not in "JEA" or head >= 0:
            break
    return head


def with_article(sentence: Sentence, i: int) -> str:
    """Return `a` or `an` for what stands at a word."""
    return article(sentence.written(i))
