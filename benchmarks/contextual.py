"""How many texts a second does contextual replacement make, beside the model's own forward pass and beside nlpaug?

All have the same model, in the same folder, on one thread: NumPy computes it for textaug, and torch for nlpaug. The
forward pass is NumPy's over the rows that were asked, cut into the same batches. nlpaug replaces as many words.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import measure  # noqa: E402  (the threads are counted where NumPy is loaded)

from textaug import MaskedLMReplace  # noqa: E402
from textaug.errors import UsageError  # noqa: E402
from textaug.models.masked import DATA, MaskedLM, opened  # noqa: E402
from textaug.models.masked.hf import load  # noqa: E402
from textaug.models.masked.model import Ask  # noqa: E402

RATE = 0.15


def asked(transform: MaskedLMReplace, model: MaskedLM, texts: list[str]) -> list[Ask]:
    """Return what the transform asks the model for."""
    rows: list[Ask] = []
    logits = MaskedLM.logits

    def noting(self: MaskedLM, asks: Sequence[Ask]) -> Any:
        rows.extend(asks)
        return logits(self, asks)

    MaskedLM.logits = noting  # type: ignore[method-assign]
    try:
        transform(texts)
    finally:
        MaskedLM.logits = logits  # type: ignore[method-assign]
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--model", help="a folder (the model that comes with textaug)")
    options = parser.parse_args(arguments)
    texts = [text[:90] for text in measure.column("en", options.input, options.rows or 200).to_pylist()]
    model, transform = opened(options.model), MaskedLMReplace(model=options.model, rate=RATE)
    rows = asked(transform, model, texts)
    forward = measure.beside(lambda: transform(texts), lambda: list(model.logits(rows)), options.rounds)
    speed = len(texts) / forward.first
    table: list[tuple[Any, ...]] = [
        ("textaug", speed, 1.0),
        ("the forward pass alone, NumPy", len(texts) / forward.second, forward.first / forward.second),
    ]
    folder = options.model or str(DATA / "en")
    for what, work, share in (torch_forward(folder, rows), nlpaug(folder, texts)):
        if work is not None:
            pair = measure.beside(lambda w=work: w(), lambda: transform(texts), max(1, options.rounds // 3))
            table.append((what, share * len(texts) / pair.first, share * pair.second / pair.first))
    measure.show(
        [measure.Table("Contextual replacement of words", ("what", "texts a second", "× textaug"), table)], options.json
    )


Work = tuple[str, Callable[[], Any] | None, float]
"""What is timed, and which share of the texts it is given."""


def torch_forward(folder: str, rows: list[Ask]) -> Work:
    """Return the forward pass of transformers over the same rows, where it is installed."""
    name = "the forward pass alone, transformers"
    try:
        model = load(folder)
    except UsageError:
        return name, None, 1.0
    return name, lambda: list(model.logits(rows)), 1.0


def nlpaug(folder: str, texts: list[str]) -> Work:
    """Return nlpaug on some of the texts, for it takes its time, where it is installed."""
    try:
        import torch
        from nlpaug.augmenter.word import ContextualWordEmbsAug
    except ImportError:
        return "nlpaug", None, 0.1
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast._convert_token_to_id = PreTrainedTokenizerFast.convert_tokens_to_ids  # nlpaug calls it so
    torch.set_num_threads(1)
    made = ContextualWordEmbsAug(folder, "bert", aug_p=RATE, aug_max=None, device="cpu", top_k=10)
    return "nlpaug", lambda: [made.augment(text) for text in texts[: max(1, len(texts) // 10)]], 0.1


if __name__ == "__main__":
    main()
