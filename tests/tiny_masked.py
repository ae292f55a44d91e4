"""A masked language model that is made on the spot: a BERT of one layer, 32 numbers wide, with weights drawn once.

It knows letters, sixty English words and two hundred Chinese characters, and fits nothing anywhere: but what it finds
fitting is always the same, and differs from place to place.
"""

import atexit
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

FOLDER = Path(tempfile.mkdtemp(prefix="textaug-masked-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENDINGS = ["##ing", "##ed", "##er", "##ly", "##est"]
MARKS = list(".,;:!?'\"()-/&%$0123456789，。；：！？、（）《》")
CONTENT = """
good bad great happy old new big small fine poor nice young early high large
film movie story actor scene house city time year day life world man woman people book music
work house idea end part house love water night place
like make take give find think know see play watch write read walk run help
really often always quickly well soon
walked played watched helped loved films books stories actors houses
acting ending animal apple island
"""
GRAMMAR = """
the a an and or but of to in on at by for with from as is are was were be been it its this that these those he she they
we you i his her their our my not no do does did have has had will would can could so if than then there what who
"""
HAN = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
    "种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民"
    "第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话"
    "合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神"
    "电影书演喜欢非房店服务买质量快便宜故剧太棒差京版"
)
SHAPE = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}


def vocabulary() -> list[str]:
    """Return the tokens in the order of their ids."""
    inside = [*(f"##{one}" for one in LETTERS), *ENDINGS]
    return list(dict.fromkeys([*SPECIAL, *LETTERS, *inside, *MARKS, *GRAMMAR.split(), *CONTENT.split(), *HAN]))


def folder(limit: int = 256, layers: int = 1) -> str:
    """Return the path of the model, of so many layers, whose rows have at most so many tokens."""
    where = FOLDER / f"model-{limit}-{layers}"
    if not where.exists():
        write(where, vocabulary(), limit, layers)
    return str(where)


def write(where: Path, tokens: list[str], limit: int, layers: int) -> None:
    """Write the files of a model."""
    where.mkdir()
    config = SHAPE | {
        "architectures": ["BertForMaskedLM"],
        "model_type": "bert",
        "hidden_act": "relu",
        "vocab_size": len(tokens),
        "max_position_embeddings": limit,
        "num_hidden_layers": layers,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
    }
    (where / "config.json").write_text(json.dumps(config), "utf-8")
    (where / "tokenizer.json").write_text(json.dumps(tokenizer(tokens)), "utf-8")
    told = {
        name: f"[{name[:-6].upper()}]" for name in ("unk_token", "pad_token", "cls_token", "sep_token", "mask_token")
    }
    (where / "tokenizer_config.json").write_text(
        json.dumps(told | {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": limit}),
        "utf-8",
    )
    save_file(weights(config), where / "model.safetensors", {"format": "pt"})


def tokenizer(tokens: list[str]) -> dict:
    """Return what stands in `tokenizer.json`."""
    added = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    single = [
        {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
    ]
    around = {name: {"id": name, "ids": [tokens.index(name)], "tokens": [name]} for name in ("[CLS]", "[SEP]")}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": id, "content": name} | added for id, name in enumerate(SPECIAL)],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing", "single": single, "pair": single, "special_tokens": around},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {token: id for id, token in enumerate(tokens)},
        },
    }


def weights(config: dict) -> dict[str, np.ndarray]:
    """Draw weights: the same ones each time."""
    rng = np.random.default_rng(11)
    size, wide = config["hidden_size"], config["intermediate_size"]
    made: dict[str, np.ndarray] = {}

    def dense(name: str, out: int, given: int) -> None:
        made[name + ".weight"] = rng.normal(0, given**-0.5, (out, given))
        made[name + ".bias"] = rng.normal(0, 0.1, out)

    def normal(name: str) -> None:
        made[name + ".weight"], made[name + ".bias"] = rng.normal(1, 0.1, size), rng.normal(0, 0.1, size)

    for part, count in (
        ("word", "vocab_size"),
        ("position", "max_position_embeddings"),
        ("token_type", "type_vocab_size"),
    ):
        made[f"bert.embeddings.{part}_embeddings.weight"] = rng.normal(0, 0.2, (config[count], size))
    normal("bert.embeddings.LayerNorm")
    for k in range(config["num_hidden_layers"]):
        layer = f"bert.encoder.layer.{k}."
        for part in ("query", "key", "value"):
            dense(f"{layer}attention.self.{part}", size, size)
        dense(layer + "attention.output.dense", size, size)
        normal(layer + "attention.output.LayerNorm")
        dense(layer + "intermediate.dense", wide, size)
        dense(layer + "output.dense", size, wide)
        normal(layer + "output.LayerNorm")
    dense("cls.predictions.transform.dense", size, size)
    normal("cls.predictions.transform.LayerNorm")
    made["cls.predictions.bias"] = rng.normal(0, 0.1, config["vocab_size"])
    return {name: one.astype(np.float32) for name, one in made.items()}


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Compute on one thread: several wait for each other longer than there is to compute."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
