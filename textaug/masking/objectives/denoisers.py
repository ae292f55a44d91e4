"""How much of a row is noise, in how many spans: T5's way, UL2's mixture of seven, and the lengths that come out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError
from textaug.kernels.reference.draws import I32, U32


@dataclass(frozen=True)
class Denoiser:
    """One way to choose noise.

    Args:
        noise_density: the share of tokens that are noise.
        mean_noise_span_length: the noise over this is the number of spans, rounded.
        prefix: the token, or its id, that begins the inputs of such a row; None is none.
        sequential: the noise is one span, the end of the row: a prefix language model. How long it is, is drawn for
            each row, every length as likely, so that `noise_density` is the mean share; at most all but one token.
        weight: how often it is drawn, in a mixture.

    Raises:
        UsageError: an argument is out of its range.

    >>> noise, spans = Denoiser().sizes(np.array([512, 10, 2]))
    >>> noise.tolist(), spans.tolist()
    ([77, 2, 1], [26, 1, 1])
    """

    noise_density: float = 0.15
    mean_noise_span_length: float = 3.0
    prefix: str | int | None = None
    sequential: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.noise_density < 1:
            raise UsageError(f"noise_density={self.noise_density}: give a share between 0 and 1")
        if not self.mean_noise_span_length >= 1:
            raise UsageError(f"mean_noise_span_length={self.mean_noise_span_length}: give at least 1")
        if not 0 < self.weight < float("inf"):
            raise UsageError(f"weight={self.weight} of a denoiser: give a number above 0")

    def sizes(self, tokens: npt.NDArray[np.integer], draw: U32 | None = None) -> tuple[I32, I32]:
        """Return how many tokens of rows are noise, and in how many spans: int32, int32, shape (rows,).

        Args:
            tokens: how many of each row may be noise: 2 or more.
            draw: uint32, shape (rows,): how long the noise of a sequential one is; None: its mean.
        """
        noise = (
            np.rint(tokens * self.noise_density).clip(1, tokens - 1).astype(np.int32)
        )  # halves to even, as published
        if self.sequential:
            if draw is not None:
                drawn = 1 + ((draw.astype(np.uint64) * (2 * noise - 1).astype(np.uint64)) >> np.uint64(32))
                noise = np.minimum(drawn.astype(np.int32), (tokens - 1).astype(np.int32))
            return noise, np.ones_like(noise)
        spans = np.rint(noise / self.mean_noise_span_length).astype(np.int32)
        return noise, np.maximum(spans, 1)


def ul2(*, prefixes: bool = True) -> tuple[Denoiser, ...]:
    """Return UL2's mixture: regular, extreme and sequential denoisers, each as likely.

    Args:
        prefixes: whether rows begin with the token of their kind: `[NLU]`, `[NLG]`, `[S2S]`.

    Source:
        Tay et al., "UL2: Unifying Language Learning Paradigms" (2022), table 1; the tokens are those of its models.

    >>> [(one.noise_density, one.mean_noise_span_length) for one in ul2()]
    [(0.15, 3.0), (0.15, 8.0), (0.5, 3.0), (0.5, 8.0), (0.15, 64.0), (0.5, 64.0), (0.25, 1.0)]
    """
    regular, extreme, sequential = ("[NLU]", "[NLG]", "[S2S]") if prefixes else (None, None, None)
    return (
        *(Denoiser(0.15, mean, regular) for mean in (3.0, 8.0)),
        *(Denoiser(share, mean, extreme) for share, mean in ((0.5, 3.0), (0.5, 8.0), (0.15, 64.0), (0.5, 64.0))),
        Denoiser(0.25, 1.0, sequential, sequential=True),
    )


def compute_t5_lengths(
    inputs_length: int, noise_density: float = 0.15, mean_noise_span_length: float = 3.0
) -> tuple[int, int]:
    """Return how long to cut rows, without their end token, that inputs are as long as asked; and how long labels are.

    Args:
        inputs_length: how many tokens the inputs are to have, the end token among them.
        noise_density: the share of tokens that are noise.
        mean_noise_span_length: the noise over this is the number of spans.

    Raises:
        UsageError: there is no room for a kept token, a sentinel and the end.

    Source:
        `random_spans_helper` of T5 (Raffel et al., JMLR 2020): with a density of one half, labels are no longer than
        inputs.

    >>> compute_t5_lengths(512), compute_t5_lengths(512, 0.5)
    ((568, 114), (766, 512))
    """
    if inputs_length < 3:
        raise UsageError(f"inputs_length={inputs_length}: give at least 3, for a token, a sentinel and the end")
    tokens = 2
    while _lengths(tokens + 1, noise_density, mean_noise_span_length)[0] <= inputs_length:
        tokens += 1
    targets = _lengths(tokens, noise_density, mean_noise_span_length)[1]
    if noise_density == 0.5 and targets > inputs_length:
        tokens, targets = tokens - 1, targets - 1
    return tokens, targets


def _lengths(tokens: int, density: float, mean: float) -> tuple[int, int]:
    noise, spans = (int(one[0]) for one in Denoiser(density, mean).sizes(np.array([tokens])))
    return tokens - noise + spans + 1, noise + spans + 1
