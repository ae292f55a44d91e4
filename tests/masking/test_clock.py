"""The clock: numbers that processes share, and that copies do not."""

import copy
import multiprocessing
import pickle

import pytest

from textaug.masking import Clock


def serve(clock, pipe):
    """Tell the clock's numbers whenever somebody asks."""
    while pipe.recv():
        pipe.send((clock.epoch, clock.step))


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_process_that_runs_sees_what_is_set(method):
    context = multiprocessing.get_context(method)
    clock = Clock(epoch=1)
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(clock, theirs))
    process.start()
    try:
        for epoch, step in ((1, 0), (2, 70), (2**40, 2**50)):
            clock.epoch, clock.step = epoch, step
            ours.send(True)
            assert ours.poll(60) and ours.recv() == (epoch, step)
    finally:
        ours.send(False)
        process.join(60)
    assert process.exitcode == 0


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda clock: pickle.loads(pickle.dumps(clock))])
def test_copies_go_on_by_themselves(duplicate):
    clock = Clock(epoch=3, step=5)
    other = duplicate(clock)
    assert other == clock
    other.epoch = 4
    assert (clock.epoch, other.epoch, other.step) == (3, 4, 5)
    assert other != clock and clock != (3, 5)
