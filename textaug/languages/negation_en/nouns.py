"""Which nouns are counted, so that `no plot` becomes `a plot` and `no sense` becomes `sense`."""

from __future__ import annotations

from textaug.languages.en import article, listed
from textaug.languages.negation_en.looks import plural
from textaug.languages.negation_en.tokens import Sentence

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
_MASS_ENDINGS = ("ness", "ism", "ship", "tude", "ance", "ence", "ency", "ancy", "hood", "ware", "age", "cy", "ity", "tography")
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
    """Say of the noun phrase that begins at a word what it is: `plural`, `mass`, `single`, or nothing where no noun is."""
    head = ""
    last = i
    for j in range(i, min(i + 7, len(sentence.words))):
        kind = sentence.kinds[j]
        if kind == "N" or kind == "G" or (kind in "uv" and j > i):
            head, last = sentence.words[j], j
        elif kind not in "JEA" or head:
            break
    if not head or head in ("one", '"'):
        return ""
    if (sentence.kinds[last] == "G" or (head.endswith("ing") and len(head) > 5)) and not head.endswith(("ending", "beginning", "meaning", "feeling", "building", "being")):
        return "mass"
    if plural(head):
        return "plural"
    if head in _COUNTED:
        return "single"
    return "mass" if head in _MASS or head.endswith(_MASS_ENDINGS) else "single"


def with_article(sentence: Sentence, i: int) -> str:
    """Return `a` or `an` for what stands at a word."""
    return article(sentence.written(i))
