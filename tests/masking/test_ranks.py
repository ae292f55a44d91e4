"""Real ranks: a trainer on two processes of one machine."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "two_ranks.py"


def test_two_ranks_share_the_rows_and_their_masks(tmp_path):
    """Each makes its own batches, or the first makes them for both."""
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    done = subprocess.run([*launch, PROGRAM, tmp_path], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    shown = [line for line in done.stdout.splitlines() if line.startswith("dispatch")]
    assert shown == [f"dispatch {way}, epoch {k}: 16 + 16 rows, True" for way in (False, True) for k in range(2)]
