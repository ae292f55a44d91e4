"""What the peers do to Chinese, each in the nearest way that it has, at the nearest rate."""

import random
from collections.abc import Callable
from typing import Any

from peer_calls import BY_HAND, Batch, Works, each, given, table
from peer_english import fast_aug, fasttextaug, textnoisr


def nlpcda(name: str, **options: object) -> Batch:
    """Ask for one text beside the given one, which comes first."""
    import nlpcda as module

    made = getattr(module, name)(create_num=2, change_rate=0.1, **options)
    return each(lambda text: made.replace(text)[-1])


def jionlp(name: str, **options: object) -> Batch:
    """Ask for one text; there is none where nothing changed."""
    import jionlp as module

    function = getattr(module, name)
    return each(lambda text: first(function(text, augmentation_num=1, **options), text))


def first(made: list[str], text: str) -> str:
    """Return the one text that a peer made, or what it was given."""
    return made[0] if made else text


def jionlp_names() -> Batch:
    """Find the gazetteer's names by its trie, and replace them."""
    import jionlp as module

    held = table("Chinese names")
    find = module.ner.LexiconNER(held)
    replace = module.ReplaceEntity({kind: dict.fromkeys(found, 1) for kind, found in held.items()})

    def swapped(text: str) -> str:
        found = find(text)
        return first(replace(text, found, augmentation_num=1, replace_ratio=0.1)[0], text) if found else text

    return each(swapped)


def by_jieba(change: Callable[[list[str]], Any]) -> Batch:
    """Cut a text into words, change the list, and join it, as people write it."""
    import jieba

    def changed(text: str) -> str:
        words = jieba.lcut(text)
        change(words)
        return "".join(words)

    return each(changed)


def swap(words: list[str]) -> None:
    """Let a tenth of the words change places with others."""
    for _ in range(max(1, len(words) // 20)):
        one, other = random.randrange(len(words)), random.randrange(len(words))
        words[one], words[other] = words[other], words[one]


def delete(words: list[str]) -> None:
    """Delete a tenth of the words."""
    words[:] = [word for word in words if random.random() >= 0.1]


def shuffle(words: list[str]) -> None:
    """Shuffle within a window of three words."""
    order = sorted(range(len(words)), key=lambda place: place + random.random() * 3)
    words[:] = [words[place] for place in order]


def opencc() -> Batch:
    import opencc as module

    return each(module.OpenCC("s2t").convert)


def zhconv() -> Batch:
    import zhconv as module

    return each(lambda text: module.convert(text, "zh-hant"))


WORKS: Works = {
    "Chinese delete": {
        "fast-aug": lambda: fast_aug("CharsRandomDelete"),
        "fasttextaug": lambda: fasttextaug("RandomCharAug", action="delete"),
        "textnoisr": lambda: textnoisr("delete"),
        "nlpcda": lambda: nlpcda("RandomDeleteChar"),
        "jionlp": lambda: jionlp("random_add_delete", add_ratio=0.0, delete_ratio=0.1),
    },
    "Chinese swap": {
        "fasttextaug": lambda: fasttextaug("RandomCharAug", action="swap"),
        "textnoisr": lambda: textnoisr("swap"),
        "nlpcda": lambda: nlpcda("CharPositionExchange"),
        "jionlp": lambda: jionlp("swap_char_position", swap_ratio=0.1),
    },
    "Chinese insert": {"jionlp": lambda: jionlp("random_add_delete", add_ratio=0.1, delete_ratio=0.0)},
    "Chinese homophones": {"nlpcda": lambda: nlpcda("Homophone")},
    "Chinese homophones, words": {"jionlp": lambda: jionlp("homophone_substitution", homo_ratio=0.1)},
    "Chinese look-alikes": {"nlpcda": lambda: nlpcda("EquivalentChar", base_file=given("shapes.tsv"))},
    "Chinese variants": {"OpenCC": opencc, "zhconv": zhconv},
    "Chinese synonyms": {"nlpcda": lambda: nlpcda("Similarword")},
    "Chinese word swap": {"jieba" + BY_HAND: lambda: by_jieba(swap)},
    "Chinese word delete": {"jieba" + BY_HAND: lambda: by_jieba(delete)},
    "Chinese word shuffle": {"jieba" + BY_HAND: lambda: by_jieba(shuffle)},
    "Chinese names": {
        "jionlp": jionlp_names,
        "nlpcda": lambda: nlpcda("Randomword", base_file=given("names.txt")),
    },
}
