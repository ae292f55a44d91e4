"""Words that differ in their prefix only: include, exclude, conclude; of roots that were listed by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from textaug.languages.en import listed
from textaug.lexicon.pairs import Pair
from textaug.lexicon.readings import Readings

_PREFIXES = listed(
    """
    a ab ac ad af ag al an ante anti ap ar as at auto be bi co col com con contra cor counter de di dia dif dis down
    e ef em en epi ex extra extro for fore hyper il im in infra inter intro ir micro mid mis mono multi non ob oc of
    op out over para per poly post pre pro re retro sub suc suf sup super sur sus sym syn tele trans tri ultra un
    under up with
    """
)
_ROOTS = listed(
    """
    act appear appearance arm balance cast ced ceed ceit ceiv cept cern cess cid cis cit claim clamat clin clos clud
    clus connect conscious construct cord cours cover creas cret cur curr curs cus cuss dependen develop dicat dict
    door duc duct due estimat feat fect fer ferr fess fid fin firm flat flect flict fluen form front fus gamy
    generat gest grad gram graph gress her herent hibit hill hold human interest ject jur lat lateral lect literate
    load logue lud lus mand match matur mend merg migrant migrat minent miss mission mit mitt modern mot mun
    national natural normal nounc novat ordinat pact par pathetic pathiz pathy pect pel pell pend pens personal
    petit phon pir plain plant plement plet plex pli plicat plicit plor ploy ply pon ponent port pos posit pound
    preciat prehend prehens press print pris proach prov puls put quest quir quis quisit rat real realis rect run
    rupt scend scop scrib script sect secut see sembl semblance sens sent sequent sert serv sess sid sign sinuat
    sist solut solv spect spectiv spir spond stair stanc stand stant stat statement stinct stitut strain strict
    struct sult sum sumpt sur suranc tach tain tak taken tect tempt tend tens tent terior ternal test text thesis
    tinct tinguish ton tort town tract tribut troduc trud trus trust turb us vad vail vas vent verg vers vert vey
    vict vid view vis vit viv voc vok volut volv ward whelm
    """
)
_SUFFIXES = listed(
    """
    e ed es s ing er or ion tion ation ition ive ative itive ively atively ment ance ence ancy ency ant ent antly ently
    able ible ably ibly al ally ual ial ially ional ionally ionary ionist ionism ure ly ity ness ist ism ic ory ary ous
    y ful ate ated ating ator izer ize se see
    """
)
_CHANCE = listed(
    """
    ablated ablation ablative absently adventive afferent alarm alarmed amiss atone auspicious aversive belated
    berate concrete cosigner covert coward dilate distance district divide division elate elated empress erect
    erection estate exact exaction except forearm forward forwarding illative instance interstate introject
    obliterate paragraph percept peruse prefect presently prostate surfer transducer transduction triton unsigned
    """
)
"""Words that only look as if they had such a prefix and root, or have lost touch with it."""
_STEM = re.compile(f"(?:{'|'.join(sorted(_ROOTS))})(?:{'|'.join(sorted(_SUFFIXES))})?")
_LETTERS = 3  # that a root has at least


def prefixes(readings: Readings) -> Iterator[Pair]:
    """Yield the words that have another prefix before the same root."""
    families: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lemma, pos in readings.lemmas:
        for prefix in sorted(_PREFIXES) if lemma not in _CHANCE and readings.usual(lemma, pos) else ():
            stem = lemma.removeprefix(prefix)
            if stem != lemma and len(stem) >= _LETTERS and _STEM.fullmatch(stem):
                families[stem, pos].append(lemma)
    for (_, pos), family in families.items():
        yield from (Pair(one, other, pos) for one, other in permutations(family, 2))
