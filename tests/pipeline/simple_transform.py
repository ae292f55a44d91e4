"""A transform written in Python, as users write them: it runs on processes."""

import os
import signal
from pathlib import Path

from textaug import WordTransform, register


@register
class PipelineUpper(WordTransform):
    """Put words in capitals; die, or raise, where the environment says so."""

    def replace(self, word, draws):
        if word == "KILLME" and (once := os.environ.get("KILL_ONCE")) and not Path(once).exists():
            Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "RAISE":
            raise ValueError("this word is refused")
        return word.upper()
