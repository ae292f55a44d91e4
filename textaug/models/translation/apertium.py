"""Apertium: rules instead of a network, installed from Debian, about a thousand sentences a second on one core."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from textaug.errors import UsageError
from textaug.models.translation.asking import Answers, halved
from textaug.models.translation.protocol import Failure

_PROGRAM = "apertium"
_DATA = Path("/usr/share/apertium")
_LONG = {
    "ca": "cat", "cy": "cym", "de": "deu", "en": "eng", "eo": "epo", "es": "spa", "eu": "eus", "fr": "fra",
    "gl": "glg", "is": "isl", "it": "ita", "nb": "nob", "oc": "oci", "pt": "por", "ro": "ron", "sv": "swe",
}  # fmt: skip
_PACKAGES = {
    frozenset({"en", "eo"}): "apertium-eo-en",
    frozenset({"en", "es"}): "apertium-eng-spa",
    frozenset({"en", "ca"}): "apertium-eng-cat",
    frozenset({"en", "gl"}): "apertium-en-gl",
}
_SPECIAL = re.compile(r"[\[\]{}^$/\\@<>~]")
_ESCAPED = re.compile(r"\\(.)|[\[\]]", re.DOTALL)  # brackets without one are the rules' own, around blanks
_BLANKS = re.compile(" {2,}")
_STOP = ".[]"  # a full stop for the rules, and the empty blank by which it is told from the text's own
_VERSION = 2  # of what is done here with the program's answers
_SECONDS = 60.0  # for a call, on a machine that has much else to do
_SECONDS_A_TEXT = 0.2


class Apertium:
    """Translate with the program `apertium` and the pairs of languages that are installed for it.

    Every text is translated as if alone, whatever stands beside it: the program is run once for all of them, flushed
    behind each, and its tagger is kept from learning from one for the next (`tagger.py`).

    Args:
        argument: nothing; Apertium has no options.

    Raises:
        UsageError: the program is missing, or an argument is given.

    Source: Forcada et al. 2011, Apertium: a free/open-source platform for rule-based machine translation.
    """

    def __init__(self, argument: str = "") -> None:
        if argument:
            raise UsageError(f"translator 'apertium:{argument}': give 'apertium' alone; the languages say which pair")
        try:
            listed = _ran(["-l"]).stdout.decode()
        except FileNotFoundError:
            raise UsageError(
                "translator 'apertium': there is no program apertium; install it with: "
                "apt-get install apertium apertium-eo-en apertium-eng-spa"
            ) from None
        self._modes = frozenset(listed.split())

    @cached_property
    def identity(self) -> str:
        """The program's version and a hash of the data of all installed pairs."""
        version = _ran(["-V"]).stdout.decode().strip()
        digest = blake2b(digest_size=16)
        for path in sorted(_DATA.rglob("*.bin")) + sorted(_DATA.rglob("*.mode")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(_DATA)} {len(content)} ".encode() + content)
        return f"apertium {version} {digest.hexdigest()} {_VERSION}"

    def translate(self, texts: Sequence[str], source: str, target: str) -> Answers:
        """Translate texts.

        Raises:
            UsageError: the pair of languages is not installed.
        """
        mode = self._mode(source, target)
        return halved(lambda some: _translated(some, mode), texts, "Apertium gave no translation")

    def _mode(self, source: str, target: str) -> str:
        pair = [{code, _LONG.get(code, code)} for code in (source, target)]
        for first in pair[0]:
            for second in pair[1]:
                if f"{first}-{second}" in self._modes:
                    return f"{first}-{second}"
        package = _PACKAGES.get(frozenset((source, target)))
        remedy = f"apt-get install {package}" if package else "apt-cache search apertium-"
        raise UsageError(
            f"translator 'apertium': the pair {source}-{target} is not installed; see {remedy}. "
            f"Installed: {', '.join(sorted(self._modes)) or 'none'}"
        )


def _translated(texts: Sequence[str], mode: str) -> Answers | None:
    """Translate texts in one run of the program; None where it does not answer all of them."""
    data = "".join(map(_escaped, texts)).encode()
    try:
        with _forgetful() as path:
            seconds = _SECONDS + _SECONDS_A_TEXT * len(texts)
            done = _ran(["-f", "none", "-z", "-u", mode], data, seconds, **path)
    except subprocess.TimeoutExpired:
        return None
    *answers, _ = done.stdout.decode("utf-8", "replace").split("\0")
    if len(answers) < len(texts) or any(answers[len(texts) :]):  # every part of the program flushes once more
        return None
    made = [_unescaped(answer, text) for answer, text in zip(answers, texts, strict=False)]
    lost = [not answer for answer in made]
    if any(lost) and len(texts) > 1:  # a part may have died half way
        return None
    return [answer or Failure("Apertium gave no translation") for answer in made]


def _escaped(text: str) -> str:
    """Return a text as Apertium's stream has it, up to the flush.

    The rules want a full stop: without one, some of them lose words. Apertium's own reader of plain text adds it too.
    """
    return _SPECIAL.sub(r"\\\g<0>", text.replace("\0", " ")) + _STOP + "\0"


def _unescaped(answer: str, text: str) -> str:
    made = _ESCAPED.sub(lambda found: found[1] or "", answer.removesuffix(_STOP)).strip()
    return made if "  " in text else _BLANKS.sub(" ", made)  # where the rules drop a word, both its blanks stay


@contextmanager
def _forgetful() -> Iterator[dict[str, str]]:
    """Return the environment in which the tagger is `tagger.py`."""
    real = shutil.which("apertium-tagger")
    if real is None:  # what stands in for the program in tests
        yield {}
        return
    with TemporaryDirectory() as folder:
        program = Path(folder, "apertium-tagger")
        command = shlex.join([sys.executable, "-I", "-S", str(Path(__file__).with_name("tagger.py")), real])
        program.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        program.chmod(0o700)
        yield {"APERTIUM_PATH": folder}  # the program looks here first


def _ran(
    options: list[str], data: bytes = b"", seconds: float = _SECONDS, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program; one that hangs is ended with all that it started."""
    command = [_PROGRAM, *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=os.environ | environment, start_new_session=True
    ) as work:
        try:
            out, error = work.communicate(data, seconds)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(work.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, work.returncode, out, error)
