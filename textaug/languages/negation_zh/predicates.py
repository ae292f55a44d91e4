"""Where the predicate of a Chinese clause stands: a pass from left to right over words and their kinds."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.negation_zh import steps_grammar, steps_prepositions, steps_qualities, steps_states, steps_verbs
from textaug.languages.negation_zh.grammar import Predicate
from textaug.languages.negation_zh.scan import Scan
from textaug.languages.negation_zh.tokens import Token

Step = Callable[[Scan, Token], Predicate | None]

STEPS: dict[str, Step] = {
    "asks": steps_grammar.asks,
    "fixed": steps_grammar.fixed,
    "idiom": steps_grammar.idiom,
    "cnj": steps_grammar.conjunction,
    "out": steps_grammar.outer,
    "inn": steps_grammar.inner,
    "bou": steps_grammar.boundary,
    "wh": steps_grammar.question_word,
    "xshi": steps_grammar.also_is,
    "time": steps_grammar.time,
    "dei": steps_grammar.must,
    "shi": steps_states.judgement,
    "you": steps_states.possession,
    "mod": steps_states.modal,
    "neg": steps_states.negator,
    "deg": steps_qualities.degree,
    "a": steps_qualities.adjective,
    "v": steps_verbs.verb,
    "vn": steps_verbs.verb,
    "say": steps_verbs.saying,
    "piv": steps_verbs.causing,
    "cov": steps_prepositions.preposition,
    **dict.fromkeys(("par", "le", "guo", "zhe", "di", "adverb"), steps_grammar.skip),
}
"""What is done at a word of each kind; any other kind is a noun's."""

NESTING = frozenset(["say", "piv", "xshi"])
DEEPEST = 12
"""A clause with more verbs that take a clause is left alone."""


def find(tokens: list[Token], start: int = 0, subject: bool = False) -> Predicate | None:
    """Return the predicate of the clause `tokens[start:]`, None where there is none.

    Args:
        tokens: the words of a clause.
        start: where to begin.
        subject: whether the subject stands before already.

    >>> from textaug.languages.negation_zh.tokens import tokens
    >>> find(tokens("他把书卖了"))
    Predicate(kind='v', head=3, site=1, weak=True)
    """
    if sum(token.kind in NESTING for token in tokens) > DEEPEST:
        return Predicate("idiom", start, start)
    held: dict[tuple[int, bool], Predicate | None] = {}

    def inner(at: int, named: bool) -> Predicate | None:
        """Return the predicate from a word on; each is looked for once, as verbs that take a clause nest."""
        if (at, named) not in held:
            held[at, named] = _pass(Scan(tokens, at, named, inner))
        return held[at, named]

    return inner(start, subject)


def _pass(scan: Scan) -> Predicate | None:
    """Give what a pass finds, a refusal where a verb was passed over that may have been it."""
    found = _search(scan)
    if found is not None and scan.hazy and found.kind in ("v", "mod", "piv", "you"):
        return Predicate("idiom", found.head, found.site)
    return found


def _search(scan: Scan) -> Predicate | None:
    steps_grammar.pass_time(scan)
    while scan.at < scan.end:
        token = scan.tokens[scan.at]
        if scan.kind(scan.at + 1) == "di":
            scan.opens(scan.at + 2)
        elif (found := STEPS.get(token.kind, steps_grammar.noun)(scan, token)) is not None:
            return found
    return scan.weak
