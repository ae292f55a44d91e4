"""How long until something happens: `textaug --help` beside `python -c pass`, imports, opening the lexicon."""

import subprocess
import sys
from collections.abc import Sequence
from statistics import median

import measure

MAIN = "from textaug.cli import main; main()"
COMMANDS = {
    "python -c pass": ("pass",),
    "textaug --help": (MAIN, "--help"),
    "textaug --version": (MAIN, "--version"),
    "textaug augment --help": (MAIN, "augment", "--help"),
    "textaug list": (MAIN, "list"),
    "import numpy, pyarrow": ("import numpy, pyarrow",),
    "import textaug": ("import textaug",),
    "one sentence, WordSwap": ("import textaug as ta; ta.WordSwap()('One sentence, and no more.')",),
    "one sentence, SynonymReplace": ("import textaug as ta; ta.SynonymReplace()('One sentence, and no more.')",),
}
STEPS = """
import time, pyarrow.ipc
from textaug.lexicon import Lexicon, Relation
times = [time.perf_counter()]
english = Lexicon.english(); times.append(time.perf_counter())
english.lookup("film"); times.append(time.perf_counter())
english.view((Relation.SYNONYM,), share=0.1); times.append(time.perf_counter())
print(*(b - a for a, b in zip(times, times[1:])))
"""


def commands(rounds: int) -> list[tuple[str, float, float, float, float]]:
    """Run all commands by turns; return milliseconds of CPU and of the clock, and how many more than Python alone."""
    runs = {name: (sys.executable, "-c", *rest) for name, rest in COMMANDS.items()}
    times = [{name: measure.process(command) for name, command in runs.items()} for _ in range(rounds)]
    alone = next(iter(COMMANDS))
    return [
        (
            name,
            1000 * median(each[name].cpu for each in times),
            1000 * median(each[name].wall for each in times),
            1000 * median(each[name].cpu - each[alone].cpu for each in times),
            1000 * median(each[name].wall - each[alone].wall for each in times),
        )
        for name in COMMANDS
    ]


def lexicon(rounds: int) -> list[tuple[str, float]]:
    """Return the milliseconds of the first steps with the English lexicon in a fresh process, imports aside."""
    command = (sys.executable, "-c", STEPS)
    found = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(rounds)]
    steps = ("open (mapped, checked)", "first look-up from Python", "candidates of SynonymReplace")
    return [(step, 1000 * median(map(float, took))) for step, took in zip(steps, zip(*found, strict=True), strict=True)]


def main(arguments: Sequence[str] | None = None) -> None:
    options = measure.parser(__doc__).parse_args(arguments)
    columns = ("command", "CPU ms", "wall ms", "CPU ms more", "wall ms more")
    tables = [
        measure.Table("start-up, beside python -c pass", columns, commands(options.rounds)),
        measure.Table("the English lexicon, in a fresh process", ("step", "ms"), lexicon(options.rounds)),
    ]
    measure.show(tables, options.json)


if __name__ == "__main__":
    main()
